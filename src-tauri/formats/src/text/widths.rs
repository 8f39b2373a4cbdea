//! Columns with blanks between them, as old programs print them: under each other, where every row of the table has blanks
//! at the same place (fixed widths), or with two blanks and more between all cells.

use super::separator::Separator;
use super::touching;
use crate::kinds::date;

/// Rows that are looked at.
const ROWS: usize = 400;
/// Letters of a row that are looked at.
const LETTERS: usize = 4_000;
/// From so many rows on, one blank under another in all of them is no accident.
const MANY_ROWS: usize = 20;

/// Where the columns of a text begin and end, in letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Widths {
    /// Blanks between columns: from, to.
    gutters: Vec<(usize, usize)>,
    /// Instead: so many cells in each row, with two blanks and more between them.
    runs: Option<usize>,
}

impl Widths {
    /// Looks at the beginning of a text; nothing where no columns stand under each other.
    pub fn find(head: &str) -> Option<Widths> {
        let lines: Vec<&str> =
            head.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(ROWS).collect();
        let table: Vec<Vec<char>> = lines
            .iter()
            .filter(|line| line.trim_start().contains("  ") && !line.contains('\t'))
            .map(|line| line.chars().take(LETTERS).collect())
            .collect();
        if table.len() < 3 || table.len() * 10 < lines.len() * 6 {
            return None;
        }
        let rows: Vec<Vec<char>> = table.iter().filter(|line| !is_drawn(line)).cloned().collect();
        if let Some(ruled) = Widths::ruled(&lines, &rows) {
            return Some(ruled);
        }
        let found = Widths::gutters(&table, 0, false).filter(|widths| widths.is_table(&table));
        // Printed pages: drawn lines run through all columns, and titles over some.
        let printed = Widths::gutters(&rows, rows.len() / 4, true);
        // What runs over an edge of a column here and there is no title, and shows where the column ends.
        let printed = printed.and_then(|rough| {
            let usual = usual_parts(&rows);
            let is_row = |line: &&Vec<char>| !rough.is_title(line) || (usual >= 4 && count_parts(line) == usual);
            let rows: Vec<Vec<char>> = rows.iter().filter(is_row).cloned().collect();
            Widths::gutters(&rows, 0, true).map(|widths| widths.without_accidents(&rows))
        });
        let printed = printed.filter(|widths| widths.is_table(&rows));
        if let Some(found) = found {
            return printed.filter(|printed| printed.columns() > found.columns()).or(Some(found));
        }
        // Of two parts each, sentences with two blanks between them look the same.
        let counts: Vec<usize> = lines.iter().map(|line| parts(line).count()).collect();
        let cells = counts.iter().copied().max().filter(|cells| *cells >= 3)?;
        let alike = counts.iter().filter(|count| **count == cells).count() * 10 >= counts.len() * 9;
        if alike {
            return Some(Widths { gutters: Vec::new(), runs: Some(cells) });
        }
        printed.filter(|printed| printed.columns() >= 3)
    }

    /// Columns that touch.
    pub fn touching(head: &str) -> Option<Widths> {
        Some(Widths { gutters: touching::find(head)?, runs: None })
    }

    /// Columns as wide as the lines drawn under their names, where nearly all rows keep to them: `-----  ---  --------`.
    fn ruled(lines: &[&str], rows: &[Vec<char>]) -> Option<Widths> {
        let (place, rule) = lines.iter().enumerate().find(|(_, line)| {
            line.chars().all(|c| matches!(c, '-' | '=' | ' '))
                && line.split(' ').filter(|part| part.len() >= 2).count() >= 3
                && !line.starts_with(' ')
        })?;
        let (mut gutters, mut from) = (Vec::new(), None);
        for (at, letter) in rule.chars().enumerate() {
            match (letter, from) {
                (' ', None) => from = Some(at),
                (' ', _) | (_, None) => {}
                (_, Some(begun)) => {
                    gutters.push((begun, at));
                    from = None;
                }
            }
        }
        let ruled = Widths { gutters, runs: None };
        let runs_over = |line: &[char]| ruled.over(line).next().is_some();
        let over = rows.iter().filter(|line| runs_over(line)).count();
        // Titles and names in front of the lines may be wider than the columns, rows may not.
        let below = |line: &&&str| line.trim_start().contains("  ") && runs_over(&line.chars().collect::<Vec<char>>());
        let wide = over <= place && rows.len() >= over + 3 && lines[place..].iter().filter(below).count() == 0;
        ((over * 10 <= rows.len() || wide) && ruled.is_table(rows)).then_some(ruled)
    }

