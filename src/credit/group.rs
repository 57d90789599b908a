//! Clauses: which phrase claims which names.
//!
//! ```text
//! line    = *( clause [separator] )
//! clause  = before list                                   "Reporting by A and B in P"
//!         | byline list [participle]                      "Von A"; "von A übersetzt"
//!         | list after [AT place] *( lead list AT place ) "A reported from P, B from Q"
//!         | list service                                  "A pour le service français"
//!         | subject clause                                "This story was" reported by A
//!         | bare                                          see `bare`
//! ```
//!
//! A phrase within a sentence counts only if all words before it in the sentence were read: "the
//! report, edited by its rivals, …" credits nobody.

use super::bare;
use super::lexicon::Class;
use super::line::{Expected, PieceKind};
use super::list::{self, Item, Lead, Manner};
use super::phrase::{Claim, Cx, Phrase, ends_clause};
use super::place;
use super::reading::Reading;
use super::role::{Kind as Who, Role};
use super::scan::{Kind, shape};
use super::source;

/// The tokens that one phrase, or none, may claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    pub(super) opening: Option<Phrase>,
    /// Whether only names, and no mark, may come before the opening phrase.
    pub(super) soft: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) closing: Option<Phrase>,
    /// The place after the closing phrase.
    pub(super) place: Option<(usize, usize)>,
    /// Whether a sentence about the article itself begins here.
    pub(super) subject: bool,
}

/// Cuts a line into clauses.
pub(super) fn clauses(reading: &mut Reading<'_>) -> Vec<Clause> {
    let cx = reading.cx;
    let mut out = Vec::new();
    let mut clause = empty(0);
    let mut at = 0;
    while at < cx.tokens.len() {
        let token = cx.token(at);
        if token.is(Class::Stop)
            && (is_hard(&cx, at) || token.has(shape::GLUED) || at == clause.from)
        {
            clause.to = at;
            out.push(clause);
            let end = sentence_end(&cx, at);
            reading.mark(at, end, PieceKind::Boilerplate);
            clause = empty(end);
            at = end;
            continue;
        }
        if is_masthead(&cx, at) && (is_hard(&cx, at) || at == clause.from) {
            clause.to = at;
            out.push(clause);
            let end = masthead_end(&cx, at);
            reading.mark(at, end, PieceKind::Boilerplate);
            clause = empty(end);
            at = end;
            continue;
        }
        if token.is(Class::Source)
            && is_hard(&cx, at)
            && let Some(end) = source::read(reading, at)
        {
            clause.to = at;
            out.push(clause);
            clause = empty(end);
            at = end;
            continue;
        }
        let whole = token.has(shape::UNCASED)
            || cx.slice(at, at + 1).contains(' ')
            || cx.token(at + 1).is(Class::Verb);
        if token.is(Class::Subject)
            && whole
            && (is_hard(&cx, at) || at == clause.from)
            && clause.opening.is_none()
        {
            clause.subject = true;
        }
        let Some(phrase) = cx.phrase(at).filter(|phrase| fits(&cx, &clause, phrase)) else {
            at += 1;
            continue;
        };
        clause.to = at;
        let next = phrase.end.max(at + 1);
        match phrase.claim {
            Claim::After | Claim::Participle | Claim::Service => {
                clause.closing = Some(phrase);
                let mut end = phrase.end;
                if place::begins(&cx, end, cx.tokens.len(), reading.caps) {
                    let manner = Manner { after: true, ..bare_manner(reading) };
                    if let Some(found) = place::read(&cx, end, cx.tokens.len(), manner) {
                        clause.place = Some(found.tokens);
                        end = found.end;
                    }
                }
                out.push(clause);
                clause = empty(end);
                at = end.max(next);
            }
            _ => {
                let soft = !is_hard(&cx, at) && at != clause.from && !clause.subject;
                out.push(clause);
                clause = Clause { opening: Some(phrase), soft, ..empty(phrase.end) };
                at = next;
            }
        }
    }
    clause.to = cx.tokens.len();
    out.push(clause);
    out
}

fn empty(from: usize) -> Clause {
    Clause {
        opening: None,
        soft: false,
        from,
        to: from,
        closing: None,
        place: None,
        subject: false,
    }
}

