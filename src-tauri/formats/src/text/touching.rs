//! Columns of fixed width that touch: `00417Baguette   0003,20`. Nothing stands between them, but the kinds of letters change at
//! the same places in every row. Only what all rows say counts, and the names over them where there are any.

use crate::find::look::{Look, look};
use crate::kinds::date;
use crate::raw::{Cell, CellClass};

/// Rows that are looked at.
const ROWS: usize = 400;
/// Rows without which nothing is proven.
const LEAST: usize = 5;
/// Letters of a row that are looked at.
const LETTERS: usize = 1_000;
/// Letters of a day written with its year: `01/07/2026`, `2026-07-01`.
const DAY: usize = 10;

/// A text as rows of letters.
struct Page {
    /// The names over the columns, if the first row has words only.
    names: Option<Vec<char>>,
    rows: Vec<Vec<char>>,
    widest: usize,
}

/// Places between columns, each from where to where; those that touch have none between them. Nothing where no columns touch.
pub(crate) fn find(head: &str) -> Option<Vec<(usize, usize)>> {
    let page = Page::of(head)?;
    let days = page.days();
    let is_in_day = |at: usize| days.iter().any(|from| *from < at && at < from + DAY);
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let mut touching = 0;
    for at in 1..page.widest {
        let by_day = days.iter().any(|from| *from == at || from + DAY == at);
        let is_edge = !is_in_day(at) && page.touch_at(at) && (page.ends_code(at) || page.begins_figures(at) || by_day);
        if is_edge {
            touching += 1;
            edges.push((at, at));
        }
    }
    if touching == 0 {
        return None;
    }
    edges.extend(page.gaps().into_iter().filter(|gap| !is_in_day(gap.0)));
    edges.sort_unstable();
    page.is_table(&edges).then_some(edges)
}

impl Page {
    fn of(head: &str) -> Option<Page> {
        let lines = || head.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(ROWS);
        let letters = |line: &str| line.chars().take(LETTERS).collect::<Vec<char>>();
        let has_digit = |line: &Vec<char>| line.iter().any(char::is_ascii_digit);
        if lines().any(|line| line.contains(['\t', ';', '|', '"'])) {
            return None;
        }
        let mut rows: Vec<Vec<char>> = lines().map(letters).collect();
        // The last line of what is looked at may be cut.
        if rows.len() > 2 * LEAST && !head.ends_with('\n') {
            rows.pop();
        }
        let names = (!rows.is_empty() && !has_digit(&rows[0])).then(|| rows.remove(0));
        let widest = rows.iter().map(Vec::len).max()?;
        (rows.len() >= LEAST && rows.iter().all(has_digit)).then_some(Page { names, rows, widest })
    }

    fn at(row: &[char], at: usize) -> char {
        row.get(at).copied().unwrap_or(' ')
    }

    fn all(&self, is: impl Fn(&[char]) -> bool) -> bool {
        self.rows.iter().all(|row| is(row))
    }

    fn any(&self, is: impl Fn(&[char]) -> bool) -> bool {
        self.rows.iter().any(|row| is(row))
    }

    /// A name begins here, with a blank before it.
    fn is_named_at(&self, at: usize) -> bool {
        let names = self.names.as_deref().unwrap_or_default();
        Page::at(names, at) != ' ' && Page::at(names, at - 1) == ' '
    }

    /// In some rows nothing stands between what ends here and what begins.
    fn touch_at(&self, at: usize) -> bool {
        self.any(|row| Page::at(row, at - 1) != ' ' && Page::at(row, at) != ' ')
    }

    /// Where days begin that stand under each other in all rows but the empty ones.
    fn days(&self) -> Vec<usize> {
        let mut days: Vec<usize> = Vec::new();
        for at in 0..self.widest.saturating_sub(DAY - 1) {
            let free = days.last().is_none_or(|last| last + DAY <= at);
            // Four figures before the first sign of `041701/07/2026` could be a year as well.
            if free && self.is_day_at(at) {
                if self.is_day_at(at + 2) && !self.is_named_at(at.max(1)) {
                    return Vec::new();
                }
                days.push(at);
            }
        }
        days
    }

