//! The article's text as a page's data repeat it (`articleBody` of schema.org), and which runs of
//! the page it repeats.

use std::collections::HashSet;

use super::blocks::Run;

/// How many letters and digits in a row have to agree.
const WINDOW: usize = 16;

/// The longest repeated text that is looked at, in letters and digits.
const MAX_LETTERS: usize = 400_000;

/// The share of a run's pieces that have to be found, in per cent.
const FOUND: usize = 60;

/// The share of the repeated text, in per cent, that has to be found on the page.
const COVERED: usize = 60;

/// Says for each run whether `text` repeats it; none where the page shows too little of `text`.
pub(super) fn confirm(runs: &[Run], text: &str) -> Option<Vec<bool>> {
    let letters = letters(text, MAX_LETTERS);
    if letters.len() < 10 * WINDOW {
        return None;
    }
    let windows: HashSet<&[char]> = letters.windows(WINDOW).collect();
    let mut covered = 0;
    let confirmed: Vec<bool> = runs
        .iter()
        .map(|run| {
            let own = self::letters(&run.text, MAX_LETTERS);
            let pieces = own.windows(WINDOW).step_by(WINDOW / 2);
            let (all, found) = pieces.fold((0, 0), |(all, found), piece| {
                (all + 1, found + usize::from(windows.contains(piece)))
            });
            let is_found = all > 0 && found * 100 >= all * FOUND;
            covered += if is_found { own.len() } else { 0 };
            is_found
        })
        .collect();
    (covered * 100 >= letters.len() * COVERED).then_some(confirmed)
}

/// A text's letters and digits in lower case.
fn letters(text: &str, most: usize) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::{blocks, build::build};

    #[test]
    fn runs_that_are_repeated_are_known() {
        let body = "The council voted on Tuesday evening to reopen the old bridge after two years of \
                    repairs, its speaker said in a statement. Work began in May, when the river was \
                    low enough for the divers. They found the old piers whole.";
        let page = "<p>The council voted on Tuesday evening to reopen the <a href=/x>old bridge</a> \
                    after two years of repairs, its speaker said in a statement.<p>Subscribe to our \
                    letter of the morning now.<p>Work began in May, when the river was low enough \
                    for the divers. They found the old piers whole.";
        let runs = blocks::cut(&build(page).unwrap());
        assert_eq!(confirm(&runs, body), Some(vec![true, false, true]));
        let other = body.replace("the", "a").replace('o', "e");
        assert_eq!(confirm(&runs, &other), None);
    }
}
