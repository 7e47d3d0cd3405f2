//! The choices that the model leaves open.

use crate::bargain::condorcet::Rules;
use crate::error::{Error, Result, number};
use serde::{Deserialize, Serialize};

/// The settings of a run; the default is KTAB's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Settings {
    /// How positions and offers are voted on.
    pub rules: Rules,
    /// Between which bounds risk attitudes lie.
    pub risk_range: RiskRange,
    /// How much of another's risk attitude an actor sees.
    pub risk_seen: RiskSeen,
    /// What those do who are not party to a challenge.
    pub third_parties: ThirdParties,
    /// Where two actors meet.
    pub compromise: Compromise,
    /// Which offers a challenge leads to.
    pub offers: Offers,
    /// How an actor picks among offers.
    pub choice: Choice,
    /// No run is shorter, unless `most_turns` is.
    pub least_turns: usize,
    /// No run is longer.
    pub most_turns: usize,
    /// A run is over when all moves of a turn together are below this share of those of the first turn.
    pub still: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            risk_range: RiskRange::default(),
            risk_seen: RiskSeen::default(),
            third_parties: ThirdParties::default(),
            compromise: Compromise::default(),
            offers: Offers::default(),
            choice: Choice::default(),
            least_turns: 2,
            most_turns: 100,
            still: 0.02,
        }
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<()> {
        number("still", self.still, 0.0, 1.0)?;
        if self.most_turns > 10_000 {
            return Err(Error::new("most_turns", format!("must be 10000 or less, is {}", self.most_turns)));
        }
        Ok(())
    }
}

/// Between which bounds risk attitudes lie: the actor whose position is least likely to win is at the lower, the one whose is
/// likeliest at the upper; above 0 an actor minds small losses little, below 0 much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskRange {
    /// 0 to 1.
    Narrow,
    /// −0.5 to 1.
    #[default]
    Middle,
    /// −1 to 1.
    Wide,
}

impl RiskRange {
    pub(super) fn lowest(self) -> f64 {
        match self {
            Self::Narrow => 0.0,
            Self::Middle => -0.5,
            Self::Wide => -1.0,
        }
    }
}

/// What an actor takes another's risk attitude for: its own, corrected by a share of the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskSeen {
    /// Its own.
    Nothing,
    /// A third of the difference is seen.
    #[default]
    Third,
    /// Half of it.
    Half,
    /// Two thirds of it.
    TwoThirds,
    /// All of it.
    All,
}

impl RiskSeen {
    pub(super) fn seen(self, own: f64, other: f64) -> f64 {
        match self {
            Self::Nothing => own,
            Self::Third => (2.0 * own + other) / 3.0,
            Self::Half => (own + other) / 2.0,
            Self::TwoThirds => (own + 2.0 * other) / 3.0,
            Self::All => other,
        }
    }
}

/// What those do who are not party to a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThirdParties {
    /// They join a side: with the winners they keep their position, with the losers they must take the winner's.
    #[default]
    Join,
    /// They stay out. What KTAB calls no and full commitment comes to this: what a third party wins on one side it wins on the other.
    StayOut,
}

/// Where the two parties of a challenge meet, dimension by dimension: the mean of their positions by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compromise {
    /// Salience × probability of victory.
    Plain,
    /// The square of salience × probability of victory.
    #[default]
    Squared,
    /// The square of salience, and only the less likely winner moves, by how much less likely it is.
    LoserMoves,
}

/// Which offers a challenge leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offers {
    /// One, at the probability that the challenger sees.
    #[default]
    Challenger,
    /// Two, at the probabilities that challenger and target see.
    Both,
    /// One, the mean of those two by influence × salience.
    Weighted,
}

/// How an actor picks among the offers made to it and the status quo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The likeliest; of equals, the status quo and then the first.
    #[default]
    Likeliest,
    /// Each with its probability.
    Drawn {
        /// Of the random streams.
        seed: u64,
    },
}
