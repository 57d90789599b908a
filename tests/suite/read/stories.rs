//! One invented story in four languages, as the doors carry it.

/// A story: what a newsroom's system has of it.
pub(super) struct Story {
    pub(super) language: &'static str,
    pub(super) headline: &'static str,
    pub(super) byline: &'static str,
    /// Paragraphs, the first with its dateline.
    pub(super) paragraphs: &'static [&'static str],
    pub(super) signoff: &'static str,
    /// Who is credited, as `role name`.
    pub(super) credits: &'static [&'static str],
}

pub(super) const STORIES: &[Story] = &[
    Story {
        language: "en",
        headline: "Old bridge at Varnik reopens after two years of repairs",
        byline: "By Ada Prell",
        paragraphs: &[
            "VARNIK, May 12 (Northern Wire) - The council of Varnik voted on Tuesday to reopen the old \
             bridge, which had been closed for two years & cost less than planned.",
            "\"It is done,\" the council's speaker, Oskar Lind, told reporters <on the bridge>. He put the \
             cost at 4.2 million crowns, down from 5 million.",
            "Lorries over 3.5 tonnes will have to take the ring road until the autumn, the council said in a \
             statement.",
        ],
        signoff: "(Reporting by Ada Prell and Jonas Vetter in Varnik; Editing by Tomas Uhl)",
        credits: &[
            "writer Ada Prell",
            "reporter Ada Prell",
            "reporter Jonas Vetter",
            "editor Tomas Uhl",
        ],
    },
    Story {
        language: "fr",
        headline: "Le vieux pont de Varnik rouvre après deux ans de travaux",
        byline: "Par Ada Prell",
        paragraphs: &[
            "VARNIK, 12 mai (Northern Wire) - Le conseil municipal de Varnik a voté mardi la réouverture du \
             vieux pont, fermé depuis deux ans pour d'importants travaux.",
            "«\u{A0}C'est fait\u{A0}», a déclaré son porte-parole, Oskar Lind\u{A0}: le chantier a coûté \
             4,2\u{202F}millions de couronnes\u{202F}; cinq étaient prévus. Qui l'aurait cru\u{202F}?",
            "Les camions de plus de 3,5 tonnes devront emprunter la rocade jusqu'à l'automne, a précisé la \
             municipalité dans un communiqué.",
        ],
        signoff: "(Reportage Ada Prell, version française Nina Rask, édité par Tomas Uhl)",
        credits: &[
            "writer Ada Prell",
            "reporter Ada Prell",
            "translator Nina Rask",
            "editor Tomas Uhl",
        ],
    },
    Story {
        language: "ar",
        headline: "إعادة فتح الجسر القديم في فارنيك بعد عامين من أعمال الترميم",
        byline: "بقلم سمير الخوري",
        paragraphs: &[
            "صوت مجلس مدينة فارنيك يوم الثلاثاء على إعادة فتح الجسر القديم الذي ظل مغلقا لمدة عامين \
             لإجراء أعمال ترميم واسعة.",
            "وقال المتحدث باسم المجلس للصحفيين \"انتهى العمل\" مضيفا أن التكلفة بلغت 4.2 مليون كرونة \
             مقابل خمسة ملايين كانت مقررة.",
            "وقال المجلس في بيان إن الشاحنات التي يزيد وزنها على 3.5 طن ستضطر إلى استخدام الطريق الدائري حتى \
             الخريف.",
        ],
        signoff: "(إعداد سمير الخوري للنشرة العربية - تحرير ليلى مراد)",
        credits: &["writer سمير الخوري", "translator سمير الخوري", "editor ليلى مراد"],
    },
    Story {
        language: "ja",
        headline: "ヴァルニクの古い橋、二年間の修復工事を終えて再開通へ",
        byline: "執筆：中村健一",
        paragraphs: &[
            "［ヴァルニク　１２日　ノーザン］ - ヴァルニク市議会は火曜日、二年間の修復工事を終えた古い橋を再び開通\
             させることを決めた。",
            "市議会の広報担当者は記者団に対し「工事は終わった」と述べ、費用は当初予定の五百万クローネを下回る\
             四百二十万クローネだったと明らかにした。",
            "市議会の声明によると、３．５トンを超えるトラックは秋まで環状道路を通らなければならないという。",
        ],
        signoff: "（翻訳：佐藤美咲、編集：山田太郎）",
        credits: &["writer 中村健一", "translator 佐藤美咲", "editor 山田太郎"],
    },
];
