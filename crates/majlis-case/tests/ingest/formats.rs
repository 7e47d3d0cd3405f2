use super::*;
use encoding_rs::WINDOWS_1256;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use majlis_case::Kind;
use majlis_case::ingest::Defaults;
use serde_json::json;

fn about(document: &Document) -> [Option<String>; 3] {
    [document.title.clone(), document.outlet.clone(), document.published.map(|day| day.to_string())]
}

fn expected(title: &str, outlet: &str, published: &str) -> [Option<String>; 3] {
    [title, outlet, published].map(|s| (!s.is_empty()).then(|| s.to_owned()))
}

/// That the article is whole and nothing around it is.
fn check_article(text: &str) {
    for paragraph in [FIRST, SECOND, THIRD] {
        assert!(text.contains(paragraph), "{text}");
    }
    assert!(!text.contains("الرئيسية") && !text.contains("جميع الحقوق") && !text.contains("var a"), "{text}");
}

#[test]
fn text_and_markdown_are_kept_as_they_are() {
    for name in ["a.txt", "a.md", "a", "a.unknown"] {
        let (document, source) = one(name, text());
        assert_eq!((document.id.as_str(), &document.text, source.kind), ("a", &text(), Kind::Text));
        assert_eq!(source.origin, name);
    }
    assert_eq!(one("crlf.txt", text().replace('\n', "\r\n")).0.text, text().replace('\n', "\r\n"));
}

#[test]
fn what_the_metadata_do_not_say_is_assumed() {
    let defaults = Defaults { outlet: Some("صدى الرافدين".to_owned()), published: "2021-03-17".parse().ok() };
    let options = Options { defaults, ..Options::default() };
    let input = |name: &str, bytes: String| Input::Bytes { name: name.to_owned(), bytes: bytes.into() };
    let record = json!({"text": text(), "outlet": "وكالة", "published": "2020-01-06"}).to_string();
    let made = all(&[input("a.txt", text()), input("b.json", record)], &options);
    assert_eq!(about(&made[0].as_ref().unwrap().0), expected("", "صدى الرافدين", "2021-03-17"));
    assert_eq!(about(&made[1].as_ref().unwrap().0), expected("", "وكالة", "2020-01-06"));
}

#[test]
fn a_page_gives_its_article_and_what_it_says_of_it() {
    let head = "<meta charset=\"utf-8\"><meta property=\"og:site_name\" content=\"صدى الرافدين\">
        <meta property=\"og:title\" content=\"الكاظمي يرفض القرار\"><meta property=\"article:published_time\" content=\"2021-03-18T01:30:00+03:00\">";
    let (document, source) = one("a.html", page(head));
    check_article(&document.text);
    assert_eq!(about(&document), expected("الكاظمي يرفض القرار", "صدى الرافدين", "2021-03-18"));
    assert_eq!((source.kind, source.extractor.as_str()), (Kind::Html, "dom_smoothie 0.19"));
    let lines: Vec<&str> = document.text.lines().filter(|l| !l.trim().is_empty()).collect();
    assert!(lines.len() >= 3, "paragraphs stay apart: {lines:?}");
}

#[test]
fn a_page_may_give_its_day_in_other_ways() {
    let linked = "<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\", \"headline\": \"عنوان\",
        \"datePublished\": \"2021-03-17T21:00:00+03:00\", \"publisher\": {\"name\": \"صدى الرافدين\"}}</script>";
    for head in [linked, "<meta itemprop=\"datePublished\" content=\"2021-03-17\">", "<meta name=\"date\" content=\"2021/03/17\">"] {
        assert_eq!(one("a.html", page(head)).0.published.map(|d| d.to_string()).as_deref(), Some("2021-03-17"), "{head}");
    }
    assert_eq!(one("a.html", page("<meta name=\"date\" content=\"أمس\">")).0.published, None);
}

