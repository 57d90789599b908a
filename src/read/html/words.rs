//! What a page says of its own parts: the words in class names, ids and the names of elements.
//!
//! Pages name their parts in English more often than not, whatever their language; the commonest
//! words of other languages are listed too. A word is compared whole: `article-shareBar` has the
//! words `article`, `share` and `bar`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::parts::{ARTICLE, ARTICLE_TEXT, AUTHOR, CLUTTER, COMMENTS, META, PAIRS, TEXT};
use super::tag::Tag;
use super::tree::{Id, Key, Tree};

/// The words of a name such as `article-shareBar`, in lower case.
fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let mut words: Vec<String> = Vec::new();
        let mut before = '\0';
        for c in part.chars() {
            let begins = c.is_uppercase() && before.is_lowercase();
            match words.last_mut() {
                Some(word) if !begins => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
            before = c;
        }
        words
    })
}

/// What a page says of one of its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Said {
    /// Not the article's text.
    pub(super) clutter: bool,
    /// What readers say about it.
    pub(super) comments: bool,
    /// Who made it, when and where.
    pub(super) meta: bool,
    /// The article's text.
    pub(super) text: bool,
    /// Who made it.
    pub(super) author: bool,
}

/// What the words of an element's names say of it.
pub(super) fn said(tree: &Tree, id: Id) -> Said {
    let mut said = Said::default();
    for key in [Key::Class, Key::Id, Key::Element, Key::Component] {
        let Some(names) = tree.get(id, key) else { continue };
        // An id of many words is made of a heading's.
        if key == Key::Id && names.split(['-', '_']).count() > 4 {
            continue;
        }
        for name in names.split_ascii_whitespace().take(40) {
            say(&mut said, name);
        }
    }
    said
}

/// The lists as a table: which of them a word or a pair of words is in, as bits.
static WORDS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let lists = [
        (CLUTTER, 1),
        (COMMENTS, 2),
        (TEXT, 4),
        (ARTICLE, 8),
        (ARTICLE_TEXT, 16),
        (AUTHOR, 32),
        (PAIRS, 64),
        (META, 128),
    ];
    let mut table = HashMap::new();
    for (list, bit) in lists {
        for entry in list.split(", ") {
            *table.entry(entry).or_default() |= bit;
        }
    }
    table
});

fn say(said: &mut Said, name: &str) {
    let mut before = String::new();
    let (mut article, mut states) = (false, false);
    for word in words(name) {
        let word = word.as_str();
        let bits = WORDS.get(word).copied().unwrap_or_default();
        let both = format!("{before} {word}");
        let pairs = WORDS.get(both.as_str()).copied().unwrap_or_default();
        let pair = pairs & 64 != 0;
        // `has-sidebar`, `no-comments`, `is-paywall`: what a page has, not what a part is.
        if matches!(before.as_str(), "has" | "no" | "is" | "with" | "without" | "hide" | "show") {
            states = !pair;
        }
        if !states {
            let is_meta = pairs & 128 != 0;
            said.meta |= is_meta;
            said.clutter |= (bits & 1 != 0 && !is_meta) || pair;
            said.comments |= bits & 2 != 0;
            said.text |= (article && bits & 4 != 0) || bits & 16 != 0;
            said.author |= bits & 32 != 0;
        }
        article |= bits & 8 != 0;
        before.clear();
        before.push_str(word);
    }
}

/// Whether an element shows nothing to readers.
pub(super) fn is_hidden(tree: &Tree, id: Id) -> bool {
    let style = || {
        tree.get(id, Key::Style).is_some_and(|style| {
            let style: String = style.split_whitespace().collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    };
    tree.get(id, Key::Hidden).is_some()
        || tree.get(id, Key::AriaHidden).is_some_and(|value| value == "true")
        || style()
}

/// Whether an element's role (WAI-ARIA) or name says that it is not the article's text.
pub(super) fn is_apart(tree: &Tree, id: Id, tag: Tag) -> bool {
    let role = tree.get(id, Key::Role).is_some_and(|role| {
        matches!(
            role,
            "navigation"
                | "complementary"
                | "banner"
                | "contentinfo"
                | "dialog"
                | "alertdialog"
                | "search"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tablist"
        )
    });
    role || matches!(tag, Tag::Aside | Tag::Form | Tag::Figure | Tag::Figcaption | Tag::Fieldset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let all: Vec<String> = words("article-shareBar__x2 HTMLBody").collect();
        assert_eq!(all, ["article", "share", "bar", "x2", "htmlbody"]);
    }

    #[test]
    fn words_count_whole() {
        let of = |name: &str| {
            let mut said = Said::default();
            say(&mut said, name);
            said
        };
        assert!(of("share-bar").clutter && !of("shared-hosting").clutter);
        assert!(!of("has-sidebar").clutter && !of("no-comments").comments);
        assert!(of("storyBody").text && of("entry-content").text && !of("content").text);
        assert!(of("c-byline").author && of("most-read").clutter && of("post-meta").meta);
    }
}
