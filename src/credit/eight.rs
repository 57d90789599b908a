//! Looks at eight bytes of a text at a time, as one number.

/// The highest bit of each byte.
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight bytes from `at` on, the first one lowest; NUL past the end.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk::<8>().map_or_else(|| fewer(rest), |eight| u64::from_le_bytes(*eight))
}

/// The same of fewer bytes.
#[cold]
fn fewer(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |part, &byte| part << 8 | u64::from(byte))
}

/// The lowest `count` bytes.
#[inline]
pub(super) fn below(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (count * 8)) - 1 }
}

/// The bytes of eight that are small ASCII letters or digits, and those that are digits, by their
/// highest bits.
#[inline]
pub(super) fn letters_and_digits(part: u64) -> (u64, u64) {
    let digits = range(part, b'0', b'9');
    (digits | range(part, b'a', b'z'), digits)
}

/// The bytes of eight that are ASCII from `first` to `last`, by their highest bits.
#[inline]
pub(super) fn range(part: u64, first: u8, last: u8) -> u64 {
    let low = part & !HIGH;
    // Adding makes the highest bit of each byte from the first of a range on; no byte overflows.
    let from = |first: u8| low + u64::from_le_bytes([0x80 - first; 8]);
    from(first) & !from(last + 1) & !part & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_byte_by_byte() {
        for byte in 0..=u8::MAX {
            let part = u64::from_le_bytes([b'x', byte, 0xFF, byte, 0, b' ', byte, b'9']);
            let (word, digit) = letters_and_digits(part);
            for (at, own) in part.to_le_bytes().into_iter().enumerate() {
                let has = |bits: u64| bits >> (at * 8) & 0xFF;
                let want = |is: bool| if is { 0x80 } else { 0 };
                assert_eq!(has(digit), want(own.is_ascii_digit()), "{byte}");
                let small = own.is_ascii_lowercase() || own.is_ascii_digit();
                assert_eq!(has(word), want(small), "{byte}");
                assert_eq!(has(range(part, b' ', b' ')), want(own == b' '), "{byte}");
            }
        }
    }

    #[test]
    fn eight_are_read_up_to_the_end() {
        assert_eq!(eight(b"abcdefghi", 1), u64::from_le_bytes(*b"bcdefghi"));
        assert_eq!(eight(b"abc", 1), u64::from_le_bytes(*b"bc\0\0\0\0\0\0"));
        assert_eq!(eight(b"abc", 4), 0);
        assert_eq!((below(0), below(3), below(9)), (0, 0xFF_FFFF, u64::MAX));
    }
}
