//! Suggestions for a label, each with its reason: from the file, the values, colleagues' labels, known words.

use std::collections::HashSet;
use std::sync::LazyLock;

use larder_catalog::DraftRow;
use larder_model::{
    Column, Every, Kind, Label, LeftOutReason, LookUp, Params, Promise, Reading, Refusal, column_id, search_text,
};
use larder_tables::Table;
use serde::Deserialize;

use crate::drafts::{Checked, OpenDraft};
use crate::larder::Rooms;
use crate::wire::{Suggestion, Why};
use crate::{Larder, cards, words::Words};

/// What a word in a header usually means in a shop, a kitchen or an office.
#[derive(Debug, Deserialize)]
struct KnownWord {
    words: Vec<String>,
    en: String,
    de: String,
    #[serde(default)]
    area_en: String,
    #[serde(default)]
    area_de: String,
}

#[derive(Debug, Default, Deserialize)]
struct KnownWords {
    #[serde(default)]
    word: Vec<KnownWord>,
}

static KNOWN: LazyLock<KnownWords> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/known_words.toml")).unwrap_or_default());

/// A unique column is suggested as the key only in tables of at least so many rows.
const KEY_ROWS: u64 = 3;

/// Suggestions for what the label does not say yet.
pub fn suggestions(
    larder: &Larder,
    rooms: &Rooms,
    row: &DraftRow,
    label: &Label,
    reading: &Reading,
    checked: &Checked,
) -> Result<Vec<Suggestion>, Refusal> {
    let words = larder.words();
    let mut found = Vec::new();
    if label.title.trim().is_empty() {
        found.extend(title(rooms, row, reading));
    }
    if label.summary.trim().is_empty() {
        found.extend(summary(&words, label));
    }
    if label.area.trim().is_empty() {
        found.extend(area(larder, rooms, &words, label)?);
    }
    for column in &label.columns {
        found.extend(meaning(rooms, &words, column, row)?);
    }
    found.extend(slow(rooms, &words, row, label, checked)?.into_iter().filter(|s| is_open(label, &s.field)));
    Ok(found)
}

/// What takes a look at every row is worked out once for each checked table.
fn slow(
    rooms: &Rooms,
    words: &Words,
    row: &DraftRow,
    label: &Label,
    checked: &Checked,
) -> Result<Vec<Suggestion>, Refusal> {
    if let Some(known) = checked.slow_offers.get() {
        return Ok(known.clone());
    }
    let mut found: Vec<Suggestion> = promise(words, label, &checked.table).into_iter().collect();
    found.extend(key(label, checked));
    found.extend(look_ups(rooms, row, label, &checked.table)?);
    Ok(checked.slow_offers.get_or_init(|| found).clone())
}

/// Whether the label does not say yet what a suggestion would.
fn is_open(label: &Label, field: &str) -> bool {
    match field.rsplit_once('/') {
        Some((_, "key")) => !label.columns.iter().any(|c| c.key),
        Some((column, "looks_up")) => {
            let id = column.trim_start_matches("column/");
            label.column(id).is_some_and(|c| c.looks_up.is_none())
        }
        _ => field != "promise" || label.promise.is_none(),
    }
}

/// Writes an accepted suggestion into the label.
pub fn accept(label: &mut Label, suggestion: &Suggestion) {
    let value = suggestion.value.clone();
    match suggestion.field.as_str() {
        "title" => label.title = value,
        "summary" => label.summary = value,
        "area" => label.area = value,
        "promise" => {
            if let Some(code) = suggestion.params.get("code")
                && let larder_model::Param::Text(text) = code
            {
                label.promise = Promise::parse(text);
            }
        }
        field => {
            let mut parts = field.splitn(3, '/');
            let (Some("column"), Some(id), Some(what)) = (parts.next(), parts.next(), parts.next()) else {
                return;
            };
            let Some(column) = label.columns.iter_mut().find(|c| c.id == id) else {
                return;
            };
            match what {
                "meaning" => column.meaning = value,
                "unit" => column.unit = Some(value),
                "key" => column.key = true,
                "looks_up" => column.looks_up = suggestion.column.as_ref().and_then(|c| c.looks_up.clone()),
                _ => {}
            }
        }
    }
}

fn suggestion(field: String, value: String, why: Why, params: &[(&str, String)]) -> Suggestion {
    let params: Params = params.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into())).collect();
    Suggestion { field, value, why, params, column: None }
}

