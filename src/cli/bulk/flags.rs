//! What can be asked of a bulk, beside what is stated of every article.

use std::path::PathBuf;

use crate::ingest::dates::TimeFrom;
use crate::ingest::name::IdFrom;

/// What can be asked of a bulk.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Many inputs")]
pub(in crate::cli) struct Flags {
    /// Write what could not be read to a file, a JSON object a line, and record the rest; so is done
    /// with directories and NDJSON in any case
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,

    /// What is stated of single articles, as CSV with a header: a column `path` (of files, from the
    /// map's own directory or from the one that is recorded), or else `id`; and any of id, url, alias,
    /// language, story, standing, published, publisher, responsible, `observed_url`, `translation_of`,
    /// `source_file`, machine, request
    #[arg(long, value_name = "FILE.csv")]
    pub(super) map: Option<PathBuf>,

    /// How an article's id comes from its file where none is stated: path (whatever the file says of
    /// itself), url (the canonical URL that it states; without one it is refused), stem (its name
    /// without the extension), or a template with {path}, {dir}, {name}, {stem} and {ext} such as
    /// `https://example.org/{dir}/{stem}`; paths are those below the directory that is recorded
    #[arg(long, value_name = "PATTERN")]
    pub(super) id_from: Option<IdFrom>,

    /// When an article was published where neither it nor anybody else says so: mtime (its file's),
    /// path:FORMAT (a day in its path, such as path:%Y/%m/%d), or document (nothing)
    #[arg(long, value_name = "WHENCE")]
    pub(super) time_from: Option<TimeFrom>,

    /// What to do with an article under a new id whose body is one that another article has
    #[arg(long, value_name = "WHAT")]
    pub(super) on_duplicate: Option<OnDuplicate>,

    /// How many inputs are read side by side; as many as there are cores unless given. What is
    /// recorded, and in which order, is the same
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
}

impl Flags {
    /// Whether any is given: then even a single file is recorded as one of many.
    pub(in crate::cli) fn are_given(&self) -> bool {
        self.errors.is_some()
            || self.map.is_some()
            || self.id_from.is_some()
            || self.time_from.is_some()
            || self.on_duplicate.is_some()
            || self.jobs.is_some()
    }
}

/// What becomes of an article whose body another article has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(in crate::cli) enum OnDuplicate {
    /// Its id becomes an alias of the other
    Alias,
    /// It is recorded as an article of its own
    #[default]
    Separate,
    /// It is left out, and told
    Skip,
}
