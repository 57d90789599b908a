//! `siglum parse`: shows how a file is read. Records nothing.

use std::path::PathBuf;

use crate::article::assemble::{self, Article};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::article;
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::config::settings::Settings;
use crate::ingest::open;
use crate::read::detect::{self, Wish};
use crate::text::language::Language;

/// Show how an article is read: headline, dateline, body, credits, sources
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The article; `-` is standard input
    file: PathBuf,

    #[command(flatten)]
    reading: Reading,
}

/// How to read a file.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Reading {
    /// The file's format; told from its content unless given
    #[arg(id = "as", long = "as", value_name = "FORMAT")]
    format: Option<detect::Format>,

    /// The file's character encoding, such as windows-1252; the one it declares, or UTF-8, unless given
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,

    /// The article's language, such as fr; told from its words unless given
    #[arg(long, value_name = "TAG")]
    language: Option<Language>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.find_workspace()?;
    let settings = workspace.map(|workspace| workspace.settings).unwrap_or_default();
    let bytes = context.input(&args.file)?;
    let article =
        args.reading.read(&settings, &bytes).map_err(|failure| failure.with_path(&args.file))?;
    match context.ui.format() {
        Format::Human => article::print(context.ui, &article),
        Format::Json | Format::Ndjson => context.ui.value(&article::json(&article)),
    }
    Ok(Exit::True)
}

impl Reading {
    /// Whether it says anything.
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.format.is_some() || self.encoding.is_some() || self.language.is_some()
    }

    /// The same with a language for where none is given.
    pub(in crate::cli) fn or_language(mut self, language: Option<Language>) -> Self {
        self.language = self.language.or(language);
        self
    }

    /// The same with a format for where none is given.
    pub(in crate::cli) fn or_format(mut self, format: Option<detect::Format>) -> Self {
        self.format = self.format.or(format);
        self
    }

    /// The same with an encoding for where none is given.
    pub(in crate::cli) fn or_encoding(mut self, encoding: Option<String>) -> Self {
        self.encoding = self.encoding.or(encoding);
        self
    }

    /// Reads a file's bytes, by a workspace's settings.
    pub(in crate::cli) fn read(
        &self,
        settings: &Settings,
        bytes: &[u8],
    ) -> Result<Article, Failure> {
        let wish = Wish { format: self.format, encoding: self.encoding.clone() };
        let document = open::open(bytes, &wish)?;
        let language = self.language.as_ref().or(settings.defaults.language.as_ref());
        Ok(assemble::assemble(document, settings.lexicon(), language))
    }
}
