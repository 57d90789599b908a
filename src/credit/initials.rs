//! Sign-offs by initials: "bur-abc/def", "(ab/cd)".

use super::bare::Bare;
use super::lexicon::Class;
use super::list::is_rest_empty;
use super::role::{Kind as Who, Role};
use super::token::Kind;

impl Bare<'_, '_> {
    /// "bur-abc/def", "(ab/cd)": initials of people whose role nothing says.
    pub(super) fn initials(&mut self) -> bool {
        let cx = self.reading.cx;
        let whole =
            is_rest_empty(&cx, 0, self.from) && is_rest_empty(&cx, self.to, cx.tokens.len());
        if !whole {
            return false;
        }
        let mut items = Vec::new();
        for at in self.from..self.to {
            let token = cx.token(at);
            match token.kind {
                Kind::Slash if at > self.from => {}
                Kind::Word => {
                    let text = cx.slice(at, at + 1);
                    let (prefix, letters) = match text.split_once('-') {
                        Some(("bur", rest)) if at == self.from => (4, rest),
                        _ => (0, text),
                    };
                    let fits = (2..=5).contains(&letters.len())
                        && letters.bytes().all(|byte| byte.is_ascii_lowercase())
                        && !token.any(Class::Agency.bit() | Class::Function.bit());
                    if !fits && !token.is(Class::Initials) {
                        return false;
                    }
                    items.push((at, prefix));
                }
                _ => return false,
            }
        }
        let bureau = items.first().is_some_and(|(_, prefix)| *prefix > 0);
        let known = items.iter().all(|(at, _)| cx.token(*at).is(Class::Initials));
        if items.len() < 2 && !bureau && !known || items.is_empty() {
            return false;
        }
        for (at, prefix) in items {
            self.reading.credit_initials(at, prefix);
        }
        true
    }

    /// "kb (AFP, dpa)", "(mhk, APA, dpa, 3.2.2019)": initials, then the agencies whose copy was used.
    pub(super) fn signed_agencies(&mut self) -> bool {
        let cx = self.reading.cx;
        let first = cx.token(self.from);
        let text = cx.slice(self.from, self.from + 1);
        let short =
            (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
        if !short || first.any(Class::Agency.bit() | Class::Function.bit() | Class::Particle.bit())
        {
            return false;
        }
        let mut agencies = Vec::new();
        for at in self.from + 1..self.to {
            let token = cx.token(at);
            match token.kind {
                Kind::Word if token.is(Class::Agency) => agencies.push(at),
                Kind::Word => return false,
                _ => {}
            }
        }
        if agencies.is_empty() || cx.token(self.from + 1).kind == Kind::Word {
            return false;
        }
        self.reading.credit_token(self.from, Role::Writer, Who::Person);
        if agencies.len() > 1 {
            for at in agencies {
                self.reading.credit_token(at, Role::Publisher, Who::Organization);
            }
        }
        true
    }
}
