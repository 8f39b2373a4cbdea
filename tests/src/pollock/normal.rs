//! One notation for equal values, so that a loader may write numbers, dates and money its own way.
//!
//! The benchmark compares headers and records after this step, single cells without it.

use super::moment;

/// The cell in the one notation; mere text is put in lower case.
pub fn normal(cell: &str) -> String {
    if cell.trim().is_empty() {
        return cell.to_owned();
    }
    truth(cell)
        .or_else(|| whole(cell))
        .or_else(|| fraction(cell))
        .or_else(|| moment::time(cell))
        .or_else(|| moment::date(cell))
        .or_else(|| money(cell))
        .unwrap_or_else(|| cell.to_lowercase())
}

/// Truth values, and 0 and 1. As in the benchmark, a 0 or 1 that is not written as a bare digit
/// becomes a word and so differs from the bare digit.
fn truth(cell: &str) -> Option<String> {
    let word = match cell {
        "0" | "false" | "False" => "0",
        "1" | "true" | "True" => "1",
        _ => match whole(cell)?.as_str() {
            "0" => "False",
            "1" => "True",
            _ => return None,
        },
    };
    Some(word.to_owned())
}

fn whole(cell: &str) -> Option<String> {
    let text = cell.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bare = digits.trim_start_matches('0');
    Some(match (bare.is_empty(), text.starts_with('-')) {
        (true, _) => "0".to_owned(),
        (false, true) => format!("-{bare}"),
        (false, false) => bare.to_owned(),
    })
}

fn fraction(cell: &str) -> Option<String> {
    // The debug form keeps the point, so that 2.0 stays apart from 2.
    cell.trim().parse::<f64>().ok().map(|number| format!("{number:?}"))
}

/// A sign of money and the first number of the cell; anything else in the cell is passed over.
fn money(cell: &str) -> Option<String> {
    let sign = cell.chars().find(|mark| ['$', '€', '£', '¥'].contains(mark))?;
    let start = cell.find(|mark: char| mark.is_ascii_digit())?;
    let rest = &cell[start..];
    let end = rest.find(|mark: char| !mark.is_ascii_digit() && mark != '.').unwrap_or(rest.len());
    let amount: f64 = rest[..end].trim_end_matches('.').parse().ok()?;
    Some(format!("{sign}{amount:?}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::normal;

    fn same(one: &str, other: &str) -> bool {
        normal(one) == normal(other)
    }

    #[test]
    fn equal_values_in_other_notations() {
        for (one, other) in [
            ("48", "048"),
            ("2.50", "2.5"),
            ("true", "1"),
            ("00:15", "00:15:00"),
            ("28/02/2021", "2021-02-28"),
            ("$43.4", "$43.40"),
            ("Garden Trowel", "GARDEN trowel"),
            (" 28/02/2021", "28/02/2021"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn different_values_stay_different() {
        for (one, other) in
            [("2", "2.0"), ("2", "3"), ("$2", "2"), (" 1", "1"), ("a", " a"), ("", " "), (" 00:15", "00:15")]
        {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