fn bare_manner(reading: &Reading<'_>) -> Manner {
    Manner {
        firm: false,
        outlet: false,
        image: false,
        after: false,
        byline: false,
        caps: reading.caps,
        later: false,
    }
}

/// Whether a mark, a line end or nothing stands before the token.
pub(super) fn is_hard(cx: &Cx<'_>, at: usize) -> bool {
    cx.token(at).newlines > 0
        || cx.before(at).is_none_or(|before| {
            !matches!(before.kind, Kind::Word | Kind::Comma | Kind::Number | Kind::Amp)
        })
}

/// Whether a job that is no role labels a name: "Editor-in-chief: NAME".
fn is_masthead(cx: &Cx<'_>, at: usize) -> bool {
    let token = cx.token(at);
    token.is(Class::Job)
        && !token.any(super::phrase::STEM | Class::Word.bit())
        && cx.token(at + 1).kind == Kind::Colon
}

/// The token after a masthead's names: another label, a bracket or the end of the line.
fn masthead_end(cx: &Cx<'_>, at: usize) -> usize {
    (at + 2..cx.tokens.len())
        .find(|&next| {
            let token = cx.token(next);
            token.newlines > 0
                || matches!(token.kind, Kind::Pipe | Kind::Close | Kind::Semicolon)
                || next > at + 2
                    && token.any(super::phrase::STEM)
                    && cx.token(next + 1).kind == Kind::Colon
        })
        .unwrap_or(cx.tokens.len())
}

/// The token after the sentence or bracket that goes on at `at`.
fn sentence_end(cx: &Cx<'_>, at: usize) -> usize {
    let mut next = at + 1;
    let mut depth = 0_usize;
    while let Some(token) = cx.tokens.get(next) {
        if token.newlines > 0 {
            break;
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => break,
            Kind::Close => depth -= 1,
            Kind::Pipe => break,
            // "Publié le 12 mai par NAME"
            Kind::Word if token.is(Class::Byline) && cx.token(next + 1).has(shape::CAPITAL) => {
                break;
            }
            Kind::Stop if !cx.token(next + 1).has(shape::GLUED) => return next + 1,
            _ => {}
        }
        next += 1;
    }
    next
}

/// Whether a phrase may stand where it does.
fn fits(cx: &Cx<'_>, clause: &Clause, phrase: &Phrase) -> bool {
    let at = phrase.start;
    let token = cx.token(at);
    let hard = is_hard(cx, at) || at == clause.from || clause.subject;
    let before = cx.before(at);
    let uncased = token.has(shape::UNCASED);
    match phrase.claim {
        Claim::Before => {
            // "Rédaction de Paris"
            let by = cx.token(phrase.words_end.saturating_sub(1));
            let office = token.is(Class::Outlet)
                && !phrase.marked
                && by.any(Class::Particle.bit() | Class::From.bit())
                && by.has(shape::SMALL);
            if office {
                return false;
            }
            let office = token.is(Class::Outlet)
                && !phrase.marked
                && before.is_some_and(|before| {
                    before.kind == Kind::Word
                        && before.any(
                            Class::At.bit()
                                | Class::Function.bit()
                                | Class::By.bit()
                                | Class::Of.bit(),
                        )
                });
            if office {
                return false;
            }
            let glued =
                token.has(shape::GLUED) && before.is_some_and(|before| before.kind == Kind::Word);
            !glued || token.has(shape::CAPITAL) || uncased
        }
        Claim::Loose if at == clause.from && clause.opening.is_some() => false,
        Claim::Loose => hard || uncased || before.is_some_and(|before| before.kind == Kind::Comma),
        Claim::Byline => {
            let comma = before.is_some_and(|before| before.kind == Kind::Comma);
            let and = before.is_some_and(|before| before.is(Class::And)) && at == clause.from + 1;
            if and && participle_follows(cx, at) {
                return true;
            }
            if clause.subject && !participle_follows(cx, at) {
                return false;
            }
            hard && !(before.is_some_and(|before| before.kind == Kind::Colon)
                && clause.opening.is_some())
                || comma && clause.opening.is_none()
        }
        Claim::Material => true,
        Claim::Participle => {
            clause.opening.is_some_and(|opening| opening.claim == Claim::Byline)
                || clause.opening.is_none() && tool_before(cx, clause.from, at).is_some()
        }
        Claim::Service => at > clause.from,
        Claim::After => {
            let next = cx.token(phrase.end);
            // "翻译成三种语言" goes on.
            let goes_on = next.kind == Kind::Word
                && next.has(shape::GLUED)
                && next.has(shape::HAN)
                && !next.any(super::phrase::STEM | Class::And.bit() | Class::After.bit());
            let ends = phrase.end >= cx.tokens.len()
                || ends_clause(next)
                || next.is(Class::At)
                || uncased && !goes_on;
            at > clause.from && ends
        }
    }
}

