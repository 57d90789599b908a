//! The program: argv → exit code.
//!
//! One file a verb in `verb/`, what people see in `render/`. Data goes to standard output, all
//! else to standard error; text from articles is escaped before a terminal sees it.

mod args;
mod articles;
mod bulk;
mod byfile;
mod entry;
mod error;
mod event;
mod exit;
mod files;
mod filter;
mod known;
mod log;
mod memory;
mod metadata;
mod reference;
mod render;
mod sanitize;
mod signing;
mod source;
mod statement;
mod ui;
mod verb;
mod workspace;
mod world;

pub use args::command;
pub use entry::run;
