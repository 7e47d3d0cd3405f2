//! What all pages are made with: the frame, words, names, links, lists of pages.

use crate::app::App;
use crate::assets;
use crate::failure::Failure;
use crate::listing::{Ask, ROWS};
use crate::told::{arabic, isolated};
use crate::words;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use majlis_brief::charts::Room;
use majlis_brief::{Lang, Messages};
use majlis_case::{ActorRef, Cite, Found};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The pages of the menu, with the words of each, and where a group of them ends.
const MENU: [&[(&str, &str)]; 3] = [
    &[
        ("/", "nav.overview"),
        ("/documents", "nav.documents"),
        ("/ledger", "nav.ledger"),
        ("/events", "nav.events"),
        ("/actors", "nav.actors"),
        ("/claims", "nav.claims"),
    ],
    &[("/issues", "nav.issues"), ("/forecast", "nav.forecast"), ("/network", "nav.network"), ("/map", "nav.map")],
    &[("/review", "nav.review"), ("/add", "nav.add"), ("/export", "nav.export")],
];

/// A page under the pen: in which language, at which address.
#[derive(Clone)]
pub(crate) struct Ui {
    pub(crate) lang: Lang,
    /// The address without the language.
    address: String,
    case: String,
    csrf: String,
    is_guarded: bool,
}

impl FromRequestParts<App> for Ui {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self::at(app, &parts.uri))
    }
}

impl Ui {
    pub(crate) fn at(app: &App, uri: &Uri) -> Self {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let lang = if path == "/en" || path.starts_with("/en/") { Lang::English } else { Lang::Arabic };
        let address = path.strip_prefix("/en").or_else(|| path.strip_prefix("/ar")).filter(|rest| rest.starts_with('/')).unwrap_or("/").to_owned();
        Self { lang, address, case: app.name(), csrf: app.gate.csrf.clone(), is_guarded: app.gate.is_guarded() }
    }

    /// The words of `key`.
    pub(crate) fn t(&self, key: &str) -> String {
        words::say(self.lang, key).to_owned()
    }

