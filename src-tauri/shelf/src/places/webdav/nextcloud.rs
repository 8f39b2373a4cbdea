//! Nextcloud and its relatives: people have the address that their browser shows, and the folder behind it is elsewhere.

use larder_model::Refusal;
use url::Url;

use super::address::{Address, decoded, encoded};
use super::{Secret, WebDav};

/// Paths below which a Nextcloud shows pages to a browser.
const PAGES: [&str; 4] = ["/index.php", "/apps/", "/login", "/settings/"];

/// The path of the folder that a browser's address shows, where it is one of a Nextcloud's list of files.
pub(super) fn folder_of_page(url: &Url, user: &str) -> Option<String> {
    let base = base(url.path());
    // A slash too many leads to the same page.
    let page = url.path().get(base.len()..)?.split('/').filter(|part| !part.is_empty());
    let mut page = page.skip_while(|part| *part == "index.php");
    if (page.next(), page.next()) != (Some("apps"), Some("files")) {
        return None;
    }
    let folder = url.query_pairs().find(|(name, _)| name == "dir").map(|(_, folder)| folder.into_owned());
    Some(format!("{}{}", files(&base, user), below(&folder.unwrap_or_default())))
}

/// Where files of a user are.
fn files(base: &str, user: &str) -> String {
    format!("{base}/remote.php/dav/files/{}", encoded(user))
}

fn below(folder: &str) -> String {
    let parts = folder.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..");
    parts.map(|part| format!("/{}", encoded(part))).collect()
}

/// What of a path leads to the Nextcloud itself.
fn base(path: &str) -> String {
    let at = PAGES.iter().filter_map(|page| path.find(page)).min().unwrap_or(path.len());
    let at = path.find("/remote.php").map_or(at, |remote| at.min(remote));
    path.get(..at).unwrap_or(path).trim_end_matches('/').to_owned()
}

/// Another address on the same server that answers as WebDAV does, where this one does not: a Nextcloud whose web address
/// was entered. None where this one is right, or nothing better is known.
///
/// # Errors
/// What this address answers, where nothing better is known and it is not just another kind of answer.
pub(in crate::places) fn better(address: &str, secret: Option<&Secret>) -> Result<Option<String>, Refusal> {
    let parsed = Address::parse(address)?;
    let here = WebDav::open(parsed.clone(), secret)?;
    if here.answers_as_folder()? {
        return Ok(None);
    }
    Ok(candidates(&here, &parsed).into_iter().find_map(|path| {
        let mut other = parsed.clone();
        other.url.set_path(&path);
        let answers = WebDav::open(other.clone(), secret).and_then(|place| place.answers_as_folder());
        matches!(answers, Ok(true)).then(|| other.text())
    }))
}

/// Where the folder may be, the likeliest first.
fn candidates(here: &WebDav, address: &Address) -> Vec<String> {
    let base = base(address.url.path());
    let mut users = Vec::new();
    // The name that signs in may be a mail address; the server knows the one that it files under.
    if let Some(principal) = here.principal(&format!("{base}/remote.php/dav/")) {
        let last = principal.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        users.extend(String::from_utf8(decoded(last)).ok().filter(|user| !user.is_empty()));
    }
    users.extend(address.user.clone().filter(|user| !users.contains(user)));
    // What follows the user in an address that is right but for the user's name.
    let mark = format!("{base}/remote.php/dav/files/");
    let rest = address.url.path().strip_prefix(&mark).and_then(|rest| rest.split_once('/'));
    let rest = rest.map(|(_, folder)| format!("/{folder}")).unwrap_or_default();
    let mut paths: Vec<String> = users.iter().map(|user| format!("{}{rest}", files(&base, user))).collect();
    paths.push(format!("{base}/remote.php/webdav"));
    paths.retain(|path| path != address.url.path());
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_becomes_that_of_its_folder() {
        for (page, folder) in [
            ("https://c.example/apps/files/", Some("/remote.php/dav/files/anna")),
            ("https://c.example/index.php/apps/files/files/17?dir=/Shelf", Some("/remote.php/dav/files/anna/Shelf")),
            (
                "https://c.example/nextcloud/index.php/apps/files?dir=/B%C3%A4ckerei/Shelf%201&x=1",
                Some("/nextcloud/remote.php/dav/files/anna/B%C3%A4ckerei/Shelf%201"),
            ),
            ("https://c.example/apps/files/?dir=/../../x", Some("/remote.php/dav/files/anna/x")),
            ("https://c.example/cloud//apps/files/?dir=/x", Some("/cloud/remote.php/dav/files/anna/x")),
            ("https://c.example/apps/photos", None),
            ("https://c.example/remote.php/dav/files/anna/Shelf", None),
            ("https://c.example", None),
        ] {
            let url = Url::parse(page).expect("an address");
            assert_eq!(folder_of_page(&url, "anna").as_deref(), folder, "{page}");
        }
    }
}
