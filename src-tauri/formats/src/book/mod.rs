//! Opened files: their sheets, and the rows of the chosen one as they stand there.

mod biff;
mod cfb;
mod html;
pub(crate) mod lines;
mod marked;
mod ods;
mod ods_cell;
pub(crate) mod package;
mod pieces;
mod plain_rows;
mod ranges;
mod salvage;
pub(crate) mod second;
pub(crate) mod serial;
mod shown;
mod spreadsheetml;
mod strings;
mod styles;
pub(crate) mod web_archive;
mod xls;
mod xls_strings;
mod xlsb;
mod xlsx;
mod xlsx_sheet;
pub(crate) mod xml;

use std::ops::Range;

use larder_model::{Choice, Format, Refusal, SheetNote, search_text};

use crate::kinds::date;
use crate::progress::{Input, Progress};
use crate::raw::{CellClass, Raw, Stored};
use crate::text;
use crate::text::encoding::Letters;
use crate::text::separator::Separator;

pub(crate) use cfb::{Compound, MAGIC as COMPOUND_MAGIC};
pub(crate) use html::open as open_html;
pub(crate) use ods::open_flat;
pub(crate) use spreadsheetml::open as open_spreadsheetml;
pub(crate) use workbook::{open_ole, open_zip};

mod workbook;

/// What is asked of an opener.
pub(crate) struct Request<'a> {
    pub name: &'a str,
    pub choices: &'a [Choice],
    /// Only the first rows.
    pub max_rows: Option<u64>,
    pub progress: &'a dyn Progress,
}

/// A region of cells that a workbook shows as one. From 0, ends excluded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Merge {
    pub rows: Range<u64>,
    pub columns: Range<usize>,
}

/// A table that the workbook itself names. From 0, ends excluded; rows of totals are not among its rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedTable {
    pub name: String,
    pub rows: Range<u64>,
    pub columns: Range<usize>,
    /// Its first row holds the names.
    pub named: bool,
    pub totals: u64,
}

/// Cells that the workbook calls by a name. From 0, ends excluded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedRange {
    pub name: String,
    pub rows: Range<u64>,
    pub columns: Range<usize>,
}

/// One sheet's content.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub raw: Raw,
    pub merges: Vec<Merge>,
    /// The first hidden rows (0 is the first).
    pub hidden_rows: Vec<u64>,
    pub hidden_columns: Vec<usize>,
    /// Tables that the workbook itself names, in order.
    pub tables: Vec<NamedTable>,
    /// Names of cells of this sheet.
    pub ranges: Vec<NamedRange>,
    /// Cells whose value is a formula's stored result.
    pub formulas: u64,
    /// The first rows with formulas that have none.
    pub formulas_without_result: Vec<u64>,
}

/// What was found out about a text file.
#[derive(Debug)]
pub(crate) struct TextNotes {
    pub letters: Letters,
    pub guess: text::encoding::Guess,
    pub delimiter: Separator,
    pub guessed: text::dialect::Guess,
    /// What had to be done to every line.
    pub rewrite: Option<text::rewrite::Rewrite>,
    /// Quotes and frames were taken off.
    pub take_off: bool,
    /// Texts that their own separators cut.
    pub surplus: Option<text::surplus::Surplus>,
    /// They were put together, if there are any.
    pub joined: bool,
    /// Columns of fixed width touch here and there.
    pub touching: bool,
    /// The last row ends in the middle.
    pub ends_short: Option<u64>,
}

/// An opened file.
#[derive(Debug)]
pub(crate) struct Opened {
    pub format: Format,
    pub sheets: Vec<SheetNote>,
    /// The sheet that was read.
    pub sheet: usize,
    /// The one that is read where nobody chooses.
    pub default_sheet: usize,
    pub content: Sheet,
    pub text: Option<TextNotes>,
    /// Lines of separated text were found in the only column of the sheet, and cut.
    pub lines: Option<lines::Lines>,
    /// False: only the first rows were read.
    pub whole: bool,
    /// The file ends in the middle: bytes that are there, bytes that there should be at least.
    pub cut: Option<(u64, u64)>,
}

impl Opened {
    /// What separates the columns, in text and in lines of text inside a workbook.
    pub fn delimiter(&self) -> Option<Separator> {
        self.text.as_ref().map(|text| text.delimiter).or(self.lines.as_ref().map(|lines| lines.delimiter))
    }
}

/// How large a sheet is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    #[default]
    Unknown,
    Known {
        rows: u64,
        columns: u64,
    },
}

/// A sheet as the workbook lists it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub name: String,
    pub hidden: bool,
    pub extent: Extent,
}

impl Listed {
    pub fn into_note(self) -> SheetNote {
        let rows = match self.extent {
            Extent::Known { rows, .. } => Some(rows),
            Extent::Unknown => None,
        };
        SheetNote { name: self.name, hidden: self.hidden, rows }
    }

