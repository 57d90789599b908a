//! Records an event in an article's life: one record, appended and signed.

use clap::builder::NonEmptyStringValueParser;
use serde_json::json;

use super::error::Failure;
use super::exit::Exit;
use super::reference::Reference;
use super::render::{checkpoint, record};
use super::signing::{self, Signing};
use super::ui::Format;
use super::workspace::{Context, Workspace};
use crate::ingest::batch::{Batch, Decision};
use crate::lineage::graph::Graph;
use crate::log::checkpoint::SignedCheckpoint;
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::text::profile::Text;

/// How an event is recorded.
#[derive(Debug, clap::Args)]
pub(super) struct Recording {
    #[command(flatten)]
    signing: Signing,

    /// The caller's id of this request: the same one again records nothing again
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    request_id: Option<String>,
}

impl Recording {
    /// Records an event of the article that `reference` leads to; `fill` says what the record has to
    /// say beside the article.
    pub(super) fn of_article(
        &self,
        context: &Context,
        reference: &Reference,
        event: Event,
        fill: impl Fn(&Workspace, &Graph, &mut Record) -> Result<(), Failure>,
    ) -> Result<Exit, Failure> {
        let workspace = context.workspace()?;
        self.append(context, &workspace, event, |graph, record| {
            record.article = Some(reference.article(graph)?.id().to_owned());
            fill(&workspace, graph, record)
        })?;
        Ok(Exit::True)
    }

    /// Records the end of an article: that it was retracted or withdrawn.
    pub(super) fn end(
        &self,
        context: &Context,
        reference: &Reference,
        event: Event,
        note: Option<&str>,
    ) -> Result<Exit, Failure> {
        self.of_article(context, reference, event, |_, _, record| {
            record.note = note.map(str::to_owned);
            Ok(())
        })
    }

    /// Appends the record of an event, which `fill` completes under the lock, signs, and says so.
    pub(super) fn append(
        &self,
        context: &Context,
        workspace: &Workspace,
        event: Event,
        fill: impl Fn(&Graph, &mut Record) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut articles = context.articles(workspace)?;
        let key = self.signing.key(context, &articles.log)?;
        let (decision, encoded) = articles.answer(|graph| -> Result<_, Failure> {
            let mut record = Record::new(event, context.world.now());
            record.recorded_by.clone_from(&workspace.settings.defaults.recorded_by);
            record.request.clone_from(&self.request_id);
            fill(graph, &mut record)?;
            let mut batch = Batch::new(graph, graph.size());
            let decision = batch.add_event(record)?;
            Ok((decision, batch.into_records()))
        })??;
        let signed = signing::append(context, &mut articles.log, &encoded, key.as_ref())?;
        drop(articles);
        context.remember(workspace, signed.as_ref());
        report(context, &decision, signed.as_ref());
        Ok(())
    }
}

/// The name of a person, in canonical form.
pub(super) fn parse_name(text: &str) -> Result<String, String> {
    let name = Text::new(text).as_str().to_owned();
    if name.is_empty() || name.contains('\n') {
        return Err("a name is one line of text".to_owned());
    }
    Ok(name)
}

fn report(context: &Context, decision: &Decision, signed: Option<&SignedCheckpoint>) {
    let ui = context.ui;
    if ui.format() == Format::Human {
        record::print(ui, decision, false);
        checkpoint::print_signed(ui, signed);
    } else {
        ui.value(&json!({
            "records": [record::event(decision)],
            "checkpoint": signed.map(checkpoint::json),
        }));
    }
}
