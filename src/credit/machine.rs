//! Machines that had a hand in a text.
//!
//! A tool that a phrase credits is a credit of kind software and a machine. An unnamed machine
//! ("machine translation", "mit KI übersetzt") is a fact about the article and credits nobody.

use super::lexicon::{Class, Mask};
use super::line::{Machine, PieceKind};
use super::reading::Reading;
use super::role::Role;
use super::token::{Token, shape};

/// Words that say a text was translated, in whatever way.
const TRANSLATES: Mask = Class::Verb.bit() | Class::Noun.bit() | Class::Label.bit();

fn is_wide(token: &Token) -> bool {
    token.has(shape::HAN | shape::KANA | shape::HANGUL)
}

/// Notes the machines that no credit names.
pub(super) fn read(reading: &mut Reading<'_>) {
    let cx = reading.cx;
    let has_machine =
        cx.tokens.iter().any(|token| token.any(Class::Machine.bit() | Class::Tool.bit()));
    if !has_machine {
        return;
    }
    let translates = cx.tokens.iter().any(|token| {
        token.any(TRANSLATES)
            && cx.lexicon.meanings(token.pattern).iter().any(|meaning| {
                meaning.roles.contains(Role::Translator) && TRANSLATES & meaning.class.bit() != 0
            })
    });
    for (at, token) in cx.tokens.iter().enumerate() {
        let marked = reading.marks.get(at).copied().flatten();
        let is_free = matches!(marked, None | Some(PieceKind::Machine | PieceKind::Boilerplate));
        if token.is(Class::Machine)
            && is_free
            && (translates || token.letters >= 8 || is_wide(token) && token.letters >= 4)
        {
            reading.mark(at, at + 1, PieceKind::Machine);
            reading.machines.push(Machine {
                tool: None,
                role: Role::Translator,
                span: reading.span(at, at + 1),
            });
        } else if token.is(Class::Tool) && is_free && translates {
            let span = reading.span(at, at + 1);
            reading.mark(at, at + 1, PieceKind::Machine);
            let tool = Some(super::fold::tidy(span.of(cx.text)));
            reading.machines.push(Machine { tool, role: Role::Translator, span });
        }
    }
}
