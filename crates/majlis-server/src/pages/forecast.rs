//! The forecast: answers with distributions, what they hinge on, whom to move; and numbers to be set otherwise, by which it is run again.

use super::issues::label;
use super::ui::Ui;
use crate::app::App;
use crate::failure::Failure;
use crate::forecast::{Answer, DRAWS, Question, Told};
use crate::listing::number;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use majlis_brief::{charts, outlook_fragment, render_run};
use majlis_model::play::Rules;
use majlis_model::run::{Bargaining, Method};
use majlis_model::standoff::{Standoff, inputs};
use maud::{Markup, PreEscaped, html};

/// What a slider's name begins with in an address.
const SET: &str = "set.";
/// Numbers of an issue that can be set by sliders, bars of its tornado, and actors to be moved.
const SLIDERS: usize = 6;
/// Sliders that are shown at once; the others are unfolded.
const FIRST: usize = 12;
const BARS: usize = 10;
const LEVERS: usize = 8;
/// Columns of a distribution.
const BINS: usize = 20;

type Pairs = Vec<(String, String)>;

/// What is asked, as an address or a form has it: `seed`, `draws`, `set.kadhimi.withdrawal.position`. Sliders that stand where the standoff has
/// them are no change, which only the standoff can tell.
fn question(pairs: &Pairs) -> Result<Question, Failure> {
    let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    let set = pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(SET)?, value)));
    let set = set.filter_map(|(name, value)| number(name, value).map(|n| Some((name.to_owned(), n?))).transpose()).collect::<Result<_, _>>()?;
    let (seed, draws) = (number("seed", value("seed"))?, number("draws", value("draws"))?);
    Question::new(set, seed.unwrap_or(1), draws.unwrap_or(DRAWS))
}

/// The same without what is no change.
fn changed(question: Question, base: &Standoff) -> Question {
    let known = inputs::list(base);
    let is_change =
        |(name, value): &(String, f64)| known.iter().find(|input| input.path == *name).is_none_or(|input| shown(input.range.mode()) != shown(*value));
    Question { set: question.set.into_iter().filter(is_change).collect(), ..question }
}

fn shown(value: f64) -> i64 {
    value.round() as i64
}

pub(super) async fn page(State(app): State<App>, ui: Ui, Query(pairs): Query<Pairs>) -> Result<Response, Failure> {
    let asked = question(&pairs)?;
    let base = match app.base().await? {
        Answer::Working(job) => return Ok(super::jobs::wait(&ui, job)),
        Answer::Ready(base) => base,
    };
    let asked = match base.standoff() {
        Ok((_, standoff)) => changed(asked, standoff),
        Err(why) => {
            let body = html! { div.empty { p { (ui.t("issues.none")) } p.soft { (ui.told(&why.detail)) } p { a.button href=(ui.to("/add")) { (ui.t("nothing.add")) } " " a href=(ui.to("/standoff")) { (ui.t("standoff.edit")) } } } };
            return Ok(ui.page(&ui.t("nav.forecast"), &body).into_response());
        }
    };
    match app.told(asked.clone()).await? {
        Answer::Working(job) => Ok(super::jobs::wait(&ui, job)),
        Answer::Ready(told) => Ok(ui.page(&ui.t("nav.forecast"), &written(&ui, &told, &asked)?).into_response()),
    }
}

/// Seals the forecast in the case.
pub(super) async fn seal(State(app): State<App>, ui: Ui, Form(pairs): Form<Pairs>) -> Result<Response, Failure> {
    let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    app.gate.check(value("csrf"))?;
    match app.told(question(&pairs)?).await? {
        Answer::Working(job) => Ok(super::jobs::wait(&ui, job)),
        Answer::Ready(told) => {
            app.seal(told, value("by").map(str::to_owned)).await?;
            Ok(Redirect::to(&ui.to("/sealed")).into_response())
        }
    }
}

