//! Which table of a description a data file belongs to.

use unicode_normalization::UnicodeNormalization;

use crate::described::model::{Described, DescribedTable, Standard};
use crate::described::paths::stem;

/// The table that describes `data_file`, a path relative to the description or a file's name alone. Looked for, in this
/// order: the same path; the same in other letter case; the same end of the path; a pattern such as `data/*.csv`; the
/// same file name; the same name without its ending, so that `orders.parquet` finds `orders.csv` or the table `orders`;
/// and for a schema alone in its file, its only table. `None` also when several fit equally well.
///
/// A schema that names no file fits any; [`DescribedTable::knows`] tells whether the headers agree.
#[must_use]
pub fn pick<'a>(described: &'a Described, data_file: &str) -> Option<&'a DescribedTable> {
    let file = normal(data_file);
    let small = file.to_lowercase();
    if small.is_empty() {
        return None;
    }
    let base = last(&small);
    let steps: [&dyn Fn(&DescribedTable) -> bool; 6] = [
        &|table| any_path(table, |path| path == file),
        &|table| any_path(table, |path| path.to_lowercase() == small),
        &|table| any_path(table, |path| ends_alike(&path.to_lowercase(), &small)),
        &|table| any_path(table, |path| path.contains('*') && matches(&path.to_lowercase(), &small)),
        &|table| any_path(table, |path| last(&path.to_lowercase()) == base),
        &|table| is_called(table, stem(base)),
    ];
    for fits in steps {
        let mut found = described.tables.iter().filter(|table| fits(table));
        if let Some(table) = found.next() {
            return found.next().is_none().then_some(table);
        }
    }
    alone(described)
}

fn alone(described: &Described) -> Option<&DescribedTable> {
    match described.tables.as_slice() {
        [table] if described.standard == Standard::TableSchema && table.paths.is_empty() && table.name.is_none() => {
            Some(table)
        }
        _ => None,
    }
}

/// Letters composed (a Mac may take them apart), `/` between parts, no `.` parts.
fn normal(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
    parts.collect::<Vec<_>>().join("/").nfc().collect()
}

fn any_path(table: &DescribedTable, fits: impl Fn(&str) -> bool) -> bool {
    table.paths.iter().any(|path| fits(&normal(path)))
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// One path is the end of the other, at a folder.
fn ends_alike(a: &str, b: &str) -> bool {
    let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'));
    a.contains('/') && b.contains('/') && (ends(a, b) || ends(b, a))
}

fn is_called(table: &DescribedTable, stem_of_file: &str) -> bool {
    let called = |name: &str| name.nfc().collect::<String>().to_lowercase() == stem_of_file;
    let by_path = any_path(table, |path| !path.contains('*') && called(stem(path)));
    by_path || table.name.as_deref().is_some_and(called) || table.title.as_deref().is_some_and(called)
}

/// Whether a path fits a pattern. `*` stands for anything but `/`, `**/` for any folders.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.replace("**/", "\u{1}");
    let (pattern, path): (Vec<char>, Vec<char>) = (pattern.chars().collect(), path.chars().collect());
    let mut fits = vec![false; path.len() + 1];
    if let Some(first) = fits.first_mut() {
        *first = true;
    }
    for sign in pattern {
        fits = step(sign, &fits, &path);
    }
    fits.last().copied().unwrap_or(false)
}

/// Which beginnings of the path fit after one more sign of the pattern.
fn step(sign: char, fits: &[bool], path: &[char]) -> Vec<bool> {
    let mut next = Vec::with_capacity(fits.len());
    let (mut before, mut any, mut open) = (false, false, false);
    for (place, fit) in fits.iter().enumerate() {
        let last = place.checked_sub(1).and_then(|place| path.get(place));
        any |= *fit;
        open = *fit || open && last != Some(&'/');
        next.push(match sign {
            '*' => open,
            '\u{1}' => *fit || any && last == Some(&'/'),
            sign => before && last == Some(&sign),
        });
        before = *fit;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stay_within_a_folder() {
        assert!(matches("data/*.csv", "data/a.csv") && matches("*", "a") && matches("**/a.csv", "x/y/a.csv"));
        assert!(matches("**/a.csv", "a.csv") && matches("a*b*c", "aXXbc") && matches("part-*.csv", "part-.csv"));
        assert!(
            !matches("data/*.csv", "data/x/a.csv") && !matches("*.csv", "a.csv.gz") && !matches("**/a.csv", "xa.csv")
        );
    }

    #[test]
    fn ends_are_compared_at_folders() {
        assert!(ends_alike("data/a.csv", "x/data/a.csv") && !ends_alike("data/a.csv", "mydata/a.csv"));
    }
}
