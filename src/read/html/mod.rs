//! HTML: pages of the web, whole or in part.
//!
//! The way of a page: [`charset`](self) decodes it, `build` makes its tree and refuses what is too
//! deep or large on the way, `blocks` cuts the tree into runs of text, `marks` says which can't be
//! the article's, `region` finds the part that holds the article, `body` the runs of it.
//! Beside that `jsonld`, `meta` and `facts` gather what the page says of itself, `headline` and
//! `byline` find these lines, and [`page`] puts it together.
//!
//! Nothing here knows a site. What a page calls its own parts counts (`words`), then how much text
//! stands where, and how much of it is links; data that repeat the article's text confirm it.
//! Everything takes time linear in the page, and no function calls itself on nested elements.

mod blocks;
mod body;
mod build;
mod byline;
mod charset;
mod echo;
mod facts;
mod headline;
mod jsonld;
mod labels;
mod layout;
mod marks;
mod meta;
mod name;
mod parts;
mod reading;
mod region;
mod tag;
mod tree;
mod words;

pub mod limits;
pub mod page;
