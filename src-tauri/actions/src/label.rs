//! Describing: the label beside the form, suggestions accepted by a tick, things to fix with their rows.

use std::collections::BTreeSet;

use larder_catalog::DraftRow;
use larder_model::{Change, Condition, DraftId, Refusal, unmet_rules};
use larder_tables::ViewRow;

use crate::drafts::{self, OpenDraft};
use crate::larder::Rooms;
use crate::wire::{
    AcceptRequest, DescribeRequest, DraftRequest, DraftStep, FindingRows, FindingRowsRequest, FixRequest, LabelState,
};
use crate::{Larder, cards, reading_job, release, suggest, taken_over};

/// Texts on a label are cut at this length: more is a document, not a label.
const TEXT_CHARS: usize = 2_000;

/// How the label of a draft stands.
pub fn draft_label(larder: &Larder, request: DraftRequest) -> Result<LabelState, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::change(&rooms, &request.draft, |row| {
        if drafts::step(row) == DraftStep::Check {
            row.step = drafts::written(&DraftStep::Label);
        }
        Ok(())
    })?;
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    // The reading job may have applied the choices of an earlier file.
    let row = drafts::saved(&rooms, &request.draft)?;
    state_of(larder, &rooms, &row, &open)
}

fn state_of(larder: &Larder, rooms: &Rooms, row: &DraftRow, open: &OpenDraft) -> Result<LabelState, Refusal> {
    let (label, checked) = release::checked(larder, rooms, row, open)?;
    let reading = open.reading(&taken_over::said(row));
    let suggestions = match &reading {
        Some(reading) => suggest::suggestions(larder, rooms, row, &label, reading, &checked)?,
        None => Vec::new(),
    };
    let rows = checked.table.rows();
    // The page shows what is suggested where nothing is written.
    let suggested = suggestions.iter().find(|s| s.field == "area" && label.area.trim().is_empty());
    let color = cards::area_color(suggested.map_or(label.area.as_str(), |s| s.value.as_str()));
    let (areas, people) = areas_and_people(larder, rooms)?;
    Ok(LabelState {
        draft: row.id.clone(),
        condition: Condition::of(&checked.findings, rows),
        unmet: unmet_rules(&label),
        suggestions,
        findings: checked.findings.clone(),
        fixed: checked.fixed.clone(),
        fixes: row.fixes.clone(),
        rows,
        profile: checked.profile.clone(),
        color,
        areas,
        people,
        saved_at: row.saved_at.clone(),
        label,
    })
}

fn areas_and_people(larder: &Larder, rooms: &Rooms) -> Result<(Vec<String>, Vec<String>), Refusal> {
    let mut areas = BTreeSet::new();
    let mut people = BTreeSet::new();
    for seen in rooms.seen.latest(None)? {
        areas.insert(seen.card.label.area.clone());
        people.insert(seen.card.label.keeper.clone());
        people.insert(seen.keeper.name.clone());
    }
    if let Some(me) = larder.me()? {
        people.insert(me.person.name);
    }
    for set in [&mut areas, &mut people] {
        set.remove("");
    }
    Ok((areas.into_iter().collect(), people.into_iter().collect()))
}

/// Saves the label as it was written.
pub fn describe_draft(larder: &Larder, request: DescribeRequest) -> Result<LabelState, Refusal> {
    save(larder, &request.draft, |_, row, _| {
        row.label = tidy(request.label);
        row.label_touched = true;
        Ok(())
    })
}

/// Accepts suggestions: their values become what the person said.
pub fn draft_accept(larder: &Larder, request: AcceptRequest) -> Result<LabelState, Refusal> {
    save(larder, &request.draft, |rooms, row, open| {
        let (mut label, checked) = release::checked(larder, rooms, row, open)?;
        if let Some(reading) = open.reading(&taken_over::said(row)) {
            let offered = suggest::suggestions(larder, rooms, row, &label, &reading, &checked)?;
            for suggestion in offered.iter().filter(|s| wanted(&request.fields, &s.field)) {
                suggest::accept(&mut label, suggestion);
            }
        }
        row.label = label;
        row.label_touched = true;
        Ok(())
    })
}

fn wanted(fields: &[String], field: &str) -> bool {
    fields.iter().any(|f| f == "*" || f == field || f.strip_suffix('*').is_some_and(|start| field.starts_with(start)))
}

