//! The one error of the crate: which value is at fault, where it stands, and what is wrong with it.

/// A value that a model cannot use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// File and line, where the value came from a file.
    pub place: Option<Place>,
    /// The key of the value: a path into the input, such as `actor[2].salience`.
    pub key: String,
    /// What is wrong, as a clause: `must lie between 0 and 1, is 7`.
    pub problem: String,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.problem)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What every fallible function of the crate returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A fault in the value at `key`.
    pub fn new(key: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: None, key: key.into(), problem: problem.into() }
    }

    /// The same fault, seen from outside: `salience` within `actor[2]` is `actor[2].salience`.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.key = match self.key.as_str() {
            "" => outer.to_owned(),
            key if key.starts_with('[') => format!("{outer}{key}"),
            key => format!("{outer}.{key}"),
        };
        self
    }
}

/// `value`, if it is a number from `least` to `greatest`; an infinite bound leaves that side open, NaN is always refused.
///
/// # Errors
/// Names `key` and the bounds.
pub fn number(key: &str, value: f64, least: f64, greatest: f64) -> Result<f64> {
    if value.is_finite() && value >= least && value <= greatest {
        return Ok(value);
    }
    let bound = |x: f64| if x.abs() < 1e15 { x.to_string() } else { format!("{x:e}") };
    let bounds = match (least.is_finite(), greatest.is_finite()) {
        (true, true) => format!("must lie between {} and {}", bound(least), bound(greatest)),
        (true, false) => format!("must be {} or more", bound(least)),
        (false, true) => format!("must be {} or less", bound(greatest)),
        (false, false) => "must be a finite number".to_owned(),
    };
    Err(Error::new(key, format!("{bounds}, is {value}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_from_file_to_fault() {
        let mut error = Error::new("salience", "must lie between 0 and 100, is 120").within("[2]").within("actor");
        assert_eq!(error.to_string(), "actor[2].salience: must lie between 0 and 100, is 120");
        error.place = Some(Place { file: "iraq.toml".into(), line: 7 });
        assert_eq!(error.to_string(), "iraq.toml:7: actor[2].salience: must lie between 0 and 100, is 120");
    }

    #[test]
    fn no_number_escapes_its_bounds() {
        assert!(number("x", f64::NAN, f64::NEG_INFINITY, f64::INFINITY).is_err());
        assert!(number("x", f64::INFINITY, 0.0, f64::INFINITY).is_err());
        assert_eq!(number("x", -1.0, 0.0, f64::INFINITY).unwrap_err().to_string(), "x: must be 0 or more, is -1");
        assert_eq!(number("x", 1.0, 0.0, 1.0), Ok(1.0));
    }
}
