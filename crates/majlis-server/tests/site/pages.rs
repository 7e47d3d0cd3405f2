use crate::{Site, every_page};
use axum::http::{StatusCode, header};

#[tokio::test]
async fn every_page_is_there_in_both_languages() {
    let site = Site::iraq();
    for address in every_page() {
        let answer = site.settled(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        let expected = if address.starts_with("/ar") { "lang=\"ar\" dir=\"rtl\"" } else { "lang=\"en\" dir=\"ltr\"" };
        assert!(answer.text.contains(expected), "{address}");
        for mark in ["<main id=\"main\"", "class=\"skip\"", "<h1>", "<nav class=\"menu\""] {
            assert!(answer.text.contains(mark), "{address}: {mark}");
        }
    }
}

#[tokio::test]
async fn no_page_asks_for_anything_from_elsewhere_or_holds_a_script() {
    let site = Site::iraq();
    for address in every_page() {
        let answer = site.settled(&address).await;
        let csp = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(csp.starts_with("default-src 'none'; script-src 'self'; style-src 'self'") && !csp.contains("unsafe"), "{address}: {csp}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        for (attribute, rest) in
            ["src=\"", "href=\"", "action=\"", "srcset=\"", "poster=\"", "data=\""].iter().flat_map(|a| answer.text.split(a).skip(1).map(move |rest| (a, rest)))
        {
            let target = rest.split('"').next().unwrap();
            assert!(!target.contains("//") || target.is_empty(), "{address}: {attribute}{target}");
        }
        assert!(!answer.text.contains("<style") && !answer.text.contains(" style=") && !answer.text.contains(" onclick="), "{address}");
        assert_eq!(answer.text.matches("<script").count(), 1, "{address}");
        assert!(answer.text.contains("<script src=\"/assets/majlis.js"), "{address}");
    }
    for asset in ["/assets/style.css", "/assets/majlis.js", "/assets/icon.svg"] {
        let answer = site.get(asset).await;
        assert_eq!(answer.status, StatusCode::OK);
        let own = answer.text.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains("http:") && !own.contains("https:") && !own.contains("@import") && !own.contains("url("), "{asset}");
    }
}

#[tokio::test]
async fn every_word_of_a_page_has_its_text() {
    let site = Site::iraq();
    for address in every_page() {
        let text = site.settled(&address).await.text;
        for prefix in [
            "nav.",
            "column.",
            "filter.",
            "stage.",
            "export.",
            "whatif.",
            "review.",
            "says.",
            "failure.",
            "map.",
            "network.",
            "grade.",
            "sealed.",
            "standoff.",
            "same.",
            "note",
            "points.",
        ] {
            let bare = text.split(['>', '<']).find(|piece| piece.starts_with(prefix) && !piece.contains(' '));
            assert_eq!(bare, None, "{address}");
        }
    }
}

#[tokio::test]
async fn a_document_marks_what_was_found_and_lists_it() {
    let site = Site::example();
    let text = site.get("/ar/documents/1").await.text;
    for mark in ["class=\"statement", "data-of=\"event\"", "data-of=\"mention\"", "id=\"p1\"", "id=\"s1\"", "id=\"n-s1\""] {
        assert!(text.contains(mark), "{mark}");
    }
    assert!(text.contains("هدنة مهددة"));
}

#[tokio::test]
async fn the_ledger_is_filtered() {
    let site = Site::example();
    let count = |text: &str| text.matches("class=\"statement\"").count();
    let all = count(&site.get("/ar/ledger").await.text);
    let named = count(&site.get("/ar/ledger?named=yes").await.text);
    let unnamed = count(&site.get("/ar/ledger?named=no").await.text);
    assert!(named > 0 && unnamed > 0 && named + unnamed == all, "{named} {unnamed} {all}");
    assert_eq!(
        count(&site.get("/ar/ledger?from=2021-03-01&named=").await.text),
        count(&site.get("/ar/ledger?outlet=%D9%88%D9%83%D8%A7%D9%84%D8%A9%20%D8%A7%D9%84%D8%B1%D8%A7%D9%81%D8%AF%D9%8A%D9%86").await.text)
    );
    let none = site.get("/en/ledger?actor=nobody&from=").await.text;
    assert!(count(&none) == 0 && none.contains("Nothing fits these filters.") && none.contains("href=\"/en/ledger\">Show all"), "{none}");
    let wrong = site.get("/en/ledger?from=yesterday").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text.contains("from: a day such as 2021-03-17 is expected"));
}

