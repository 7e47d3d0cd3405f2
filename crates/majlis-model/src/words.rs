//! Probability words of Intelligence Community Directive 203 (2015), in its first family of terms.

use serde::Serialize;

/// A band of likelihood.
///
/// The directive's bands share their endpoints; a shared endpoint goes to the outer band, the one farther from even: 20 % is
/// very unlikely, 80 % very likely, 45 % unlikely, 55 % likely. Below 1 % and above 99 % the outermost words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// 1–5 %.
    AlmostNoChance,
    /// 5–20 %.
    VeryUnlikely,
    /// 20–45 %.
    Unlikely,
    /// 45–55 %.
    RoughlyEven,
    /// 55–80 %.
    Likely,
    /// 80–95 %.
    VeryLikely,
    /// 95–99 %.
    AlmostCertain,
}

impl Likelihood {
    /// The band of a probability from 0 to 1; `None` outside that or for NaN.
    #[must_use]
    pub fn of(probability: f64) -> Option<Self> {
        Some(match probability {
            p if !(0.0..=1.0).contains(&p) => return None,
            p if p <= 0.05 => Self::AlmostNoChance,
            p if p <= 0.20 => Self::VeryUnlikely,
            p if p <= 0.45 => Self::Unlikely,
            p if p < 0.55 => Self::RoughlyEven,
            p if p < 0.80 => Self::Likely,
            p if p < 0.95 => Self::VeryLikely,
            _ => Self::AlmostCertain,
        })
    }

    /// The words in English.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost no chance",
            Self::VeryUnlikely => "very unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEven => "roughly even chance",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// The words in Arabic.
    #[must_use]
    pub fn arabic(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "شبه مستحيل",
            Self::VeryUnlikely => "مستبعد جداً",
            Self::Unlikely => "مستبعد",
            Self::RoughlyEven => "الاحتمالان متقاربان",
            Self::Likely => "مرجَّح",
            Self::VeryLikely => "مرجَّح جداً",
            Self::AlmostCertain => "شبه مؤكد",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Likelihood::{self, *};

    #[test]
    fn shared_endpoints_go_to_the_outer_band() {
        let bands = [0.0, 0.01, 0.05, 0.06, 0.2, 0.21, 0.45, 0.46, 0.5, 0.54, 0.55, 0.79, 0.8, 0.94, 0.95, 0.99, 1.0].map(|p| Likelihood::of(p).unwrap());
        let outer = [
            AlmostNoChance,
            AlmostNoChance,
            AlmostNoChance,
            VeryUnlikely,
            VeryUnlikely,
            Unlikely,
            Unlikely,
            RoughlyEven,
            RoughlyEven,
            RoughlyEven,
            Likely,
            Likely,
            VeryLikely,
            VeryLikely,
            AlmostCertain,
            AlmostCertain,
            AlmostCertain,
        ];
        assert_eq!(bands, outer);
    }

    #[test]
    fn what_is_no_probability_has_no_word() {
        assert!([-0.1, 1.1, f64::NAN].iter().all(|p| Likelihood::of(*p).is_none()));
    }
}
