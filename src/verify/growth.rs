//! Whether a log continues what was seen of it before.

use super::fault::{Fault, FaultKind};
use crate::log::checkpoint::Checkpoint;
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;

/// The root over the first `size` leaves; `None` where there are fewer.
pub fn root_at(leaves: &[Digest], size: u64) -> Option<Digest> {
    let leaves = leaves.get(..usize::try_from(size).ok()?)?;
    let mut edge = Edge::new();
    for leaf in leaves {
        edge.push(*leaf, |_, _| ());
    }
    Some(edge.root())
}

/// The fault in a log that does not continue an earlier checkpoint: fewer records, fewer of them
/// signed, or others.
///
/// `leaves` are the leaf hashes of all records, `signed` is how many of them the checkpoint at
/// hand covers.
pub fn fault(leaves: &[Digest], signed: u64, seen: &Checkpoint) -> Option<Fault> {
    let file = "records/checkpoint";
    match root_at(leaves, seen.size) {
        Some(root) if root != seen.root => Some(
            Fault::new(
                FaultKind::Fork,
                file,
                format!("the log does not continue the {} records that were seen of it", seen.size),
            )
            .with(tree::to_base64(&seen.root), tree::to_base64(&root)),
        ),
        Some(_) if signed >= seen.size => None,
        _ => Some(
            Fault::new(FaultKind::Rollback, file, "the log is older than when it was last seen")
                .with(
                    format!("{} signed records, root {}", seen.size, tree::to_base64(&seen.root)),
                    format!("{signed} signed records"),
                ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::key::Origin;

    #[test]
    fn a_log_only_grows() {
        let leaves: Vec<Digest> = (0..5u8).map(|n| Digest::of_bytes(&[n])).collect();
        let seen = |size: usize, leaves: &[Digest]| Checkpoint {
            origin: Origin::new("desk.example").unwrap(),
            size: size as u64,
            root: root_at(leaves, size as u64).unwrap(),
        };
        let kind = |fault: Option<Fault>| fault.map(|fault| fault.kind);
        assert_eq!(kind(fault(&leaves, 5, &seen(3, &leaves))), None);
        assert_eq!(kind(fault(&leaves, 5, &seen(5, &leaves))), None);
        assert_eq!(kind(fault(&leaves[..4], 4, &seen(5, &leaves))), Some(FaultKind::Rollback));
        assert_eq!(kind(fault(&leaves, 4, &seen(5, &leaves))), Some(FaultKind::Rollback));
        let mut other = leaves.clone();
        other[1] = other[0];
        assert_eq!(kind(fault(&other, 5, &seen(3, &leaves))), Some(FaultKind::Fork));
    }
}
