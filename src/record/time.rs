//! Times, as the log writes them.

use std::fmt;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset as _, SecondsFormat, Timelike as _, Utc,
};
use serde::{Deserialize, Serialize};

/// A moment in exactly the form `YYYY-MM-DDTHH:MM:SS.mmmZ`; no second is 60.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(String);

/// Says why a string is no [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{0}` is not a time such as 2026-01-31T09:30:00.000Z")]
pub struct TimestampError(String);

impl Timestamp {
    /// The moment, cut to milliseconds. A leap second counts as the end of the one before.
    pub fn new(moment: DateTime<Utc>) -> Self {
        let last = moment.with_nanosecond(moment.nanosecond().min(999_999_999));
        let moment = last.unwrap_or(moment);
        Self(moment.to_rfc3339_opts(SecondsFormat::Millis, true))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment. There always is one: the text was made from it, or read as it.
    pub fn moment(&self) -> Option<DateTime<Utc>> {
        Some(moment(&self.0)?.and_utc())
    }
}

/// The moment that a text in the form of a [`Timestamp`] is.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let bytes: &[u8; 24] = text.as_bytes().try_into().ok()?;
    let is_of_form = bytes.iter().zip(b"0000-00-00T00:00:00.000Z").all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        form => byte == form,
    });
    if !is_of_form {
        return None;
    }
    let number = |from, to| text.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(number(0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    day.and_hms_milli_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?, number(20, 23)?)
}

/// A span of time: from a moment on, until before another; without either, without that end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// Its first moment.
    pub from: Option<DateTime<Utc>>,
    /// The first moment after it.
    pub until: Option<DateTime<Utc>>,
}

impl Period {
    /// All of time.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether a moment lies in it. A moment that isn't known lies only in all of time.
    pub fn holds(self, moment: Option<DateTime<Utc>>) -> bool {
        let Some(moment) = moment else { return self == Self::ALWAYS };
        self.from.is_none_or(|from| from <= moment) && self.until.is_none_or(|until| moment < until)
    }

    /// Whether some moment lies in both.
    pub fn meets(self, other: Self) -> bool {
        let before = |one: Self, other: Self| match (one.until, other.from) {
            (Some(until), Some(from)) => until <= from,
            _ => false,
        };
        !before(self, other) && !before(other, self)
    }
}

/// The forms of ISO 8601 that articles state times in, without their offset.
const FORMS: &[&str] = &[
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y%m%dT%H%M%S",
];

/// Reads a time as people and articles state it: a moment of RFC 3339, of ISO 8601 in its usual forms, of
/// RFC 2822, or a day (`2026-01-31`, its beginning); UTC where no other offset is named.
pub fn stated(text: &str) -> Option<DateTime<Utc>> {
    stated_in(text, Utc.fix())
}

/// The same, at another offset where none is named.
pub fn stated_in(text: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
    let offset = text.strip_suffix('Z').map_or_else(|| text.to_owned(), |at| format!("{at}+0000"));
    let with_offset = FORMS
        .iter()
        .find_map(|form| DateTime::parse_from_str(&offset, &format!("{form}%z")).ok())
        .or_else(|| DateTime::parse_from_rfc3339(text).ok())
        .or_else(|| DateTime::parse_from_rfc2822(text).ok());
    let local = || FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    let naive = || Some(local().or_else(day)?.and_local_timezone(zone).single()?.to_utc());
    with_offset.map(|moment| moment.to_utc()).or_else(naive)
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if moment(&text).is_some() { Ok(Self(text)) } else { Err(TimestampError(text)) }
    }
}

impl From<Timestamp> for String {
    fn from(time: Timestamp) -> Self {
        time.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let leap = DateTime::parse_from_rfc3339("2016-12-31T23:59:60.5Z").unwrap().to_utc();
        let time = Timestamp::new(leap);
        assert_eq!(time.as_str(), "2016-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::try_from(time.as_str().to_owned()), Ok(time));
    }

    #[test]
    fn stated_times_are_read_where_they_are_times() {
        let noon = "2026-02-28T12:00:00.000Z";
        for same in [
            "2026-02-28T12:00:00Z",
            "2026-02-28T14:00:00+02:00",
            "2026-02-28T12:00:00",
            "2026-02-28T12:00:00.000+0000",
            "2026-02-28T12:00",
            "2026-02-28T13:00+01:00",
            "2026-02-28 12:00:00",
            "20260228T120000Z",
            "20260228T070000-0500",
            "Sat, 28 Feb 2026 12:00:00 GMT",
            "28 Feb 2026 13:00:00 +0100",
        ] {
            assert_eq!(stated(same).map(Timestamp::new).unwrap().as_str(), noon, "{same}");
        }
        assert_eq!(stated("2026-02-28").unwrap().to_rfc3339(), "2026-02-28T00:00:00+00:00");
        for bad in [
            "",
            "28 February 2026",
            "2026-02",
            "2026-02-30",
            "02/03/2026",
            "noon",
            "+262142-12-31T23:59:59-2359",
        ] {
            assert_eq!(stated(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_without_an_offset_are_the_houses() {
        let west = FixedOffset::west_opt(5 * 3600).unwrap();
        for (text, wanted) in [
            ("2026-02-28", "2026-02-28T05:00:00.000Z"),
            ("2026-02-28T22:00", "2026-03-01T03:00:00.000Z"),
            ("2026-02-28T22:00:00Z", "2026-02-28T22:00:00.000Z"),
        ] {
            assert_eq!(Timestamp::new(stated_in(text, west).unwrap()).as_str(), wanted, "{text}");
        }
    }

    #[test]
    fn only_the_one_form_is_taken() {
        let good = "2026-02-28T23:59:59.999Z".to_owned();
        assert_eq!(Timestamp::try_from(good.clone()).unwrap().as_str(), good);
        for bad in [
            "2026-02-28T23:59:60.000Z",
            "2026-02-29T00:00:00.000Z",
            "2026-02-28t23:59:59.999z",
            "2026-02-28 23:59:59.999Z",
            "2026-02-28T23:59:59Z",
            "2026-02-28T23:59:59.99Z",
            "2026-02-28T23:59:59.9999Z",
            "2026-02-28T23:59:59.999+00:00",
            "12026-02-28T23:59:59.999Z",
            "2026-02-30T00:00:00.000Z",
            "2026-02-28T24:00:00.000Z",
            "+026-02-28T23:59:59.999Z",
            "2026-02-28T23:59:59.99\u{e9}",
        ] {
            assert!(Timestamp::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