/// The tool just before a participle: "mit DeepL übersetzt", "DeepL ile çevrildi".
fn tool_before(cx: &Cx<'_>, from: usize, at: usize) -> Option<usize> {
    (from..at)
        .rev()
        .take(4)
        .find(|&tool| cx.token(tool).any(Class::Tool.bit() | Class::Machine.bit()))
}

/// Whether a participle without a by-word of its own follows in the sentence.
fn participle_follows(cx: &Cx<'_>, at: usize) -> bool {
    let rest = cx.tokens.get(at + 1..).unwrap_or_default();
    let sentence = rest.iter().take(80).take_while(|token| token.kind != Kind::Stop);
    sentence.enumerate().any(|(ahead, token)| {
        token.any(Class::Verb.bit() | Class::After.bit()) && !cx.token(at + 2 + ahead).is(Class::By)
    })
}

/// Reads the clauses in order.
pub(super) fn read(reading: &mut Reading<'_>, clauses: &[Clause]) {
    let phrases = clauses.iter().flat_map(|clause| [clause.opening, clause.closing]).flatten();
    let mut phrases = phrases.filter(|phrase| phrase.roles.contains(Role::Translator));
    let translator = phrases.next().is_some();
    let mut state = State { read_so_far: true, after: None, place: None, translator, clauses };
    for (number, clause) in clauses.iter().enumerate() {
        state.clause(reading, number, clause);
    }
}

struct State<'a> {
    /// Whether everything of the sentence so far was read.
    read_so_far: bool,
    /// The closing phrase before, whose role goes on.
    after: Option<Phrase>,
    /// A place before a phrase: "Oslo, report - NAME".
    place: Option<(usize, usize)>,
    /// Whether any phrase of the line is for translators.
    translator: bool,
    clauses: &'a [Clause],
}

