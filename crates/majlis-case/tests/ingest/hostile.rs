use super::*;
use majlis_case::Case;
use serde_json::json;
use std::io::{self, Read};

/// Compressed zeros without the zeros ever being held.
fn gzipped_zeros(count: u64) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(b' ').take(count), &mut encoder).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_inflates_out_of_proportion_is_a_bomb() {
    let bomb = gzipped_zeros(200 << 20);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(fault("a.txt.gz", bomb.clone()), "a.txt.gz: inflates to more than 200 times its size");
    assert_eq!(fault("a.jsonl.gz", bomb.clone()), "a.jsonl.gz:1: inflates to more than 200 times its size");
    let zeros = vec![b' '; 24 << 20];
    let zip = zipped(&[("a.txt", &zeros), ("b.txt", &zeros), ("c.txt", text().as_bytes())]);
    let told: Vec<String> = made("z.zip", zip).into_iter().map(|m| m.map(|(d, _)| d.id).unwrap_or_else(|f| f.to_string())).collect();
    assert!(told.iter().all(|t| t.ends_with("inflates to more than 200 times its size")), "{told:?}");
    let tar = gzipped(&tarred(&[("a.txt.gz", &bomb), ("b.txt", text().as_bytes())]));
    let made = made("t.tar.gz", tar);
    assert!(made[0].as_ref().unwrap_err().to_string().starts_with("t.tar.gz!a.txt.gz: inflates"));
    assert_eq!(made[1].as_ref().unwrap().0.id, "b");
}

#[test]
fn archives_inside_archives_end_somewhere() {
    let mut bytes = zipped(&[("a.txt", text().as_bytes())]);
    for _ in 0..20 {
        bytes = zipped(&[("a.zip", &bytes)]);
    }
    assert!(fault("z.zip", bytes).ends_with(": more than 4 archives inside one another"));
    let mut bytes = text().into_bytes();
    for _ in 0..20 {
        bytes = gzipped(&bytes);
    }
    assert!(fault("z.gz", bytes).ends_with("more than 4 archives inside one another"));
    let mut record = warc("resource", "https://example.org/", "text/html", page("").as_bytes());
    for _ in 0..20 {
        record = warc("resource", "https://example.org/", "text/html", &record);
    }
    assert!(fault("w.warc", record).ends_with("more than 4 archives inside one another"));
}

#[test]
fn broken_archives_are_told_and_lose_nothing_before() {
    let zip = zipped(&[("a.txt", text().as_bytes())]);
    assert!(fault("z.zip", &zip[..zip.len() - 10]).starts_with("z.zip: broken archive"));
    assert!(fault("z.zip", b"PK\x03\x04".to_vec()).starts_with("z.zip: broken archive"));
    assert!(fault("z.zip", b"".to_vec()).contains("z.zip: empty text"));
    let long = text().repeat(300);
    let tar = gzipped(&tarred(&[("a.txt", text().as_bytes()), ("b.txt", long.as_bytes())]));
    let made = made("t.tar.gz", &tar[..tar.len() - 40]);
    assert_eq!(made[0].as_ref().unwrap().0.id, "a");
    assert!(made[1..].iter().all(|m| m.is_err()) && made.len() > 1);
}

#[test]
fn names_in_archives_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/\u{1b}[31m/evil.txt"];
    let contents = text();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, contents.as_bytes())).collect();
    for (file, bytes) in [("z.zip", zipped(&members)), ("t.tar", tarred(&members))] {
        std::fs::write(folder.path().join(file), bytes).unwrap();
        let made = all(&[Input::Path(folder.path().join(file))], &Options::default());
        assert_eq!(made.len(), 4);
        for (document, source) in made.into_iter().map(Result::unwrap) {
            assert_eq!(document.id, "evil");
            assert!(!source.origin.contains('\u{1b}'));
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert!(!folder.path().parent().unwrap().join("evil.txt").exists());
}

#[test]
fn markup_that_would_cost_the_parser_dear_is_refused() {
    for (what, body) in [
        ("more than 400 elements inside one another", "<div>".repeat(1_000_000)),
        ("more than 400 elements inside one another", "<b><i>".repeat(100_000)),
        ("more than 200000 elements", "<font size=1>".repeat(300) + &"<p>x".repeat(100_000)),
        ("more than 200000 elements", "<p>x".repeat(1_000_000)),
        ("a page longer than 8 MiB", " ".repeat(9 << 20)),
    ] {
        assert_eq!(fault("a.html", format!("<html><body>{body}<p>{FIRST}</p>")), format!("a.html: {what}"));
    }
    // The deepest and widest that is let through is still parsed on a small stack.
    let deep = format!("<html><body>{}<p>{FIRST}</p><p>{SECOND}</p>", "<div>".repeat(390));
    let wide = format!("<html><body><article>{}</article>", format!("<p>{FIRST}</p>").repeat(20_000));
    let table = format!("<html><body>{}<p>{FIRST}</p>", "<table><tr><td>".repeat(390));
    for page in [deep, wide, table] {
        std::thread::Builder::new().stack_size(2 << 20).spawn(move || made("a.html", page)).unwrap().join().unwrap();
    }
}

#[test]
fn linked_data_nested_without_end_does_no_harm() {
    for nest in ["[", "{\"a\":", "{\"@graph\":["] {
        let head = format!("<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"x\":{}</script>", nest.repeat(300_000));
        let made = std::thread::Builder::new().stack_size(2 << 20).spawn(move || made("a.html", page(&head))).unwrap().join().unwrap();
        assert_eq!(made.len(), 1);
    }
}

#[test]
fn entities_of_a_feed_are_not_blown_up() {
    let mut entities = "<!ENTITY a0 \"ههههههههههههههههههههههههههههههههه\">".to_owned();
    for n in 1..40 {
        entities += &format!("<!ENTITY a{n} \"&a{};&a{};&a{};&a{};\">", n - 1, n - 1, n - 1, n - 1);
    }
    let outside = "<!ENTITY x SYSTEM \"file:///etc/passwd\">";
    let feed = |entities: &str, text: &str| {
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE rss [{entities}]><rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid>
            <description>{FIRST} {text}</description></item></channel></rss>"
        )
    };
    for feed in [feed(&entities, "&a39;"), feed(outside, "&x;")] {
        let made = made("f.xml", feed);
        assert!(made.iter().all(|m| m.as_ref().map_or(true, |(d, _)| d.text.len() < 1_000 && !d.text.contains("root:"))));
    }
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<item>".repeat(1_000_000));
    let made = std::thread::Builder::new().stack_size(2 << 20).spawn(move || made("f.xml", deep)).unwrap().join().unwrap();
    assert!(made.len() <= 1);
}

