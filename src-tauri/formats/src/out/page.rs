//! What all pages share: the document around them, and small pieces of it.

use super::PageWords;
use super::escape::{html, markup};

/// Characters of one line of a colleague's text at most.
pub(crate) const LINE_CHARS: usize = 4000;

/// Nothing may be loaded or run from a page, nor sent from it; only its own style counts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A whole page around `body`, which is markup already.
pub(crate) fn document(title: &str, body: &str, words: &dyn PageWords) -> String {
    let direction = if words.right_to_left() { "rtl" } else { "ltr" };
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        html(&words.language(), 35),
        html(title, 200),
        include_str!("page.css"),
    )
}

/// A heading and a list under it; nothing where there is nothing to list.
pub(crate) fn list(heading: &str, lines: &[String]) -> String {
    let items: String = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<li dir=\"auto\">{}</li>\n", html(line, LINE_CHARS)))
        .collect();
    if items.is_empty() { String::new() } else { format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", markup(heading)) }
}

/// Which of the six chart colours bands an area; the same wherever its name is the same.
pub(crate) fn area_style(area: &str) -> String {
    let hash = larder_model::search_text(area.trim())
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("--area: var(--area-{})", (hash >> 32) % 6)
}
