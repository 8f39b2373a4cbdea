//! `datapackage.json`: Frictionless Data Package 2.0 (26 June 2024), as its own tool and its profile accept it.

use larder_model::{Column, Kind, Terms, display_text};
use larder_tables::{Table, TableColumn};
use serde_json::{Map, Value, json};

use super::escape::is_plain_email;
use super::facts::Facts;
use super::licence;
use super::package::{FileNote, PackageInput, slug};
use super::{PageWords, Word};

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The description of a package for programs: what it is, who answers for it, its terms, and each of `files` with its
/// size and sha256. The csv is the table, with its columns; Parquet is listed as plain bytes, because tools of the
/// standard fail on it otherwise. Keys and "may not be empty" are stated only where the rows keep them; what people
/// want of the rows stands beside it under names of our own.
pub fn datapackage_json(input: &PackageInput, files: &[FileNote]) -> Value {
    let (card, label) = (input.card, &input.card.label);
    let mut package = Map::new();
    package.insert("$schema".into(), PROFILE.into());
    package.insert("id".into(), card.product.as_str().into());
    package.insert("name".into(), slug(&label.title).into());
    package.insert("title".into(), display_text(&label.title, 200).into());
    insert_text(&mut package, "description", &description(input));
    package.insert("version".into(), card.release.to_string().into());
    if let Ok(filled) = card.filled_at.parse::<jiff::Timestamp>() {
        package.insert("created".into(), filled.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into());
    }
    insert_list(&mut package, "keywords", keywords(input));
    insert_list(&mut package, "contributors", contributors(input));
    package.insert("licenses".into(), Value::Array(vec![license(&label.terms, input.words)]));
    let sources = card.sources.iter().map(|source| (display_text(&source.file_name, 200), source));
    let sources = sources.filter(|(title, _)| !title.is_empty());
    insert_list(
        &mut package,
        "sources",
        sources.map(|(title, source)| json!({ "title": title, "rows": source.rows })).collect(),
    );
    if let Some(promise) = &label.promise {
        package.insert("promise".into(), json!(promise));
    }
    let Some(table) = input.table else {
        package
            .insert("columns".into(), label.columns.iter().map(|column| field_of_label(column, input.words)).collect());
        insert_list(&mut package, "resources", files.iter().map(|file| plain_resource(file, "label")).collect());
        return package.into();
    };
    let resources = files.iter().map(|file| {
        if file.path.ends_with(".csv") {
            table_resource(file, input, table)
        } else {
            plain_resource(file, &slug(&label.title))
        }
    });
    insert_list(&mut package, "resources", resources.collect());
    package.into()
}

fn insert_text(into: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        into.insert(name.to_owned(), text.into());
    }
}

/// The profile wants lists to be left out rather than empty.
fn insert_list(into: &mut Map<String, Value>, name: &str, list: Vec<Value>) {
    if !list.is_empty() {
        into.insert(name.to_owned(), Value::Array(list));
    }
}

