//! RSS and Atom: an entry a document.

use super::walk::{Flow, Walk};
use super::{At, Body, Raw};
use crate::extract::day;
use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model;
use feed_rs::parser::Builder;
use jiff::civil::Date;
use std::io::Cursor;

/// What a feed says of one report.
pub(crate) struct Entry {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) content: String,
    pub(crate) is_html: bool,
}

impl Entry {
    /// What is sealed of it: the feed's bytes change with every entry that is added to it.
    pub(super) fn words(&self) -> String {
        let day = self.published.map(|day| day.to_string());
        [self.title.as_deref(), day.as_deref(), Some(&self.content)].map(Option::unwrap_or_default).join("\u{1f}")
    }
}

/// The entries of a feed, or the pages that they lead to.
pub(super) fn entries(walk: &mut Walk<'_>, at: &At, bytes: &[u8]) -> Flow {
    let parser = Builder::new().base_uri(at.url.as_deref()).timestamp_parser(local_time).build();
    let feed = match parser.parse(Cursor::new(bytes)) {
        Ok(feed) => feed,
        Err(error) => return walk.fail(at.fault(error)),
    };
    let outlet = feed.title.as_ref().map(words);
    for (index, entry) in feed.entries.into_iter().enumerate() {
        let number = index + 1;
        let (place, link) = (format!("{}, entry {number}", at.place), address(&entry));
        if let Some(link) = link.as_deref().filter(|_| walk.options.follow) {
            walk.follow(link)?;
            continue;
        }
        let (at, id) = at.record(place, number);
        let key = link.clone().or_else(|| Some(entry.id.clone()).filter(|id| !id.is_empty()));
        let at = At { key, url: link, ..at };
        walk.give(Raw { id, ..Raw::new(at, Body::Entry(whole(entry, outlet.clone()))) })?;
    }
    Flow::Continue(())
}

fn whole(entry: model::Entry, outlet: Option<String>) -> Entry {
    let published = entry.published.or(entry.updated).and_then(|at| day(&at.to_rfc3339()));
    let body = entry.content.and_then(|content| content.body.map(|body| (body, content.content_type.to_string())));
    let (content, kind) = body.or_else(|| entry.summary.map(|s| (s.content, s.content_type.to_string()))).unwrap_or_default();
    let is_html = kind.contains("html") || content.contains("</") || content.contains("<br");
    Entry { title: entry.title.as_ref().map(words), outlet, published, content, is_html }
}

fn words(text: &model::Text) -> String {
    text.content.trim().to_owned()
}

/// Where the whole report is.
fn address(entry: &model::Entry) -> Option<String> {
    let is_report = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    entry.links.iter().find(is_report).map(|link| link.href.clone()).filter(|href| href.starts_with("http://") || href.starts_with("https://"))
}

/// A moment as its place of publication counts it, told as if that were UTC: the day is what is wanted.
fn local_time(written: &str) -> Option<DateTime<Utc>> {
    let day = day(written)?;
    NaiveDate::from_ymd_opt(day.year().into(), day.month().try_into().ok()?, day.day().try_into().ok()?)?.and_hms_opt(0, 0, 0).map(|at| at.and_utc())
}
