//! An account of a run on its sheet: how names, figures and likelihoods are written.

use super::super::bidi::figure;
use super::super::sheet::Sheet;
use super::super::{Form, Lang, dates};
use jiff::civil::Date;
use majlis_model::play::Rules;
use majlis_model::run::Run;
use majlis_model::standoff::{Label, Standoff};
use majlis_model::{Distribution, Likelihood, Range};
use std::ops::{Deref, DerefMut};

/// A sheet on which a run is written.
pub(super) struct Account<'r> {
    pub(super) standoff: &'r Standoff,
    pub(super) rules: &'r Rules,
    pub(super) run: &'r Run,
    sheet: Sheet,
}

impl Deref for Account<'_> {
    type Target = Sheet;
    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

impl DerefMut for Account<'_> {
    fn deref_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }
}

impl<'r> Account<'r> {
    pub(super) fn new(standoff: &'r Standoff, rules: &'r Rules, run: &'r Run, lang: Lang) -> Self {
        Self { standoff, rules, run, sheet: Sheet::new(lang, Form::Text) }
    }

    pub(super) fn finish(self) -> String {
        self.sheet.finish("play.points")
    }

    /// A label in the reader's language, as it is.
    pub(super) fn plain(&self, label: &'r Label) -> &'r str {
        match self.lang {
            Lang::English => &label.en,
            Lang::Arabic => &label.ar,
        }
    }

    /// A label in the reader's language, fit to stand in a line.
    pub(super) fn label(&self, label: &Label) -> String {
        self.isolate(match self.lang {
            Lang::English => &label.en,
            Lang::Arabic => &label.ar,
        })
    }

    /// The label of whatever has the `id` among `labels`, else the `id`.
    fn named(&self, id: &str, mut labels: impl Iterator<Item = (&'r String, &'r Label)>) -> String {
        labels.find(|(other, _)| *other == id).map_or_else(|| self.isolate(id), |(_, label)| self.label(label))
    }

    pub(super) fn issue(&self, id: &str) -> String {
        self.named(id, self.standoff.issue.iter().map(|i| (&i.id, &i.name)))
    }

    /// An issue and what the ends of its scale mean, where that is told.
    pub(super) fn scale(&self, id: &str) -> String {
        let name = self.issue(id);
        match self.standoff.issue.iter().find(|i| i.id == id) {
            Some(issue) if issue.low.en != "0" || issue.high.en != "100" => {
                self.fill("play.issue", &[("issue", &name), ("low", &self.label(&issue.low)), ("high", &self.label(&issue.high))])
            }
            _ => self.fill("play.issue.bare", &[("issue", &name)]),
        }
    }

    pub(super) fn actor(&self, id: &str) -> String {
        self.named(id, self.standoff.actor.iter().map(|a| (&a.id, &a.name)))
    }

    /// An actor's name in the reader's language, as it is.
    pub(super) fn actor_plain(&self, id: &str) -> String {
        self.standoff.actor.iter().find(|a| a.id == id).map_or(id, |a| self.plain(&a.name)).to_owned()
    }

    pub(super) fn assembly(&self, id: &str) -> String {
        self.named(id, self.standoff.assembly.iter().map(|a| (&a.id, &a.name)))
    }

    pub(super) fn motion(&self, id: &str) -> String {
        self.named(id, self.standoff.motion.iter().map(|m| (&m.id, &m.name)))
    }

    pub(super) fn truce(&self, id: &str) -> String {
        self.named(id, self.standoff.truce.iter().map(|t| (&t.id, &t.name)))
    }

    /// A threat or an offer.
    pub(super) fn bargain(&self, id: &str) -> String {
        let offers = self.standoff.offer.iter().map(|o| (&o.id, &o.name));
        self.named(id, self.standoff.threat.iter().map(|t| (&t.id, &t.name)).chain(offers))
    }

    pub(super) fn election(&self, id: &str) -> String {
        self.named(id, self.standoff.election.iter().map(|e| (&e.id, &e.name)))
    }

    pub(super) fn list(&self, election: &str, id: &str) -> String {
        let lists = self.standoff.election.iter().filter(|e| e.id == election).flat_map(|e| &e.list);
        self.named(id, lists.map(|l| (&l.id, &l.name)))
    }

    /// A number by the name that `--set` takes: whose it is and what it is, and the name itself.
    pub(super) fn number(&self, path: &str) -> String {
        let mut parts: Vec<&str> = path.split('.').collect();
        let last = parts.pop().unwrap_or_default();
        let what = self.say(&format!("play.input.{last}"));
        let words = match self.rules.numbers().iter().find(|rule| rule.path == path) {
            Some(rule) if parts.is_empty() => vec![self.say("play.input.rule"), self.label(&rule.name)],
            Some(rule) => vec![self.say("play.input.rule"), self.label(&rule.name), what],
            None => parts.iter().enumerate().map(|(i, part)| self.part(&parts[..i], part)).chain([what]).collect(),
        };
        format!("{} [{}]", words.join(" · "), self.isolate(path))
    }

    /// What a part of a number's name stands for; `before` are the parts before it.
    fn part(&self, before: &[&str], id: &str) -> String {
        let s = self.standoff;
        let first = s
            .actor
            .iter()
            .map(|a| (&a.id, &a.name))
            .chain(s.assembly.iter().map(|a| (&a.id, &a.name)))
            .chain(s.election.iter().map(|e| (&e.id, &e.name)))
            .chain(s.threat.iter().map(|t| (&t.id, &t.name)))
            .chain(s.offer.iter().map(|o| (&o.id, &o.name)))
            .chain(s.motion.iter().map(|m| (&m.id, &m.name)));
        let issues = s.issue.iter().map(|i| (&i.id, &i.name));
        match before {
            [] => self.named(id, first.chain(issues)),
            [outer, ..] => {
                let blocs = s.assembly.iter().filter(|a| a.id == *outer).flat_map(|a| a.bloc.iter().map(|b| (&b.id, &b.name)));
                let lists = s.election.iter().filter(|e| e.id == *outer).flat_map(|e| e.list.iter().map(|l| (&l.id, &l.name)));
                self.named(id, issues.chain(blocs).chain(lists))
            }
        }
    }

    pub(super) fn day(&self, date: Date) -> String {
        dates::day(self.lang, date)
    }

    /// The first day of a step.
    pub(super) fn step(&self, step: u16) -> String {
        let days = i64::from(step) * i64::from(self.standoff.play.step_days);
        let date = self.standoff.date.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX);
        self.day(date)
    }

