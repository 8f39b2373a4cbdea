//! `index.html` in a data product's folder: its label to read in any browser and to print.

use larder_model::{Card, Column, display_text};

use super::about::{at_a_glance, notes, unit};
use super::escape::{html, is_plain_email, markup, path_step};
use super::package::{PackageInput, slug, workbook_name};
use super::page::{LINE_CHARS, area_style, document, list};
use super::pictures::picture;
use super::{PageWords, Word};

/// Rows shown.
const FIRST_ROWS: u64 = 20;
/// Columns shown of these rows; more would not be read, and a page of ten thousand does not open.
const FIRST_COLUMNS: usize = 60;
/// Columns described.
const GUIDE_COLUMNS: usize = 2000;

/// The page of one data product: at a glance, columns with small pictures, promise, what changed, what is left to fix,
/// the first 20 rows, links to its files. Static and self-contained: no script, nothing loaded, everything escaped.
/// Without rows on the shelf it shows no values at all.
pub fn index_html(input: &PackageInput) -> String {
    let (card, words) = (input.card, input.words);
    let label = &card.label;
    let mut body = String::new();
    body.push_str(&format!("<section class=\"label\" style=\"{}\">\n", area_style(&label.area)));
    body.push_str(&format!("<h1 dir=\"auto\">{}</h1>\n", html(&label.title, 200)));
    body.push_str(&format!("<p class=\"summary\" dir=\"auto\">{}</p>\n", html(&label.summary, LINE_CHARS)));
    for (word, text) in [(Word::GoodFor, &label.good_for), (Word::NotFor, &label.not_for)] {
        if !text.trim().is_empty() {
            body.push_str(&format!(
                "<p dir=\"auto\"><strong>{}</strong> {}</p>\n",
                markup(&words.say(word)),
                html(text, LINE_CHARS)
            ));
        }
    }
    body.push_str("</section>\n");
    body.push_str(&glance(card, words));
    body.push_str(&files(input));
    body.push_str(&columns(input));
    body.push_str(&list(
        &words.say(Word::WhatChanged),
        &card.changes.iter().map(|change| words.change(change)).collect::<Vec<_>>(),
    ));
    body.push_str(&list(
        &words.say(Word::ToFix),
        &card.to_fix.iter().map(|finding| words.finding(finding)).collect::<Vec<_>>(),
    ));
    let sources: Vec<String> = card.sources.iter().map(|source| source_line(source, words)).collect();
    body.push_str(&list(&words.say(Word::WhereFrom), &sources));
    body.push_str(&first_rows(input));
    let shelf = [input.organisation, input.shelf_name].map(|name| display_text(name, 200));
    let shelf: Vec<&str> = shelf.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    body.push_str(&format!(
        "<footer><p dir=\"auto\">{}</p>\n<p>{}</p></footer>\n",
        markup(&shelf.join(" · ")),
        markup(&words.say(Word::CopyNote))
    ));
    document(&label.title, &body, words)
}

fn source_line(source: &larder_model::SourceNote, words: &dyn PageWords) -> String {
    let sheet = source.sheet.as_ref().map(|sheet| format!(" ({sheet})")).unwrap_or_default();
    format!("{}{sheet}, {}", source.file_name, words.moment(&source.brought_in_at))
}

fn glance(card: &Card, words: &dyn PageWords) -> String {
    let mut out = format!("<h2>{}</h2>\n<dl class=\"card\">\n", markup(&words.say(Word::AtAGlance)));
    let keeper = words.say(Word::Keeper);
    for (name, said) in at_a_glance(card, words) {
        let email = card.label.keeper_email.as_deref().filter(|email| name == keeper && is_plain_email(email));
        let said = match email {
            Some(email) => {
                let address = email.split('@').map(path_step).collect::<Vec<_>>().join("@");
                format!("{}, <a href=\"mailto:{address}\">{}</a>", html(&card.label.keeper, 200), markup(email))
            }
            None => html(&said, LINE_CHARS),
        };
        out.push_str(&format!("<dt>{}</dt><dd dir=\"auto\">{said}</dd>\n", markup(&name)));
    }
    out.push_str("</dl>\n");
    out
}

