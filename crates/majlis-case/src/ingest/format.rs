//! Which format something is in: by its first bytes where they are unmistakable, by its name, by what the server says, else by how
//! it begins.

/// A format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Text,
    Page,
    /// One object, or an array of them.
    Json,
    /// One object a line.
    Lines,
    Csv,
    Parquet,
    Feed,
    Warc,
    Mail,
    Zip,
    Tar,
    Gzip,
}

/// Endings of the files that are taken from folders and archives.
const ENDINGS: [(&str, Format); 23] = [
    ("txt", Format::Text),
    ("md", Format::Text),
    ("markdown", Format::Text),
    ("html", Format::Page),
    ("htm", Format::Page),
    ("xhtml", Format::Page),
    ("json", Format::Json),
    ("jsonl", Format::Lines),
    ("ndjson", Format::Lines),
    ("csv", Format::Csv),
    ("tsv", Format::Csv),
    ("parquet", Format::Parquet),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("rdf", Format::Feed),
    ("xml", Format::Feed),
    ("warc", Format::Warc),
    ("eml", Format::Mail),
    ("zip", Format::Zip),
    ("tar", Format::Tar),
    ("gz", Format::Gzip),
    ("tgz", Format::Gzip),
    ("gzip", Format::Gzip),
];

/// How much of something is looked at.
pub(super) const HEAD: usize = 1024;

impl Format {
    /// By the ending of a file's name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
    }

    /// By a Content-Type; `None` for those that say little.
    pub(super) fn of_media_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Some(match essence.as_str() {
            "text/html" | "application/xhtml+xml" => Self::Page,
            "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Self::Feed,
            "application/json" => Self::Json,
            "application/x-ndjson" | "application/jsonl" => Self::Lines,
            "text/csv" | "text/tab-separated-values" => Self::Csv,
            "message/rfc822" => Self::Mail,
            "application/vnd.apache.parquet" => Self::Parquet,
            "application/warc" => Self::Warc,
            "application/zip" => Self::Zip,
            "application/gzip" | "application/x-gzip" => Self::Gzip,
            _ => return None,
        })
    }

    /// Whether it can hold other files.
    pub(super) fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::Tar | Self::Gzip)
    }

    /// Of something that begins with `head`.
    pub(super) fn of(head: &[u8], name: &str, served_as: Option<Self>) -> Self {
        match head {
            [0x1f, 0x8b, ..] => return Self::Gzip,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Self::Zip,
            _ if head.starts_with(b"PAR1") => return Self::Parquet,
            _ if head.starts_with(b"WARC/") => return Self::Warc,
            _ if head.get(257..262) == Some(b"ustar") => return Self::Tar,
            _ => {}
        }
        let begins = beginning(head);
        match Self::of_name(name).or(served_as) {
            // Addresses often end in .xml or say text/xml, and pages are served as feeds and feeds as pages.
            Some(Self::Feed | Self::Page) => match begins {
                Some(seen @ (Self::Feed | Self::Page)) => seen,
                _ => Self::of_name(name).or(served_as).unwrap_or(Self::Page),
            },
            // Nothing else is compressed: the ending is wrong.
            Some(archive) if archive.is_archive() && archive != Self::Tar => begins.unwrap_or(Self::Text),
            Some(format) => format,
            None => begins.unwrap_or(Self::Text),
        }
    }
}

/// What the first words look like.
fn beginning(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let lower = head.to_ascii_lowercase();
    let holds = |tag: &str| lower.windows(tag.len()).any(|w| w == tag.as_bytes());
    if head.starts_with(b"{") {
        return Some(Format::Lines);
    }
    if !head.starts_with(b"<") {
        return None;
    }
    let is_feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| holds(tag));
    let is_page = lower.starts_with(b"<!doctype html") || holds("<html");
    match (is_page, is_feed) {
        (true, _) => Some(Format::Page),
        (false, true) => Some(Format::Feed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_win_over_names_and_names_over_servers() {
        let of = |head: &str, name: &str, served| Format::of(head.as_bytes(), name, served);
        assert_eq!(of("PK\u{3}\u{4}", "reports.jsonl", None), Format::Zip);
        assert_eq!(of("PAR1", "part-0", None), Format::Parquet);
        assert_eq!(of("WARC/1.0\r\n", "x", None), Format::Warc);
        assert_eq!(of("{\"text\"", "x", None), Format::Lines);
        assert_eq!(of("{\"text\"", "x.json", None), Format::Json);
        assert_eq!(of("{\"text\"", "x.txt", Some(Format::Lines)), Format::Text);
        assert_eq!(of("قال", "x", Some(Format::Page)), Format::Page);
        assert_eq!(of("قال", "x", None), Format::Text);
        assert_eq!(of("<?xml version='1.0'?>\n<rss version='2.0'>", "news.php", Some(Format::Page)), Format::Feed);
        assert_eq!(of("<!DOCTYPE html><html>", "feed.xml", None), Format::Page);
        assert_eq!(of("<p>قال", "x.zip", None), Format::Text);
        assert_eq!(of("", "", None), Format::Text);
    }
}
