//! What a draft takes over from the description beside its file: the label, and how the file is read. It is where a draft
//! begins; what a person or an earlier file of the data product says later holds.

use std::path::Path;

use larder_catalog::DraftRow;
use larder_formats::Book;
use larder_formats::described::{
    DateOrder as ToldOrder, Described, DescribedColumn, DescribedTable, Kind as Told, Standard,
};
use larder_model::{
    Choice, Column, DateOrder, DecimalMark, FindingCode, Kind, Label, LookUp, Promise, ReadColumn, Reading, Terms,
    search_text,
};

use crate::beside::{self, Beside, column_for};
use crate::bring::Fresh;
use crate::drafts::Extra;
use crate::larder::Rooms;
use crate::taken_over::{Brought, TakenOver};
use crate::{Larder, label, own_words, reading_job};

/// Words for "nothing here" that are taken over; more are a list of something else.
const EMPTY_WORDS: usize = 20;

/// Such a word is a word and no text.
const EMPTY_WORD_CHARS: usize = 60;

/// So many columns are tried one by one where a description is wrong about some of them.
const TRIED_ALONE: usize = 100;

/// Begins a draft with the description beside its file, if there is one. Answers the first rows as they read with it.
pub fn take_over(
    larder: &Larder,
    rooms: &Rooms,
    row: &mut DraftRow,
    extra: &mut Extra,
    fresh: &Fresh<'_>,
    head: Book,
) -> Book {
    let guessed = head.read(&[]);
    let found = beside::find(fresh.stood_at, &guessed, larder.words().language());
    if let Some(broken) = found.broken {
        let broken_at = Some(broken.line.unwrap_or(0));
        let file = larder_model::display_text(&broken.file_name, 200);
        extra.described = Some(TakenOver { file, broken_at, ..TakenOver::default() });
    }
    let beside = found.beside.or_else(|| own_words::about_sheet(fresh.path, &row.file_name, &guessed));
    let Some(beside) = beside else { return head };
    let (head, choices) = as_it_is_written(fresh, &row.file_name, head, &beside);
    if !beside::fits(&beside.table, &head.read(&choices)) {
        return head;
    }
    let choices = as_it_is_meant(&head, choices, &beside.table);
    let reading = head.read(&choices);
    let mut without = row.label.clone();
    describe(rooms, &mut row.label, &beside, &reading);
    without.columns = row.label.columns.iter().map(|column| undescribed(column, &guessed)).collect();
    extra.described = Some(TakenOver {
        file: larder_model::display_text(&beside.file_name, 200),
        inside: beside.described.standard == Standard::AboutSheet,
        broken_at: None,
        columns: row.label.columns.len(),
        notes: beside.described.notes.len(),
        choices: choices.len(),
        brought: Some(Brought { choices: choices.clone(), label: row.label.clone(), without }),
        left: Vec::new(),
    });
    row.choices = choices;
    head
}

/// A column as it would be without what its description says.
fn undescribed(column: &Column, guessed: &Reading) -> Column {
    let read = guessed.columns.iter().find(|read| read.id == column.id);
    Column {
        meaning: String::new(),
        unit: read.and_then(|read| read.unit.clone()),
        currency: read.and_then(|read| read.currency.clone()),
        key: false,
        required: false,
        personal: false,
        looks_up: None,
        ..column.clone()
    }
}

