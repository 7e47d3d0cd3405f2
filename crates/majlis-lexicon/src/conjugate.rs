//! The forms of a verb, from its past (3rd person masculine singular) and its present. Spelling only: forms that are
//! written alike are one.

use majlis_text::fold;
use serde::{Deserialize, Serialize};

/// The shape of a verb or of a noun made from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tense {
    /// استهدف
    Perfect,
    /// يستهدف
    Imperfect,
    /// مستهدفا
    Participle,
    /// استهداف
    Masdar,
}

/// A spelt form.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Form {
    pub(crate) spelling: String,
    pub(crate) first_person: bool,
}

fn form(spelling: String, first_person: bool) -> Form {
    Form { spelling, first_person }
}

/// Forms of the past: قال قالت قالوا قالا قالتا قلن قالنا, with the loss of a weak last letter (دعا → دعت, التقى → التقوا).
pub(crate) fn perfect(past: &str) -> Vec<Form> {
    let weak = past.ends_with(['ا', 'ى']);
    let word = fold(past);
    let mut forms = vec![form(word.clone(), false)];
    let stem = match weak.then(|| word.char_indices().next_back()).flatten() {
        Some((at, _)) => &word[..at],
        None => &word,
    };
    for ending in ["ت", "وا", "تا", "و"] {
        forms.push(form(format!("{stem}{ending}"), false));
    }
    let joint = match (weak, past.ends_with('ا')) {
        (false, _) => "",
        (true, true) => "و",
        (true, false) => "ي",
    };
    forms.push(form(format!("{stem}{joint}ا"), false));
    forms.push(form(format!("{stem}{joint}ن"), false));
    forms.push(form(format!("{stem}{joint}نا"), true));
    if weak {
        forms.push(form(format!("{stem}{joint}ت"), true));
        // Before a pronoun ى is written ا: التقاه.
        forms.push(form(format!("{stem}ا"), false));
    }
    tidy(forms)
}

/// Forms of the present: يقول تقول نقول يقولون تقولون يقولان يقلن, subjunctive يقولوا, jussive of a weak verb (لم يلتق). The first person
/// singular (أقول) is left out: news seldom has it and it spells nouns (أسلحة, أجل).
pub(crate) fn imperfect(present: &str) -> Vec<Form> {
    let word = fold(present);
    let mut chars = word.chars();
    if chars.next().is_none_or(|c| c != 'ي') {
        return vec![form(word, false)];
    }
    let stem = chars.as_str();
    let weak = present.ends_with(['ي', 'ى', 'و', 'ا']);
    let short = match weak.then(|| stem.char_indices().next_back()).flatten() {
        Some((at, _)) => &stem[..at],
        None => stem,
    };
    let mut forms = Vec::new();
    for (prefix, first_person) in [("ي", false), ("ت", false), ("ن", true)] {
        forms.push(form(format!("{prefix}{stem}"), first_person));
        if weak {
            forms.push(form(format!("{prefix}{short}"), first_person));
            forms.push(form(format!("{prefix}{short}ا"), first_person));
        }
    }
    for prefix in ["ي", "ت"] {
        for ending in ["ون", "وا", "و", "ين"] {
            forms.push(form(format!("{prefix}{short}{ending}"), false));
        }
        for ending in ["ان", "ا", "ن"] {
            forms.push(form(format!("{prefix}{stem}{ending}"), false));
        }
    }
    tidy(forms)
}

/// A noun as it stands and with the tanwin's ا.
pub(crate) fn noun(noun: &str) -> Vec<Form> {
    let word = fold(noun);
    let mut forms = vec![form(word.clone(), false)];
    if !noun.ends_with(['ة', 'ا', 'ى', 'ء']) && !noun.contains(' ') {
        forms.push(form(format!("{word}ا"), false));
    }
    forms
}

fn tidy(mut forms: Vec<Form>) -> Vec<Form> {
    forms.sort();
    forms.dedup_by(|a, b| a.spelling == b.spelling);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(forms: &[Form], spelling: &str) -> bool {
        forms.iter().any(|f| f.spelling == spelling)
    }

    #[test]
    fn weak_and_sound_verbs_conjugate() {
        for f in ["استهدف", "استهدفت", "استهدفوا", "استهدفنا"] {
            assert!(has(&perfect("استهدف"), f), "{f}");
        }
        for f in ["دعا", "دعت", "دعوا", "دعونا"] {
            assert!(has(&perfect("دعا"), f), "{f}");
        }
        for f in ["التقي", "التقت", "التقوا", "التقينا", "التقا"] {
            assert!(has(&perfect("التقى"), f), "{f}");
        }
        for f in ["يساوم", "تساوم", "يساومون", "نساوم"] {
            assert!(has(&imperfect("يساوم"), f), "{f}");
        }
        for f in ["يلتقي", "تلتقي", "يلتقون", "يلتق", "يلتقيان"] {
            assert!(has(&imperfect("يلتقي"), f), "{f}");
        }
    }
}
