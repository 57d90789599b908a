//! Patterns for files: `archive/**/*.html`.
//!
//! The shell reads most of them itself; one in quotes, or with more matches than a command line takes,
//! comes here.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern, PatternError};

/// `*` and `?` stay within a directory, `**` goes through all; capitals count, and hidden files are
/// matched by nothing.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// A pattern: the directory that all its files are below, and what their paths are like.
#[derive(Debug)]
pub struct Glob {
    /// The directory, as far as it is written without a sign.
    pub directory: PathBuf,
    pattern: Pattern,
}

/// Whether a path is written as a pattern.
pub fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.contains(['*', '?', '[']))
}

impl Glob {
    /// Reads an absolute pattern.
    ///
    /// # Errors
    ///
    /// If a bracket isn't closed, or `**` is not a whole part of the path.
    pub fn new(path: &Path) -> Result<Self, PatternError> {
        let plain = path.iter().take_while(|part| !is_pattern(Path::new(part)));
        let directory = plain.collect();
        Ok(Self { directory, pattern: Pattern::new(&path.to_string_lossy())? })
    }

    /// Whether a file is meant.
    pub fn matches(&self, path: &Path) -> bool {
        self.pattern.matches_path_with(path, OPTIONS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_below_their_directory() {
        let glob = Glob::new(Path::new("/a/b/**/*.html")).unwrap();
        assert_eq!(glob.directory, Path::new("/a/b"));
        assert!(glob.matches(Path::new("/a/b/x.html")));
        assert!(glob.matches(Path::new("/a/b/c/d/x.html")));
        assert!(!glob.matches(Path::new("/a/b/c/x.txt")));
        let flat = Glob::new(Path::new("/a/*.txt")).unwrap();
        assert!(flat.matches(Path::new("/a/x.txt")) && !flat.matches(Path::new("/a/b/x.txt")));
        assert!(Glob::new(Path::new("/a/[x")).is_err());
        assert!(!is_pattern(Path::new("/a/b.txt")));
    }
}
