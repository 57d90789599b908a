//! Stems: participles and nouns, what may stand between them and their by-word, and the marks.

use super::lexicon::{Class, Roles};
use super::phrase::{Claim, Cx, Phrase, STEM, ends_clause};
use super::role::Role;
use super::token::{Kind, Token, shape};

/// The most tokens that a filler can have.
const MAX_FILLER: usize = 12;

impl Cx<'_> {
    /// Reads stems, fillers and what marks the names after them.
    pub(super) fn stems(&self, at: usize) -> Option<Phrase> {
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
    pub(super) fn chain(&self, at: usize) -> [Option<(usize, Roles, u64)>; 4] {
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
            // "machine-translated and reviewed by": the machine did the former.
            if next > at && self.token(at).is(Class::Machine) {
                roles = Roles::default();
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
    pub(super) fn is_word_label(&self, at: usize) -> bool {
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
        // "Periodistas de AP": a label is marked by a colon alone.
        let last = self.token(end - 1);
        let label = last.is(Class::Label)
            && !last.any(Class::Noun.bit() | Class::Verb.bit() | Class::Version.bit());
        if let Some(copula) = self.copula(end) {
            found.words_end = copula + 1;
            found.end = copula + 1;
            found.claim = Claim::Before;
            return Some(found);
        }
        while at < limit {
            let token = self.token(at);
            // "Translated, from the Spanish, by NAME"
            let follows = self.token(at + 1);
            if token.kind == Kind::Comma
                && is_verb
                && (follows.is(Class::From)
                    && self.prepared_language(at + 1, Class::From).is_some()
                    || follows.is(Class::By) && found.source.is_some())
            {
                at += 1;
                continue;
            }
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
            if token.is(Class::By) && !(is_verb && token.is(Class::From)) && !label {
                found.words_end = at + 1;
                found.end = at + 1 + usize::from(self.token(at + 1).kind == Kind::Colon);
                found.marked = found.end > found.words_end;
                found.claim = Claim::Before;
                return Some(found);
            }
            let (marked_end, marked) = self.mark(at);
            // "Redacción / Agencias" is two outlets.
            let office = self.token(first).is(Class::Outlet) && token.kind != Kind::Colon;
            if marked && !office && !(is_verb && self.token(at).kind != Kind::Colon) {
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
                    && token.has(shape::SMALL | shape::UNCASED)
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
            let with = token.is(Class::With) && self.machine_follows(next + 1);
            if next > at && (token.is(Class::By) && !(of_outlet && next == at + 1) || with) {
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
                    || token.has(shape::SMALL)
                    || token.any(Class::Function.bit() | Class::Of.bit() | Class::At.bit()));
            if !passes {
                return None;
            }
            next += 1;
        }
        None
    }

    /// A colon or other mark between a label and its names; gives the token after it.
    pub(super) fn mark(&self, at: usize) -> (usize, bool) {
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
        if let Some((next, language)) = self.prepared_language(at, Class::From) {
            found.source = found.source.or(Some(language));
            at = next;
        } else if let Some(language) = self.names_language(at)
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
        found.words_end = at;
        found.end = at;
        let next = self.tokens.get(at);
        // "Μετέφρασε η NAME"
        let article = next.is_some_and(|next| next.is(Class::Function) && next.letters <= 3)
            && self.token(at + 1).has(shape::CAPITAL);
        // "trad. NAME", "(Übersetzer NAME)"
        let label = token.is(Class::Label)
            && token.has(shape::CAPITAL | shape::SMALL)
            && (token.has(shape::DOTTED)
                || self.before(first).is_some_and(|before| before.kind == Kind::Open));
        let is_noun = label || token.any(Class::Noun.bit() | Class::Version.bit());
        if is_noun && (article || next.is_some_and(may_begin_name)) {
            found.claim = Claim::Loose;
            return Some(found);
        }
        if token.any(Class::Verb.bit()) && next.is_none_or(ends_clause) {
            found.claim = Claim::Participle;
            return Some(found);
        }
        None
    }
}

fn may_begin_name(token: &Token) -> bool {
    token.kind == Kind::Word && !token.any(Class::Function.bit() & !Class::Particle.bit())
        || token.kind == Kind::Open
}
