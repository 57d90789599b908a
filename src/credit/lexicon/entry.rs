//! What a phrase of the lexicon can mean.

use crate::credit::role::Role;

/// The part that a phrase plays in the grammar of a credit line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(in crate::credit) enum Class {
    /// A participle that wants a by-word: `translated … by NAME`, `von NAME übersetzt`.
    Verb,
    /// A noun that stands before names with or without a by-word or colon: `Reporting`.
    Noun,
    /// A noun that says nothing without a by-word or colon: `Editor: NAME`.
    Label,
    /// A whole phrase before names: `la tradujo NAME`.
    Before,
    /// A whole phrase after names: `NAME contributed to this report`.
    After,
    /// A language service, after the names of its translators: `NAME pour le service français`.
    Service,
    /// A word for reporter beside a name, which is its role if nothing else is: `NAME 기자`.
    Word,
    /// A job title, which is no role.
    Job,
    /// A form of address or academic title: `Dr.`, `さん`.
    Title,
    /// A by-word after a participle or noun: `by`, `de`.
    By,
    /// A by-word that opens a byline: `Von NAME`.
    Byline,
    /// Joins names: `and`.
    And,
    /// Stands before a place: `in`.
    At,
    /// Stands before an affiliation: `of the Herald`.
    Of,
    /// Stands before the source language: `from the`.
    From,
    /// Stands before the language version: `into`, `en`.
    Into,
    /// Stands before a tool: `using`.
    With,
    /// Stands before an outlet whose material was used: `avec AFP`.
    Material,
    /// A language.
    Language,
    /// `version`, which with a language is a translator's work.
    Version,
    /// Begins a sentence about the article itself: `this story`.
    Subject,
    /// Ends such a beginning where no other phrase does: `は`.
    Topic,
    /// Words that credit nobody.
    Stop,
    /// A word that no name contains: `the`, `our`.
    Function,
    /// A month or weekday, or a word before a date.
    Date,
    /// A word found in names of organizations: `agency`, `rédaction`.
    Outlet,
    /// An agency or outlet by name.
    Agency,
    /// A tool by name.
    Tool,
    /// An unnamed machine: `machine translation`.
    Machine,
    /// A label of a reference to the original.
    Source,
    /// A country, state or region.
    Region,
    /// A place of several words, or one that a name could be mistaken for.
    Place,
    /// A small word within names: `van`.
    Particle,
    /// A word after names: `Jr.`.
    Suffix,
    /// A bureau of the house.
    Bureau,
    /// Initials of the house.
    Initials,
}

impl Class {
    /// The class as one bit of a mask.
    pub(in crate::credit) const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// A set of classes.
pub(in crate::credit) type Mask = u64;

/// Up to four roles, in the order of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::credit) struct Roles {
    list: [Option<Role>; 4],
}

impl Roles {
    /// One role.
    pub(in crate::credit) fn one(role: Role) -> Self {
        Self { list: [Some(role), None, None, None] }
    }

    /// Adds a role unless it is there or four are.
    pub(in crate::credit) fn push(&mut self, role: Role) {
        if self.contains(role) {
            return;
        }
        if let Some(free) = self.list.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(role);
        }
    }

    /// Adds all roles of another set.
    pub(in crate::credit) fn extend(&mut self, other: Self) {
        other.iter().for_each(|role| self.push(role));
    }

    /// The roles in order.
    pub(in crate::credit) fn iter(self) -> impl Iterator<Item = Role> {
        self.list.into_iter().flatten()
    }

    /// Whether the role is there.
    pub(in crate::credit) fn contains(self, role: Role) -> bool {
        self.list.contains(&Some(role))
    }

    /// How many there are.
    pub(in crate::credit) fn len(self) -> usize {
        self.iter().count()
    }

    /// Whether there is none.
    pub(in crate::credit) fn is_empty(self) -> bool {
        self.list.first().is_none_or(Option::is_none)
    }
}

/// One meaning of one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::credit) struct Meaning {
    /// The part it plays.
    pub(in crate::credit) class: Class,
    /// The roles it gives, if it does.
    pub(in crate::credit) roles: Roles,
    /// The language it belongs to: an index into the lexicon's languages.
    pub(in crate::credit) tongue: u8,
    /// For a language or language service, which: an index likewise.
    pub(in crate::credit) names: Option<u8>,
    /// For initials, whose.
    pub(in crate::credit) whose: Option<Box<str>>,
}

/// Classes whose phrases may begin or end inside a word where the case changes.
pub(in crate::credit) const GLUE: Mask = Class::Verb.bit()
    | Class::Noun.bit()
    | Class::Label.bit()
    | Class::Before.bit()
    | Class::Stop.bit();

/// Classes whose phrases may end a word without spaces between it and a name (Hangul).
pub(in crate::credit) const SUFFIX: Mask = Class::Outlet.bit()
    | Class::Word.bit()
    | Class::Job.bit()
    | Class::After.bit()
    | Class::Verb.bit();

/// Classes of small words, which a hyphen or apostrophe makes part of something else.
pub(in crate::credit) const SMALL_WORD: Mask = JOINING | Class::Particle.bit();

/// Classes of words that join phrases, names and places.
pub(in crate::credit) const JOINING: Mask = Class::By.bit()
    | Class::Byline.bit()
    | Class::And.bit()
    | Class::At.bit()
    | Class::Of.bit()
    | Class::From.bit()
    | Class::Into.bit()
    | Class::With.bit()
    | Class::Material.bit()
    | Class::Function.bit();
