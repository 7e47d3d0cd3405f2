//! The publication date, where a document does not carry one and its text allows it.

use crate::reading::Why;
use crate::scan::Scan;
use crate::times;
use jiff::civil::Date;
use majlis_text::Point;

/// How much of the text may hold a dateline, in tokens.
const DATELINE: u32 = 40;

/// The day that the text itself gives as its own: a full date in its first words. A date deeper in the text is what the text
/// speaks of, not when it was written, so it tells nothing.
pub(crate) fn infer(scan: &Scan<'_>) -> Option<(Date, Why)> {
    let first =
        times::find(scan, None).into_iter().find(|t| t.last <= DATELINE && matches!(t.time.value.map(|v| (v.from, v.to)), Some((Point::Day(_), None))))?;
    Some((first.time.value?.first(), Why::rule("published/dateline")))
}
