//! What of an author's field is a name: not addresses, accounts, dates and the site itself.
//!
//! Several names in one field stay together; splitting them is not for a reader.

use std::collections::BTreeSet;

use super::blocks::Run;
use super::facts;
use super::jsonld::plain;
use super::parts::DATE_WORDS;
use super::tree::collapse;

/// The longest field that can be names, in bytes: forty names.
const MAX_FIELD: usize = 800;

/// What programs write for want of an author.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "webmaster",
    "null",
    "undefined",
    "none",
    "na",
    "false",
    "anonymous",
    "unknown",
    "guest",
    "author",
    "test",
    "user",
    "superuser",
    "sysadmin",
    "adminuser",
    "wpadmin",
    "siteadmin",
    "webadmin",
    "defaultuser",
    "notspecified",
    "array",
    "objectobject",
];

/// Marks between a name and what else a field says.
const MARKS: &[&str] = &[" | ", "|", " • ", "•", " · ", " – ", " — ", " - ", " // "];

/// The names of a field, or nothing. `sites` is what the site is called.
pub(super) fn clean(field: &str, sites: &[String]) -> Option<String> {
    let field = collapse(&facts::clean(field).replace('\n', ", "));
    if field.len() > MAX_FIELD || is_address(&field) {
        return None;
    }
    let words: Vec<&str> = field.split(' ').filter(|word| !is_address(word)).collect();
    let mut text = words.join(" ").replace("()", "").replace("[]", "");
    for mark in MARKS {
        text = text.replace(mark, "\u{1F}");
    }
    let parts: Vec<String> = text
        .split('\u{1F}')
        .map(|part| without_site(part, sites))
        .filter(|part| part.chars().any(char::is_alphabetic) && !is_date(part))
        .collect();
    let name = parts.join(", ");
    let name = name.trim_matches(|c: char| c.is_whitespace() || ",;:|/-–—•·".contains(c));
    let bare = plain(name);
    let nobody = NOBODY.contains(&bare.as_str());
    (!bare.is_empty() && !nobody && !is_site(name, sites)).then(|| name.to_owned())
}

/// Whether a word or field is an address of the web, of mail or of a network.
pub(super) fn is_address(text: &str) -> bool {
    let lower = text.trim_matches(|c: char| "()<>[],;".contains(c)).to_lowercase();
    let has = |part: &str| lower.contains(part);
    has("://")
        || (has("@") && !has(" "))
        || lower.starts_with("www.")
        || lower.starts_with("mailto:")
        || (lower.starts_with('/') && lower.len() > 1)
        || (!has(" ") && [".com/", ".org/", ".net/"].iter().any(|host| has(host)))
}

/// Whether a part of a field is a date, a time or a number of minutes.
pub(super) fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 3 || (digits > 0 && digits * 12 >= letters)
}

/// Whether a word stands before the number of a date.
pub(super) fn is_date_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    DATE_WORDS.split(", ").any(|one| one == word)
}

/// Whether a name is the site's: as it is called, or as its host is.
pub(super) fn is_site(name: &str, sites: &[String]) -> bool {
    let short = |text: &str| {
        let text = plain(text);
        text.strip_prefix("the").map(str::to_owned).unwrap_or(text)
    };
    let name = short(name);
    sites.iter().any(|site| {
        let site = short(site);
        let stem = name.strip_suffix("com").unwrap_or(&name);
        // "X社", "X編集部": the house itself.
        let is_house = || {
            name.strip_prefix(&site).is_some_and(|rest| {
                rest.chars().count() <= 3 && rest.chars().all(|c| c >= '\u{2E80}')
            })
        };
        !site.is_empty() && (site == name || site == stem || is_house())
    })
}

/// A part of a field without the pieces between its commas that name the site.
fn without_site(part: &str, sites: &[String]) -> String {
    let pieces = part.split(',').map(str::trim).filter(|piece| !piece.is_empty());
    pieces.filter(|piece| !is_site(piece, sites)).collect::<Vec<_>>().join(", ")
}

