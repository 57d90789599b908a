//! Datelines that name their writers: "Oslo: NAME", "NAME / OSLO (NTB)", "【City＝NAME】".

use super::bare::Bare;
use super::lexicon::Class;
use super::line::PieceKind;
use super::token::{Kind, shape};

impl Bare<'_, '_> {
    /// "Oslo: NAME", "NAME - outlet - Oslo:"
    pub(super) fn colon(&mut self) -> bool {
        let Some(colon) = self.find(self.from, Kind::Colon) else { return false };
        if colon + 1 == self.to {
            self.to = colon;
            return self.trailing_colon() || self.list();
        }
        // Any word may be a label; only known places count.
        if !self.is_place(self.from, colon) || !self.is_known_place(self.from, colon) {
            return false;
        }
        let mut end = self.to;
        if let Some(second) = self.find(colon + 1, Kind::Colon) {
            let dash =
                (colon + 1..second).rev().find(|&at| self.reading.cx.token(at).kind == Kind::Dash);
            let Some(dash) = dash else { return false };
            end = dash;
        }
        let place = (self.from, colon);
        let mut items = self.persons(colon + 1, end);
        if items.is_empty()
            || items.iter().any(|item| {
                item.last - item.first < 2 && !self.reading.cx.token(item.first).has(shape::HAN)
            })
        {
            self.forget(self.from, end);
            return false;
        }
        self.sign(&mut items, Some(place));
        self.reading.mark(place.0, place.1, PieceKind::Place);
        if end < self.to {
            self.from = end + 1;
            return self.colon();
        }
        true
    }

    /// "NAME - outlet - Oslo"
    pub(super) fn trailing_colon(&mut self) -> bool {
        let dashes: Vec<usize> = (self.from..self.to)
            .filter(|&at| self.reading.cx.token(at).kind == Kind::Dash)
            .collect();
        let (Some(&first), Some(&last)) = (dashes.first(), dashes.last()) else { return false };
        if !self.is_place(last + 1, self.to) {
            return false;
        }
        let mut items = self.persons(self.from, first);
        if items.is_empty() {
            return false;
        }
        let place = (last + 1, self.to);
        self.sign(&mut items, Some(place));
        self.reading.mark(first + 1, last, PieceKind::Affiliation);
        true
    }

    /// "(서울=연합뉴스) NAME 기자", "【Oslo＝NAME】"
    pub(super) fn equals(&mut self) -> bool {
        let cx = self.reading.cx;
        let Some(equal) = self.find(self.from, Kind::Equal) else { return false };
        let start = if cx.token(self.from).kind == Kind::Open { self.from + 1 } else { self.from };
        if !self.is_place(start, equal) {
            return false;
        }
        let close =
            (equal + 1..self.to.min(equal + 6)).find(|&at| cx.token(at).kind == Kind::Close);
        let from = match close {
            Some(close) if close + 1 < self.to => {
                self.reading.mark(equal + 1, close, PieceKind::Affiliation);
                close + 1
            }
            _ => equal + 1,
        };
        let mut items = self.persons(from, self.to);
        if items.is_empty() {
            return false;
        }
        self.sign(&mut items, Some((start, equal)));
        true
    }

    /// "Oslo - NAME", "NAME - Oslo", "NAME - outlet"
    pub(super) fn dashes(&mut self) -> bool {
        if !self.is_last_clause() {
            return false;
        }
        let Some(dash) = self.find(self.from, Kind::Dash) else { return false };
        if self.find(dash + 1, Kind::Dash).is_some() || self.find(self.from, Kind::Slash).is_some()
        {
            return false;
        }
        let (left, right) = ((self.from, dash), (dash + 1, self.to));
        let known = (self.is_known_place(left.0, left.1), self.is_known_place(right.0, right.1));
        let first = self.reading.cx.token(self.from);
        let guess = first.has(shape::UNCASED) && known == (false, false);
        let single = |side: (usize, usize)| side.1 - side.0 == 1 && self.is_place(side.0, side.1);
        let (place, names) = match known {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ if guess && single(left) => (left, right),
            _ if guess && single(right) => (right, left),
            _ => return false,
        };
        let mut items = self.persons(names.0, names.1);
        if items.is_empty() || items.iter().any(|item| item.last - item.first < 2) {
            self.forget(self.from, self.to);
            return false;
        }
        self.sign(&mut items, Some(place));
        true
    }

