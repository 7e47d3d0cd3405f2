//! Days in a file: TOML's own dates, or strings.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error};

#[derive(Deserialize)]
#[serde(untagged, expecting = "a day, such as 2021-03-24")]
enum Written {
    Toml(toml::value::Datetime),
    Text(String),
}

impl Written {
    fn parse(self) -> Result<Date, String> {
        let text = match self {
            Self::Toml(date) => date.to_string(),
            Self::Text(text) => text,
        };
        text.parse().map_err(|_| format!("expected a day, such as 2021-03-24, found {text}"))
    }
}

pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    Written::deserialize(from)?.parse().map_err(D::Error::custom)
}

pub(super) fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    Option::<Written>::deserialize(from)?.map(|w| w.parse().map_err(D::Error::custom)).transpose()
}

pub(super) fn days<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Date>, D::Error> {
    Vec::<Written>::deserialize(from)?.into_iter().map(|w| w.parse().map_err(D::Error::custom)).collect()
}
