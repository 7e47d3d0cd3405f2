//! Texts as the file holds them, zlib over UTF-8, a third of their size; and the SQL function `inflated(revision, body)` that the
//! views give them back with.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Error, Result};
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::extract::LONGEST;

/// Texts that are kept at hand: rows of one document follow one another in most lists.
const AT_HAND: usize = 256;
/// Of longer texts, in bytes, only the last is kept at hand: all rows of one document need it. The longest are not.
const SHORT: usize = 64 << 10;
const LONG: usize = 8 << 20;

/// A text by its revision and the checksum of its bytes.
type AtHand = (i64, [u8; 4], Arc<str>);

/// The bytes that stand for a text.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(text.len() / 2), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

/// The text that bytes stand for.
pub(crate) fn unpack(bytes: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(bytes).take(LONGEST as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// Teaches a connection the function.
pub(crate) fn register(db: &Connection) -> Result<()> {
    // By revision and checksum: a revision that was rolled back leaves its number to another.
    let at_hand: RefCell<Vec<Option<AtHand>>> = RefCell::new(vec![None; AT_HAND + 1]);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("inflated", 2, flags, move |call| {
        let revision: i64 = call.get(0)?;
        let body = call.get_raw(1).as_blob()?;
        let checksum = body.last_chunk::<4>().copied().unwrap_or_default();
        let mut at_hand = at_hand.borrow_mut();
        let own = revision.unsigned_abs() as usize % AT_HAND;
        let known = [own, AT_HAND].into_iter().filter_map(|slot| at_hand[slot].as_ref()).find(|(id, sum, _)| (*id, *sum) == (revision, checksum));
        if let Some((.., text)) = known {
            return Ok(text.clone());
        }
        let damaged = |error: io::Error| Error::UserFunctionError(format!("the text of revision {revision} is damaged: {error}").into());
        let text: Arc<str> = unpack(body).map_err(damaged)?.into();
        if text.len() <= LONG {
            at_hand[if text.len() <= SHORT { own } else { AT_HAND }] = Some((revision, checksum, text.clone()));
        }
        Ok(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damage_is_told_and_a_text_at_hand_is_the_right_one() {
        let db = Connection::open_in_memory().unwrap();
        register(&db).unwrap();
        let inflated = |id: i64, bytes: &[u8]| db.query_row("SELECT inflated(?, ?)", (id, bytes), |row| row.get::<_, String>(0));
        let long = |id: i64| format!("نص {id} ").repeat(SHORT / 4);
        for id in [1, 1, 2, 1] {
            assert_eq!(inflated(id, &pack(&long(id))).unwrap(), long(id));
        }
        for id in 0..3 * AT_HAND as i64 {
            assert_eq!(inflated(id, &pack(&format!("نص {id}"))).unwrap(), format!("نص {id}"));
        }
        let mut bytes = pack("قال رئيس الوزراء");
        bytes[6] ^= 1;
        assert!(inflated(-1, &bytes).unwrap_err().to_string().contains("the text of revision -1 is damaged"));
        assert!(inflated(-2, &bytes[..8]).is_err() && inflated(-3, b"").is_err());
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            prop_assert_eq!(unpack(&pack(&text)).unwrap(), text);
        }
    }
}
