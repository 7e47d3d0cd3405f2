//! The site from outside, request by request.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod access;
mod api;
mod hostile;
mod pages;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use majlis_case::ingest::{Input, Options};
use majlis_case::{Case, Stamp};
use majlis_read::Reader;
use majlis_server::{Access, App, Config, router};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const SPEECH: &str = "بغداد، 17 مارس 2021\nقال مصدر حكومي مطلع لوكالة الرافدين إن رئيس الوزراء مصطفى الكاظمي يرفض ربط الهدنة بموعد الانسحاب.\n\
    وأضاف المصدر أن الفصائل المسلحة هددت باستهداف القوات الأميركية في بغداد.\nوأكد النائب عن تحالف الفتح محمد الغبان أن القرار ملزم للحكومة.\n\
    ونفى المتحدث باسم الحكومة العراقية وقوع هجوم صاروخي على مطار أربيل.";
pub(crate) const ATTACK: &str = "أربيل، 16 فبراير 2021\nقال مسؤول أمني إن هجوماً صاروخياً استهدف مطار أربيل وأسفر عن مقتل شخص وإصابة خمسة.\n\
    وأعلنت وزارة الخارجية الأميركية أنها تدين الهجوم. وطالبت الفصائل المسلحة القوات الأميركية بالانسحاب من العراق.";

/// A case that is served, until it is dropped; and who looks at it, with what it was given to keep.
pub(crate) struct Site {
    pub(crate) router: Router,
    seen: Mutex<Option<HeaderValue>>,
    pub(crate) folder: TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
}

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(Reader::new)
}

impl Site {
    pub(crate) fn new(documents: &[serde_json::Value]) -> Self {
        Self::with(documents, Access::Local)
    }

    pub(crate) fn with(documents: &[serde_json::Value], access: Access) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("العراق.case");
        fill(&path, documents);
        let app = App::open(Config { case: path, by: "سعاد".to_owned(), standoff: None, access, allow_private: false }).unwrap();
        Self { router: router(&app), seen: Mutex::default(), folder }
    }

    /// Two reports of the same days.
    pub(crate) fn example() -> Self {
        Self::new(&[
            json!({ "id": "one", "outlet": "وكالة الرافدين", "published": "2021-03-17", "title": "هدنة مهددة", "text": SPEECH }),
            json!({ "id": "two", "outlet": "صوت الجنوب", "published": "2021-02-16", "title": "هجوم أربيل", "text": ATTACK }),
        ])
    }

    /// The worked example of the project.
    pub(crate) fn iraq() -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2021");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
        files.sort();
        let documents: Vec<serde_json::Value> = files.iter().map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()).collect();
        Self::new(&documents)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("العراق.case")
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        let seen = self.seen.lock().unwrap().clone();
        if let Some(seen) = seen.filter(|_| !request.headers().contains_key(header::COOKIE)) {
            request.headers_mut().insert(header::COOKIE, seen);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let given = parts.headers.get_all(header::SET_COOKIE).iter().find(|v| v.as_bytes().starts_with(b"majlis-seen="));
        if let Some(given) = given {
            *self.seen.lock().unwrap() = Some(HeaderValue::from_bytes(given.as_bytes().split(|b| *b == b';').next().unwrap()).unwrap());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(request(Method::GET, address, Body::empty())).await
    }

    /// A page once nothing in it is being worked out any more.
    pub(crate) async fn settled(&self, address: &str) -> Answer {
        loop {
            let answer = self.get(address).await;
            if answer.status != StatusCode::ACCEPTED && !answer.text.contains("data-job=") {
                return answer;
            }
        }
    }

    pub(crate) async fn form(&self, address: &str, pairs: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", coded(value))).collect();
        let mut request = request(Method::POST, address, Body::from(body.join("&")));
        request.headers_mut().insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        self.send(request).await
    }

    pub(crate) async fn post(&self, address: &str, body: serde_json::Value) -> Answer {
        let mut request = request(Method::POST, address, Body::from(body.to_string()));
        request.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        self.send(request).await
    }

    pub(crate) async fn put(&self, address: &str, body: serde_json::Value) -> Answer {
        let mut request = request(Method::PUT, address, Body::from(body.to_string()));
        request.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        self.send(request).await
    }

    /// The token that the forms of this site carry.
    pub(crate) async fn csrf(&self) -> String {
        let page = self.get("/en/add").await.text;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

pub(crate) fn fill(path: &std::path::Path, documents: &[serde_json::Value]) {
    let mut case = Case::create(path).unwrap();
    let inputs: Vec<Input> = documents.iter().enumerate().map(|(i, d)| Input::Bytes { name: format!("{i}.json"), bytes: d.to_string().into_bytes() }).collect();
    let stamp = Stamp { by: "سعاد".to_owned(), at: Timestamp::UNIX_EPOCH };
    let tally = case.add(&inputs, &Options::default(), reader(), &stamp, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(tally.added as usize, documents.len());
    case.digest(&stamp, |_, _| {}).unwrap();
}

pub(crate) fn request(method: Method, address: &str, body: Body) -> Request<Body> {
    Request::builder().method(method).uri(address).header(header::HOST, "127.0.0.1:8484").body(body).unwrap()
}

pub(crate) fn coded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Every page, with numbers that the example has.
pub(crate) fn every_page() -> Vec<String> {
    let pages = [
        "/",
        "/documents",
        "/documents/1",
        "/ledger",
        "/ledger?named=no",
        "/events",
        "/actors",
        "/actors/1",
        "/claims",
        "/claims/1",
        "/issues",
        "/forecast?draws=20",
        "/network",
        "/map",
        "/search?q=%D8%A7%D9%84%D9%87%D8%AF%D9%86%D8%A9",
        "/search",
        "/review",
        "/review/event/1",
        "/review/statement/1",
        "/outlets",
        "/standoff",
        "/sealed",
        "/add",
        "/export",
        "/jobs",
    ];
    ["ar", "en"].iter().flat_map(|lang| pages.map(|page| format!("/{lang}{page}"))).collect()
}
