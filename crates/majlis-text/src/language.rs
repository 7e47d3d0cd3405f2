use serde::{Deserialize, Serialize};
use whatlang::{Detector, Lang};

/// A language, as far as the reader needs to tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Persian.
    #[serde(rename = "fa")]
    Persian,
    /// Another language, or too few letters to tell.
    #[serde(rename = "und")]
    Unknown,
}

impl Language {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
            Self::Persian => "fa",
            Self::Unknown => "und",
        }
    }
}

/// How many bytes are looked at.
const SAMPLE: usize = 4096;

/// Letters of Arabic script after which a text without any letter that Arabic lacks is Arabic: Persian has گ, پ, چ or ی in every line.
const ENOUGH: usize = 200;

/// The language of a text, judged by its first few thousand bytes. Fewer than four letters tell nothing.
pub fn identify(text: &str) -> Language {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let (mut arabic, mut letters, mut foreign) = (0, 0, 0);
    for c in sample.chars() {
        match c {
            '\u{621}'..='\u{64a}' => arabic += 1,
            c if !c.is_alphabetic() => continue,
            '\u{671}'..='\u{6d3}' => foreign += 1,
            '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => arabic += 1,
            _ => {}
        }
        letters += 1;
    }
    if arabic >= ENOUGH && foreign == 0 && arabic * 2 > letters {
        return Language::Arabic;
    }
    arabic += foreign;
    if letters < 4 {
        return Language::Unknown;
    }
    let allowed = if arabic * 2 > letters {
        vec![Lang::Ara, Lang::Pes, Lang::Urd]
    } else {
        vec![Lang::Eng, Lang::Fra, Lang::Deu, Lang::Tur, Lang::Spa, Lang::Rus, Lang::Heb, Lang::Ita]
    };
    match Detector::with_allowlist(allowed).detect_lang(sample) {
        Some(Lang::Ara) => Language::Arabic,
        Some(Lang::Pes) => Language::Persian,
        Some(Lang::Eng) => Language::English,
        _ => Language::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_languages_are_told_apart() {
        assert_eq!(identify("قال رئيس الوزراء إن الحكومة ترفض هذا القرار"), Language::Arabic);
        assert_eq!(identify("نخست وزیر گفت که دولت این تصمیم را نمی‌پذیرد و آن را رد می‌کند"), Language::Persian);
        assert_eq!(identify("The prime minister said that the government refuses"), Language::English);
        assert_eq!(identify("12 34 !"), Language::Unknown);
    }
}