/// The separator and the encoding that the description names, if the file reads at least as well with them.
fn as_it_is_written(fresh: &Fresh<'_>, file_name: &str, head: Book, beside: &Beside) -> (Book, Vec<Choice>) {
    let guessed = head.read(&[]);
    let dialect = &beside.table.dialect;
    let mut choices = Vec::new();
    let told = |told: &Option<String>, guess: &Option<String>| told.clone().filter(|t| Some(t) != guess.as_ref());
    if guessed.encoding.is_some() {
        let encoding = told(&dialect.encoding.as_ref().map(|e| e.to_lowercase()), &guessed.encoding);
        choices.extend(encoding.map(|encoding| Choice::Encoding { encoding }));
        let delimiter = told(&dialect.delimiter, &guessed.delimiter);
        choices.extend(delimiter.map(|delimiter| Choice::Delimiter { delimiter }));
    }
    if let Some(sheet) = &dialect.sheet
        && *sheet != guessed.sheet
        && guessed.sheets.iter().any(|there| there.name == *sheet)
    {
        choices.push(Choice::Sheet { sheet: sheet.clone() });
    }
    if choices.is_empty() {
        return (head, choices);
    }
    let again = reading_job::input(fresh.path, file_name)
        .and_then(|input| larder_formats::open_head(file_name, input, &choices, reading_job::FIRST_ROWS));
    let Ok(again) = again else { return (head, Vec::new()) };
    let reading = again.read(&choices);
    // Another name for the same encoding is no choice.
    let differs = reading.encoding != guessed.encoding
        || reading.delimiter != guessed.delimiter
        || reading.sheet != guessed.sheet;
    let known = |reading: &Reading| beside::known(&beside.table, reading);
    let fits = beside::fits(&beside.table, &reading) && known(&reading) >= known(&guessed);
    if !differs || !fits || is_garbled(&reading) {
        return (head, Vec::new());
    }
    (again, choices)
}

/// Bytes that the encoding has no letter for.
fn is_garbled(reading: &Reading) -> bool {
    let mut texts = reading.columns.iter().flat_map(|c| std::iter::once(&c.name).chain(&c.examples));
    texts.any(|text| text.contains('\u{fffd}'))
}

/// Words for nothing, and what each column holds, where it differs from what was guessed and the rows agree.
fn as_it_is_meant(head: &Book, mut choices: Vec<Choice>, table: &DescribedTable) -> Vec<Choice> {
    let is_word = |word: &&str| (1..=EMPTY_WORD_CHARS).contains(&word.chars().count());
    let words = table.missing_values.iter().map(|word| word.trim()).filter(is_word);
    choices.extend(words.take(EMPTY_WORDS).map(|word| Choice::EmptyWord { word: word.to_owned(), empty: true }));
    let mut reading = head.read(&choices);
    let told = reading.columns.iter().filter_map(|read| Some((column_for(table, read)?, read)));
    let told: Vec<Choice> = told.flat_map(|(told, read)| told_about(told, read, table.dialect.decimal_mark)).collect();
    let all: Vec<Choice> = choices.iter().chain(&told).cloned().collect();
    if misfits(&head.read(&all)) <= misfits(&reading) {
        return all;
    }
    // Some of it is wrong about the rows: each is tried on its own.
    for choice in told.into_iter().take(TRIED_ALONE) {
        choices.push(choice);
        let again = head.read(&choices);
        if misfits(&again) <= misfits(&reading) {
            reading = again;
        } else {
            choices.pop();
        }
    }
    choices
}

fn misfits(reading: &Reading) -> u64 {
    reading.findings.iter().filter(|finding| finding.code == FindingCode::Misfits).map(|finding| finding.count).sum()
}

/// What a description says differently about a column.
fn told_about(told: &DescribedColumn, read: &ReadColumn, mark_of_all: Option<char>) -> Vec<Choice> {
    let Some(hint) = &told.kind else { return Vec::new() };
    let column = || Some(read.id.clone());
    let mut choices = Vec::new();
    let order = match hint.date_order {
        Some(ToldOrder::DayFirst) => Some(DateOrder::DayFirst),
        Some(ToldOrder::MonthFirst) => Some(DateOrder::MonthFirst),
        _ => None,
    };
    if let (Some(order), Some(guess)) = (order, read.date_order)
        && order != guess
    {
        choices.push(Choice::DateOrder { column: column(), order });
    }
    let mark = match hint.decimal_mark.or(mark_of_all) {
        Some(',') => Some(DecimalMark::Comma),
        Some('.') => Some(DecimalMark::Dot),
        _ => None,
    };
    if let (Some(mark), Some(guess)) = (mark, read.decimal_mark)
        && mark != guess
    {
        choices.push(Choice::DecimalMark { column: column(), mark });
    }
    let one_value = hint.list_separator.is_none() && !hint.text_around;
    let kind = kind_told(hint.kind, hint.finer.as_deref(), told.currency.is_some(), read.kind);
    if let Some(kind) = kind.filter(|kind| one_value && *kind != read.kind) {
        choices.push(Choice::Kind { column: read.id.clone(), kind });
    }
    choices
}

