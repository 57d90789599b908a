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
use super::clause::{Clause, tool_before};
use super::item::{Item, Lead};
use super::lexicon::Class;
use super::line::{Expected, PieceKind};
use super::list::{self, Manner};
use super::phrase::{Claim, Phrase};
use super::reading::Reading;
use super::role::{Kind as Who, Role};
use super::sentence::{believes, is_sentence_end, last_sentence, split_at};
use super::source;
use super::token::Kind;

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
                let words = reading.cx.tokens.get(clause.from..clause.to).unwrap_or_default();
                let joins_only = !words.is_empty()
                    && words.iter().all(|token| token.is(Class::And) || token.kind != Kind::Word);
                if joins_only && self.clauses.get(number + 1).is_some_and(|next| next.soft) {
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
                    mark_place(reading, clause);
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
                // "… Il a été" before the next phrase.
                let subject = (list.end..clause.to).find(|&at| cx.token(at).is(Class::Subject));
                if let Some(subject) = subject {
                    reading.mark(subject, clause.to, PieceKind::Phrase);
                }
                // "translated with AI and edited by NAME"
                let machine = list.items.is_empty()
                    && (clause.from..clause.to).any(|at| cx.token(at).is(Class::Machine));
                let believed = believes(
                    &cx,
                    opening,
                    &list.items,
                    clause,
                    (list.clean, list.end),
                    self.clauses.len(),
                );
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
                self.read_so_far = believed || machine;
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
        if believes(&cx, opening, &first.items, clause, (first.clean, first.end), 2) {
            reading.credit(&first.items, opening);
        }
        if split < clause.to {
            let manner = Manner { after: true, ..reading.manner(closing) };
            let mut last = list::read(&cx, split, clause.to, manner, &mut reading.marks);
            if last.clean {
                give_place(&mut last.items, clause.place);
                reading.credit(&last.items, closing);
                mark_place(reading, clause);
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
                let persons = |item: &Item| item.who == Who::Person && item.last - item.first >= 2;
                if list.clean && list.items.iter().all(persons) {
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
        mark_place(reading, clause);
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

fn mark_place(reading: &mut Reading<'_>, clause: &Clause) {
    if let Some((from, to)) = clause.place {
        reading.mark(from, to, PieceKind::Place);
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