#[tokio::test]
async fn search_meets_particles_and_spellings() {
    let site = Site::example();
    for query in ["الهدنة", "هدنه", "للقوات", "\"رئيس الوزراء\"", "الانسحاب OR قيامة"] {
        let answer = site.get(&format!("/ar/search?q={}", crate::coded(query))).await;
        assert!(answer.text.contains("class=\"hit\""), "{query}");
    }
    let none = site.get(&format!("/en/search?q={}", crate::coded("زرافة"))).await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.text.contains("No document holds these words."));
    for wordless in ["\"\"", "-", "؟", "*", "OR"] {
        assert_eq!(site.get(&format!("/ar/search?q={}", crate::coded(wordless))).await.status, StatusCode::OK, "{wordless}");
    }
    assert_eq!(site.get(&format!("/ar/search?q={}", crate::coded(&"كلمة ".repeat(200)))).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_empty_case_says_what_to_do() {
    let site = Site::new(&[]);
    for address in every_page() {
        let answer = site.settled(&address).await;
        let is_item = ["/documents/1", "/actors/1", "/claims/1", "/review/event/1", "/review/statement/1"].iter().any(|path| address.ends_with(path));
        assert_eq!(answer.status, if is_item { StatusCode::NOT_FOUND } else { StatusCode::OK }, "{address}: {}", answer.text);
    }
    assert!(site.get("/en/").await.text.contains("The case is empty."));
}

#[tokio::test]
async fn odd_addresses_are_told_apart() {
    let site = Site::example();
    for (address, status) in [
        ("/ar/documents/999", 404),
        ("/ar/documents/-1", 404),
        ("/ar/documents/x", 400),
        ("/ar/documents/99999999999999999999", 400),
        ("/fr/", 404),
        ("/ar", 404),
        ("/ar/none", 404),
        ("/ar/review/cat/1", 404),
        ("/ar/export/cat", 404),
        ("/ar/jobs/77", 404),
        ("/ar/ledger?page=x", 400),
        ("/ar/ledger?page=18446744073709551615", 200),
        ("/ar/events?page=99999", 200),
        ("/ar/forecast?draws=0", 400),
        ("/ar/forecast?draws=20&set.nobody.salience=70", 422),
        ("/ar/claims?actor=1", 422),
    ] {
        assert_eq!(site.settled(address).await.status.as_u16(), status, "{address}");
    }
    assert!(site.get("/en/events?page=99999").await.text.contains("The list ends before this page."));
    assert_eq!(site.get("/").await.header(header::LOCATION), "/ar/");
}

#[tokio::test]
async fn the_case_may_be_replaced_underneath() {
    let site = Site::example();
    assert!(site.get("/en/documents").await.text.contains("هدنة مهددة"));
    let other = site.folder.path().join("other.case");
    crate::fill(&other, &[serde_json::json!({ "id": "x", "title": "نص آخر", "text": crate::SPEECH })]);
    std::fs::rename(other, site.path()).unwrap();
    let answer = site.get("/en/documents").await;
    assert!(answer.text.contains("نص آخر") && !answer.text.contains("هدنة مهددة"), "{}", answer.text);
    std::fs::remove_file(site.path()).unwrap();
    let gone = site.get("/en/documents").await;
    assert_eq!(gone.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(gone.text.contains("no such file"));
}

#[tokio::test]
async fn what_if_changes_the_answer_and_says_so() {
    let site = Site::iraq();
    let first = site.settled("/en/forecast?draws=20").await.text;
    let (_, rest) = first.split_once("name=\"set.").unwrap();
    let name = rest.split('"').next().unwrap();
    let changed = site.settled(&format!("/en/forecast?draws=20&set.{name}=3")).await.text;
    assert!(changed.contains("class=\"changed\"") && !first.contains("class=\"changed\""));
}

#[tokio::test]
async fn exports_are_files_named_after_the_case() {
    let site = Site::example();
    for form in ["plover", "polecat", "acled", "ucdp", "ftm", "geojson", "annotation", "parquet", "brief-html", "brief-markdown", "brief-text"] {
        let answer = site.settled(&format!("/ar/export/{form}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{form}");
        assert!(
            answer.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"______."),
            "{form}: {}",
            answer.header(header::CONTENT_DISPOSITION)
        );
        assert!(!answer.text.is_empty(), "{form}");
    }
    let (whole, redacted) = (site.get("/ar/export/plover").await.text, site.get("/ar/export/plover?redact=yes").await.text);
    assert_ne!(whole, redacted);
}

#[tokio::test]
async fn actors_and_outlets_are_graded_and_noted_by_forms() {
    let site = Site::example();
    let csrf = site.csrf().await;
    let act = |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
    for (pairs, page, shown) in [
        (act(&[("act", "grade"), ("kind", "outlet"), ("id", "1"), ("value", "B"), ("page", "/outlets")]), "/en/outlets", "<option value=\"B\" selected>"),
        (act(&[("act", "grade"), ("kind", "actor"), ("id", "1"), ("value", "D"), ("page", "/actors/1")]), "/en/actors/1", "<option value=\"D\" selected>"),
        (act(&[("act", "note"), ("kind", "actor"), ("id", "1"), ("text", "<b>مقرب</b>"), ("page", "/actors/1")]), "/en/actors/1", "&lt;b&gt;مقرب&lt;/b&gt;"),
        (
            act(&[("act", "note"), ("kind", "document"), ("id", "2"), ("text", "نسخة"), ("page", "/documents/2")]),
            "/en/documents/2",
            "<p class=\"note\" dir=\"auto\">نسخة",
        ),
        (
            act(&[("act", "grade"), ("kind", "event"), ("id", "1"), ("value", "3"), ("page", "/review/event/1")]),
            "/en/review/event/1",
            "<option value=\"3\" selected>",
        ),
    ] {
        let mut sent: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(site.form("/en/review", &sent).await.status, StatusCode::FORBIDDEN, "without the token");
        sent.push(("csrf", &csrf));
        let answer = site.form("/en/review", &sent).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, page), "{}", answer.text);
        let text = site.get(page).await.text;
        assert!(text.contains(shown), "{page}: {shown}");
    }
    let empty = site.form("/en/review", &[("csrf", &csrf), ("act", "note"), ("kind", "actor"), ("id", "1"), ("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let elsewhere =
        site.form("/en/review", &[("csrf", &csrf), ("act", "note"), ("kind", "actor"), ("id", "1"), ("text", "x"), ("page", "//example.org")]).await;
    assert_eq!(elsewhere.header(header::LOCATION), "/en/review", "a form leads nowhere else");
}

#[tokio::test]
async fn an_actor_is_merged_into_another_by_choice_and_taken_out_again() {
    let site = Site::example();
    let csrf = site.csrf().await;
    let rows = site.get("/api/v1/actors").await.json()["rows"].clone();
    let (into, from) = (rows[0]["id"].to_string(), rows[1]["id"].to_string());
    let name = rows[1]["name"].as_str().unwrap();
    let found = site.get(&format!("/en/actors/{into}/same?with={}", crate::coded(name))).await;
    assert!(found.text.contains(&format!("name=\"from\" value=\"{from}\"")), "{}", found.text);
    assert!(site.get(&format!("/en/actors/{into}/same?with=nobody")).await.text.contains("No other actor is called so."));
    let page = format!("/actors/{into}");
    let merged = site.form("/en/review", &[("csrf", &csrf), ("act", "merge"), ("id", &into), ("from", &from), ("why", "هو نفسه"), ("page", &page)]).await;
    assert_eq!(merged.header(header::LOCATION), format!("/en{page}"), "{}", merged.text);
    assert!(site.get(&format!("/en{page}")).await.text.contains("Take out again"));
    assert_eq!(site.get("/api/v1/actors").await.json()["total"].as_u64().unwrap() as usize + 1, rows.as_array().unwrap().len());
    let split = site.form("/en/review", &[("csrf", &csrf), ("act", "split"), ("id", &from), ("page", &page)]).await;
    assert_eq!(split.status, StatusCode::SEE_OTHER, "{}", split.text);
    assert_eq!(site.get("/api/v1/actors").await.json()["total"].as_u64().unwrap() as usize, rows.as_array().unwrap().len());
}

#[tokio::test]
async fn an_event_is_corrected_by_its_fields() {
    let site = Site::example();
    let csrf = site.csrf().await;
    assert!(site.get("/en/review/event/1").await.text.contains("name=\"set.type\""));
    let unchanged =
        site.form("/en/review", &[("csrf", &csrf), ("act", "correct"), ("kind", "event"), ("id", "1"), ("set.type", ""), ("fields", "# type=x")]).await;
    assert_eq!(unchanged.status, StatusCode::BAD_REQUEST);
    let corrected = site.form("/en/review", &[("csrf", &csrf), ("act", "correct"), ("kind", "event"), ("id", "1"), ("set.type", "VOTE"), ("fields", "")]).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.text);
    assert_eq!(site.get("/api/v1/events?type=VOTE").await.json()["total"], 1);
}

#[tokio::test]
async fn a_standoff_is_edited_sealed_and_resolved_by_forms() {
    let site = Site::iraq();
    let csrf = site.csrf().await;
    let own = include_str!("../../../../examples/iraq-2021/standoff.toml");
    let wrong = site.form("/en/standoff", &[("csrf", &csrf), ("act", "keep"), ("text", "name = <b>")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("standoff:1") && wrong.text.contains("name = &lt;b&gt;"), "what was written is not lost: {}", wrong.text);
    let kept = site.form("/en/standoff", &[("csrf", &csrf), ("act", "keep"), ("text", &own.replace('\n', "\r\n"))]).await;
    assert_eq!(kept.header(header::LOCATION), "/en/issues", "{}", kept.text);
    assert!(site.settled("/en/standoff").await.text.contains("Back to what the case proposes"));
    assert!(site.settled("/en/issues").await.text.contains("This standoff was given by the analyst."));
    site.settled("/en/forecast?draws=20").await;
    let sealed = site.form("/en/forecast", &[("csrf", &csrf), ("seed", "1"), ("draws", "20")]).await;
    assert_eq!(sealed.header(header::LOCATION), "/en/sealed", "{}", sealed.text);
    let question = site.get("/api/v1/sealed").await.json()[0].clone();
    let (asked, outcome) = (question["question"].as_str().unwrap(), question["outcome"].as_str().unwrap());
    let page = site.get("/en/sealed").await.text;
    assert!(page.contains(asked) && page.contains("Resolve it"));
    let resolved = site.form("/en/sealed", &[("csrf", &csrf), ("question", asked), ("outcome", outcome), ("why", "نُشر")]).await;
    assert_eq!(resolved.status, StatusCode::SEE_OTHER, "{}", resolved.text);
    assert_eq!(site.get("/api/v1/sealed").await.json()[0]["came"], outcome);
    let again = site.form("/en/sealed", &[("csrf", &csrf), ("question", asked), ("outcome", outcome)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let dropped = site.form("/en/standoff", &[("csrf", &csrf), ("act", "drop"), ("text", own)]).await;
    assert_eq!(dropped.status, StatusCode::SEE_OTHER, "{}", dropped.text);
    assert!(site.settled("/en/issues").await.text.contains("This standoff is proposed from the documents."));
}

#[tokio::test]
async fn the_key_judgements_of_a_small_case_come_by_themselves() {
    let site = Site::example();
    assert!(site.settled("/en/").await.text.contains("class=\"brief\""));
    let csrf = site.csrf().await;
    let asked = site.form("/en/", &[("csrf", &csrf)]).await;
    assert_eq!(asked.header(header::LOCATION), "/en/", "{}", asked.text);
}

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    rest.split(to).next().unwrap()
}

#[tokio::test]
async fn the_tornado_is_drawn_with_its_table_and_changes_with_a_number() {
    let site = Site::iraq();
    let first = site.settled("/en/forecast?draws=20").await.text;
    let tornado = |page: &str| between(page, "<h3>What it rests on</h3>", "<h3>").to_owned();
    let before = tornado(&first);
    let bars = before.matches("<th scope=\"row\">").count();
    // Each number has two bars, in the drawing for pages and in the one for phones.
    assert!(bars > 0 && before.matches("<svg ").count() == 2, "{before}");
    assert!(before.matches("<rect ").count() >= 4 * bars, "{before}");
    let name = between(&first, "name=\"set.", "\"");
    let after = tornado(&site.settled(&format!("/en/forecast?draws=20&set.{name}=3")).await.text);
    assert_ne!(before, after);
}

#[tokio::test]
async fn whom_to_move_names_actors_and_amounts() {
    let site = Site::iraq();
    for (lang, title, actor) in [("en", "Whom to move", "Fatah Alliance"), ("ar", "من يُحرَّك", "تحالف الفتح")] {
        let page = site.settled(&format!("/{lang}/forecast?draws=20")).await.text;
        let levers = between(&page, &format!("<h3>{title}</h3>"), "</table>");
        let row = between(levers, &format!("{actor}\u{2069}</bdi>"), "</tr>");
        let amounts: Vec<f64> = row.split(['<', '>']).filter_map(|piece| piece.parse().ok()).collect();
        assert!(amounts.len() >= 3 && amounts.iter().any(|amount| *amount != 0.0), "{row}");
    }
}

#[tokio::test]
async fn the_map_says_that_borders_are_disputed() {
    let site = Site::iraq();
    for (lang, told) in [("en", "some are disputed"), ("ar", "بعضها متنازع عليه")] {
        let page = site.get(&format!("/{lang}/map")).await.text;
        assert!(page.contains("class=\"border\"") && between(&page, "<figcaption>", "</figcaption>").contains(told), "{page}");
    }
}

#[tokio::test]
async fn the_sides_of_a_claim_stand_side_by_side_with_their_reports() {
    let report = |outlet: &str, text: &str| serde_json::json!({ "id": outlet, "outlet": outlet, "published": "2021-02-16", "text": text });
    let site = Site::new(&[
        report("صدى الرافدين", "هاجم مسلحون من تنظيم داعش نقطة تفتيش في كركوك أمس، ما أدى إلى مقتل ثلاثة جنود."),
        report("منبر بابل", "قال بيان إن تنظيم داعش هاجم أمس موقعاً للجيش في كركوك."),
        report("أفق الشرق", "قال محافظ كركوك إن تنظيم داعش لم يهاجم أي موقع للجيش في كركوك أمس."),
    ]);
    for address in ["/ar/claims", "/ar/claims/1"] {
        let page = site.get(address).await.text;
        let sides = between(&page, "<div class=\"sides\">", "</article>");
        let (supports, denies) = sides.split_once("class=\"side denies\"").unwrap();
        assert!(supports.contains("صدى الرافدين") && supports.contains("منبر بابل") && supports.contains("href=\"/ar/documents/2#"), "{supports}");
        assert!(denies.contains("أفق الشرق") && denies.contains("href=\"/ar/documents/3#") && !denies.contains("منبر بابل"), "{denies}");
    }
}

#[tokio::test]
async fn a_day_is_asked_for_in_the_same_way_in_both_languages() {
    let site = Site::example();
    for address in ["documents", "ledger", "events", "actors", "claims", "search", "add"] {
        for lang in ["ar", "en"] {
            let page = site.get(&format!("/{lang}/{address}")).await.text;
            assert!(page.contains("placeholder=\"YYYY-MM-DD\"") && !page.contains("type=\"date\""), "/{lang}/{address}");
        }
    }
    let (eastern, western) = (crate::coded("٢٠٢١-٠٣-١٧"), "2021-03-17");
    let total = async |day: &str| site.get(&format!("/api/v1/documents?from={day}")).await.json()["total"].clone();
    assert_eq!(total(&eastern).await, total(western).await);
}

#[tokio::test]
async fn an_event_in_the_table_of_its_document_runs_from_who_to_whom() {
    let site = Site::example();
    let event = site.get("/api/v1/events").await.json()["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["source"][0].is_object() && e["target"][0].is_object())
        .cloned()
        .unwrap();
    let document = &event["cite"]["document"];
    for (lang, name, arrow) in [("en", "name_en", '→'), ("ar", "name", '←')] {
        let page = site.get(&format!("/{lang}/documents/{document}")).await.text;
        let (source, target) = (event["source"][0][name].as_str().unwrap(), event["target"][0][name].as_str().unwrap());
        assert!(page.contains(&format!("{source}\u{2069} {arrow} \u{2068}{target}")), "{source} {target}");
    }
}
