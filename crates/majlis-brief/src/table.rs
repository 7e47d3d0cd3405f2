//! Rows of the crate's own data files: tab-separated, `#` comments, one header line.

/// The rows after the header, each cut at tabs.
pub(crate) fn rows<const N: usize>(text: &str) -> impl Iterator<Item = [&str; N]> {
    text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1).map(|line| {
        let mut cells = [""; N];
        for (cell, value) in cells.iter_mut().zip(line.split('\t')) {
            *cell = value.trim();
        }
        cells
    })
}
