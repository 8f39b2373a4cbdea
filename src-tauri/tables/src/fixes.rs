//! Repairs that a person switched on, done to every row that a finding means. The source file is never changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray};
use arrow_select::filter::filter_record_batch;
use arrow_select::nullif::nullif;
use larder_model::{Finding, FindingCode, Fix, FixAction, Label};

use crate::check::{Look, Tally, dates, duplicates, emptiness, figures, formulas, references, spelling};
use crate::table::batch_of;
use crate::{Table, Values};

/// What all fixes together do to a table.
#[derive(Debug, Default)]
struct Plan {
    rows_out: HashSet<u64>,
    columns_out: HashSet<usize>,
    emptied: HashMap<usize, HashSet<u64>>,
    spellings: HashMap<usize, HashMap<String, String>>,
}

/// The table as these fixes leave it. A fix counts where a finding of its code and column is among `findings` (those that
/// [`crate::check`] gave for this table); each is done to the table as it came, whatever the others do.
pub fn apply_fixes(table: &Table, label: &Label, findings: &[Finding], fixes: &[Fix]) -> Table {
    let mut plan = Plan::default();
    for fix in fixes {
        let finding = findings.iter().find(|finding| finding.code == fix.code && finding.column == fix.column);
        if let Some(finding) = finding {
            plan.add(table, label, finding, fix.action);
        }
    }
    plan.done(table)
}

impl Plan {
    fn add(&mut self, table: &Table, label: &Label, finding: &Finding, action: FixAction) {
        let place = finding.column.as_deref().and_then(|id| table.column_index(id));
        match (action, place) {
            (FixAction::LeaveOutRows | FixAction::KeepFirst, _) => {
                self.rows_out.extend(rows_meant(table, label, finding, place));
            }
            (FixAction::MakeEmpty, Some(place)) => {
                self.emptied.entry(place).or_default().extend(rows_meant(table, label, finding, Some(place)));
            }
            (FixAction::LeaveOutColumn, Some(place)) => {
                self.columns_out.insert(place);
            }
            (FixAction::UseCommonSpelling, Some(place)) => {
                let look = Look::at(table, label, place);
                let variants = spelling::variants(&look, &Tally::of(&look));
                let owned = variants.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned()));
                self.spellings.entry(place).or_default().extend(owned);
            }
            (
                FixAction::Accept | FixAction::MakeEmpty | FixAction::LeaveOutColumn | FixAction::UseCommonSpelling,
                _,
            ) => {}
        }
    }

    fn done(&self, table: &Table) -> Table {
        let mut start = 0;
        let batches = table.batches().iter().map(|batch| {
            let mended = self.mended(batch, start);
            let kept = self.kept(batch.num_rows(), start);
            start += batch.num_rows() as u64;
            match kept {
                Some(kept) => filter_record_batch(&mended, &kept).expect("one answer a row"),
                None => mended,
            }
        });
        let batches = batches.collect();
        let mended = Table::from_parts(table.columns().to_vec(), batches);
        if self.columns_out.is_empty() {
            return mended;
        }
        let kept: Vec<usize> = (0..table.columns().len()).filter(|place| !self.columns_out.contains(place)).collect();
        mended.project(&kept)
    }

    /// None where all rows stay.
    fn kept(&self, rows: usize, start: u64) -> Option<BooleanArray> {
        if self.rows_out.is_empty() {
            return None;
        }
        let kept: Vec<bool> = (start..start + rows as u64).map(|row| !self.rows_out.contains(&row)).collect();
        Some(kept.into())
    }

    fn mended(&self, batch: &RecordBatch, start: u64) -> RecordBatch {
        if self.emptied.is_empty() && self.spellings.is_empty() {
            return batch.clone();
        }
        let columns = batch.columns().iter().enumerate().map(|(place, array)| {
            let mut array = array.clone();
            if let Some(spellings) = self.spellings.get(&place) {
                array = respelled(&array, spellings);
            }
            if let Some(emptied) = self.emptied.get(&place) {
                let empty: Vec<bool> =
                    (start..start + batch.num_rows() as u64).map(|row| emptied.contains(&row)).collect();
                array = nullif(&array, &empty.into()).expect("one answer a row");
            }
            array
        });
        batch_of(&batch.schema(), columns.collect(), batch.num_rows())
    }
}

fn respelled(array: &ArrayRef, spellings: &HashMap<String, String>) -> ArrayRef {
    let Values::Text(texts) = Values::from_array(array) else {
        return array.clone();
    };
    let text = |text: Option<&'_ str>| text.map(|text| spellings.get(text).cloned().unwrap_or_else(|| text.to_owned()));
    Arc::new(texts.iter().map(text).collect::<StringArray>())
}

