//! ODCS 3.0 to 3.2: servers. Local ones name the data files; all others are elsewhere and noted.

use crate::described::draft::MAX_ITEMS;
use crate::described::model::DescribedTable;
use crate::described::note::{Log, NoteCode};
use crate::described::paths;
use crate::described::tree::{Fields, Spot};

/// A path of a server, perhaps with `{model}` for the table's name.
pub(super) struct File {
    path: String,
    encoding: Option<String>,
    at: String,
}

/// What stands for the name of the table in a path.
const NAME_SIGNS: [&str; 4] = ["{model}", "{schema}", "{table}", "{object}"];

pub(super) fn read(fields: &mut Fields<'_>, log: &mut Log) -> Vec<File> {
    let servers = fields.some("servers", MAX_ITEMS, log);
    servers.iter().filter_map(|spot| server(spot, log)).collect()
}

fn server(spot: &Spot<'_>, log: &mut Log) -> Option<File> {
    let mut fields = spot.fields(log)?;
    let kind = fields.text("type", log).unwrap_or_default().to_lowercase();
    let is_local = matches!(kind.as_str(), "" | "local" | "file" | "custom");
    let Some(path) = fields.take("path").filter(|_| is_local) else {
        log.tell(NoteCode::RemoteFile, spot.at.as_str(), kind);
        return None;
    };
    let text = path.exact(log)?;
    fields.pass(&["id", "server", "format"]);
    let encoding = fields.text("encoding", log);
    fields.pass_unset(&["roles", "customProperties"]);
    fields.rest(log);
    Some(File { path: text, encoding, at: path.at })
}

/// Gives every table its files.
pub(super) fn spread(files: Vec<File>, tables: &mut [DescribedTable], log: &mut Log) {
    for file in files {
        if NAME_SIGNS.iter().any(|sign| file.path.contains(sign)) {
            tables.iter_mut().for_each(|table| by_name(&file, table, log));
            continue;
        }
        let Some(path) = safe(&file.path, &file.at, log) else { continue };
        match owner(&path, tables) {
            Some(table) => add(table, path, &file),
            None => log.tell(NoteCode::NoTable, file.at, path),
        }
    }
}

fn safe(path: &str, at: &str, log: &mut Log) -> Option<String> {
    paths::safe(path).map_err(|fault| paths::refused(fault, path, at, log)).ok()
}

fn by_name(file: &File, table: &mut DescribedTable, log: &mut Log) {
    let Some(name) = &table.name else { return };
    let path = NAME_SIGNS.iter().fold(file.path.clone(), |path, sign| path.replace(sign, name));
    if let Some(path) = safe(&path, &file.at, log) {
        add(table, path, file);
    }
}

/// The only table, or the one that is called like the file.
fn owner<'t>(path: &str, tables: &'t mut [DescribedTable]) -> Option<&'t mut DescribedTable> {
    if let [table] = tables {
        return Some(table);
    }
    let stem = paths::stem(path);
    tables.iter_mut().find(|table| table.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(stem)))
}

fn add(table: &mut DescribedTable, path: String, file: &File) {
    if !table.paths.contains(&path) && table.paths.len() < MAX_ITEMS {
        table.paths.push(path);
    }
    table.dialect.encoding = table.dialect.encoding.take().or_else(|| file.encoding.clone());
}
