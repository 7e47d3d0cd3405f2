//! What is worth remembering of a play.

use super::rules::Instrument;
use super::world::World;
use serde::Serialize;

/// Something that happened, and in which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) step: u16,
    pub(super) what: What,
}

/// What happened, by indices of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Acted(usize, Instrument),
    TruceMade(usize, usize),
    /// A truce of the standoff, or one made in the play.
    TruceEnded(Option<usize>),
    Voted(usize, Vote),
    Answered(usize, Answer),
    /// A threat made in the play: by whom, against whom.
    Met(usize, usize, Answer),
    /// The list that comes first of those that stand for an actor.
    Elected(usize, usize),
}

/// How a vote ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// The motion is carried.
    Carried,
    /// It is voted down.
    Lost,
    /// Too few members are present.
    NoQuorum,
}

/// How a threat or an offer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The other side does what is asked.
    GaveWay,
    /// It refuses, and the threat is carried out.
    CarriedOut,
    /// It refuses, and the threat is not carried out.
    BackedDown,
    /// It does not take up the offer.
    Declined,
}

/// Something that happens in a play; everything is named by its `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Happening {
    /// An actor uses an instrument.
    Act {
        /// The actor.
        actor: String,
        /// The instrument.
        instrument: Instrument,
    },
    /// Two actors agree on a truce.
    TruceMade {
        /// The actors.
        between: [String; 2],
    },
    /// A truce comes to its end.
    TruceEnded {
        /// The truce of the standoff; `None` for one that was made in the play.
        truce: Option<String>,
    },
    /// A motion is voted on.
    Voted {
        /// The motion.
        motion: String,
        /// How the vote ends.
        vote: Vote,
    },
    /// A threat of the standoff falls due.
    Threat {
        /// The threat.
        threat: String,
        /// How it ends.
        answer: Answer,
    },
    /// An offer of the standoff falls due.
    Offer {
        /// The offer.
        offer: String,
        /// How it ends.
        answer: Answer,
    },
    /// A threat that was made in the play falls due.
    OwnThreat {
        /// Who threatened.
        by: String,
        /// Whom.
        to: String,
        /// How it ends.
        answer: Answer,
    },
    /// An election is held.
    Elected {
        /// The election.
        election: String,
        /// The list with most seats of those that stand for an actor.
        first: String,
    },
}

impl What {
    /// Whether actors decide something by it: the path of a play is made of these.
    pub(super) fn is_turn(self) -> bool {
        !matches!(self, Self::Acted(..) | Self::Met(..) | Self::Elected(..))
    }

    /// The same by name.
    pub(super) fn named(self, world: &World) -> Happening {
        let standoff = &world.standoff;
        let actor = |i: usize| standoff.actor[i].id.clone();
        match self {
            Self::Acted(a, instrument) => Happening::Act { actor: actor(a), instrument },
            Self::TruceMade(a, b) => Happening::TruceMade { between: [actor(a), actor(b)] },
            Self::TruceEnded(t) => Happening::TruceEnded { truce: t.map(|t| standoff.truce[t].id.clone()) },
            Self::Voted(m, vote) => Happening::Voted { motion: standoff.motion[m].id.clone(), vote },
            Self::Answered(b, answer) => match b.checked_sub(standoff.threat.len()) {
                None => Happening::Threat { threat: standoff.threat[b].id.clone(), answer },
                Some(o) => Happening::Offer { offer: standoff.offer[o].id.clone(), answer },
            },
            Self::Met(by, to, answer) => Happening::OwnThreat { by: actor(by), to: actor(to), answer },
            Self::Elected(e, list) => {
                let election = &standoff.election[e];
                Happening::Elected { election: election.id.clone(), first: election.list[list].id.clone() }
            }
        }
    }
}
