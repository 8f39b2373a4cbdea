//! Office Open XML workbooks (ECMA-376, transitional and strict), with or without macros.

use std::collections::HashMap;

use larder_model::{Format, Refusal, RefusalCode};

use super::package::{Package, damaged, of_xml};
use super::serial::NumberFormat;
use super::strings::Strings;
use super::xml::{Token, Trouble, Xml, unescape};
use super::{Extent, Listed, NamedRange, NamedTable, Opened, Request, choose_sheet, ranges, styles, xlsx_sheet};
use crate::caps;

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    hidden: bool,
    part: String,
}

/// What a workbook says about itself.
#[derive(Default)]
struct Workbook {
    sheets: Vec<(String, bool, String)>,
    epoch_1904: bool,
    /// Names of cells, each with its sheet.
    ranges: Vec<(String, NamedRange)>,
}

/// The part that holds the workbook.
pub(crate) fn workbook_part(package: &mut Package) -> Result<String, Refusal> {
    let relations = relations(package, "_rels/.rels", "")?;
    let found =
        relations.values().find(|(kind, _)| kind.ends_with("/officeDocument")).map(|(_, target)| target.clone());
    Ok(found.unwrap_or_else(|| "xl/workbook.xml".to_owned()))
}

/// Opens a workbook and reads one sheet of it.
pub(crate) fn open(mut package: Package, request: &Request<'_>) -> Result<Opened, Refusal> {
    let file = package.file().to_owned();
    let cut = package.cut().is_some();
    let main = workbook_part(&mut package)?;
    let base = main.rsplit_once('/').map_or("", |(base, _)| base).to_owned();
    let name = main.rsplit('/').next().unwrap_or(&main);
    let relations = relations(&mut package, &format!("{base}/_rels/{name}.rels"), &base)?;
    let workbook = {
        let mut xml = package.xml(&main)?.ok_or_else(|| damaged(&file, "the workbook part is missing"))?;
        read_workbook(&mut xml).map_err(|t| of_xml(&t, &file))?
    };
    let entries: Vec<Entry> = workbook
        .sheets
        .into_iter()
        .filter_map(|(name, hidden, id)| {
            let (kind, part) = relations.get(&id)?;
            kind.ends_with("/worksheet").then(|| Entry { name, hidden, part: part.clone() })
        })
        .filter(|entry| !cut || package.has(&entry.part))
        .collect();
    if entries.is_empty() {
        return Err(Refusal::new(RefusalCode::Empty).with("file", file));
    }
    let part_of =
        |ending: &str| relations.values().find(|(kind, _)| kind.ends_with(ending)).map(|(_, part)| part.clone());
    let formats = match read_styles(&mut package, part_of("/styles"), &file) {
        // What is left of a cut file is worth reading without its looks.
        Err(_) if cut => Vec::new(),
        formats => formats?,
    };
    let listed = list(&mut package, &entries)?;
    let (sheet, default_sheet) = choose_sheet(&listed, request.choices);
    let strings = read_strings(&mut package, part_of("/sharedStrings"), &file)?;
    let part = entries[sheet].part.clone();
    let part = package.part(&part)?.ok_or_else(|| damaged(&file, "a sheet is missing"))?;
    let epoch_1904 = workbook.epoch_1904;
    let context = xlsx_sheet::Context { strings: &strings, formats: &formats, epoch_1904, cut };
    let read = xlsx_sheet::read(part, &context, request);
    let (mut content, whole) = read.map_err(|problem| match problem {
        xlsx_sheet::Problem::Xml(trouble) => of_xml(&trouble, &file),
        xlsx_sheet::Problem::Refused(refusal) => refusal.with("file", file.as_str()),
    })?;
    content.tables = named_tables(&mut package, &entries[sheet].part)?;
    let of_sheet = workbook.ranges.into_iter().filter(|(of, _)| *of == entries[sheet].name);
    content.ranges = of_sheet.map(|(_, range)| range).collect();
    Ok(Opened {
        format: Format::Xlsx,
        sheets: listed.into_iter().map(Listed::into_note).collect(),
        sheet,
        default_sheet,
        content,
        text: None,
        lines: None,
        cut: None,
        whole,
    })
}

fn read_styles(package: &mut Package, part: Option<String>, file: &str) -> Result<Vec<NumberFormat>, Refusal> {
    let Some(mut xml) = part.map_or(Ok(None), |part| package.xml(&part))? else { return Ok(Vec::new()) };
    styles::read(&mut xml).map_err(|t| of_xml(&t, file))
}

fn read_strings(package: &mut Package, part: Option<String>, file: &str) -> Result<Strings, Refusal> {
    let Some(mut xml) = part.map_or(Ok(None), |part| package.xml(&part))? else { return Ok(Strings::default()) };
    Strings::read(&mut xml).map_err(|t| of_xml(&t, file))
}

