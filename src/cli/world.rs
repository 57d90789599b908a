//! What comes in from outside: clock, randomness, environment, directories.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use etcetera::base_strategy::{BaseStrategy as _, Xdg};

use super::error::Failure;
use crate::record::time::Timestamp;

/// Names a moment that takes the clock's place, so that a log can be rebuilt byte for byte.
const NOW: &str = "SIGLUM_NOW";

/// Names the file of the private key.
const KEY: &str = "SIGLUM_KEY";

/// The world, as one run sees it.
#[derive(Debug, Clone)]
pub(super) struct World {
    now: DateTime<Utc>,
    config: PathBuf,
    state: PathBuf,
    key: Option<PathBuf>,
    directory: PathBuf,
}

impl World {
    /// Looks at clock and environment, once.
    #[expect(clippy::disallowed_methods, reason = "this is where the world comes in")]
    pub(super) fn look() -> Result<Self, Failure> {
        // A file size limit (`ulimit -f`) must be an error that can be told, not a signal that
        // kills.
        #[cfg(unix)]
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)))
            .map_err(|error| Failure::unanswered(format!("can't handle signals: {error}")))?;
        let now = clock()?;
        let base = Xdg::new()
            .map_err(|_| Failure::unanswered("there is no home directory").hint("set HOME"))?;
        let config = base.config_dir().join("siglum");
        let state = base.state_dir().unwrap_or_else(|| base.data_dir()).join("siglum");
        let directory = env::current_dir().map_err(|error| {
            Failure::unanswered(format!("there is no working directory: {error}"))
        })?;
        Ok(Self {
            now,
            config,
            state,
            key: env::var_os(KEY).filter(|path| !path.is_empty()).map(PathBuf::from),
            directory,
        })
    }

    /// The same world at a later moment, for a run that goes on for days.
    pub(super) fn later(&self) -> Result<Self, Failure> {
        Ok(Self { now: clock()?, ..self.clone() })
    }

    /// The moment of this run.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::new(self.now)
    }

    /// The same, as a value to reckon with.
    pub(super) fn moment(&self) -> DateTime<Utc> {
        self.now
    }

    /// The moment of this run, in seconds since 1970.
    pub(super) fn seconds(&self) -> u64 {
        u64::try_from(self.now.timestamp()).unwrap_or_default()
    }

    /// The directory that the run was started in.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where private keys are kept.
    pub(super) fn keys(&self) -> PathBuf {
        self.config.join("keys")
    }

    /// Where is remembered what was signed and seen.
    pub(super) fn state(&self) -> &Path {
        &self.state
    }

    /// The private key's file, if the environment names one.
    pub(super) fn key_file(&self) -> Option<&Path> {
        self.key.as_deref()
    }

    /// Random bytes from the system's cryptographic source.
    #[expect(clippy::disallowed_methods, reason = "this is where the world comes in")]
    pub(super) fn random<const N: usize>() -> Result<[u8; N], Failure> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes)
            .map_err(|error| Failure::unanswered(format!("there is no randomness: {error}")))?;
        Ok(bytes)
    }
}

/// The moment, by the clock or by what stands in for it.
#[expect(clippy::disallowed_methods, reason = "this is where the world comes in")]
fn clock() -> Result<DateTime<Utc>, Failure> {
    match env::var(NOW) {
        Ok(text) => Ok(DateTime::parse_from_rfc3339(&text)
            .map_err(|_| {
                Failure::unanswered(format!("{NOW} is `{text}`, not a time"))
                    .hint("write it as 2026-01-31T09:30:00Z, or unset it")
            })?
            .to_utc()),
        Err(_) => Ok(Utc::now()),
    }
}
