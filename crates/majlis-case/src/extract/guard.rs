//! What markup would cost its parser, counted before it is parsed. A parser of HTML looks through all open elements for each new one
//! and opens unclosed bold and fonts again in each block, so a small page can ask for hours or for all memory.

/// Elements inside one another.
const DEEPEST: usize = 400;
/// Elements of a page.
const MOST: usize = 200_000;

/// Elements that hold nothing.
const VOID: [&str; 16] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "frame", "keygen"];
/// Elements that a following one closes, so that their number tells nothing of the depth.
const CLOSED_BY_NEXT: [&str; 14] = ["p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot", "rp", "rt"];
/// Elements that stay in force until they are closed, through all blocks.
const FORMATTING: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Refuses markup that is nested or repeated beyond what any article is. Cost is linear in its length.
pub(super) fn check(markup: &str) -> Result<(), String> {
    let bytes = markup.as_bytes();
    let (mut depth, mut formats, mut elements, mut at) = (0usize, 0usize, 0usize, 0usize);
    // Once an end is not found it is nowhere further on: the search is not repeated, which would be quadratic.
    let mut is_comment_open = false;
    let mut unclosed = [false; RAW.len()];
    while let Some(found) = find(bytes, at, b'<') {
        at = found + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") && !is_comment_open {
            match markup[at + 3..].find("-->") {
                Some(end) => at += 3 + end,
                None => is_comment_open = true,
            }
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let from = at + usize::from(is_end);
        let length = bytes[from..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 || !bytes[from].is_ascii_alphabetic() {
            continue;
        }
        let name = markup[from..from + length].to_ascii_lowercase();
        at = from + length;
        if VOID.contains(&name.as_str()) {
            elements += 1 + formats;
        } else if is_end {
            depth = depth.saturating_sub(usize::from(!CLOSED_BY_NEXT.contains(&name.as_str())));
            formats = formats.saturating_sub(usize::from(FORMATTING.contains(&name.as_str())));
        } else {
            elements += 1 + formats;
            depth += usize::from(!CLOSED_BY_NEXT.contains(&name.as_str()));
            formats += usize::from(FORMATTING.contains(&name.as_str()));
            if let Some(raw) = RAW.iter().position(|r| *r == name).filter(|&raw| !unclosed[raw]) {
                match find_end(bytes, at, RAW[raw]) {
                    Some(end) => {
                        at = end;
                        depth -= 1;
                    }
                    None => unclosed[raw] = true,
                }
            }
        }
        if depth > DEEPEST {
            return Err(format!("more than {DEEPEST} elements inside one another"));
        }
        if elements > MOST {
            return Err(format!("more than {MOST} elements"));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|&b| b == byte).map(|at| from + at)
}

/// Where `</name` ends.
fn find_end(bytes: &[u8], from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = find(bytes, at, b'<') {
        let rest = &bytes[found + 1..];
        if rest.first() == Some(&b'/') && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(found + 2 + name.len());
        }
        at = found + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass() {
        let rows = "<tr><td>خلية<td>خلية".repeat(5_000);
        let list = "<li>بند".repeat(5_000);
        let script = "<script>if (a<b && c<d) { x('<div>') }</script>".repeat(1_000);
        let comments = "<!-- <div><div> -->".repeat(1_000);
        let paragraphs = "<p>نص <b>مهم</b><br>".repeat(5_000);
        for page in [&rows, &list, &script, &comments, &paragraphs, "a < b < c", "<", "</", "<!--", "<script>", ""] {
            assert_eq!(check(page), Ok(()), "{}", &page[..page.floor_char_boundary(60)]);
        }
    }

    #[test]
    fn what_would_cost_a_parser_dear_is_refused() {
        for page in [
            "<div>".repeat(100_000),
            "<b>".repeat(1_000),
            format!("{}{}", "<font size=1>".repeat(300), "<p>".repeat(10_000)),
            "<span>".repeat(500) + "</b>",
            "<DIV\n>".repeat(1_000),
            "<p>".repeat(300_000),
            "<!-- -->".repeat(10) + &"<section>".repeat(1_000),
        ] {
            assert!(check(&page).is_err(), "{}", &page[..40]);
        }
    }

    #[test]
    fn ends_that_are_nowhere_are_looked_for_once() {
        for page in ["<script>".repeat(40_000), "<!--".repeat(80_000), "<textarea><style>".repeat(20_000)] {
            let _ = check(&page);
        }
    }
}
