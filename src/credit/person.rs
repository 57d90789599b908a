//! Where the name of a person ends, in scripts with case and without.

use super::lexicon::Class;
use super::name::{MAX_WORDS, Words};
use super::token::{Kind, shape};

impl Words<'_> {
    /// The token after the person's name that begins here; the first one if none does.
    pub(super) fn person_end(&self) -> usize {
        let cx = self.cx;
        let first = cx.token(self.first);
        if first.has(shape::UNCASED) && !first.has(shape::CAPITAL) {
            return self.uncased_end();
        }
        let follows = cx.token(self.first + 1);
        if first.is(Class::Function)
            && !first.is(Class::Particle)
            && !(self.first + 1 < self.last && follows.has(shape::CAPITAL))
        {
            return self.first;
        }
        let limit = self.last.min(self.first + MAX_WORDS + 1);
        if first.has(shape::SMALL) && !self.opens_with_particle() {
            return self.small_end(limit);
        }
        let mut end = self.first;
        let mut at = self.first;
        while at < limit {
            let token = cx.token(at);
            let next = cx.token(at + 1);
            let next_capital = at + 1 < self.last && next.has(shape::CAPITAL);
            if token.kind != Kind::Word {
                // Quotation marks of a nickname.
                if token.kind == Kind::Quote || token.has(shape::GLUED) {
                    at += 1;
                    end = if token.kind == Kind::Quote { end } else { at };
                    continue;
                }
                break;
            }
            if token.has(shape::CAPITAL)
                || token.any(Class::Suffix.bit())
                || !token.has(shape::SMALL)
                || at > self.first && token.has(shape::GLUED)
            {
                at += 1;
                end = at;
                continue;
            }
            let particle = token.any(Class::Particle.bit() | Class::And.bit());
            let inner = self.manner.firm
                && !token.any(Class::Function.bit() | Class::Of.bit())
                && next_capital;
            let two = at + 2 < self.last
                && cx.token(at + 2).has(shape::CAPITAL)
                && next.is(Class::Particle);
            if (particle && (next_capital || two)) || inner {
                at += 1;
                continue;
            }
            break;
        }
        let words = end - self.first;
        let too_long = end == limit && limit < self.last;
        if words == 0 || too_long {
            return self.first;
        }
        if self.manner.firm {
            return end;
        }
        // Nothing says that a name comes here: it must look like one all through.
        let single = words == 1 && !first.has(shape::INITIALS);
        let functional = self.tokens().iter().any(|token| {
            token.any(Class::Stop.bit())
                || token.is(Class::Function)
                    && token.has(shape::SMALL | shape::UNCASED)
                    && !token.any(Class::Particle.bit())
                    && token.letters > 1
        });
        let digits = self.tokens().iter().any(|token| token.has(shape::DIGIT));
        let single = single && !(self.manner.later && self.manner.byline);
        if single && !self.manner.after || functional || words > 5 || digits {
            return self.first;
        }
        end
    }

    fn opens_with_particle(&self) -> bool {
        let token = self.cx.token(self.first);
        (token.is(Class::Particle)
            || token.letters <= 3 && token.has(shape::SMALL) && !token.is(Class::Function))
            && (1..3).any(|ahead| {
                self.first + ahead < self.last
                    && self.cx.token(self.first + ahead).has(shape::CAPITAL)
            })
            && !token.is(Class::Function)
            || self.cx.slice(self.first, self.first + 1).contains(['\'', '’']) && {
                let text = self.cx.slice(self.first, self.first + 1);
                text.chars().any(char::is_uppercase)
            }
    }

    /// A name in small letters: a handle, or a line without capitals.
    fn small_end(&self, limit: usize) -> usize {
        if !self.manner.firm {
            return self.first;
        }
        let tokens = self.tokens();
        let plain = tokens.iter().all(|token| {
            token.kind == Kind::Word
                && !token.has(shape::CAPITAL)
                && !token.any(
                    Class::Stop.bit()
                        | Class::Outlet.bit()
                        | Class::Job.bit()
                        | Class::From.bit()
                        | Class::With.bit(),
                )
                && (!token.is(Class::Function) || token.is(Class::Particle))
        });
        if plain && self.last <= limit && tokens.len() <= 4 { self.last } else { self.first }
    }

    /// A name in a script without case.
    fn uncased_end(&self) -> usize {
        let tokens = self.tokens();
        let functional =
            tokens.iter().any(|token| token.any(Class::Function.bit() | Class::Stop.bit()));
        let letters: usize = tokens.iter().map(|token| usize::from(token.letters)).sum();
        let unspaced = tokens.iter().any(|token| token.has(shape::HAN | shape::KANA));
        // "记者NAME渥太华报导"
        let places = tokens.iter().skip(1).position(|token| {
            token.any(Class::Place.bit() | Class::Region.bit())
                && token.has(shape::GLUED | shape::HAN | shape::HANGUL)
        });
        if functional {
            return self.first;
        }
        if let Some(at) = places
            && (unspaced || self.cx.token(self.first).has(shape::HANGUL))
            && letters <= 24
            && (self.manner.after || !self.word.is_empty())
        {
            return self.first + 1 + at;
        }
        let fits = if unspaced {
            letters <= 20 && self.is_unspaced_name()
        } else {
            tokens.iter().filter(|token| !token.has(shape::GLUED)).count() <= 5
        };
        if fits && !functional { self.last } else { self.first }
    }

    /// Whether characters without spaces between are few enough, and none belongs to a sentence:
    /// up to five Han in a row, kana between two Han only in katakana.
    fn is_unspaced_name(&self) -> bool {
        let text = self.cx.slice(self.first, self.last);
        let (mut han, mut hiragana, mut after_han) = (0_u32, 0_u32, false);
        for c in text.chars() {
            match c {
                '的' | '了' | '被' | '们' | '們' | '这' | '這' | '吗' | '嗎' | '是' | '将'
                | '把' => return false,
                '\u{3041}'..='\u{309F}' => {
                    han = 0;
                    hiragana += 1;
                }
                '\u{3400}'..='\u{9FFF}' => {
                    if after_han && hiragana > 0 {
                        return false;
                    }
                    han += 1;
                    after_han = true;
                    hiragana = 0;
                    if han > 5 {
                        return false;
                    }
                }
                c if c.is_whitespace() || matches!(c, '·' | '・' | '＝' | '\u{2022}') => {
                    (han, hiragana, after_han) = (0, 0, false);
                }
                _ => {}
            }
        }
        hiragana <= 6
    }
}