    /// The blanks between columns that a line runs over.
    fn over<'a>(&'a self, line: &'a [char]) -> impl Iterator<Item = &'a (usize, usize)> {
        let end = line.len();
        self.gutters.iter().filter(move |(from, to)| line[(*from).min(end)..(*to).min(end)].iter().any(|c| *c != ' '))
    }

    /// It runs over most of the blanks that it reaches, or right through some. What is only too wide stands at their edge.
    fn is_title(&self, line: &[char]) -> bool {
        let through = |(from, to): &(usize, usize)| line.get(*from..*to).is_some_and(|gap| !gap.contains(&' '));
        if self.gutters.iter().any(|gutter| gutter.1 - gutter.0 >= 2 && through(gutter)) {
            return true;
        }
        // As many words as there are columns are their names, however far each of them reaches.
        let (words, columns) = (count_parts(line), self.columns());
        let something = |(from, to): (usize, usize)| line[from..to].iter().any(|c| *c != ' ');
        if words == columns || (words * 10 >= columns * 8 && self.spans(line.len()).all(something)) {
            return false;
        }
        let reached = self.gutters.iter().filter(|(from, _)| *from < line.len()).count();
        self.over(line).count() * 2 > reached
    }

    /// Blanks under each other in all lines but so many. One blank counts in long tables, or `wide_elsewhere`, where most
    /// lines have more of them at its place.
    fn gutters(table: &[Vec<char>], titles: usize, wide_elsewhere: bool) -> Option<Widths> {
        let widest = table.iter().map(Vec::len).max()?;
        let is_blank = |line: &Vec<char>, at: usize| line.get(at).is_none_or(|c| *c == ' ');
        let blank = |at: usize| table.iter().filter(|line| !is_blank(line, at)).count() <= titles;
        let wide = |at: usize| {
            let more = |line: &&Vec<char>| is_blank(line, at + 1) || at > 0 && is_blank(line, at - 1);
            wide_elsewhere && table.iter().filter(more).count() * 10 >= table.len() * 7
        };
        let least = if table.len() >= MANY_ROWS { 1 } else { 2 };
        let (mut gutters, mut from) = (Vec::new(), None);
        for at in 0..widest {
            match (blank(at), from) {
                (true, None) => from = Some(at),
                (false, Some(begun)) => {
                    let last = gutters.last().map_or(0, |(_, to): &(usize, usize)| *to);
                    let days = || are_days(table, last, begun) || begin_with_days(table, at);
                    let units = || at - begun == 1 && part_units(table, begun);
                    if begun > 0 && (at - begun >= least || wide(begun) || days() || units()) {
                        gutters.push((begun, at));
                    }
                    from = None;
                }
                _ => {}
            }
        }
        Some(Widths { gutters, runs: None })
    }

    /// There are columns, and each has something in many rows.
    fn is_table(&self, table: &[Vec<char>]) -> bool {
        self.columns() >= 2 && self.filled(table).iter().all(|rows| rows * 4 >= table.len())
    }

