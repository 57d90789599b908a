//! HTML: pages of the web, whole or in part.
//!
//! The way of a page, on which [`page`] leads it:
//!
//! 1. `charset` decodes it; `build` makes its tree (`tree`, `tag`) and refuses what is too deep or
//!    large on the way ([`limits`]); `blocks` cuts the tree into runs of text, a paragraph each.
//! 2. `jsonld` and `meta` read what the page says of itself, and `facts` makes claims of it; `name`
//!    takes out of them what is nobody's name.
//! 3. `headline` finds that line. `marks` says which runs can't be the article's (`words`, from the
//!    lists in `parts`), `echo` which the data repeat, `region` finds the part that holds the
//!    article, `body` the runs of it, without `labels`.
//! 4. `byline` finds the lines of credits around the text, asking the credit parser (`reading`).
//! 5. `layout` makes blocks of all that.
//!
//! Fragments in other formats are read by [`super::markup`], which builds no tree.
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
