use crate::{Site, request};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn description() -> Value {
    serde_json::from_str(include_str!("../../data/openapi.json")).unwrap()
}

#[tokio::test]
async fn the_description_names_every_route_with_its_methods() {
    let site = Site::example();
    let served = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(served["paths"], description()["paths"]);
    assert_eq!(served["info"]["version"], env!("CARGO_PKG_VERSION"));
    let source = include_str!("../../src/api/mod.rs");
    let routes: BTreeSet<&str> = source.lines().filter_map(|line| line.trim().strip_prefix("(\"/")?.split('"').next()).collect();
    let described: BTreeSet<&str> = served["paths"].as_object().unwrap().keys().map(|path| &path[1..]).collect();
    assert_eq!(routes, described);
    for (path, operations) in served["paths"].as_object().unwrap() {
        let address = format!("/api/v1{}", path.replace("{id}", "1").replace("{kind}", "event").replace("{format}", "plover"));
        let answer = site.send(request(Method::from_bytes(b"PROPFIND").unwrap(), &address, Body::empty())).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed: BTreeSet<String> = answer.header(header::ALLOW).split(',').filter(|m| *m != "HEAD").map(str::to_lowercase).collect();
        let described: BTreeSet<String> = operations.as_object().unwrap().keys().cloned().collect();
        assert_eq!(allowed, described, "{path}");
    }
}

#[tokio::test]
async fn lists_come_in_stretches() {
    let site = Site::example();
    for list in [
        "documents",
        "statements",
        "events",
        "stances",
        "actors",
        "claims",
        "review/queue",
        "review/merges",
        "decisions",
        "audit",
        "search?q=%D8%A7%D9%84%D9%82%D9%88%D8%A7%D8%AA",
    ] {
        let sign = if list.contains('?') { '&' } else { '?' };
        let first = site.get(&format!("/api/v1/{list}{sign}limit=1")).await;
        assert_eq!(first.status, StatusCode::OK, "{list}: {}", first.text);
        let total = first.json()["total"].as_u64().unwrap();
        let next = first.header(header::LINK).to_owned();
        assert_eq!(next.is_empty(), total <= 1, "{list}: {next}");
        if total > 1 {
            let address = next.trim_start_matches('<').split('>').next().unwrap();
            let second = site.get(address).await.json();
            assert_eq!(second["offset"], 1, "{list}");
            assert_ne!(second["rows"], first.json()["rows"], "{list}");
        }
        assert_eq!(site.get(&format!("/api/v1/{list}{sign}limit=0")).await.status, StatusCode::BAD_REQUEST);
        let beyond = site.get(&format!("/api/v1/{list}{sign}offset=18446744073709551615")).await;
        assert_eq!(beyond.json()["rows"], json!([]), "{list}");
    }
}

#[tokio::test]
async fn an_answer_is_known_again_until_the_case_changes() {
    let site = Site::example();
    let known = |tag: String| {
        let mut sent = request(Method::GET, "/api/v1/events", Body::empty());
        sent.headers_mut().insert(header::IF_NONE_MATCH, tag.parse().unwrap());
        sent
    };
    let first = site.get("/api/v1/events").await;
    let tag = first.header(header::ETAG).to_owned();
    let again = site.send(known(tag.clone())).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let rejected = site.post("/api/v1/review/event/1/reject", json!({ "why": "خطأ", "by": "ليلى" })).await;
    assert_eq!(rejected.status, StatusCode::OK, "{}", rejected.text);
    let changed = site.send(known(tag)).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(changed.json()["total"].as_u64().unwrap() + 1, first.json()["total"].as_u64().unwrap());
    let decision = &site.get("/api/v1/decisions").await.json()["rows"][0];
    assert_eq!((&decision["by"], &decision["why"], &decision["act"]), (&json!("ليلى"), &json!("خطأ"), &json!("reject")));
    let undone = site.post(&format!("/api/v1/decisions/{}/undo", decision["id"]), json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text);
    assert_eq!(site.get("/api/v1/events").await.json()["total"], first.json()["total"]);
}

