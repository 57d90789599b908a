//! What was found on a page → blocks in reading order, with what is known of each.

use super::blocks::Run;
use super::byline::Shown;
use super::headline::Headline;
use super::name;
use super::reading;
use super::tag::Tag;
use super::tree::{Id, Key, Tree};
use crate::article::document::{Block, Mark};

/// How many blocks at the text's start and end may be credits: those are left for the article to
/// place. All others are its body.
const HEAD: usize = 2;
const TAIL: usize = 6;

/// The longest line between headline and byline that is no part of the text, in letters.
const MAX_OVER: usize = 120;

/// The parts of an article as they were found.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    pub(super) headline: Option<Headline>,
    /// The lines of credits before the text, and after it.
    pub(super) bylines: Vec<Shown>,
    pub(super) tail: Vec<Shown>,
    /// The runs of the text, by number.
    pub(super) body: Vec<(usize, &'a Run)>,
    /// The text as the page's data repeat it.
    pub(super) text: Option<String>,
    /// Whom the page's head or data name.
    pub(super) known: &'a [String],
    /// What the site is called.
    pub(super) sites: &'a [String],
}

impl Parts<'_> {
    /// The blocks: headline, lines of credits, text, lines of credits after it.
    pub(super) fn lay_out(&self, tree: &Tree, runs: &[Run]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut push = |text: String, mark| blocks.push(Block { text, mark });
        if let Some(headline) = &self.headline {
            push(headline.text.clone(), Some(Mark::Headline));
        }
        let sites_named = |shown: &Shown| name::is_site(&shown.text, self.sites);
        let others: Vec<&str> = self.known.iter().map(String::as_str).collect();
        for shown in self.bylines.iter().filter(|shown| !sites_named(shown)) {
            let text = reading::without_affiliations(&shown.text, self.known);
            push(name::recase(&text, runs, &others), Some(Mark::Byline));
        }
        let texts: Vec<&Run> = self
            .body
            .iter()
            .filter(|(number, run)| !self.is_byline(*number) && !self.is_over(*number, run))
            .map(|(_, run)| *run)
            .collect();
        let count = texts.len();
        let is_unsigned = self.known.is_empty() && self.bylines.is_empty();
        for (number, run) in texts.into_iter().enumerate() {
            let is_middle = number >= HEAD && number + TAIL < count;
            let is_last = number + 2 >= count && reading::may_sign(&run.text);
            let is_body =
                is_middle || run.tag.is_heading() || !(is_last || reading::may_credit(&run.text));
            let is_signature = is_last && !is_body && is_unsigned && stands_out(tree, run);
            let mark = is_signature.then_some(Mark::Byline).or(is_body.then_some(Mark::Body));
            push(run.text.clone(), mark);
        }
        if count == 0 {
            // A page that a script fills: its data have the text.
            let lines = self.text.as_deref().unwrap_or_default().lines();
            for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
                push(line.to_owned(), None);
            }
        }
        for shown in self.tail.iter().filter(|shown| !sites_named(shown)) {
            let mark = (!shown.by_phrase).then_some(Mark::Byline);
            push(name::recase(&shown.text, runs, &others), mark);
        }
        blocks
    }

    fn is_byline(&self, number: usize) -> bool {
        self.bylines.iter().any(|shown| shown.runs.0 <= number && number < shown.runs.1)
    }

    /// Whether a line stands under the headline and over the byline: it is about the article.
    fn is_over(&self, number: usize, run: &Run) -> bool {
        let Some(headline) = self.headline.as_ref().and_then(|headline| headline.run) else {
            return false;
        };
        let lines = self.bylines.iter().map(|shown| shown.runs.0);
        headline < number
            && lines.filter(|at| headline < *at).min().is_some_and(|at| number < at)
            && (run.tag.is_heading() || (run.length <= MAX_OVER && !reading::ends(&run.text)))
    }
}

/// Whether a whole run is bold, slanted or on the far side of the page, as signatures are.
fn stands_out(tree: &Tree, run: &Run) -> bool {
    let right = ["text-align:right", "text-align: right"];
    let style = tree.get(run.within, Key::Style).unwrap_or_default().to_ascii_lowercase();
    let class = tree.get(run.within, Key::Class).unwrap_or_default().to_ascii_lowercase();
    let wraps = |id: Id, tag: Tag| {
        matches!(tag, Tag::B | Tag::Strong | Tag::Em | Tag::I) && tree.text_of(id) == run.text
    };
    right.iter().any(|one| style.contains(one))
        || class.split_ascii_whitespace().any(|one| one.contains("right"))
        || tree.elements_in(run.within, tree.end(run.within)).any(|(id, tag)| wraps(id, tag))
}