fn description(input: &PackageInput) -> String {
    let (label, words) = (&input.card.label, input.words);
    let mut parts = vec![display_text(&label.summary, 4000)];
    for (word, text) in [(Word::GoodFor, &label.good_for), (Word::NotFor, &label.not_for)] {
        if !text.trim().is_empty() {
            parts.push(format!("{} {}", words.say(word), display_text(text, 4000)));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn keywords(input: &PackageInput) -> Vec<Value> {
    let label = &input.card.label;
    let mut words: Vec<String> = Vec::new();
    for word in std::iter::once(&label.area).chain(&label.tags) {
        let word = display_text(word, 100);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words.into_iter().map(Value::from).collect()
}

fn contributors(input: &PackageInput) -> Vec<Value> {
    let label = &input.card.label;
    let organisation = display_text(input.organisation, 200);
    let person = |name: &str, email: Option<&str>, roles: &[&str]| {
        let title = display_text(name, 200);
        let mut person = Map::new();
        person.insert("title".into(), if title.is_empty() { organisation.clone() } else { title.clone() }.into());
        insert_text(&mut person, "email", email.filter(|email| is_plain_email(email)).unwrap_or_default());
        insert_text(&mut person, "organization", &organisation);
        person.insert("roles".into(), json!(roles));
        (!title.is_empty() || !organisation.is_empty()).then_some(Value::Object(person))
    };
    let keeper = person(&label.keeper, label.keeper_email.as_deref(), &["rightsHolder", "contact"]);
    let stand_in = (!label.stand_in.trim().is_empty()).then(|| person(&label.stand_in, None, &["contact"])).flatten();
    keeper.into_iter().chain(stand_in).collect()
}

fn license(terms: &Terms, words: &dyn PageWords) -> Value {
    let (name, title) = licence::name_and_title(terms, words);
    let mut license = Map::new();
    insert_text(&mut license, "name", name.unwrap_or_default());
    license.insert("path".into(), "LICENSE.txt".into());
    insert_text(&mut license, "title", &title);
    license.into()
}

/// A file that other tools shall check by size and hash only.
fn plain_resource(file: &FileNote, name: &str) -> Value {
    let ending = file.path.rsplit('.').next().unwrap_or_default();
    json!({
        "name": format!("{name}_{ending}"),
        "path": file.path,
        "format": "binary",
        "mediatype": file.media_type(),
        "bytes": file.size_bytes,
        "hash": format!("sha256:{}", file.sha256),
    })
}

fn table_resource(file: &FileNote, input: &PackageInput, table: &Table) -> Value {
    let label = &input.card.label;
    let name = slug(&label.title);
    // A csv without a single column is not a table to anybody.
    if table.columns().is_empty() {
        return plain_resource(file, &name);
    }
    let key: Vec<String> = label.key().into_iter().filter(|id| table.column_index(id).is_some()).collect();
    let facts = Facts::of(table, &key);
    let fields = table.columns().iter().zip(&facts.has_empty).map(|(column, has_empty)| {
        let alone = facts.key_holds && key == [column.id.as_str()];
        field(column, label.column(&column.id), !has_empty, alone, input.words)
    });
    let mut schema = json!({ "fields": fields.collect::<Vec<_>>(), "missingValues": [""] });
    if facts.key_holds {
        schema["primaryKey"] = json!(key);
    } else if !key.is_empty() {
        schema["wantedKey"] = json!(key);
    }
    let mut resource = json!({
        "name": name,
        "type": "table",
        "title": display_text(&label.title, 200),
        "path": file.path,
        "format": "csv",
        "mediatype": file.media_type(),
        "encoding": "utf-8",
        "bytes": file.size_bytes,
        "hash": format!("sha256:{}", file.sha256),
        "schema": schema,
    });
    if facts.has_blank_rows {
        // Rows without any value are data to us and an error to the standard's tool, unless it is told to pass them by.
        resource["dialect"] = json!({ "skipBlankRows": true });
    }
    resource
}

fn field(
    column: &TableColumn,
    described: Option<&Column>,
    never_empty: bool,
    alone_unique: bool,
    words: &dyn PageWords,
) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.id.as_str().into());
    insert_text(&mut field, "title", &display_text(&column.name, 200));
    field.insert("type".into(), column.kind.table_schema_type().into());
    if column.kind == Kind::Boolean {
        field.insert("trueValues".into(), json!(["true"]));
        field.insert("falseValues".into(), json!(["false"]));
    }
    insert_text(&mut field, "unit", &display_text(column.unit.as_deref().unwrap_or_default(), 60));
    insert_text(&mut field, "currency", &display_text(column.currency.as_deref().unwrap_or_default(), 10));
    field.insert("kind".into(), column.kind.as_str().into());
    if let Some(described) = described {
        about_column(&mut field, described, words);
        let mut constraints = Map::new();
        if described.required && never_empty {
            constraints.insert("required".into(), true.into());
        } else if described.required {
            field.insert("wantedRequired".into(), true.into());
        }
        if alone_unique {
            constraints.insert("unique".into(), true.into());
        }
        if !constraints.is_empty() {
            field.insert("constraints".into(), constraints.into());
        }
    }
    field.into()
}

/// What people say about a column: meaning, whether it tells something about a person, where it is looked up.
fn about_column(field: &mut Map<String, Value>, column: &Column, words: &dyn PageWords) {
    insert_text(field, "description", &display_text(&column.meaning, 4000));
    if column.personal {
        field.insert("personal".into(), true.into());
    }
    if let Some(look_up) = &column.looks_up {
        let title = display_text(&look_up.title, 200);
        let told = format!("{} {title}", words.say(Word::LooksUp));
        field.insert(
            "looksUp".into(),
            json!({ "product": look_up.product, "title": title, "column": look_up.column, "description": told }),
        );
    }
}

/// A column of a label whose rows are not here.
fn field_of_label(column: &Column, words: &dyn PageWords) -> Value {
    let like = TableColumn {
        id: column.id.clone(),
        name: column.name.clone(),
        kind: column.kind,
        currency: column.currency.clone(),
        unit: column.unit.clone(),
        decimals: column.decimals,
    };
    field(&like, Some(column), true, false, words)
}

#[cfg(test)]
#[path = "descriptor_tests.rs"]
mod tests;