    fn is_day_at(&self, at: usize) -> bool {
        let (mut filled, mut days) = (0, 0);
        for row in &self.rows {
            let text: String = (at..at + DAY).map(|at| Page::at(row, at)).collect();
            if text.trim().is_empty() {
                continue;
            }
            filled += 1;
            let is_sign = |c: &char| matches!(c, '.' | '/' | '-');
            let signs: Vec<usize> = text.chars().enumerate().filter(|(_, c)| is_sign(c)).map(|(at, _)| at).collect();
            let figures = text.chars().filter(char::is_ascii_digit).count() == DAY - 2;
            let shaped = figures && (signs == [2, 5] || signs == [4, 7]);
            // A time of day may follow, and a number may go on.
            let goes_on = matches!(Page::at(row, at + DAY), 'T' | ':' | '-' | '/' | '.' | '_');
            days += usize::from(shaped && !goes_on && date::written(&text).is_some());
        }
        filled * 5 >= self.rows.len() * 4 && filled == days
    }

    /// Codes of figures end here, all of one length, and words of many lengths begin.
    fn ends_code(&self, at: usize) -> bool {
        let begins =
            |row: &[char]| row[..at.min(row.len())].iter().rposition(|c| !c.is_ascii_digit()).map_or(0, |p| p + 1);
        let from = begins(&self.rows[0]);
        let letters = self.rows.iter().filter(|row| Page::at(row, at).is_alphabetic()).count();
        let is_edge = self.all(|row| {
            let next = Page::at(row, at);
            let is_empty = || (at..at + 3).all(|at| Page::at(row, at) == ' ');
            row.len() >= at && begins(row) == from && (next.is_alphabetic() || is_empty())
        });
        is_edge
            && from + 2 <= at
            && letters * 5 >= self.rows.len() * 4
            && (self.is_named_at(at) || self.are_words_at(at))
    }

    /// Texts as people write them, and not the rest of a code: long ones and short ones, not in capitals only.
    fn are_words_at(&self, at: usize) -> bool {
        let text = |row: &Vec<char>| -> String { row.iter().skip(at).take_while(|c| !c.is_ascii_digit()).collect() };
        let words = self.rows.iter().map(|row| text(row).trim().to_owned());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        let lengths = || words.iter().map(|word| word.chars().count());
        let (short, long) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
        let lower = words.iter().filter(|word| word.contains(char::is_lowercase)).count();
        long >= short + 3 && lengths().sum::<usize>() >= words.len() * 4 && lower * 2 > words.len()
    }

    /// Figures of one form begin here in all rows, and before them stands a text that was filled up with blanks.
    fn begins_figures(&self, at: usize) -> bool {
        let form = |row: &[char]| -> String {
            let figures = row.iter().skip(at).take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ':'));
            figures.map(|c| if c.is_ascii_digit() { '9' } else { *c }).collect()
        };
        let first = form(&self.rows[0]);
        let before =
            |row: &[char]| matches!(Page::at(row, at - 1), ' ' | ')' | '.') || Page::at(row, at - 1).is_alphabetic();
        let some_blank = self.any(|row| Page::at(row, at - 1) == ' ');
        first.starts_with('9') && first.len() >= 3 && some_blank && self.all(|row| before(row) && form(row) == first)
    }

    /// Places that are blank in all rows: two letters wide, or with numbers behind them.
    fn gaps(&self) -> Vec<(usize, usize)> {
        let is_blank = |at: usize| self.all(|row| Page::at(row, at) == ' ');
        let (mut gaps, mut from) = (Vec::new(), None);
        for at in 0..=self.widest {
            match (at < self.widest && is_blank(at), from) {
                (true, None) => from = Some(at),
                (false, Some(begun)) => {
                    let number = |row: &[char]| {
                        let text: String =
                            row.iter().skip(at).skip_while(|c| **c == ' ').take_while(|c| **c != ' ').collect();
                        matches!(look_of(&text), Look::Number | Look::Time)
                    };
                    if begun > 0 && at < self.widest && (at - begun >= 2 || self.all(number)) {
                        gaps.push((begun, at));
                    }
                    from = None;
                }
                _ => {}
            }
        }
        gaps
    }

    /// Each column holds one kind of thing, and has its name if there are any.
    fn is_table(&self, edges: &[(usize, usize)]) -> bool {
        let starts = || std::iter::once(0).chain(edges.iter().map(|edge| edge.1));
        let ends = || edges.iter().map(|edge| edge.0).chain([usize::MAX]);
        let cell = |row: &[char], from: usize, to: usize| -> String {
            let end = row.len();
            row[from.min(end)..to.min(end)].iter().collect::<String>().trim().to_owned()
        };
        let alike = |from: usize, to: usize| {
            let cells: Vec<String> =
                self.rows.iter().map(|row| cell(row, from, to)).filter(|cell| !cell.is_empty()).collect();
            let looks: Vec<Look> = cells.iter().map(|cell| look_of(cell)).collect();
            let is_words = looks.iter().all(|look| !look.is_value());
            cells.len() * 5 >= self.rows.len() * 4 && (is_words || looks.iter().all(|look| *look == looks[0]))
        };
        let inside = self.all(|row| edges.iter().all(|(from, to)| (*from..*to).all(|at| Page::at(row, at) == ' ')));
        let named = self.names.as_ref().is_none_or(|names| {
            let cut = edges.iter().any(|(from, to)| {
                let end = (*to).max(from + 1);
                (*from..end).any(|at| at > 0 && Page::at(names, at) != ' ' && Page::at(names, at - 1) != ' ')
            });
            !cut && starts().zip(ends()).all(|(from, to)| !cell(names, from, to).is_empty())
        });
        let columns = edges.len() + 1;
        inside
            && named
            && columns >= if self.names.is_some() { 2 } else { 3 }
            && starts().zip(ends()).all(|(from, to)| alike(from, to))
    }
}