#[test]
fn pages_in_old_encodings_come_out_right() {
    let declared = page("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">");
    for bytes in [WINDOWS_1256.encode(&declared).0.into_owned(), WINDOWS_1256.encode(&page("")).0.into_owned()] {
        check_article(&one("a.htm", bytes).0.text);
    }
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(page("").encode_utf16()).flat_map(u16::to_be_bytes).collect();
    check_article(&one("a.html", utf16).0.text);
}

#[test]
fn records_come_as_lines_arrays_and_objects() {
    let record = |id: &str| json!({"id": id, "outlet": "وكالة", "published": "2021-03-17", "title": "عنوان", "text": text()});
    let lines = format!("{}\n\n{}\r\n{{}}", record("a"), record("b"));
    for (name, contents, count) in
        [("r.jsonl", lines.clone(), 3), ("r", lines, 3), ("r.json", json!([record("a"), record("b")]).to_string(), 2), ("r.json", record("a").to_string(), 1)]
    {
        let made = made(name, contents);
        assert_eq!(made.len(), count, "{name}");
        let (document, source) = made[0].as_ref().unwrap();
        assert_eq!((document.id.as_str(), source.kind), ("a", Kind::Record));
        assert_eq!(about(document), expected("عنوان", "وكالة", "2021-03-17"));
        if count == 3 {
            assert_eq!(made[2].as_ref().unwrap_err().to_string(), format!("{name}:4: no \"text\""));
        }
    }
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(record("a").to_string().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("r.jsonl", utf16).0.id, "a");
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let quoted = text().replace('"', "\"\"");
    for (name, delimiter) in [("t.csv", ","), ("t.csv", ";"), ("t.tsv", "\t")] {
        let rows = [["ID", "Published", "outlet", "text"].join(delimiter), ["1", "2021-03-17", "وكالة", &format!("\"{quoted}\"")].join(delimiter)];
        let made = made(name, format!("\u{feff}{}\r\n{}\r\n", rows[0], rows[1]));
        let (document, _) = made[0].as_ref().unwrap();
        assert_eq!((document.id.as_str(), &document.text), ("1", &text()));
        assert_eq!(about(document), expected("", "وكالة", "2021-03-17"));
    }
    let old = WINDOWS_1256.encode(&format!("outlet,text\nوكالة,\"{quoted}\"\n,نص\n")).0.into_owned();
    let made = made("t.csv", old);
    assert_eq!(made[0].as_ref().unwrap().0.outlet.as_deref(), Some("وكالة"));
    assert_eq!(made.len(), 2);
    assert!(fault("t.csv", "a,b\n1,2\n").contains("no column \"text\": the first row names the columns a, b"));
    assert!(fault("t.csv", "text\nقال,أمس\n").contains("t.csv:2: 2 cells, the first row names 1 columns"));
}

const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>
    <title>صدى الرافدين</title><link>https://example.org/</link>
    <item><title>الأول</title><link>https://example.org/1</link><guid>g1</guid><pubDate>Thu, 18 Mar 2021 00:30:00 +0300</pubDate>
        <description>مختصر</description><content:encoded><![CDATA[<p>@</p>]]></content:encoded></item>
    <item><title>الثاني</title><guid isPermaLink=\"false\">g2</guid><description>#</description></item></channel></rss>";

#[test]
fn the_entries_of_rss_are_documents_with_their_own_day() {
    let rss = RSS.replace('@', &[FIRST, SECOND].join("</p><p>")).replace('#', THIRD);
    for name in ["feed.xml", "feed.rss", "feed", "index.php"] {
        let made = made(name, rss.clone());
        let [(first, from), (second, other)] = [&made[0], &made[1]].map(|m| m.as_ref().unwrap());
        assert_eq!(about(first), expected("الأول", "صدى الرافدين", "2021-03-18"));
        assert!(first.text.contains(FIRST) && first.text.contains(SECOND) && !first.text.contains('<'), "{}", first.text);
        assert_eq!((from.kind, from.key.as_deref(), from.url.as_deref()), (Kind::Feed, Some("https://example.org/1"), Some("https://example.org/1")));
        assert_eq!(about(second), expected("الثاني", "صدى الرافدين", ""));
        assert_eq!((second.text.as_str(), other.key.as_deref()), (THIRD, Some("g2")));
    }
}

#[test]
fn the_entries_of_atom_are_documents() {
    let atom = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>صدى الرافدين</title><id>f</id><updated>2021-03-18T00:00:00Z</updated>
        <entry><title>الأول</title><id>tag:1</id><link href=\"https://example.org/1\"/><published>2021-03-17T23:30:00+03:00</published>
        <updated>2021-03-19T00:00:00Z</updated><content type=\"html\">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"
    );
    let (document, _) = one("feed.atom", atom);
    assert_eq!(about(&document), expected("الأول", "صدى الرافدين", "2021-03-17"));
    assert!(document.text.contains(FIRST) && document.text.contains(SECOND));
}

