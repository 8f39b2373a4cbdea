//! CSVW 2015, section 5.6: columns, their titles and what stands in the header.

use super::common;
use super::context::Context;
use super::datatype;
use super::table::Inherited;
use crate::described::draft::MAX_VALUES;
use crate::described::model::DescribedColumn;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Node, Spot, choose, is_language};

const MAX_TITLES: usize = 100;

/// A column. Virtual ones have no values in the file and are noted.
pub(super) fn column<'n>(
    spot: &Spot<'n>,
    number: usize,
    context: &Context,
    inherited: &Inherited<'n>,
    log: &mut Log,
) -> Option<DescribedColumn> {
    let mut fields = spot.column(log)?;
    if fields.flag("virtual", log) == Some(true) {
        log.note(NoteCode::NotKept, spot.at.as_str());
        return None;
    }
    fields.pass(&["@type"]);
    let mut inherited = inherited.clone();
    inherited.extend(&mut fields, log);
    let mut column = DescribedColumn::default();
    let id = fields.exact("name", log).filter(|name| !name.is_empty());
    let titles = fields.take("titles").map(|spot| titles(&spot, log)).unwrap_or_default();
    let language = inherited.language.as_deref().or(context.language.as_deref());
    names(&mut column, id, &titles, language, log);
    if column.name.is_empty() {
        column.name = format!("_col.{number}");
        column.id.clone_from(&column.name);
        log.note(NoteCode::NoName, spot.at.as_str());
    }
    column.title = common::title(&mut fields, log).or(column.title);
    column.meaning = common::summary(&mut fields, log);
    column.unit = common::unit(&mut fields, log);
    column.currency = common::currency(&mut fields, log);
    column.required = inherited.required.as_ref().and_then(|spot| spot.flag(log)).unwrap_or(false);
    column.missing_values = nulls(&inherited, log);
    if let Some(spot) = &inherited.datatype {
        datatype::datatype(spot, &mut column, log);
    }
    separator(&inherited, &mut column, log);
    fields.rest(log);
    Some(column)
}

fn nulls(inherited: &Inherited<'_>, log: &mut Log) -> Vec<String> {
    let spots = inherited.null.as_ref().map(|spot| spot.some(MAX_VALUES, log)).unwrap_or_default();
    spots.iter().filter_map(|spot| spot.exact(log)).collect()
}

fn separator(inherited: &Inherited<'_>, column: &mut DescribedColumn, log: &mut Log) {
    let Some(text) = inherited.separator.as_ref().and_then(|spot| spot.exact(log)) else { return };
    let hint = column.kind.get_or_insert(crate::described::model::KindHint::of(crate::described::model::Kind::Text));
    hint.list_separator = Some(text);
}

/// Titles with their languages; `None` for the document's own.
type Titles = Vec<(Option<String>, String)>;

/// `titles`: a text, several, or by language one or several.
fn titles(spot: &Spot<'_>, log: &mut Log) -> Titles {
    let Node::Map(entries) = spot.node else { return texts(spot, None, log) };
    let mut titles = Vec::new();
    if entries.len() > MAX_TITLES {
        log.tell(NoteCode::TooMany, spot.at.as_str(), entries.len().to_string());
    }
    for (language, node) in entries.iter().take(MAX_TITLES) {
        let spot = Spot { node, at: format!("{}/{}", spot.at, language.chars().take(20).collect::<String>()) };
        if is_language(language) {
            titles.extend(texts(&spot, Some(language), log));
        } else {
            log.note(NoteCode::WrongShape, spot.at);
        }
    }
    titles
}

fn texts(spot: &Spot<'_>, language: Option<&str>, log: &mut Log) -> Titles {
    let texts: Vec<String> = spot.some(MAX_TITLES, log).iter().filter_map(|spot| spot.exact(log)).collect();
    texts.into_iter().filter(|text| !text.is_empty()).map(|text| (language.map(str::to_owned), text)).collect()
}

/// The header is the first title in the document's language, or else the name; people get a title in their own.
fn names(column: &mut DescribedColumn, id: Option<String>, titles: &Titles, language: Option<&str>, log: &Log) {
    let tags = || titles.iter().map(|(tag, _)| tag.as_deref().or(language).unwrap_or("und"));
    let own: Vec<String> = language.map(str::to_owned).into_iter().chain(["und".to_owned()]).collect();
    let header = titles.get(choose(tags(), &own)).map(|(_, text)| text.clone());
    let title = titles.get(choose(tags(), &log.languages)).map(|(_, text)| text.trim().to_owned());
    let name = id.as_deref().map(|id| paths::unescape(id).unwrap_or_else(|| id.to_owned()));
    column.name = header.or_else(|| name.clone()).unwrap_or_default();
    column.also_called = titles.iter().map(|(_, text)| text.clone()).chain(name).chain(id.clone()).collect();
    column.id = id.unwrap_or_else(|| column.name.clone());
    column.title = title;
}
