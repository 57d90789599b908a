//! The phrases as a tree of bytes, to find the longest one that begins at a place.
//!
//! Bytes that all phrases below a node share are passed over, and compared where a phrase ends; below
//! a node with one phrase left there are no more nodes. Building it is a walk over the sorted
//! phrases, so a program that reads one line starts at once.

use super::phrases::Phrases;

/// No phrase.
pub(super) const NONE: u32 = u32::MAX;

/// A node: `phrase` ends here, or is all that is left below if the node is `last`.
#[derive(Debug, Clone, Copy)]
struct Node {
    first_edge: u32,
    phrase: u32,
    edges: u16,
    /// How many bytes more than the edge to it all phrases below it share.
    shared: u8,
    last: bool,
}

/// A tree of phrases.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The bytes that lead on, sorted within a node, and where to.
    edges: Vec<(u8, u32)>,
    /// Where the first byte leads: most places of a line end here.
    roots: Vec<u32>,
}

/// Phrases from `from` to `to` of the sorted ones share `depth` bytes.
struct Todo {
    node: usize,
    from: usize,
    to: usize,
    depth: usize,
}

impl Trie {
    /// Builds the tree of phrases, none of them empty.
    pub(super) fn of(phrases: &Phrases) -> Self {
        let bytes = |at: usize| phrases.bytes(number(at));
        let byte = |at: usize, depth: usize| bytes(at).get(depth).copied();
        let empty = Node { first_edge: 0, phrase: NONE, edges: 0, shared: 0, last: false };
        let mut nodes = Vec::with_capacity(phrases.len() * 3 / 2);
        nodes.push(empty);
        let edges = Vec::with_capacity(nodes.capacity());
        let mut trie = Self { nodes, edges, roots: vec![NONE; 256] };
        let mut open = vec![Todo { node: 0, from: 0, to: phrases.len(), depth: 0 }];
        while let Some(Todo { node, from, to, mut depth }) = open.pop() {
            let mut made = Node { first_edge: number(trie.edges.len()), ..empty };
            let mut at = from;
            made.last = to == from + 1;
            if depth > 0 && !made.last {
                // They are sorted: what the first and the last share, all do.
                let rest = |at: usize| bytes(at).get(depth..).unwrap_or_default().iter();
                let pairs = rest(from).zip(rest(to - 1));
                let shared = pairs.take_while(|(one, other)| one == other).count();
                made.shared = u8::try_from(shared).unwrap_or(u8::MAX);
                depth += usize::from(made.shared);
            }
            if made.last || bytes(at).len() == depth {
                made.phrase = number(at);
                at += 1;
            }
            while at < to && !made.last {
                let own = byte(at, depth);
                let same = run(to - at, |next| byte(at + next, depth) == own);
                trie.edges.push((own.unwrap_or(0), number(trie.nodes.len())));
                open.push(Todo {
                    node: trie.nodes.len(),
                    from: at,
                    to: at + same,
                    depth: depth + 1,
                });
                trie.nodes.push(empty);
                made.edges += 1;
                at += same.max(1);
            }
            if let Some(slot) = trie.nodes.get_mut(node) {
                *slot = made;
            }
        }
        let root = trie.nodes.first().copied().unwrap_or(empty);
        for &(byte, next) in trie.edges.iter().take(root.edges.into()) {
            if let Some(slot) = trie.roots.get_mut(usize::from(byte)) {
                *slot = next;
            }
        }
        trie
    }

    /// Calls `found` with every phrase that `text` begins with, shortest first.
    pub(super) fn prefixes(
        &self,
        phrases: &Phrases,
        text: &[u8],
        mut found: impl FnMut(u32, usize),
    ) {
        let Some(&first) = text.first() else { return };
        let mut next = self.roots.get(usize::from(first)).copied().unwrap_or(NONE);
        // Up to `same` the text is known to be that of the phrases below, and up to `depth` but for
        // the bytes that were passed over.
        let (mut same, mut depth) = (1, 1);
        while let Some(node) = self.nodes.get(next as usize) {
            depth += usize::from(node.shared);
            if node.phrase != NONE {
                let phrase = phrases.bytes(node.phrase);
                let rest = phrase.get(same..).unwrap_or_default();
                if !rest.is_empty() && !text.get(same..).is_some_and(|own| own.starts_with(rest)) {
                    return;
                }
                found(node.phrase, phrase.len());
                if node.last {
                    return;
                }
                same = depth;
            }
            let Some(&byte) = text.get(depth) else { return };
            let first = node.first_edge as usize;
            let own = self.edges.get(first..first + usize::from(node.edges)).unwrap_or_default();
            let edge = if own.len() <= 6 {
                own.iter().find(|edge| edge.0 == byte)
            } else {
                own.binary_search_by_key(&byte, |edge| edge.0).ok().and_then(|at| own.get(at))
            };
            let Some(&(_, node)) = edge else { return };
            next = node;
            same += usize::from(same == depth);
            depth += 1;
        }
    }
}

/// How many of the first of `len` things are alike, when those that are come first: steps double
/// until one is not.
fn run(len: usize, is_alike: impl Fn(usize) -> bool) -> usize {
    let (mut known, mut step) = (1, 1);
    while known + step <= len && is_alike(known + step - 1) {
        known += step;
        step *= 2;
    }
    while step > 0 {
        if known + step <= len && is_alike(known + step - 1) {
            known += step;
        }
        step /= 2;
    }
    known
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_its_things_do() {
        for len in 1..40 {
            for alike in 1..=len {
                assert_eq!(run(len, |at| at < alike), alike, "{len}");
            }
        }
    }

    #[test]
    fn every_prefix_is_found() {
        let phrases: Phrases = [
            "par",
            "a",
            "part",
            "parterre",
            "été",
            "à",
            "b",
            "translated by",
            "translated from",
            "t",
        ]
        .into_iter()
        .collect();
        let trie = Trie::of(&phrases);
        let found = |text: &str| {
            let mut found = Vec::new();
            trie.prefixes(&phrases, text.as_bytes(), |phrase, len| {
                found.push(phrases.get(phrase).to_owned());
                assert!(text.starts_with(&phrases.get(phrase)[..len]));
            });
            found
        };
        assert_eq!(found("parterres"), ["par", "part", "parterre"]);
        assert_eq!(found("parter"), ["par", "part"]);
        assert_eq!(found("été"), ["été"]);
        assert_eq!(found("à"), ["à"]);
        assert_eq!(found("translated from it"), ["t", "translated from"]);
        for other in ["translated", "transmuted by", "translated fro", "tr"] {
            assert_eq!(found(other), ["t"], "{other}");
        }
        assert!(found("xyz").is_empty() && found("").is_empty());
    }
}
