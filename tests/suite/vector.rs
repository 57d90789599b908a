//! A conformance vector: a file whose header says what must come out (`expect: CLASS`) and why, then a
//! line `----`, then the exact bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use siglum::log::key::VerifierKey;
use siglum::log::tree;
use siglum::text::digest::Digest;

/// A vector as its file states it.
pub struct Vector {
    pub name: String,
    pub expect: String,
    /// The header's other lines.
    pub header: BTreeMap<String, String>,
    pub bytes: Vec<u8>,
}

impl Vector {
    pub fn read(path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let file = fs::read(path).unwrap();
        let end = file.windows(6).position(|part| part == b"\n----\n").expect(&name);
        let mut header: BTreeMap<String, String> = std::str::from_utf8(&file[..end])
            .unwrap()
            .lines()
            .map(|line| line.split_once(": ").expect(&name))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let expect = header.remove("expect").expect(&name);
        assert!(header.contains_key("why"), "{name}: says no why");
        assert!(name.starts_with(&format!("{expect}-")), "{name}: expects {expect}");
        Self { name, expect, header, bytes: file[end + 6..].to_vec() }
    }

    pub fn text(&self, key: &str) -> &str {
        self.header.get(key).unwrap_or_else(|| panic!("{}: no {key}", self.name))
    }

    pub fn number(&self, key: &str) -> u64 {
        self.text(key).parse().expect(&self.name)
    }

    pub fn level(&self) -> u8 {
        self.text("level").parse().expect(&self.name)
    }

    pub fn hash(&self, key: &str) -> Digest {
        tree::from_base64(self.text(key)).expect(&self.name)
    }

    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect(&self.name)
    }

    /// The body's lines, each a hash.
    pub fn hashes(&self) -> Vec<Digest> {
        self.body().lines().map(|line| tree::from_base64(line).expect(&self.name)).collect()
    }

    pub fn verifier(&self) -> VerifierKey {
        VerifierKey::parse(self.text("verifier")).expect(&self.name)
    }
}

pub fn directory(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

/// Reads all vectors of a directory.
pub fn vectors(of: &str) -> Vec<Vector> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(directory(of)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Vector::read(path)).collect()
}

/// What was judged, by class, and what came out otherwise than stated.
#[derive(Default)]
pub struct Verdicts {
    classes: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Verdicts {
    pub fn judge(&mut self, name: &str, expect: &str, found: &str, detail: &str) {
        *self.classes.entry(expect.to_owned()).or_default() += 1;
        if found != expect {
            self.wrong.push(format!("{name}: expected {expect}, found {found} ({detail})"));
        }
    }

    /// Prints the counts, and fails if a vector came out wrong or a class has too few.
    pub fn end(self, of: &str, least: &[(&str, usize)]) {
        println!("{of}: {:?}, {} in all", self.classes, self.classes.values().sum::<usize>());
        assert!(
            self.wrong.is_empty(),
            "{} vectors came out otherwise:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
        for (class, least) in least {
            let have = self.classes.get(*class).copied().unwrap_or_default();
            assert!(have >= *least, "{of}: {have} vectors of class {class}, {least} are asked for");
        }
        for class in self.classes.keys() {
            assert!(least.iter().any(|(known, _)| known == class), "{of}: unknown class {class}");
        }
    }
}
