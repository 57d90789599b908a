//! Slips of the pen in words that are otherwise the same.
//!
//! Most words that differ by a letter are two names ("Marin", "Martin"; "Paul", "Paula"). So the first
//! and the last letter must be right, and a letter more, less or other counts in long words only.

/// A slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two letters next to each other changed places.
    Swapped,
    /// A letter stands once instead of twice.
    Doubled,
    /// A letter is missing, added or another.
    Letter,
}

/// The shortest words in which two letters may have changed places, or one be doubled.
const SHORT: usize = 5;
/// The shortest in which a letter may be missing, added or another.
const LONG: usize = 9;

/// The one slip that makes one of the other, if it is likely to be one.
pub(super) fn slip(one: &str, two: &str) -> Option<Slip> {
    let (one, two) = (one.as_bytes(), two.as_bytes());
    let (one, two) = if one.len() < two.len() { (two, one) } else { (one, two) };
    let same = one.iter().zip(two).take_while(|(a, b)| a == b).count();
    let tail = one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count();
    let shorter = two.len();
    if same == 0 || shorter < SHORT || one.len() - shorter > 1 {
        return None;
    }
    let tail = tail.min(shorter.saturating_sub(same));
    let (left, right) = (one.len() - same - tail, shorter - same - tail);
    let at = |word: &[u8], place: usize| word.get(place).copied();
    match (left, right) {
        (1, 0) => {
            let added = at(one, same);
            let doubled = added == at(one, same.wrapping_sub(1)) || added == at(one, same + 1);
            match (doubled, tail) {
                (true, _) => Some(Slip::Doubled),
                (false, 1..) if shorter >= LONG => Some(Slip::Letter),
                _ => None,
            }
        }
        (1, 1) if tail > 0 && shorter >= LONG => Some(Slip::Letter),
        (2, 2)
            if tail > 0
                && at(one, same) == at(two, same + 1)
                && at(one, same + 1) == at(two, same) =>
        {
            Some(Slip::Swapped)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_name() {
        for (one, two, wanted) in [
            ("philippa", "phillippa", Some(Slip::Doubled)),
            ("philip", "philipp", Some(Slip::Doubled)),
            ("chirstopher", "christopher", Some(Slip::Swapped)),
            ("bartholemew", "bartholomew", Some(Slip::Letter)),
            ("castelanos", "castellanos", Some(Slip::Doubled)),
            ("marin", "martin", None),
            ("paul", "paula", None),
            ("marian", "marina", None),
            ("hansen", "jansen", None),
            ("christina", "christine", None),
            ("anna", "ana", None),
            ("aaaaa", "aaaaa", None),
        ] {
            assert_eq!(slip(one, two), wanted, "{one} {two}");
            assert_eq!(slip(two, one), wanted, "{two} {one}");
        }
    }
}
