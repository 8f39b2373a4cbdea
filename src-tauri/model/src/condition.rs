//! The condition of a data product: one word from what is left to fix.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Finding, FindingCode};

/// The condition as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Below 60.
    Poor,
    /// 60 to 79.
    Fair,
    /// 80 to 94.
    Good,
    /// 95 and over.
    VeryGood,
}

/// The condition: a number of 100, its word, and how many things are left to fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Condition {
    /// 0 to 100.
    pub score: u8,
    /// Its word.
    pub grade: Grade,
    /// Things left to fix.
    pub to_fix: u32,
}

impl Condition {
    /// From what is left to fix in a table of `rows` rows. Each finding takes away up to its weight, by the share of rows
    /// that it touches: one row in a thousand costs next to nothing, half of them all of it.
    pub fn of(findings: &[Finding], rows: u64) -> Condition {
        let rows = rows.max(1) as f64;
        let lost: f64 = findings
            .iter()
            .map(|finding| {
                let share = (finding.count as f64 / rows).min(1.0);
                weight(finding.code) * (0.1 + 0.9 * (share * 2.0).min(1.0).sqrt())
            })
            .sum();
        let score = (100.0 - lost).clamp(0.0, 100.0).round() as u8;
        let grade = match score {
            95.. => Grade::VeryGood,
            80.. => Grade::Good,
            60.. => Grade::Fair,
            _ => Grade::Poor,
        };
        let to_fix = findings.iter().filter(|f| weight(f.code) > 0.0).count() as u32;
        Condition { score, grade, to_fix }
    }
}

fn weight(code: FindingCode) -> f64 {
    match code {
        FindingCode::DuplicateKeys | FindingCode::UnknownReference => 25.0,
        FindingCode::EmptyCells | FindingCode::ImpossibleDates | FindingCode::Misfits => 20.0,
        FindingCode::Outliers | FindingCode::NegativeValues | FindingCode::SpellingVariants => 12.0,
        FindingCode::DuplicateRows | FindingCode::EmptyColumn => 8.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Certainty;

    fn empty_cells(count: u64) -> Finding {
        Finding::new(FindingCode::EmptyCells, Certainty::Notice).at(1..=count)
    }

    #[test]
    fn nothing_to_fix_is_very_good() {
        assert_eq!(Condition::of(&[], 10), Condition { score: 100, grade: Grade::VeryGood, to_fix: 0 });
    }

    #[test]
    fn more_empty_cells_are_a_worse_condition() {
        let few = Condition::of(&[empty_cells(1)], 1000);
        let many = Condition::of(&[empty_cells(500)], 1000);
        assert!(few.score > many.score, "{few:?} {many:?}");
        assert_eq!((few.to_fix, many.to_fix), (1, 1));
    }
}
