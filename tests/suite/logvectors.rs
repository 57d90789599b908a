//! The log's conformance vectors under `tests/vectors/`, made by another implementation of RFC 6962
//! and of C2SP's tlog-tiles, tlog-cosignature, tlog-proof and tlog-witness.
//!
//! Files are as `vector.rs` has them. A leaf `n` of the vectors for trees, tiles and proofs is
//! SHA-256(0x00 ‖ `n` in eight bytes, the greatest first). The log's key has the seed 32 times 7,
//! or 8; witnesses' seeds are 32 times 21 and more.

use siglum::log::checkpoint::{CheckpointError, SignedCheckpoint};
use siglum::log::cosign::{CosignError, CosignerKey, Quorum};
use siglum::log::proof::{is_consistent, root_from_inclusion};
use siglum::log::receipt::{Receipt, ReceiptError};
use siglum::log::tile::{self, Tile};
use siglum::log::tree::{self, Edge};
use siglum::log::witness::Request;
use siglum::text::digest::Digest;

use crate::vector::{Vector, Verdicts, vectors};

/// Judges all vectors of a directory by `judge`, which finds a class and says more of it; fails if
/// one came out otherwise than stated, or a class has too few.
fn judge(of: &str, least: &[(&str, usize)], judge: impl Fn(&Vector) -> (&'static str, String)) {
    let mut verdicts = Verdicts::default();
    for vector in vectors(of) {
        let (found, detail) = judge(&vector);
        let detail = format!("{detail}; {}", vector.text("why"));
        verdicts.judge(&vector.name, &vector.expect, found, &detail);
    }
    verdicts.end(of, least);
}

/// The digest that 64 hexadecimal digits state.
fn from_hex(hex: &str) -> Digest {
    assert_eq!(hex.len(), 64, "{hex}");
    let byte = |at: usize| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap();
    Digest::from_bytes(std::array::from_fn(byte))
}

#[test]
fn inclusions() {
    let least = [("valid", 50), ("wrong-root", 35), ("malformed-shape", 40)];
    judge("inclusion", &least, |vector| {
        let (index, size) = (vector.number("index"), vector.number("size"));
        let leaf = from_hex(vector.text("leaf"));
        match root_from_inclusion(leaf, index, size, &vector.hashes()) {
            None => ("malformed-shape", String::new()),
            Some(root) if root == vector.hash("root") => ("valid", String::new()),
            Some(root) => ("wrong-root", tree::to_base64(&root)),
        }
    });
}

#[test]
fn consistencies() {
    judge("consistency", &[("valid", 50), ("inconsistent", 90)], |vector| {
        let (old, new) = (vector.number("old"), vector.number("new"));
        let (old_root, new_root) = (vector.hash("old_root"), vector.hash("new_root"));
        let consistent = is_consistent(old, old_root, new, new_root, &vector.hashes());
        (if consistent { "valid" } else { "inconsistent" }, String::new())
    });
}

/// The root and the tiles of a tree of `size` leaves: place, width and SHA-256, in their order.
fn grown(size: u64) -> (Digest, String) {
    let mut edge = Edge::new();
    let mut tiles = Vec::new();
    let mut add = |tile: Tile, hashes: &[Digest]| {
        assert_eq!(hashes.len(), tile.width(), "{tile}");
        let bytes = tile::bytes(hashes);
        assert_eq!(tile::hashes(&bytes, tile.width()).as_deref(), Some(hashes), "{tile}");
        tiles.push((tile, Digest::of_bytes(&bytes)));
    };
    for n in 0..size {
        edge.push(tree::leaf_hash(&n.to_be_bytes()), &mut add);
    }
    for (tile, hashes) in edge.partial() {
        add(tile, hashes);
    }
    tiles.sort();
    let line = |(tile, digest): &(Tile, Digest)| format!("{tile} {} {digest}\n", tile.width());
    (edge.root(), tiles.iter().map(line).collect())
}

/// Which lines are in one of two texts only, as far as there is room to say so.
fn difference(found: &str, stated: &str) -> String {
    let only = |in_one: &str, other: &str| {
        let lines: Vec<&str> = other.lines().collect();
        let only = in_one.lines().filter(|line| !lines.contains(line)).take(3);
        only.map(str::to_owned).collect::<Vec<_>>()
    };
    format!("siglum alone has {:?}, the vector {:?}", only(found, stated), only(stated, found))
}

#[test]
fn tiles() {
    let least = [
        ("tree", 15),
        ("path", 12),
        ("no-part", 4),
        ("holding", 15),
        ("count", 15),
        ("hashes", 5),
        ("malformed", 10),
    ];
    judge("tile", &least, |vector| {
        let number = |key| vector.number(key);
        let width = || usize::try_from(vector.number("width")).unwrap();
        let same = |class, found: &str| {
            let class = if found == vector.body() { class } else { "another" };
            (class, difference(found, vector.body()))
        };
        match vector.expect.as_str() {
            "tree" => {
                let (root, lines) = grown(number("size"));
                if root != vector.hash("root") {
                    return ("another root", tree::to_base64(&root));
                }
                same("tree", &lines)
            }
            "path" | "no-part" => {
                let (level, index, width) = (vector.level(), number("index"), width());
                let is_full = vector.expect == "path" && width == tile::WIDTH;
                let full = is_full.then(|| Tile::full(level, index));
                match full.or_else(|| Tile::partial(level, index, width)) {
                    None => ("no-part", String::new()),
                    Some(tile) => {
                        let path = tile.to_string();
                        assert!(path.contains(&tile::index_path(index)), "{path}");
                        same("path", &format!("{path}\n"))
                    }
                }
            }
            "holding" => {
                let tile = Tile::holding(vector.level(), number("position"), number("size"));
                same("holding", &format!("{tile}\n"))
            }
            "count" => {
                same("count", &format!("{}\n", tile::count_full(number("size"), vector.level())))
            }
            _ => match tile::hashes(&vector.bytes, width()) {
                None => ("malformed", String::new()),
                Some(hashes) if tile::bytes(&hashes) == vector.bytes => ("hashes", String::new()),
                Some(_) => ("another", "bytes(hashes(b)) is not b".to_owned()),
            },
        }
    });
}

/// The class of a refused checkpoint.
fn checkpoint_class(error: &CheckpointError) -> &'static str {
    match error {
        CheckpointError::Malformed(_) => "malformed",
        CheckpointError::Origin { .. } => "origin",
        CheckpointError::NotSigned(_) => "not-signed",
        CheckpointError::BadSignature(_) => "bad-signature",
        _ => "unknown",
    }
}

