//! From bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A domain whose pages are Arabic: the hint that tells windows-1256 from its neighbours in short texts.
const HINT: &[u8] = b"iq";
/// How far into a page its encoding may be declared, in bytes.
const DECLARED_WITHIN: usize = 1024;

/// The text that bytes hold: by their byte-order mark, as UTF-8, else by the encoding they look like. The message says
/// why they hold none.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
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
    strict(guess(bytes), bytes)
}

/// The text of a page, as browsers read it: by its byte-order mark, by what the server says, by what the page declares, else by
/// what it looks like. A byte that the encoding does not have becomes U+FFFD.
pub(crate) fn decode_page(bytes: &[u8], served_as: Option<&'static Encoding>) -> String {
    let by_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let utf8 = || std::str::from_utf8(bytes).is_ok().then_some(UTF_8);
    let encoding = by_mark.or(served_as).or_else(|| declared(bytes)).or_else(utf8).unwrap_or_else(|| guess(bytes));
    encoding.decode(bytes).0.into_owned()
}

/// The encoding named by `charset=`, in a page's head, an XML declaration's `encoding=` or a Content-Type.
pub(crate) fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head[..head.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let named = |key: &[u8]| {
        let at = head.windows(key.len()).position(|w| w == key)? + key.len();
        let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let label = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(label.len());
        Encoding::for_label(&label[..end])
    };
    // A page whose declaration could be read as ASCII is not UTF-16, whatever it says.
    let found = named(b"charset").or_else(|| if head.starts_with(b"<?xml") { named(b"encoding") } else { None })?;
    Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(HINT), Utf8Detection::Deny)
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
    use encoding_rs::WINDOWS_1256;

    const TEXT: &str = "قال رئيس الوزراء العراقي، إن الحكومة ترفض القرار؛ \"ولن تقبل به\".";

    #[test]
    fn utf8_utf16_and_windows_1256_come_out_right() {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let windows = WINDOWS_1256.encode(TEXT).0.into_owned();
        for bytes in [TEXT.as_bytes().to_vec(), [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), utf16, windows] {
            assert_eq!(decode_page(&bytes, None), TEXT);
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

    #[test]
    fn pages_say_their_encoding_in_many_ways() {
        let page = |head: &str| WINDOWS_1256.encode(&format!("{head}<p>لا")).0.into_owned();
        for head in [
            "<meta charset=windows-1256>",
            "<META http-equiv='Content-Type' content='text/html; charset=cp1256'>",
            "<?xml version='1.0' encoding = \"windows-1256\"?>",
        ] {
            assert!(decode_page(&page(head), None).ends_with("<p>لا"), "{head}");
        }
        assert!(decode_page(&page(""), Some(WINDOWS_1256)).ends_with("<p>لا"));
        assert_eq!(declared(b"<meta charset=utf-16>"), Some(UTF_8));
        assert_eq!(declared(b"<meta charset"), None);
        assert_eq!(decode_page(b"\xd8\xa7\xff", Some(UTF_8)), "ا\u{fffd}");
    }
}
