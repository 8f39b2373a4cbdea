//! How a table was read out of a file, and what a person chose about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DateOrder, DecimalMark, Finding, Kind};

/// A spreadsheet file format, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text with separated columns.
    Csv,
    /// Text with tabs between columns.
    Tsv,
    /// Office Open XML workbook, with or without macros.
    Xlsx,
    /// Excel 97-2003 and older.
    Xls,
    /// Excel binary workbook.
    Xlsb,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument spreadsheet in one XML file.
    Fods,
    /// XML of Excel 2002 and 2003.
    Xml,
    /// Tables of a web page.
    Html,
}

impl Format {
    /// The name as the command line and files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Xlsb => "xlsb",
            Format::Ods => "ods",
            Format::Fods => "fods",
            Format::Xml => "xml",
            Format::Html => "html",
        }
    }
}

/// One decision of a person about how a file is read. A later one of the same subject replaces an earlier one; the list
/// of them, in order, is what undo and redo walk and what is kept with the source for the next such file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Choice {
    /// Read this sheet.
    Sheet {
        /// The sheet's name.
        sheet: String,
    },
    /// Read this one of the tables found on the sheet (0 is the first).
    Table {
        /// Its place in the list of tables.
        index: u32,
    },
    /// The names are in this row of the sheet (1 is the first).
    HeaderRow {
        /// Row of the sheet.
        row: u64,
    },
    /// No row has names.
    NoHeader,
    /// How dates of a column (all, if none is named) give their parts.
    DateOrder {
        /// Column id, or all.
        column: Option<String>,
        /// The order.
        order: DateOrder,
    },
    /// How decimals of a column (all, if none is named) are written.
    DecimalMark {
        /// Column id, or all.
        column: Option<String>,
        /// The mark.
        mark: DecimalMark,
    },
    /// What a column holds.
    Kind {
        /// Column id.
        column: String,
        /// The kind.
        kind: Kind,
    },
    /// Whether a word means an empty cell.
    EmptyWord {
        /// The word as it stands in the file.
        word: String,
        /// True: read it as empty. False: keep it as text.
        empty: bool,
    },
    /// Whether rows that add others up are kept as data.
    Totals {
        /// True: keep them.
        keep: bool,
    },
    /// Whether one row is kept as data.
    Row {
        /// Row of the sheet (1 is the first).
        row: u64,
        /// True: keep it. False: leave it out.
        keep: bool,
    },
    /// Whether only one of rows that appear twice is kept.
    Duplicates {
        /// True: keep all. False: keep one of each.
        keep: bool,
    },
    /// The text's encoding.
    Encoding {
        /// A label of the Encoding Standard, such as `windows-1252`.
        encoding: String,
    },
    /// Whether garbled letters are repaired.
    Mojibake {
        /// True: repair them.
        repair: bool,
    },
    /// What separates the columns.
    Delimiter {
        /// One character.
        delimiter: String,
    },
    /// Whether what stands around texts and lines (other quotes than straight ones, frames, backslashes) is taken off.
    Quoting {
        /// True: take it off. False: leave it as it stands.
        take_off: bool,
    },
    /// Whether a text that was cut because it holds the separator is put together again.
    Surplus {
        /// True: put it together. False: leave its pieces in cells of their own.
        join: bool,
    },
    /// Whether merged cells give their value to every row that they cover.
    Merged {
        /// True: fill down.
        fill: bool,
    },
    /// Whether units in the cells of a column are taken off its numbers.
    Unit {
        /// Column id.
        column: String,
        /// True: `12 kg` is the number 12 of a column in kg.
        split: bool,
    },
    /// Whether a column is brought in at all.
    Column {
        /// Column id.
        column: String,
        /// True: bring it in.
        keep: bool,
    },
    /// What a column is called.
    Name {
        /// Column id.
        column: String,
        /// The name.
        name: String,
    },
    /// Whether what the description beside a file says is taken over.
    Description {
        /// True: take it over. False: leave it aside.
        take: bool,
    },
}

/// Rows and columns of a sheet, both ends included, 1 is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    /// First row.
    pub first_row: u64,
    /// Last row.
    pub last_row: u64,
    /// First column.
    pub first_column: u32,
    /// Last column.
    pub last_column: u32,
}

