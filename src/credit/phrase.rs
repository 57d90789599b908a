//! Role phrases: how the lexicon's words combine to say who did what.
//!
//! ```text
//! phrase   = before | after | service | material | byline
//! before   = BEFORE [mark]
//!          | [LANGUAGE] stems filler* ( by [colon] | with machine | mark )    "Produced and edited by"
//!          | [LANGUAGE] nouns filler* &name                                   "version française NAME"
//! stems    = stem *( [AND | "/" | "," | "-" | "・"] stem )                      "编译/审校", "Foto e texto"
//! stem     = VERB | NOUN | LABEL | VERSION with a LANGUAGE beside it
//! filler   = FROM LANGUAGE | INTO LANGUAGE | LANGUAGE | OF outlet | word      "del inglés", "para Rebelión"
//! mark     = ":" | "-" | "/" | "="
//! after    = AFTER | stems                      only where a byline or a name list is open before it
//! service  = SERVICE LANGUAGE                   "pour le service français"
//! material = MATERIAL &agency                   "avec AFP"
//! byline   = BYLINE [":"]                       "Par NAME"
//! ```

use super::lexicon::{Class, Lexicon, Mask, Roles};
use super::role::Role;
use super::token::{Kind, Token, shape};

/// How a phrase claims names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// The names after it.
    Before,
    /// The names after it, if what follows looks like names: nothing marks where they begin.
    Loose,
    /// The names after it, as writers, unless a participle follows them.
    Byline,
    /// The outlets after it.
    Material,
    /// The names before it.
    After,
    /// The names before it that a by-word opened.
    Participle,
    /// The last names before it.
    Service,
}

/// A role phrase at some place of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    /// Its first token.
    pub(super) start: usize,
    /// The token after its words.
    pub(super) words_end: usize,
    /// The token after its colon or other mark.
    pub(super) end: usize,
    pub(super) claim: Claim,
    pub(super) roles: Roles,
    /// The languages whose words it is made of, as bits.
    pub(super) tongues: u64,
    /// The language version that it names.
    pub(super) target: Option<u8>,
    /// The language that it says was translated from.
    pub(super) source: Option<u8>,
    /// Whether a colon or the like follows it.
    pub(super) marked: bool,
}

/// A line being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// The language that most of the line's words are in.
    pub(super) tongue: Option<u8>,
}

pub(super) const STEM: Mask = Class::Verb.bit() | Class::Noun.bit() | Class::Label.bit();

const BEGINS: Mask = STEM
    | Class::Before.bit()
    | Class::After.bit()
    | Class::Service.bit()
    | Class::Material.bit()
    | Class::Byline.bit()
    | Class::Language.bit()
    | Class::Version.bit();

static END: Token = Token {
    start: u32::MAX,
    end: u32::MAX,
    kind: Kind::Stop,
    shape: 0,
    letters: 0,
    newlines: 0,
    pattern: super::token::NONE,
    mask: 0,
};

