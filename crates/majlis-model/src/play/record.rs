//! What is worth remembering of a play.

use super::rules::Instrument;
use super::world::World;
use crate::standoff::Label;

/// Something that happened, and in which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) step: u16,
    pub(super) what: What,
}

/// What happened. Actors by world index; motions, bargains and elections by their place in the standoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum What {
    Acted(usize, Instrument),
    TruceMade(usize, usize),
    /// A truce of the standoff, or one made in the play.
    TruceEnded(Option<usize>),
    Voted(usize, Vote),
    Answered(usize, Answer),
    Elected(usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Vote {
    Carried,
    Lost,
    NoQuorum,
}

/// How a threat or an offer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Answer {
    GaveWay,
    CarriedOut,
    BackedDown,
    Declined,
}

impl What {
    /// Whether it belongs in the path of a play: words and small steps do not.
    pub(super) fn is_turn(self) -> bool {
        match self {
            Self::Acted(_, i) => matches!(i, Instrument::Attack | Instrument::StrikeBack | Instrument::TableMotion | Instrument::Threaten | Instrument::Refer),
            _ => true,
        }
    }

    /// The moment in words.
    pub(super) fn describe(self, world: &World<'_>) -> Label {
        let actor = |i: usize| &world.standoff.actor[world.order[i]].name;
        let both = |name: &Label, en: &str, ar: &str| Label { en: format!("{}: {en}", name.en), ar: format!("{}: {ar}", name.ar) };
        match self {
            Self::Acted(a, instrument) => {
                let name = world.rules.name(instrument);
                both(actor(a), &name.en, &name.ar)
            }
            Self::TruceMade(a, b) => {
                Label { en: format!("{} and {}: truce", actor(a).en, actor(b).en), ar: format!("{} و{}: هدنة", actor(a).ar, actor(b).ar) }
            }
            Self::TruceEnded(t) => match t.and_then(|t| world.standoff.truce.iter().filter(|t| t.until.is_none()).nth(t)) {
                Some(truce) => both(&truce.name, "ends", "انتهاؤها"),
                None => Label { en: "A new truce: ends".into(), ar: "هدنة جديدة: انتهاؤها".into() },
            },
            Self::Voted(m, vote) => {
                let (en, ar) = match vote {
                    Vote::Carried => ("carried", "الموافقة عليه"),
                    Vote::Lost => ("lost", "ردّه"),
                    Vote::NoQuorum => ("no quorum", "عدم اكتمال النصاب"),
                };
                both(&world.standoff.motion[m].name, en, ar)
            }
            Self::Answered(b, answer) => {
                let threats = world.standoff.threat.len();
                let name = world.standoff.threat.get(b).map(|t| &t.name).or_else(|| world.standoff.offer.get(b - threats).map(|o| &o.name));
                let offer = b >= threats;
                let (en, ar) = match (answer, offer) {
                    (Answer::GaveWay, false) => ("the threatened gives way", "رضوخ المهدَّد"),
                    (Answer::CarriedOut, false) => ("carried out", "تنفيذ التهديد"),
                    (Answer::BackedDown, false) => ("not carried out", "التراجع عن التهديد"),
                    (_, false) => ("refused", "الرفض"),
                    (Answer::GaveWay, true) => ("taken up", "قبول العرض"),
                    (_, true) => ("declined", "رفض العرض"),
                };
                name.map(|n| both(n, en, ar)).unwrap_or_default()
            }
            Self::Elected(e, list) => {
                let election = &world.standoff.election[e];
                let first = &election.list[list].name;
                Label { en: format!("{}: {} first", election.name.en, first.en), ar: format!("{}: {} في الصدارة", election.name.ar, first.ar) }
            }
        }
    }
}