impl State<'_> {
    fn clause(&mut self, reading: &mut Reading<'_>, number: usize, clause: &Clause) {
        let carried = self.after.take();
        match (clause.opening, clause.closing) {
            (Some(opening), closing) => {
                if clause.soft && !self.read_so_far {
                    return;
                }
                self.opened(reading, number, &opening, closing);
            }
            (None, Some(closing)) if closing.claim == Claim::Service => {
                self.service(reading, number, clause, &closing);
            }
            (None, Some(closing)) => self.closed(reading, clause, &closing, carried),
            (None, None) => {
                let next = self.clauses.get(number + 1).and_then(|next| next.opening);
                let went_on = carried.is_some_and(|after| carry(reading, clause, &after));
                if went_on {
                    self.read_so_far = true;
                    return;
                }
                if clause.subject {
                    reading.mark(clause.from, clause.to, PieceKind::Phrase);
                    self.read_so_far = true;
                    return;
                }
                if next.is_some()
                    && let Some(place) = bare::place_alone(&reading.cx, clause)
                {
                    self.place = Some(place);
                    self.read_so_far = true;
                    return;
                }
                let found = bare::read(reading, clause, next.as_ref(), self.translator);
                self.read_so_far = found || is_sentence_end(&reading.cx, clause);
            }
        }
    }

    /// Whether another phrase for names follows the clause, at a mark.
    fn signs_off(&self, number: usize) -> bool {
        self.clauses.get(number + 1).is_some_and(|next| {
            !next.soft && next.opening.is_some_and(|phrase| phrase.claim == Claim::Before)
        })
    }

    /// A clause with a phrase before its names.
    fn opened(
        &mut self,
        reading: &mut Reading<'_>,
        number: usize,
        opening: &Phrase,
        closing: Option<Phrase>,
    ) {
        let cx = reading.cx;
        let Some(clause) = self.clauses.get(number) else { return };
        let mut manner = reading.manner(opening);
        let weak = opening.claim == Claim::Byline;
        if weak {
            manner.byline = true;
            manner.firm = opening.marked || closing.is_some() || self.signs_off(number);
        }
        if manner.outlet && source::citation(reading, clause, opening) {
            self.read_so_far = true;
            return;
        }
        match closing {
            Some(closing) if weak => {
                // "von NAME übersetzt"
                manner.firm = true;
                let list = list::read(&cx, clause.from, clause.to, manner, &mut reading.marks);
                self.read_so_far = list.clean && !list.items.is_empty();
                if self.read_so_far {
                    let mut items = list.items;
                    give_place(&mut items, clause.place);
                    reading.mark(opening.start, opening.words_end, PieceKind::Phrase);
                    reading.credit(&items, &closing);
                }
                self.after = Some(closing);
            }
            Some(closing) => self.both(reading, clause, opening, &closing, manner),
            None => {
                let list = list::read(&cx, clause.from, clause.to, manner, &mut reading.marks);
                let mut opening = *opening;
                if let Some((end, language)) = cx.prepared_language(list.end, Class::From) {
                    opening.source = opening.source.or(Some(language));
                    reading.mark(list.end, end, PieceKind::Phrase);
                }
                let opening = &opening;
                let believed =
                    believes(&cx, opening, &list.items, clause, list.clean, self.clauses.len());
                if believed {
                    let mut items = list.items;
                    if let Some((from, to)) = self.place.take() {
                        give_place(&mut items, Some((from, to)));
                        reading.mark(from, to, PieceKind::Place);
                    }
                    if cx.token(opening.start).is(Class::Before)
                        && opening.roles.contains(Role::Reporter)
                        && !opening.marked
                    {
                        drop_outlet_before(&mut items);
                    }
                    reading.credit(&items, opening);
                } else {
                    unmark(reading, clause.from, clause.to);
                    reading.expected.push((
                        opening.words_end,
                        Expected::NameAfter(reading.span(opening.start, opening.words_end)),
                    ));
                    if opening.claim == Claim::Before && list.items.is_empty() {
                        reading.mark(opening.start, opening.words_end, PieceKind::Phrase);
                    }
                }
                self.read_so_far = believed;
            }
        }
    }

    /// A phrase before and one after: a separator between tells whose the names are.
    fn both(
        &mut self,
        reading: &mut Reading<'_>,
        clause: &Clause,
        opening: &Phrase,
        closing: &Phrase,
        manner: Manner,
    ) {
        let cx = reading.cx;
        let compiles = opening.roles.contains(Role::Compiler);
        if closing.claim == Claim::Service && compiles {
            let list = list::read(&cx, clause.from, clause.to, manner, &mut reading.marks);
            reading.mark(opening.start, opening.words_end, PieceKind::Phrase);
            reading.credit(&list.items, closing);
            return;
        }
        let split = split_at(&cx, clause.from, clause.to, closing.claim == Claim::Service);
        let first = list::read(&cx, clause.from, split, manner, &mut reading.marks);
        if believes(&cx, opening, &first.items, clause, first.clean, 2) {
            reading.credit(&first.items, opening);
        }
        if split < clause.to {
            let manner = Manner { after: true, ..reading.manner(closing) };
            let mut last = list::read(&cx, split, clause.to, manner, &mut reading.marks);
            if last.clean {
                give_place(&mut last.items, clause.place);
                reading.credit(&last.items, closing);
            }
        }
        self.after = Some(*closing);
        self.read_so_far = true;
    }

    /// Names, then a language service: its translators are the last ones.
    fn service(
        &mut self,
        reading: &mut Reading<'_>,
        number: usize,
        clause: &Clause,
        closing: &Phrase,
    ) {
        let cx = reading.cx;
        let split = split_at(&cx, clause.from, clause.to, true);
        let head = Clause { to: split, closing: None, ..*clause };
        let _ = number;
        if split > clause.from {
            bare::read(reading, &head, Some(closing), true);
        }
        let manner = Manner { after: true, ..reading.manner(closing) };
        let from = if split < clause.to { split } else { clause.from };
        let last = list::read(&cx, from, clause.to, manner, &mut reading.marks);
        reading.credit(&last.items, closing);
        self.read_so_far = true;
    }

    /// Names, then their phrase.
    fn closed(
        &mut self,
        reading: &mut Reading<'_>,
        clause: &Clause,
        closing: &Phrase,
        carried: Option<Phrase>,
    ) {
        let cx = reading.cx;
        let manner = Manner { after: true, ..reading.manner(closing) };
        let mut clause = *clause;
        if closing.claim == Claim::Participle {
            let Some(tool) = tool_before(&cx, clause.from, clause.to) else { return };
            clause.from = tool;
            clause.to = tool + 1;
        }
        let clause = &clause;
        let start = last_sentence(&cx, clause);
        let mut found = list::read(&cx, start, clause.to, manner, &mut reading.marks);
        let good = found.clean && found.end >= clause.to && !found.items.is_empty();
        if !good {
            unmark(reading, start, clause.to);
            reading.expected.push((
                start,
                Expected::NameBefore(reading.span(closing.start, closing.words_end)),
            ));
            self.read_so_far = false;
            return;
        }
        if start > clause.from && clause.subject {
            reading.mark(clause.from, start, PieceKind::Phrase);
        } else if start > clause.from {
            let earlier = Clause { to: start, closing: None, ..*clause };
            let went_on = carried.is_some_and(|after| carry(reading, &earlier, &after));
            let strict = Manner { firm: true, ..manner };
            if !went_on {
                let list = list::read(&cx, clause.from, start, strict, &mut reading.marks);
                if list.clean && list.items.iter().all(|item| item.last - item.first >= 2) {
                    let mut all = list.items;
                    all.append(&mut found.items);
                    found.items = all;
                } else {
                    unmark(reading, clause.from, start);
                }
            }
        }
        give_place(&mut found.items, clause.place);
        reading.credit(&found.items, closing);
        if let Some((from, to)) = clause.place {
            reading.mark(from, to, PieceKind::Place);
        }
        self.after = Some(*closing);
        self.read_so_far = true;
    }
}

