//! The language of prose, by its small words.

use crate::credit::lexicon::Lexicon;
use crate::text::language::Language;

/// The fewest small words that tell a language.
const MIN_VOTES: u32 = 12;

/// How often the words of a language must be among all: one in so many.
const SHARE: u32 = 8;

/// Languages that have much in common with some that have no list: Afrikaans, Macedonian, Marathi
/// and Nepali, Javanese and Tagalog.
const NEAR_OTHERS: &[&str] = &["nl", "bg", "sr", "hi", "id", "ms"];

/// Small words, by the languages they belong to.
#[derive(Debug, Clone)]
pub(in crate::credit) struct Votes {
    by_tongue: [u32; 64],
    words: u32,
}

impl Default for Votes {
    fn default() -> Self {
        Self { by_tongue: [0; 64], words: 0 }
    }
}

impl Votes {
    /// Takes a word that is one of some languages, given as bits.
    pub(super) fn add(&mut self, mut tongues: u64) {
        while tongues != 0 {
            if let Some(votes) = self.by_tongue.get_mut(tongues.trailing_zeros() as usize) {
                *votes = votes.saturating_add(1);
            }
            tongues &= tongues - 1;
        }
    }

    /// Adds those of a block of that many words.
    pub(super) fn join(&mut self, others: &Self, words: usize) {
        for (own, other) in self.by_tongue.iter_mut().zip(others.by_tongue) {
            *own = own.saturating_add(other);
        }
        self.words = self.words.saturating_add(u32::try_from(words).unwrap_or(u32::MAX));
    }

    /// The language that is clear from them: twice as many small words are its as any other's, and
    /// they are as frequent as such words are.
    pub(in crate::credit) fn language<'a>(&self, lexicon: &'a Lexicon) -> Option<&'a Language> {
        let most = *self.by_tongue.iter().max()?;
        let at = self.by_tongue.iter().position(|&votes| votes == most)?;
        let others = self.by_tongue.iter().enumerate().filter(|&(other, _)| other != at);
        let next = others.map(|(_, &votes)| votes).max().unwrap_or_default();
        let clear = most >= MIN_VOTES && most / 2 >= next && most >= self.words / SHARE;
        let language = lexicon.language(u8::try_from(at).ok()?)?;
        (clear && !NEAR_OTHERS.contains(&language.primary())).then_some(language)
    }
}

#[cfg(test)]
mod tests {
    use crate::credit::find::find;
    use crate::credit::lexicon::Lexicon;

    fn told(paragraph: &str) -> Option<String> {
        let blocks = vec![paragraph; 4];
        find(Lexicon::builtin(), &blocks, None).language.map(String::from)
    }

    #[test]
    fn a_language_is_told_by_its_small_words() {
        for (want, text) in [
            (
                "en",
                "The council voted on Tuesday to reopen the old bridge after two years of repairs, but some of its members said that they had not been told of the costs.",
            ),
            (
                "fr",
                "Le conseil a voté mardi la réouverture du vieux pont, qui était fermé depuis deux ans, et les habitants ont dit que ce n'était pas trop tôt pour une ville comme la leur.",
            ),
            (
                "de",
                "Der Rat hat am Dienstag beschlossen, dass die alte Brücke nach zwei Jahren wieder geöffnet wird, und die Anwohner sind mit der Entscheidung nicht ganz zufrieden.",
            ),
        ] {
            assert_eq!(told(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_near_a_listed_language_is_not_taken_for_it() {
        for text in [
            // Afrikaans, Macedonian, Galician, Azerbaijani, Icelandic, Swahili.
            "Die raad het Dinsdag besluit om die ou brug na twee jaar se herstelwerk weer oop te maak, maar die inwoners sê hulle is nie tevrede met die koste daarvan nie.",
            "Советот во вторникот одлучи повторно да го отвори стариот мост по две години поправки, но жителите велат дека не се задоволни од цената што ја платија.",
            "O concello votou o martes a reapertura da vella ponte despois de dous anos de obras, pero os veciños din que non están contentos co prezo que tiveron que pagar.",
            "Şəhər şurası çərşənbə axşamı iki illik təmirdən sonra köhnə körpünün yenidən açılmasına səs verdi, lakin sakinlər bu qərardan razı qalmadıqlarını bildirdilər.",
            "Borgarráð samþykkti á þriðjudag að opna gömlu brúna á ný eftir tveggja ára viðgerðir, en íbúarnir segja að þeir séu ekki sáttir við kostnaðinn sem fylgdi.",
            "Baraza lilipiga kura Jumanne kufungua tena daraja la zamani baada ya miaka miwili ya ukarabati, lakini wakazi wanasema hawakuridhika na gharama zake.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