    /// The words of `key` with their places filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, isolated(value))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Messages::fill(words::say(self.lang, key), &values)
    }

    /// The form of `key` that goes with a number.
    pub(crate) fn count(&self, key: &str, n: u64) -> String {
        Messages::count(self.lang, words::say(self.lang, key), usize::try_from(n).unwrap_or(usize::MAX))
    }

    /// What a code is called, itself where it has no name.
    pub(crate) fn code(&self, of: &str, code: &str) -> String {
        let key = format!("{of}.{code}");
        let said = words::say(self.lang, &key);
        if said == key { code.to_owned() } else { said.to_owned() }
    }

    /// An address of a page in this language.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("/{}{path}", words::tag(self.lang))
    }

    /// An actor's name in the reader's letters, as a link to its page.
    pub(crate) fn actor(&self, actor: &ActorRef) -> Markup {
        html! { a href=(self.to(&format!("/actors/{}", actor.id))) { bdi { (self.name(actor)) } } }
    }

    /// An actor's name in the reader's letters.
    pub(crate) fn name<'a>(&self, actor: &'a ActorRef) -> &'a str {
        match self.lang {
            Lang::English if !actor.name_en.is_empty() => &actor.name_en,
            _ => &actor.name,
        }
    }

    /// Names in a row.
    pub(crate) fn actors(&self, actors: &[ActorRef]) -> Markup {
        html! { @for (i, actor) in actors.iter().enumerate() { @if i > 0 { (self.t("comma")) } (self.actor(actor)) } }
    }

    /// Who does it to whom.
    pub(crate) fn between(&self, source: &[ActorRef], target: &[ActorRef]) -> Markup {
        html! {
            @if source.is_empty() && !target.is_empty() { span.soft { (self.t("somebody")) } } @else { (self.actors(source)) }
            @if !target.is_empty() {
                " " span.arrow aria-label=(self.t("to")) role="img" { (self.arrow()) } " "
                (self.actors(target))
            }
        }
    }

    /// The arrow that points where the language is read to.
    pub(crate) fn arrow(&self) -> &'static str {
        if self.lang == Lang::Arabic { "←" } else { "→" }
    }

    /// Outlet, day and paragraph, as a link to the words.
    pub(crate) fn cite(&self, cite: &Cite, anchor: &str) -> Markup {
        html! {
            span.cite {
                bdi { (cite.outlet.as_deref().unwrap_or(&self.t("no.outlet"))) }
                (self.t("dot")) (self.day(cite.published.as_deref()))
                (self.t("dot"))
                a href=(self.to(&format!("/documents/{}#{anchor}", cite.document))) { bdi { (cite.document) "¶" (cite.paragraph + 1) } }
                @if cite.story != cite.document { (self.t("dot")) span.tag { (self.t("copy.short")) } }
            }
        }
    }

    /// A day, or that none is known.
    pub(crate) fn day(&self, day: Option<&str>) -> Markup {
        match day {
            Some(day) => html! {
                time { bdi dir="ltr" {
                    @for (i, part) in day.trim_end_matches('Z').split('/').enumerate() { @if i > 0 { "/" wbr; } span { (part.replace('T', " ")) } }
                    @if day.ends_with('Z') { " UTC" }
                } }
            },
            None => html! { span.soft { (self.t("undated.short")) } },
        }
    }

    /// How sure the reader is, and whether somebody has looked.
    pub(crate) fn sure(&self, found: &Found) -> Markup {
        let percent = format!("{:.0}%", found.confidence * 100.0);
        html! {
            @if found.by_analyst { span.tag.good { (self.t("by.analyst")) } }
            @else if found.accepted { span.tag.good { (self.t("accepted")) } }
            @else { span.sure title=(found.why) { (self.fill("sure", &[("percent", &percent)])) } }
        }
    }

    /// Something after a dot, with which no line begins.
    pub(crate) fn after(&self, what: &Markup) -> Markup {
        html! { "\u{a0}" (self.t("dot").trim()) " " span.whole { (what) } }
    }

    /// The hidden field that every form which changes something carries.
    pub(crate) fn csrf(&self) -> Markup {
        html! { input type="hidden" name="csrf" value=(self.csrf); }
    }

    /// A form's address without a query, in this language.
    pub(crate) fn path(&self) -> String {
        self.to(self.address.split('?').next().unwrap_or("/"))
    }

    /// A labelled field of one line.
    pub(crate) fn field(&self, name: &str, label: &str, kind: &str, value: &str) -> Markup {
        html! {
            div.field {
                label for=(format!("f-{name}")) { (self.t(label)) }
                input id=(format!("f-{name}")) type=(kind) name=(name) value=(value) dir=[(kind == "text" || kind == "search").then_some("auto")];
            }
        }
    }

    /// A labelled field for a day. Written out, it is the same in both languages, which a browser's own field for days is not: that follows the browser.
    pub(crate) fn day_field(&self, name: &str, label: &str, value: &str) -> Markup {
        html! {
            div.field {
                label for=(format!("f-{name}")) { (self.t(label)) }
                input.day id=(format!("f-{name}")) type="text" name=(name) value=(value) dir="ltr" autocomplete="off"
                    placeholder="YYYY-MM-DD" pattern="\\s*[0-9٠-٩]{4}-[0-9٠-٩]{2}-[0-9٠-٩]{2}\\s*" title=(self.t("day.how"));
            }
        }
    }

    /// A labelled choice; the first of the values may be empty.
    pub(crate) fn choice(&self, name: &str, label: &str, value: &str, values: &[(String, String)]) -> Markup {
        html! {
            div.field {
                label for=(format!("f-{name}")) { (self.t(label)) }
                select id=(format!("f-{name}")) name=(name) {
                    @for (code, words) in values { option value=(code) selected[code == value] { (words) } }
                }
            }
        }
    }

    /// The values of a choice among codes, all of them first.
    pub(crate) fn any_of(&self, of: &str, codes: &[&str]) -> Vec<(String, String)> {
        [(String::new(), self.t("all"))].into_iter().chain(codes.iter().map(|code| ((*code).to_owned(), self.code(of, code)))).collect()
    }

    /// The choice between named and unnamed sources.
    pub(crate) fn named(&self, value: &str) -> Markup {
        let values = ["", "yes", "no"].map(|code| (code.to_owned(), self.t(&format!("named.{code}"))));
        self.choice("named", "filter.named", value, &values)
    }

    /// Which stretch of a list is shown, and the way to the others.
    pub(crate) fn pager(&self, ask: &Ask, total: u64) -> Markup {
        self.parts(ask, total, ROWS, "")
    }

    /// The same for a list of which a page shows so many rows, at a place of the page.
    pub(crate) fn parts(&self, ask: &Ask, total: u64, rows: u64, place: &str) -> Markup {
        let page = ask.number().unwrap_or(1);
        let last = total.div_ceil(rows).max(1);
        let link = |page: u64| format!("{}{place}", self.with("page", &page.to_string()));
        html! {
            @if total > rows || page > 1 {
                nav.pager aria-label=(self.t("pager")) {
                    @if page > 1 { a rel="prev" href=(link((page - 1).min(last))) { (self.t("previous")) } }
                    span { (self.fill("page.of", &[("page", &page.to_string()), ("last", &last.to_string())])) }
                    @if page < last { a rel="next" href=(link(page + 1)) { (self.t("next")) } }
                }
            }
        }
    }

    /// This address with one thing asked otherwise.
    fn with(&self, name: &str, value: &str) -> String {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
        let query: Vec<String> = others.map(str::to_owned).chain([format!("{name}={value}")]).collect();
        self.to(&format!("{path}?{}", query.join("&")))
    }

    /// How many there are; or that there is nothing, and what to do about it.
    pub(crate) fn found(&self, total: u64, shown: usize, key: &str) -> Markup {
        html! {
            p.found role="status" { (self.count(key, total)) }
            @if total == 0 && self.is_narrowed() { div.empty { p { (self.t("nothing.filtered")) } p { a href=(self.path()) { (self.t("filter.clear")) } } } }
            @else if total == 0 { (self.nothing()) }
            @else if shown == 0 { div.empty { p { (self.t("beyond")) } p { a href=(self.with("page", "1")) { (self.t("first.page")) } } } }
        }
    }

    /// That there is nothing yet, and what to do about it.
    pub(crate) fn nothing(&self) -> Markup {
        html! { div.empty { p { (self.t("nothing")) } p { a href=(self.to("/add")) { (self.t("nothing.add")) } } } }
    }

    /// Whether the address asks for less than all.
    fn is_narrowed(&self) -> bool {
        let asked = self.address.split_once('?').map_or("", |(_, query)| query);
        asked.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| name != "page" && !value.is_empty())
    }

    /// The whole page.
    pub(crate) fn page(&self, title: &str, body: &Markup) -> Page {
        self.frame(title, body, None)
    }

    /// A page that looks again by itself until some work is done.
    pub(crate) fn waiting(&self, title: &str, body: &Markup) -> Response {
        ([(header::CACHE_CONTROL, "no-store")], self.frame(title, body, Some(2))).into_response()
    }

    /// Whether the page is the door, before which nothing of the case is told.
    fn is_outside(&self) -> bool {
        self.is_guarded && self.address.split('?').next() == Some("/login")
    }

    fn frame(&self, title: &str, body: &Markup, again: Option<u32>) -> Page {
        let is_outside = self.is_outside();
        let other = words::other(self.lang);
        let (tag, direction) = (words::tag(self.lang), if self.lang == Lang::Arabic { "rtl" } else { "ltr" });
        let here = self.address.split('?').next().unwrap_or("/");
        // Pages that are not in the menu stand under one that is.
        let here = match here {
            "/outlets" => "/documents",
            "/standoff" => "/issues",
            "/sealed" => "/forecast",
            here => here,
        };
        let is_here = |path: &str| if path == "/" { here == "/" } else { here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) };
        Page(html! {
            (DOCTYPE)
            html lang=(tag) dir=(direction) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    @if let Some(seconds) = again { noscript { meta http-equiv="refresh" content=(seconds); } }
                    title { (title) " · " @if !is_outside { (self.case) " · " } (self.t("brand")) }
                    link rel="icon" href=(assets::ICON);
                    link rel="stylesheet" href=(assets::STYLE);
                    script src=(assets::SCRIPT) defer {}
                }
                body {
                    a.skip href="#main" { (self.t("skip")) }
                    header.top {
                        a.brand href=(self.to("/")) { (self.t("brand")) }
                        @if !is_outside {
                            span.case { bdi { (self.case) } }
                            form.find role="search" action=(self.to("/search")) method="get" {
                                label.hidden for="find" { (self.t("search.label")) }
                                input #find type="search" name="q" placeholder=(self.t("search.label")) dir="auto";
                                button { (self.t("search.button")) }
                            }
                        }
                        a.switch lang=(words::tag(other)) hreflang=(words::tag(other)) href=(format!("/{}{}", words::tag(other), self.address)) { (words::say(other, "language")) }
                        @if self.is_guarded && !is_outside {
                            form method="post" action=(self.to("/logout")) { (self.csrf()) button.plain { (self.t("leave")) } }
                        }
                    }
                    @if !is_outside {
                        nav.menu aria-label=(self.t("menu")) {
                            @for group in MENU {
                                ul { @for (path, key) in group { li { a href=(self.to(path)) aria-current=[is_here(path).then_some("page")] { (self.t(key)) } } } }
                            }
                        }
                    }
                    main #main tabindex="-1" {
                        h1 { bdi { (title) } }
                        (body)
                    }
                    footer { p { (self.t("footer")) } }
                }
            }
        })
    }

    /// What is wrong, in the reader's language where the words are known, else as it is.
    pub(crate) fn told(&self, said: &str) -> Markup {
        match arabic(said).filter(|_| self.lang == Lang::Arabic) {
            Some(told) => html! { (told) },
            None if self.lang == Lang::English => html! { (said) },
            None => html! { (self.t("in.english")) " " bdi lang="en" dir="ltr" { (said) } },
        }
    }

    /// Why something was decided: the machine's reasons in the reader's language, an analyst's as they are.
    pub(crate) fn why(&self, why: &str) -> String {
        arabic(why).filter(|_| self.lang == Lang::Arabic).unwrap_or_else(|| why.to_owned())
    }

    /// A drawing of the brief, as it is for a page and for a phone.
    pub(crate) fn drawing(&self, drawn: impl Fn(Room) -> String) -> Markup {
        html! { figure.drawing tabindex="0" { div.roomy { (PreEscaped(drawn(Room::Page))) } div.narrow { (PreEscaped(drawn(Room::Phone))) } } }
    }
}

/// A page of HTML.
pub(crate) struct Page(Markup);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], self.0.into_string()).into_response()
    }
}

/// That a page is from before the last change, so many seconds old.
pub(crate) fn lag(lang: Lang, seconds: u64) -> Markup {
    let told = Messages::count(lang, words::say(lang, "lag"), usize::try_from(seconds).unwrap_or(usize::MAX));
    html! { p.lag { (told) } }
}

/// What is wrong, as a page.
pub(crate) fn failure(app: &App, lang: Lang, uri: &Uri, failure: &Failure) -> Page {
    let ui = Ui { lang, ..Ui::at(app, uri) };
    let key = format!("failure.{}", failure.status.as_u16());
    let known = words::messages().get(lang, &key).map(str::to_owned);
    let title = known.unwrap_or_else(|| ui.t("failure"));
    ui.page(
        &title,
        &html! {
            p.problem role="alert" { (ui.told(&failure.detail)) }
            @if ui.is_outside() { p { a href=(ui.to("/login")) { (ui.t("login")) } } } @else { p { a href=(ui.to("/")) { (ui.t("home")) } } }
        },
    )
}
