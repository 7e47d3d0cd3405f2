//! A number that is not known exactly: low, mode, high.

use crate::error::{Error, Result, number};
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// A triangular distribution. In files a plain number, or `[low, mode, high]`.
// Invariant: finite, low <= mode <= high.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Range {
    low: f64,
    mode: f64,
    high: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a number or [low, mode, high]")]
enum Written {
    Point(f64),
    Triple([f64; 3]),
}

impl Range {
    /// All of a whole: the point 100.
    pub const FULL: Self = Self { low: 100.0, mode: 100.0, high: 100.0 };

    /// The point 0.
    pub const ZERO: Self = Self { low: 0.0, mode: 0.0, high: 0.0 };

    /// The range from `low` over `mode` to `high`.
    ///
    /// # Errors
    /// If a bound is not finite, or they are not in order.
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self> {
        for (key, value) in [("low", low), ("mode", mode), ("high", high)] {
            number(key, value, f64::NEG_INFINITY, f64::INFINITY)?;
        }
        if low <= mode && mode <= high {
            return Ok(Self { low, mode, high });
        }
        Err(Error::new("", format!("low, mode and high must be in order, are {low}, {mode}, {high}")))
    }

    /// A number known exactly.
    ///
    /// # Errors
    /// If it is not finite.
    pub fn point(value: f64) -> Result<Self> {
        Self::new(value, value, value)
    }

    /// The lowest value.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The likeliest value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        self.mode
    }

    /// The highest value.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// Whether the number is known exactly.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// The value below which a share `u` of the distribution lies; `u` is held to 0–1.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        let (u, width) = (u.clamp(0.0, 1.0), self.high - self.low);
        if width <= 0.0 {
            return self.mode;
        }
        let value = if u * width < self.mode - self.low {
            self.low + (u * width * (self.mode - self.low)).sqrt()
        } else {
            self.high - ((1.0 - u) * width * (self.high - self.mode)).sqrt()
        };
        value.clamp(self.low, self.high)
    }

    /// One draw. A point takes one number from the stream too, so that narrowing one range leaves the draws of the others alone.
    pub fn draw(&self, rng: &mut impl Rng) -> f64 {
        self.quantile(rng.random())
    }

    /// The same range if it lies between `least` and `greatest`.
    ///
    /// # Errors
    /// Names `key` and the bounds.
    pub fn between(self, key: &str, least: f64, greatest: f64) -> Result<Self> {
        number(key, self.low, least, greatest)?;
        number(key, self.high, least, greatest)?;
        Ok(self)
    }
}

impl std::str::FromStr for Range {
    type Err = Error;

    /// A number, or `low..mode..high`.
    fn from_str(text: &str) -> Result<Self> {
        let numbers: Option<Vec<f64>> = text.split("..").map(|n| n.trim().parse().ok()).collect();
        match numbers.as_deref() {
            Some([value]) => Self::point(*value),
            Some([low, mode, high]) => Self::new(*low, *mode, *high),
            _ => Err(Error::new("", format!("expected a number or low..mode..high, found {text:?}"))),
        }
    }
}

impl TryFrom<Written> for Range {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        match written {
            Written::Point(value) => Self::point(value),
            Written::Triple([low, mode, high]) => Self::new(low, mode, high),
        }
    }
}

impl From<Range> for Written {
    fn from(range: Range) -> Self {
        if range.is_point() { Self::Point(range.mode) } else { Self::Triple([range.low, range.mode, range.high]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_out_of_order_or_not_finite_is_refused() {
        assert!(Range::new(2.0, 1.0, 3.0).is_err());
        assert!(Range::new(0.0, f64::NAN, 3.0).is_err());
        assert!(Range::point(f64::INFINITY).is_err());
    }

    #[test]
    fn ranges_are_read_as_they_are_typed() {
        let read = |text: &str| text.parse::<Range>();
        assert_eq!(read("70"), Range::point(70.0));
        assert_eq!(read("60 .. 70..90.5"), Range::new(60.0, 70.0, 90.5));
        for wrong in ["", "70..80", "60..x..90", "90..70..60", "nan", "1..2..3..4", "inf"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_median_of_a_symmetric_range_is_its_mode() {
        assert_eq!(Range::new(0.0, 5.0, 10.0).unwrap().quantile(0.5), 5.0);
    }

    proptest! {
        #[test]
        fn quantiles_rise_and_stay_inside(mut x in proptest::array::uniform3(-1e6..1e6f64), u in 0.0..1.0f64, v in 0.0..1.0f64) {
            x.sort_by(f64::total_cmp);
            let range = Range::new(x[0], x[1], x[2]).unwrap();
            let (a, b) = (range.quantile(u.min(v)), range.quantile(u.max(v)));
            prop_assert!(range.low() <= a && a <= b && b <= range.high());
        }
    }
}