fn look_of(text: &str) -> Look {
    look(Cell { text, class: CellClass::TEXT })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn edges(lines: &[&str]) -> Option<Vec<(usize, usize)>> {
        find(&(lines.join("\n") + "\n"))
    }

    #[test]
    fn columns_that_touch_are_cut_where_figures_and_words_change() {
        let rows = [
            "00417Baguette   0003,20",
            "00418Brot, grob 0004,80",
            "00419Semmel     0000,45",
            "00420Käsekuchen 0002,60",
            "00421Vollkorn 500012,40",
            "00422Zopf klein.0005,10",
        ];
        assert_eq!(edges(&[&rows[..4], &rows[5..], &rows[..1]].concat()), Some(vec![(5, 5), (16, 16)]));
        assert_eq!(edges(&rows), None, "one text ends in figures: nothing is sure");
        assert_eq!(edges(&rows[..4]), None, "few rows prove nothing");
    }

    #[test]
    fn names_over_the_columns_have_to_agree() {
        let rows = ["0417BRO  12,50", "0418SEM   3,20", "0419KUC  11,00", "0420ZOP   5,10", "0421EIS   1,90"];
        let with = |names: &str| edges(&[&[names][..], &rows].concat());
        assert_eq!(with("No Art   Price"), None, "no name stands where the words begin");
        assert_eq!(with("No  Art  Price"), Some(vec![(4, 4), (7, 9)]));
        assert_eq!(with("Article  Price"), None, "one name over both: it is one code");
        assert_eq!(edges(&rows), None, "without names it could be one code");
    }

    #[test]
    fn days_that_touch_are_parted_where_they_read_as_days() {
        let rows = [
            "0417Anna Huber  01.07.202605.07.2026",
            "0418Ben Maier   02.07.202609.07.2026",
            "0419Cleo Ott    03.07.202604.07.2026",
            "0420Dora Schmidt04.07.202611.07.2026",
            "0421Emil Zorn   05.07.202606.07.2026",
        ];
        assert_eq!(edges(&rows), Some(vec![(4, 4), (16, 16), (26, 26)]));
    }

    #[test]
    fn what_is_one_thing_stays_whole() {
        let text = |row: &dyn Fn(usize) -> String| find(&(0..20).map(row).collect::<String>());
        assert_eq!(text(&|n| format!("2026-03-{:02}T07:40  12,50\n", n + 1)), None, "a day with its time");
        assert_eq!(text(&|n| format!("RE2026-03-{:02}-0417  12,50\n", n + 1)), None, "a number of an invoice");
        assert_eq!(text(&|n| format!("{:04}AB{}  12,50\n", n * 17, n % 7)), None, "a code of figures and letters");
        assert_eq!(text(&|n| format!("{:04}Baguette,3.{}0\n", n * 17, n % 7)), None, "cells with commas");
        assert_eq!(text(&|n| format!("Box {:03}  frei  {}\n", n * 17, n % 7)), None, "words with numbers");
    }
}