    /// "What: likely (60%)".
    pub(super) fn likely(&self, what: &str, probability: f64) -> String {
        self.fill("play.likely", &[("what", what), ("word", self.word(probability)), ("percent", &self.percent(probability))])
    }

    /// The same with the interval of the probability over what is not known of the numbers.
    pub(super) fn likely_within(&self, what: &str, probability: f64, (low, high): (f64, f64)) -> String {
        let values = [self.percent(probability), whole(low * 100.0), format!("{}%", whole(high * 100.0))];
        let word = self.word(probability);
        self.fill("play.likely.range", &[("what", what), ("word", word), ("percent", &values[0]), ("low", &values[1]), ("high", &values[2])])
    }

    /// A probability in percent; below 1 and above 99 only that much is said.
    pub(super) fn percent(&self, probability: f64) -> String {
        match probability * 100.0 {
            p if p < 1.0 => figure("<1%", self.lang),
            p if p > 99.0 => figure(">99%", self.lang),
            p => format!("{p:.0}%"),
        }
    }

    /// A change, with its sign and one digit.
    pub(super) fn signed(&self, x: f64) -> String {
        let rounded = (x * 10.0).round() / 10.0;
        if rounded == 0.0 { "0.0".to_owned() } else { figure(&format!("{rounded:+.1}"), self.lang) }
    }

    /// A probability in words.
    pub(super) fn word(&self, probability: f64) -> &'static str {
        let likelihood = Likelihood::of(probability);
        likelihood.map_or("", if self.lang == Lang::Arabic { Likelihood::arabic } else { Likelihood::english })
    }
}

/// `5–50–95` % of a distribution, or the number alone where it does not vary.
pub(super) fn spread(distribution: &Distribution) -> String {
    let [low, mid, high] = quantiles(distribution).map(whole);
    if low == high { mid } else { [low, mid, high].join("–") }
}

/// The same where the numbers are small.
pub(super) fn fine_spread(distribution: &Distribution) -> String {
    quantiles(distribution).map(|x| format!("{x:.1}")).join("–")
}

/// The same of probabilities.
pub(super) fn percent_spread(distribution: &Distribution) -> String {
    format!("{}%", quantiles(distribution).map(|x| whole(x * 100.0)).join("–"))
}

pub(super) fn quantiles(distribution: &Distribution) -> [f64; 3] {
    [0.05, 0.5, 0.95].map(|p| distribution.quantile(p))
}

/// A range of the standoff.
pub(super) fn range(range: Range) -> String {
    if range.is_point() { whole(range.mode()) } else { [range.low(), range.mode(), range.high()].map(whole).join("–") }
}

/// A number without its fraction, and without the sign of nothing.
pub(super) fn whole(x: f64) -> String {
    let rounded = x.round();
    format!("{:.0}", if rounded == 0.0 { 0.0 } else { rounded })
}
