//! The files of a workspace, as an audit looks at them.

use std::path::{Component, Path};

use super::workspace::Workspace;
use crate::article::assemble;
use crate::ingest::open;
use crate::read::detect::Wish;
use crate::read::limits::MAX_BYTES;
use crate::record::fields::Record;
use crate::store::durable;
use crate::text::digest::Digest;
use crate::verify::side::Side;

impl Workspace {
    /// Gives the file that an article is by its id, read as it was when it was recorded; nothing if
    /// there is none, if its bytes are the record's, or if it can't be read.
    pub(super) fn files(&self) -> impl Fn(&str, &Record) -> Option<Side> + Sync + '_ {
        |id, record| {
            let path = Path::new(id);
            let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
            let path = self.layout.root().join(path);
            if !plain || !path.is_file() {
                return None;
            }
            let bytes = durable::read(&path, MAX_BYTES).ok()??;
            if Digest::of_bytes(&bytes) == record.text.as_ref()?.raw {
                return None;
            }
            let wish = Wish {
                format: record.reader.as_deref().and_then(|reader| reader.parse().ok()),
                encoding: record.encoding.clone().filter(|label| label != "UTF-8"),
            };
            let document = open::open(&bytes, &wish).ok()?;
            let lexicon = self.settings.lexicon();
            let article = assemble::assemble(document, lexicon, record.language.as_ref());
            Some(Side::of_article(&bytes, &article))
        }
    }
}
