//! Names: where one ends, and what sort of somebody it names.
//!
//! ```text
//! item    = [affiliation "'s"] [title words] name [title words]      "CNN's A", "AP writer A", "A 기자"
//! name    = person | outlet | tool | handle
//! person  = 1*6( Capitalised | particle | initials | suffix )
//! outlet  = AGENCY | words with an OUTLET word | host | @handle
//! ```

use super::fold::Composed;
use super::lexicon::{Class, Lexicon, Roles};
use super::line::PieceKind;
use super::list::{Item, Lead, List, Manner, Marks, mark};
use super::phrase::Cx;
use super::role::Kind as Who;
use super::scan::{Kind, Token, scan, shape};
use crate::text::span::Span;

/// What some words are.
#[derive(Debug)]
pub(super) enum Verdict {
    /// A name.
    Name(Item),
    /// A name that ends before this token; what follows is no name.
    NameUpTo(Item, usize),
    /// A title or affiliation alone, with the role that it stands for.
    Title(Roles),
    /// Something else.
    NoName,
}

/// The most names before a slash that its place is for.
const MAX_PLACED: usize = 40;

/// The most words of a person's name.
const MAX_WORDS: usize = 7;

/// Splits a list of names, such as the byline field of another format.
#[must_use]
pub fn split_names(lexicon: &Lexicon, list: &str) -> Vec<(String, Who, Span)> {
    match Composed::of(list) {
        None => split_composed(lexicon, list),
        Some(composed) => split_composed(lexicon, &composed.text)
            .into_iter()
            .map(|(name, who, span)| {
                let span = Span::new(composed.begin(span.start()), composed.end(span.end()));
                (name, who, span)
            })
            .collect(),
    }
}

fn split_composed(lexicon: &Lexicon, list: &str) -> Vec<(String, Who, Span)> {
    let tokens = scan(lexicon, list);
    let cx = Cx { lexicon, text: list, tokens: &tokens, tongue: None };
    let manner = Manner {
        firm: true,
        outlet: false,
        image: false,
        after: false,
        byline: true,
        caps: is_caps(&tokens),
        later: false,
    };
    let mut marks = vec![None; tokens.len()];
    let mut from = 0;
    while cx.token(from).any(Class::Byline.bit()) && from + 1 < tokens.len() {
        from += 1;
    }
    let List { items, .. } = super::list::read(&cx, from, tokens.len(), manner, &mut marks);
    items
        .iter()
        .filter(|item| !item.dropped)
        .map(|item| {
            let span = span_of(&cx, item);
            (super::fold::tidy(span.of(list)), item.who, span)
        })
        .collect()
}

/// Whether a line is set in capitals.
pub(super) fn is_caps(tokens: &[Token]) -> bool {
    let mut cased = tokens.iter().filter(|token| token.has(shape::CAPITAL | shape::SMALL));
    cased.all(|token| token.has(shape::CAPS) || token.letters < 2)
        && tokens.iter().any(|token| token.has(shape::CAPS))
}

