//! From files, archives, feeds and addresses to documents, from outside the crate.
#![allow(clippy::unwrap_used)]

mod adding;
mod formats;
mod hostile;
mod net;

use majlis_case::Source;
use majlis_case::ingest::{Fault, Input, Options, walk};
use majlis_text::Document;
use std::io::Write;
use std::ops::ControlFlow;

const FIRST: &str =
    "قال رئيس الوزراء العراقي مصطفى الكاظمي، أمس الثلاثاء، إن الحكومة ترفض هذا القرار، مؤكداً أن أي تغيير في موعد الانتخابات يحتاج إلى توافق الكتل كلها.";
const SECOND: &str = "والتقى الكاظمي وزير الخارجية الإيراني في بغداد، وبحث معه أمن الحدود والتجارة بين البلدين، وفق بيان صدر عن مكتبه مساء اليوم نفسه.";
const THIRD: &str = "وأضاف مصدر حكومي مطلع، فضّل عدم الكشف عن هويته، أن الزيارة تمت بناء على دعوة رسمية، وأن الطرفين اتفقا على لقاء آخر خلال شهرين.";

fn text() -> String {
    [FIRST, SECOND, THIRD].join("\n")
}

/// A page of news with what stands around an article.
fn page(head: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><head>{head}<title>الكاظمي يرفض القرار - صدى الرافدين</title></head><body>
        <nav><ul><li><a href=\"/\">الرئيسية</a></li><li><a href=\"/p\">سياسة</a></li></ul></nav>
        <article><h1>الكاظمي يرفض القرار</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>
        <footer><a href=\"/about\">من نحن</a> جميع الحقوق محفوظة</footer><script>var a = 1 < 2;</script></body></html>"
    )
}

type Made = Result<(Document, Source), Fault>;

/// What comes of inputs.
fn all(inputs: &[Input], options: &Options) -> Vec<Made> {
    let mut made = Vec::new();
    let _ = walk(inputs, options, &mut |found| {
        made.push(found.and_then(|raw| raw.document(&options.defaults)));
        ControlFlow::Continue(())
    });
    made
}

/// What comes of a file in memory.
fn made(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Made> {
    all(&[Input::Bytes { name: name.to_owned(), bytes: bytes.into() }], &Options::default())
}

/// The one document that comes of a file in memory.
fn one(name: &str, bytes: impl Into<Vec<u8>>) -> (Document, Source) {
    let mut made = made(name, bytes);
    assert_eq!(made.len(), 1);
    made.remove(0).unwrap()
}

/// The one complaint that comes of a file in memory.
fn fault(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let mut made = made(name, bytes);
    assert_eq!(made.len(), 1, "{:?}", made.iter().map(|m| m.as_ref().map(|(d, _)| &d.id)).collect::<Vec<_>>());
    made.remove(0).map(|(d, _)| d.id).unwrap_err().to_string()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        // The library that writes refuses names that lead upwards; attackers write the bytes themselves.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

/// A record of a WARC file.
fn warc(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-18T06:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn http(status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\n{fields}\r\n").as_bytes(), body].concat()
}