/// Tables that a sheet names (ECMA-376 part 1, 18.5). What is wrong with them is no reason not to read the sheet.
fn named_tables(package: &mut Package, sheet: &str) -> Result<Vec<NamedTable>, Refusal> {
    let (base, name) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let relations = relations(package, &format!("{base}/_rels/{name}.rels"), base).unwrap_or_default();
    let mut tables = Vec::new();
    for (_, part) in relations.into_values().filter(|(kind, _)| kind.ends_with("/table")).take(caps::TABLES) {
        let Some(mut xml) = package.xml(&part)? else { continue };
        while let Ok(Some(token)) = xml.next() {
            if let Token::Start("table", attributes, _) = token {
                let count = |name: &str, usual| attributes.plain(name).map_or(usual, |n| n.parse().unwrap_or(usual));
                let (names, totals) = (count("headerRowCount", 1u64), count("totalsRowCount", 0u64));
                let area = attributes.plain("ref").and_then(xlsx_sheet::merge);
                let name = attributes.get("displayName").or_else(|| attributes.get("name")).unwrap_or_default();
                tables.extend(area.map(|area| NamedTable {
                    name,
                    rows: area.rows.start..area.rows.end.saturating_sub(totals).max(area.rows.start),
                    columns: area.columns,
                    named: names > 0,
                    totals,
                }));
                break;
            }
        }
    }
    tables.sort_by_key(|table| (table.rows.start, table.columns.start));
    Ok(tables)
}

/// Names, whether hidden, and the size that each sheet declares at its beginning.
fn list(package: &mut Package, entries: &[Entry]) -> Result<Vec<Listed>, Refusal> {
    let mut listed = Vec::with_capacity(entries.len());
    for entry in entries {
        // Only what stands before the rows is read, so this costs nothing even for the largest sheet.
        let extent = match package.xml(&entry.part)? {
            Some(mut xml) if listed.len() < 200 => xlsx_sheet::declared(&mut xml).unwrap_or_default(),
            _ => Extent::Unknown,
        };
        listed.push(Listed { name: entry.name.clone(), hidden: entry.hidden, extent });
    }
    Ok(listed)
}

/// Relations of a part: id to kind and target, the target as a part name.
pub(crate) fn relations(
    package: &mut Package,
    part: &str,
    base: &str,
) -> Result<HashMap<String, (String, String)>, Refusal> {
    let file = package.file().to_owned();
    let mut out = HashMap::new();
    let Some(mut xml) = package.xml(part)? else { return Ok(out) };
    loop {
        match xml.next().map_err(|t| of_xml(&t, &file))? {
            None => return Ok(out),
            Some(Token::Start("Relationship", attributes, _)) => {
                let (Some(id), Some(kind), Some(target)) =
                    (attributes.get("Id"), attributes.get("Type"), attributes.get("Target"))
                else {
                    continue;
                };
                if out.len() < caps::SHEETS * 4 && attributes.plain("TargetMode") != Some("External") {
                    out.insert(id, (kind, resolve(base, &target)));
                }
            }
            Some(_) => {}
        }
    }
}

/// A target beside its base folder, `..` and a slash in front included.
fn resolve(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = base.split('/').filter(|folder| !folder.is_empty()).collect();
    for piece in target.split('/') {
        match piece {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            piece => folders.push(piece),
        }
    }
    folders.join("/")
}

fn read_workbook<R: std::io::Read>(xml: &mut Xml<R>) -> Result<Workbook, Trouble> {
    let mut workbook = Workbook::default();
    let mut defined = None;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start("sheet", attributes, _) => {
                let hidden = attributes.plain("state").is_some_and(|state| state != "visible");
                // Two attributes end in "id": sheetId is another name, r:id is local "id".
                let (Some(name), Some(id)) = (attributes.get("name"), attributes.get("id")) else { continue };
                if workbook.sheets.len() < caps::SHEETS {
                    workbook.sheets.push((name, hidden, id));
                }
            }
            Token::Start("definedName", attributes, false) => {
                let hidden = matches!(attributes.plain("hidden"), Some("1" | "true"));
                // What Excel itself calls something: areas to print, filters.
                let own = |name: &str| name.starts_with("_xlnm") || name.starts_with("Print_");
                defined = attributes.get("name").filter(|name| !hidden && !own(name));
            }
            Token::Text(text) if defined.is_some() && workbook.ranges.len() < caps::TABLES => {
                let name = defined.take().unwrap_or_default();
                workbook.ranges.extend(ranges::parse(&name, &unescape(text), '!'));
            }
            Token::End("definedName") => defined = None,
            Token::Start("workbookPr", attributes, _) => {
                if let Some(set) = attributes.plain("date1904") {
                    workbook.epoch_1904 = matches!(set, "1" | "true");
                }
            }
            _ => {}
        }
    }
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_however_they_are_written() {
        for (target, wanted) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("..\\xl\\.\\x.xml", "xl/x.xml"),
            ("../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve("xl", target), wanted);
        }
    }
}