/// The class of refused cosignatures.
fn cosign_class(error: &CosignError) -> (&'static str, String) {
    let class = match error {
        CosignError::Malformed => "malformed",
        CosignError::BadSignature(_) => "bad-signature",
        _ => "unknown",
    };
    (class, error.to_string())
}

/// Judges a checkpoint by several witnesses, of which some must have cosigned.
fn quorum(vector: &Vector, checkpoint: &SignedCheckpoint) -> (&'static str, String) {
    let witnesses: Vec<CosignerKey> = vector
        .text("witnesses")
        .split(' ')
        .map(|key| CosignerKey::parse(key).expect(&vector.name))
        .collect();
    let needed = usize::try_from(vector.number("quorum")).unwrap();
    let log = vector.verifier().public();
    let quorum = match Quorum::new(witnesses, needed, log.as_ref()) {
        Ok(quorum) => quorum,
        Err(error) => return ("no-quorum", error.to_string()),
    };
    match quorum.cosignatures(checkpoint) {
        Err(error) => cosign_class(&error),
        Ok(found) => {
            let names: Vec<&str> = found.iter().map(|one| one.by.name().as_str()).collect();
            let names = names.join(" ");
            if names != vector.header.get("counted").map_or("", String::as_str) {
                return ("others counted", names);
            }
            (if found.len() >= quorum.needed() { "reached" } else { "not-reached" }, names)
        }
    }
}

