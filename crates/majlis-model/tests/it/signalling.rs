#![allow(clippy::unwrap_used)]

mod crisis;
mod extensive;
mod normal_form;