#[tokio::test]
async fn failures_are_problems() {
    let site = Site::example();
    for (address, status) in [
        ("documents/999", 404),
        ("documents/x", 404),
        ("nothing", 404),
        ("exports/cat", 404),
        ("jobs/9", 404),
        ("events?from=x", 400),
        ("claims?actor=1", 422),
        ("search", 422),
        ("forecast?draws=0", 400),
        ("forecast?set=x", 400),
    ] {
        let answer = site.get(&format!("/api/v1/{address}")).await;
        assert_eq!((answer.status.as_u16(), answer.header(header::CONTENT_TYPE)), (status, "application/problem+json"), "{address}: {}", answer.text);
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{address}");
    }
    for (address, body, status) in [
        ("review/event/999/accept", json!({}), 404),
        ("review/cat/1/accept", json!({}), 404),
        ("review/event/1/correct", json!({ "fields": { "type": "CAT" } }), 422),
        ("review/event/1/accept", json!({ "unknown": 1 }), 422),
        ("review/claim/1/grade", json!({ "value": "Z" }), 422),
        ("resolutions", json!({ "question": "x", "outcome": "yes" }), 422),
        ("actors/merge", json!({ "from": 1, "into": 1 }), 422),
    ] {
        let answer = site.post(&format!("/api/v1/{address}"), body).await;
        assert_eq!((answer.status.as_u16(), answer.header(header::CONTENT_TYPE)), (status, "application/problem+json"), "{address}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_correction_stands_in_the_list() {
    let site = Site::example();
    let made = site.post("/api/v1/review/event/1/correct", json!({ "fields": { "type": "VOTE" }, "why": "تصويت" })).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let item = &made.json()["item"];
    assert_eq!(site.get(&format!("/api/v1/events/{item}")).await.json()["type"], "VOTE");
    assert_eq!(site.get("/api/v1/events?type=vote").await.json()["total"], 1);
}

#[tokio::test]
async fn a_locked_case_is_told_and_the_rest_goes_on() {
    let site = Site::example();
    let before = site.get("/api/v1/case").await.json();
    // Another program writes for longer than a writer waits.
    let other = rusqlite::Connection::open(site.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = site.post("/api/v1/review/event/1/accept", json!({})).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text);
    assert_eq!((refused.header(header::RETRY_AFTER), refused.header(header::CONTENT_TYPE)), ("5", "application/problem+json"));
    assert_eq!(site.get("/api/v1/case").await.json(), before, "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    let accepted = site.post("/api/v1/review/event/1/accept", json!({})).await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.text);
}

#[tokio::test]
async fn a_standoff_of_the_analyst_stands_in_the_place_of_the_proposal() {
    let site = Site::iraq();
    let proposed = site.settled("/api/v1/standoff").await.text;
    let own = include_str!("../../../../examples/iraq-2021/standoff.toml");
    let wrong = site.put("/api/v1/standoff", json!({ "text": "name = 7" })).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    assert!(wrong.json()["detail"].as_str().unwrap().starts_with("standoff:1"), "{}", wrong.text);
    assert_eq!(site.put("/api/v1/standoff", json!({ "text": own, "by": "ليلى" })).await.status, StatusCode::OK);
    assert_eq!(site.settled("/api/v1/standoff").await.text, own);
    assert_eq!(site.settled("/api/v1/forecast?draws=20").await.status, StatusCode::OK);
    assert_eq!(site.put("/api/v1/standoff", json!({ "text": "" })).await.status, StatusCode::OK);
    assert_eq!(site.settled("/api/v1/standoff").await.text, proposed);
}

#[tokio::test]
async fn a_forecast_under_way_is_broken_off() {
    let site = Site::iraq();
    let own = include_str!("../../../../examples/iraq-2021/standoff.toml");
    assert_eq!(site.put("/api/v1/standoff", json!({ "text": own })).await.status, StatusCode::OK);
    let begun = site.get("/api/v1/forecast?draws=10000").await;
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
    let job = begun.header(header::LOCATION).to_owned();
    let stopped = site.send(request(Method::DELETE, &job, Body::empty())).await;
    assert_eq!(stopped.status, StatusCode::NO_CONTENT);
    loop {
        let state = site.get(&job).await.json();
        match state["stage"].as_str().unwrap() {
            "waiting" | "running" => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            stage => break assert_eq!(stage, "cancelled", "{state}"),
        }
    }
    assert_eq!(site.settled("/api/v1/forecast?draws=20").await.status, StatusCode::OK, "the next one runs");
}

#[tokio::test]
async fn grades_and_notes_are_read_back() {
    let site = Site::example();
    for (subject, value, status) in [("outlet/1", "B", 200), ("actor/1", "C", 200), ("event/1", "2", 200), ("outlet/1", "2", 422), ("document/1", "A", 422)] {
        let graded = site.post(&format!("/api/v1/review/{subject}/grade"), json!({ "value": value })).await;
        assert_eq!(graded.status.as_u16(), status, "{subject}: {}", graded.text);
    }
    assert_eq!(site.post("/api/v1/review/document/1/note", json!({ "text": "راجع المصدر" })).await.status, StatusCode::OK);
    let outlets = site.get("/api/v1/outlets").await.json();
    assert_eq!((outlets["total"].as_u64(), outlets["rows"].as_array().unwrap().iter().filter(|o| o["reliability"] == "B").count()), (Some(2), 1));
    assert_eq!(site.get("/api/v1/review/event/1/remarks").await.json(), json!({ "grade": "2", "notes": [] }));
    let remarks = site.get("/api/v1/review/document/1/remarks").await.json();
    assert_eq!((&remarks["grade"], &remarks["notes"][0]["text"]), (&json!(null), &json!("راجع المصدر")));
}
