//! `siglum verify --quote`: whether a passage was ever recorded, in these words.

use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint::count;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, Format, GOOD, styled};
use crate::cli::workspace::{Context, Workspace};
use crate::lineage::graph::{Article, Version};
use crate::lineage::status;
use crate::store::index::view::Want;
use crate::store::texts;
use crate::text::profile::Text;
use crate::verify::quote::{Found, Passage};

/// A version that has the passage.
struct Quoted<'a> {
    article: Article<'a>,
    version: Version<'a>,
    found: Found,
}

/// The passage that was given: a text, a file, or `-` for standard input.
pub(super) fn text(context: &Context, given: &str) -> Result<String, Failure> {
    let path = Path::new(given);
    if given != "-" && !context.absolute(path).is_file() {
        return Ok(given.to_owned());
    }
    String::from_utf8(context.input(path)?).map_err(|_| {
        Failure::unanswered("the passage is not UTF-8").with_path(path).hint("convert it first")
    })
}

pub(super) fn run(context: &Context, given: &str, all: bool) -> Result<Exit, Failure> {
    let passage = Passage::new(&text(context, given)?).ok_or_else(|| {
        Failure::unanswered("there is no word in the passage").hint("give a text, a file, or `-`")
    })?;
    let workspace = context.workspace()?;
    // A few words have no fingerprint.
    let fingerprints = passage.fingerprints().filter(|_| !all);
    let wanted = fingerprints.map(|fingerprints| {
        let paragraphs = passage.text().paragraphs().map(|p| Text::new(p).digest()).collect();
        [Want::Passage(fingerprints, paragraphs)]
    });
    let known = context.know(&workspace, wanted.as_ref().map(<[_; 1]>::as_slice))?;
    let signed = known.signed_size();
    let versions: Vec<(Article<'_>, Version<'_>)> = known
        .graph()
        .articles()
        .flat_map(|article| article.versions().into_iter().map(move |version| (article, version)))
        .filter(|(_, version)| version.entry.index < signed)
        .collect();
    let looked: Vec<(Option<Quoted<'_>>, bool)> = versions
        .into_par_iter()
        .map(|(article, version)| look(&workspace, &passage, article, version))
        .collect();
    let not_kept = known.has_texts_not_kept() || looked.iter().any(|(_, kept)| !kept);
    let found: Vec<Quoted<'_>> = looked.into_iter().filter_map(|(quoted, _)| quoted).collect();
    let exit = match (found.is_empty(), not_kept) {
        (false, _) => Exit::True,
        (true, false) => Exit::False,
        (true, true) => Exit::Unanswered,
    };
    print(context, &found, not_kept, exit);
    Ok(exit)
}

/// Looks for the passage in a version, in its text where that is kept.
fn look<'a>(
    workspace: &Workspace,
    passage: &Passage,
    article: Article<'a>,
    version: Version<'a>,
) -> (Option<Quoted<'a>>, bool) {
    let kept = version.body().and_then(|body| texts::find(&workspace.layout, &body));
    let found = match &kept {
        Some(body) => passage.find(&Text::new(body)),
        None => passage.find_by_digests(version.record),
    };
    (found.map(|found| Quoted { article, version, found }), kept.is_some())
}

fn print(context: &Context, found: &[Quoted<'_>], not_kept: bool, exit: Exit) {
    let ui = context.ui;
    if ui.format() != Format::Human {
        ui.value(&json!({
            "ok": exit == Exit::True,
            "quoted": found.iter().map(object).collect::<Vec<_>>(),
            "all_texts_kept": !not_kept,
        }));
        return;
    }
    for Quoted { article, version, found } in found {
        let status = status::status(*article, *version).status;
        let language = version.record.language.as_ref().map_or("?", |language| language.as_str());
        ui.line(format_args!(
            "{} {} version {} [{language}], paragraph {}, record {}, {}: {}",
            styled(GOOD, "quoted:"),
            styled(BOLD, sanitize::line(article.id())),
            version.number,
            found.paragraph,
            version.entry.index,
            status.as_str(),
            found.verdict,
        ));
    }
    let unsaid = "some texts are not kept; of those only whole paragraphs are known";
    match (exit, not_kept) {
        (Exit::True, _) => {
            ui.note(format_args!("in {}", count(found.len() as u64, "recorded version")));
        }
        (_, true) => ui
            .line(format_args!("{} in no text that is kept; {unsaid}", styled(CARE, "not found:"))),
        (_, false) => ui.line(format_args!("{} in no recorded version", styled(BAD, "not found:"))),
    }
}

fn object(quoted: &Quoted<'_>) -> Value {
    let Quoted { article, version, found } = quoted;
    json!({
        "article": article.id(),
        "version": version.number,
        "language": version.record.language,
        "status": status::status(*article, *version).status.as_str(),
        "paragraph": found.paragraph,
        "verdict": found.verdict.as_str(),
        "record": { "index": version.entry.index, "leaf": version.entry.leaf },
    })
}
