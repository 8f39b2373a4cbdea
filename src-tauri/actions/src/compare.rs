//! Two people changed it: the newest version on the shelf beside one's own draft, before either of them counts.

use larder_model::{Label, Refusal, RefusalCode};

use crate::wire::{Comparison, DraftRequest, LabelDifference};
use crate::{Larder, drafts, label, reading_job, release};

/// More differences between two labels than these are not listed.
const DIFFERENCES: usize = 40;

/// What differs between the newest version on the shelf and the draft that would go on top of it.
pub fn compare_with_newest(larder: &Larder, request: DraftRequest) -> Result<Comparison, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let newest = match &row.product {
        Some(product) => rooms.seen.release(product, None)?,
        None => None,
    };
    let newest = newest.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", request.draft.as_str()))?;
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let (mut mine, checked) = release::checked(larder, &rooms, &row, &open)?;
    let changes = label::changes(&rooms, &row, &mut mine, &checked)?;
    Ok(Comparison {
        by: newest.card.filled_by.clone(),
        at: newest.card.filled_at.clone(),
        rows_theirs: newest.card.profile.rows,
        rows_mine: checked.table.rows(),
        label: differences(&newest.card.label, &mine),
        changes,
    })
}

pub(crate) fn differences(theirs: &Label, mine: &Label) -> Vec<LabelDifference> {
    let email = |label: &Label| label.keeper_email.clone().unwrap_or_default();
    let fields = [
        ("title", &theirs.title, &mine.title),
        ("summary", &theirs.summary, &mine.summary),
        ("area", &theirs.area, &mine.area),
        ("keeper", &theirs.keeper, &mine.keeper),
        ("keeper_email", &email(theirs), &email(mine)),
        ("stand_in", &theirs.stand_in, &mine.stand_in),
        ("good_for", &theirs.good_for, &mine.good_for),
        ("not_for", &theirs.not_for, &mine.not_for),
        ("tags", &theirs.tags.join(", "), &mine.tags.join(", ")),
    ];
    let mut found: Vec<LabelDifference> =
        fields.into_iter().filter_map(|(field, theirs, mine)| difference(field, None, theirs, mine)).collect();
    for column in &mine.columns {
        let Some(other) = theirs.column(&column.id) else { continue };
        let name = Some(column.name.as_str());
        found.extend(difference("column_name", name, &other.name, &column.name));
        found.extend(difference("meaning", name, &other.meaning, &column.meaning));
    }
    found.truncate(DIFFERENCES);
    found
}

fn difference(field: &str, column: Option<&str>, theirs: &str, mine: &str) -> Option<LabelDifference> {
    (theirs.trim() != mine.trim()).then(|| LabelDifference {
        field: field.to_owned(),
        column: column.map(str::to_owned),
        theirs: theirs.to_owned(),
        mine: mine.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_say_the_same_do_not_differ() {
        let label = Label { title: "Till sales".into(), area: "Shop floor".into(), ..Label::default() };
        let padded = Label { title: " Till sales ".into(), ..label.clone() };
        assert_eq!(differences(&label, &padded), []);
    }

    #[test]
    fn each_field_that_differs_is_named_with_both_texts() {
        let theirs = Label { title: "Till".into(), summary: "a".into(), ..Label::default() };
        let mine =
            Label { title: "Till sales".into(), summary: "a".into(), tags: vec!["x".into()], ..Label::default() };
        let found = differences(&theirs, &mine);
        let fields: Vec<_> = found.iter().map(|d| (d.field.as_str(), d.theirs.as_str(), d.mine.as_str())).collect();
        assert_eq!(fields, [("title", "Till", "Till sales"), ("tags", "", "x")]);
    }
}
