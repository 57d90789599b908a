//! Where in a settings file something is wrong.

/// Says what is wrong with a settings file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("line {line}, column {column}: {message}")]
pub struct ConfigError {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

impl ConfigError {
    /// An error at a byte offset of the file's text.
    pub fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: message.into(),
        }
    }

    /// An error at the first place where a value stands; at the top where it stands nowhere.
    pub fn at_value(text: &str, value: &str, message: impl Into<String>) -> Self {
        Self::at(text, text.find(value).unwrap_or_default(), message)
    }
}
