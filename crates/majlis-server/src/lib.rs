//! One case as a local site: pages in Arabic and English that work without JavaScript, and a REST API of the same.
//!
//! Architecture invariants: nothing is computed here; what pages and API show comes from the case, the brief and the models. No page asks for
//! anything from another address, and none holds a script or a style of its own. SQLite blocks, so it runs on threads of its own: a few readers,
//! one writer. A page is a function of the case, its address and the language: pages are kept until the case changes.

mod access;
mod adding;
mod api;
mod app;
mod assets;
mod failure;
mod forecast;
mod guard;
mod jobs;
mod kept;
mod listing;
mod pages;
mod serve;
mod store;
mod told;
mod words;

pub use access::{Access, hash_password};
pub use app::{App, Config};
pub use failure::Failure;
pub use serve::{Announced, router, serve};