fn title(rooms: &Rooms, row: &DraftRow, reading: &Reading) -> Option<Suggestion> {
    let from_row = reading.left_out.iter().find(|l| l.reason == LeftOutReason::Title).and_then(|left| {
        let open: std::sync::Arc<OpenDraft> = rooms.drafts.get(&row.id)?;
        let text = open.book()?.window(reading, left.row - 1, 1).into_iter().next()?.text?;
        let text = larder_model::display_text(&text, 60);
        let words = text.split_whitespace().count();
        (1..=8).contains(&words).then_some((left.row, text))
    });
    if let Some((at, text)) = from_row {
        let params = [("row", at.to_string()), ("text", text.clone())];
        return Some(suggestion("title".into(), text, Why::TitleRow, &params));
    }
    let name = name_from_file(&row.file_name);
    let sheet = reading.sheet.trim();
    // "Sheet1" says nothing; "March" does.
    let value = if name.is_empty() { sheet.to_owned() } else { name };
    (!value.is_empty()).then(|| suggestion("title".into(), value, Why::FileName, &[("file", row.file_name.clone())]))
}

/// `till_export_MARCH(2).csv` becomes `Till export March`.
fn name_from_file(file_name: &str) -> String {
    readable_name(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem))
}

/// The name of a file or folder as a title: words apart, no shouting.
pub fn readable_name(stem: &str) -> String {
    let spaced: String = stem.chars().map(|c| if "_-.()[]".contains(c) { ' ' } else { c }).collect();
    let mut words: Vec<String> = spaced
        .split_whitespace()
        .filter(|w| !matches!(w.to_lowercase().as_str(), "final" | "copy" | "kopie" | "new" | "neu"))
        .map(|w| {
            let shout = w.chars().count() > 2 && w.chars().all(|c| c.is_uppercase());
            if shout { capital(&w.to_lowercase()) } else { w.to_owned() }
        })
        .collect();
    // A lone number at the end is the browser's "(2)" or a version, unless it is a year.
    if words.len() > 1 && words.last().is_some_and(|w| w.len() < 4 && w.chars().all(|c| c.is_ascii_digit())) {
        words.pop();
    }
    if let Some(first) = words.first_mut() {
        *first = capital(first);
    }
    words.join(" ")
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn summary(words: &Words, label: &Label) -> Option<Suggestion> {
    let name = |c: &Column| c.name.clone();
    let measures: Vec<String> = label.columns.iter().filter(|c| c.kind.is_numeric()).map(name).take(3).collect();
    let by: Vec<String> = label
        .columns
        .iter()
        .filter(|c| matches!(c.kind, Kind::Date | Kind::DateTime | Kind::Text | Kind::Place | Kind::Boolean))
        .map(name)
        .take(3)
        .collect();
    let list = |items: &[String]| match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), words.text("suggest-and")),
    };
    let id = match (measures.is_empty(), by.is_empty()) {
        (false, false) => "suggest-summary",
        (true, false) => "suggest-summary-list",
        (false, true) => "suggest-summary-figures",
        (true, true) => return None,
    };
    let params = Params::from([("measures".to_owned(), list(&measures).into()), ("by".to_owned(), list(&by).into())]);
    let columns = measures.iter().chain(&by).cloned().collect::<Vec<_>>().join(", ");
    Some(suggestion("summary".into(), words.with(id, &params), Why::ColumnNames, &[("columns", columns)]))
}

/// The area that a known word belongs to, as the shelf calls it already; else the one where this person keeps most.
fn area(larder: &Larder, rooms: &Rooms, words: &Words, label: &Label) -> Result<Option<Suggestion>, Refusal> {
    let latest = rooms.seen.latest_without_profiles(None)?;
    let by_word = label.columns.iter().find_map(|column| {
        let (known, word) = known_word(&column.name)?;
        let names = [&known.area_en, &known.area_de];
        let there = latest.iter().map(|s| &s.card.label.area).find(|area| names.contains(area));
        let ours = if words.language() == "de" { &known.area_de } else { &known.area_en };
        let area = there.unwrap_or(ours);
        (!area.is_empty()).then(|| suggestion("area".into(), area.clone(), Why::KnownWord, &[("word", word)]))
    });
    if by_word.is_some() {
        return Ok(by_word);
    }
    let me = larder.me()?.map(|me| me.person.name).unwrap_or_default();
    let mine: Vec<&String> = latest.iter().filter(|s| s.card.label.keeper == me).map(|s| &s.card.label.area).collect();
    let usual = mine.iter().max_by_key(|a| mine.iter().filter(|b| b == a).count());
    Ok(usual.map(|area| suggestion("area".into(), (*area).clone(), Why::You, &[("name", me.clone())])))
}

