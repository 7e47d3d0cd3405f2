//! The routes together, and the server that runs until it is told to stop.

use crate::app::App;
use crate::failure::Failure;
use crate::{api, assets, guard, pages};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// How long a request may take.
const TIME: Duration = Duration::from_secs(60);
/// The most bytes of a form; uploads have a limit of their own.
const FORM: usize = 1 << 20;
/// How long work may take to stop.
const STOPPING: Duration = Duration::from_secs(30);

/// Where a server listens, and what opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The address of the first page, with the token where one is needed.
    pub url: String,
    /// The token, where the address is not loopback.
    pub token: Option<String>,
}

/// All routes of a case.
pub fn router(app: &App) -> Router {
    guarded(app, Router::new().route("/", get(first)).merge(pages::routes()).merge(api::routes()).merge(assets::routes()))
}

/// What stands around all routes.
fn guarded(app: &App, routes: Router<App>) -> Router {
    routes
        .layer(DefaultBodyLimit::max(FORM))
        .layer(from_fn_with_state(app.clone(), guard::keep))
        .layer(from_fn_with_state(app.clone(), guard::admit))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIME))
        .layer(CatchPanicLayer::custom(|_| {
            Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "a flaw of Majlis: the request could not be answered").into_response()
        }))
        .layer(from_fn_with_state(app.clone(), guard::finish))
        .with_state(app.clone())
}

/// Arabic, unless the browser asks for English first.
async fn first(headers: HeaderMap) -> impl IntoResponse {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let place = |tag: &str| wanted.split(',').position(|one| one.trim().get(..2).is_some_and(|t| t.eq_ignore_ascii_case(tag)));
    let english = match (place("en"), place("ar")) {
        (Some(en), Some(ar)) => en < ar,
        (en, ar) => en.is_some() && ar.is_none(),
    };
    ([(header::CACHE_CONTROL, "no-store"), (header::VARY, "accept-language")], Redirect::to(if english { "/en/" } else { "/ar/" }))
}

/// Serves a case until `stop` is over: no more is taken on, what is under way is answered, and long work stops at its next document.
/// `announce` is told where.
///
/// # Errors
/// Where the address cannot be listened on.
pub async fn serve(app: App, listen: SocketAddr, stop: impl Future<Output = ()> + Send + 'static, announce: impl FnOnce(&Announced)) -> std::io::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let token = app.gate.token.clone();
    let query = token.as_ref().map_or_else(String::new, |token| format!("en/login?token={token}"));
    announce(&Announced { url: format!("http://{address}/{query}"), token });
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let own = app.clone();
    let ends = async move {
        stop.await;
        // Those who watch a job go home when it ends; else they would keep the server up.
        let _ = tokio::time::timeout(STOPPING, own.jobs.stop()).await;
    };
    axum::serve(listener, service).with_graceful_shutdown(ends).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Access;
    use crate::app::Config;
    use axum::body::Body;
    use axum::extract::State;
    use axum::http::Request;
    use majlis_case::Case;
    use tower::ServiceExt;

    async fn asked(router: &Router, address: &str) -> (StatusCode, String, String) {
        let request = Request::builder().uri(address).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let (status, body) = (response.status(), axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap());
        (status, kind, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_request_that_panics_is_told_and_the_server_lives() {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("a.case");
        drop(Case::create(&case).unwrap());
        let app = App::open(Config { case, by: "a".to_owned(), standoff: None, access: Access::Local, allow_private: false }).unwrap();
        let reads = |State(app): State<App>| async move { app.read::<()>(|_| panic!("while it reads")).await };
        let writes = |State(app): State<App>| async move { app.write::<()>(None, |_, _| panic!("while it writes")).await };
        let flaws = Router::new()
            .route(
                "/ar/flaw",
                get(|| async {
                    if true {
                        panic!("in a page")
                    }
                }),
            )
            .route("/ar/reads", get(reads))
            .route("/api/v1/writes", get(writes));
        let router = guarded(&app, flaws.merge(pages::routes()).merge(api::routes()));
        for (address, kind) in
            [("/ar/flaw", "text/html; charset=utf-8"), ("/ar/reads", "text/html; charset=utf-8"), ("/api/v1/writes", "application/problem+json")]
        {
            let (status, told, text) = asked(&router, address).await;
            assert_eq!((status, told.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, kind), "{address}");
            let told = if kind.starts_with("text/html") { "خلل في «مجلس»" } else { "a flaw of Majlis" };
            assert!(text.contains(told) && !text.contains("while it"), "{address}: {text}");
        }
        for address in ["/ar/documents", "/api/v1/case"] {
            assert_eq!(asked(&router, address).await.0, StatusCode::OK, "{address}");
        }
        app.write(None, |case, stamp| Ok(case.keep_standoff("", stamp)?)).await.unwrap();
    }
}
