//! Entry bundles: 256 records with their lengths (C2SP tlog-tiles, "Log entries").

use super::tile::{WIDTH, index_path};

/// The path of the bundle that holds the records from `256 · index` on, `width` of them.
pub fn path(index: u64, width: usize) -> String {
    let partial = if width < WIDTH { format!(".p/{width}") } else { String::new() };
    format!("tile/entries/{}{partial}", index_path(index))
}

/// Adds a record to a bundle: its length in two bytes, big-endian, then its bytes.
///
/// Records are at most 65,535 bytes long, as the journal's grammar has it.
pub fn push(bundle: &mut Vec<u8>, record: &[u8]) {
    let length = u16::try_from(record.len()).unwrap_or(u16::MAX);
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(record);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_those_of_the_specification() {
        let mut bundle = Vec::new();
        push(&mut bundle, b"ab");
        push(&mut bundle, &[7; 300]);
        assert_eq!(bundle[..4], [0, 2, b'a', b'b']);
        assert_eq!(bundle[4..6], [1, 44]);
        assert_eq!(path(0, 256), "tile/entries/000");
        assert_eq!(path(1234, 9), "tile/entries/x001/234.p/9");
    }
}
