use crate::Span;
use unicode_normalization::UnicodeNormalization;

/// A copy of a text with spelling variants made equal, and for each of its bytes the offset it came from.
///
/// Folded are: أ إ آ ٱ to ا, ى and Persian ی to ي, ة to ه, ؤ and ئ to ء, Persian and Kurdish letters to their Arabic
/// neighbours, Arabic-Indic and Persian digits to ASCII, presentation forms to their letters, Latin capitals to small
/// letters, Unicode spaces to a space. Dropped are vowel marks, tatweel, and zero-width and bidirectional controls.
pub struct Folded {
    text: String,
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`. Cost is linear in its length.
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut origin: Vec<u32> = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        while at < text.len() {
            let plain = at + plain(&text.as_bytes()[at..]);
            folded.push_str(&text[at..plain]);
            // No character of the run is longer than two bytes.
            origin.extend((at..plain).map(|byte| (byte - usize::from(!text.is_char_boundary(byte))) as u32));
            let Some(c) = text[plain..].chars().next() else { break };
            fold_char(c, &mut folded);
            origin.resize(folded.len(), plain as u32);
            at = plain + c.len_utf8();
        }
        origin.push(text.len() as u32);
        origin[0] = 0;
        Self { text: folded, origin }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The span of the original text that folded to bytes `start..end`, with the dropped characters that follow it.
    pub fn original(&self, start: u32, end: u32) -> Span {
        let last = self.origin.len() - 1;
        Span::between(self.origin[(start as usize).min(last)], self.origin[(end as usize).min(last)])
    }
}

/// The folded form of `text`, without the map back.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (kept, after) = rest.split_at(plain(rest.as_bytes()));
        out.push_str(kept);
        let mut chars = after.chars();
        let Some(c) = chars.next() else { return out };
        fold_char(c, &mut out);
        rest = chars.as_str();
    }
}

/// Bytes at the beginning of a text that are folded to themselves: most letters of most texts, of one or two bytes each.
fn plain(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match text.get(at..) {
            Some([lead @ 0xd8..=0xd9, trail, ..]) if PLAIN[usize::from(lead & 1) << 6 | usize::from(trail & 0x3f)] => 2,
            Some([ascii, ..]) if ascii.is_ascii() && !ascii.is_ascii_uppercase() => 1,
            _ => return at,
        };
    }
}

/// Of the 128 characters from U+0600 those that are folded to themselves.
const PLAIN: [bool; 128] = {
    let mut plain = [false; 128];
    let mut c = 0;
    while c < 128 {
        plain[c] = matches!(0x600 + c as u32, 0x60c | 0x61b | 0x61f | 0x621 | 0x627 | 0x628 | 0x62a..=0x63a | 0x641..=0x648 | 0x64a);
        c += 1;
    }
    plain
};

fn fold_char(c: char, out: &mut String) {
    let kept = match c {
        '\u{0}'..='\u{7f}' => c.to_ascii_lowercase(),
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ۍ' | 'ێ' => 'ي',
        'ة' | 'ھ' | 'ہ' | 'ە' | 'ۀ' | 'ۃ' => 'ه',
        'ؤ' | 'ئ' => 'ء',
        'ک' | 'ڪ' => 'ك',
        'گ' => 'غ',
        'چ' => 'ج',
        'پ' => 'ب',
        'ڤ' => 'ف',
        'ژ' => 'ج',
        'ۆ' | 'ۇ' | 'ۈ' => 'و',
        'ڕ' => 'ر',
        'ڵ' => 'ل',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '\u{640}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => return,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => return,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            for part in std::iter::once(c).nfkc().filter(|p| *p != c) {
                fold_char(part, out);
            }
            if std::iter::once(c).nfkc().eq(std::iter::once(c)) {
                out.push(c);
            }
            return;
        }
        _ => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push(kept);
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spelling_variants_meet() {
        assert_eq!(fold("أَحْمَد"), fold("احمد"));
        assert_eq!(fold("الحكومـــة"), fold("الحكومه"));
        assert_eq!(fold("مسؤول"), fold("مسئول"));
        assert_eq!(fold("\u{fefb}"), "لا");
        assert_eq!(fold("٢٠٢١"), "2021");
    }

    #[test]
    fn the_map_returns_the_marked_letters() {
        let text = "قال «مُحَمَّد» هنا";
        let folded = Folded::new(text);
        let at = folded.as_str().find("محمد").unwrap() as u32;
        let span = folded.original(at, at + "محمد".len() as u32);
        assert_eq!(span.slice(text), Some("مُحَمَّد"));
    }

    proptest! {
        #[test]
        fn folding_and_mapping_back_covers_the_original(text in "\\PC*") {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.original(0, folded.as_str().len() as u32).slice(&text), Some(text.as_str()));
            prop_assert_eq!(folded.as_str(), fold(&text));
        }

        #[test]
        fn a_run_of_plain_letters_folds_as_each_does(text in "[a-zA-Z0-9 .\u{600}-\u{6ff}\u{200c}é]*") {
            let (mut one_by_one, mut origin) = (String::new(), Vec::new());
            for (at, c) in text.char_indices() {
                fold_char(c, &mut one_by_one);
                origin.resize(one_by_one.len(), at as u32);
            }
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.as_str(), one_by_one.as_str());
            prop_assert_eq!(&folded.origin[1.min(origin.len())..origin.len()], &origin[1.min(origin.len())..]);
        }

        #[test]
        fn every_folded_character_maps_to_whole_characters(text in any::<String>()) {
            let folded = Folded::new(&text);
            for (at, c) in folded.as_str().char_indices() {
                let span = folded.original(at as u32, (at + c.len_utf8()) as u32);
                prop_assert!(span.slice(&text).is_some());
            }
        }
    }
}
