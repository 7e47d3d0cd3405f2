//! The clause in which a word stands, by the marks around it.

use majlis_text::Span;

/// A comma ends a clause only so many characters before the word, and so many after it.
const NEAR_BEFORE: usize = 24;
const NEAR_AFTER: usize = 60;
/// The longest name in quotation marks, in characters.
const NAMED: usize = 24;
/// The longest stretch on either side, in characters.
const BEFORE: usize = 70;
const AFTER: usize = 110;

/// The clause around `trigger`, and whether it is cut short before and after. Sentences, quotations and lines end it; so does a comma that is not
/// too near, and the longest stretch that is quoted.
pub(crate) fn around(text: &str, trigger: Span) -> (Span, [bool; 2]) {
    let (before, after) = (text.get(..trigger.start() as usize).unwrap_or_default(), text.get(trigger.end() as usize..).unwrap_or_default());
    let mut start = before.len();
    let mut cut = [false; 2];
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        if ends(c) || is_comma(c) && count >= NEAR_BEFORE || c == ':' && before[at..].starts_with(": ") {
            break;
        }
        if count >= BEFORE && c == ' ' {
            cut[0] = true;
            break;
        }
        start = at;
    }
    let mut end = after.len();
    let mut opened = None;
    for (count, (at, c)) in after.char_indices().enumerate() {
        match opened {
            // A name in quotation marks is part of the clause; what is quoted at length ends it.
            Some(from) if is_mark(c) => {
                if count - from > NAMED {
                    end = at;
                    break;
                }
                opened = None;
            }
            None if is_opening(c) => opened = Some(count),
            _ if ends(c) || is_comma(c) && count >= NEAR_AFTER && opened.is_none() => {
                end = at;
                break;
            }
            _ => {}
        }
        if count >= AFTER && c == ' ' {
            (end, cut[1]) = (at, true);
            break;
        }
    }
    (Span::between(start as u32, trigger.end() + end as u32), cut)
}

fn ends(c: char) -> bool {
    matches!(c, '.' | '\n' | '؟' | '?' | '!' | '؛' | ';') || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '«' | '»' | '“' | '”' | '"')
}

fn is_opening(c: char) -> bool {
    matches!(c, '«' | '“' | '"')
}

fn is_comma(c: char) -> bool {
    matches!(c, '،' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str, word: &str) -> (String, [bool; 2]) {
        let at = text.find(word).unwrap_or_default() as u32;
        let (span, cut) = around(text, Span::between(at, at + word.len() as u32));
        (span.slice(text).unwrap_or_default().trim().to_owned(), cut)
    }

    #[test]
    fn a_clause_ends_with_its_sentence_and_at_a_comma_that_is_far_enough() {
        let text = "وصل الوفد أمس. وقال شهود إن الطائرات قصفت، فجراً، معسكراً في أطراف المدينة القديمة عند النهر الكبير قرب الجسر، ثم عادت إلى قواعدها.";
        let (words, cut) = clause(text, "قصفت");
        assert_eq!(words, "وقال شهود إن الطائرات قصفت، فجراً، معسكراً في أطراف المدينة القديمة عند النهر الكبير قرب الجسر");
        assert_eq!(cut, [false, false]);
    }

    #[test]
    fn what_is_quoted_is_part_of_the_clause_and_a_name_in_marks_does_not_end_it() {
        let (words, _) = clause("طالب الوزير في حديث طويل مع صحيفة «النهر» رئيس المجلس بـ«فتح الجسر أمام سكان الضفتين» قبل الشتاء.", "طالب");
        assert_eq!(words, "طالب الوزير في حديث طويل مع صحيفة «النهر» رئيس المجلس بـ«فتح الجسر أمام سكان الضفتين");
    }

    #[test]
    fn a_long_clause_is_cut_between_words_and_says_so() {
        let text = format!("{}هاجم {}", "كلمة ".repeat(40), "كلمة ".repeat(60));
        let (words, cut) = clause(&text, "هاجم");
        assert!(words.starts_with("كلمة") && words.ends_with("كلمة") && words.chars().count() < 220, "{words}");
        assert_eq!(cut, [true, true]);
        assert_eq!(clause("", ""), (String::new(), [false, false]));
    }
}
