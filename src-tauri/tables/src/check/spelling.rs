//! The same thing written in several ways.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use larder_model::{Certainty, Finding, FindingCode, FixAction, Kind};

use super::tally::Seen;
use super::{Look, Tally, from_one};
use crate::fold::folded;

/// A column of more different texts does not name a few things.
const FEW: usize = 500;

pub(super) fn find(look: &Look, tally: &Tally) -> Option<Finding> {
    let variants = variants(look, tally);
    let texts: HashSet<&str> = variants.keys().copied().collect();
    // The variant met most often stands for all.
    let (b, a) = variants.iter().max_by_key(|(variant, _)| {
        let seen = tally.texts[**variant];
        (seen.count, Reverse(seen.first_row))
    })?;
    Some(
        Finding::new(FindingCode::SpellingVariants, Certainty::Notice)
            .with("column", look.name())
            .with("a", *a)
            .with("b", *b)
            .on(&look.column.id)
            .at(from_one(&look.rows_with(&texts)))
            .fix(FixAction::UseCommonSpelling)
            .fix(FixAction::Accept),
    )
}

/// Each less frequent spelling with the most frequent one (the first met, of as many).
pub(crate) fn variants<'a>(look: &Look, tally: &Tally<'a>) -> HashMap<&'a str, &'a str> {
    if look.column.kind == Kind::Email || tally.texts.len() > FEW {
        return HashMap::new();
    }
    let mut groups: HashMap<String, Vec<(&'a str, Seen)>> = HashMap::new();
    for (text, seen) in &tally.texts {
        groups.entry(without_blanks(text, look.column.kind)).or_default().push((text, *seen));
    }
    let mut variants = HashMap::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|(_, seen)| (Reverse(seen.count), seen.first_row));
        if let Some(((common, _), others)) = group.split_first() {
            variants.extend(others.iter().map(|(other, _)| (*other, *common)));
        }
    }
    variants
}

/// Folded, and without blanks; inside codes blanks may tell two apart, so only those around them go.
fn without_blanks(text: &str, kind: Kind) -> String {
    let between = if kind == Kind::Code { " " } else { "" };
    folded(text).split_whitespace().collect::<Vec<_>>().join(between)
}
