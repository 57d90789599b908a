//! `--time-from`: when an article was published, where it doesn't say so itself.

use std::fmt::Write as _;
use std::str::FromStr;
use std::time::SystemTime;

use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// Where the time is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFrom {
    /// `document`: what the document states, and nothing where it states none.
    Document,
    /// `mtime`: when the file was last changed.
    Mtime,
    /// `path:FORMAT`: a day in the path.
    Path(DayFormat),
}

/// A day, as paths have it, in the letters of `strftime`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFormat(String);

/// Says what is wrong with a source of times.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeFromError {
    /// It is no word that is known.
    #[error("`{0}` is not document, mtime or path:FORMAT such as path:%Y/%m/%d")]
    Unknown(String),
    /// The format doesn't tell a day.
    #[error("`{0}` tells no whole day; write it with %Y, %m and %d")]
    NoDay(String),
}

impl FromStr for TimeFrom {
    type Err = TimeFromError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("path", format)) => DayFormat::new(format).map(Self::Path),
            None if text == "document" => Ok(Self::Document),
            None if text == "mtime" => Ok(Self::Mtime),
            _ => Err(TimeFromError::Unknown(text.to_owned())),
        }
    }
}

impl DayFormat {
    fn new(format: &str) -> Result<Self, TimeFromError> {
        let bad = || TimeFromError::NoDay(format.to_owned());
        if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
            return Err(bad());
        }
        let day = NaiveDate::from_ymd_opt(2019, 3, 27).ok_or_else(bad)?;
        let mut written = String::new();
        // A format that asks for hours can't be written of a day.
        write!(written, "{}", day.format(format)).map_err(|_| bad())?;
        match NaiveDate::parse_from_str(&written, format) {
            Ok(read) if read == day => Ok(Self(format.to_owned())),
            _ => Err(bad()),
        }
    }

    /// The first day in a path that stands by itself: no digit is before or after it.
    pub fn find(&self, path: &str) -> Option<NaiveDate> {
        let mut before = None;
        for (at, c) in path.char_indices() {
            let rest = path.get(at..).filter(|_| !is_digit(before));
            before = Some(c);
            let Some(rest) = rest.filter(|_| !c.is_whitespace()) else { continue };
            if let Ok((day, after)) = NaiveDate::parse_and_remainder(rest, &self.0)
                && !is_digit(after.chars().next())
            {
                return Some(day);
            }
        }
        None
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

impl TimeFrom {
    /// The time of a file that goes by `path`, in the form of RFC 3339; a day where only that is known.
    pub fn of(&self, path: &str, changed: impl FnOnce() -> Option<SystemTime>) -> Option<String> {
        match self {
            Self::Document => None,
            Self::Mtime => {
                let changed = DateTime::<Utc>::from(changed()?);
                Some(changed.to_rfc3339_opts(SecondsFormat::Secs, true))
            }
            Self::Path(format) => Some(format.find(path)?.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(format: &str, path: &str) -> Option<String> {
        format!("path:{format}").parse::<TimeFrom>().unwrap().of(path, || None)
    }

    #[test]
    fn days_are_found_in_paths() {
        assert_eq!(day("%Y/%m/%d", "desk/2019/03/07/x.txt").as_deref(), Some("2019-03-07"));
        assert_eq!(day("%Y%m%d", "n-20190307-2.txt").as_deref(), Some("2019-03-07"));
        assert_eq!(day("%Y%m%d", "n-1201903071.txt"), None);
        assert_eq!(day("%Y/%m/%d", "2019/13/07/x.txt"), None);
        assert_eq!(day("%d.%m.%Y", "\u{e9} 07.03.2019").as_deref(), Some("2019-03-07"));
    }

    #[test]
    fn what_tells_no_day_is_refused() {
        for bad in ["path:%Y/%m", "path:", "path:%Y-%m-%d %H", "path:%!", "path:x", "noon"] {
            assert!(bad.parse::<TimeFrom>().is_err(), "{bad}");
        }
        assert_eq!("mtime".parse(), Ok(TimeFrom::Mtime));
    }
}