    fn size(&self) -> (u64, u64) {
        match self.extent {
            Extent::Known { rows, columns } => (rows, columns),
            Extent::Unknown => (2, 3),
        }
    }
}

/// The sheet to read, and the one that is read where nobody chooses: the first that people see and that holds a table
/// rather than a cover.
pub(crate) fn choose_sheet(listed: &[Listed], choices: &[Choice]) -> (usize, usize) {
    let default = default_sheet(listed);
    let chosen = choices.iter().rev().find_map(|choice| match choice {
        Choice::Sheet { sheet } => listed.iter().position(|l| l.name == *sheet),
        _ => None,
    });
    (chosen.unwrap_or(default), default)
}

fn default_sheet(listed: &[Listed]) -> usize {
    #[rustfmt::skip]
    const COVERS: &[&str] = &[
        "about", "about this table", "info", "infos", "information", "deckblatt", "cover", "titel", "title",
        "readme", "read me", "liesmich", "legende", "legend", "hinweise", "notes", "inhalt", "contents", "index",
        "anleitung", "help", "hilfe", "start", "copertina", "couverture", "page de garde", "portada", "voorblad", "okladka", "capa",
        "forsattsblad", "omslag", "leggimi", "lisez-moi", "leame", "menu", "instructions", "guide", "changelog", "version",
    ];
    let seen = |&place: &usize| !listed[place].hidden;
    let filled = |&place: &usize| listed[place].size().0 > 0 && listed[place].size().1 > 0;
    let all = || 0..listed.len();
    let Some(first) = all().filter(seen).find(filled).or_else(|| all().find(seen)).or_else(|| all().find(filled))
    else {
        return 0;
    };
    let (rows, columns) = listed[first].size();
    let cover = COVERS.contains(&search_text(&listed[first].name).trim());
    let small = columns <= 2 && rows < 60;
    if !(cover || small) {
        return first;
    }
    let better = |&place: &usize| {
        let (r, c) = listed[place].size();
        c >= 2 && r >= 2 && (cover || (c >= 3 && r * c > rows * columns))
    };
    (first + 1..listed.len()).filter(seen).find(better).unwrap_or(first)
}

/// A day or time as ISO 8601 writes it, as the arena keeps it.
pub(crate) fn iso_class(text: &str) -> (String, CellClass) {
    if let Some(written) = date::written(text) {
        let order = larder_model::DateOrder::YearFirst;
        let read = match written.time {
            Some(_) => written.micros(order).map(|micros| (date::date_time_text(micros), Stored::DateTime)),
            None => written.days(order).map(|days| (date::date_text(days), Stored::Date)),
        };
        if let Some((text, stored)) = read {
            return (text, CellClass::plain(stored));
        }
    }
    match date::length_of_time(text) {
        Some(micros) => (date::time_text(micros), CellClass::plain(Stored::Time)),
        None => (text.to_owned(), CellClass::TEXT),
    }
}

/// Opens separated text.
pub(crate) fn open_text(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    text::open::open(input, request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, hidden: bool, rows: u64, columns: u64) -> Listed {
        Listed { name: name.into(), hidden, extent: Extent::Known { rows, columns } }
    }

    #[test]
    fn covers_and_empty_sheets_are_passed_over() {
        let data = sheet("Daten", false, 800, 6);
        assert_eq!(default_sheet(&[sheet("About this table", false, 30, 2), data.clone()]), 1);
        assert_eq!(default_sheet(&[sheet("Tabelle1", false, 0, 0), data.clone()]), 1);
        assert_eq!(default_sheet(&[sheet("Alt", true, 9, 9), data.clone()]), 1);
        assert_eq!(default_sheet(&[sheet("März", false, 30, 6), data.clone()]), 0);
        assert_eq!(default_sheet(&[sheet("Preise", false, 90, 2), data]), 0);
    }

    #[test]
    fn a_chosen_sheet_wins_and_an_unknown_one_does_not() {
        let listed = [sheet("a", false, 5, 5), sheet("b", false, 5, 5)];
        let choose = |name: &str| choose_sheet(&listed, &[Choice::Sheet { sheet: name.into() }]);
        assert_eq!(choose("b"), (1, 0));
        assert_eq!(choose("gone"), (0, 0));
    }

    #[test]
    fn iso_texts_become_what_they_say() {
        assert_eq!(iso_class("2026-03-03").0, "2026-03-03");
        assert_eq!(iso_class("2026-03-03T07:40:00.000").0, "2026-03-03T07:40:00");
        assert_eq!(iso_class("07:40").1.stored, Stored::Time);
        assert_eq!(iso_class("x").1.stored, Stored::Text);
    }
}
