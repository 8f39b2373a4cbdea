//! Names: of files in a list, of what stands on a place, of folders for people.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path};

use larder_model::{ProductId, WriterId, display_text, safe_title};

use crate::current::folder_names;
use crate::{garbage, names};

/// What Windows takes for a device, whatever stands behind a dot.
const DEVICES: [&str; 7] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

/// Whether a path below a folder is in it, component by component.
fn is_below(base: &Path, name: &str) -> bool {
    let whole = base.join(name);
    let inside = whole.strip_prefix(base);
    inside.is_ok_and(|rest| {
        rest.components().count() > 0 && rest.components().all(|part| matches!(part, Component::Normal(_)))
    })
}

/// Said apart from the code that decides it: a name that every system takes, and that leads nowhere else.
pub(super) fn stays_inside(name: &str) {
    assert!(is_below(Path::new("/base/of all"), name), "{name:?} leads elsewhere");
    for part in name.split('/') {
        assert!(!part.chars().any(|c| c.is_control() || "<>:\"\\|?*".contains(c)), "{name:?} has an odd character");
        let escapes = part
            .split('%')
            .skip(1)
            .any(|after| after.len() >= 2 && after.bytes().take(2).all(|b| b.is_ascii_hexdigit()));
        assert!(!escapes, "{name:?} is another name to a web server");
        assert!(!part.ends_with(['.', ' ']) && !part.starts_with(['.', ' ', '-', '~']), "{name:?} has odd ends");
        assert!(!part.is_empty() && part.len() <= 255, "{name:?} is too short or too long");
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
        let numbered = ["COM", "LPT"].iter().filter_map(|port| stem.strip_prefix(port));
        let mut numbers = numbered.filter(|rest| rest.chars().count() == 1);
        assert!(!DEVICES.contains(&stem.as_str()), "{name:?} is a device");
        assert!(!numbers.any(|number| "0123456789¹²³".contains(number)), "{name:?} is a port");
    }
}

/// A name that we make of what somebody wrote is one of our own grammar.
pub(super) fn stays_on_the_shelf(name: &str) {
    assert!(name.starts_with("larder-data/"), "{name:?} is somewhere else");
    assert!(names::written(name).is_ok(), "{name:?} is none of ours");
    assert!(is_below(Path::new("/base"), name), "{name:?} leads elsewhere");
}

/// The bytes as one name, and their lines as titles.
pub fn names(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if names::is_file_name(text) {
        stays_inside(text);
        assert!(names::plain(&format!("Current/Sales/{text}")).is_ok(), "{text:?} has a plain copy");
        assert_eq!(names::folded(&names::folded(text)), names::folded(text), "{text:?}");
    }
    if let Ok(parts) = names::plain(text) {
        assert!(text == names::READ_ME || parts.first() == Some(&names::CURRENT));
        assert!(is_below(Path::new("/base"), text), "{text:?} leads elsewhere");
    }
    if names::listed(text).is_ok() {
        assert!(is_below(Path::new("/base"), text), "{text:?} leads elsewhere");
    }
    if names::written(text).is_ok() {
        assert!(names::listed(text).is_ok() && text.is_ascii() && is_below(Path::new("/base"), text), "{text:?}");
    }
    of_our_own(text);
    titles(text);
}

fn of_our_own(text: &str) {
    let me = WriterId::parse(&"a".repeat(26)).expect("a name");
    if let Some(seq) = names::head_seq(text) {
        assert_eq!(names::head(&me, seq, text.get(9..25).unwrap_or_default()).rsplit('/').next(), Some(text));
    }
    if let Some(hash) = names::record_hash(text) {
        assert_eq!(format!("{hash}.rec"), text);
    }
    if garbage::is_planned_name(text) {
        stays_on_the_shelf(&format!("{}/{text}", names::writer(me.as_str())));
    }
}

fn titles(text: &str) {
    let mut titles = BTreeMap::new();
    for (at, title) in text.lines().take(50).enumerate() {
        let folder = safe_title(title);
        assert_eq!(safe_title(&folder), folder, "a safe title is safe: {title:?}");
        assert!(folder.chars().count() <= 80, "{folder:?}");
        let shown = display_text(title, 100);
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert_eq!(display_text(&shown, usize::MAX), shown, "{title:?}");
        if let Some(product) = ProductId::parse(&format!("p{at}")) {
            titles.insert(product, title.to_owned());
        }
    }
    let folders = folder_names(&titles);
    let mut met = HashSet::new();
    for folder in folders.values() {
        stays_inside(folder);
        assert!(names::plain(&format!("Current/{folder}/index.html")).is_ok(), "{folder:?} is no folder");
        assert!(met.insert(folder.to_lowercase()), "{folder:?} twice");
    }
    assert_eq!(folders.len(), titles.len());
}
