//! Texts that name things: barcodes, bank accounts, telephone numbers, article numbers, e-mail addresses.

/// The check digit of GS1 (EAN-8, UPC-12, EAN-13, GTIN-14) holds.
pub(crate) fn is_barcode(digits: &str) -> bool {
    if !matches!(digits.len(), 8 | 12 | 13 | 14) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let sum: u32 =
        digits.bytes().rev().enumerate().map(|(i, b)| u32::from(b - b'0') * if i % 2 == 1 { 3 } else { 1 }).sum();
    sum.is_multiple_of(10) && digits.bytes().any(|b| b != b'0')
}

/// An IBAN whose check digits hold (ISO 13616).
pub(crate) fn is_iban(text: &str) -> bool {
    let compact: Vec<u8> = text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).collect();
    if !(15..=34).contains(&compact.len())
        || !compact[..2].iter().all(u8::is_ascii_alphabetic)
        || !compact[2..4].iter().all(u8::is_ascii_digit)
        || !compact.iter().all(u8::is_ascii_alphanumeric)
    {
        return false;
    }
    let rest = compact[4..].iter().chain(&compact[..4]).fold(0u32, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
    });
    rest == 1
}

/// A telephone number with a prefix: `+49 30 123456`, `030/12 34 56`, `0049-30-123456`.
pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let parted = text.bytes().any(|b| matches!(b, b' ' | b'/' | b'-' | b'('));
    (6..=17).contains(&digits)
        && text.len() <= 26
        && (text.starts_with('+') || ((text.starts_with('0') || text.starts_with("(0")) && parted))
        && text.bytes().all(|b| b.is_ascii_digit() || b" +/-().".contains(&b))
        && !text.ends_with(['.', '-', '/', '+'])
}

/// One e-mail address and nothing else.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let Some((host, top)) = domain.rsplit_once('.') else { return false };
    text.len() <= 254
        && !name.is_empty()
        && name.chars().all(plain)
        && !host.is_empty()
        && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && top.len() >= 2
        && top.chars().all(char::is_alphabetic)
}

/// Capitals, digits and joints without a blank, such as `A-1001` or `BR04/7`.
pub(crate) fn has_code_shape(text: &str) -> bool {
    (3..=34).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'/' | b'.'))
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_uppercase())
}

/// A whole number that goes on with a letter or another number, as houses and vouchers are numbered: `26a`, `7 B`, `12-14`.
pub(crate) fn is_suffixed(text: &str) -> bool {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[figures..];
    let letters = rest.strip_prefix(' ').unwrap_or(rest);
    let is_letter = matches!(letters.as_bytes(), [b] if b.is_ascii_alphabetic());
    let more = rest.strip_prefix('-').or_else(|| rest.strip_prefix(" - "));
    let is_more = more.is_some_and(|more| (1..=4).contains(&more.len()) && more.bytes().all(|b| b.is_ascii_digit()));
    (1..=6).contains(&figures) && (is_letter || is_more || matches!(letters, "bis" | "ter"))
}

/// One word of letters and digits, as codes are written: no blank, not long.
pub(crate) fn could_be_code(text: &str) -> bool {
    text.len() <= 34 && text.chars().all(|c| c.is_alphanumeric() || "-_/.#+:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(is_barcode("4006381333931"));
        assert!(is_barcode("96385074"));
        assert!(!is_barcode("4006381333932"));
        assert!(!is_barcode("00000000"));
        assert!(is_iban("DE89 3704 0044 0532 0130 00"));
        assert!(is_iban("GB82WEST12345698765432"));
        assert!(!is_iban("DE89 3704 0044 0532 0130 01"));
        assert!(!is_iban("Ünicode länge genug dafür"));
    }

    #[test]
    fn telephones_are_told_from_dates_and_numbers() {
        for text in ["+49 30 123456", "030/12 34 56", "(030) 123456"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["123456789", "-5", "0", "0,50"] {
            assert!(!is_phone(text), "{text}");
        }
    }

    #[test]
    fn numbers_go_on_with_a_letter() {
        for text in ["26a", "7 B", "12-14", "12 bis"] {
            assert!(is_suffixed(text), "{text}");
        }
        for text in ["26", "a26", "12 kg", "12-14-16", "3,5", "26ab", "1/2", "1 1/2"] {
            assert!(!is_suffixed(text), "{text}");
        }
    }

    #[test]
    fn addresses_are_whole_cells() {
        assert!(is_email("anna.müller@bäckerei.example"));
        for text in ["anna@", "@x.de", "a@b", "see anna@x.de", "a@b.1"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
