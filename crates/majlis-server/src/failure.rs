//! What goes wrong with a request. The guard writes it out: as a page, or as problem+json (RFC 9457) under `/api`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use majlis_case::Problem;

/// A request that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct Failure {
    /// How HTTP calls it.
    pub status: StatusCode,
    /// What is wrong, in a clause.
    pub detail: String,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(crate) fn absent(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(crate) fn stopping() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<majlis_case::Error> for Failure {
    fn from(error: majlis_case::Error) -> Self {
        let status = match error.problem {
            Problem::Absent { .. } => StatusCode::NOT_FOUND,
            Problem::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Locked => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Full => StatusCode::INSUFFICIENT_STORAGE,
            Problem::ReadOnly => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, error.problem.to_string())
    }
}

impl From<majlis_brief::CaseError> for Failure {
    fn from(error: majlis_brief::CaseError) -> Self {
        match error {
            majlis_brief::CaseError::Case(error) => error.into(),
            other => Self::new(StatusCode::INTERNAL_SERVER_ERROR, other.to_string()),
        }
    }
}

impl From<majlis_model::Error> for Failure {
    fn from(error: majlis_model::Error) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

impl From<tokio::task::JoinError> for Failure {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "a flaw of Majlis: the request could not be answered")
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}