/// Switches a repair on or off. One repair answers a finding: another one takes its place.
pub fn draft_fix(larder: &Larder, request: FixRequest) -> Result<LabelState, Refusal> {
    save(larder, &request.draft, |_, row, _| {
        row.fixes.retain(|f| f.code != request.fix.code || f.column != request.fix.column);
        if request.on {
            row.fixes.push(request.fix);
        }
        Ok(())
    })
}

fn save(
    larder: &Larder,
    id: &DraftId,
    by: impl FnOnce(&Rooms, &mut DraftRow, &OpenDraft) -> Result<(), Refusal>,
) -> Result<LabelState, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, id)?;
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let row = drafts::change(&rooms, id, |row| {
        by(&rooms, row, &open)?;
        row.saved_at = larder.now();
        Ok(())
    })?;
    state_of(larder, &rooms, &row, &open)
}

/// Texts without control characters and of bearable length; lines within them stay.
pub fn tidy(mut label: larder_model::Label) -> larder_model::Label {
    let line = |text: &str| larder_model::display_text(text, TEXT_CHARS);
    let lines =
        |text: &str| text.split('\n').map(|l| larder_model::display_text(l, TEXT_CHARS)).collect::<Vec<_>>().join("\n");
    label.title = larder_model::display_text(&label.title, 120);
    label.summary = line(&label.summary);
    label.area = larder_model::display_text(&label.area, 60);
    label.keeper = larder_model::display_text(&label.keeper, 120);
    label.stand_in = larder_model::display_text(&label.stand_in, 120);
    label.keeper_email = label.keeper_email.map(|e| larder_model::display_text(&e, 200)).filter(|e| !e.is_empty());
    label.good_for = lines(&label.good_for);
    label.not_for = lines(&label.not_for);
    label.tags =
        label.tags.iter().map(|t| larder_model::display_text(t, 40)).filter(|t| !t.is_empty()).take(20).collect();
    if let larder_model::Terms::Own { text } = &mut label.terms {
        *text = lines(text);
    }
    for column in &mut label.columns {
        column.name = larder_model::display_text(&column.name, 120);
        column.meaning = line(&column.meaning);
        column.unit = column.unit.take().map(|u| larder_model::display_text(&u, 30)).filter(|u| !u.is_empty());
    }
    label
}

/// The rows of one finding, as they are before any repair.
pub fn draft_finding_rows(larder: &Larder, request: FindingRowsRequest) -> Result<FindingRows, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let (label, checked) = release::checked(larder, &rooms, &row, &open)?;
    let finding = checked
        .findings
        .iter()
        .chain(&checked.fixed)
        .find(|f| f.code == request.code && f.column == request.column)
        .ok_or_else(|| Refusal::new(larder_model::RefusalCode::Unknown).with("what", "finding"))?;
    let rows = finding.rows.iter().filter_map(|&row| {
        let cells = checked.whole.page(row.checked_sub(1)?, 1).into_iter().next()?;
        Some(ViewRow { row, cells })
    });
    let columns = checked.whole.columns().iter().filter_map(|c| label.column(&c.id).cloned());
    Ok(FindingRows { columns: columns.collect(), rows: rows.collect() })
}

/// What changed since the release that the draft goes on from, in sentences.
pub fn draft_changes(larder: &Larder, request: DraftRequest) -> Result<Vec<Change>, Refusal> {
    let rooms = larder.rooms();
    let row = drafts::saved(&rooms, &request.draft)?;
    let open = reading_job::open_whole(larder, &rooms, &row)?;
    let row = drafts::saved(&rooms, &request.draft)?;
    let (mut label, checked) = release::checked(larder, &rooms, &row, &open)?;
    changes(&rooms, &row, &mut label, &checked)
}

/// What changed since the release that a draft goes on from.
pub fn changes(
    rooms: &Rooms,
    row: &DraftRow,
    label: &mut larder_model::Label,
    checked: &drafts::Checked,
) -> Result<Vec<Change>, Refusal> {
    let table = release::final_table(label, checked);
    match release::before(rooms, row)? {
        None => Ok(vec![Change::First { rows: table.rows() }]),
        Some(before) => Ok(larder_tables::changes(&before, &table, label)),
    }
}