fn known_word(header: &str) -> Option<(&'static KnownWord, String)> {
    let folded = search_text(header);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let whole = parts.join(" ");
    let hit = |known: &KnownWord, word: &str| known.words.iter().any(|w| search_text(w) == word);
    KNOWN.word.iter().find(|k| hit(k, &whole)).map(|k| (k, header.to_owned())).or_else(|| {
        parts.iter().rev().find_map(|part| KNOWN.word.iter().find(|k| hit(k, part)).map(|k| (k, (*part).to_owned())))
    })
}

/// A table that covers a day, a week or a month will come again after as long.
fn promise(words: &Words, label: &Label, table: &Table) -> Option<Suggestion> {
    let column = label.columns.iter().find(|c| matches!(c.kind, Kind::Date | Kind::DateTime))?;
    let profile = larder_tables::profile(&table.keep_columns(std::slice::from_ref(&column.id)));
    let of = profile.columns.first()?;
    let day = |text: &Option<String>| -> Option<jiff::civil::Date> { text.as_ref()?.get(..10)?.parse().ok() };
    let (first, last) = (day(&of.min)?, day(&of.max)?);
    let days = (last - first).get_days() + 1;
    let (promise, code) = match days {
        1 => (Every::Day, "daily 18:00"),
        5..=7 => (Every::Week { on: larder_model::Weekday::Monday }, "monday 12:00"),
        26..=31 => (Every::Month { day: 5 }, "month 5 12:00"),
        _ => return None,
    };
    let id = match promise {
        Every::Day | Every::WorkingDay => "suggest-promise-day",
        Every::Week { .. } => "suggest-promise-week",
        Every::Month { .. } => "suggest-promise-month",
    };
    let examples = format!("{first} – {last}");
    Some(suggestion(
        "promise".into(),
        words.text(id),
        Why::Values,
        &[("examples", examples), ("code", code.to_owned())],
    ))
}

fn meaning(rooms: &Rooms, words: &Words, column: &Column, row: &DraftRow) -> Result<Option<Suggestion>, Refusal> {
    if !column.meaning.trim().is_empty() {
        return Ok(None);
    }
    let field = format!("column/{}/meaning", column.id);
    let colleague = rooms
        .seen
        .find_columns(&column.id, 8)?
        .into_iter()
        .find(|hit| !hit.column.meaning.trim().is_empty() && row.product.as_ref() != Some(&hit.product));
    if let Some(hit) = colleague {
        let params = [("product", hit.title), ("column", hit.column.name.clone())];
        return Ok(Some(suggestion(field, hit.column.meaning, Why::Colleague, &params)));
    }
    Ok(known_word(&column.name).map(|(known, word)| {
        let text = if words.language() == "de" { &known.de } else { &known.en };
        suggestion(field, text.clone(), Why::KnownWord, &[("word", word)])
    }))
}

/// The first column, or the shortest run of leading columns, whose values never occur twice.
fn key(label: &Label, checked: &Checked) -> Vec<Suggestion> {
    let rows = checked.profile.rows;
    if rows < KEY_ROWS {
        return Vec::new();
    }
    let params = [("rows", rows.to_string())];
    let as_key = |c: &Column| suggestion(format!("column/{}/key", c.id), c.name.clone(), Why::Unique, &params);
    let profile_of = |id: &str| checked.profile.columns.iter().find(|p| p.id == id);
    let alone = label.columns.iter().find(|c| {
        c.kind != Kind::Money
            && c.kind != Kind::Number
            && profile_of(&c.id).is_some_and(|p| p.empty == 0 && p.distinct == rows)
    });
    if let Some(column) = alone {
        return vec![as_key(column)];
    }
    let candidates: Vec<&Column> = label
        .columns
        .iter()
        .filter(|c| {
            matches!(c.kind, Kind::Code | Kind::Date | Kind::DateTime | Kind::Text | Kind::Place | Kind::Integer)
        })
        .filter(|c| profile_of(&c.id).is_some_and(|p| p.empty == 0 && p.distinct > 1))
        .take(5)
        .collect();
    for (i, a) in candidates.iter().enumerate() {
        for b in &candidates[i + 1..] {
            let most = |id: &str| profile_of(id).map_or(0, |p| p.distinct);
            let possible = most(&a.id).saturating_mul(most(&b.id)) >= rows;
            let helps = a.kind != Kind::Integer && b.kind != Kind::Integer;
            if possible && helps && unique_together(&checked.table, [&a.id, &b.id]) {
                return vec![as_key(a), as_key(b)];
            }
        }
    }
    Vec::new()
}

