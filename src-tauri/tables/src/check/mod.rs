//! What is left to fix in a table: found column by column, each family of checks in its own file. Every family can also
//! tell again which rows it means, for the fixes.

pub(crate) mod dates;
pub(crate) mod duplicates;
pub(crate) mod emptiness;
pub(crate) mod figures;
pub(crate) mod formulas;
mod personal;
pub(crate) mod references;
pub(crate) mod spelling;
mod tally;

use std::collections::HashSet;

use larder_model::{Column, Finding, Label};

use crate::dates::day_of;
use crate::parallel::each;
use crate::{Table, TableColumn, Values};

pub(crate) use tally::Tally;

/// Where the values of a column are listed: another data product's column.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// The column's id in this table.
    pub column: &'a str,
    /// The other data product's name.
    pub title: &'a str,
    /// All values that it knows, as canonical text.
    pub values: &'a HashSet<String>,
}

/// One column under the eye of the checks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub table: &'a Table,
    pub place: usize,
    pub column: &'a TableColumn,
    pub label: Option<&'a Column>,
    pub empty: u64,
}

impl<'a> Look<'a> {
    pub fn at(table: &'a Table, label: &'a Label, place: usize) -> Look<'a> {
        let column = &table.columns()[place];
        let empty = table.values(place).map(|(_, values)| values.empty_count() as u64).sum();
        Look { table, place, column, label: label.column(&column.id), empty }
    }

    /// The column's name as people read it.
    pub fn name(&self) -> String {
        shown_name(self.column, self.label)
    }

    pub fn filled(&self) -> u64 {
        self.table.rows() - self.empty
    }

    pub fn is_key(&self) -> bool {
        self.label.is_some_and(|column| column.key)
    }

    /// Rows (from 0) of whose cell this holds.
    pub fn rows_where(&self, mut holds: impl FnMut(&Values<'a>, usize) -> bool) -> Vec<u64> {
        let mut rows = Vec::new();
        for (start, values) in self.table.values(self.place) {
            rows.extend((0..values.len()).filter(|row| holds(&values, *row)).map(|row| start + row as u64));
        }
        rows
    }

    /// Rows (from 0) with one of these texts.
    pub fn rows_with(&self, texts: &HashSet<&str>) -> Vec<u64> {
        self.rows_where(|values, row| values.str(row).is_some_and(|text| texts.contains(text)))
    }

    /// The canonical text of the cell in a row (from 0).
    pub fn text(&self, row: u64) -> String {
        self.table.cell(row, self.place).unwrap_or_default()
    }
}

fn shown_name(column: &TableColumn, label: Option<&Column>) -> String {
    label.map(|label| &label.name).filter(|name| !name.trim().is_empty()).unwrap_or(&column.name).clone()
}

/// Rows counted from 1, as people do.
fn from_one(rows: &[u64]) -> impl Iterator<Item = u64> + '_ {
    rows.iter().map(|row| row + 1)
}

/// What is left to fix: doubts first, sure things last, else in the order of the columns. Rows count from 1 in the table.
/// Besides its documented parameters a finding carries what its fixes need to find all rows again.
pub fn check(table: &Table, label: &Label, today: jiff::civil::Date, references: &[Reference]) -> Vec<Finding> {
    if table.rows() == 0 {
        return Vec::new();
    }
    let mut findings = duplicates::find(table, label);
    let today = day_of(today);
    let columns = each(table.columns().len(), &|place| column(&Look::at(table, label, place), today, references));
    findings.extend(columns.into_iter().flatten());
    findings.sort_by_key(|finding| finding.certainty);
    findings
}

fn column(look: &Look, today: i32, references: &[Reference]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = emptiness::find(look).into_iter().collect();
    if look.filled() == 0 {
        return findings;
    }
    findings.extend(dates::find(look, today));
    findings.extend(figures::find_outliers(look));
    findings.extend(figures::find_negatives(look));
    if look.column.kind.is_textual() {
        let tally = Tally::of(look);
        findings.extend(spelling::find(look, &tally));
        findings.extend(personal::find(look, &tally));
        findings.extend(formulas::find(look, &tally));
    }
    findings.extend(references.iter().filter_map(|reference| references::find(look, reference)));
    findings.extend(emptiness::find_constant(look));
    findings
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
