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
use super::scan::{Kind, Token, shape};

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

/// The most tokens that a filler can have.
const MAX_FILLER: usize = 12;

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
    pattern: super::scan::NONE,
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

    fn roles(&self, at: usize, class: Class) -> Roles {
        let found = self.lexicon.meaning(self.token(at).pattern, class, self.tongue);
        found.map_or(Roles::default(), |meaning| meaning.roles)
    }

    fn names_language(&self, at: usize) -> Option<u8> {
        let token = self.token(at);
        if !token.is(Class::Language) {
            return None;
        }
        self.lexicon.meaning(token.pattern, Class::Language, self.tongue)?.names
    }

    fn tongues(&self, at: usize) -> u64 {
        self.lexicon.tongues(self.token(at).pattern)
    }

    /// Reads the role phrase that begins at `at`, if one does.
    pub(super) fn phrase(&self, at: usize) -> Option<Phrase> {
        let token = self.token(at);
        let article = token.is(Class::Function)
            && token.letters <= 4
            && self.token(at + 1).any(Class::Noun.bit() | Class::Label.bit())
            && !self.token(at + 1).is(Class::Outlet);
        if !token.any(BEGINS | Class::From.bit()) && !article && !self.is_word_label(at)
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
            && let Some(found) = self.from_language(at)
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
        token.is(Class::Byline).then(|| self.byline(at))
    }

    /// "Aus dem Englischen von NAME"
    fn from_language(&self, at: usize) -> Option<Phrase> {
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

    /// Reads stems, fillers and what marks the names after them.
    fn stems(&self, at: usize) -> Option<Phrase> {
        let mut found = Phrase {
            start: at,
            words_end: at,
            end: at,
            claim: Claim::Loose,
            roles: Roles::default(),
            tongues: 0,
            target: None,
            source: None,
            marked: false,
        };
        let mut next = at;
        // "Ein Bericht von NAME"
        if self.token(at).is(Class::Function) && self.token(at + 1).any(STEM) {
            next += 1;
        } else if self.token(at).is(Class::From) && !self.token(at).any(STEM) {
            let (end, language) = self.prepared_language(at, Class::From)?;
            found.source = Some(language);
            next = end;
        } else if let Some(language) = self.names_language(at)
            && !self.token(at).any(STEM)
        {
            found.target = Some(language);
            next += 1;
        }
        let chain = self.chain(next);
        let (mut best, mut end) = (None, next);
        for (stem_end, roles, tongues) in chain.into_iter().flatten() {
            found.roles = roles;
            found.tongues = tongues;
            end = stem_end;
            if let Some(marked) = self.marked(&found, next, stem_end) {
                best = Some(marked);
            }
        }
        if best.is_some() || end == next {
            return best;
        }
        // No mark: only the first stem counts, and those joined to it.
        let joined = chain.into_iter().flatten().take_while(|(stem_end, ..)| {
            *stem_end == next + 1
                || stem_end.checked_sub(2).is_some_and(|join| !self.token(join).any(STEM))
        });
        let (stem_end, roles, tongues) = joined.last()?;
        found.roles = roles;
        found.tongues = tongues;
        self.unmarked(found, next, stem_end)
    }

    /// The stems that begin at `at`: for each the token after it, and all roles so far.
    fn chain(&self, at: usize) -> [Option<(usize, Roles, u64)>; 4] {
        let mut out = [None; 4];
        let mut roles = Roles::default();
        let mut tongues = u64::MAX;
        let mut next = at;
        for slot in &mut out {
            let token = self.token(next);
            let adjacent = next > at && self.before(next).is_some_and(|before| before.any(STEM));
            // "Traducción Redacción Gdansk": an office, not a second role.
            if adjacent && token.is(Class::Outlet) && !self.mark(next + 1).1 {
                break;
            }
            // "Texto traducido por": the noun is what was translated.
            if adjacent && token.is(Class::Verb) && !token.is(Class::Noun) {
                roles = Roles::default();
            }
            let own = if token.is(Class::Version) && self.has_language_beside(next) {
                Roles::one(Role::Translator)
            } else if (token.any(STEM) || self.is_word_label(next))
                && !(next > at && token.newlines > 0)
            {
                let class = [Class::Noun, Class::Verb, Class::Label, Class::Word];
                let class = class.into_iter().find(|class| token.is(*class));
                class.map_or(Roles::default(), |class| self.roles(next, class))
            } else {
                break;
            };
            if own.is_empty() {
                break;
            }
            roles.extend(own);
            let shared = tongues & self.tongues(next);
            tongues = if shared == 0 { tongues } else { shared };
            next += 1;
            *slot = Some((next, roles, tongues));
            let join = self.token(next);
            let joins = join.is(Class::And)
                || matches!(join.kind, Kind::Slash | Kind::Amp | Kind::Comma | Kind::Dash);
            if joins && self.token(next + 1).any(STEM) {
                next += 1;
            }
        }
        out
    }

    /// "Journalist: NAME"
    fn is_word_label(&self, at: usize) -> bool {
        self.token(at).is(Class::Word) && self.token(at + 1).kind == Kind::Colon
    }

    fn has_language_beside(&self, at: usize) -> bool {
        self.before(at).is_some_and(|token| token.is(Class::Language))
            || self.token(at + 1).is(Class::Language)
            || self.token(at + 1).any(Class::Into.bit() | Class::From.bit())
                && self.token(at + 2).is(Class::Language)
    }

    /// Reads fillers and a by-word, tool or mark after stems that end at `end`.
    fn marked(&self, stems: &Phrase, first: usize, end: usize) -> Option<Phrase> {
        let mut found = *stems;
        let mut at = end;
        let limit = end + MAX_FILLER;
        let is_verb = self.token(first).is(Class::Verb);
        if let Some(copula) = self.copula(end) {
            found.words_end = copula + 1;
            found.end = copula + 1;
            found.claim = Claim::Before;
            return Some(found);
        }
        while at < limit {
            let token = self.token(at);
            if let Some((next, language)) = self.prepared_language(at, Class::From) {
                found.source = Some(language);
                at = next;
                continue;
            }
            if let Some((next, language)) = self.prepared_language(at, Class::Into) {
                found.target = Some(language);
                at = next;
                continue;
            }
            if let Some(language) = self.names_language(at)
                && !self.token(at).any(Class::By.bit())
            {
                found.target = Some(language);
                at += 1;
                continue;
            }
            let tool_alone = is_verb && token.any(Class::Tool.bit() | Class::Machine.bit());
            if tool_alone {
                found.words_end = at;
                found.end = at;
                found.claim = Claim::Before;
                return Some(found);
            }
            if token.is(Class::With) && self.machine_follows(at + 1) {
                found.words_end = at + 1;
                found.end = at + 1;
                found.claim = Claim::Before;
                return Some(found);
            }
            // "from" and the like stand before names only after nouns: "Reporting from".
            if token.is(Class::By) && !(is_verb && token.is(Class::From)) {
                found.words_end = at + 1;
                found.end = at + 1 + usize::from(self.token(at + 1).kind == Kind::Colon);
                found.marked = found.end > found.words_end;
                found.claim = Claim::Before;
                return Some(found);
            }
            let (marked_end, marked) = self.mark(at);
            if marked && !(is_verb && self.token(at).kind != Kind::Colon) {
                found.words_end = at;
                found.end = marked_end;
                found.marked = true;
                found.claim = Claim::Before;
                return Some(found);
            }
            at = self.skip_filler(at, limit)?;
        }
        None
    }

    /// "… of this issue are": the verb after what the label belongs to.
    fn copula(&self, at: usize) -> Option<usize> {
        if !self.token(at).any(Class::By.bit() | Class::Of.bit())
            || !self.token(at + 1).is(Class::Subject)
        {
            return None;
        }
        (at + 2..at + MAX_FILLER).find(|&next| self.token(next).is(Class::Topic))
    }

    /// A preposition of `class`, up to two small words, and a language.
    pub(super) fn prepared_language(&self, at: usize, class: Class) -> Option<(usize, u8)> {
        if !self.token(at).is(class) {
            return None;
        }
        // "angolból": the case says it.
        if let Some(language) = self.names_language(at) {
            return Some((at + 1, language));
        }
        (at + 1..at + 4).find_map(|next| {
            let between = self.tokens.get(at + 1..next)?;
            let small = between.iter().all(|token| {
                token.kind == Kind::Word
                    && !token.any(STEM | Class::By.bit())
                    && token.newlines == 0
            });
            let language = self.names_language(next)?;
            small.then_some((next + 1, language))
        })
    }

    fn machine_follows(&self, at: usize) -> bool {
        let machine = Class::Tool.bit() | Class::Machine.bit();
        self.token(at).any(machine)
            || self.token(at).any(Class::Function.bit() | Class::From.bit())
                && self.token(at + 1).any(machine)
    }

    /// Skips words that may stand between a stem and its by-word, if one follows.
    fn skip_filler(&self, at: usize, limit: usize) -> Option<usize> {
        let mut next = at;
        let of_outlet = self.token(at).is(Class::Of);
        let most = if of_outlet { 7 } else { 3 };
        while next < limit && next - at <= most {
            let token = self.token(next);
            if next > at && token.is(Class::By) && !(of_outlet && next == at + 1) {
                return Some(next);
            }
            let from_language = self.token(at).is(Class::From);
            // "l'anglais (États-Unis) par"
            if token.kind == Kind::Open {
                let close = (next + 1..next + 5).find(|&at| self.token(at).kind == Kind::Close)?;
                next = close + 1;
                if self.token(next).is(Class::By) {
                    return Some(next);
                }
                return None;
            }
            let passes = token.kind == Kind::Word
                && token.newlines == 0
                && (of_outlet || !token.any(Class::And.bit() | Class::Outlet.bit()))
                && !token
                    .any(STEM | Class::Language.bit() | Class::Before.bit() | Class::After.bit())
                && (of_outlet
                    || from_language
                    || token.has(shape::SMALL | shape::UNCASED) && !token.has(shape::HAN));
            if !passes {
                return None;
            }
            next += 1;
        }
        None
    }

    /// A colon or other mark between a label and its names; gives the token after it.
    fn mark(&self, at: usize) -> (usize, bool) {
        let token = self.token(at);
        let stem_follows = self.token(at + 1).any(STEM);
        let marks = match token.kind {
            Kind::Slash | Kind::Dash | Kind::Amp if stem_follows => false,
            Kind::Colon | Kind::Slash | Kind::Equal => true,
            Kind::Dash | Kind::Amp | Kind::Bullet => {
                self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
            }
            Kind::Pipe => self.token(at + 1).kind == Kind::Word,
            _ => false,
        };
        let names_follow = self.tokens.get(at + 1).is_some_and(|next| {
            !matches!(next.kind, Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Close)
        });
        if !marks || !names_follow || token.newlines > 0 {
            return (at, false);
        }
        // "Foto :-" and the like.
        let mut end = at + 1;
        while matches!(self.token(end).kind, Kind::Colon | Kind::Dash) && end < at + 3 {
            end += 1;
        }
        (end, true)
    }

    fn unmarked(&self, mut found: Phrase, first: usize, end: usize) -> Option<Phrase> {
        let token = self.token(first);
        let mut at = end;
        if let Some(language) = self.names_language(at)
            && found.target.is_none()
        {
            found.target = Some(language);
            at += 1;
        } else if let Some((next, language)) = self.prepared_language(at, Class::Into)
            && found.target.is_none()
        {
            found.target = Some(language);
            at = next;
        }
        if let Some((next, language)) = self.prepared_language(at, Class::From) {
            found.source = found.source.or(Some(language));
            at = next;
        }
        found.words_end = at;
        found.end = at;
        let next = self.tokens.get(at);
        let is_noun = token.any(Class::Noun.bit() | Class::Version.bit());
        if is_noun && next.is_some_and(|next| self.may_begin_name(next)) {
            found.claim = Claim::Loose;
            return Some(found);
        }
        if token.any(Class::Verb.bit()) && next.is_none_or(ends_clause) {
            found.claim = Claim::Participle;
            return Some(found);
        }
        None
    }

    fn may_begin_name(&self, token: &Token) -> bool {
        token.kind == Kind::Word && !token.any(Class::Function.bit() & !Class::Particle.bit())
            || token.kind == Kind::Open
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
