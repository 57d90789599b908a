//! Letters that tell languages apart.

/// Letters that a language has and its neighbours have not; they decide between languages whose
/// words are spelt alike.
pub(super) const LETTERS: [(&str, &[char]); 20] = [
    ("fa", &['گ', 'چ', 'پ', 'ژ', 'ک', 'ی']),
    ("ur", &['ے', 'ں', 'ٹ', 'ڈ', 'ہ']),
    ("ar", &['ة', 'ى', 'ي', 'ك']),
    ("uk", &['і', 'ї', 'є', 'ґ']),
    ("be", &['ў']),
    ("ru", &['ы', 'э', 'ё']),
    ("sr", &['ј', 'љ', 'њ', 'ђ', 'ћ', 'џ']),
    ("bg", &['ъ', 'щ']),
    ("cs", &['ě', 'ř', 'ů']),
    ("sk", &['ľ', 'ĺ', 'ŕ', 'ô']),
    ("pl", &['ł', 'ż', 'ś', 'ę']),
    ("da", &['æ', 'ø']),
    ("no", &['æ', 'ø']),
    ("sv", &['ä', 'ö']),
    ("es", &['ñ']),
    ("pt", &['ã', 'õ']),
    ("hu", &['ő', 'ű']),
    ("tr", &['ğ', 'ı', 'ş']),
    ("lt", &['ė', 'ų', 'į']),
    ("lv", &['ķ', 'ļ', 'ņ', 'ģ']),
];
