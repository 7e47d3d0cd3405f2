//! What every request passes on its way in and every answer on its way out.

use crate::access::{Access, cookie};
use crate::app::App;
use crate::failure::Failure;
use crate::kept::Answer;
use crate::pages;
use crate::words;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use majlis_brief::Lang;
use serde_json::json;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant;

/// The most bytes of an answer that are looked at to keep it.
const ANSWER: usize = 64 << 20;

/// The cookie that names the state of the case which a browser must be shown at least.
const SEEN: &str = "majlis-seen";

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not no-referrer: with it browsers hide where a form comes from, which is looked at below.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Writes failures out and puts the headers of safety on everything.
pub(crate) async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let (uri, method) = (request.uri().clone(), request.method().clone());
    let mut response = next.run(request).await;
    if let Some(failure) = failed(&response) {
        let allow = response.headers().get(header::ALLOW).cloned();
        let retry = response.headers().get(header::RETRY_AFTER).cloned();
        response = told(&app, &uri, &failure);
        for (name, value) in [(header::ALLOW, allow), (header::RETRY_AFTER, retry)] {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        if method == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
    }
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What went wrong, by us or by the framework's own reckoning.
fn failed(response: &Response) -> Option<Failure> {
    let status = response.status();
    if response.extensions().get::<pages::Written>().is_some() {
        return None;
    }
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let detail = match status {
        StatusCode::NOT_FOUND => "there is no such page",
        StatusCode::METHOD_NOT_ALLOWED => "this address is not used in this way",
        StatusCode::PAYLOAD_TOO_LARGE => "what was sent is too large",
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => "it took too long",
        _ => "the request cannot be understood",
    };
    (status.is_client_error() || status.is_server_error()).then(|| Failure::new(status, detail))
}

fn told(app: &App, uri: &Uri, failure: &Failure) -> Response {
    if uri.path().starts_with("/api/") {
        let status = failure.status;
        let problem = json!({ "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(), "detail": failure.detail });
        return (status, [(header::CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response();
    }
    let lang = lang_of(uri.path());
    (failure.status, pages::failure(app, lang, uri, failure)).into_response()
}

/// Lets in whom the gate admits, under a name of this machine, and changes only from this site.
pub(crate) async fn admit(State(app): State<App>, request: Request, next: Next) -> Result<Response, Failure> {
    let headers = request.headers();
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    app.gate.may_ask(from)?;
    let host = host(request.uri(), headers).ok_or_else(|| Failure::bad("the request names no host"))?;
    // Another site may give its name our address, to be taken for us by the browser.
    if app.config.access == Access::Local && !is_local(&host) {
        return Err(Failure::new(StatusCode::MISDIRECTED_REQUEST, "this server answers only to the names localhost, 127.0.0.1 and [::1]"));
    }
    if !request.method().is_safe() && !is_own(headers, &host) {
        return Err(Failure::new(StatusCode::FORBIDDEN, "the request comes from another site"));
    }
    let path = request.uri().path();
    let is_open = path.starts_with("/assets/") || path.ends_with("/login");
    if is_open || app.gate.admits(headers) {
        return Ok(next.run(request).await);
    }
    if path.starts_with("/api/") {
        return Err(Failure::new(StatusCode::UNAUTHORIZED, "the token is missing: send it as Authorization: Bearer …"));
    }
    let lang = words::tag(lang_of(path));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, format!("/{lang}/login"))]).into_response())
}

fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let written = headers.get(header::HOST).and_then(|v| v.to_str().ok()).map(str::to_owned);
    written.or_else(|| uri.authority().map(ToString::to_string))
}

fn is_local(host: &str) -> bool {
    let name = if host.starts_with('[') { host.split_once(']').map_or(host, |(name, _)| &name[1..]) } else { host.split(':').next().unwrap_or(host) };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a request that changes something was sent by a page of ours, or by no page at all.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    let site = text(&HeaderName::from_static("sec-fetch-site")).is_none_or(|site| matches!(site, "same-origin" | "none"));
    site && text(&header::ORIGIN).is_none_or(|origin| origin.split_once("://").is_some_and(|(_, of)| of == host))
}

/// Answers from what is kept, and keeps what may be.
pub(crate) async fn keep(State(app): State<App>, request: Request, next: Next) -> Result<Response, Failure> {
    let path = request.uri().path();
    let is_api = path.starts_with("/api/");
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = next.run(request).await;
        // Those who have just changed something see it, however long a page takes.
        if !is_api {
            remember(&mut response, app.store.generation()?)?;
        }
        return Ok(response);
    }
    if path.starts_with("/assets/") {
        return Ok(next.run(request).await);
    }
    let address = request.uri().to_string();
    let generation = app.store.generation()?;
    let seen = if is_api { generation } else { seen(request.headers()).filter(|seen| *seen <= generation).unwrap_or(0).max(app.store.first()) };
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(answer) = app.kept.get(generation, seen, &address) {
        if answer.generation == generation {
            return Ok(given(&app, &address, &answer, known.as_ref()));
        }
        if answer.is_old() && app.kept.may_catch_up() {
            catch_up(app.clone(), copied(&request), next);
        }
        return Ok(lagging(&answer, &address));
    }
    let turn = app.kept.turn(&address).await;
    let generation = app.store.generation()?;
    if let Some(answer) = app.kept.get(generation, seen, &address) {
        return Ok(given(&app, &address, &answer, known.as_ref()));
    }
    let turn = (!turn.has_waited).then_some(turn);
    let is_get = request.method() == Method::GET;
    let begun = Instant::now();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || response.headers().contains_key(header::CACHE_CONTROL) || !is_get {
        return Ok(response);
    }
    let answer = taken(generation, response, begun).await?;
    app.kept.put(&address, answer.clone());
    drop(turn);
    Ok(given(&app, &address, &answer, known.as_ref()))
}

