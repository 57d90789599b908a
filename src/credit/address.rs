//! Addresses and markup within a line: links, e-mail addresses, tags.

use super::scan::Scanner;
use super::token::Kind;

impl Scanner<'_> {
    /// Reads a tag of markup; one with a link in it is a contact.
    pub(super) fn tag(&self, at: usize) -> Option<(usize, Kind)> {
        let rest = self.folded.text.as_bytes().get(at + 1..)?;
        let rest = rest.get(..rest.len().min(600)).unwrap_or(rest);
        let first = *rest.first()?;
        let end = rest.iter().position(|&byte| byte == b'>')?;
        let body = rest.get(..end)?;
        let is_tag = (first == b'/' || first.is_ascii_alphabetic())
            && body.iter().all(u8::is_ascii)
            && !body.contains(&b'@')
            && (body.contains(&b'=')
                || body.len() <= 12 && !body.contains(&b':') && !body.contains(&b'.'));
        let link = body.windows(4).any(|four| four == b"http");
        let kind = if link { Kind::Contact } else { Kind::Other };
        is_tag.then_some((at + 1 + end + 1, kind))
    }

    /// Reads an e-mail address or link.
    pub(super) fn address(&self, at: usize) -> Option<usize> {
        let rest = self.folded.text.get(at..)?;
        let run = rest.split([' ', '<', '>', '(', ')', '[', ']', ';', '"']).next()?;
        let run = run.get(..run.len().min(2_000)).unwrap_or(run);
        let run = run.trim_end_matches([',', '.', ':', '»', '”', '*', '。', '，', '、']);
        let is_link =
            run.starts_with("http://") || run.starts_with("https://") || run.starts_with("www.");
        let is_mail = run.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty()
                && user.chars().all(is_address)
                && host.contains('.')
                && host.chars().all(is_address)
        });
        (is_link || is_mail).then(|| at + run.len())
    }
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')
}
