use crate::{Site, coded, request};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use majlis_server::{Access, hash_password};
use serde_json::json;

#[tokio::test]
async fn changes_need_the_token_of_the_form() {
    let site = Site::example();
    for address in ["/ar/review", "/en/forecast", "/en/jobs/1/cancel", "/en/logout", "/en/login"] {
        for pairs in [&[("act", "accept"), ("kind", "event"), ("id", "1")][..], &[("csrf", "0"), ("act", "accept"), ("kind", "event"), ("id", "1")]] {
            assert_eq!(site.form(address, pairs).await.status, StatusCode::FORBIDDEN, "{address}");
        }
    }
    let mut upload = request(Method::POST, "/ar/add", Body::from("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nنص\r\n--x--\r\n"));
    upload.headers_mut().insert(header::CONTENT_TYPE, "multipart/form-data; boundary=x".parse().unwrap());
    assert_eq!(site.send(upload).await.status, StatusCode::FORBIDDEN);
    let csrf = site.csrf().await;
    let done = site.form("/ar/review", &[("csrf", &csrf), ("act", "accept"), ("kind", "event"), ("id", "1")]).await;
    assert_eq!((done.status, done.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/ar/review"));
}

#[tokio::test]
async fn other_sites_and_other_names_are_refused() {
    let site = Site::example();
    let csrf = site.csrf().await;
    for (name, value) in [("origin", "http://example.org"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let mut sent = request(Method::POST, "/ar/review", Body::from(format!("csrf={csrf}&act=accept&kind=event&id=1")));
        sent.headers_mut().insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        sent.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(site.send(sent).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for host in ["example.org", "127.0.0.1.example.org:8484"] {
        let mut sent = request(Method::GET, "/ar/", Body::empty());
        sent.headers_mut().insert(header::HOST, host.parse().unwrap());
        assert_eq!(site.send(sent).await.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let mut plain = request(Method::POST, "/api/v1/resolutions", Body::from("{}"));
    plain.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    assert_eq!(site.send(plain).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn beyond_loopback_the_password_opens_a_session() {
    let site = Site::with(&[], Access::Guarded { password: Some(hash_password("كلمة سر طويلة").unwrap()) });
    let shut = site.get("/en/documents").await;
    assert_eq!((shut.status, shut.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/en/login"));
    assert_eq!(site.get("/api/v1/documents").await.status, StatusCode::UNAUTHORIZED);
    let page = site.get("/en/login").await.text;
    assert!(!page.contains("class=\"menu\"") && !page.contains("class=\"case\""), "nothing of the case is told at the door: {page}");
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let wrong = site.form("/en/login", &[("csrf", &csrf), ("secret", "خطأ")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text.contains("href=\"/en/login\"") && !wrong.text.contains("class=\"menu\""), "{}", wrong.text);
    let open = site.form("/en/login", &[("csrf", &csrf), ("secret", "كلمة سر طويلة")]).await;
    assert_eq!(open.status, StatusCode::SEE_OTHER, "{}", open.text);
    let cookie = open.header(header::SET_COOKIE).to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let mut inside = request(Method::GET, "/en/documents", Body::empty());
    inside.headers_mut().insert(header::COOKIE, cookie.split(';').next().unwrap().parse().unwrap());
    assert_eq!(site.send(inside).await.status, StatusCode::OK);
    let mut last = StatusCode::OK;
    for _ in 0..8 {
        last = site.form("/en/login", &[("csrf", &csrf), ("secret", "خطأ")]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn methods_and_sizes_have_limits() {
    let site = Site::example();
    let wrong = site.send(request(Method::PUT, "/ar/documents", Body::empty())).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.text.contains("<main"), "told as a page");
    let large = site.form("/ar/review", &[("csrf", &"x".repeat(2 << 20))]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let large = site.post("/api/v1/decisions/1/undo", json!({ "why": "x".repeat(2 << 20) })).await;
    assert_eq!((large.status, large.header(header::CONTENT_TYPE)), (StatusCode::PAYLOAD_TOO_LARGE, "application/problem+json"));
}

#[tokio::test]
async fn a_pasted_text_is_added_as_a_job_that_tells_how_far_it_is() {
    let site = Site::new(&[]);
    let csrf = site.csrf().await;
    let part = |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = [part("csrf", &csrf), part("title", "هدنة"), part("text", crate::SPEECH), part("published", "2021-03-17"), "--x--\r\n".to_owned()].concat();
    let mut sent = request(Method::POST, "/ar/add", Body::from(body));
    sent.headers_mut().insert(header::CONTENT_TYPE, "multipart/form-data; boundary=x".parse().unwrap());
    let begun = site.send(sent).await;
    assert_eq!((begun.status, begun.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/ar/jobs/1"), "{}", begun.text);
    let told = site.get("/api/v1/jobs/1/events").await;
    assert_eq!(told.header(header::CONTENT_TYPE), "text/event-stream");
    assert!(told.text.trim_end().ends_with('}') && told.text.contains("\"stage\":\"done\""), "{}", told.text);
    assert!(site.settled("/en/jobs/1").await.text.contains("1 added, 0 revised"));
    assert!(site.get("/ar/documents").await.text.contains(&coded("هدنة")) || site.get("/ar/documents").await.text.contains("هدنة"));
}

#[tokio::test]
async fn an_address_of_a_private_network_is_not_fetched() {
    let site = Site::new(&[]);
    let begun = site.post("/api/v1/documents", json!({ "url": "http://127.0.0.1:9/secret" })).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED);
    site.get("/api/v1/jobs/1/events").await;
    let job = site.get("/api/v1/jobs/1").await.json();
    assert_eq!(job["outcome"], "0 added, 0 revised, 0 unchanged, 1 not read");
    assert_eq!(site.post("/api/v1/documents", json!({ "url": "file:///etc/passwd" })).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.post("/api/v1/documents", json!({})).await.status, StatusCode::BAD_REQUEST);
}
