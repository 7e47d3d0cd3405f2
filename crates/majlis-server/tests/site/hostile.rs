use crate::{Site, every_page};
use axum::http::StatusCode;
use serde_json::json;

const MARKUP: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>&lt;b&gt;";

/// Everything that a document can say is markup.
fn site() -> Site {
    let text = format!("{MARKUP}\nقال {MARKUP} إن النائب محمد الغبان هدد القوات الأميركية في بغداد {MARKUP}.\n{}\n{}", crate::SPEECH, crate::ATTACK);
    Site::new(&[json!({ "id": MARKUP, "outlet": MARKUP, "published": "2021-03-17", "title": MARKUP, "url": "javascript:alert(4)", "text": text })])
}

#[tokio::test]
async fn what_a_document_says_is_text_on_every_page() {
    let site = site();
    for address in every_page() {
        let text = site.settled(&address).await.text;
        for live in ["<script>alert", "<img", "<svg/", "onerror=alert(2)>", "href=\"javascript", "src=\"javascript"] {
            let of_ours = text.replace("onerror=alert(2)&gt;", "");
            assert!(!of_ours.contains(live), "{address}: {live}");
        }
    }
    let page = site.get("/en/documents/1").await;
    assert!(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.text.contains("&amp;lt;b&amp;gt;"));
}

#[tokio::test]
async fn what_is_asked_for_is_text_too() {
    let site = site();
    let coded = crate::coded(MARKUP);
    for address in ["/en/search?q=", "/en/ledger?actor=", "/en/ledger?outlet=", "/en/events?place=", "/en/ledger?from=", "/en/none/", "/en/login?token="] {
        let text = site.get(&format!("{address}{coded}")).await.text;
        assert!(!text.contains("<script>alert") && !text.contains("<img"), "{address}: {text}");
    }
}

#[tokio::test]
async fn a_review_with_markup_is_text() {
    let site = site();
    let csrf = site.csrf().await;
    let done = site.form("/en/review", &[("csrf", &csrf), ("act", "reject"), ("kind", "event"), ("id", "1"), ("why", MARKUP), ("by", MARKUP)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    for address in ["/ar/review", "/ar/"] {
        let text = site.settled(address).await.text;
        assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;"), "{address}");
    }
}
