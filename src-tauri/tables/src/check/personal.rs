//! What tells something about a person: e-mail addresses, telephone numbers, columns of names.

use std::collections::HashSet;

use larder_model::{Certainty, Finding, FindingCode, FixAction, Kind, column_id};

use super::{Look, Tally, from_one};

/// Names of columns that hold people's names, as ids of English and German headers.
const NAME_HEADERS: [&str; 34] = [
    "first_name",
    "firstname",
    "forename",
    "given_name",
    "last_name",
    "lastname",
    "surname",
    "family_name",
    "full_name",
    "fullname",
    "customer_name",
    "employee_name",
    "employee",
    "contact_name",
    "contact_person",
    "person",
    "person_name",
    "cashier",
    "cashier_name",
    "vorname",
    "nachname",
    "familienname",
    "zuname",
    "kundenname",
    "kundin",
    "mitarbeiter",
    "mitarbeiterin",
    "mitarbeitername",
    "ansprechpartner",
    "ansprechpartnerin",
    "kontaktperson",
    "kassierer",
    "kassiererin",
    "vor_und_nachname",
];
/// Words in names of columns that hold telephone numbers.
const PHONE_WORDS: [&str; 10] =
    ["phone", "telephone", "telefon", "tel", "mobile", "mobil", "handy", "handynummer", "telefonnummer", "fax"];

pub(super) fn find(look: &Look, tally: &Tally) -> Option<Finding> {
    let (what, rows) = emails(look, tally).or_else(|| phones(look, tally)).or_else(|| names(look))?;
    Some(
        Finding::new(FindingCode::PersonalDetails, Certainty::Notice)
            .with("column", look.name())
            .with("what", what)
            .on(&look.column.id)
            .at(from_one(&rows))
            .fix(FixAction::LeaveOutColumn)
            .fix(FixAction::Accept),
    )
}

fn emails(look: &Look, tally: &Tally) -> Option<(&'static str, Vec<u64>)> {
    if look.column.kind == Kind::Email {
        return Some(("email", look.rows_where(|values, row| values.is_filled(row))));
    }
    let texts: HashSet<&str> = tally.texts.keys().copied().filter(|text| has_email(text)).collect();
    (!texts.is_empty()).then(|| ("email", look.rows_with(&texts)))
}

fn phones(look: &Look, tally: &Tally) -> Option<(&'static str, Vec<u64>)> {
    let is_told = header_words(look).iter().any(|word| PHONE_WORDS.contains(&word.as_str()));
    let texts: HashSet<&str> = tally.texts.keys().copied().filter(|text| is_phone(text, is_told)).collect();
    let rows: u64 = texts.iter().map(|text| tally.texts[text].count).sum();
    // A column of telephone numbers, not a code or two that look like one.
    let is_enough = rows > 0 && (is_told || rows * 2 >= look.filled());
    is_enough.then(|| ("phone", look.rows_with(&texts)))
}

fn names(look: &Look) -> Option<(&'static str, Vec<u64>)> {
    let ids = [column_id(&look.column.name), look.column.id.clone()];
    let is_name = look.column.kind == Kind::Text && ids.iter().any(|id| NAME_HEADERS.contains(&id.as_str()));
    is_name.then(|| ("name", look.rows_where(|values, row| values.is_filled(row))))
}

fn header_words(look: &Look) -> Vec<String> {
    column_id(&look.column.name).split('_').chain(look.column.id.split('_')).map(str::to_owned).collect()
}

/// Contains something like `a.b@c.de`.
fn has_email(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let before = text[..at].chars().next_back().is_some_and(is_local);
        let domain: &str =
            text[at + 1..].split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).next().unwrap_or("");
        let domain = domain.trim_end_matches(['.', '-']);
        let ending = domain.rsplit_once('.');
        before
            && ending.is_some_and(|(name, end)| {
                !name.is_empty() && end.chars().count() >= 2 && end.chars().all(char::is_alphabetic)
            })
    })
}

/// Looks like a telephone number: `+49 30 123456`, `030/123456`; where the header says so, any six digits and more.
fn is_phone(text: &str, is_told: bool) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let only = text.bytes().all(|b| b.is_ascii_digit() || b" +-/().".contains(&b));
    if !only || digits > 15 {
        return false;
    }
    if is_told {
        return digits >= 6;
    }
    let is_parted = text.bytes().any(|b| b" -/()".contains(&b));
    digits >= 7
        && !is_date(text)
        && (text.starts_with('+') || (is_parted && text.trim_start_matches('(').starts_with('0')))
}

/// Three short groups between the same signs, one of them perhaps a year.
fn is_date(text: &str) -> bool {
    ['.', '/', '-'].into_iter().any(|sign| {
        let groups: Vec<&str> = text.split(sign).collect();
        groups.len() == 3
            && groups.iter().all(|group| {
                matches!(group.trim().len(), 1 | 2 | 4) && group.trim().bytes().all(|b| b.is_ascii_digit())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_at_signs() {
        for text in ["anna@backstube.de", "ask <a.b+c@x-y.example.org>.", "ä@bäckerei.de"] {
            assert!(has_email(text), "{text}");
        }
        for text in ["@", "a@b", "3 @ 1.50", "@home.de", "a@b.1", "a@.de"] {
            assert!(!has_email(text), "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_told_from_codes_and_dates() {
        for text in ["+49 30 1234567", "030/1234567", "(0341) 123-456"] {
            assert!(is_phone(text, false), "{text}");
        }
        for text in ["0041700", "03/12/2026", "03.12.2026", "4006381333931", "00499", "2026-03-03", "12-34"] {
            assert!(!is_phone(text, false), "{text}");
        }
        assert!(is_phone("1234567", true));
    }
}
