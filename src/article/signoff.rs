//! Sign-offs that stand at the end of a paragraph: "… he said. (Reporting by A; Editing by B)".

use super::document::Block;
use crate::credit::find::Finder;

/// How many blocks from the end are looked at: sign-offs come before related links and the like.
const NEAR_END: usize = 6;

/// Gives sign-offs in parentheses at the end of the last paragraphs blocks of their own.
pub(super) fn split(blocks: &mut Vec<Block>, finder: &mut Finder<'_>) {
    let mut place = blocks.len().saturating_sub(NEAR_END);
    while let Some(block) = blocks.get_mut(place) {
        if let Some(at) = signoff(&block.text, finder) {
            let text = block.text.split_off(at);
            block.text.truncate(block.text.trim_end().len());
            let mark = None;
            blocks.insert(place + 1, Block { text, mark });
            place += 1;
        }
        place += 1;
    }
}

/// Where the sign-off at the end of a paragraph begins: parentheses that close with the paragraph,
/// after a sentence's end, and of which everything is read as credits with a role phrase.
fn signoff(text: &str, finder: &mut Finder<'_>) -> Option<usize> {
    let inside = text.trim_end();
    let open = match inside.chars().next_back()? {
        ')' => '(',
        '）' => '（',
        _ => return None,
    };
    let at = inside.rfind(open)?;
    let (body, line) = inside.split_at_checked(at)?;
    let ends = body
        .trim_end()
        .ends_with(['.', '!', '?', '"', '”', '»', '’', '。', '！', '？', '」', '।', '؟']);
    if !ends {
        return None;
    }
    let read = finder.line(line);
    let by_phrase = read.credits.iter().any(|credit| credit.phrase_span.is_some());
    (by_phrase && read.leftovers.is_empty()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit::lexicon::Lexicon;

    fn blocks(text: &str) -> Vec<String> {
        let mut blocks = vec![Block { text: text.to_owned(), mark: None }];
        split(&mut blocks, &mut Finder::new(Lexicon::builtin(), None));
        blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn a_sign_off_after_the_last_sentence_stands_alone() {
        assert_eq!(
            blocks(
                "It reopened on Tuesday, she said. (Reporting by Ada Prell; Editing by Tomas Uhl)"
            ),
            ["It reopened on Tuesday, she said.", "(Reporting by Ada Prell; Editing by Tomas Uhl)"]
        );
    }

    #[test]
    fn other_parentheses_stay() {
        for text in [
            "It reopened on Tuesday (after two years of repairs).",
            "It reopened on Tuesday. (The council paid for it.)",
            "The report (edited by Tomas Uhl)",
            "(Reporting by Ada Prell)",
        ] {
            assert_eq!(blocks(text).len(), 1, "{text}");
        }
    }
}