/// "Laporan wartawan OUTLET, NAME": the outlet before a name is its affiliation.
fn drop_outlet_before(items: &mut [Item]) {
    let two = items.len() == 2;
    if let [first, second, ..] = items
        && (first.who == Who::Organization || two)
        && second.who == Who::Person
        && second.lead == Lead::Comma
    {
        first.dropped = true;
    }
}

fn give_place(items: &mut [Item], place: Option<(usize, usize)>) {
    for item in items.iter_mut().filter(|item| item.place.is_none()) {
        item.place = place;
    }
}

fn unmark(reading: &mut Reading<'_>, from: usize, to: usize) {
    for slot in reading.marks.get_mut(from..to).unwrap_or_default() {
        *slot = None;
    }
}

/// Names that go on after a closing phrase: ", B from Q"; "along with C".
fn carry(reading: &mut Reading<'_>, clause: &Clause, after: &Phrase) -> bool {
    let cx = reading.cx;
    let first = cx.token(clause.from);
    let joins = matches!(first.kind, Kind::Comma | Kind::Semicolon) || first.is(Class::And);
    if !joins {
        return false;
    }
    let manner = Manner { after: true, ..reading.manner(after) };
    let list = list::read(&cx, clause.from, clause.to, manner, &mut reading.marks);
    let placed = list.items.iter().all(|item| item.place.is_some());
    let joined = list.items.first().is_some_and(|item| item.lead == Lead::And);
    if list.items.is_empty() || !list.clean || !(placed || joined) {
        unmark(reading, clause.from, clause.to);
        return false;
    }
    reading.credit(&list.items, after);
    true
}

