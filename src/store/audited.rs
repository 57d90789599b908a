//! What the last clean audit of a log found, so that the next can tell what is new.
//!
//! Derived, and outside the evidence: whoever can write to it can make `siglum audit --changed` leave
//! out findings, or show old ones again, and nothing else. `siglum audit` itself never reads it.
//!
//! ```text
//! siglum-audited-2 LF
//! origin LF
//! size LF            signed records that the log had
//! circumstances LF   a digest of what findings depend on beside the log
//! *( id LF )         the ids of its findings, sorted
//! ```

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::durable;
use super::error::StoreError;
use super::seen::Memory;
use crate::log::key::Origin;
use crate::text::digest::Digest;

/// The first line.
const HEADER: &str = "siglum-audited-2";

/// The most bytes: five million findings of 13 bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// What a clean audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// How many signed records the log had.
    pub size: u64,
    /// A digest of what findings depend on beside the log.
    pub circumstances: Digest,
    /// The ids of its findings.
    pub ids: BTreeSet<String>,
}

impl Findings {
    fn to_text(&self, origin: &Origin) -> String {
        let ids: String = self.ids.iter().map(|id| format!("{id}\n")).collect();
        format!("{HEADER}\n{origin}\n{}\n{}\n{ids}", self.size, self.circumstances)
    }

    fn parse(text: &str, origin: &Origin) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let known = lines.next()? == HEADER && lines.next()? == origin.as_str();
        let size = lines.next()?.parse().ok()?;
        let circumstances = lines.next()?.parse().ok()?;
        known.then(|| Self { size, circumstances, ids: lines.map(str::to_owned).collect() })
    }
}

impl Memory {
    /// What the last clean audit of a log found.
    ///
    /// # Errors
    ///
    /// If the file is there and can't be read, or is none.
    pub fn audited(&self, origin: &Origin) -> Result<Option<Findings>, StoreError> {
        let path = self.audited_path(origin);
        let Some(bytes) = durable::read(&path, MAX_BYTES)? else { return Ok(None) };
        let text = std::str::from_utf8(&bytes).ok();
        let findings = text.and_then(|text| Findings::parse(text, origin));
        findings.map(Some).ok_or(StoreError::Memory(path))
    }

    /// Remembers what a clean audit of a log found.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn remember_audited(&self, origin: &Origin, findings: &Findings) -> Result<(), StoreError> {
        let path = self.audited_path(origin);
        durable::replace(&path, findings.to_text(origin).as_bytes())
    }

    fn audited_path(&self, origin: &Origin) -> PathBuf {
        self.path("audited", origin.as_str().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let memory = Memory::new(home.path());
        let origin = Origin::new("a.example/log").unwrap();
        assert_eq!(memory.audited(&origin).unwrap(), None);
        for ids in [&[][..], &["00", "11"]] {
            let ids = ids.iter().map(|id| (*id).to_owned()).collect();
            let findings = Findings { size: 7, circumstances: Digest::of_bytes(b"x"), ids };
            memory.remember_audited(&origin, &findings).unwrap();
            assert_eq!(memory.audited(&origin).unwrap(), Some(findings));
        }
        let other = Origin::new("b.example/log").unwrap();
        assert_eq!(memory.audited(&other).unwrap(), None);
        for broken in ["", "siglum-audited-2\n", "siglum-audited-2\nb.example/log\n7\n", "\n\n\n\n"]
        {
            std::fs::write(memory.audited_path(&origin), broken).unwrap();
            assert!(matches!(memory.audited(&origin), Err(StoreError::Memory(_))), "{broken:?}");
        }
    }
}
