//! Under which keys an actor's name is compared with others': spelling, the article and how عبد is joined make no difference.

use majlis_text::fold;

/// Words that some texts leave out of a name.
const LEFT_OUT: [&str; 6] = ["بن", "ابن", "ابو", "bin", "ibn", "al"];

/// The key of a whole name: folded, without articles, عبد joined to what follows.
pub(crate) fn key(name: &str) -> String {
    parts(name).join(" ")
}

/// The key of a person's first and last name, where there are more than two.
pub(crate) fn ends(name: &str) -> Option<String> {
    let parts = parts(name);
    match parts.as_slice() {
        [first, _, .., last] => Some(format!("{first} {last}")),
        _ => None,
    }
}

/// The consonants of a name in Latin letters, as romanisations agree on them; none for a single word.
pub(crate) fn skeleton(latin: &str) -> Option<String> {
    let words: Vec<String> = parts(latin).iter().map(|word| consonants(word)).filter(|word| !word.is_empty()).collect();
    (words.len() > 1 && latin.is_ascii()).then(|| format!("~{}", words.join(" ")))
}

/// The figures in a name: «لواء 33» is not «لواء 35», though a code made of the words is the same.
pub(crate) fn figures(name: &str) -> String {
    fold(name).chars().filter(char::is_ascii_digit).collect()
}

fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut parts: Vec<String> = Vec::new();
    let mut led = "";
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if matches!(word, "عبد" | "abd" | "abdul") {
            led = if word == "عبد" { "عبد" } else { "abd" };
            continue;
        }
        let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word);
        if !LEFT_OUT.contains(&bare) {
            let bare = bare.strip_prefix("عبدال").filter(|rest| rest.chars().count() > 2).map_or_else(|| bare.to_owned(), |rest| format!("عبد{rest}"));
            parts.push(format!("{led}{bare}"));
            led = "";
        }
    }
    parts
}

fn consonants(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            'q' | 'c' => 'k',
            'z' | 'x' => 's',
            'v' => 'f',
            'p' => 'b',
            'j' => 'g',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_share_a_key() {
        assert_eq!(key("عبد المهدي"), key("عبدالمهدي"));
        assert_eq!(key("عبد الله حمدوك"), key("عبدالله حمدوك"));
        assert_eq!(key("أحمد الجلبي"), key("احمد جلبي"));
        assert_eq!(key("سلمان بن عبد العزيز"), key("سلمان عبدالعزيز"));
        assert_ne!(key("لواء 33"), key("لواء 35"));
    }

    #[test]
    fn first_and_last_name_of_a_longer_one() {
        assert_eq!(ends("محمد ريكان الحلبوسي").as_deref(), Some("محمد حلبوسي"));
        assert_eq!(ends("محمد الحلبوسي"), None);
    }

    #[test]
    fn romanisations_share_a_skeleton() {
        assert_eq!(skeleton("Mustafa al-Kadhimi"), skeleton("Mostafa Kadhimy"));
        assert_eq!(skeleton("Abd Allah Hamdok"), skeleton("Abdullah Hamdouk"));
        assert_eq!(skeleton("Hadi"), None);
    }
}
