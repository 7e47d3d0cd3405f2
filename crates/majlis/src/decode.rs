//! From bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// A domain whose pages are Arabic: the hint that tells windows-1256 from its neighbours in short texts.
const HINT: &[u8] = b"iq";

/// The text that bytes hold: by their byte-order mark, as UTF-8, else by the encoding they look like. The message says
/// why they hold none.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return strict(encoding, &bytes[mark..]);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if is_mostly_utf8(bytes) {
        return Err(format!("broken UTF-8 at byte {}", error.utf8_error().valid_up_to()));
    }
    if bytes.contains(&0) {
        return Err("not text".to_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    strict(detector.guess(Some(HINT), Utf8Detection::Deny), bytes)
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|t| t.into_owned()).ok_or_else(|| format!("looks like {} but has bytes that are not", encoding.name()))
}

/// Whether the bytes are UTF-8 with a flaw, which another encoding would read without complaint and get all wrong.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قال رئيس الوزراء العراقي، إن الحكومة ترفض القرار؛ \"ولن تقبل به\".";

    #[test]
    fn utf8_utf16_and_windows_1256_come_out_right() {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let windows = encoding_rs::WINDOWS_1256.encode(TEXT).0.into_owned();
        for bytes in [TEXT.as_bytes().to_vec(), [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), utf16, windows] {
            assert_eq!(decode(bytes).as_deref(), Ok(TEXT));
        }
    }

    #[test]
    fn flawed_utf8_is_refused_and_not_taken_for_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 3);
        bytes.insert(2, 0xd9);
        assert_eq!(decode(bytes), Err("broken UTF-8 at byte 2".to_owned()));
        assert_eq!(decode(b"\xff\xd8\0\x01\xfe\x90".to_vec()), Err("not text".to_owned()));
    }
}