/// The bytes of a name: without an elided article before an outlet.
pub(super) fn span_of(cx: &Cx<'_>, item: &Item) -> Span {
    let start = cx.token(item.first).start as usize;
    let end = cx.before(item.last).map_or(start, |token| token.end as usize);
    let text = cx.text.get(start..end).unwrap_or_default();
    let mut skipped = 0;
    if item.lead == Lead::And && super::list::is_joined_and(cx, item.first, 2) {
        skipped = 'و'.len_utf8();
    }
    if item.who == Who::Organization {
        let mark = text.find(['\'', '’']);
        if let Some(at) = mark
            && at <= 4
            && text.chars().take_while(char::is_ascii).take(at).all(|c| c.is_ascii_lowercase())
        {
            let after =
                text.get(at..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
            skipped = at + after;
        }
    }
    let text = text.get(skipped..).unwrap_or_default();
    let trimmed = text.trim_end_matches([' ', '\'', '’']);
    let possessive = cx.before(item.last).is_some_and(|last| last.has(shape::POSSESSIVE));
    let trimmed = match trimmed.len().checked_sub(2) {
        Some(_) if possessive && item.who != Who::Organization => {
            trimmed.strip_suffix("'s").or_else(|| trimmed.strip_suffix("’s")).unwrap_or(trimmed)
        }
        _ => trimmed,
    };
    let trimmed = if cx.language() == Some("tr") { without_suffix(trimmed) } else { trimmed };
    Span::new(start + skipped, start + skipped + trimmed.len())
}

/// A Turkish name without the suffix after its apostrophe.
fn without_suffix(name: &str) -> &str {
    let last = name.rfind(['\'', '’']);
    let suffix = last.and_then(|at| name.get(at..)).unwrap_or_default();
    let letters = suffix.chars().skip(1);
    let short = (1..=5).contains(&letters.clone().count());
    match last {
        Some(at) if short && letters.clone().all(char::is_lowercase) => {
            name.get(..at).unwrap_or(name)
        }
        _ => name,
    }
}

/// Says what the words from `first` to `last` are.
pub(super) fn classify(
    cx: &Cx<'_>,
    first: usize,
    last: usize,
    manner: Manner,
    marks: &mut Marks,
) -> Verdict {
    if (first..last).any(|at| cx.token(at).is(Class::Machine)) && last - first <= 4 {
        mark(marks, first, last, PieceKind::Machine);
        return Verdict::Title(Roles::default());
    }
    let mut found =
        Words { cx, first, last, manner, word: Roles::default(), titled: false, sentence: false };
    found.cut_article();
    found.cut_possessive(marks);
    found.cut_jobs(marks);
    if found.sentence {
        return Verdict::NoName;
    }
    if found.first >= found.last {
        return Verdict::Title(found.word);
    }
    found.cut_titles(marks);
    found.cut_outlets(marks);
    if found.first >= found.last {
        return Verdict::Title(found.word);
    }
    found.verdict(marks)
}

struct Words<'a> {
    cx: &'a Cx<'a>,
    first: usize,
    last: usize,
    manner: Manner,
    word: Roles,
    titled: bool,
    /// A verb stands among the words.
    sentence: bool,
}

