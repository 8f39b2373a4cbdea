//! For whom a release is sealed.

use std::path::Path;

use larder_model::{Audience, Label};
use larder_shelf::Seal;

use crate::known::Known;

/// Names of those who will be able to read it, you not counted, and of those who were chosen and will not be yet: nobody has
/// confirmed them, or none of their computers has said what to encrypt to.
pub fn readers_of(known: &Known, label: &Label) -> (Vec<String>, Vec<String>) {
    let mut names = (Vec::new(), Vec::new());
    if label.audience != Audience::Sealed {
        let others = known.people.iter().filter(|member| !member.is_me);
        names.0.extend(others.map(|member| member.person.name.clone()));
        return names;
    }
    let me = known.me().map(|me| &me.person_id);
    for reader in label.sealing.readers.iter().filter(|reader| Some(&reader.person) != me) {
        match known.confirmed(&reader.person) {
            Some(member) if !member.recipients.is_empty() => names.0.push(member.person.name.clone()),
            Some(member) => names.1.push(member.person.name.clone()),
            None => names.1.push(reader.name.clone()),
        }
    }
    names
}

/// How a release with this label is sealed; none where everybody may read it. Other computers of whoever puts it there can
/// open it, too.
pub fn seal(known: &Known, label: &Label, outgoing: &Path) -> Option<Seal> {
    if label.audience != Audience::Sealed {
        return None;
    }
    let me = known.me().filter(|me| me.confirmed);
    let chosen = label.sealing.readers.iter().filter_map(|reader| known.confirmed(&reader.person));
    let mut recipients: Vec<_> = Vec::new();
    for member in chosen.chain(me) {
        for (writer, recipient) in &member.recipients {
            let is_new = !recipients.iter().any(|(known, _)| known == writer);
            if is_new && larder_shelf::can_seal_for(recipient) {
                recipients.push((writer.clone(), recipient.clone()));
            }
        }
    }
    let how_to_ask = label.sealing.how_to_ask.trim();
    Some(Seal {
        recipients,
        hide_title: label.sealing.hide_title,
        owner: me.map(|me| me.person_id.clone()),
        how_to_ask: (!how_to_ask.is_empty()).then(|| larder_model::display_text(how_to_ask, 500)),
        workspace: outgoing.join("sealed"),
    })
}