/// Whether the names after a phrase are names, considering how it is marked.
fn believes(
    cx: &Cx<'_>,
    opening: &Phrase,
    items: &[Item],
    clause: &Clause,
    clean: bool,
    clauses: usize,
) -> bool {
    let Some(first) = items.first() else { return false };
    let is_copyright = cx.slice(opening.start, opening.start + 1) == "©";
    if is_copyright {
        let years = cx.tokens.get(clause.from..clause.to).unwrap_or_default();
        return clean && !years.iter().any(|token| token.kind == Kind::Number);
    }
    match opening.claim {
        Claim::Byline => clean || opening.marked || starts_date(cx, clause, items),
        Claim::Loose => {
            let token = cx.token(first.first);
            let words = first.last - first.first;
            let known = token.any(Class::Agency.bit() | Class::Outlet.bit() | Class::Tool.bit());
            if token.has(shape::UNCASED) {
                let all = cx.tokens.get(first.first..first.last).unwrap_or_default();
                return clean && all.iter().map(|token| u32::from(token.letters)).sum::<u32>() >= 2;
            }
            let bracketed =
                cx.before(opening.start).is_some_and(|before| before.kind == Kind::Open);
            clean
                && (words >= 2 && token.has(shape::CAPITAL)
                    || known
                    || bracketed
                    || clauses > 3
                    || items.len() > 1)
        }
        _ => {
            let small = cx.token(first.first).has(shape::SMALL);
            !small
                || clean
                || items.len() > 1
                || cx.token(first.first).has(shape::DIGIT | shape::CAMEL)
        }
    }
}

/// Whether a list ended at a date or a mark rather than at words.
fn starts_date(cx: &Cx<'_>, clause: &Clause, items: &[Item]) -> bool {
    let Some(last) = items.last() else { return false };
    (last.last..clause.to).take(3).any(|at| {
        list::is_date(cx, at)
            || matches!(cx.token(at).kind, Kind::Stop | Kind::Pipe | Kind::Comma | Kind::Dash)
            || cx.token(at).newlines > 0
    })
}

/// Where the last names begin: after the last semicolon or full stop, else after the last comma
/// that no joiner follows.
fn split_at(cx: &Cx<'_>, from: usize, to: usize, service: bool) -> usize {
    let rev = || (from..to).rev();
    let stop = rev().find(|&at| cx.token(at).kind == Kind::Stop);
    let hard = stop.or_else(|| {
        rev().find(|&at| {
            cx.token(at).kind == Kind::Semicolon
                || cx.token(at).newlines > 0 && at > from && !service
        })
    });
    if let Some(at) = hard {
        return if matches!(cx.token(at).kind, Kind::Semicolon | Kind::Stop) { at + 1 } else { at };
    }
    let comma = rev().find(|&at| cx.token(at).kind == Kind::Comma);
    comma.map_or(if service { from } else { to }, |at| at + 1)
}

/// The token at which the last sentence of a clause begins.
fn last_sentence(cx: &Cx<'_>, clause: &Clause) -> usize {
    let start = (clause.from..clause.to)
        .rev()
        .find(|&at| {
            let token = cx.token(at);
            matches!(token.kind, Kind::Stop | Kind::Bullet | Kind::Colon)
                || token.kind == Kind::Close && at + 1 < clause.to && !is_gloss(cx, at, clause.from)
                || token.is(Class::Topic) && clause.subject
        })
        .map_or(clause.from, |at| at + 1);
    // "χ NAME": a bullet that is a letter.
    let first = cx.token(start);
    let odd =
        first.letters == 1 && first.has(shape::SMALL) && cx.token(start + 1).has(shape::CAPITAL);
    if odd { start + 1 } else { start }
}

/// Whether the bracket that closes at `at` is a gloss after a name.
fn is_gloss(cx: &Cx<'_>, at: usize, from: usize) -> bool {
    let open = (from..at).rev().take(12).find(|&open| cx.token(open).kind == Kind::Open);
    open.is_some_and(|open| {
        open > from && cx.token(open - 1).kind == Kind::Word && cx.token(open).newlines == 0
    })
}

fn is_sentence_end(cx: &Cx<'_>, clause: &Clause) -> bool {
    clause.to == clause.from
        || cx.before(clause.to).is_some_and(|last| {
            matches!(
                last.kind,
                Kind::Stop
                    | Kind::Open
                    | Kind::Close
                    | Kind::Colon
                    | Kind::Pipe
                    | Kind::Bullet
                    | Kind::Slash
                    | Kind::Semicolon
            )
        })
}
