//! The phrases as a tree of bytes, to find the longest one that begins at a place.
//!
//! Below a node with one phrase left there are no more nodes: the rest of that phrase is compared.
//! Building it is a walk over the sorted phrases, so a program that reads one line starts at once.

/// No phrase.
pub(super) const NONE: u32 = u32::MAX;

/// A node: `phrase` ends here, or is all that is left below if the node is `last`.
#[derive(Debug, Clone, Copy)]
struct Node {
    first_edge: u32,
    edges: u16,
    last: bool,
    phrase: u32,
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
    /// Builds the tree of different phrases, none of them empty.
    pub(super) fn of(phrases: &[String]) -> Self {
        // The first bytes tell most phrases apart without a look at the phrases themselves.
        let head = |phrase: &String| {
            let mut head = [0; 8];
            head.iter_mut().zip(phrase.bytes()).for_each(|(to, from)| *to = from);
            u64::from_be_bytes(head)
        };
        let mut sorted: Vec<(u64, &str, u32)> =
            (0..).zip(phrases).map(|(at, phrase)| (head(phrase), phrase.as_str(), at)).collect();
        sorted.sort_unstable();
        let sorted: Vec<u32> = sorted.into_iter().map(|(.., phrase)| phrase).collect();
        let bytes = |at: usize| -> &[u8] {
            let phrase = sorted.get(at).and_then(|&phrase| phrases.get(phrase as usize));
            phrase.map_or(&[], |phrase| phrase.as_bytes())
        };
        let empty = Node { first_edge: 0, edges: 0, last: false, phrase: NONE };
        let mut trie = Self { nodes: vec![empty], edges: Vec::new(), roots: vec![NONE; 256] };
        let mut open = vec![Todo { node: 0, from: 0, to: sorted.len(), depth: 0 }];
        while let Some(Todo { node, from, to, depth }) = open.pop() {
            let mut made = Node { first_edge: number(trie.edges.len()), ..empty };
            let mut at = from;
            if bytes(at).len() == depth && depth > 0 || to == from + 1 {
                made.phrase = sorted.get(at).copied().unwrap_or(NONE);
                made.last = to == from + 1;
                at += 1;
            }
            while at < to && !made.last {
                let byte = bytes(at).get(depth).copied().unwrap_or(0);
                let rest = at..to;
                let same = rest.take_while(|&next| bytes(next).get(depth) == Some(&byte)).count();
                trie.edges.push((byte, number(trie.nodes.len())));
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
        phrases: &[String],
        text: &[u8],
        mut found: impl FnMut(u32, usize),
    ) {
        let Some(&first) = text.first() else { return };
        let mut next = self.roots.get(usize::from(first)).copied().unwrap_or(NONE);
        let mut depth = 1;
        while let Some(node) = self.nodes.get(next as usize) {
            if node.phrase != NONE {
                let phrase =
                    phrases.get(node.phrase as usize).map_or("", String::as_str).as_bytes();
                if node.last {
                    let rest = phrase.get(depth..).unwrap_or_default();
                    if text.get(depth..).is_some_and(|text| text.starts_with(rest)) {
                        found(node.phrase, phrase.len());
                    }
                    return;
                }
                found(node.phrase, depth);
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
            depth += 1;
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_is_found() {
        let phrases: Vec<String> =
            ["par", "a", "part", "parterre", "été", "à", "b"].map(String::from).into();
        let trie = Trie::of(&phrases);
        let found = |text: &str| {
            let mut found = Vec::new();
            trie.prefixes(&phrases, text.as_bytes(), |phrase, len| {
                found.push(phrases[phrase as usize].clone());
                assert!(text.starts_with(&phrases[phrase as usize][..len]));
            });
            found
        };
        assert_eq!(found("parterres"), ["par", "part", "parterre"]);
        assert_eq!(found("parter"), ["par", "part"]);
        assert_eq!(found("été"), ["été"]);
        assert_eq!(found("à"), ["à"]);
        assert!(found("xyz").is_empty() && found("").is_empty());
    }
}