#[test]
fn cosignatures() {
    let least = [
        ("valid", 20),
        ("absent", 15),
        ("bad-signature", 35),
        ("malformed", 15),
        ("bad-key", 12),
        ("reached", 8),
        ("not-reached", 7),
        ("no-quorum", 5),
    ];
    judge("cosignature", &least, |vector| {
        let checkpoint = match SignedCheckpoint::verify(&vector.bytes, &vector.verifier()) {
            Ok(checkpoint) => checkpoint,
            Err(CheckpointError::Malformed(what)) => return ("malformed", what.to_owned()),
            Err(error) => return ("another log error", error.to_string()),
        };
        if vector.header.contains_key("witnesses") {
            return quorum(vector, &checkpoint);
        }
        let key = match CosignerKey::parse(vector.text("witness")) {
            Ok(key) => key,
            Err(error) => return ("bad-key", error.to_string()),
        };
        assert_eq!(key.as_str(), vector.text("witness"), "{}", vector.name);
        match key.cosignature_on(&checkpoint) {
            Ok(None) => ("absent", String::new()),
            Ok(Some(found)) => {
                assert_eq!(found.by, key, "{}", vector.name);
                let time = vector.header.get("time");
                let same = time.is_none_or(|time| *time == found.time.to_string());
                (if same { "valid" } else { "another time" }, found.time.to_string())
            }
            Err(error) => cosign_class(&error),
        }
    });
}

#[test]
fn receipts() {
    let least = [
        ("valid", 25),
        ("malformed", 75),
        ("not-included", 28),
        ("bad-signature", 11),
        ("not-signed", 6),
        ("origin", 5),
    ];
    judge("receipt", &least, |vector| {
        let read = Receipt::parse(&vector.bytes);
        if let Ok(receipt) = &read {
            assert_eq!(receipt.to_bytes(), vector.bytes, "{}", vector.name);
        }
        match read.and_then(|receipt| receipt.verify(&vector.verifier())) {
            Ok(proved) => ("valid", format!("{}", proved.index())),
            Err(error) => {
                let class = match &error {
                    ReceiptError::Malformed { .. } => "malformed",
                    ReceiptError::Checkpoint(error) => checkpoint_class(error),
                    ReceiptError::NotIncluded { .. } => "not-included",
                    _ => "unknown",
                };
                assert_eq!(error.is_unreadable(), class == "malformed", "{}", vector.name);
                (class, error.to_string())
            }
        }
    });
}

#[test]
fn requests() {
    let least = [
        ("valid", 8),
        ("continues", 12),
        ("breaks", 18),
        ("malformed", 35),
        ("not-signed", 2),
        ("bad-signature", 5),
        ("origin", 1),
    ];
    judge("request", &least, |vector| {
        let request = match Request::parse(&vector.bytes) {
            Ok(request) => request,
            Err(error) => return ("malformed", error.to_string()),
        };
        assert_eq!(request.to_bytes(), vector.bytes, "{}", vector.name);
        let checkpoint = match SignedCheckpoint::verify(&request.checkpoint, &vector.verifier()) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return (checkpoint_class(&error), error.to_string()),
        };
        let Some(known) = vector.header.get("known") else { return ("valid", String::new()) };
        // The size and the root of the checkpoint that the witness cosigned last.
        let (size, root) = known.split_once(' ').expect(&vector.name);
        assert_eq!(size, request.old.to_string(), "{}", vector.name);
        let root = tree::from_base64(root).expect(&vector.name);
        let continues = request.continues(root, checkpoint.size(), checkpoint.root());
        (if continues { "continues" } else { "breaks" }, String::new())
    });
}
