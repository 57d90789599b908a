//! Checks everything a log has on disk, by rules written anew from the specifications: C2SP
//! signed-note, tlog-checkpoint and tlog-tiles, RFC 6962 by ct-merkle. Uses none of siglum's code.

use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// A log as the oracle reads it.
pub struct Log {
    pub records: Vec<Vec<u8>>,
    pub origin: String,
    pub signed: usize,
}

/// Reads a workspace's log and checks all of it.
///
/// # Panics
///
/// If anything is not as it must be.
pub fn check(root: &Path) -> Log {
    let records_dir = root.join("records");
    let records = journal(&records_dir);
    let settings = fs::read_to_string(root.join("provenance.toml")).unwrap();
    let verifier = settings
        .lines()
        .find_map(|line| line.strip_prefix("verifier = \""))
        .and_then(|rest| rest.strip_suffix('"'))
        .expect("a verifier key");
    let note = fs::read_to_string(records_dir.join("checkpoint")).unwrap();
    let (origin, signed, root_hash) = checkpoint(&note, verifier);
    assert!(signed <= records.len(), "{signed} signed, {} there", records.len());
    assert_eq!(root_hash, root_of(&records[..signed]), "the checkpoint's root");
    tiles(&records_dir, &records[..signed]);
    Log { records, origin, signed }
}

/// Checks only that the records which the checkpoint signs are all there: beyond them may lie what
/// a write left that didn't finish.
///
/// # Panics
///
/// If they are not.
pub fn signed_is_there(root: &Path) {
    let records_dir = root.join("records");
    let note = fs::read_to_string(records_dir.join("checkpoint")).unwrap();
    let lines: Vec<&str> = note.lines().collect();
    let size: usize = lines[1].parse().unwrap();
    let bytes = fs::read(records_dir.join("entries/000.toml")).unwrap();
    let mut records: Vec<Vec<u8>> = Vec::new();
    let mut rest = bytes.as_slice();
    while records.len() < size {
        let end = rest.iter().position(|b| *b == b'\n').expect("a line");
        let line = std::str::from_utf8(&rest[..end]).unwrap().to_owned();
        rest = &rest[end + 1..];
        if let Some(header) = line.strip_prefix("#@ ") {
            let length: usize = header.split(' ').nth(1).unwrap().parse().unwrap();
            records.push(rest[..length].to_vec());
            rest = &rest[length..];
        }
    }
    assert_eq!(lines[2], BASE64_STANDARD.encode(root_of(&records)));
}

/// The root over records, by ct-merkle.
pub fn root_of(records: &[Vec<u8>]) -> [u8; 32] {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for record in records {
        tree.push(record.clone());
    }
    (*tree.root().as_bytes()).into()
}

/// Reads the journal by its grammar and checks each commit line.
pub fn journal(records_dir: &Path) -> Vec<Vec<u8>> {
    let mut records: Vec<Vec<u8>> = Vec::new();
    for number in 0.. {
        let path = records_dir.join("entries").join(format!("{number:03}.toml"));
        let Ok(bytes) = fs::read(&path) else { break };
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let end = rest.iter().position(|b| *b == b'\n').expect("a line");
            let line = std::str::from_utf8(&rest[..end]).unwrap();
            rest = &rest[end + 1..];
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["#@", index, length] => {
                    assert_eq!(*index, records.len().to_string());
                    let length: usize = length.parse().unwrap();
                    records.push(rest[..length].to_vec());
                    rest = &rest[length..];
                }
                ["#=", size, root] => {
                    assert_eq!(*size, records.len().to_string());
                    assert_eq!(*root, BASE64_STANDARD.encode(root_of(&records)));
                }
                _ => panic!("{}: {line}", path.display()),
            }
        }
        // The whole file must also be TOML, for those who read it with other programs.
        let text = String::from_utf8(bytes).unwrap();
        let table: toml::Table = text.parse().unwrap();
        assert!(table.keys().eq(["record"]));
    }
    records
}

/// Checks a signed note and gives its origin, size and root.
pub fn checkpoint(note: &str, verifier: &str) -> (String, usize, [u8; 32]) {
    let parts: Vec<&str> = verifier.splitn(3, '+').collect();
    let [name, id, key] = parts.as_slice() else { panic!("{verifier}") };
    let key = BASE64_STANDARD.decode(key).unwrap();
    assert_eq!(key[0], 1, "Ed25519");
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update(b"\n");
    hash.update(&key);
    let key_id: [u8; 4] = hash.finalize()[..4].try_into().unwrap();
    assert_eq!(*id, key_id.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let key = VerifyingKey::from_bytes(key[1..].try_into().unwrap()).unwrap();

    let (text, signatures) = note.rsplit_once("\n\n").expect("text, a blank line, signatures");
    let text = format!("{text}\n");
    let ours = signatures
        .lines()
        .filter_map(|line| line.strip_prefix(&format!("— {name} ")))
        .map(|line| BASE64_STANDARD.decode(line).unwrap())
        .find(|blob| blob[..4] == key_id);
    let blob = ours.expect("a signature by the log's key");
    let signature = Signature::from_slice(&blob[4..]).unwrap();
    key.verify_strict(text.as_bytes(), &signature).expect("a valid signature");

    let lines: Vec<&str> = text.lines().collect();
    let [origin, size, root] = lines.as_slice() else { panic!("{text}") };
    assert_eq!(origin, name);
    let root = BASE64_STANDARD.decode(root).unwrap().try_into().unwrap();
    ((*origin).to_owned(), size.parse().unwrap(), root)
}

/// Checks the tiles of a tree: every one is there with the right hashes.
fn tiles(records_dir: &Path, records: &[Vec<u8>]) {
    let mut hashes: Vec<[u8; 32]> = records.iter().map(|record| leaf(record)).collect();
    let mut level = 0;
    while !hashes.is_empty() {
        let mut above = Vec::new();
        for (index, chunk) in hashes.chunks(256).enumerate() {
            let width =
                if chunk.len() == 256 { String::new() } else { format!(".p/{}", chunk.len()) };
            let path = records_dir.join(format!("tile/{level}/{index:03}{width}"));
            let bytes = fs::read(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
            assert_eq!(bytes, chunk.concat(), "{}", path.display());
            if chunk.len() == 256 {
                above.push(fold_all(chunk));
            }
        }
        hashes = above;
        level += 1;
    }
}

/// The hash of a leaf (RFC 6962, section 2.1).
pub fn leaf(record: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(record).finalize().into()
}

/// The hash of an inner node (RFC 6962, section 2.1).
pub fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over hashes of equal subtrees (RFC 6962, section 2.1).
pub fn fold_all(hashes: &[[u8; 32]]) -> [u8; 32] {
    match hashes {
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node(&fold_all(left), &fold_all(right))
        }
    }
}