/// The words of a name in lower case, to tell whether two fields name the same people.
pub(super) fn words(name: &str) -> BTreeSet<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A line with the names in it that are all in capitals, or wholly in small letters, as the page
/// shows them elsewhere: two words and more in a row.
pub(super) fn recase(line: &str, runs: &[Run], others: &[&str]) -> String {
    let is_small = !line.chars().any(char::is_uppercase);
    let is_odd = |word: &str| {
        let has = |is: fn(char) -> bool| word.chars().any(is);
        if is_small {
            has(char::is_lowercase)
        } else {
            has(char::is_uppercase) && !has(char::is_lowercase)
        }
    };
    let mut recased: Vec<String> = Vec::new();
    let mut odd: Vec<&str> = Vec::new();
    // A name ends with a comma, or where other words begin.
    for word in line.split(' ').map(Some).chain([None]) {
        let goes_on = word.is_some_and(is_odd);
        let ends = odd.last().is_some_and(|last| last.ends_with([',', ';']));
        if !odd.is_empty() && (!goes_on || ends) {
            recased.push(recase_one(&odd.join(" "), runs, others));
            odd.clear();
        }
        match word {
            Some(word) if goes_on => odd.push(word),
            Some(word) => recased.push(word.to_owned()),
            None => {}
        }
    }
    recased.join(" ")
}

fn recase_one(name: &str, runs: &[Run], others: &[&str]) -> String {
    let (name, mark) = name.split_at(name.trim_end_matches([',', ';', ':']).len());
    let lower: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let texts = others.iter().copied().chain(runs.iter().map(|run| run.text.as_str()));
    let may = lower.len() == name.chars().count() && name.contains(' ');
    let shown = if may { texts.into_iter().find_map(|text| mixed(text, &lower)) } else { None };
    format!("{}{mark}", shown.as_deref().unwrap_or(name))
}

/// Where a text has `lower` in capitals and small letters, as it has it.
fn mixed(text: &str, lower: &[char]) -> Option<String> {
    let first = lower.first()?;
    for (at, c) in text.char_indices() {
        if c.to_lowercase().next() != Some(*first) {
            continue;
        }
        let rest = text.get(at..)?;
        let mut wanted = lower.iter();
        let mut end = 0;
        for c in rest.chars() {
            let Some(want) = wanted.as_slice().first() else { break };
            if c.to_lowercase().next() != Some(*want) {
                break;
            }
            wanted.next();
            end += c.len_utf8();
        }
        if wanted.as_slice().is_empty() {
            let shown = rest.get(..end)?;
            // Each word begins with a capital and goes on small.
            let is_name = shown.chars().next().is_some_and(char::is_uppercase)
                && shown.chars().any(char::is_lowercase)
                && shown.chars().skip(1).any(char::is_uppercase);
            if is_name {
                return Some(shown.to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_goes() {
        let sites = ["The Quay Courier".to_owned()];
        let clean = |field: &str| clean(field, &sites);
        for field in [
            "https://a.example/me",
            "me@a.example",
            "@me",
            "admin",
            "",
            "www.a.example",
            "2026-01-02",
            "The Quay Courier",
            "Quay Courier",
            "12 May 2026",
            "/authors/me",
            "N/A",
        ] {
            assert_eq!(clean(field), None, "{field}");
        }
        for (field, name) in [
            ("Ada Prell, The Quay Courier", "Ada Prell"),
            ("Ada Prell | The Quay Courier", "Ada Prell"),
            ("Ada Prell (ada@a.example)", "Ada Prell"),
            ("By Ada Prell &amp; Tomas Uhl", "By Ada Prell & Tomas Uhl"),
            ("Ada Prell, Tomas Uhl and Ines Kaplan", "Ada Prell, Tomas Uhl and Ines Kaplan"),
            ("Ada Prell • 12 May 2026", "Ada Prell"),
            ("<a href=x>Ada Prell</a>", "Ada Prell"),
        ] {
            assert_eq!(clean(field).as_deref(), Some(name));
        }
    }

    #[test]
    fn capitals_are_as_shown_elsewhere() {
        let others = ["Aurelia McTavish writes about water."];
        assert_eq!(recase("AURELIA MCTAVISH", &[], &others), "Aurelia McTavish");
        assert_eq!(
            recase("By AURELIA MCTAVISH, ADA PRELL", &[], &others),
            "By Aurelia McTavish, ADA PRELL"
        );
        assert_eq!(recase("Aurelia Mctavish", &[], &others), "Aurelia Mctavish");
    }
}
