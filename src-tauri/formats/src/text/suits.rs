//! How well letters beyond ASCII suit what stands around them, as sheets of European tills write them.

/// How well a letter suits those around it; more is better, below zero is nonsense.
pub(super) fn suits(before: char, letter: char, after: char) -> f64 {
    let in_word = before.is_alphabetic() && after.is_alphabetic();
    let by_digit = before.is_ascii_digit() || after.is_ascii_digit();
    if letter.is_control() || letter == '\u{fffd}' {
        return -8.0;
    }
    // Square and cubic metres are no letters of words.
    if matches!(letter, '²' | '³') && before == 'm' && !after.is_alphabetic() {
        return 2.5;
    }
    // Marks over letters and under them are no letters themselves.
    if matches!(letter, '\u{e01}'..='\u{e5b}') {
        return if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() { -3.0 } else { 2.0 };
    }
    if letter.is_alphabetic() {
        let foreign = |c: char| c.is_alphabetic() && (c as u32 >= 0x370) != (letter as u32 >= 0x370);
        let mut fits = match letter {
            // Crowns, as they stand behind every price there.
            'č' if before == 'K' && !after.is_alphabetic() => 3.0,
            'è' if before == 'K' && !after.is_alphabetic() => return -2.0,
            'ä' | 'ö' | 'ü' | 'é' => 3.0,
            'ß' | 'è' | 'à' => 2.6,
            'Ä' | 'Ö' | 'Ü' | 'É' | 'ç' | 'ñ' | 'á' | 'í' | 'ó' | 'ú' | 'â' | 'ê' | 'î' | 'ô' | 'û' | 'å' | 'ø'
            | 'æ' => 1.8,
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | 'і' | 'ї' | 'є' => 2.0,
            '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' => 2.0,
            'α'..='ω' | 'Α'..='Ω' | 'ά' | 'έ' | 'ή' | 'ί' | 'ό' | 'ύ' | 'ώ' => 2.0,
            // Cubic metres in a table that has no sign for them.
            'ł' if before == 'm' && !after.is_alphabetic() => return -2.0,
            'ř' | 'ě' | 'š' | 'č' | 'ž' | 'ů' => 1.8,
            'ë' | 'ï' | 'ì' | 'ò' | 'ù' | 'œ' | 'ł' | 'ą' | 'ę' | 'ś' | 'ż' | 'ć' | 'ń' | 'ő' | 'ű' => {
                1.4
            }
            'ª' | 'º' => return if before.is_ascii_digit() { 1.0 } else { -1.0 },
            _ => 0.6,
        };
        if foreign(before) || foreign(after) {
            fits -= 5.0;
        }
        if letter.is_uppercase() && (before.is_lowercase() || (in_word && !before.is_uppercase())) {
            fits -= 5.0;
        }
        // `FÜ-AB` rather than `Fö-AB`: capitals stand beside capitals.
        if letter.is_lowercase() && after.is_uppercase() {
            fits -= 3.0;
        } else if letter.is_lowercase() && letter != 'č' && before.is_uppercase() && !after.is_alphabetic() {
            fits -= 1.5;
        }
        if by_digit {
            fits -= 2.0;
        }
        return fits;
    }
    sign_suits(letter, in_word, by_digit, after)
}

/// How well a sign that is no letter fits where it stands.
fn sign_suits(letter: char, in_word: bool, by_digit: bool, after: char) -> f64 {
    let outside_words = |fits: f64| if in_word { -4.0 } else { fits };
    match letter {
        '\u{2500}'..='\u{25ff}' => -6.0,
        '€' | '£' => outside_words(2.0),
        '’' if after.is_alphabetic() => 1.5,
        '’' => 0.0,
        '“' | '”' | '„' | '‘' | '‚' | '«' | '»' | '–' | '—' | '…' | '•' => {
            if in_word || by_digit && !matches!(letter, '–' | '—') { -4.0 } else { 0.8 }
        }
        '°' | '²' | '³' | '½' | '¼' | '±' | '×' | 'µ' => outside_words(0.8),
        '§' | '©' | '®' | '™' => outside_words(0.3),
        '\u{a0}' if in_word => -2.0,
        '\u{a0}' => 0.3,
        _ => -3.0,
    }
}
