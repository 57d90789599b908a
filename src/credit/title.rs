//! What stands around a name and is no part of it: affiliations, jobs, forms of address, agencies.

use super::lexicon::Class;
use super::line::PieceKind;
use super::list::{Marks, mark};
use super::name::Words;
use super::token::shape;

impl Words<'_> {
    pub(super) fn cut_article(&mut self) {
        let token = self.cx.token(self.first);
        let small = token.has(shape::SMALL);
        let elided = self.cx.slice(self.first, self.first + 1).ends_with(['\'', '’']);
        let article = elided
            || token.any(Class::Function.bit() | Class::Of.bit() | Class::Particle.bit())
                && self
                    .cx
                    .token(self.first + 1)
                    .any(Class::Agency.bit() | Class::Outlet.bit() | Class::Title.bit());
        let article =
            article || token.is(Class::Function) && self.cx.token(self.first + 1).is(Class::Tool);
        let article = article
            || self.manner.firm
                && token.is(Class::Function)
                && token.letters <= 3
                && !token.is(Class::Particle)
                && self.cx.token(self.first + 1).has(shape::CAPITAL);
        let with = token.is(Class::With) && self.cx.token(self.first + 1).is(Class::Tool);
        if with && self.len() > 1 {
            self.first += 1;
        }
        while self.len() > 1
            && self.cx.token(self.last - 1).is(Class::With)
            && self.cx.token(self.last - 2).is(Class::Tool)
        {
            self.last -= 1;
        }
        let the = matches!(self.cx.slice(self.first, self.first + 1), "the" | "a" | "an");
        if small && (article || the) && self.len() > 1 {
            self.first += 1;
        }
    }

    /// "CNN's A": the affiliation and its mark.
    pub(super) fn cut_possessive(&mut self, marks: &mut Marks) {
        let cut = (self.first..self.last.saturating_sub(1))
            .rev()
            .find(|&at| self.cx.token(at).has(shape::POSSESSIVE));
        if let Some(at) = cut {
            mark(marks, self.first, at + 1, PieceKind::Affiliation);
            self.first = at + 1;
        }
    }

    /// Job titles and words for reporter, with what stands before them or after.
    pub(super) fn cut_jobs(&mut self, marks: &mut Marks) {
        let job = Class::Job.bit() | Class::Word.bit();
        let cx = self.cx;
        let is_job = |at: usize| cx.token(at).any(job);
        if !(self.first..self.last).any(is_job) {
            return;
        }
        // "NAME is a writer" is a sentence.
        let inner = (self.first + 1..self.last).any(|at| {
            let token = cx.token(at);
            token.is(Class::Function)
                && !token.any(Class::Particle.bit() | Class::Of.bit() | Class::By.bit())
                && token.has(shape::SMALL | shape::UNCASED)
        });
        if inner {
            self.sentence = true;
            return;
        }
        // "소속 이름 기자": the name is the last word.
        let words = self.last - self.first;
        if cx.token(self.last - 1).has(shape::HANGUL) && is_job(self.last - 1) && words > 2 {
            let outlet = Class::Outlet.bit() | Class::Agency.bit();
            let name =
                (self.first..self.last - 1).rev().find(|&at| !cx.token(at).has(shape::GLUED));
            let name = name.filter(|&name| {
                (self.first..name).any(|at| cx.token(at).any(outlet)) && !is_job(name)
            });
            if let Some(name) = name {
                mark(marks, self.first, name, PieceKind::Affiliation);
                self.first = name;
            }
        }
        // Trailing ones.
        while self.last > self.first && is_job(self.last - 1) {
            self.take_word(self.last - 1);
            let rest = self.last - 1 - self.first;
            let small = (self.first..self.last - 1)
                .all(|at| cx.token(at).has(shape::SMALL) && cx.token(at).is(Class::Function));
            let keep = if rest == 0 || small { 0 } else { self.name_before_title(rest) };
            let first = cx.token(self.first);
            let is_team = cx.token(self.last - 1).is(Class::Outlet)
                && (rest == 1 && (first.has(shape::CAPS) || first.is(Class::Agency))
                    || rest == 0 && self.manner.byline && first.has(shape::CAPITAL));
            if is_team {
                return;
            }
            mark(marks, self.first + keep, self.last, PieceKind::Title);
            self.last = self.first + keep;
            self.titled = true;
        }
        // Leading ones, with the affiliation before them.
        if let Some(at) = (self.first..self.last).rev().find(|&at| is_job(at)) {
            self.take_word(at);
            // "los periodistas de AP NAME"
            let outlet = Class::Agency.bit() | Class::Outlet.bit();
            let of =
                cx.token(at + 1).any(Class::By.bit() | Class::Of.bit() | Class::Particle.bit());
            let small = cx.token(at + 1).has(shape::SMALL);
            let of_outlet = of && small && cx.token(at + 2).any(outlet) && at + 3 < self.last;
            let at = if of_outlet { at + 2 } else { at };
            mark(marks, self.first, at + 1, PieceKind::Title);
            self.first = at + 1;
            self.titled = true;
        }
    }

    /// How many of the `rest` words before a title are the name: the title may have an outlet
    /// before it ("A B Globe Staff").
    fn name_before_title(&self, rest: usize) -> usize {
        let cased = self.cx.token(self.first).has(shape::CAPITAL);
        let names_outlet =
            rest == 1 && self.cx.token(self.first).any(Class::Agency.bit() | Class::Outlet.bit());
        // "By A B, Local Democracy Reporter"
        let plural = self.cx.slice(self.last - 1, self.last).ends_with('s');
        let own = self.cx.language() == Some("en")
            && self.manner.later
            && self.manner.byline
            && cased
            && rest == 2
            && !plural;
        if names_outlet || own || rest == 1 && cased && self.manner.byline && !self.manner.firm {
            return 0;
        }
        let hangul = self.cx.token(self.first).has(shape::HANGUL);
        if hangul {
            return rest;
        }
        if !cased || rest <= 2 || !self.manner.byline && self.manner.after {
            return rest;
        }
        let mut keep = 2;
        while keep < rest {
            let token = self.cx.token(self.first + keep);
            let before = self.cx.token(self.first + keep - 1);
            if token.is(Class::Suffix)
                || before.any(Class::Particle.bit()) && before.has(shape::SMALL)
                || before.has(shape::INITIALS)
                || token.has(shape::SMALL) && token.is(Class::Particle)
            {
                keep += 1;
            } else {
                break;
            }
        }
        keep
    }

    fn take_word(&mut self, at: usize) {
        let token = self.cx.token(at);
        if !token.is(Class::Word) {
            return;
        }
        let own = self.cx.lexicon.meaning(token.pattern, Class::Word, self.cx.tongue);
        if let Some(meaning) = own {
            self.word.extend(meaning.roles);
        }
    }

    pub(super) fn cut_titles(&mut self, marks: &mut Marks) {
        let cx = self.cx;
        // A title written out may be a name: "Judge Reinhardt" alone.
        let written_out = |at: usize| {
            let token = cx.token(at);
            let one = !cx.slice(at, at + 1).contains(' ');
            one && token.has(shape::CAPITAL) && !token.has(shape::DOTTED) && token.letters >= 4
        };
        while self.len() > 1 + usize::from(written_out(self.first))
            && cx.token(self.first).is(Class::Title)
        {
            // "Dr." may have its full stop apart.
            mark(marks, self.first, self.first + 1, PieceKind::Title);
            self.first += 1;
            self.titled = true;
        }
        while self.len() > 1
            && cx.token(self.last - 1).is(Class::Title)
            && !cx.token(self.last - 1).is(Class::Suffix)
            && !cx.token(self.last - 1).has(shape::INITIALS)
        {
            mark(marks, self.last - 1, self.last, PieceKind::Title);
            self.last -= 1;
            self.titled = true;
        }
    }

    /// Agencies before or after a person, without any mark between.
    pub(super) fn cut_outlets(&mut self, marks: &mut Marks) {
        let cx = self.cx;
        let is_agency = |at: usize| {
            let token = cx.token(at);
            token.is(Class::Agency) && token.has(shape::CAPITAL | shape::UNCASED)
        };
        let persons = |from: usize, to: usize| {
            to >= from + 2
                && (from..to).all(|at| {
                    let token = cx.token(at);
                    !token.any(Class::Agency.bit() | Class::Outlet.bit())
                        && token.has(shape::CAPITAL | shape::UNCASED)
                })
        };
        if is_agency(self.last - 1) && persons(self.first, self.last - 1) {
            mark(marks, self.last - 1, self.last, PieceKind::Affiliation);
            self.last -= 1;
        } else if is_agency(self.first) && persons(self.first + 1, self.last) {
            mark(marks, self.first, self.first + 1, PieceKind::Affiliation);
            self.first += 1;
        }
    }
}