/// The kind that a description means; none where what was guessed is as good or finer.
fn kind_told(told: Told, finer: Option<&str>, has_currency: bool, guess: Kind) -> Option<Kind> {
    let is_text = matches!(guess, Kind::Text | Kind::Code | Kind::Email | Kind::Place);
    match told {
        Told::Text if finer == Some("email") => Some(Kind::Email),
        Told::Text if is_text => None,
        // Digits that are text name something.
        Told::Text if guess == Kind::Integer => Some(Kind::Code),
        Told::Text => Some(Kind::Text),
        Told::Integer | Told::Number if has_currency => Some(Kind::Money),
        Told::Integer if guess == Kind::Code => Some(Kind::Integer),
        Told::Number if matches!(guess, Kind::Money | Kind::Percent) => None,
        Told::Number => Some(Kind::Number),
        Told::Boolean => Some(Kind::Boolean),
        Told::Date => Some(Kind::Date),
        Told::DateTime => Some(Kind::DateTime),
        Told::Time => Some(Kind::Time),
        Told::Duration => Some(Kind::Duration),
        _ => None,
    }
}

/// Writes on a new label what the description says.
fn describe(rooms: &Rooms, to: &mut Label, beside: &Beside, reading: &Reading) {
    let Beside { described, table, .. } = beside;
    // What is said about a package of several tables is not said about one of them; one table may be there in several
    // formats.
    let columns = |table: &DescribedTable| table.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    let own = columns(table);
    let alone = described.tables.iter().map(columns).all(|theirs| theirs.is_empty() || theirs == own);
    let of_all = |text: &Option<String>| text.clone().filter(|_| alone);
    to.title = table.title.clone().or_else(|| of_all(&described.title)).unwrap_or_default();
    to.summary = table.summary.clone().or_else(|| of_all(&described.summary)).unwrap_or_default();
    let good_for: Vec<&str> = [&described.purpose, &described.usage].into_iter().filter_map(|t| t.as_deref()).collect();
    to.good_for = good_for.join("\n");
    to.not_for = described.limits.clone().unwrap_or_default();
    let (summary, fits, fits_not) = own_words::apart(&to.summary);
    to.summary = summary;
    for (text, own) in [(&mut to.good_for, fits), (&mut to.not_for, fits_not)] {
        if text.is_empty() {
            *text = own;
        }
    }
    to.tags = described.keywords.clone();
    to.terms = terms(described);
    to.promise = described.promise.clone().or_else(|| promise(described));
    if to.keeper.is_empty() {
        (to.keeper, to.keeper_email) = keeper(described);
    }
    let columns = reading.columns.iter().filter_map(|read| Some(column(rooms, column_for(table, read)?, read)));
    to.columns = columns.collect();
    *to = label::tidy(std::mem::take(to));
}

fn column(rooms: &Rooms, told: &DescribedColumn, read: &ReadColumn) -> Column {
    let currency = told.currency.clone().filter(|_| read.kind == Kind::Money);
    Column {
        id: read.id.clone(),
        name: read.name.clone(),
        kind: read.kind,
        meaning: told.meaning.clone().or_else(|| told.title.clone()).unwrap_or_default(),
        unit: told.unit.clone().or_else(|| read.unit.clone()),
        currency: read.currency.clone().or(currency),
        decimals: read.decimals,
        example: None,
        key: told.key_part.is_some(),
        required: told.required,
        personal: told.personal,
        looks_up: told.looks_up.as_ref().and_then(|told| look_up(rooms, told.table.as_deref()?, &told.column)),
    }
}

