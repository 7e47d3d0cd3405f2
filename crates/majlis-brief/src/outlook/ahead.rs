//! From texts to a forecast in one go: propose a standoff, run every model that has its inputs, see which sources the answers lean on.

use super::{Outlook, leans};
use crate::inputs::Inputs;
use crate::model::Brief;
use crate::propose::{self, Entry, Proposal, Question};
use majlis_model::play::Rules;
use majlis_model::run::{Run, Settings, run};
use majlis_model::standoff::{Standoff, read};

/// A forecast of what texts report, with what it was made from.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The proposal as a file, with the words that each number rests on.
    pub text: String,
    /// The same as the models read it.
    pub standoff: Standoff,
    /// What the models make of it.
    pub run: Run,
    /// The answers.
    pub outlook: Outlook,
    /// The entries of that file.
    pub entries: Vec<Entry>,
    /// What the texts leave open.
    pub questions: Vec<Question>,
    /// The forecast that was sealed before this one, where the texts are those of a case.
    pub before: Option<Before>,
}

/// A forecast that was sealed earlier.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// The number of its run in the case.
    pub run: i64,
    /// The day on which it was made.
    pub on: jiff::civil::Date,
    /// Each question with its probability of yes, 0–1.
    pub chances: Vec<(String, f64)>,
}

/// Why there is no forecast.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing can be proposed.
    #[error(transparent)]
    Proposal(#[from] propose::Error),
    /// The models refuse what is proposed.
    #[error(transparent)]
    Model(#[from] majlis_model::Error),
}

impl Proposal {
    /// The proposal as a file, and as the models read it. `brief` is what it was made of.
    ///
    /// # Errors
    /// [`Error::Proposal`] where no document has a day of publication; [`Error::Model`] where the models refuse what is proposed.
    pub fn standoff(&self, brief: &Brief) -> Result<(String, Standoff), Error> {
        let (text, _) = self.write(brief, None)?;
        let standoff = read("the proposal", &text)?;
        Ok((text, standoff))
    }
}

impl Ahead {
    /// The forecast of what a brief's documents report. `brief` is the brief of `inputs`.
    ///
    /// # Errors
    /// [`Error::Proposal`] where no document has a day of publication; [`Error::Model`] where there are no draws.
    pub fn new(inputs: &Inputs, brief: &Brief, settings: Settings) -> Result<Self, Error> {
        let proposal = brief.propose();
        let (text, standoff) = proposal.standoff(brief)?;
        let run = run(&standoff, &Rules::shipped()?, settings)?;
        let outlook = Outlook::new(&standoff, &run, Some(leans(inputs, settings.seed)));
        Ok(Self { text, standoff, run, outlook, entries: proposal.entries, questions: proposal.questions, before: None })
    }
}