    /// How many rows have something in each column.
    fn filled(&self, table: &[Vec<char>]) -> Vec<usize> {
        let mut filled = vec![0usize; self.columns()];
        for line in table {
            for (place, (from, to)) in self.spans(line.len()).enumerate() {
                filled[place] += usize::from(line[from..to].iter().any(|c| *c != ' '));
            }
        }
        filled
    }

    /// The longest of some names may have its own blank where the others have ended: what one blank parts from hardly any rows
    /// is no column.
    fn without_accidents(mut self, table: &[Vec<char>]) -> Widths {
        let filled = self.filled(table);
        let mut place = 0;
        self.gutters.retain(|(from, to)| {
            place += 1;
            to - from >= 2 || filled[place] * 4 >= table.len()
        });
        self
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.runs.unwrap_or(self.gutters.len() + 1)
    }

    /// The columns of a line of so many letters.
    fn spans(&self, letters: usize) -> impl Iterator<Item = (usize, usize)> {
        let starts = std::iter::once(0).chain(self.gutters.iter().map(|gutter| gutter.1));
        let ends = self.gutters.iter().map(|gutter| gutter.0).chain([usize::MAX]);
        starts.zip(ends).map(move |(from, to)| (from.min(letters), to.min(letters)))
    }

    /// The cells of a line; a line that runs over the blanks between columns, as titles do, is one cell.
    pub fn cells(&self, line: &str) -> Vec<String> {
        if self.runs.is_some() {
            return parts(line).map(str::to_owned).collect();
        }
        let letters: Vec<char> = line.trim_end().chars().collect();
        if self.over(&letters).next().is_some() {
            return vec![line.trim().to_owned()];
        }
        let text = |(from, to): (usize, usize)| letters[from..to].iter().collect::<String>().trim().to_owned();
        self.spans(letters.len()).map(text).collect()
    }
}

/// Days stand between these places in nearly all lines: one blank behind them parts columns.
fn are_days(table: &[Vec<char>], from: usize, to: usize) -> bool {
    nearly_all_days(table.iter().filter_map(|line| line.get(from..to)))
}

/// Numbers end before a blank and words begin behind it, in all lines that have both but the one with the names: amounts and
/// their units.
fn part_units(table: &[Vec<char>], at: usize) -> bool {
    let both =
        |line: &&Vec<char>| at > 0 && line.get(at - 1).is_some_and(|c| *c != ' ') && line.get(at + 1) != Some(&' ');
    let lines: Vec<&Vec<char>> = table.iter().filter(both).filter(|line| line.len() > at + 1).collect();
    let parts = |line: &&&Vec<char>| {
        let number = line[at - 1].is_ascii_digit() || (line[at - 1] == '-' && at > 1 && line[at - 2].is_ascii_digit());
        number && line[at + 1].is_alphabetic()
    };
    let parted = lines.iter().filter(parts).count();
    parted >= 4 && parted * 10 >= lines.len() * 7 && parted * 10 >= table.len() * 4
}

/// The same where days follow the blank.
fn begin_with_days(table: &[Vec<char>], at: usize) -> bool {
    let word = |line: &[char]| line.iter().position(|c| *c == ' ').unwrap_or(line.len());
    nearly_all_days(table.iter().filter_map(|line| line.get(at..)).map(|rest| &rest[..word(rest)]))
}

fn nearly_all_days<'a>(cells: impl Iterator<Item = &'a [char]>) -> bool {
    let cells = cells.map(|cell| cell.iter().collect::<String>());
    let cells: Vec<String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
    let is_day = |cell: &str| date::written(cell).is_some() || date::time_of_day(cell).is_some();
    let days = cells.iter().filter(|cell| is_day(cell.trim())).count();
    days >= 4 && days * 10 >= cells.len() * 7
}

/// Nothing but what lines are drawn with.
fn is_drawn(line: &[char]) -> bool {
    line.iter().all(|c| matches!(c, '-' | '=' | '_' | '+' | '|' | '*' | ' '))
}