/// Makes an answer anew behind those who read the one before.
fn catch_up(app: App, request: Request, next: Next) {
    let (own, begun) = (app.clone(), Instant::now());
    let making = tokio::spawn(async move {
        let (address, generation) = (request.uri().to_string(), own.store.generation()?);
        let response = next.run(request).await;
        if response.status() == StatusCode::OK && !response.headers().contains_key(header::CACHE_CONTROL) {
            own.kept.put(&address, taken(generation, response, begun).await?);
        }
        Ok::<(), Failure>(())
    });
    tokio::spawn(async move {
        // What goes wrong here, a panic too, is told to whoever asks when nothing is kept any more.
        let _ = making.await;
        app.kept.caught_up(begun);
    });
}

/// The same request without a body, as a GET has none.
fn copied(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    (*copy.uri_mut(), *copy.headers_mut(), *copy.extensions_mut()) = (request.uri().clone(), request.headers().clone(), request.extensions().clone());
    copy
}

async fn taken(generation: u64, response: Response, begun: Instant) -> Result<Answer, Failure> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER).await.map_err(|e| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    Ok(Answer::new(generation, parts.headers, body, begun))
}

/// An answer that is kept, or that whoever asks has it already.
fn given(app: &App, address: &str, answer: &Answer, known: Option<&HeaderValue>) -> Response {
    let tag = tag(app, answer.generation, address);
    let is_known = known.and_then(|v| v.to_str().ok()).is_some_and(|list| list.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let tags = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if is_known { (StatusCode::NOT_MODIFIED, tags).into_response() } else { (answer.headers.clone(), tags, answer.body.clone()).into_response() }
}

/// The language that an address asks for.
fn lang_of(address: &str) -> Lang {
    if address.starts_with("/en") { Lang::English } else { Lang::Arabic }
}

/// An answer from before the last change, which says so: in its header and, where it is a page, at its foot.
fn lagging(answer: &Answer, address: &str) -> Response {
    const FOOT: &str = "<footer>";
    let seconds = answer.age().as_secs();
    let ages = [(header::AGE, seconds.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())];
    let page = answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let foot = std::str::from_utf8(&answer.body).ok().filter(|_| page).and_then(|body| body.rsplit_once(FOOT));
    let Some((above, below)) = foot else { return (answer.headers.clone(), ages, answer.body.clone()).into_response() };
    let lang = lang_of(address);
    let told = pages::lag(lang, seconds).into_string();
    let body = [above, FOOT, &told, below].concat();
    (answer.headers.clone(), ages, body).into_response()
}

/// The state of the case that a browser must be shown at least.
fn seen(headers: &HeaderMap) -> Option<u64> {
    cookie(headers, SEEN)?.parse().ok()
}

/// Notes the state of the case with whoever gets this answer.
pub(crate) fn remember(response: &mut Response, generation: u64) -> Result<(), Failure> {
    let cookie = format!("{SEEN}={generation}; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
    let cookie = HeaderValue::from_str(&cookie).map_err(|e| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(())
}

/// Names an answer: this start of the server, the case as it is, the address.
fn tag(app: &App, generation: u64, address: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (&app.gate.csrf, generation, address).hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_told_from_others() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080", "[::1]", "127.1.2.3"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["example.org", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "[2001:db8::1]:80", ""] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[tokio::test]
    async fn an_answer_from_before_a_change_says_so() {
        let told = async |kind: &'static str, body: &'static str, address: &str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
            let begun = Instant::now().checked_sub(std::time::Duration::from_secs(3)).unwrap();
            let response = lagging(&Answer::new(1, headers, body.into(), begun), address);
            assert_eq!(
                (&response.headers()[header::AGE], &response.headers()[header::CACHE_CONTROL]),
                (&HeaderValue::from(0), &HeaderValue::from_static("no-store"))
            );
            String::from_utf8(to_bytes(response.into_body(), ANSWER).await.unwrap().to_vec()).unwrap()
        };
        let page = "<p>…</p><footer><p>مجلس</p></footer>";
        assert!(told("text/html; charset=utf-8", page, "/ar/actors").await.starts_with("<p>…</p><footer><p class=\"lag\">غيّر آخرون الملف"));
        assert!(told("text/html; charset=utf-8", page, "/en/actors").await.contains("Others have changed the case since"));
        assert_eq!(told("application/json", page, "/api/v1/actors").await, page);
    }

    #[test]
    fn only_our_own_pages_change_anything() {
        let headers = |pairs: &[(&'static str, &'static str)]| pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        let own = |pairs| is_own(&headers(pairs), "127.0.0.1:8080");
        assert!(own(&[]) && own(&[("origin", "http://127.0.0.1:8080")]) && own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[("origin", "null")]) && !own(&[("origin", "http://127.0.0.1:9")]) && !own(&[("sec-fetch-site", "cross-site")]));
    }
}
