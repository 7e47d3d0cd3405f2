#![allow(clippy::unwrap_used)]

mod hawkes;
mod survival;