fn count_parts(line: &[char]) -> usize {
    parts(&line.iter().collect::<String>()).count()
}

/// How many parts most lines have.
fn usual_parts(rows: &[Vec<char>]) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for line in rows {
        *counts.entry(count_parts(line)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(parts, _)| parts)
}

/// What stands between two blanks and more.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.trim().split("  ").map(str::trim).filter(|part| !part.is_empty())
}

/// Whether a separator cuts nearly all lines into as many cells, more than one. Where columns stand between bars, lines without
/// any are titles and drawn lines of printed pages.
pub(crate) fn cuts_alike(head: &str, delimiter: Separator) -> bool {
    let all = || head.lines().filter(|line| !line.trim().is_empty()).take(ROWS);
    let mut counts: Vec<usize> = all().map(|line| delimiter.count(line.as_bytes())).collect();
    let barred = counts.iter().filter(|count| **count > 0).count();
    let others = all().filter(|line| !line.contains('|') && !is_drawn(&line.chars().collect::<Vec<char>>())).count();
    if delimiter.text().trim() == "|" && barred >= 3 && barred > others {
        counts.retain(|count| *count > 0);
    }
    let Some(most) = counts.iter().copied().filter(|count| *count > 0).max() else { return false };
    let usual = (1..=most).max_by_key(|count| counts.iter().filter(|c| *c == count).count()).unwrap_or(most);
    counts.iter().filter(|count| **count == usual).count() * 10 >= counts.len() * 9
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn columns_under_each_other_are_found_whichever_side_they_stand_at() {
        let text =
            "Artikel    Menge   Preis  Ort\nBrot          12    3,50  Keller\nSemmel       120    0,45  Laden 1\n";
        let widths = Widths::find(text).unwrap();
        assert_eq!(widths.columns(), 4);
        assert_eq!(widths.cells("Semmel       120    0,45  Laden 1"), ["Semmel", "120", "0,45", "Laden 1"]);
        assert_eq!(widths.cells("Brot          12"), ["Brot", "12", "", ""]);
        assert_eq!(widths.cells("Ein langer Titel über alle Spalten"), ["Ein langer Titel über alle Spalten"]);
    }

    #[test]
    fn lines_under_the_names_tell_how_wide_the_columns_are() {
        let head = "Customer        Terms     Balance\n--------------  ------  ---------\n";
        let row = |n: usize| {
            format!("Shop {n:<9}  Net 30  {:>9}\n", if n.is_multiple_of(7) { "(3,334.97)" } else { "66.57" })
        };
        let text: String = std::iter::once(head.to_owned()).chain((1..30).map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(&row(3)), ["Shop 3", "Net 30", "66.57"]);
    }

    #[test]
    fn names_may_be_wider_than_the_lines_under_them() {
        let text = "Kunde            Umsatz      Umsatz   Letzter\nNr   Name          2024        2025   Kontakt\n\
                    ---- ------- ---------- ----------- ----------\n0001 Meier     1.234,50    2.345,00 01.03.2026\n\
                    0002 Kunz        980,00    1.020,50 15.02.2026\n0003 Lang         12,00             31.01.2026\n";
        let widths = Widths::find(text).unwrap();
        assert_eq!(
            widths.cells("0001 Meier     1.234,50    2.345,00 01.03.2026"),
            ["0001", "Meier", "1.234,50", "2.345,00", "01.03.2026"]
        );
    }

    #[test]
    fn a_wide_number_now_and_then_is_no_title() {
        let row = |n: usize| {
            format!("Shop {n:<9}  Net{n} {:>12}\n", if n.is_multiple_of(7) { "(33,334.97)" } else { "66.57" })
        };
        let text: String = (10..40).map(row).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(&row(14)), ["Shop", "14", "Net14", "(33,334.97)"]);
    }

    #[test]
    fn bars_between_columns_go_before_blanks() {
        let page = "02.04.2026      Items      Page 1\n\n--------------------\n|St|No   |Amount   |\n--------------------\n\
                    |  |A1   |  9,20   |\n|  |A2   | 19,20-  |\n--------------------\n";
        assert!(cuts_alike(&page.repeat(2), Separator::byte(b'|')));
    }

    #[test]
    fn one_blank_behind_days_parts_columns() {
        let row = |n: usize| format!("0{n}.03.2026 RE-10{n}   Anna    {n},50\n");
        let text: String =
            std::iter::once("Datum      Beleg    Kunde   Betrag\n".to_owned()).chain((1..7).map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(row(3).trim_end()), ["03.03.2026", "RE-103", "Anna", "3,50"]);
    }

    #[test]
    fn one_blank_before_days_parts_columns() {
        let row = |n: usize| format!("000{n}   Shop {n}      1.200,50 0{n}.03.2026\n");
        let text: String =
            std::iter::once("Nr     Name          Umsatz Letzter Kauf\n".to_owned()).chain((1..7).map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(row(3).trim_end()), ["0003", "Shop 3", "1.200,50", "03.03.2026"]);
    }

    #[test]
    fn a_long_name_has_its_blank_where_no_other_reaches_and_titles_over_columns_are_wide() {
        let names = ["Bakker, J.", "Van den Berg, A.", "Smit, K.", "Bos, E.", "Mulder, R.", "Dekker, F.", "Jansen, P."];
        let row = |name: &str| format!("00416   {name:<20}  16-11-2024   107,50       1.929,64\n");
        let head = "LOONLIJST PERIODE 03-2026            BLAD 1\nPersnr  Naam                  In dienst    Uren     Bruto loon\n";
        let text: String = std::iter::once(head.to_owned()).chain(names.map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(
            widths.cells(row(names[1]).trim_end()),
            ["00416", "Van den Berg, A.", "16-11-2024", "107,50", "1.929,64"]
        );
    }

    #[test]
    fn units_stand_one_blank_behind_amounts_and_times_before_numbers() {
        let names = "Art-Nr  Bezeichnung      Bestand ME   EK-Preis\n";
        let row = |n: usize| format!("000{n}    Dachlatte {n}     {n}.250,00 lfm      3,8{n}\n");
        let text: String = std::iter::once(names.to_owned()).chain((1..8).map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(row(3).trim_end()), ["0003", "Dachlatte 3", "3.250,00", "lfm", "3,83"]);
        assert_eq!(widths.cells(names.trim_end()), ["Art-Nr", "Bezeichnung", "Bestand", "ME", "EK-Preis"]);
        let row = |n: usize| format!("0{n}.03.2026  0{n}:00 -1{n}.4  101{n}.2\n");
        let text: String = std::iter::once("date        time   T      P\n".to_owned()).chain((1..8).map(row)).collect();
        let widths = Widths::find(&text).unwrap();
        assert_eq!(widths.cells(row(3).trim_end()), ["03.03.2026", "03:00", "-13.4", "1013.2"]);
    }

    #[test]
    fn prose_has_no_columns() {
        assert_eq!(
            Widths::find("One sentence.  Another one.\nAnd here is more.  Much more.\nThe end.  Really.\n"),
            None
        );
        assert_eq!(Widths::find("Anna\nBen\nLea\n"), None);
        assert_eq!(Widths::find("a  b\n"), None, "one row is no table");
    }

    #[test]
    fn a_separator_that_stands_in_all_lines_goes_before_blanks() {
        assert!(cuts_alike("a,   b\n1,   2\n3,   4\n", Separator::COMMA));
        assert!(!cuts_alike("Artikel    Preis\nBrot        3,50\nSemmel      0,45\n", Separator::SEMICOLON));
        let mixed = "Artikel    Preis\nBrot        3,50\nSemmel      0,45\n";
        assert!(!cuts_alike(mixed, Separator::COMMA), "the names have no comma");
    }
}