impl<'a> Cx<'a> {
    /// The token at `at`; past the end a full stop.
    pub(super) fn token(&self, at: usize) -> &'a Token {
        self.tokens.get(at).unwrap_or(&END)
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> Option<&'a Token> {
        at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    /// The original text of the tokens from `from` to `to`.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        let (Some(first), Some(last)) = (self.tokens.get(from), self.before(to)) else { return "" };
        self.text.get(first.start as usize..last.end as usize).unwrap_or_default()
    }

    /// The tag of the language that most of the line's words are in.
    pub(super) fn language(&self) -> Option<&'a str> {
        self.lexicon.language(self.tongue?).map(crate::text::language::Language::primary)
    }

    pub(super) fn roles(&self, at: usize, class: Class) -> Roles {
        let found = self.lexicon.meaning(self.token(at).pattern, class, self.tongue);
        found.map_or(Roles::default(), |meaning| meaning.roles)
    }

    pub(super) fn names_language(&self, at: usize) -> Option<u8> {
        let token = self.token(at);
        if !token.is(Class::Language) {
            return None;
        }
        self.lexicon.meaning(token.pattern, Class::Language, self.tongue)?.names
    }

    pub(super) fn tongues(&self, at: usize) -> u64 {
        self.lexicon.tongues(self.token(at).pattern)
    }

    /// Reads the role phrase that begins at `at`, if one does.
    pub(super) fn phrase(&self, at: usize) -> Option<Phrase> {
        let token = self.token(at);
        let article = token.is(Class::Function)
            && token.letters <= 4
            && self.token(at + 1).is(Class::Noun)
            && !self.token(at + 1).is(Class::Outlet);
        if !token.any(BEGINS | Class::From.bit() | Class::By.bit())
            && !article
            && !self.is_word_label(at)
            || token.is(Class::Stop)
            || token.has(shape::POSSESSIVE)
        {
            return None;
        }
        if token.is(Class::Service)
            && let Some(found) = self.service(at)
        {
            return Some(found);
        }
        if token.is(Class::Material)
            && let Some(found) = self.material(at)
        {
            return Some(found);
        }
        let names_before = self
            .before(at)
            .is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Comma | Kind::Close));
        let follows = self.token(at + 1);
        let closes = at + 1 >= self.tokens.len()
            || ends_clause(follows)
            || follows.is(Class::At) && !token.has(shape::UNCASED);
        if token.is(Class::After) && token.is(Class::Before) && names_before && closes {
            return Some(self.after(at));
        }
        if token.is(Class::Before) {
            return Some(self.whole(at, Class::Before));
        }
        // "Ont collaboré à cet article : NAME"
        if token.is(Class::After)
            && !names_before
            && follows.kind == Kind::Colon
            && !token.any(STEM)
        {
            return Some(self.whole(at, Class::After));
        }
        if token.is(Class::From)
            && let Some(found) = self.language_by(at)
        {
            return Some(found);
        }
        if let Some(found) = self.bracketed(at) {
            return Some(found);
        }
        let loose = self.stems(at).filter(|found| !article || found.claim == Claim::Before);
        // "NAME报导／NAME翻译": a stroke after a word that may also follow names.
        let stroke = token.is(Class::After)
            && token.has(shape::UNCASED)
            && token.has(shape::GLUED)
            && self.before(at).is_some_and(|before| before.kind == Kind::Word && !before.any(STEM));
        if let Some(found) = &loose
            && found.claim == Claim::Before
            && !(stroke && self.token(found.words_end).kind != Kind::Colon)
        {
            return loose;
        }
        if token.is(Class::After) && (names_before && closes || loose.is_none()) {
            return Some(self.after(at));
        }
        if loose.is_some() {
            return loose;
        }
        // "Da Reuters"
        let outlet = token.is(Class::By)
            && token.has(shape::CAPITAL)
            && follows.any(Class::Agency.bit() | Class::Outlet.bit());
        (token.is(Class::Byline) || outlet).then(|| self.byline(at))
    }

    /// "Aus dem Englischen von NAME"
    fn language_by(&self, at: usize) -> Option<Phrase> {
        let german =
            |at: usize| self.language() == Some("de") && self.slice(at, at + 1).ends_with("schen");
        let (end, source) = match self.prepared_language(at, Class::From) {
            Some((end, language)) => (end, Some(language)),
            None if german(at + 1) => (at + 2, None),
            None => return None,
        };
        let by = self.token(end);
        let hard = at == 0 || self.before(at).is_some_and(|before| before.kind != Kind::Word);
        let colon = by.kind == Kind::Colon && hard;
        if !colon && (!by.is(Class::By) || by.is(Class::From)) {
            return None;
        }
        let end = if colon { end } else { end + 1 };
        let colon = usize::from(self.token(end).kind == Kind::Colon);
        Some(Phrase {
            start: at,
            words_end: end,
            end: end + colon,
            claim: Claim::Before,
            roles: Roles::one(Role::Translator),
            tongues: self.tongues(end - 1),
            target: None,
            source,
            marked: colon > 0,
        })
    }

    fn byline(&self, at: usize) -> Phrase {
        let end = if self.token(at + 1).kind == Kind::Colon { at + 2 } else { at + 1 };
        Phrase {
            start: at,
            words_end: at + 1,
            end,
            claim: Claim::Byline,
            roles: Roles::one(Role::Writer),
            tongues: self.tongues(at),
            target: None,
            source: None,
            marked: end > at + 1,
        }
    }

    /// "NAME (Übersetzung)": a role in brackets after the name.
    fn bracketed(&self, at: usize) -> Option<Phrase> {
        let open = at.checked_sub(1)?;
        let opens = self.token(open).kind == Kind::Open
            && self.before(open).is_some_and(|before| before.kind == Kind::Word)
            && self.token(open).newlines == 0;
        if !opens || !self.token(at).any(STEM) {
            return None;
        }
        let chain = self.chain(at).into_iter().flatten();
        let (end, roles, tongues) = chain.last()?;
        (self.token(end).kind == Kind::Close).then_some(Phrase {
            start: at,
            words_end: end,
            end,
            claim: Claim::Service,
            roles,
            tongues,
            target: None,
            source: None,
            marked: false,
        })
    }

    fn after(&self, at: usize) -> Phrase {
        Phrase {
            start: at,
            words_end: at + 1,
            end: at + 1,
            claim: Claim::After,
            roles: self.roles(at, Class::After),
            tongues: self.tongues(at),
            target: None,
            source: None,
            marked: false,
        }
    }

    fn whole(&self, at: usize, class: Class) -> Phrase {
        let by = self.token(at + 1).is(Class::By) && self.token(at + 1).has(shape::SMALL);
        let words_end = at + 1 + usize::from(by);
        let (end, marked) = self.mark(words_end);
        Phrase {
            start: at,
            words_end,
            end,
            claim: Claim::Before,
            roles: self.roles(at, class),
            tongues: self.tongues(at),
            target: None,
            source: None,
            marked,
        }
    }

    fn service(&self, at: usize) -> Option<Phrase> {
        let own = self.lexicon.meaning(self.token(at).pattern, Class::Service, self.tongue)?;
        let (target, end) = match own.names {
            Some(language) => (language, at + 1),
            None => (self.names_language(at + 1)?, at + 2),
        };
        let follows = self.token(end);
        let of_outlet = Class::Outlet.bit() | Class::Version.bit();
        let end = if follows.any(of_outlet) {
            end + 1
        } else if own.names.is_none()
            && self.token(at).any(Class::Of.bit() | Class::At.bit())
            && self.token(at).letters < 12
        {
            // "for the French" alone is no service.
            return None;
        } else {
            end
        };
        Some(Phrase {
            start: at,
            words_end: end,
            end,
            claim: Claim::Service,
            roles: Roles::one(Role::Translator),
            tongues: self.tongues(at),
            target: Some(target),
            source: None,
            marked: false,
        })
    }

    fn material(&self, at: usize) -> Option<Phrase> {
        let mut next = at + 1;
        let article = self.token(next).is(Class::Function);
        if article {
            next += 1;
        }
        let token = self.token(next);
        let inside = self.before(at).is_some_and(|before| {
            matches!(before.kind, Kind::Comma | Kind::Word) && !before.any(STEM)
        });
        let person = inside
            && token.has(shape::CAPITAL)
            && self.token(next + 1).has(shape::CAPITAL)
            && !token.any(Class::Function.bit() | Class::Stop.bit());
        let is_outlet = token.is(Class::Agency)
            || person
            || token.is(Class::Outlet) && (token.has(shape::CAPITAL) || article)
            || token.has(shape::CAPS) && token.letters <= 6 && token.kind == Kind::Word;
        if !is_outlet || token.is(Class::Language) {
            return None;
        }
        Some(Phrase {
            start: at,
            words_end: at + 1,
            end: at + 1,
            claim: Claim::Material,
            roles: Roles::one(Role::Contributor),
            tongues: self.tongues(at),
            target: None,
            source: None,
            marked: false,
        })
    }
}

/// Whether a clause ends before the token.
pub(super) fn ends_clause(token: &Token) -> bool {
    token.newlines > 0
        || token.is(Class::And)
        || matches!(
            token.kind,
            Kind::Comma
                | Kind::Semicolon
                | Kind::Stop
                | Kind::Close
                | Kind::Pipe
                | Kind::Slash
                | Kind::Open
                | Kind::Bullet
                | Kind::Dash
                | Kind::Quote
        )
}
