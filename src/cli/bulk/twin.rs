//! Articles under several ids: what is done about a text whose body another article has.

use super::decide::Run;
use super::flags::OnDuplicate;
use crate::lineage::graph::Article;
use crate::record::event::Event;
use crate::record::fields::Record;

impl Run<'_> {
    /// Whether the record's id leads to an article already.
    pub(super) fn is_known(&self, record: &Record) -> bool {
        record.article.as_deref().is_some_and(|id| self.graph().article(id).is_some())
    }

    /// Another article that has the record's body, where that is asked for: one that the record's id
    /// does not name, or names as an alias.
    pub(super) fn twin(&self, record: &Record) -> Option<Article<'_>> {
        let (text, id) = (record.text.as_ref()?, record.article.as_deref()?);
        if text.paragraph_count == 0 || self.on_duplicate() == OnDuplicate::Separate {
            return None;
        }
        match self.graph().article(id) {
            None => self.articles.with_body(&text.body),
            Some(own) if own.id() == id => None,
            Some(own) => {
                let has = own.versions().iter().any(|version| version.body() == Some(text.body));
                has.then_some(own)
            }
        }
    }

    /// The record by which a record's ids become names of the article that has its body.
    pub(super) fn alias(&self, twin: String, record: &Record) -> Record {
        let mut alias = Record::new(Event::Alias, record.recorded.clone());
        alias.recorded_by.clone_from(&record.recorded_by);
        let ids = record.article.iter().chain(&record.aliases);
        let mut ids: Vec<String> =
            ids.filter(|id| self.graph().article(id).is_none()).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        alias.aliases = ids;
        alias.request.clone_from(&record.request);
        alias.article = Some(twin);
        alias
    }
}
