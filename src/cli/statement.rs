//! What a recorder states of an article on the command line.

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;

use super::byfile::{ByFile, unwritable};
use super::error::Failure;
use super::metadata::{Metadata, Stated};
use super::source;
use super::workspace::{Context, PathId, Workspace};
use crate::article::assemble::Article;
use crate::article::document::Subject;
use crate::credit::role::{Kind, Role};
use crate::ingest::batch::Change;
use crate::lineage::graph::{Article as Recorded, Graph};
use crate::record::build;
use crate::record::credit::Credit;
use crate::record::event::Standing;
use crate::record::fields::{Record, TextDigests};
use crate::record::source::{Machine, Source};
use crate::text::language::Language;
use crate::text::profile::Text;
use crate::text::vocabulary::UnknownWord;
use crate::verify::candidate;

/// What the recorder states of an article.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Statement {
    /// The article's id; its URL or path unless given
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    id: Option<String>,

    /// Another id of it
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    alias: Vec<String>,

    /// Its canonical URL, which is its id unless --id is given
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "URL")]
    url: Option<String>,

    /// What ties the language versions of one story together
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    story: Option<String>,

    /// Whose text it is: own, observed (somebody else's, that you saw) or archive
    #[arg(long, value_name = "STANDING")]
    standing: Option<Standing>,

    /// Who published it
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    publisher: Option<String>,

    /// When it was published, as it states
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TIME")]
    published: Option<String>,

    /// Where it was seen; makes its standing observed unless --standing is given
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "URL")]
    observed_url: Option<String>,

    /// What it was translated from: a record of this log, or a URL
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "REF|URL")]
    translation_of: Option<String>,

    /// The source's text, for a source outside the log: its digest is recorded
    #[arg(long, value_name = "FILE", requires = "translation_of")]
    source_file: Option<PathBuf>,

    /// The machine that translated it, its version last
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TOOL")]
    machine: Option<String>,

    /// Who holds editorial responsibility
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    responsible: Option<String>,

    /// A credit that the article doesn't show, such as 'translator[fr]=Ada Prell'
    #[arg(long, value_name = "ROLE[LANG]=NAME", value_parser = parse_credit)]
    credit: Vec<Credit>,

    /// What these flags state, as a JSON file: id, url, aliases, story, language, standing, publisher,
    /// published, `observed_url`, `translation_of`, `source_file`, machine, responsible, and credits with role, name,
    /// language and kind. Flags go before it
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,

    /// It is a correction; what was corrected
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NOTE", conflicts_with = "credit_correction")]
    correction: Option<String>,

    /// It is a correction of the credits; what was corrected
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NOTE")]
    credit_correction: Option<String>,

    /// The caller's id of this request: the same one again records nothing again
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    request_id: Option<String>,

    /// What the article's file gives beside what is stated.
    #[arg(skip)]
    by_file: ByFile,
}

impl Statement {
    /// What a metadata file states, and no flag.
    pub(super) fn of_metadata(file: Option<&Path>) -> Self {
        Self { metadata: file.map(Path::to_owned), ..Self::default() }
    }

    /// The same with what the metadata file states where no flag does, and the language it gives.
    pub(super) fn complete(&self, context: &Context) -> Result<(Self, Option<Language>), Failure> {
        let mut all = self.clone();
        let Some(path) = all.metadata.take() else { return Ok((all, None)) };
        let file = Metadata::parse(&context.input(&path)?).map_err(|error| {
            Failure::unanswered(error)
                .with_path(&path)
                .hint("`siglum record --help` names what the file may state")
        })?;
        Ok(all.with(file))
    }

    /// The same with what metadata state where no flag does, and the language they give.
    pub(super) fn with(self, file: Metadata) -> (Self, Option<Language>) {
        let mut all = self;
        all.id = all.id.or(file.id);
        all.url = all.url.or(file.url);
        all.alias.extend(file.aliases);
        all.story = all.story.or(file.story);
        all.standing = all.standing.or(file.standing);
        all.publisher = all.publisher.or(file.publisher);
        all.published = all.published.or(file.published);
        all.observed_url = all.observed_url.or(file.observed_url);
        if all.translation_of.is_none() {
            all.translation_of = file.translation_of;
            all.source_file = file.source_file;
        }
        all.machine = all.machine.or(file.machine);
        all.responsible = all.responsible.or(file.responsible);
        all.credit.extend(file.credits.into_iter().map(Stated::credit));
        (all, file.language)
    }

    /// The same, for a request.
    pub(super) fn for_request(self, request: Option<String>) -> Self {
        Self { request_id: request.or(self.request_id), ..self }
    }

