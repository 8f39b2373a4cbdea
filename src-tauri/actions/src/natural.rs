//! The order that a person would give to files of these names: 2 before 10, March before April.

use larder_model::search_text;

/// Months as they stand in file names, folded for comparing: English and German, whole and cut.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jaenner", "jan"],
    &["february", "februar", "feb"],
    &["march", "maerz", "mar", "maer", "mrz"],
    &["april", "apr"],
    &["may", "mai"],
    &["june", "juni", "jun"],
    &["july", "juli", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oktober", "oct", "okt"],
    &["november", "nov"],
    &["december", "dezember", "dec", "dez"],
];

/// A part of a name. Numbers go by their value: without zeros in front, by length and then by digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(usize, String),
    Signs(String),
    Word(String),
}

/// What a name is put in order by.
type Key = (Vec<Piece>, usize, Vec<Piece>, String);

/// Puts things in the order of their names. Months go by the calendar if every name has exactly one.
pub fn sort_by_name<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    let by_month = items.iter().all(|item| months(&pieces(stem(name(item)).0)).len() == 1);
    items.sort_by_cached_key(|item| key(name(item), by_month));
}

fn key(name: &str, by_month: bool) -> Key {
    let (stem, ending) = stem(name);
    let mut parts = pieces(stem);
    let mut month = 0;
    if by_month && let Some((place, number)) = months(&parts).first().copied() {
        parts.remove(place);
        month = number;
    }
    (parts, month, pieces(ending), name.to_owned())
}

fn stem(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

/// Places of months among the parts of a name, and which.
fn months(parts: &[Piece]) -> Vec<(usize, usize)> {
    let month = |piece: &Piece| match piece {
        Piece::Word(word) => MONTHS.iter().position(|names| names.contains(&word.as_str())),
        _ => None,
    };
    parts.iter().enumerate().filter_map(|(place, piece)| Some((place, month(piece)?))).collect()
}

fn pieces(name: &str) -> Vec<Piece> {
    let sort = |c: char| if c.is_ascii_digit() { 0 } else { 1 + u8::from(c.is_alphabetic()) };
    let chars: Vec<char> = search_text(name).chars().collect();
    let runs = chars.chunk_by(|a, b| sort(*a) == sort(*b));
    runs.map(|run| {
        let text: String = run.iter().collect();
        match run.first().map_or(1, |c| sort(*c)) {
            0 => {
                let digits = text.trim_start_matches('0').to_owned();
                Piece::Number(digits.len(), digits)
            }
            1 => Piece::Signs(text),
            _ => Piece::Word(text),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.reverse();
        sort_by_name(&mut names, |name| name);
        names
    }

    #[test]
    fn two_goes_before_ten() {
        for order in [
            ["till 2.csv", "till 010.csv", "till 11.csv"],
            ["till.csv", "till (2).csv", "till (10).csv"],
            ["2025-12.csv", "2026-01.csv", "2026-10.xlsx"],
        ] {
            assert_eq!(sorted(&order), order);
        }
    }

    #[test]
    fn months_go_by_the_calendar() {
        for order in [
            ["till_JANUARY.csv", "till_MARCH.csv", "till_APRIL.csv"],
            ["Kasse Jänner.xlsx", "Kasse März.xlsx", "Kasse Dez.xlsx"],
            ["Dec 2025.csv", "Jan 2026.csv", "Feb 2026.csv"],
        ] {
            assert_eq!(sorted(&order), order);
        }
        // One without a month: names go by their letters.
        let order = ["april.csv", "january.csv", "rest.csv"];
        assert_eq!(sorted(&order), order);
    }
}
