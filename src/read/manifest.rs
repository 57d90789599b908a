//! Manifests embedded in text (C2PA 2.3, "Embedding manifests into unstructured text"): U+FEFF
//! and a run of variation selectors that stand for bytes.
//!
//! U+FE00 to U+FE0F are the bytes 0 to 15, U+E0100 to U+E01EF those from 16 to 255. The bytes begin
//! with `C2PATXT` and a zero. They are noticed and kept out of the text; what they claim is not
//! believed here.

use crate::article::document::{Claim, Document, Subject};

/// What the bytes of a manifest begin with.
const MAGIC: &[u8] = b"C2PATXT\0";

/// Takes manifests out of a document's blocks and leaves a claim for each block that had any.
pub(super) fn take(document: &mut Document) {
    for (number, block) in (1..).zip(&mut document.blocks) {
        let Some((text, bytes)) = without(&block.text) else { continue };
        block.text = text;
        document.claims.push(Claim {
            subject: Subject::Manifest,
            value: format!("C2PA, {bytes} bytes"),
            place: format!("block {number}"),
        });
    }
    document.blocks.retain(|block| block.text.chars().any(|c| !c.is_whitespace()));
}

/// A text without its manifests, and how many bytes they stand for; `None` if it has none.
fn without(text: &str) -> Option<(String, usize)> {
    if !text.contains('\u{FEFF}') {
        return None;
    }
    let mut kept = String::new();
    let mut bytes = 0;
    let mut from = 0;
    for (start, mark) in text.match_indices('\u{FEFF}') {
        let run = text.get(start + mark.len()..)?;
        if start < from || !run.chars().map_while(byte).take(MAGIC.len()).eq(MAGIC.iter().copied())
        {
            continue;
        }
        kept.push_str(text.get(from..start)?);
        from = start + mark.len();
        for c in run.chars().take_while(|c| byte(*c).is_some()) {
            from += c.len_utf8();
            bytes += 1;
        }
    }
    kept.push_str(text.get(from..)?);
    (bytes > 0).then_some((kept, bytes))
}

/// The byte that a variation selector stands for.
fn byte(c: char) -> Option<u8> {
    let code = u32::from(c);
    match code {
        0xFE00..=0xFE0F => u8::try_from(code - 0xFE00).ok(),
        0xE0100..=0xE01EF => u8::try_from(code - 0xE0100 + 16).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::document::{Block, Reader};

    fn selectors(bytes: &[u8]) -> String {
        let of = |byte: &u8| match u32::from(*byte) {
            small @ 0..16 => char::from_u32(0xFE00 + small),
            large => char::from_u32(0xE0100 + large - 16),
        };
        std::iter::once('\u{FEFF}').chain(bytes.iter().filter_map(of)).collect()
    }

    fn document(texts: &[&str]) -> Document {
        let block = |text: &&str| Block { text: (*text).to_owned(), mark: None };
        let encoding = "utf-8".to_owned();
        let reader = Reader { name: "text", version: 1, settings: Vec::new(), encoding };
        Document { blocks: texts.iter().map(block).collect(), claims: Vec::new(), reader }
    }

    #[test]
    fn a_manifest_is_noticed_and_taken_out() {
        let manifest = selectors(b"C2PATXT\0\x01\x00\x00\x00\x02\xFF\x10");
        let mut given = document(&["A bridge.", &format!("It reopened.{manifest}"), &manifest]);
        take(&mut given);
        let texts: Vec<_> = given.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["A bridge.", "It reopened."]);
        assert_eq!(given.claims.len(), 2);
        assert_eq!(given.claims[0].value, "C2PA, 15 bytes");
    }

    #[test]
    fn other_marks_and_selectors_stay() {
        let texts = ["\u{FEFF}A bridge.", "❤\u{FE0F} and \u{FEFF}\u{FE0F}"];
        let mut given = document(&texts);
        let before = given.clone();
        take(&mut given);
        assert_eq!(given, before);
    }
}