#[test]
fn the_pages_of_a_crawl_are_documents_and_the_rest_is_passed_over() {
    let html = page("");
    let windows = WINDOWS_1256.encode(&html).0.into_owned();
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(html.as_bytes()).unwrap();
    let body = html.as_bytes();
    let (head, tail) = body.split_at(1000);
    let chunked = [b"3e8\r\n", head, format!("\r\n{:X};x=y\r\n", tail.len()).as_bytes(), tail, b"\r\n0\r\n\r\n"].concat();
    let response = |n: usize, fields: &str, body: &[u8]| {
        let fields = format!("Content-Type: text/html; charset={}\r\n{fields}", if n == 2 { "windows-1256" } else { "utf-8" });
        warc("response", &format!("https://www.example.org/{n}"), "application/http; msgtype=response", &http("200 OK", &fields, body))
    };
    let records = [
        warc("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        response(1, "", body),
        response(2, "", &windows),
        response(3, "Content-Encoding: gzip\r\n", &gzipped(body)),
        response(4, "content-encoding: deflate\r\n", &deflated.finish().unwrap()),
        response(5, "Transfer-Encoding: chunked\r\n", &chunked),
        response(6, "Transfer-Encoding: chunked\r\n", body),
        warc("response", "https://example.org/a.png", "application/http", &http("200 OK", "Content-Type: image/png\r\n", b"\x89PNG")),
        warc("response", "https://example.org/gone", "application/http", &http("404 Not Found", "Content-Type: text/html\r\n", body)),
        warc("request", "https://example.org/1", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        warc("resource", "https://example.org/7", "text/html", body),
        warc("conversion", "<https://example.org/8>", "text/plain", text().as_bytes()),
    ];
    for bytes in [records.concat(), records.iter().flat_map(|r| gzipped(r)).collect(), gzipped(&records.concat())] {
        let made = made("crawl.warc.gz", bytes);
        let keys: Vec<&str> = made.iter().map(|m| m.as_ref().unwrap().1.key.as_deref().unwrap()).collect();
        let expected: Vec<String> = (1..=8).map(|n| format!("https://{}example.org/{n}", if n < 7 { "www." } else { "" })).collect();
        assert_eq!(keys, expected);
        for (document, source) in made.iter().map(|m| m.as_ref().unwrap()) {
            check_article(&document.text);
            assert_eq!(source.captured.map(|at| at.to_string()).as_deref(), Some("2021-03-18T06:00:00Z"));
        }
        assert_eq!(made[0].as_ref().unwrap().0.outlet.as_deref(), Some("example.org"));
    }
}

#[test]
fn a_broken_record_of_a_crawl_does_not_take_the_next_with_it() {
    let good = warc("resource", "https://example.org/1", "text/html", page("").as_bytes());
    let lying = warc("resource", "https://example.org/2", "text/html", page("").as_bytes()).into_iter().chain(*b"something else\r\n").collect::<Vec<u8>>();
    let mut cut = good.clone();
    cut.truncate(cut.len() - 200);
    let made = made("crawl.warc", [good.clone(), lying, good, cut].concat());
    let told: Vec<String> = made.iter().filter_map(|m| m.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(made.iter().filter(|m| m.is_ok()).count(), 4);
    assert_eq!(told, ["crawl.warc: a record ends elsewhere than it says: passed over to the next", "crawl.warc: cut off in the middle of a record"]);
}

#[test]
fn archives_are_looked_into_and_name_their_members() {
    let (first, second) = (text(), page(""));
    let members: [(&str, &[u8]); 5] = [
        ("reports/a.txt", first.as_bytes()),
        ("reports/b.html", second.as_bytes()),
        ("reports/c.png", b"\x89PNG"),
        ("__MACOSX/reports/._a.txt", b"junk"),
        ("reports/d.txt", b"too short"),
    ];
    let inner = zipped(&members);
    for (name, bytes) in [
        ("r.zip", inner.clone()),
        ("r.tar", tarred(&members)),
        ("r.tar.gz", gzipped(&tarred(&members))),
        ("r.tgz", gzipped(&tarred(&members))),
        ("r", inner.clone()),
        ("r.bin", tarred(&members)),
    ] {
        let made = made(name, bytes);
        let (document, source) = made[0].as_ref().unwrap();
        assert_eq!((document.id.as_str(), source.origin.as_str()), ("a", format!("{name}!reports/a.txt").as_str()));
        check_article(&made[1].as_ref().unwrap().0.text);
        assert!(made[2].as_ref().unwrap_err().to_string().starts_with(&format!("{name}!reports/d.txt: ")));
        assert_eq!(made.len(), 3);
    }
    let nested = gzipped(&tarred(&[("x/inner.zip", &inner), ("x/r.jsonl.gz", &gzipped(json!({"text": text()}).to_string().as_bytes()))]));
    let made = made("outer.tar.gz", nested);
    assert_eq!(made[0].as_ref().unwrap().1.origin, "outer.tar.gz!x/inner.zip!reports/a.txt");
    assert_eq!(made[3].as_ref().unwrap().1.origin, "outer.tar.gz!x/r.jsonl.gz:1");
}

#[test]
fn an_e_mail_is_its_words_its_sender_and_its_day() {
    let head = "From: =?UTF-8?B?2LXYr9mJINin2YTYsdin2YHYr9mK2YY=?= <news@example.org>\r\nTo: desk@example.org\r\nSubject: =?UTF-8?B?2LnZhtmI2KfZhg==?=\r\n\
        Date: Thu, 18 Mar 2021 01:30:00 +0300\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n";
    let plain = format!("{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n", text());
    let html = format!("{head}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>");
    let both = format!(
        "{head}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n",
        text()
    );
    let mut old = format!("{head}Content-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").into_bytes();
    old.extend(WINDOWS_1256.encode(&text()).0.iter());
    for message in [plain.into_bytes(), html.into_bytes(), both.into_bytes(), old] {
        let (document, source) = one("a.eml", message);
        assert_eq!(about(&document), expected("عنوان", "صدى الرافدين", "2021-03-18"));
        assert!([FIRST, SECOND, THIRD].iter().all(|p| document.text.contains(p)), "{}", document.text);
        assert_eq!((source.kind, source.key.as_deref()), (Kind::Mail, Some("mid:m1@example.org")));
    }
}

#[test]
fn folders_hold_all_of_these() {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in [("b.html", page("").into_bytes()), ("a.txt", text().into_bytes()), ("c.zip", zipped(&[("d.txt", text().as_bytes())]))] {
        std::fs::write(folder.path().join(name), contents).unwrap();
    }
    std::fs::write(folder.path().join("photo.png"), "x").unwrap();
    let made = all(&[Input::Path(folder.path().to_owned()), Input::Path(folder.path().join("none.txt"))], &Options::default());
    let ids: Vec<&str> = made[..3].iter().map(|m| m.as_ref().unwrap().0.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "d"]);
    assert!(made[3].as_ref().unwrap_err().to_string().ends_with("none.txt: no such file"));
    assert!(made[0].as_ref().unwrap().1.key.as_deref().unwrap().ends_with("a.txt"));
}