    /// The same, of an article in a file that gives something beside what is stated.
    pub(super) fn in_file(self, by_file: ByFile) -> Self {
        Self { by_file, ..self }
    }

    /// The first flag given that can be of one article only.
    pub(super) fn names_one(&self) -> Option<&'static str> {
        [
            ("--id", self.id.is_some()),
            ("--url", self.url.is_some()),
            ("--alias", !self.alias.is_empty()),
            ("--request-id", self.request_id.is_some()),
            ("--translation-of", self.translation_of.is_some()),
        ]
        .into_iter()
        .find_map(|(flag, given)| given.then_some(flag))
    }

    /// Whether the article's id is given.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some() || self.url.is_some()
    }

    /// What is said of the change from the version before.
    pub(super) fn change(&self) -> Change {
        match (&self.correction, &self.credit_correction) {
            (Some(_), _) => Change::Correction,
            (_, Some(_)) => Change::CreditCorrection,
            _ => Change::Unsaid,
        }
    }

    /// What it says that the text was translated from, with the file that has the source's text.
    pub(super) fn translation_of(&self) -> Option<(&str, Option<&Path>)> {
        Some((self.translation_of.as_deref()?, self.source_file.as_deref()))
    }

    /// The record of an article that was read from `path`, whose bytes are `raw`.
    pub(super) fn record(
        &self,
        context: &Context,
        workspace: &Workspace,
        graph: &Graph,
        path: &Path,
        (raw, article): (&[u8], &Article),
    ) -> Result<Record, Failure> {
        let source = self
            .translation_of()
            .map(|(target, file)| source::find(context, workspace, graph, target, file));
        let read = (build::digests(article, raw), article);
        self.record_from(context, workspace, graph, path, read, source.transpose()?)
    }

    /// The same with what the stated source came to.
    pub(super) fn record_from(
        &self,
        context: &Context,
        workspace: &Workspace,
        graph: &Graph,
        path: &Path,
        (text, article): (TextDigests, &Article),
        source: Option<Source>,
    ) -> Result<Record, Failure> {
        let stated = self.stated(context, workspace, graph, path, article)?;
        let stated = match source {
            Some(source) => build::Stated { translation_of: vec![source], ..stated },
            None => stated,
        };
        let known = graph.article(&stated.article).and_then(Recorded::newest);
        let mut record = build::build_with(article, text, workspace.settings.lexicon(), stated);
        if let Some(seen) = self.by_file.seen.as_ref().filter(|_| self.observed_url.is_none()) {
            seen.tell(&mut record, known.map(|version| version.record));
        }
        Ok(record)
    }

    /// All that is stated of an article that was read from `path`, but for a source.
    fn stated(
        &self,
        context: &Context,
        workspace: &Workspace,
        graph: &Graph,
        path: &Path,
        article: &Article,
    ) -> Result<build::Stated, Failure> {
        let defaults = &workspace.settings.defaults;
        let id = match self.id.clone().or_else(|| self.url.clone()) {
            Some(id) => id,
            None => match self.by_file.id(path, article)? {
                Some(id) => self.known_or_new(graph, id, article)?,
                None => self.id_by_path(context, workspace, graph, path, article)?,
            },
        };
        let is_seen = self.observed_url.is_some() || self.by_file.seen.is_some();
        let seen = is_seen.then_some(Standing::Observed);
        // What is not said again of a known article still holds.
        let known = graph.article(&id).and_then(Recorded::newest).map(|version| version.record);
        let standing = known.and_then(|record| record.standing);
        let standing =
            self.standing.or(seen).or(standing).or(defaults.standing).unwrap_or(Standing::Own);
        // With --id, the URL is another name of the article, and so is what the file itself claims,
        // unless another article has it.
        let claimed =
            [Subject::Url, Subject::Id].into_iter().filter_map(|subject| article.claim(subject));
        let claimed = claimed.filter(|other| graph.article(other).is_none()).map(str::to_owned);
        let aliases = self.alias.iter().cloned().chain(self.url.clone()).chain(claimed);
        let claim = |subject| article.claim(subject).map(str::to_owned);
        let own = |value: &Option<String>| value.clone().filter(|_| standing == Standing::Own);
        Ok(build::Stated {
            standing,
            recorded: context.world.now(),
            recorded_by: defaults.recorded_by.clone(),
            publisher: self
                .publisher
                .clone()
                .or_else(|| claim(Subject::Publisher))
                .or_else(|| own(&defaults.publisher)),
            responsible: self.responsible.clone().or_else(|| own(&defaults.responsible)),
            observed_url: self.observed_url.clone(),
            // What a file's date or place tells is said once: it is no news when the file is moved.
            published: self.published.clone().or_else(|| claim(Subject::Published)).or_else(|| {
                let known = known.and_then(|record| record.published.clone());
                self.by_file.published.clone().filter(|_| known.is_none())
            }),
            modified: claim(Subject::Modified),
            request: self.request_id.clone(),
            aliases: aliases.filter(|alias| *alias != id).collect(),
            story: self.story.clone(),
            note: self.correction.clone().or_else(|| self.credit_correction.clone()),
            translation_of: claimed_sources(article),
            machines: self.machine.as_deref().map(machine).into_iter().collect(),
            credits: self.credit.clone(),
            article: id,
        })
    }

    /// The id that the article takes where nothing is known of it yet; `None` where it takes none.
    pub(super) fn likely_id(
        &self,
        context: &Context,
        workspace: &Workspace,
        path: &Path,
        article: &Article,
    ) -> Option<String> {
        let stated = self.id.clone().or_else(|| self.url.clone());
        stated.or_else(|| self.by_file.id(path, article).ok()?).or_else(|| {
            match workspace.path_id(&context.absolute(path)) {
                PathId::Inside(id) => Some(id),
                PathId::Outside(id) => Some(self.by_file.name.clone().unwrap_or(id)),
                PathId::Unwritable => None,
            }
        })
    }

    /// The id that a file's path gives it.
    ///
    /// A file outside the workspace goes by its name, which other files may have too: it is taken
    /// for the article of that name only if it has something in common with it.
    fn id_by_path(
        &self,
        context: &Context,
        workspace: &Workspace,
        graph: &Graph,
        path: &Path,
        article: &Article,
    ) -> Result<String, Failure> {
        match workspace.path_id(&context.absolute(path)) {
            PathId::Inside(id) => Ok(self.translated_id(graph, id, article.language.as_ref())),
            PathId::Outside(id) => {
                self.known_or_new(graph, self.by_file.name.clone().unwrap_or(id), article)
            }
            PathId::Unwritable => Err(unwritable()),
        }
    }

    /// An id that nobody states but the file's name or the file itself: other files may have it too,
    /// so it is refused if it is known as another text.
    fn known_or_new(
        &self,
        graph: &Graph,
        id: String,
        article: &Article,
    ) -> Result<String, Failure> {
        let id = self.translated_id(graph, id, article.language.as_ref());
        if graph.article(&id).is_some_and(|known| !candidate::is_related(known, article)) {
            return Err(Failure::unanswered(format!("`{id}` is known as another text"))
                .hint("give this one an id of its own with --id"));
        }
        Ok(id)
    }

    /// The id of a file whose path is known for the text that it translates: with its language.
    fn translated_id(&self, graph: &Graph, id: String, language: Option<&Language>) -> String {
        let known = graph.article(&id).and_then(crate::lineage::graph::Article::newest);
        let known = known.and_then(|version| version.record.language.as_ref());
        match (&self.translation_of, known, language) {
            (Some(_), Some(known), Some(language)) if !known.same_language(language) => {
                format!("{id}#{language}")
            }
            _ => id,
        }
    }
}

