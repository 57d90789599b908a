//! What findings say, and what is said of rules, is reviewed and documented.

use std::collections::BTreeMap;
use std::fs;

use siglum::audit::rule;

use crate::desk::project;
use crate::scenarios::{run, scenarios};

/// The messages that `tests/audit/MESSAGES.md` reviews, by rule: pieces between which anything may stand.
fn reviewed() -> BTreeMap<String, Vec<Vec<String>>> {
    let review = fs::read_to_string(project("tests/audit/MESSAGES.md")).unwrap();
    let mut messages: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut rule = String::new();
    for line in review.lines() {
        if let Some(id) = line.strip_prefix("## ") {
            id.clone_into(&mut rule);
            messages.insert(rule.clone(), Vec::new());
        } else if let Some(message) = line.strip_prefix("> ") {
            let pieces = message.split('…').map(str::to_owned).collect();
            messages.get_mut(&rule).unwrap().push(pieces);
        }
    }
    messages
}

/// Whether a message is what its pieces say, with anything but nothing between them.
fn is_so(message: &str, pieces: &[String]) -> bool {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    let Some(mut rest) = message.strip_prefix(first.as_str()) else { return false };
    for piece in &pieces[1..] {
        let Some(at) = rest
            .char_indices()
            .skip(1)
            .find_map(|(at, _)| rest[at..].starts_with(piece.as_str()).then_some(at))
        else {
            return piece.is_empty() && !rest.is_empty();
        };
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty() || last.is_empty()
}

#[test]
fn every_message_is_reviewed() {
    let reviewed = reviewed();
    let mut wrong = Vec::new();
    for rule in rule::ALL {
        let Some(reviewed) = reviewed.get(rule.id) else {
            wrong.push(format!("{} is not reviewed", rule.id));
            continue;
        };
        let messages = scenarios(rule.id).into_iter();
        let messages: Vec<String> =
            messages.flat_map(|(name, scenario)| run(rule.id, &name, &scenario).messages).collect();
        for message in &messages {
            if !reviewed.iter().any(|pieces| is_so(message, pieces)) {
                wrong.push(format!("{}: not reviewed: {message}", rule.id));
            }
        }
        for pieces in reviewed {
            if !messages.iter().any(|message| is_so(message, pieces)) {
                wrong.push(format!("{}: no scenario says: {}", rule.id, pieces.join("…")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(reviewed.len(), rule::ALL.len(), "a rule is reviewed that isn't there");
}

/// Every rule stands in the documents' table, with the severity that it has.
#[test]
fn every_rule_is_in_the_table() {
    let table = fs::read_to_string(project("FORMAT.md")).unwrap();
    for rule in rule::ALL {
        let row = format!("| `{}` | {} | ", rule.id, rule.severity);
        assert!(table.contains(&row), "FORMAT.md has no line {row}");
        for said in [rule.why, rule.hint, rule.settings] {
            assert!(said.len() > 30, "{} explains too little: {said}", rule.id);
        }
    }
}
