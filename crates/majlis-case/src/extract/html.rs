//! Pages: the article in them and what they say of it.

use super::{About, LONGEST, guard};
use dom_query::Document as Page;
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;

/// The longest page that is parsed, in bytes.
const LONGEST_PAGE: usize = LONGEST / 8;

/// Where pages give the day of publication, beside the metadata that the readability library knows.
const DAYS: [(&str, &str); 6] = [
    ("meta[itemprop='datePublished']", "content"),
    ("time[itemprop='datePublished']", "datetime"),
    ("time[pubdate]", "datetime"),
    ("meta[name='date']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publish-date']", "content"),
];

/// The text of a page's article, its headline, outlet and day.
pub(super) fn article(page: &str, url: Option<&str>) -> Result<(String, About), String> {
    let page = parse(page)?;
    let day = DAYS.iter().find_map(|(selector, attribute)| day_at(&page, selector, attribute));
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let url = url.filter(|u| u.starts_with("http://") || u.starts_with("https://"));
    let mut readability = Readability::with_document(page, url, Some(config)).map_err(|e| e.to_string())?;
    let article = readability.parse().map_err(|_| "no article in this page".to_owned())?;
    let about = About { title: Some(article.title), outlet: article.site_name, published: article.published_time.as_deref().and_then(super::day).or(day) };
    Ok((article.text_content.trim().to_owned(), about))
}

/// The text of a piece of markup, such as the content of a feed's entry.
pub(super) fn fragment(markup: &str) -> Result<String, String> {
    Ok(parse(markup)?.formatted_text().trim().to_owned())
}

fn parse(markup: &str) -> Result<Page, String> {
    if markup.len() > LONGEST_PAGE {
        return Err(format!("a page longer than {} MiB", LONGEST_PAGE >> 20));
    }
    guard::check(markup)?;
    Ok(Page::from(markup))
}

fn day_at(page: &Page, selector: &str, attribute: &str) -> Option<Date> {
    super::day(&page.select(selector).attr(attribute)?)
}
