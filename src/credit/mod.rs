//! Reads credit lines: who reported, wrote, translated and edited an article.
//!
//! [`line::parse`] reads one line, [`find::find`] finds the lines of an article, [`lexicon`] holds
//! the words, [`explain`] says why. Reading never fails: what is not understood is left over, with
//! what was expected there, and the pieces of a line cover it exactly once. Nothing here knows a
//! person's name; what a name looks like, and what stands around it, is all there is to go by.
//!
//! # The grammar
//!
//! Words in capitals are classes of the lexicon (the keys of its files); each module's head has the
//! rules of its part in full.
//!
//! ```text
//! line     = *( clause [separator] )                       clause, group
//! clause   = before list                                   Reporting by A and B in P
//!          | BYLINE list [participle]                      Von A · von A übersetzt
//!          | list AFTER [AT place] *( "," list AT place )  A reported from P, B from Q
//!          | list SERVICE                                  A pour le service français
//!          | list "(" stem ")"                             A (Übersetzung)
//!          | SUBJECT … clause                              This story was reported by A
//!          | dateline | list                               Oslo: A · A, B (names alone)
//!          | SOURCE [link] | JOB ":" … | STOP …            a reference · a masthead · boilerplate
//! before   = [LANGUAGE] stem *( joiner stem ) *filler mark phrase, stem
//! stem     = VERB | NOUN | LABEL | VERSION beside a LANGUAGE
//! filler   = FROM LANGUAGE | INTO LANGUAGE | OF outlet     translated (from the Chinese) (for X) by
//! mark     = BY | WITH tool | ":" | "/" | "=" | "-"        only ":" and the like after a LABEL
//! list     = item *( separator item )                      list, item, joiner
//! item     = [affiliation "'s"] [JOB] name [JOB] *( AT place | OF outlet | "(" gloss ")" | contact )
//! name     = person | outlet | TOOL                        name, person, title, affiliation
//! place    = AT [article] city *( "," region ) [AND city]  place
//! ```
//!
//! What a pattern means follows five rules:
//!
//! 1. The phrase gives the role. The one nearest by structure wins: a phrase before names over a
//!    word beside them (`번역 A 기자` is a translator), a participle after them over the by-word before
//!    (`von A übersetzt`), a language service over all (`إعداد A للنشرة العربية`).
//! 2. Without a phrase names are writers: at the top of an article, in a dateline, in brackets. In a
//!    sign-off wholly in brackets that names a translator, its first names are reporters. A word for
//!    reporter beside a name makes a reporter of it. Agencies alone, or two and more, are publishers.
//! 3. One outlet right after a person is where they work; joined by "and" or a semicolon it is a
//!    credit of its own. Beside pictures every agency that follows a name is the former.
//! 4. A place is for every name since the last place or semicolon; in "A in P and B" for A alone.
//! 5. A phrase in the middle of a sentence counts only if everything before it in that sentence was
//!    read, and names only if no sentence goes on after them: "the report, edited by its rivals, …"
//!    credits nobody.
//!
//! # The language
//!
//! Role phrases are looked up in all languages at once. Small words (by, and, in, of), titles and
//! participles count only in the line's own language, which is the one that most of its phrases are
//! in: the phrases are the evidence, a language that is given is a hint between equals, and so are
//! letters that only one of two languages has (`tongue`).
//!
//! # Adding a language
//!
//! One file: `lexicon/xx.toml`, named in the list at the head of [`lexicon`].

mod address;
mod affiliation;
mod bare;
mod clause;
mod cover;
mod dateline;
mod eight;
mod fold;
mod group;
mod initials;
mod item;
mod joiner;
mod list;
mod machine;
mod person;
mod phrase;
mod place;
mod prose;
mod reading;
mod scan;
mod script;
mod sentence;
mod source;
mod stem;
mod title;
mod token;
mod tongue;
mod word;

pub mod explain;
pub mod find;
pub mod lexicon;
pub mod line;
pub mod name;
pub mod role;
