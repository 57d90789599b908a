//! Records an event in an article's life: one record, appended and signed.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use serde_json::json;

use super::error::Failure;
use super::exit::Exit;
use super::reference::Reference;
use super::render::{checkpoint, record};
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
    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,

    /// Append without signing; `siglum sign` signs later
    #[arg(long)]
    unsigned: bool,

    /// The caller's id of this request: the same one again records nothing again
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID")]
    request_id: Option<String>,
}

impl Recording {
    /// The record of an event now, with what every record of this workspace says.
    pub(super) fn record(&self, context: &Context, workspace: &Workspace, event: Event) -> Record {
        let mut record = Record::new(event, context.world.now());
        record.recorded_by.clone_from(&workspace.settings.defaults.recorded_by);
        record.request.clone_from(&self.request_id);
        record
    }

    /// Records the end of an article: that it was retracted or withdrawn.
    pub(super) fn end(
        &self,
        context: &Context,
        reference: &Reference,
        event: Event,
        note: Option<&str>,
    ) -> Result<Exit, Failure> {
        let workspace = context.workspace()?;
        self.append(context, &workspace, |graph| {
            let mut record = self.record(context, &workspace, event);
            record.article = Some(reference.article(graph)?.id().to_owned());
            record.note = note.map(str::to_owned);
            Ok(record)
        })?;
        Ok(Exit::True)
    }

    /// Appends the record of an event, which is made by `make` under the lock, signs,
    /// and says so.
    pub(super) fn append(
        &self,
        context: &Context,
        workspace: &Workspace,
        make: impl FnOnce(&Graph) -> Result<Record, Failure>,
    ) -> Result<(), Failure> {
        let mut writer = context.writer(workspace)?;
        // Under the lock: who rotates the key takes it too.
        let key = if self.unsigned {
            None
        } else {
            context.warn_of_unsigned(&writer);
            Some(context.key(self.key.as_deref(), writer.newest_key())?)
        };
        let (decision, encoded) = {
            let snapshot = writer.snapshot();
            let mut batch = Batch::new(&snapshot.graph, snapshot.journal().size());
            let decision = batch.add_event(make(&snapshot.graph)?)?;
            (decision, batch.records().to_vec())
        };
        writer.append(&encoded)?;
        let signed = match &key {
            Some(key) => Some(writer.sign(key, key.verifier(), &context.memory())?),
            None => None,
        };
        drop(writer);
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
        record::print_event(ui, decision);
        checkpoint::print_signed(ui, signed);
    } else {
        ui.value(&json!({
            "records": [record::event(decision)],
            "checkpoint": signed.map(checkpoint::json),
        }));
    }
}
