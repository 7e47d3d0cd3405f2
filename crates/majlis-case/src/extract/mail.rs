//! E-mail.

use super::{About, Extract, html, named};
use crate::ingest::Defaults;
use jiff::civil::Date;
use mail_parser::{Address, MessageParser, PartType};

/// The words of a message: its plain part, else the text of its HTML part. Who sends it publishes it.
pub(super) fn document(id: &str, bytes: &[u8], defaults: &Defaults) -> Result<Extract, String> {
    let message = MessageParser::default().parse(bytes).ok_or("not an e-mail")?;
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    let text = match plain.filter(|text| !text.is_empty()) {
        Some(text) => text,
        None => message
            .html_bodies()
            .find_map(|part| match &part.body {
                PartType::Html(markup) => Some(html::fragment(markup)),
                _ => None,
            })
            .ok_or("an e-mail without text")??,
    };
    let about = About {
        title: message.subject().map(str::to_owned),
        outlet: message.from().and_then(Address::first).and_then(|from| from.name().or(from.address())).map(str::to_owned),
        published: message.date().and_then(|at| Date::new(at.year.try_into().ok()?, at.month.try_into().ok()?, at.day.try_into().ok()?).ok()),
    };
    Ok(Extract { id: message.message_id().map(str::to_owned), ..named(id, text, about, defaults)? })
}