impl Words<'_> {
    fn len(&self) -> usize {
        self.last - self.first
    }

    fn tokens(&self) -> &[Token] {
        self.cx.tokens.get(self.first..self.last).unwrap_or_default()
    }

    fn cut_article(&mut self) {
        let token = self.cx.token(self.first);
        let small = token.has(shape::SMALL);
        let elided = self.cx.slice(self.first, self.first + 1).ends_with(['\'', '’']);
        let article = elided
            || token.any(Class::Function.bit() | Class::Of.bit() | Class::Particle.bit())
                && self.cx.token(self.first + 1).any(Class::Agency.bit() | Class::Outlet.bit());
        let the = matches!(self.cx.slice(self.first, self.first + 1), "the" | "a" | "an");
        if small && (article || the) && self.len() > 1 {
            self.first += 1;
        }
    }

    /// "CNN's A": the affiliation and its mark.
    fn cut_possessive(&mut self, marks: &mut Marks) {
        let cut = (self.first..self.last.saturating_sub(1))
            .rev()
            .find(|&at| self.cx.token(at).has(shape::POSSESSIVE));
        if let Some(at) = cut {
            mark(marks, self.first, at + 1, PieceKind::Affiliation);
            self.first = at + 1;
        }
    }

    /// Job titles and words for reporter, with what stands before them or after.
    fn cut_jobs(&mut self, marks: &mut Marks) {
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
        // Trailing ones.
        while self.last > self.first && is_job(self.last - 1) {
            self.take_word(self.last - 1);
            let rest = self.last - 1 - self.first;
            let keep = if rest == 0 { 0 } else { self.name_before_title(rest) };
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
        if names_outlet || rest == 1 && cased && self.manner.byline && !self.manner.firm {
            return 0;
        }
        let hangul = self.cx.token(self.first).has(shape::HANGUL);
        if hangul && rest > 1 {
            // "소속 이름 기자": the name is the last word.
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

    fn cut_titles(&mut self, marks: &mut Marks) {
        let cx = self.cx;
        while self.len() > 1 && cx.token(self.first).is(Class::Title) {
            // "Dr." may have its full stop apart.
            mark(marks, self.first, self.first + 1, PieceKind::Title);
            self.first += 1;
            self.titled = true;
        }
        while self.len() > 1
            && cx.token(self.last - 1).is(Class::Title)
            && !cx.token(self.last - 1).is(Class::Suffix)
        {
            mark(marks, self.last - 1, self.last, PieceKind::Title);
            self.last -= 1;
            self.titled = true;
        }
    }

    /// Agencies before or after a person, without any mark between.
    fn cut_outlets(&mut self, marks: &mut Marks) {
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

    fn verdict(&self, marks: &mut Marks) -> Verdict {
        let who = self.who();
        if who != Who::Person {
            if who == Who::Organization && !self.outlet_is_plausible() {
                return Verdict::NoName;
            }
            mark(marks, self.first, self.last, PieceKind::Name);
            return Verdict::Name(self.item(self.last, who, false));
        }
        let end = self.person_end();
        if end == self.first {
            return Verdict::NoName;
        }
        let place = (end..self.last).all(|at| {
            self.cx.token(at).any(Class::Place.bit() | Class::Region.bit())
                && self.cx.token(at).has(shape::HAN)
        });
        if end < self.last && place {
            mark(marks, self.first, end, PieceKind::Name);
            mark(marks, end, self.last, PieceKind::Place);
            let item = Item { place: Some((end, self.last)), ..self.item(end, Who::Person, false) };
            return Verdict::Name(item);
        }
        let initials = end == self.first + 1 && self.cx.token(self.first).has(shape::INITIALS);
        if end < self.last {
            if !self.manner.firm || self.cx.token(self.first).has(shape::HAN | shape::KANA) {
                return Verdict::NoName;
            }
            mark(marks, self.first, end, PieceKind::Name);
            return Verdict::NameUpTo(self.item(end, Who::Person, initials), end);
        }
        mark(marks, self.first, end, PieceKind::Name);
        Verdict::Name(self.item(end, Who::Person, initials))
    }

    fn item(&self, last: usize, who: Who, initials: bool) -> Item {
        Item {
            first: self.first,
            last,
            who,
            initials,
            place: None,
            lead: Lead::Start,
            word: self.word,
            dropped: false,
            titled: self.titled,
        }
    }

    /// What sort of somebody the words name, if they name one.
    fn who(&self) -> Who {
        let tokens = self.tokens();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Who::Person };
        if tokens.iter().any(|token| token.is(Class::Bureau)) {
            return Who::Desk;
        }
        if first.is(Class::Tool) || tokens.len() <= 2 && last.is(Class::Tool) {
            return Who::Software;
        }
        let agency = |token: &Token| {
            token.is(Class::Agency)
                && (token.has(shape::CAPITAL | shape::UNCASED)
                    || self.manner.outlet
                    || self.len() == 1)
        };
        let all_small = tokens.iter().all(|token| token.has(shape::SMALL));
        let outlet = |token: &Token| {
            token.is(Class::Outlet) && (!token.has(shape::SMALL) || all_small || tokens.len() > 1)
        };
        let hosts = tokens.iter().any(|token| token.has(shape::HOST));
        let handle = first.has(shape::HANDLE) && self.manner.outlet;
        let text = self.cx.slice(self.first, self.last);
        let acronym = tokens.len() == 1
            && first.has(shape::CAPS)
            && !text.contains('-')
            && !first.has(shape::INITIALS)
            && (2..=6).contains(&first.letters)
            && !(self.manner.caps && !self.manner.outlet && !self.manner.image)
            && !self.manner.after;
        let ordinal = tokens.len() > 1
            && tokens.iter().any(|token| {
                token.kind == Kind::Number
                    && !(token.has(shape::GLUED) && token.start > first.start)
            });
        let article = first.has(shape::CAPITAL)
            && tokens.len() > 1
            && matches!(
                self.cx.slice(self.first, self.first + 1),
                "The"
                    | "Les"
                    | "Le"
                    | "La"
                    | "El"
                    | "Los"
                    | "Las"
                    | "Die"
                    | "Das"
                    | "Der"
                    | "De"
                    | "Il"
                    | "O"
                    | "A"
            )
            && (first.is(Class::Function)
                || matches!(
                    self.cx.slice(self.first, self.first + 1),
                    "The" | "Les" | "El" | "Los" | "Las"
                ));
        let acronym = acronym
            || tokens.len() == 1
                && (first.has(shape::ACRONYM) || text.starts_with("L'") || text.starts_with("L’"))
            || tokens.len() == 2 && (text.starts_with("L'") || text.starts_with("L’"));
        if tokens.iter().any(agency)
            || tokens.iter().any(outlet)
            || hosts
            || handle
            || acronym
            || ordinal
            || article
            || self.manner.outlet
        {
            return Who::Organization;
        }
        Who::Person
    }

    fn outlet_is_plausible(&self) -> bool {
        let tokens = self.tokens();
        let small = tokens
            .iter()
            .filter(|token| {
                token.has(shape::SMALL)
                    && !token.any(
                        Class::Particle.bit()
                            | Class::Outlet.bit()
                            | Class::Agency.bit()
                            | Class::And.bit()
                            | Class::By.bit()
                            | Class::At.bit()
                            | Class::Of.bit(),
                    )
            })
            .count();
        let most = if self.manner.firm || self.manner.outlet { 3 } else { 0 };
        tokens.len() <= 9 && small <= most && small * 2 <= tokens.len().max(2)
    }

    /// The token after the person's name that begins here; the first one if none does.
    fn person_end(&self) -> usize {
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
                && token.has(shape::GLUED | shape::HAN)
        });
        if functional {
            return self.first;
        }
        if let Some(at) = places
            && unspaced
            && letters <= 24
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
}

impl Words<'_> {
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

/// Marks as dropped the outlets that only say where the person before them works.
pub(super) fn drop_affiliations(cx: &Cx<'_>, items: &mut [Item], manner: Manner) {
    let is_outlet = |item: &Item| item.who == Who::Organization;
    let persons = items.iter().any(|item| item.who == Who::Person);
    if !persons && !manner.outlet {
        return;
    }
    let count = items.len();
    capital_outlets(cx, items);
    slashes(cx, items, manner);
    if manner.byline {
        last_place(cx, items);
    }
    for at in 0..count {
        let Some(item) = items.get(at).copied() else { continue };
        if !is_outlet(&item) {
            continue;
        }
        // "Source: Reuters/ab"
        let signed = manner.outlet
            && at > 0
            && item.lead < Lead::And
            && item.last == item.first + 1
            && cx.token(item.first).letters <= 3
            && !cx.token(item.first).is(Class::Agency);
        if signed && cx.token(item.first).has(shape::SMALL) {
            set_dropped(items, at);
            continue;
        }
        if manner.image && !matches!(item.lead, Lead::And | Lead::Semicolon) {
            set_dropped(items, at);
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| items.get(before)).copied();
        let after = items.get(at + 1).copied();
        // "…, l'équipe de traduction": a team is no affiliation.
        let first = cx.token(item.first);
        if first.has(shape::SMALL) && !first.is(Class::Agency) && !first.has(shape::HOST) {
            continue;
        }
        let joins =
            matches!(item.lead, Lead::Comma | Lead::Dash | Lead::Slash | Lead::Space | Lead::Pipe);
        let follows_person = before.is_some_and(|before| {
            before.who == Who::Person
                && (before.last > before.first + 1
                    || before.initials
                    || cx.token(item.first).any(Class::Agency.bit() | Class::Outlet.bit())
                    || cx.token(before.first).has(shape::UNCASED))
        });
        let alone = after.is_none_or(|after| !is_outlet(&after) || after.lead >= Lead::And);
        if joins && follows_person && alone {
            set_dropped(items, at);
        }
    }
}

/// "NAME, THE HERALD": words in capitals after a name that is not in capitals are an outlet.
fn capital_outlets(cx: &Cx<'_>, items: &mut [Item]) {
    let in_capitals = |item: &Item| {
        let tokens = cx.tokens.get(item.first..item.last).unwrap_or_default();
        tokens.len() > 1 && tokens.iter().all(|token| token.has(shape::CAPS))
    };
    for at in 1..items.len() {
        let Some(before) = items.get(at - 1).copied() else { continue };
        if let Some(item) = items.get_mut(at)
            && item.who == Who::Person
            && before.who == Who::Person
            && before.last > before.first + 1
            && matches!(item.lead, Lead::Comma | Lead::Dash | Lead::Slash)
            && in_capitals(item)
            && !in_capitals(&before)
        {
            item.who = Who::Organization;
        }
    }
}

/// What a single word after a slash is: the place of the names before it, or, beside pictures,
/// their agency.
fn slashes(cx: &Cx<'_>, items: &mut [Item], manner: Manner) {
    for at in 1..items.len() {
        let Some(item) = items.get(at).copied() else { continue };
        let first = cx.token(item.first);
        let known = first.any(Class::Place.bit() | Class::Region.bit());
        let single = item.last == item.first + 1 || known;
        let before = at.checked_sub(1).and_then(|before| items.get(before)).copied();
        let after_person = before
            .is_some_and(|before| before.who == Who::Person && before.last > before.first + 1);
        if !matches!(item.lead, Lead::Slash | Lead::Pipe) || !single || !after_person {
            continue;
        }
        if item.dropped || !known && !first.has(shape::CAPITAL) || first.is(Class::Agency) {
            continue;
        }
        set_dropped(items, at);
        if manner.image || item.lead == Lead::Pipe && !manner.byline {
            continue;
        }
        for earlier in items.iter_mut().take(at).rev().take(MAX_PLACED) {
            if earlier.place.is_none() && !earlier.dropped {
                earlier.place = Some((item.first, item.last));
            }
        }
    }
}

/// "Von A und B, Wien": a single word after a comma at the end is where they are.
fn last_place(cx: &Cx<'_>, items: &mut [Item]) {
    let count = items.len();
    let Some((item, earlier)) = items.split_last_mut() else { return };
    let token = cx.token(item.first);
    let known = (item.first..item.last)
        .all(|at| cx.token(at).any(Class::Place.bit() | Class::Region.bit()));
    let plain = item.last == item.first + 1
        && token.has(shape::CAPITAL)
        && !token.has(shape::CAPS | shape::INITIALS | shape::DIGIT | shape::CAMEL | shape::HOST);
    let full_names = earlier.iter().all(|one| one.last > one.first + 1 || one.dropped);
    if count < 2 || item.lead != Lead::Comma || item.who != Who::Person || item.titled {
        return;
    }
    if !(known || plain && full_names) || earlier.iter().any(|one| one.place.is_some()) {
        return;
    }
    item.dropped = true;
    let place = (item.first, item.last);
    for one in earlier.iter_mut().filter(|one| !one.dropped) {
        one.place = Some(place);
    }
}

fn set_dropped(items: &mut [Item], at: usize) {
    if let Some(item) = items.get_mut(at) {
        item.dropped = true;
    }
}
