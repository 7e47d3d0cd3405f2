//! Who may come in. On loopback everybody on this machine; elsewhere whoever has the token that the start told, or the password.

use crate::failure::Failure;
use crate::store::held;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use axum::http::{HeaderMap, StatusCode, header};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a session lasts.
const SESSION: Duration = Duration::from_secs(12 * 60 * 60);
/// Sessions at the same time; the oldest goes when there are more.
const SESSIONS: usize = 1000;
/// Tries to log in from one address: so many at once, then one for each of the seconds.
const TRIES: (f64, f64) = (5.0, 12.0);
/// Requests from one address, likewise.
const REQUESTS: (f64, f64) = (300.0, 0.02);
/// Addresses that are remembered.
const ADDRESSES: usize = 10_000;
/// The cookie of a session.
pub(crate) const COOKIE: &str = "majlis";

/// Who may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody who reaches the loopback address, under a name of it.
    Local,
    /// Whoever has the token made at the start, or the password of this hash (Argon2id, in PHC form).
    Guarded {
        /// The hash, where there is a password.
        password: Option<String>,
    },
}

/// Hashes a password with Argon2id, in PHC form.
///
/// # Errors
/// For a password shorter than 8 characters, and where the machine has no random numbers.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    if password.chars().count() < 8 {
        return Err(Failure::bad("a password needs 8 characters or more"));
    }
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(|e| Failure::bad(e.to_string()))?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|e| Failure::bad(e.to_string()))?.to_string())
}

/// What stands between a request and the case.
pub(crate) struct Gate {
    /// What every form that changes something carries, so that no other site can send it.
    pub(crate) csrf: String,
    /// What opens the gate; none where everybody may come in.
    pub(crate) token: Option<String>,
    password: Option<String>,
    sessions: Mutex<HashMap<[u8; 32], Instant>>,
    tries: Mutex<HashMap<IpAddr, Bucket>>,
    requests: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Gate {
    pub(crate) fn new(access: &Access) -> Result<Self, Failure> {
        let (token, password) = match access {
            Access::Local => (None, None),
            Access::Guarded { password } => (Some(hex(&random::<24>()?)), password.clone()),
        };
        if let Some(hash) = &password {
            PasswordHash::new(hash).map_err(|e| Failure::bad(format!("the hash of the password is no Argon2 hash: {e}")))?;
        }
        Ok(Self { csrf: hex(&random::<24>()?), token, password, sessions: Mutex::default(), tries: Mutex::default(), requests: Mutex::default() })
    }

    pub(crate) fn is_guarded(&self) -> bool {
        self.token.is_some()
    }

    /// Whether a request bears the token or belongs to a session.
    pub(crate) fn admits(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return true };
        let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
        if bearer.is_some_and(|given| is_same(given.trim(), token)) {
            return true;
        }
        let Some(session) = cookie(headers, COOKIE) else { return false };
        held(&self.sessions).get(&digest(session)).is_some_and(|since| since.elapsed() < SESSION)
    }

    /// Whether these are the token or the password. Slow on purpose.
    pub(crate) fn knows(&self, secret: &str) -> bool {
        let is_token = self.token.as_ref().is_some_and(|token| is_same(secret, token));
        let hash = self.password.as_ref().and_then(|hash| PasswordHash::new(hash).ok());
        is_token || hash.is_some_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
    }

    /// Begins a session and gives its name.
    pub(crate) fn enter(&self) -> Result<String, Failure> {
        let session = hex(&random::<32>()?);
        let mut sessions = held(&self.sessions);
        sessions.retain(|_, since| since.elapsed() < SESSION);
        if sessions.len() >= SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, since)| **since).map(|(key, _)| *key);
            oldest.map(|key| sessions.remove(&key));
        }
        sessions.insert(digest(&session), Instant::now());
        Ok(session)
    }

    /// Ends the session of a request.
    pub(crate) fn leave(&self, headers: &HeaderMap) {
        if let Some(session) = cookie(headers, COOKIE) {
            held(&self.sessions).remove(&digest(session));
        }
    }

    /// Lets a form pass that carries the token.
    pub(crate) fn check(&self, csrf: Option<&str>) -> Result<(), Failure> {
        match csrf {
            Some(given) if is_same(given, &self.csrf) => Ok(()),
            _ => Err(Failure::new(StatusCode::FORBIDDEN, "the form is out of date or comes from another site: load the page again and send it anew")),
        }
    }

    /// Counts a try to log in.
    pub(crate) fn may_try(&self, from: IpAddr) -> Result<(), Failure> {
        spend(&self.tries, from, TRIES)
    }

    /// Counts a request.
    pub(crate) fn may_ask(&self, from: IpAddr) -> Result<(), Failure> {
        if self.is_guarded() { spend(&self.requests, from, REQUESTS) } else { Ok(()) }
    }
}

/// What an address may still do.
struct Bucket {
    left: f64,
    at: Instant,
}

fn spend(buckets: &Mutex<HashMap<IpAddr, Bucket>>, from: IpAddr, (most, seconds): (f64, f64)) -> Result<(), Failure> {
    let now = Instant::now();
    let filled = |bucket: &Bucket| (bucket.left + now.duration_since(bucket.at).as_secs_f64() / seconds).min(most);
    let mut buckets = held(buckets);
    if buckets.len() >= ADDRESSES {
        buckets.retain(|_, bucket| filled(bucket) < most);
    }
    let bucket = buckets.entry(from).or_insert(Bucket { left: most, at: now });
    (bucket.left, bucket.at) = (filled(bucket), now);
    if bucket.left < 1.0 {
        return Err(Failure::new(StatusCode::TOO_MANY_REQUESTS, "too many requests from this address: wait a moment"));
    }
    bucket.left -= 1.0;
    Ok(())
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Compares hashes, so that the time it takes tells nothing of the secret.
fn is_same(given: &str, secret: &str) -> bool {
    digest(given) == digest(secret)
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, format!("no random numbers: {e}")))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn guarded(password: Option<&str>) -> Gate {
        Gate::new(&Access::Guarded { password: password.map(|p| hash_password(p).unwrap()) }).unwrap()
    }

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn the_token_a_session_and_the_password_open_and_nothing_else_does() {
        let gate = guarded(Some("كلمة سر طويلة"));
        assert!(!gate.admits(&HeaderMap::new()));
        let token = gate.token.clone().unwrap();
        assert!(gate.admits(&with(header::AUTHORIZATION, &format!("Bearer {token}"))));
        assert!(!gate.admits(&with(header::AUTHORIZATION, "Bearer 0")));
        assert!(gate.knows("كلمة سر طويلة") && gate.knows(&token) && !gate.knows("كلمة سر") && !gate.knows(""));
        let session = with(header::COOKIE, &format!("a=1; {COOKIE}={}", gate.enter().unwrap()));
        assert!(gate.admits(&session));
        gate.leave(&session);
        assert!(!gate.admits(&session));
    }

    #[test]
    fn an_address_that_tries_too_often_must_wait() {
        let gate = guarded(None);
        let [one, other] = [1, 2].map(|n| IpAddr::from(Ipv4Addr::new(127, 0, 0, n)));
        assert!((0..5).all(|_| gate.may_try(one).is_ok()));
        assert_eq!(gate.may_try(one).unwrap_err().status, StatusCode::TOO_MANY_REQUESTS);
        assert!(gate.may_try(other).is_ok());
    }

    #[test]
    fn short_passwords_and_other_hashes_are_refused() {
        assert!(hash_password("short").is_err());
        assert!(Gate::new(&Access::Guarded { password: Some("plain".to_owned()) }).is_err());
    }
}
