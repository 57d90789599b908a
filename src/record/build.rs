//! Article → record: what was read, with what the recorder states beside it.

use super::credit::{Credit, CreditLine};
use super::event::{Event, Origin, Standing};
use super::fields::{Record, TextDigests};
use super::source::{Machine, Source};
use super::time::Timestamp;
use crate::article::assemble::Article;
use crate::article::reconcile::{Found, From};
use crate::credit::lexicon::{Lexicon, PARSER_VERSION};
use crate::credit::role::{Kind, Role};
use crate::text::digest::Digest;
use crate::text::loose;
use crate::text::paragraphs::Paragraphs;
use crate::text::profile::{self, Text};
use crate::text::span::Span;

/// What the recorder states of an article, beside its text.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The article's id.
    pub article: String,
    /// Whose text it is.
    pub standing: Standing,
    /// When the record is made.
    pub recorded: Timestamp,
    /// Who records.
    pub recorded_by: Option<String>,
    /// Who published the text.
    pub publisher: Option<String>,
    /// Who holds editorial responsibility.
    pub responsible: Option<String>,
    /// Where an observed text was seen.
    pub observed_url: Option<String>,
    /// When it was published, as the article states it.
    pub published: Option<String>,
    /// When it was last changed, as the article states it.
    pub modified: Option<String>,
    /// The caller's id of the request.
    pub request: Option<String>,
    /// Other ids.
    pub aliases: Vec<String>,
    /// What ties language versions together.
    pub story: Option<String>,
    /// What the recorder has to say.
    pub note: Option<String>,
    /// What the text was translated from.
    pub translation_of: Vec<Source>,
    /// The machine that made it.
    pub machines: Vec<Machine>,
    /// Credits that the recorder gives.
    pub credits: Vec<Credit>,
}

impl Stated {
    /// An article's id and standing and the time of the record, and nothing else.
    pub fn new(article: impl Into<String>, standing: Standing, recorded: Timestamp) -> Self {
        Self {
            article: article.into(),
            standing,
            recorded,
            recorded_by: None,
            publisher: None,
            responsible: None,
            observed_url: None,
            published: None,
            modified: None,
            request: None,
            aliases: Vec::new(),
            story: None,
            note: None,
            translation_of: Vec::new(),
            machines: Vec::new(),
            credits: Vec::new(),
        }
    }
}

/// The digests of an article's text, whose bytes are `raw`: most of the work of a record, and none
/// that anybody's statement changes.
pub fn digests(article: &Article, raw: &[u8]) -> TextDigests {
    let body = article.body();
    let paragraphs = Paragraphs::of(&body);
    TextDigests {
        profile: profile::NAME.to_owned(),
        raw: Digest::of_bytes(raw),
        whole: article.whole.digest(),
        whole_loose: loose::digest(&article.whole),
        headline: headline(article).as_ref().map(Text::digest),
        body: body.digest(),
        body_loose: loose::digest(&body),
        paragraph_count: number(paragraphs.count()),
        paragraphs: paragraphs.digests().to_vec(),
    }
}

fn headline(article: &Article) -> Option<Text> {
    article.headline.as_deref().map(Text::new).filter(|text| !text.is_empty())
}

/// Makes the record of an article's version. `event` and `previous` are those of a first record
/// until [`Record::follows`] says otherwise.
pub fn build(article: &Article, raw: &[u8], lexicon: &Lexicon, stated: Stated) -> Record {
    build_with(article, digests(article, raw), lexicon, stated)
}