/// The data product on the shelf that a description names, if it has that column.
fn look_up(rooms: &Rooms, table: &str, column: &str) -> Option<LookUp> {
    let (name, id) = (search_text(table), larder_model::column_id(column));
    let slug = format!("{}-", larder_model::column_id(table).replace('_', "-"));
    let latest = rooms.seen.latest_without_profiles(None).ok()?;
    let seen = latest.into_iter().find(|seen| {
        let named = search_text(&seen.card.label.title) == name || seen.product.as_str().starts_with(&slug);
        named && (column.is_empty() || seen.card.label.column(&id).is_some())
    })?;
    // Where no column is named it is what makes each row there unique, if that is one.
    let id = match (column.is_empty(), seen.card.label.key().as_slice()) {
        (false, _) => id,
        (true, [key]) => key.clone(),
        (true, _) => return None,
    };
    Some(LookUp { product: seen.product.to_string(), title: seen.card.label.title, column: id })
}

fn terms(described: &Described) -> Terms {
    let Some(licence) = &described.licence else { return Terms::default() };
    let name = licence.name.as_deref().unwrap_or_default().to_lowercase();
    let url = licence.url.as_deref().unwrap_or_default();
    if name == "cc-by-4.0" || url.contains("creativecommons.org/licenses/by/4.0") {
        return Terms::CcBy;
    }
    if name.starts_with("cc0") || url.contains("creativecommons.org/publicdomain/zero") {
        return Terms::CcZero;
    }
    let own = [licence.title.as_ref().or(licence.name.as_ref()), licence.url.as_ref()];
    let own: Vec<&str> = own.into_iter().flatten().map(String::as_str).collect();
    if own.is_empty() { Terms::default() } else { Terms::Own { text: own.join(", ") } }
}

/// Who answers for it, or else who made it.
fn keeper(described: &Described) -> (String, Option<String>) {
    let answers = |role: &str| ["owner", "steward", "maintainer"].iter().any(|word| role.contains(word));
    let mut people = described.people.iter().filter(|person| person.name.is_some());
    let owner = people.clone().find(|person| person.role.as_deref().is_some_and(|r| answers(&r.to_lowercase())));
    match owner.or_else(|| people.next()) {
        Some(person) => (person.name.clone().unwrap_or_default(), person.email.clone()),
        None => (String::new(), None),
    }
}

/// Every day, week or month; by the same hour as is suggested where a file says so itself.
fn promise(described: &Described) -> Option<Promise> {
    let frequency = described.frequency.as_ref()?;
    let word = |text: &str| text.rsplit(['/', '#']).next().unwrap_or_default().trim().to_lowercase();
    let (every, unit) = (word(&frequency.every), frequency.unit.as_deref().map(word));
    let said = match (every.as_str(), unit.as_deref()) {
        (word, None) => word,
        ("1", Some(unit)) => unit,
        _ => return None,
    };
    let code = match said {
        "daily" | "d" | "day" | "days" | "p1d" => "daily 18:00",
        "weekly" | "w" | "week" | "weeks" | "p1w" => "monday 12:00",
        "monthly" | "m" | "month" | "months" | "p1m" => "month 5 12:00",
        _ => return None,
    };
    Promise::parse(code)
}

/// The description beside a file that reads so, and how many of its columns that describes.
pub fn look(path: &Path, reading: &Reading) -> Option<(String, usize)> {
    let own = || own_words::about_sheet(path, &crate::bring::name_of(path), reading);
    let beside = beside::find(path, reading, "en").beside.or_else(own)?;
    let columns = beside::known(&beside.table, reading);
    beside::fits(&beside.table, reading).then_some(())?;
    Some((larder_model::display_text(&beside.file_name, 200), columns))
}