    /// "OSLO (NTB) - NAME"
    pub(super) fn agency_first(&mut self) -> bool {
        let cx = self.reading.cx;
        let Some(open) = self.find(self.from, Kind::Open) else { return false };
        let Some(close) = self.find(open, Kind::Close) else { return false };
        let agency = close > open + 1 && cx.token(open + 1).is(Class::Agency);
        let dash = cx.token(close + 1).kind == Kind::Dash && close + 2 < self.to;
        if !agency || !dash || !self.is_place(self.from, open) {
            return false;
        }
        let mut items = self.persons(close + 2, self.to);
        if items.is_empty() || items.iter().any(|item| item.last - item.first < 2) {
            self.forget(self.from, self.to);
            return false;
        }
        self.sign(&mut items, Some((self.from, open)));
        self.reading.mark(open + 1, close, PieceKind::Affiliation);
        true
    }

    /// "NAME / OSLO (NTB)"
    pub(super) fn slash(&mut self) -> bool {
        let cx = self.reading.cx;
        let Some(slash) = self.find(self.from, Kind::Slash) else { return false };
        let open = (slash + 1..self.to).find(|&at| cx.token(at).kind == Kind::Open);
        let Some(open) = open.filter(|&open| self.is_place(slash + 1, open)) else { return false };
        let mut items = self.persons(self.from, slash);
        if items.is_empty() {
            return false;
        }
        self.sign(&mut items, Some((slash + 1, open)));
        self.reading.mark(open + 1, self.to, PieceKind::Affiliation);
        true
    }

    /// "Z Krakowa NAME (PAP)"
    pub(super) fn place_first(&mut self) -> bool {
        let cx = self.reading.cx;
        let token = cx.token(self.from);
        if !token.is(Class::At) || !token.has(shape::CAPITAL) || self.to < self.from + 4 {
            return false;
        }
        let open = (self.from + 3..self.to).find(|&at| cx.token(at).kind == Kind::Open);
        let end = open.unwrap_or(self.to);
        let agency = open.is_some_and(|open| cx.token(open + 1).is(Class::Agency));
        let comma = (self.from + 2..end).find(|&at| cx.token(at).kind == Kind::Comma);
        let split = match comma {
            Some(comma) => comma,
            None if agency => {
                let known = self.is_known_place(self.from + 1, self.from + 2);
                if known || end - self.from < 5 { self.from + 2 } else { end - 2 }
            }
            None => return false,
        };
        if !self.is_place(self.from + 1, split) {
            return false;
        }
        let mut items = self.persons(split, end);
        if items.is_empty() {
            return false;
        }
        self.sign(&mut items, Some((self.from + 1, split)));
        if let Some(open) = open {
            self.reading.mark(open + 1, self.to, PieceKind::Affiliation);
        }
        true
    }

    /// "【カイロNAME、ソウルNAME】": katakana, then other characters, in brackets.
    pub(super) fn katakana_places(&mut self) -> bool {
        let cx = self.reading.cx;
        if !self.opens {
            return false;
        }
        let mut pairs = Vec::new();
        let mut at = self.from;
        while at < self.to {
            if cx.token(at).kind == Kind::Comma {
                at += 1;
                continue;
            }
            let end =
                (at..self.to).find(|&next| cx.token(next).kind == Kind::Comma).unwrap_or(self.to);
            let place_end = (at..end)
                .find(|&next| {
                    let token = cx.token(next);
                    !(token.has(shape::KANA) && !token.has(shape::HAN)
                        || token.any(Class::Place.bit() | Class::Region.bit()))
                })
                .unwrap_or(end);
            let named = (place_end..end).all(|next| {
                cx.token(next).has(shape::HAN | shape::KANA) || cx.token(next).kind == Kind::Equal
            });
            if place_end == at || place_end >= end || !named {
                return false;
            }
            pairs.push((at, place_end, end));
            at = end;
        }
        for &(from, place_end, end) in &pairs {
            let mut items = self.persons(place_end, end);
            self.sign(&mut items, Some((from, place_end)));
        }
        !pairs.is_empty()
    }
}