impl Span {
    /// As Excel writes it, such as `A4:E816`.
    pub fn a1(&self) -> String {
        format!(
            "{}{}:{}{}",
            column_letters(self.first_column),
            self.first_row,
            column_letters(self.last_column),
            self.last_row
        )
    }
}

fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

/// A sheet of a workbook, or the one of a text file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetNote {
    /// Its name; empty for text files.
    pub name: String,
    /// Not shown by the spreadsheet program.
    pub hidden: bool,
    /// Rows with anything in them, where known without reading the sheet.
    pub rows: Option<u64>,
}

/// A table found on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableSpot {
    /// What the workbook calls it, where it does.
    pub name: Option<String>,
    /// Where it lies, names included.
    pub span: Span,
    /// Rows of the sheet that hold its names, in order; empty if it has none.
    pub header_rows: Vec<u64>,
}

/// Why a row of the sheet is not a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// A title or note before the names.
    Title,
    /// The names themselves.
    Header,
    /// Nothing in it.
    Blank,
    /// The names once more.
    RepeatedHeader,
    /// Units or explanations under the names.
    Units,
    /// Adds others up.
    Total,
    /// A line drawn with dashes.
    Rule,
    /// A note after the table.
    Note,
    /// Appears before, and only one of each was wanted.
    Duplicate,
    /// A person left it out.
    Chosen,
    /// Belongs to another table of the sheet.
    OtherTable,
}

/// A row of the sheet that is not a row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// Row of the sheet (1 is the first).
    pub row: u64,
    /// Why.
    pub reason: LeftOutReason,
}

/// A column as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReadColumn {
    /// Safe name made from the header: `[a-z0-9_]`, unique in the table. Choices name columns by it.
    pub id: String,
    /// The header as people read it.
    pub name: String,
    /// Column of the sheet (1 is the first).
    pub position: u32,
    /// What it holds.
    pub kind: Kind,
    /// How values are written in the file, such as `dd.mm.yyyy` or `1.234,56`; empty for text.
    pub format: String,
    /// ISO 4217 code of its money, if it has one.
    pub currency: Option<String>,
    /// Unit told by the header, such as `kg`.
    pub unit: Option<String>,
    /// Decimals to keep, for money.
    pub decimals: Option<u8>,
    /// The order of its dates.
    pub date_order: Option<DateOrder>,
    /// Its decimal mark.
    pub decimal_mark: Option<DecimalMark>,
    /// False: read, but left out of the table by choice.
    pub keep: bool,
    /// Empty cells among the kept rows.
    pub empty: u64,
    /// Different values among the kept rows.
    pub distinct: u64,
    /// The first three values as they stand in the file.
    pub examples: Vec<String>,
}

/// How one table of one file was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// The file's format by its content.
    pub format: Format,
    /// The encoding, for text.
    pub encoding: Option<String>,
    /// What separates columns, for text.
    pub delimiter: Option<String>,
    /// All sheets.
    pub sheets: Vec<SheetNote>,
    /// The sheet that was read; empty for text.
    pub sheet: String,
    /// All tables found on that sheet.
    pub tables: Vec<TableSpot>,
    /// Which of them was read.
    pub table: u32,
    /// Its columns in the order of the sheet.
    pub columns: Vec<ReadColumn>,
    /// Data rows kept.
    pub rows: u64,
    /// Rows of the sheet in all.
    pub sheet_rows: u64,
    /// Rows inside and around the table that are not data, by row. The first 10,000.
    pub left_out: Vec<LeftOut>,
    /// What was assumed and what is odd; doubts first, sure things last.
    pub findings: Vec<Finding>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reads_as_excel_writes_it() {
        let span = Span { first_row: 4, last_row: 816, first_column: 1, last_column: 28 };
        assert_eq!(span.a1(), "A4:AB816");
        assert_eq!(column_letters(16_384), "XFD");
        assert_eq!(column_letters(26), "Z");
    }

    #[test]
    fn a_choice_is_readable_json() {
        let choice = Choice::Kind { column: "article_no".into(), kind: Kind::Code };
        let json = serde_json::to_string(&choice).expect("plain data");
        assert_eq!(json, r#"{"about":"kind","column":"article_no","kind":"code"}"#);
    }
}
