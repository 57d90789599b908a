//! Items of a list that say where the names before them work or are.

use super::item::{Item, Lead};
use super::lexicon::Class;
use super::list::Manner;
use super::phrase::Cx;
use super::role::Kind as Who;
use super::token::shape;

/// The most names before a slash that its place is for.
const MAX_PLACED: usize = 40;

/// Marks as dropped the outlets that only say where the person before them works.
pub(super) fn drop_affiliations(cx: &Cx<'_>, items: &mut [Item], manner: Manner) {
    let is_outlet = |item: &Item| item.who == Who::Organization;
    let persons = items.iter().any(|item| item.who == Who::Person);
    if !persons && !manner.outlet {
        return;
    }
    let count = items.len();
    capital_outlets(cx, items);
    first_place(cx, items);
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
            && item.place.is_none()
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
        let after_person = before.is_some_and(|before| {
            before.who == Who::Person
                && (before.last > before.first + 1
                    || known && cx.token(before.first).has(shape::UNCASED))
        });
        if !matches!(item.lead, Lead::Slash | Lead::Pipe) || !single || !after_person {
            continue;
        }
        if item.dropped || !known && !first.has(shape::CAPITAL) || first.is(Class::Agency) {
            continue;
        }
        set_dropped(items, at);
        // "NAME/VOV": capitals after a name without are an outlet.
        let in_capitals =
            before.is_some_and(|before| cx.token(before.last.saturating_sub(1)).has(shape::CAPS));
        if first.has(shape::CAPS) && first.letters <= 5 && !known && !in_capitals {
            continue;
        }
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

/// "Oslo | NAME": a known place before names and a mark.
fn first_place(cx: &Cx<'_>, items: &mut [Item]) {
    let [first, rest @ ..] = items else { return };
    let known = (first.first..first.last)
        .all(|at| cx.token(at).any(Class::Place.bit() | Class::Region.bit()));
    let marked = rest.first().is_some_and(|next| {
        matches!(next.lead, Lead::Pipe | Lead::Slash | Lead::Dash) && next.who == Who::Person
    });
    if !known || !marked || first.who != Who::Person {
        return;
    }
    first.dropped = true;
    for item in rest.iter_mut().filter(|item| item.place.is_none()) {
        item.place = Some((first.first, first.last));
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
    let lead = item.lead == Lead::Comma || known && item.lead == Lead::Dash;
    if count < 2 || !lead || item.who != Who::Person || item.titled {
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
