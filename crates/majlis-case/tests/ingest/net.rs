use super::*;
use majlis_case::ingest::Reach;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

/// What a server answers to a path: head and body.
type Answers = HashMap<&'static str, (String, Vec<u8>)>;

fn ok(kind: &str, body: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    let body = body.into();
    (format!("200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}", body.len()), body)
}

fn redirect(to: &str) -> (String, Vec<u8>) {
    (format!("302 Found\r\nLocation: {to}\r\nContent-Length: 0"), Vec::new())
}

/// A server on this machine for the rest of the test. `HERE` in an answer becomes its address.
fn serve(answers: Answers) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            if reader.read_line(&mut line).is_err() {
                continue;
            }
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            while reader.read_line(&mut line).is_ok_and(|n| n > 2) {}
            let (head, body) = answers.get(path.as_str()).cloned().unwrap_or_else(|| ("404 Not Found\r\nContent-Length: 0".to_owned(), Vec::new()));
            let replace = |bytes: Vec<u8>| match String::from_utf8(bytes) {
                Ok(text) => text.replace("HERE", &here.to_string()).into_bytes(),
                Err(error) => error.into_bytes(),
            };
            let head = format!("HTTP/1.1 {}\r\nConnection: close\r\n\r\n", head.replace("HERE", &here.to_string()));
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&replace(body)));
        }
    });
    here
}

fn get(address: &str, reach: Reach, follow: bool) -> Vec<Made> {
    all(&[Input::of_argument(address)], &Options { reach, follow, ..Options::default() })
}

#[test]
fn a_page_is_fetched_and_named_by_its_address() {
    let here = serve(HashMap::from([("/news/1", redirect("/news/1/full")), ("/news/1/full", ok("text/html; charset=utf-8", page("")))]));
    let address = format!("http://{here}/news/1");
    let (document, source) = get(&address, Reach::Private, false).remove(0).unwrap();
    assert!(document.text.contains(FIRST));
    assert_eq!((source.key.as_deref(), source.url.as_deref()), (Some(address.as_str()), Some(format!("{address}/full").as_str())));
    assert_eq!(document.outlet.as_deref(), Some("127.0.0.1"));
    let gone = get(&format!("http://{here}/none"), Reach::Private, false).remove(0).unwrap_err();
    assert_eq!(gone.message, "the server answers 404");
}

fn feed(link: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>صدى الرافدين</title><item><title>الأول</title><link>{link}</link><description>{FIRST}</description></item></channel></rss>"
    )
}

#[test]
fn a_feed_gives_its_entries_or_the_pages_they_lead_to() {
    let here = serve(HashMap::from([("/rss", ok("application/rss+xml", feed("http://HERE/1").replace("HERE", "@"))), ("/1", ok("text/html", page("")))]));
    // The length of the feed has to be right, so its address is put in once it is known.
    let there = serve(HashMap::from([("/rss", ok("text/xml", feed(&format!("http://{here}/1"))))]));
    let entry = get(&format!("http://{there}/rss"), Reach::Private, false).remove(0).unwrap();
    assert_eq!(entry.0.text, FIRST);
    let page = get(&format!("http://{there}/rss"), Reach::Private, true).remove(0).unwrap();
    assert!(page.0.text.contains(THIRD));
    assert_eq!(entry.1.key, page.1.key);
}

#[test]
fn private_addresses_are_refused_however_they_are_reached() {
    let here = serve(HashMap::from([("/", ok("text/html", page(""))), ("/rss", ok("text/xml", feed("http://127.0.0.1:1/")))]));
    let port = here.port();
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
    ] {
        let fault = get(&address, Reach::Public, false).remove(0).unwrap_err();
        assert!(fault.message.contains("refused") && fault.message.contains("private network"), "{fault}");
    }
    for address in
        ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fd00::1]/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"]
    {
        let fault = get(address, Reach::Public, false).remove(0).unwrap_err();
        assert!(fault.message.contains("refused") || fault.message.contains("resolve") || fault.message.contains("lookup"), "{fault}");
    }
    assert_eq!(get(&format!("http://{here}/"), Reach::Nothing, false).remove(0).unwrap_err().message, "nothing is fetched from the net");
}

#[test]
fn redirects_end_somewhere_and_lead_to_http_only() {
    let here = serve(HashMap::from([("/loop", redirect("/loop")), ("/file", redirect("file:///etc/passwd")), ("/ftp", redirect("ftp://127.0.0.1/x"))]));
    for path in ["loop", "file", "ftp"] {
        let fault = get(&format!("http://{here}/{path}"), Reach::Private, false).remove(0).unwrap_err();
        assert!(!fault.message.is_empty(), "{fault}");
    }
}

#[test]
fn an_answer_without_end_is_cut() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        let block = vec![b' '; 1 << 20];
        while stream.write_all(&block).is_ok() {}
        thread::sleep(Duration::from_secs(1));
    });
    let fault = get(&format!("http://{here}/"), Reach::Private, false).remove(0).unwrap_err();
    assert!(fault.message.contains("longer than 32 MiB"), "{fault}");
}
