//! Answers that are kept until the case changes.

use crate::store::held;
use axum::body::Bytes;
use axum::http::HeaderMap;
use std::collections::HashMap;
use std::sync::Mutex;

/// The most bytes that are kept; more, and all is dropped.
const MOST: usize = 64 << 20;
/// The largest answer that is.
const LARGEST: usize = 1 << 20;

/// Answers by address, all of one generation of the case.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Answers>);

#[derive(Default)]
struct Answers {
    generation: u64,
    bytes: usize,
    by_address: HashMap<String, (HeaderMap, Bytes)>,
}

impl Kept {
    pub(crate) fn get(&self, generation: u64, address: &str) -> Option<(HeaderMap, Bytes)> {
        let answers = held(&self.0);
        answers.by_address.get(address).filter(|_| answers.generation == generation).cloned()
    }

    pub(crate) fn put(&self, generation: u64, address: &str, headers: HeaderMap, body: Bytes) {
        let mut answers = held(&self.0);
        if generation < answers.generation || body.len() > LARGEST {
            return;
        }
        if answers.generation < generation || answers.bytes + body.len() + address.len() > MOST {
            *answers = Answers { generation, ..Answers::default() };
        }
        answers.bytes += body.len() + address.len();
        answers.by_address.insert(address.to_owned(), (headers, body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_until_the_case_changes() {
        let kept = Kept::default();
        kept.put(1, "/ar/", HeaderMap::new(), Bytes::from_static(b"one"));
        assert_eq!(kept.get(1, "/ar/").unwrap().1, "one");
        assert!(kept.get(2, "/ar/").is_none());
        kept.put(2, "/en/", HeaderMap::new(), Bytes::from_static(b"two"));
        kept.put(1, "/ar/", HeaderMap::new(), Bytes::from_static(b"late"));
        assert!(kept.get(2, "/ar/").is_none(), "an answer of an older case is not kept");
    }

    #[test]
    fn what_is_kept_has_a_limit() {
        let kept = Kept::default();
        for i in 0..200 {
            kept.put(1, &i.to_string(), HeaderMap::new(), Bytes::from(vec![0; LARGEST]));
        }
        assert!(held(&kept.0).bytes <= MOST);
        kept.put(1, "large", HeaderMap::new(), Bytes::from(vec![0; LARGEST + 1]));
        assert!(kept.get(1, "large").is_none());
    }
}
