//! What an editor looks for first in a change: numbers and quotations.

use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What kind of meaning a change touches.
    Signal, "signal", {
        /// Another number, or another number of them.
        Number = "number",
        /// Other quotation marks, or another number of them.
        Quotation = "quotation",
    }
}

/// The signals of a change from one paragraph to another.
pub fn signals(old: &str, new: &str) -> Vec<Signal> {
    let mut found = Vec::new();
    if numbers(old) != numbers(new) {
        found.push(Signal::Number);
    }
    if quotes(old) != quotes(new) {
        found.push(Signal::Quotation);
    }
    found
}

/// The numbers in a text, sorted: runs of digits with the marks that stand between digits.
fn numbers(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> = text
        .split(|c: char| !(c.is_numeric() || matches!(c, '.' | ',' | '\'' | '’' | '-' | '−' | '%')))
        .map(|run| run.trim_matches(|c: char| matches!(c, '.' | ',' | '\'' | '’')))
        .filter(|run| run.contains(char::is_numeric))
        .collect();
    all.sort_unstable();
    all
}

/// How many quotation marks a text has, whatever their shape.
fn quotes(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_quotations_are_noticed() {
        assert_eq!(signals("nearly 4,000 men.", "nearly 40,000 men."), [Signal::Number]);
        assert_eq!(signals("minus −5 degrees", "minus 5 degrees"), [Signal::Number]);
        assert_eq!(signals("he said no", "he said “no”"), [Signal::Quotation]);
        assert_eq!(signals("in 2008, it fell", "it fell in 2008."), []);
    }
}