/// What the file says that it was translated from. Which version is never said, so none is pinned.
fn claimed_sources(article: &Article) -> Vec<Source> {
    let claims = article.claims.iter().filter(|claim| claim.subject == Subject::TranslationOf);
    let mut sources: Vec<Source> = Vec::new();
    for claim in claims {
        let source = Source { target: Some(claim.value.clone()), ..Source::default() };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// `DeepL` or `DeepL 14`: a last word with a digit is the version.
fn machine(text: &str) -> Machine {
    match text.trim().rsplit_once(' ') {
        Some((tool, version)) if version.contains(|c: char| c.is_ascii_digit()) => {
            Machine { tool: Some(tool.to_owned()), version: Some(version.to_owned()) }
        }
        _ => Machine { tool: Some(text.trim().to_owned()), version: None },
    }
}

/// `ROLE=NAME` or `ROLE[LANG]=NAME`.
fn parse_credit(text: &str) -> Result<Credit, String> {
    let (role, name) = text.split_once('=').ok_or("write it as ROLE=NAME or ROLE[LANG]=NAME")?;
    let (role, language) = match role.split_once('[') {
        Some((role, rest)) => {
            let tag = rest.strip_suffix(']').ok_or("the language's bracket is not closed")?;
            (role, Some(tag.parse::<Language>().map_err(|error| error.to_string())?))
        }
        None => (role, None),
    };
    let role: Role = role.trim().parse().map_err(|error: UnknownWord| error.to_string())?;
    let name = Text::new(name).as_str().to_owned();
    if name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    Ok(Credit { language, ..build::operator_credit(role, name, Kind::Person) })
}