fn files(input: &PackageInput) -> String {
    let words = input.words;
    let Some(table) = input.table else {
        return format!("<p><strong>{}</strong></p>\n", markup(&words.say(Word::RowsNotHere)));
    };
    let slug = slug(&input.card.label.title);
    let mut links = Vec::new();
    if let Some(workbook) = workbook_name(input.card, table) {
        links.push((path_step(&workbook), Word::FileWorkbook));
    }
    links.push((format!("data/{}.csv", path_step(&slug)), Word::FileCsv));
    links.push((format!("data/{}.parquet", path_step(&slug)), Word::FileParquet));
    links.push(("datapackage.json".to_owned(), Word::FileDescription));
    let items: String = links
        .iter()
        .map(|(link, word)| format!("<li><a href=\"{link}\">{}</a></li>\n", markup(&words.say(*word))))
        .collect();
    format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", markup(&words.say(Word::Files)))
}

fn columns(input: &PackageInput) -> String {
    let (label, words) = (&input.card.label, input.words);
    if label.columns.is_empty() {
        return String::new();
    }
    let mut out = format!("<h2>{}</h2>\n<div class=\"two\">\n", markup(&words.say(Word::Columns)));
    for column in label.columns.iter().take(GUIDE_COLUMNS) {
        out.push_str(&column_card(column, input));
    }
    out.push_str("</div>\n");
    out
}

fn column_card(column: &Column, input: &PackageInput) -> String {
    let words = input.words;
    let mut out = format!("<section class=\"card\">\n<h3 dir=\"auto\">{}</h3>\n", html(&column.name, 200));
    let kind = [words.kind(column.kind), unit(column)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    out.push_str(&format!("<p class=\"faint\">{}</p>\n", html(&kind, 200)));
    if !column.meaning.trim().is_empty() {
        out.push_str(&format!("<p dir=\"auto\">{}</p>\n", html(&column.meaning, LINE_CHARS)));
    }
    for note in notes(column, words) {
        out.push_str(&format!("<span class=\"tag\" dir=\"auto\">{}</span>\n", html(&note, 200)));
    }
    if let Some(profile) = input.card.profile.columns.iter().find(|profile| profile.id == column.id) {
        let mut facts =
            vec![(Word::EmptyCells, words.count(profile.empty)), (Word::Different, words.count(profile.distinct))];
        if input.table.is_some() {
            if column.kind.is_numeric() || column.kind.is_temporal() {
                let shown = |value: &Option<String>| value.as_deref().map(|value| words.value(value, column));
                facts.extend(shown(&profile.min).map(|value| (Word::Smallest, value)));
                facts.extend(shown(&profile.max).map(|value| (Word::Largest, value)));
            }
            facts.extend(column.example.as_deref().map(|value| (Word::Example, words.value(value, column))));
        }
        out.push_str("<dl>\n");
        for (word, said) in facts {
            out.push_str(&format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>\n", markup(&words.say(word)), html(&said, 200)));
        }
        out.push_str("</dl>\n");
        if input.table.is_some() {
            out.push_str(&picture(column, profile, words));
        }
    }
    out.push_str("</section>\n");
    out
}

fn first_rows(input: &PackageInput) -> String {
    let (Some(table), words) = (input.table, input.words) else {
        return String::new();
    };
    let columns: Vec<_> = table.columns().iter().take(FIRST_COLUMNS).collect();
    if columns.is_empty() || table.rows() == 0 {
        return String::new();
    }
    let class = |numeric: bool| if numeric { " class=\"right\"" } else { "" };
    let heading = markup(&words.say(Word::FirstRows));
    let mut out = format!(
        "<h2>{heading}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\">\n<table class=\"rows\">\n<thead><tr>"
    );
    for column in &columns {
        out.push_str(&format!(
            "<th scope=\"col\" dir=\"auto\"{}>{}</th>",
            class(column.kind.is_numeric()),
            html(&column.name, 100)
        ));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in table.page(0, FIRST_ROWS) {
        out.push_str("<tr>");
        for (cell, column) in row.iter().zip(&columns) {
            let described = input.card.label.column(&column.id);
            let said = match (cell, described) {
                (Some(value), Some(described)) => words.value(value, described),
                (Some(value), None) => value.clone(),
                (None, _) => String::new(),
            };
            out.push_str(&format!("<td dir=\"auto\"{}>{}</td>", class(column.kind.is_numeric()), html(&said, 200)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
