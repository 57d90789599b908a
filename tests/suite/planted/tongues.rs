//! The eight languages of the archive: the templates that its articles are made from.

/// A language: its tag, headline, two paragraphs, and how it credits who reported, translated, edited.
/// `{p}` is the place, `{n}` the number.
pub(super) struct Tongue {
    pub tag: &'static str,
    pub text: &'static str,
    pub roles: [&'static str; 3],
}

pub(super) const TONGUES: &[Tongue] = &[
    Tongue {
        tag: "en",
        text: "Ferry to {p} sails again\n\nThe ferry to {p} sailed again on Monday after nine months of work.\n\nSome {n} passengers a week took it before the storm.\n",
        roles: ["Reporting by {}", "Translation by {}", "Editing by {}"],
    },
    Tongue {
        tag: "fr",
        text: "Le ferry de {p} repart\n\nLe ferry de {p} est reparti lundi après neuf mois de travaux.\n\nQuelque {n} passagers le prenaient chaque semaine avant la tempête.\n",
        roles: ["Reportage {}", "version française {}", "édité par {}"],
    },
    Tongue {
        tag: "de",
        text: "Fähre nach {p} fährt wieder\n\nDie Fähre nach {p} fährt seit Montag wieder, nach neun Monaten Arbeit.\n\nEtwa {n} Fahrgäste nahmen sie jede Woche vor dem Sturm.\n",
        roles: ["Bericht: {}", "Übersetzung: {}", "Redaktion: {}"],
    },
    Tongue {
        tag: "es",
        text: "El ferry de {p} vuelve a navegar\n\nEl ferry de {p} volvió a navegar el lunes tras nueve meses de obras.\n\nUnos {n} pasajeros lo tomaban cada semana antes de la tormenta.\n",
        roles: ["Información de {}", "traducción de {}", "editado por {}"],
    },
    Tongue {
        tag: "it",
        text: "Il traghetto per {p} riparte\n\nIl traghetto per {p} è ripartito lunedì dopo nove mesi di lavori.\n\nCirca {n} passeggeri lo prendevano ogni settimana prima della tempesta.\n",
        roles: ["Testo di {}", "traduzione di {}", "editing di {}"],
    },
    Tongue {
        tag: "pt",
        text: "A balsa para {p} volta a navegar\n\nA balsa para {p} voltou a navegar na segunda-feira após nove meses de obras.\n\nCerca de {n} passageiros a tomavam por semana antes da tempestade.\n",
        roles: ["Reportagem de {}", "tradução de {}", "edição de {}"],
    },
    Tongue {
        tag: "nl",
        text: "Veer naar {p} vaart weer\n\nHet veer naar {p} vaart sinds maandag weer, na negen maanden werk.\n\nZo'n {n} reizigers namen het elke week voor de storm.\n",
        roles: ["Verslaggeving door {}", "vertaling door {}", "redactie door {}"],
    },
    Tongue {
        tag: "ru",
        text: "Паром в {p} снова ходит\n\nПаром в {p} снова пошёл в понедельник после девяти месяцев работ.\n\nОколо {n} пассажиров в неделю ездили на нём до шторма.\n",
        roles: ["Репортаж: {}", "перевод: {}", "редактор: {}"],
    },
];

pub(super) const PLACES: [&str; 5] = ["Skarne", "Lugo", "Valmora", "Orsund", "Tellin"];