fn written(ui: &Ui, told: &Told, asked: &Question) -> Result<Markup, Failure> {
    let report = render_run(&told.standoff, &Rules::shipped()?, &told.run, ui.lang);
    Ok(html! {
        (sliders(ui, told, asked))
        div #result aria-live="polite" {
            @if !asked.set.is_empty() { p.changed { (ui.t("whatif.changed")) " " @for (i, (path, value)) in asked.set.iter().enumerate() { @if i > 0 { (ui.t("comma")) } bdi { (named(ui, &told.base, path)) " = " (shown(*value)) } } } }
            div.brief { (PreEscaped(outlook_fragment(&told.outlook, ui.lang))) }
            @for bargaining in &told.run.issues { (issue(ui, told, bargaining)) }
            details { summary { (ui.t("forecast.report")) } pre.report dir="auto" { (report) } }
        }
        section {
            h2 { (ui.t("seal")) }
            form.inline method="post" action=(ui.to("/forecast")) {
                (ui.csrf()) input type="hidden" name="seed" value=(asked.seed); input type="hidden" name="draws" value=(asked.draws);
                @for (path, value) in &asked.set { input type="hidden" name=(format!("{SET}{path}")) value=(value); }
                button { (ui.t("seal.button")) }
            }
            p.soft { (ui.t("seal.how")) " " a href=(ui.to("/sealed")) { (ui.t("to.sealed")) } }
        }
    })
}

/// The numbers that move the answers most, each to be set.
fn sliders(ui: &Ui, told: &Told, asked: &Question) -> Markup {
    let mut paths: Vec<&str> = Vec::new();
    for path in told
        .run
        .issues
        .iter()
        .flat_map(|issue| issue.tornado.bars.iter().take(SLIDERS).map(|bar| bar.path.as_str()))
        .chain(asked.set.iter().map(|(path, _)| path.as_str()))
    {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let base = inputs::list(&told.base);
    let value = |path: &str| {
        let set = asked.set.iter().find(|(name, _)| name == path).map(|(_, value)| *value);
        set.or_else(|| base.iter().find(|input| input.path == path).map(|input| input.range.mode())).unwrap_or(50.0)
    };
    let slider = |path: &str| {
        html! {
            div.slider {
                label for=(format!("{SET}{path}")) { bdi { (named(ui, &told.base, path)) } }
                input type="range" min="0" max="100" step="1" id=(format!("{SET}{path}")) name=(format!("{SET}{path}")) value=(shown(value(path)));
                output for=(format!("{SET}{path}")) { (shown(value(path))) }
            }
        }
    };
    let (first, others) = paths.split_at(paths.len().min(FIRST));
    html! {
        form.whatif #whatif method="get" action=(ui.path()) {
            h2 { (ui.t("whatif")) }
            p.soft { (ui.t(if paths.is_empty() { "whatif.none" } else { "whatif.how" })) }
            div.sliders { @for path in first { (slider(path)) } }
            @if !others.is_empty() { details { summary { (ui.fill("whatif.more", &[("n", &others.len().to_string())])) } div.sliders { @for path in others { (slider(path)) } } } }
            div.filter {
                (ui.field("seed", "seed", "number", &asked.seed.to_string()))
                (ui.field("draws", "draws", "number", &asked.draws.to_string()))
                button { (ui.t("whatif.button")) } " " a href=(ui.to("/forecast")) { (ui.t("whatif.reset")) }
            }
        }
    }
}