/// Every row (from 0) that a finding means, not only the first hundred.
fn rows_meant(table: &Table, label: &Label, finding: &Finding, place: Option<usize>) -> Vec<u64> {
    let look = place.map(|place| Look::at(table, label, place));
    match (finding.code, look) {
        (FindingCode::DuplicateKeys, _) => duplicates::key_rows(table, label),
        (FindingCode::DuplicateRows, _) => duplicates::whole_rows(table, label),
        (FindingCode::EmptyCells, Some(look)) => emptiness::rows(&look),
        (FindingCode::ImpossibleDates, Some(look)) => dates::rows(&look, finding),
        (FindingCode::Outliers, Some(look)) => figures::outlier_rows(&look),
        (FindingCode::NegativeValues, Some(look)) => figures::negative_rows(&look),
        (FindingCode::UnknownReference, Some(look)) => references::rows(&look, finding),
        (FindingCode::FormulaText, Some(look)) => formulas::rows(&look),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use larder_model::{Column, Kind};

    use super::*;
    use crate::{TableBuilder, TableColumn, check};

    fn label(key: &str) -> Label {
        let column = Column {
            id: key.into(),
            name: String::new(),
            kind: Kind::Code,
            meaning: String::new(),
            unit: None,
            currency: None,
            decimals: None,
            example: None,
            key: true,
            required: true,
            personal: false,
            looks_up: None,
        };
        Label { columns: vec![column], ..Label::default() }
    }

    fn messy() -> Table {
        let mut builder = TableBuilder::new(vec![
            TableColumn::new("no", "No", Kind::Code),
            TableColumn::new("shop", "Shop", Kind::Text),
            TableColumn::new("sold", "Sold", Kind::Integer),
            TableColumn::new("day", "Day", Kind::Date),
            TableColumn::new("note", "Note", Kind::Text),
        ]);
        for i in 0..1000u32 {
            builder.text(0, &format!("{:05}", if i == 999 { 7 } else { i }));
            builder.text(1, if i % 300 == 1 { "markt" } else { "Markt" });
            builder.integer(2, if i == 500 { 1_000_000 } else { i64::from(i % 40) });
            builder.date(3, if i % 250 == 3 { -40_000 } else { 20_000 + (i % 30) as i32 });
            builder.null(4);
            builder.end_row();
        }
        builder.finish()
    }

    fn fixed(code: FindingCode, column: Option<&str>, action: FixAction) -> Table {
        let (table, label) = (messy(), label("no"));
        let findings = check(&table, &label, jiff::civil::date(2026, 3, 3), &[]);
        let fix = Fix { code, column: column.map(str::to_owned), action };
        assert!(findings.iter().any(|finding| finding.fixes.contains(&fix)), "{fix:?} not on offer in {findings:?}");
        let fixed = apply_fixes(&table, &label, &findings, &[fix]);
        let left = check(&fixed, &label, jiff::civil::date(2026, 3, 3), &[]);
        let again = left.iter().any(|finding| finding.code == code && finding.column.as_deref() == column);
        assert_eq!(again, action == FixAction::Accept, "{left:?}");
        fixed
    }

    #[test]
    fn every_fix_makes_its_finding_go_away() {
        assert_eq!(fixed(FindingCode::DuplicateKeys, None, FixAction::KeepFirst).rows(), 999);
        assert_eq!(fixed(FindingCode::Outliers, Some("sold"), FixAction::MakeEmpty).cell(500, 2), None);
        assert_eq!(fixed(FindingCode::Outliers, Some("sold"), FixAction::LeaveOutRows).rows(), 999);
        assert_eq!(fixed(FindingCode::ImpossibleDates, Some("day"), FixAction::LeaveOutRows).rows(), 996);
        assert_eq!(fixed(FindingCode::EmptyColumn, Some("note"), FixAction::LeaveOutColumn).columns().len(), 4);
        let spelled = fixed(FindingCode::SpellingVariants, Some("shop"), FixAction::UseCommonSpelling);
        assert_eq!(spelled.cell(1, 1).as_deref(), Some("Markt"));
    }

    #[test]
    fn accepting_changes_nothing() {
        let accepted = fixed(FindingCode::Outliers, Some("sold"), FixAction::Accept);
        assert_eq!(accepted.page(0, 1000), messy().page(0, 1000));
    }

    #[test]
    fn a_fix_without_its_finding_does_nothing() {
        let table = messy();
        let fix = Fix { code: FindingCode::Outliers, column: Some("sold".into()), action: FixAction::LeaveOutRows };
        assert_eq!(apply_fixes(&table, &label("no"), &[], &[fix]).rows(), 1000);
    }

    #[test]
    fn more_rows_than_a_finding_lists_are_mended() {
        let mut builder = TableBuilder::new(vec![TableColumn::new("shop", "Shop", Kind::Text)]);
        for i in 0..100_000 {
            builder.text(0, if i % 5 == 0 { "=1+1" } else { "rye" });
            builder.end_row();
        }
        let (table, label) = (builder.finish(), Label::default());
        let findings = check(&table, &label, jiff::civil::date(2026, 3, 3), &[]);
        let found = findings.iter().find(|finding| finding.code == FindingCode::FormulaText).unwrap();
        assert_eq!((found.rows.len(), found.count), (100, 20_000));
        let fixed = apply_fixes(&table, &label, &findings, &found.fixes[..1]);
        assert_eq!(crate::distinct_values(&fixed, "shop", 9).unwrap().len(), 1);
        assert_eq!(fixed.cell(99_995, 0), None);
    }
}