fn unique_together(table: &Table, ids: [&str; 2]) -> bool {
    let (Some(a), Some(b)) = (table.column_index(ids[0]), table.column_index(ids[1])) else {
        return false;
    };
    let pair = table.keep_columns(&[table.columns()[a].id.clone(), table.columns()[b].id.clone()]);
    let mut seen = HashSet::new();
    let mut start = 0;
    while start < pair.rows() {
        let page = pair.page(start, 4_096);
        if page.is_empty() {
            break;
        }
        start += page.len() as u64;
        for row in page {
            if !seen.insert(row) {
                return false;
            }
        }
    }
    true
}

/// Columns whose values nearly all stand in what makes a colleague's rows unique.
fn look_ups(rooms: &Rooms, row: &DraftRow, label: &Label, table: &Table) -> Result<Vec<Suggestion>, Refusal> {
    let mut found = Vec::new();
    let open: Vec<&Column> =
        label.columns.iter().filter(|c| c.looks_up.is_none() && matches!(c.kind, Kind::Code | Kind::Text)).collect();
    if open.is_empty() {
        return Ok(found);
    }
    for seen in rooms.seen.latest(None)? {
        let theirs = &seen.card.label;
        let [key] = theirs.key().try_into().unwrap_or([String::new()]);
        if key.is_empty() || row.product.as_ref() == Some(&seen.product) || seen.card.profile.rows > 100_000 {
            continue;
        }
        let Some(their_column) = theirs.column(&key) else {
            continue;
        };
        let alike: Vec<&&Column> = open.iter().filter(|c| c.kind == their_column.kind).collect();
        let Some(path) = cards::table_path(rooms, &seen).filter(|p| p.exists() && !alike.is_empty()) else {
            continue;
        };
        let their_table = larder_tables::TableFile::open(&path)?.read()?;
        let Some(known) = larder_tables::distinct_values(&their_table, &key, 100_000) else {
            continue;
        };
        for column in alike {
            let Some(ours) = larder_tables::distinct_values(table, &column.id, 100_000) else {
                continue;
            };
            let hits = ours.iter().filter(|v| known.contains(*v)).count();
            if ours.len() >= 3 && hits * 10 >= ours.len() * 9 {
                found.push(look_up(column, &seen.product, theirs, their_column, hits as f64 / ours.len() as f64));
            }
        }
    }
    Ok(found)
}

fn look_up(column: &Column, product: &larder_model::ProductId, theirs: &Label, key: &Column, share: f64) -> Suggestion {
    let params =
        [("product", theirs.title.clone()), ("column", key.name.clone()), ("share", format!("{:.0}", share * 100.0))];
    let mut with = column.clone();
    with.looks_up = Some(LookUp { product: product.to_string(), title: theirs.title.clone(), column: key.id.clone() });
    let field = format!("column/{}/looks_up", column.id);
    Suggestion { column: Some(with), ..suggestion(field, theirs.title.clone(), Why::LooksUp, &params) }
}

/// The data product's id from its title: readable in files, and never the same twice.
pub fn product_id(title: &str, random: &str) -> Option<larder_model::ProductId> {
    let slug = column_id(title).replace('_', "-");
    let slug = if slug.is_empty() { "table".to_owned() } else { slug };
    let short: String = slug.chars().take(40).collect();
    larder_model::ProductId::parse(&format!("{}-{}", short.trim_matches('-'), random.get(..6).unwrap_or("000000")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_second_download_becomes_a_readable_name() {
        assert_eq!(name_from_file("till_export_MARCH(2).csv"), "Till export March");
        assert_eq!(name_from_file("Preisliste 2026 final.xlsx"), "Preisliste 2026");
        assert_eq!(name_from_file("daten.csv"), "Daten");
    }

    #[test]
    fn a_german_header_is_a_known_word() {
        let (known, word) = known_word("Artikel-Nr.").unwrap();
        assert!(!known.de.is_empty() && !known.en.is_empty(), "{word}");
        assert!(known_word("Xqzv").is_none());
    }

    #[test]
    fn a_title_of_signs_still_makes_an_id() {
        assert_eq!(product_id("???", "abcdef12").unwrap().as_str(), "table-abcdef");
        assert_eq!(product_id("Till sales", "abcdef12").unwrap().as_str(), "till-sales-abcdef");
    }
}