/// The same with the [`digests`] of its text.
pub fn build_with(
    article: &Article,
    text: TextDigests,
    lexicon: &Lexicon,
    stated: Stated,
) -> Record {
    let mut record = Record::new(Event::Published, stated.recorded);
    record.origin =
        Some(origin(article, &stated.translation_of, &stated.machines, stated.standing));
    record.standing = Some(stated.standing);
    record.recorded_by = stated.recorded_by;
    record.publisher = stated.publisher;
    record.provider = article.dateline.as_ref().and_then(|dateline| dateline.agency.clone());
    record.responsible = stated.responsible;
    if stated.standing == Standing::Observed {
        record.observed_at = Some(record.recorded.clone());
    }
    record.observed_url = stated.observed_url;
    record.published = stated.published;
    record.modified = stated.modified;
    record.request = stated.request;
    record.article = Some(stated.article);
    record.aliases = stated.aliases;
    record.aliases.sort_unstable();
    record.aliases.dedup();
    record.story = stated.story;
    record.language.clone_from(&article.language);
    record.text = Some(text);
    record.headline = headline(article).map(|text| text.as_str().to_owned());
    record.dateline = article.dateline.as_ref().map(|dateline| dateline.text.clone());
    record.byline = article.byline.as_ref().map(|byline| byline.text.clone());
    record.advisory.clone_from(&article.advisory);
    record.note = stated.note;
    record.reader = Some(article.reader.name.to_owned());
    record.reader_version = Some(article.reader.version);
    record.reader_settings.clone_from(&article.reader.settings);
    record.encoding = Some(article.reader.encoding.clone());
    record.credit_parser = Some(PARSER_VERSION);
    record.lexicon = Some(Digest::from_bytes(lexicon.digest()));
    record.credit_lines = article
        .credit_lines
        .iter()
        .map(|line| CreditLine { text: Some(line.text.clone()), text_sealed: None })
        .collect();
    record.credits = article.credits.iter().map(credit).collect();
    for given in stated.credits {
        let have = record.credits.iter().any(|c| c.role == given.role && c.name == given.name);
        if !have {
            record.credits.push(given);
        }
    }
    let cited = article.sources.iter().map(|source| Source {
        // A bare link is its own label: only sources that the recorder states have none.
        label: Some(source.label.clone())
            .filter(|label| !label.is_empty())
            .or_else(|| source.target.clone()),
        target: source.target.clone(),
        ..Source::default()
    });
    record.sources = stated.translation_of.into_iter().chain(cited).collect();
    let seen = article.machines.iter().map(|m| Machine { tool: m.tool.clone(), version: None });
    record.machines = stated.machines;
    for machine in seen {
        if !record.machines.iter().any(|have| have.tool == machine.tool) {
            record.machines.push(machine);
        }
    }
    record
}

/// What the article's own words and the recorder's say of where its text comes from.
///
/// Never a guess: a translator of this language version, a source given by the recorder or a
/// machine make a translation; signs of another language version or of a source leave it unknown;
/// only a text of our own without any such sign is an original.
fn origin(
    article: &Article,
    translation_of: &[Source],
    machines: &[Machine],
    standing: Standing,
) -> Origin {
    let mut translators = article.credits.iter().filter(|f| f.credit.role == Role::Translator);
    let of_this = translators.clone().any(|found| {
        match (&found.credit.language, &article.language) {
            (Some(version), Some(text)) => version.same_language(text),
            // The line names no version: it speaks of the text that it stands under.
            _ => true,
        }
    });
    let machine = !machines.is_empty()
        || article.machines.iter().any(|machine| machine.role == Role::Translator);
    if of_this || machine || !translation_of.is_empty() {
        Origin::Translation
    } else if translators.next().is_some()
        || !article.sources.is_empty()
        || standing != Standing::Own
    {
        Origin::Unknown
    } else {
        Origin::Original
    }
}

fn credit(found: &Found) -> Credit {
    let credit = &found.credit;
    let visible = matches!(found.from, From::Line | From::Byline);
    Credit {
        role: credit.role,
        name: Some(credit.name.clone()),
        name_sealed: None,
        kind: credit.kind,
        initials: credit.initials,
        place: credit.place.clone(),
        language: credit.language.clone(),
        source_language: credit.source_language.clone(),
        from: found.from,
        line: found.line.map(|line| number(line + 1)),
        name_span: visible.then(|| span(credit.name_span)),
        phrase_span: credit.phrase_span.filter(|_| visible).map(span),
    }
}

/// A credit given by the recorder.
pub fn operator_credit(role: Role, name: String, kind: Kind) -> Credit {
    Credit {
        role,
        name: Some(name),
        name_sealed: None,
        kind,
        initials: false,
        place: None,
        language: None,
        source_language: None,
        from: From::Operator,
        line: None,
        name_span: None,
        phrase_span: None,
    }
}

fn span(span: Span) -> [u32; 2] {
    [number(span.start()), number(span.end())]
}

/// A count as the format has it. Whatever is beyond 32 bits is beyond a record's size too, and
/// refused there.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
