//! `index.html` of the whole shelf: every label by area, each a link into its folder.

use std::collections::BTreeMap;

use larder_model::{Card, safe_title};

use super::escape::{html, markup, path_step};
use super::page::{LINE_CHARS, area_style, document};
use super::{PageWords, Word};

/// A data product on the shelf's page.
#[derive(Clone, Copy)]
pub struct ShelfEntry<'a> {
    /// Its newest release.
    pub card: &'a Card,
    /// The name of its folder beside the page; one step, never a path.
    pub folder: &'a str,
}

/// The page of a whole shelf, areas and titles in alphabetical order. Static and self-contained like the pages that it
/// links to; folders are percent-encoded, so that no name leads elsewhere.
pub fn shelf_html(shelf_name: &str, entries: &[ShelfEntry], words: &dyn PageWords) -> String {
    let mut areas: BTreeMap<String, Vec<&ShelfEntry>> = BTreeMap::new();
    for entry in entries {
        areas.entry(entry.card.label.area.trim().to_owned()).or_default().push(entry);
    }
    let mut body = format!("<h1 dir=\"auto\">{}</h1>\n", html(shelf_name, 200));
    if entries.is_empty() {
        body.push_str(&format!("<p>{}</p>\n", markup(&words.say(Word::ShelfEmpty))));
    }
    for (area, mut entries) in areas {
        entries.sort_by_key(|entry| (larder_model::search_text(&entry.card.label.title), entry.folder));
        if !area.is_empty() {
            body.push_str(&format!("<h2 dir=\"auto\">{}</h2>\n", html(&area, 200)));
        }
        body.push_str("<div class=\"shelf\">\n");
        entries.iter().for_each(|entry| body.push_str(&label(entry, words)));
        body.push_str("</div>\n");
    }
    body.push_str(&format!("<footer><p>{}</p></footer>\n", markup(&words.say(Word::CopyNote))));
    document(shelf_name, &body, words)
}

fn label(entry: &ShelfEntry, words: &dyn PageWords) -> String {
    let (card, label) = (entry.card, &entry.card.label);
    let promise =
        label.promise.as_ref().map(|promise| format!("<br>{}", html(&words.promise(promise), 200))).unwrap_or_default();
    format!(
        "<section class=\"label\" style=\"{}\">\n<h3 class=\"title\" dir=\"auto\"><a href=\"{}/index.html\">{}</a></h3>\n\
         <p class=\"summary\" dir=\"auto\">{}</p>\n<p class=\"faint\">{} {}{promise}<br>{}: <span dir=\"auto\">{}</span></p>\n</section>\n",
        area_style(&label.area),
        // Some systems read an encoded `/` as one, so no such name gets that far.
        path_step(&safe_title(entry.folder)),
        html(&label.title, 200),
        html(&label.summary, LINE_CHARS),
        markup(&words.say(Word::Filled)),
        html(&words.moment(&card.filled_at), 100),
        markup(&words.say(Word::Keeper)),
        html(&label.keeper, 200),
    )
}
