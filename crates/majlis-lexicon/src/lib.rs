//! The lexicons (`lexicon/*.tsv`) and the automaton they are compiled to.
//!
//! Architecture invariant: nothing here knows of documents. The crate answers what a word may be ([`Lexicon::analyse`])
//! and which entries begin at a word ([`Lexicon::step`]); which of them is meant is the reader's business.

mod analysis;
mod conjugate;
mod entry;
mod files;
mod load;
mod table;
mod vocab;

pub use analysis::{Analyses, Word, WordForm};
pub use conjugate::Tense;
pub use entry::*;
pub use load::Lexicon;
pub use table::LexiconError;
pub use vocab::{Classes, NameKind, WordId};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_press_writes_them() {
        let lexicon = Lexicon::shipped();
        for (name, latin) in [
            ("أحمد بن عبد العزيز الحسيني", "Ahmed bin Abdulaziz al-Husseini"),
            ("ديان فاينشتاين", "Diane Feinstein"),
            ("كريم", "Karim"),
            ("الكريم", "al-Karim"),
            ("ألكسندر", "Alexander"),
        ] {
            assert_eq!(lexicon.latin(name), latin);
            assert_eq!(lexicon.known_latin(name).as_deref(), Some(latin));
        }
        assert_eq!(lexicon.known_latin("كريم خربشتيني"), None);
    }

    #[test]
    fn the_shipped_files_are_well_formed() {
        if let Err(error) = Lexicon::load() {
            panic!("{error}");
        }
    }

    #[test]
    fn an_office_has_the_holder_of_the_day() {
        let lexicon = Lexicon::shipped();
        let on = |s: &str| s.parse::<majlis_text::Edtf>().unwrap().first();
        let holder = |day| lexicon.holder("IQ.pm", on(day)).map(|a| lexicon.actors[a as usize].ar);
        assert_eq!(holder("2021-03-17"), Some("مصطفى الكاظمي"));
        assert_eq!(holder("2015-08-11"), Some("حيدر العبادي"));
    }

    #[test]
    fn particles_come_off_and_ordinary_initial_al_stays() {
        let lexicon = Lexicon::shipped();
        for word in ["المانيا", "والمانيا", "لالمانيا"] {
            let step = lexicon.analyse(word).iter().find_map(|w| lexicon.step(0, w.form));
            assert!(step.is_some_and(|n| lexicon.entries(n).iter().any(|e| matches!(e, Entry::State { .. }))), "{word}");
        }
    }
}
