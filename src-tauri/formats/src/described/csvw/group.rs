//! CSVW 2015, sections 5.3 and 5.4: a document is a group of tables, one table, or a schema alone.

use super::common;
use super::context::Context;
use super::table::{self, Inherited};
use crate::described::draft::{Draft, MAX_TABLES};
use crate::described::note::NoteCode;
use crate::described::tree::{Node, Spot};

/// Reads a document. `data_file` is the file that the document's own name tells.
pub(crate) fn metadata(root: &Node, data_file: Option<&str>, draft: &mut Draft) {
    draft.out.standard_version = Some("2015".to_owned());
    let Some(mut fields) = Spot::root(root).fields(&mut draft.log) else { return };
    let context = Context::read(&mut fields, &mut draft.log);
    fields.pass(&["@type"]);
    let about = common::common(&mut fields, &mut draft.log);
    let title = (about.title.clone(), about.summary.clone());
    tell(about, draft);
    let mut inherited = Inherited::default();
    inherited.extend(&mut fields, &mut draft.log);
    let Some(tables) = fields.take("tables") else {
        return table::table(fields, &context, &inherited, title, data_file, draft);
    };
    inherited.dialect = fields.take("dialect");
    inherited.schema = fields.take("tableSchema");
    fields.rest(&mut draft.log);
    for spot in tables.some(MAX_TABLES, &mut draft.log) {
        let Some(mut fields) = spot.fields(&mut draft.log) else { continue };
        fields.pass(&["@type"]);
        let about = common::common(&mut fields, &mut draft.log);
        let title = (about.title.clone(), about.summary.clone());
        add(about, &spot.at, draft);
        let mut inherited = inherited.clone();
        inherited.extend(&mut fields, &mut draft.log);
        table::table(fields, &context, &inherited, title, None, draft);
    }
}

fn tell(about: common::Common, draft: &mut Draft) {
    let out = &mut draft.out;
    out.title = about.title;
    out.summary = about.summary;
    out.version = about.version;
    out.keywords = about.keywords;
    out.licence = about.licence;
    out.people = about.people;
    out.sources = about.sources;
    out.frequency = about.frequency;
}

/// What one table of a group says stands for the group where that says nothing.
fn add(about: common::Common, at: &str, draft: &mut Draft) {
    let out = &mut draft.out;
    let mut lost = false;
    lost |= about.licence.is_some() && out.licence.is_some() && about.licence != out.licence;
    lost |= about.version.is_some() && out.version.is_some() && about.version != out.version;
    lost |= about.frequency.is_some() && out.frequency.is_some() && about.frequency != out.frequency;
    out.licence = out.licence.take().or(about.licence);
    out.version = out.version.take().or(about.version);
    out.frequency = out.frequency.take().or(about.frequency);
    out.keywords.extend(about.keywords);
    let people: Vec<_> = about.people.into_iter().filter(|person| !out.people.contains(person)).collect();
    out.people.extend(people);
    let sources: Vec<_> = about.sources.into_iter().filter(|source| !out.sources.contains(source)).collect();
    out.sources.extend(sources);
    if lost {
        draft.log.note(NoteCode::NotKept, at);
    }
}
