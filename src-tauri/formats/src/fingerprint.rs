//! What makes the next such file look like this one: its columns, their kinds, the pattern of its name.

use larder_model::{Format, Kind, Reading};
use serde::{Deserialize, Serialize};

use crate::kinds::words;
use crate::open::Book;

/// The likeness of a file, kept with its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The file's name in lower case, digits as `{n}` and months as `{month}`, such as `till_export_{month}({n}).csv`.
    pub name_pattern: String,
    /// Ids and kinds of its columns.
    pub columns: Vec<(String, Kind)>,
    /// Its format.
    pub format: Format,
}

impl Fingerprint {
    /// How alike two files are: 0 not at all, 1 the same columns in a file of the same kind of name.
    pub fn likeness(&self, other: &Fingerprint) -> f64 {
        let of = |a: &Fingerprint, b: &Fingerprint| -> f64 {
            a.columns
                .iter()
                .map(|(id, kind)| match b.columns.iter().find(|(known, _)| known == id) {
                    Some((_, same)) if same == kind => 1.0,
                    Some((_, near))
                        if near.is_numeric() && kind.is_numeric() || near.is_temporal() && kind.is_temporal() =>
                    {
                        0.9
                    }
                    Some(_) => 0.7,
                    None => 0.0,
                })
                .sum()
        };
        let all = self.columns.len() + other.columns.len();
        let columns = if all == 0 { 0.0 } else { (of(self, other) + of(other, self)) / all as f64 };
        let name = if self.name_pattern == other.name_pattern { 1.0 } else { 0.0 };
        let format = if self.format == other.format { 1.0 } else { 0.0 };
        columns * 0.8 + name * 0.15 + format * 0.05
    }
}

impl Book {
    /// The likeness of this file as it was read.
    pub fn fingerprint(&self, reading: &Reading) -> Fingerprint {
        Fingerprint {
            name_pattern: name_pattern(&self.file_name),
            columns: reading.columns.iter().map(|column| (column.id.clone(), column.kind)).collect(),
            format: reading.format,
        }
    }
}

/// The name without what changes from file to file.
pub(crate) fn name_pattern(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name).to_lowercase();
    let mut out = String::new();
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let length = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        if first.is_ascii_digit() {
            out.push_str("{n}");
            rest = &rest[length(|c| c.is_ascii_digit())..];
        } else if first.is_alphabetic() {
            let word = &rest[..length(char::is_alphabetic)];
            out.push_str(if words::month(word).is_some() { "{month}" } else { word });
            rest = &rest[word.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_patterns() {
        assert_eq!(name_pattern("till_export_MARCH(2).csv"), "till_export_{month}({n}).csv");
        assert_eq!(name_pattern("Umsatz 2026-03.xlsx"), "umsatz {n}-{n}.xlsx");
        assert_eq!(name_pattern("C:\\x\\März.csv"), "{month}.csv");
    }

    #[test]
    fn the_next_month_is_alike_and_another_table_is_not() {
        let print = |name: &str, columns: &[(&str, Kind)]| Fingerprint {
            name_pattern: name_pattern(name),
            columns: columns.iter().map(|(id, kind)| ((*id).to_owned(), *kind)).collect(),
            format: Format::Csv,
        };
        let march = print("till_march.csv", &[("datum", Kind::Date), ("menge", Kind::Integer), ("preis", Kind::Money)]);
        let april = print(
            "till_april.csv",
            &[("datum", Kind::Date), ("menge", Kind::Number), ("preis", Kind::Money), ("tip", Kind::Money)],
        );
        let other = print("kunden.csv", &[("name", Kind::Text), ("email", Kind::Email)]);
        assert!(march.likeness(&april) > 0.8);
        assert!(march.likeness(&other) < 0.2);
        assert!((march.likeness(&march) - 1.0).abs() < 1e-9);
    }
}