fn issue(ui: &Ui, told: &Told, bargaining: &Bargaining) -> Markup {
    let issue = told.standoff.issue(&bargaining.issue).map(|i| &told.standoff.issue[i]);
    let title = issue.map_or_else(|| bargaining.issue.clone(), |issue| label(ui, &issue.name));
    let first = bargaining.settles.first();
    let bars: Vec<(String, f64, f64)> = bargaining
        .tornado
        .bars
        .iter()
        .take(BARS)
        .map(|bar| (named(ui, &told.base, &bar.path.replace(&format!(".{}.", bargaining.issue), ".")), bar.at_low, bar.at_high))
        .collect();
    let change = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{v:+.1}"));
    html! {
        section {
            h2 { bdi { (title) } }
            @if let Some(issue) = issue { p { (ui.fill("scale", &[("low", &label(ui, &issue.low)), ("high", &label(ui, &issue.high))])) } }
            @if let Some(settles) = first {
                @let histogram: Vec<u32> = settles.at.histogram(0.0, 100.0, BINS).into_iter().map(|n| n as u32).collect();
                h3 { (ui.t("where.settles")) }
                (ui.drawing(|room| charts::distribution(ui.lang, room, &ui.t("where.settles"), &histogram)))
                p.soft { (ui.t("settles.key")) }
            }
            table.stack {
                thead { tr { th scope="col" { (ui.t("play.model")) } @for p in ["5%", "25%", "50%", "75%", "95%"] { th.number scope="col" { bdi dir="ltr" { (p) } } } } }
                tbody { @for settles in &bargaining.settles {
                    tr { th scope="row" { (model(ui, settles.by)) }
                        @for (p, of) in [(0.05, "5%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (0.95, "95%")] { td.number data-label=(of) { (format!("{:.0}", settles.at.quantile(p))) } } }
                } }
            }
            @if !bars.is_empty() {
                h3 { (ui.t("tornado")) }
                p.soft { (ui.fill("tornado.how", &[("base", &format!("{:.0}", bargaining.tornado.base))])) }
                (ui.drawing(|room| charts::tornado(ui.lang, room, &ui.t("tornado"), bargaining.tornado.base, &bars)))
                details { summary { (ui.t("as.table")) }
                    table.stack {
                        thead { tr { th scope="col" { (ui.t("play.number")) } th.number scope="col" { (ui.t("at.low")) } th.number scope="col" { (ui.t("at.high")) } } }
                        tbody { @for (name, low, high) in &bars { tr { th scope="row" { bdi { (name) } } td.number data-label=(ui.t("at.low")) { (format!("{low:.1}")) } td.number data-label=(ui.t("at.high")) { (format!("{high:.1}")) } } } }
                    }
                }
            }
            @if !bargaining.levers.is_empty() {
                h3 { (ui.t("levers")) }
                p.soft { (ui.fill("levers.how", &[("step", &format!("{:.0}", Bargaining::STEP))])) }
                table.stack {
                    thead { tr { th scope="col" { (ui.t("column.actor")) } th.number scope="col" { (ui.t("position")) } th.number scope="col" { (ui.t("up")) } th.number scope="col" { (ui.t("down")) } th.number scope="col" { (ui.t("weight")) } } }
                    tbody { @for lever in bargaining.levers.iter().take(LEVERS) {
                        tr { th scope="row" { bdi { (named(ui, &told.base, &lever.actor)) } } td.number data-label=(ui.t("position")) { (format!("{:.0}", lever.position)) }
                            td.number data-label=(ui.t("up")) { bdi dir="ltr" { (change(lever.up)) } } td.number data-label=(ui.t("down")) { bdi dir="ltr" { (change(lever.down)) } } td.number data-label=(ui.t("weight")) { (format!("{:.0}", lever.price)) } }
                    } }
                }
            }
        }
    }
}

/// A model's name: as the reader calls it, else as the literature does.
fn model(ui: &Ui, by: Method) -> String {
    let code = serde_json::to_value(by).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    ui.code("model", &code)
}

/// A number's path with names in the place of ids: who, on which issue, what.
fn named(ui: &Ui, standoff: &Standoff, path: &str) -> String {
    let part = |id: &str| {
        let actor = standoff.actor(id).map(|i| &standoff.actor[i].name);
        let name = actor.or_else(|| standoff.issue(id).map(|i| &standoff.issue[i].name));
        name.map_or_else(|| ui.code("number", id), |name| label(ui, name))
    };
    // Each part may be in the other script.
    path.split('.').map(|id| crate::told::isolated(&part(id))).collect::<Vec<_>>().join(&format!(" {} ", ui.arrow()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(written: &[(&str, &str)]) -> Pairs {
        written.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn an_address_says_what_is_set() {
        let asked = question(&pairs(&[("set.a.b.position", "40"), ("draws", "200"), ("set.c", ""), ("other", "x")])).unwrap();
        assert_eq!(asked, Question { set: vec![("a.b.position".to_owned(), 40.0)], seed: 1, draws: 200 });
        for wrong in [("set.a", "x"), ("set.a", "NaN"), ("set.a", "101"), ("draws", "0"), ("draws", "999999"), ("seed", "-1")] {
            assert!(question(&pairs(&[wrong])).is_err(), "{wrong:?}");
        }
    }
}
