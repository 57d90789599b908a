//! An audit as one page: verdict, findings by what is to be done, each article's chain, figures and the
//! records behind them.
//!
//! The page needs nothing beside it: no script, no picture, no font, and its policy
//! (`Content-Security-Policy`) lets it load nothing; its one style sheet is allowed by its digest. Text
//! from articles is escaped, isolated in its direction, and marked with its language where that is
//! known. The same log, settings and clock give the same bytes.
//!
//! However long the log, the page stays short: [`page`] has the limits and says on the page what is
//! left out. Everything is in `--format ndjson` and `siglum export ndjson`.

pub mod chart;
pub mod evidence;
pub mod figures;
pub mod findings;
pub mod markup;
pub mod page;
pub mod timeline;
