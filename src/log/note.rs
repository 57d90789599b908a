//! The signature lines of a signed note, as text (C2SP signed-note, "Format").
//!
//! [`signed_note`] checks signatures; this adds lines to a note, takes them from it and compares
//! notes, without touching the text that is signed.

/// A note's text and its signature lines, both as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines<'a> {
    /// The text that is signed, its last line feed included.
    pub text: &'a str,
    /// The signature lines, without their line feeds.
    pub signatures: Vec<&'a str>,
}

/// Takes a note apart; `None` where it has no blank line before its signatures, or no signature.
pub fn split(note: &str) -> Option<Lines<'_>> {
    let (body, signatures) = note.rsplit_once("\n\n")?;
    let text = note.get(..=body.len())?;
    let signatures: Vec<&str> = signatures.strip_suffix('\n')?.split('\n').collect();
    signatures.iter().all(|line| signer(line).is_some()).then_some(Lines { text, signatures })
}

/// Who a signature line says it is by: the key's name, and the five digits of base64 that hold
/// most of the key's id.
///
/// The id is the first four bytes of the signature; five digits of base64 and two bits of the
/// sixth hold them, so lines of one key always agree in the first five.
pub fn signer(line: &str) -> Option<(&str, &str)> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    Some((name, signature.get(..5)?)).filter(|_| !name.is_empty())
}

/// The note with a signature line added, or put in the place of an older one by the same key.
pub fn with_signature(note: &Lines<'_>, line: &str) -> String {
    let kept = note.signatures.iter().filter(|have| signer(have) != signer(line));
    let mut out = format!("{}\n", note.text);
    for signature in kept.copied().chain([line]) {
        out.push_str(signature);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "desk.example\n1\nroot\n\n— desk.example AAAAAQID\n— w.example BBBBBQID\n";

    #[test]
    fn lines_are_added_and_replaced() {
        let note = split(NOTE).unwrap();
        assert_eq!(note.text, "desk.example\n1\nroot\n");
        assert_eq!(note.signatures.len(), 2);
        let added = with_signature(&note, "— v.example CCCCCQID");
        assert_eq!(added, format!("{NOTE}— v.example CCCCCQID\n"));
        let replaced = with_signature(&note, "— w.example BBBBBXXX");
        assert_eq!(replaced, NOTE.replace("BBBBBQID", "BBBBBXXX"));
    }

    #[test]
    fn what_is_no_note_is_not_taken_apart() {
        for bad in [
            "",
            "a\n\n",
            "a\n\nb\n",
            "a\n— x AAAAAQID\n",
            "a\n\n— x AAAAAQID",
            "a\n\n—  AAAAAQID\n",
        ] {
            assert_eq!(split(bad), None, "{bad:?}");
        }
    }
}
