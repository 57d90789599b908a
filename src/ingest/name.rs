//! `--id-from`: the id that an article takes from its path or from what it says of itself.

use std::str::FromStr;

/// How an article's id is had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdFrom {
    /// `path`: the file's path, whatever the file says of itself.
    Path,
    /// `url`: the canonical URL that the file states; one that states none is refused.
    Url,
    /// `stem`: the file's name without what follows its last dot.
    Stem,
    /// A text with `{path}`, `{dir}`, `{name}`, `{stem}` and `{ext}` in it.
    Template(Template),
}

/// A text with places for parts of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Part(Part),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Dir,
    Name,
    Stem,
    Ext,
}

/// Says what is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It is no word that is known, and has no place for a part of the path.
    #[error(
        "`{0}` is not path, url, stem or a template such as https://example.org/{{dir}}/{{stem}}"
    )]
    Fixed(String),
    /// A part that no path has.
    #[error("`{{{0}}}` is no part of a path; there are path, dir, name, stem and ext")]
    Unknown(String),
    /// A brace without its other half.
    #[error("a brace is not closed in `{0}`")]
    Open(String),
}

impl FromStr for IdFrom {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "path" => Ok(Self::Path),
            "url" => Ok(Self::Url),
            "stem" => Ok(Self::Stem),
            _ => Template::parse(text).map(Self::Template),
        }
    }
}

impl Template {
    fn parse(text: &str) -> Result<Self, PatternError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let open = || PatternError::Open(text.to_owned());
            let (word, after) = after.split_once('}').ok_or_else(open)?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Part(match word {
                "path" => Part::Path,
                "dir" => Part::Dir,
                "name" => Part::Name,
                "stem" => Part::Stem,
                "ext" => Part::Ext,
                _ => return Err(PatternError::Unknown(word.to_owned())),
            }));
            rest = after;
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Part(_))) {
            return Err(PatternError::Fixed(text.to_owned()));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The text with the parts of a path, whose directories are parted by `/`. An empty `{dir}` takes
    /// the `/` after it along.
    pub fn fill(&self, path: &str) -> String {
        let mut out = String::new();
        let mut lost = false;
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => {
                    let kept = text.strip_prefix('/').filter(|_| lost).unwrap_or(text);
                    out.push_str(kept);
                    lost = false;
                }
                Piece::Part(part) => {
                    let value = part.of(path);
                    lost = value.is_empty() && *part == Part::Dir;
                    out.push_str(value);
                }
            }
        }
        out
    }
}

impl Part {
    fn of(self, path: &str) -> &str {
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        // A name that begins with its only dot has no extension.
        let (stem, ext) = match name.rsplit_once('.') {
            Some((stem, ext)) if !stem.is_empty() => (stem, ext),
            _ => (name, ""),
        };
        match self {
            Self::Path => path,
            Self::Dir => dir,
            Self::Name => name,
            Self::Stem => stem,
            Self::Ext => ext,
        }
    }
}

/// A file's name without what follows its last dot.
pub fn stem(path: &str) -> &str {
    Part::Stem.of(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str, path: &str) -> String {
        match pattern.parse().unwrap() {
            IdFrom::Template(template) => template.fill(path),
            other => panic!("{other:?} is no template"),
        }
    }

    #[test]
    fn templates_take_parts_of_paths() {
        let pattern = "https://example.org/{dir}/{stem}";
        assert_eq!(
            filled(pattern, "2019/03/boats.fr.html"),
            "https://example.org/2019/03/boats.fr"
        );
        assert_eq!(filled(pattern, "boats"), "https://example.org/boats");
        assert_eq!(filled("{path}|{name}|{ext}", "a/.hidden"), "a/.hidden|.hidden|");
        assert_eq!(stem("a/b.c.txt"), "b.c");
    }

    #[test]
    fn patterns_that_give_all_files_one_id_are_refused() {
        let fails = |pattern: &str| pattern.parse::<IdFrom>().unwrap_err().to_string();
        assert!(fails("https://example.org/").contains("not path, url, stem"));
        assert!(fails("").contains("not path, url, stem"));
        assert!(fails("{file}").contains("`{file}` is no part of a path"));
        assert!(fails("x{stem").contains("not closed"));
    }
}
