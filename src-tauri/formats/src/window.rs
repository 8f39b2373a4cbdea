//! Rows of the sheet for the eye: what is kept with its values, what is left out with the reason, and each kind of a
//! column as its first values would read.

use larder_model::{Kind, LeftOutReason, Reading};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::kinds::decide::is_nothing;
use crate::kinds::value::{Rule, Value};
use crate::open::Book;
use crate::read::line;

/// One row of the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetRow {
    /// Row of the sheet (1 is the first).
    pub row: u64,
    /// Why it is no row of the table; nothing if it is one.
    pub left_out: Option<LeftOutReason>,
    /// What stands in a row that is left out: its cells with two blanks between them.
    pub text: Option<String>,
    /// One cell for each of the reading's columns; none where the row is left out.
    pub cells: Vec<SheetCell>,
}

/// One cell, as it stands and as it reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetCell {
    /// As in the file.
    pub raw: String,
    /// Canonical text of its value; nothing where it reads as empty.
    pub value: Option<String>,
    /// Something is there that is not of the column's kind.
    pub misfit: bool,
}

/// How a column would read as one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KindPreview {
    /// The kind.
    pub kind: Kind,
    /// The first three values as canonical text; nothing for those that would read as empty.
    pub values: Vec<Option<String>>,
    /// Cells that would not fit.
    pub misfits: u64,
}

/// Text of one cell that is shown at most.
const SHOWN_CHARS: usize = 2_000;
/// Rows of one window at most.
const WINDOW_ROWS: u64 = 10_000;
/// Rows that are searched for the first values of a column.
const PREVIEW_ROWS: usize = 5_000;

impl Book {
    /// Rows of the sheet from `start` (0 is the first), `count` of them at most.
    pub fn window(&self, reading: &Reading, start: u64, count: u64) -> Vec<SheetRow> {
        let behind = self.behind(reading);
        let grid = self.grid(behind.fills.as_deref());
        let end = start.saturating_add(count.min(WINDOW_ROWS)).min(grid.rows());
        (start.min(end)..end)
            .map(|row| {
                let left_out = behind.plan.left_out.get(row as usize).copied().flatten();
                if left_out.is_some() {
                    return SheetRow { row: row + 1, left_out, text: Some(line(self, row)), cells: Vec::new() };
                }
                let cells = behind
                    .columns
                    .iter()
                    .map(|column| {
                        let cell = grid.cell(row, column.position);
                        let value = column.rule.value(cell);
                        SheetCell {
                            raw: shown(cell.text),
                            value: column.rule.canonical(&value).map(|v| shown(&v)),
                            misfit: value == Value::Misfit,
                        }
                    })
                    .collect();
                SheetRow { row: row + 1, left_out: None, text: None, cells }
            })
            .collect()
    }

    /// The first rows of the sheet, cell by cell as they stand.
    pub fn cells(&self, rows: u64) -> Vec<Vec<String>> {
        let raw = &self.opened.content.raw;
        let texts = |row| raw.row(row).cells().map(|cell| cell.text.to_owned()).collect();
        (0..raw.rows().min(rows)).map(texts).collect()
    }

    /// Every kind, and how the first three values of a column would read as it. None for an unknown column.
    pub fn kinds(&self, reading: &Reading, column: &str) -> Vec<KindPreview> {
        let behind = self.behind(reading);
        let Some(known) = behind.columns.iter().find(|known| known.id == column) else { return Vec::new() };
        let grid = self.grid(behind.fills.as_deref());
        let mut cells = Vec::new();
        for row in behind.plan.kept().take(PREVIEW_ROWS) {
            let cell = grid.cell(row, known.position);
            if !cell.is_blank() && cells.iter().all(|seen: &crate::raw::Cell<'_>| seen.text != cell.text) {
                cells.push(cell);
                if cells.len() == 3 {
                    break;
                }
            }
        }
        let facts = &behind.scans.facts[known.facts];
        Kind::ALL
            .into_iter()
            .map(|kind| {
                let rule =
                    Rule { kind, blank_is_no: known.rule.blank_is_no && kind == Kind::Boolean, ..known.rule.clone() };
                let values =
                    cells.iter().map(|cell| rule.canonical(&rule.value(*cell)).map(|value| shown(&value))).collect();
                let misfits =
                    facts.count(|fact| !is_nothing(fact, kind, &[]) && !fact.fits(kind, rule.mark, rule.order));
                KindPreview { kind, values, misfits }
            })
            .collect()
    }
}

fn shown(text: &str) -> String {
    if text.len() <= SHOWN_CHARS { text.to_owned() } else { text.chars().take(SHOWN_CHARS).chain(['…']).collect() }
}