#[test]
fn json_nested_without_end_is_a_fault() {
    for text in ["[".repeat(1_000_000), format!("{{\"text\": {}", "[".repeat(1_000_000))] {
        for name in ["a.json", "a.jsonl"] {
            assert_eq!(made(name, text.clone()).into_iter().filter(Result::is_err).count(), 1);
        }
    }
}

#[test]
fn a_message_inside_messages_without_end_does_no_harm() {
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
    let parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(20_000);
    for message in [nested, parts] {
        let made = std::thread::Builder::new().stack_size(2 << 20).spawn(move || made("a.eml", message)).unwrap().join().unwrap();
        assert_eq!(made.len(), 1);
    }
}

#[test]
fn a_line_of_a_gigabyte_is_passed_over_without_being_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    // A hole in the file reads as zeros and takes no room on the disk.
    file.set_len(1 << 30).unwrap();
    io::Seek::seek(&mut file, io::SeekFrom::End(0)).unwrap();
    file.write_all(format!("\n{}\n", json!({"id": "after", "text": text()})).as_bytes()).unwrap();
    let mut made = all(&[Input::Path(path.clone())], &Options::default());
    assert_eq!(made.pop().unwrap().unwrap().0.id, "after");
    assert!(made.pop().unwrap().unwrap_err().message.contains("longer than 64 MiB"));
    for name in ["long.txt", "long.csv", "long.html", "long.json", "long.eml", "long.xml"] {
        std::fs::rename(folder.path().read_dir().unwrap().next().unwrap().unwrap().path(), folder.path().join(name)).unwrap();
        let made = all(&[Input::Path(folder.path().join(name))], &Options::default());
        assert!(made[0].as_ref().unwrap_err().message.contains("longer than 64 MiB"), "{name}");
    }
    assert!(peak_megabytes().is_none_or(|mb| mb < 1_000), "{:?}", peak_megabytes());
}

fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
fn a_row_that_never_ends_is_a_fault() {
    let row = format!("text\n\"{}", "ق".repeat(40 << 20));
    assert!(fault("t.csv", row).ends_with("a row longer than 64 MiB"));
}

#[test]
fn nothing_but_text_is_text() {
    for (bytes, told) in [
        (b"\x7fELF\0\0\x01\xff\xfe".to_vec(), "not text"),
        (format!("{FIRST}\0{SECOND}").into_bytes(), "not text: it has NUL characters"),
        (b"".to_vec(), "empty text"),
        (b"The minister said that the government refuses the decision.".to_vec(), "the text is English: Majlis reads Arabic"),
    ] {
        assert_eq!(fault("a.txt", bytes), format!("a.txt: {told}"));
    }
    assert_eq!(fault("a.json", json!({"text": format!("{FIRST}\0")}).to_string()), "a.json: not text: it has NUL characters");
}

#[test]
fn markup_in_every_field_is_kept_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::create(folder.path().join("a.case")).unwrap();
    let nasty = "<script>alert(1)</script>'; DROP TABLE document; --";
    let record = json!({"id": nasty, "outlet": nasty, "title": nasty, "url": nasty, "text": format!("{FIRST}\n{nasty}")}).to_string();
    let stamp = super::adding::stamp();
    let input = Input::Bytes { name: nasty.to_owned(), bytes: record.into() };
    let tally = case.add(&[input], &Options::default(), super::adding::reader(), &stamp, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((tally.added, tally.faults), (1, 0));
    assert_eq!(case.check().unwrap(), Vec::<String>::new());
}
