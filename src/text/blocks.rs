//! Looks at a text's bytes many at a time.

/// The bytes that a look is about.
pub(super) const BLOCK: usize = 64;

/// The bytes that a look sees: its own and two more, NUL beyond the end.
pub(super) const SEEN: usize = BLOCK + 2;

/// What `look` finds in all blocks together, a bit each. The size of what it sees is fixed, so that
/// a `look` without branches becomes a few vector instructions.
pub(super) fn fold(bytes: &[u8], look: impl Fn(&[u8; SEEN]) -> u8) -> u8 {
    let mut found = 0;
    let mut rest = bytes;
    while let Some(seen) = rest.first_chunk() {
        found |= look(seen);
        rest = rest.get(BLOCK..).unwrap_or_default();
    }
    while !rest.is_empty() {
        let mut seen = [0; SEEN];
        for (slot, byte) in seen.iter_mut().zip(rest) {
            *slot = *byte;
        }
        found |= look(&seen);
        rest = rest.get(BLOCK..).unwrap_or_default();
    }
    found
}

/// What `is` says of each byte of the block and the two after it, a bit each.
#[inline]
pub(super) fn each(seen: &[u8; SEEN], is: impl Fn(u8, u8, u8) -> u8) -> u8 {
    let (second, third) = (seen.iter().skip(1), seen.iter().skip(2));
    seen.iter().zip(second).zip(third).fold(0, |found, ((a, b), c)| found | is(*a, *b, *c))
}
