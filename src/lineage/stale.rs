//! Whether a translation still says what its source says.
//!
//! A version of a translation was made, or last reviewed in full, against one version of its
//! source. It is *stale* if a later version of the source changed something substantive, even if
//! that was changed back since: what readers of the source were told in between, readers of the
//! translation were not. It is as fresh again once it is reviewed against the newer version, or
//! a new version of it is made from that. Typography never makes it stale.

use super::basis::{self, Basis};
use super::counterpart::{self, Places};
use super::graph::{Article, Entry, Graph, Version};
use super::review;
use crate::compare::change::{self, Weighed, Weight};
use crate::compare::difference::{self, Known, Paragraph};
use crate::record::event::ReviewKind;
use crate::record::fields::{Record, TextDigests};
use crate::text::digest::Digest;
use crate::text::profile::Text;
use crate::text::vocabulary::vocabulary;

/// Gives the body with a digest, where it is kept.
pub type Texts<'t> = dyn Fn(&Digest) -> Option<String> + Sync + 't;

vocabulary! {
    /// How a translation stands to its source, from best to worst.
    Freshness, "freshness", {
        /// The source is as it was, or differs in typography only.
        Fresh = "fresh",
        /// The source changed, in nothing substantive.
        Minor = "minor",
        /// The source changed, and it is known or can't be excluded that something substantive did.
        Stale = "stale",
        /// The source is outside this log, where nothing is known of later versions.
        NotChecked = "not_checked",
    }
}

/// How a version of a translation stands to one of its sources.
#[derive(Debug, Clone)]
pub struct Staleness<'a> {
    /// What it was made from, as its recorder says.
    pub basis: Basis<'a>,
    /// The version of the source that it was made from, or last reviewed in full against.
    pub against: Option<Version<'a>>,
    /// The review that moved that on, where one did.
    pub review: Option<&'a Entry>,
    /// How it stands.
    pub freshness: Freshness,
    /// The later version of the source that differs most.
    pub newer: Option<Version<'a>>,
    /// Whether the newest version of the source says again what `against` said.
    pub restored: bool,
    /// The headline's change, where it changed.
    pub headline: Option<Weighed>,
    /// The source's paragraphs that changed.
    pub changes: Vec<Changed>,
}

/// A paragraph of the source that changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// How.
    pub paragraph: Paragraph,
    /// The paragraphs of the translation that say what it said, numbered from 1, where position
    /// and length tell.
    pub in_translation: Option<Places>,
}

impl Changed {
    /// Whether something substantive changed. What can't be weighed, because a text is not kept,
    /// may be.
    pub fn may_be_substantive(&self) -> bool {
        self.paragraph.weighed.as_ref().is_none_or(|w| w.weight == Weight::Substantive)
    }
}

/// How a version of an article stands to each of its sources.
pub fn of<'a>(
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
    texts: &Texts<'_>,
) -> Vec<Staleness<'a>> {
    let bases = basis::of(graph, article, version);
    bases.into_iter().map(|basis| stand(graph, article, version, basis, texts)).collect()
}

fn stand<'a>(
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
    basis: Basis<'a>,
    texts: &Texts<'_>,
) -> Staleness<'a> {
    let mut staleness = Staleness {
        basis,
        against: None,
        review: None,
        freshness: Freshness::NotChecked,
        newer: None,
        restored: false,
        headline: None,
        changes: Vec::new(),
    };
    let Some((source, mut against)) = basis.version else { return staleness };
    for reviewed in review::of(graph, article, version) {
        let fit = reviewed.validity != review::Validity::Rejected;
        let bound = Some(reviewed.review.body) == version.body();
        let newer = reviewed
            .against
            .filter(|(other, newer)| other.id() == source.id() && newer.number > against.number);
        if let (true, true, Some((_, newer))) = (fit, bound, newer)
            && covers(reviewed.review.kind, against, newer, texts)
        {
            (against, staleness.review) = (newer, Some(reviewed.entry));
        }
    }
    staleness.against = Some(against);
    staleness.freshness = Freshness::Fresh;
    let later = source.versions().into_iter().filter(|later| later.number > against.number);
    for later in later.filter(|later| differs(against.record, later.record)) {
        let (headline, paragraphs) = changes(against.record, later.record, texts);
        let substantive = |weighed: &Weighed| weighed.weight == Weight::Substantive;
        let changes: Vec<Changed> = paragraphs
            .into_iter()
            .map(|paragraph| Changed { paragraph, in_translation: None })
            .collect();
        let stale = headline.as_ref().is_some_and(substantive)
            || changes.iter().any(Changed::may_be_substantive);
        let freshness = if stale { Freshness::Stale } else { Freshness::Minor };
        if freshness >= staleness.freshness {
            staleness = Staleness { freshness, newer: Some(later), headline, changes, ..staleness };
        }
    }
    let newest = source.newest().filter(|_| staleness.newer.is_some());
    staleness.restored = newest.is_some_and(|newest| !differs(against.record, newest.record));
    counterpart::find(&mut staleness.changes, against.record, version.record, texts);
    staleness
}

/// Whether a review of a kind covers what changed in the source from one version to another: one
/// of everything does, one of the numbers where nothing but numbers changed, one of the spelling
/// never.
fn covers(kind: ReviewKind, from: Version<'_>, to: Version<'_>, texts: &Texts<'_>) -> bool {
    match kind {
        ReviewKind::Full => true,
        ReviewKind::Spelling => false,
        ReviewKind::Numbers => {
            let (headline, paragraphs) = changes(from.record, to.record, texts);
            let weighed = paragraphs.iter().map(|paragraph| paragraph.weighed.as_ref());
            headline.iter().map(Some).chain(weighed).all(|weighed| {
                weighed.is_some_and(|weighed| {
                    weighed.signals.iter().all(|signal| signal.sign == change::Sign::Number)
                })
            })
        }
    }
}

/// Whether two versions differ in headline or body beyond typography.
fn differs(old: &Record, new: &Record) -> bool {
    let loose = |record: &Record| record.text.as_ref().map(|text| text.body_loose);
    let headline = |record: &Record| {
        let text = Text::new(record.headline.as_deref().unwrap_or_default());
        (crate::text::loose::digest(&text), record.headline_sealed)
    };
    loose(old) != loose(new) || headline(old) != headline(new)
}

/// How the headline and the paragraphs of two versions differ.
fn changes(old: &Record, new: &Record, texts: &Texts<'_>) -> (Option<Weighed>, Vec<Paragraph>) {
    let language = new.language.as_ref();
    let text = |text: &Option<String>| Text::new(text.as_deref().unwrap_or_default());
    let (before, after) = (text(&old.headline), text(&new.headline));
    let headline =
        (before != after).then(|| change::weigh(before.as_str(), after.as_str(), language));
    let (Some(old), Some(new)) = (&old.text, &new.text) else { return (headline, Vec::new()) };
    let (old_text, new_text) = (kept(old, texts), kept(new, texts));
    let (old, new) = (old.by_paragraph(), new.by_paragraph());
    let paragraphs = difference::between(
        Known { paragraphs: &old, text: old_text.as_ref() },
        Known { paragraphs: &new, text: new_text.as_ref() },
        language,
    );
    (headline, paragraphs)
}

/// A version's body, where it is kept.
pub(super) fn kept(digests: &TextDigests, texts: &Texts<'_>) -> Option<Text> {
    texts(&digests.body).map(|body| Text::new(&body))
}
