//! Names made safe: for columns in files, for folders on any system, for search, for display.

use unicode_normalization::UnicodeNormalization;

/// A column id from a header: lower-case ASCII letters, digits and `_`, at most 60 characters; umlauts are spelled out,
/// other accents dropped. Empty where nothing is left.
pub fn column_id(header: &str) -> String {
    let mut id = String::new();
    for c in search_text(header).chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.ends_with('_') && !id.is_empty() {
            id.push('_');
        }
        if id.len() >= 60 {
            break;
        }
    }
    let id = id.trim_end_matches('_').to_owned();
    if id.starts_with(|c: char| c.is_ascii_digit()) { format!("c_{id}") } else { id }
}

/// Ids for a whole row of headers: unique (`_2`, `_3` added), and `column_N` where a header gives none.
pub fn column_ids<S: AsRef<str>>(headers: &[S]) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    headers
        .iter()
        .enumerate()
        .map(|(i, header)| {
            let base = match column_id(header.as_ref()) {
                id if id.is_empty() => format!("column_{}", i + 1),
                id => id,
            };
            let mut id = base.clone();
            let mut n = 1;
            while !taken.insert(id.clone()) {
                n += 1;
                id = format!("{base}_{n}");
            }
            id
        })
        .collect()
}

/// Text folded for finding: lower case, umlauts spelled out, accents dropped, everything else as it is.
pub fn search_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        for c in c.to_lowercase() {
            match c {
                'ä' => out.push_str("ae"),
                'ö' => out.push_str("oe"),
                'ü' => out.push_str("ue"),
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                c if c.is_ascii() => out.push(c),
                c => out.extend(std::iter::once(c).nfd().filter(|d| !is_combining(*d))),
            }
        }
    }
    out
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Text of a colleague or a file made harmless to show on one line: control and direction-changing characters dropped,
/// white space folded, at most `max_chars` characters (then `…`).
pub fn display_text(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = chars > 0;
            continue;
        }
        if c.is_control() || is_direction_mark(c) {
            continue;
        }
        if chars >= max_chars {
            out.push('…');
            break;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        out.push(c);
        chars += 1;
    }
    out
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Longest name in characters, and in bytes: most systems take 255 of those, and an ending has to fit behind it.
const TITLE_CHARS: usize = 80;
const TITLE_BYTES: usize = 240;

/// A folder or file name from a title that Windows, macOS and Linux all take: NFC, without control characters and
/// `<>:"/\|?*`, without what a web server would take for another character (`%2f`), without dots and blanks at its ends, no
/// reserved device name, at most 80 characters and 240 bytes, never
/// empty. Idempotent.
pub fn safe_title(title: &str) -> String {
    // What is left out goes first: letters that it stood between may make one together.
    let kept = title.chars().filter(|c| !c.is_control() && !is_direction_mark(*c));
    let kept: Vec<char> = kept.nfc().collect();
    let is_escape = |at: usize| kept.get(at + 1..at + 3).is_some_and(|two| two.iter().all(char::is_ascii_hexdigit));
    let is_odd = |at: usize, c: char| r#"<>:"/\|?*"#.contains(c) || (c == '%' && is_escape(at));
    let cleaned: String = kept.iter().enumerate().map(|(at, c)| if is_odd(at, *c) { ' ' } else { *c }).collect();
    let name = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['.', ' ']).trim_start_matches(['~', '$', '-', '.', ' ']);
    let name = with_ending(name, "");
    if name.is_empty() {
        return "Untitled".to_owned();
    }
    if is_device(&name) { with_ending(&format!("_{name}"), "") } else { name }
}

/// A safe title with an ending, such as ` (2)`, that still is a safe title: its own end makes room for it.
pub fn with_ending(safe: &str, ending: &str) -> String {
    let mut bytes = ending.len();
    let short = safe.chars().take(TITLE_CHARS.saturating_sub(ending.chars().count())).take_while(|c| {
        bytes += c.len_utf8();
        bytes <= TITLE_BYTES
    });
    format!("{}{ending}", short.collect::<String>().trim_end_matches(['.', ' ']))
}

/// Whether Windows takes a file of this name for a device, whatever its ending: `con`, `NUL.txt`, `com1`, and `COM¹` as well.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).unwrap_or_default();
    let mut number = port.chars();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || (number.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && number.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_become_ids() {
        assert_eq!(column_id("Artikel-Nr."), "artikel_nr");
        assert_eq!(column_id("Größe (cm)"), "groesse_cm");
        assert_eq!(column_id("2024"), "c_2024");
        assert_eq!(column_ids(&["Name", "name", "", "Ünit"]), ["name", "name_2", "column_3", "uenit"]);
    }

    #[test]
    fn titles_become_folders_on_every_system() {
        for (title, folder) in [
            ("Till sales", "Till sales"),
            ("../../etc/passwd", "etc passwd"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com7", "_com7"),
            ("COM¹.csv", "_COM¹.csv"),
            ("Com10", "Com10"),
            ("a\u{202e}b", "ab"),
            ("...", "Untitled"),
            ("C:\\x", "C x"),
            ("~$lock", "lock"),
        ] {
            assert_eq!(safe_title(title), folder, "{title}");
            assert_eq!(safe_title(&safe_title(title)), safe_title(title), "{title} twice");
        }
        assert!(safe_title(&"ü".repeat(500)).chars().count() <= 80);
    }

    #[test]
    fn a_safe_title_is_safe_however_it_was_made() {
        for (title, folder) in [
            // What is left out between two signs leaves them beside each other.
            ("e\u{202e}\u{301}", "é"),
            ("COM¹", "_COM¹"),
            ("lpt².txt", "_lpt².txt"),
            ("COM10", "COM10"),
            ("COMx", "COMx"),
            ("\u{61c}a", "a"),
            ("Discount 10 %", "Discount 10 %"),
            ("a%2fb, %%41 and 5%", "a 2fb, % 41 and 5%"),
        ] {
            assert_eq!(safe_title(title), folder, "{title:?}");
        }
        let long_device = format!("con.{}", "x".repeat(90));
        let many_bytes = "🥐".repeat(80);
        for title in ["e\u{202e}\u{301}", &long_device, &many_bytes, &format!("con.{}. x", "x".repeat(75))] {
            let once = safe_title(title);
            assert_eq!(safe_title(&once), once, "{title:?}");
            assert!(once.chars().count() <= 80 && once.len() <= 240, "{once:?}");
        }
    }

    #[test]
    fn a_name_cannot_turn_the_line_around() {
        assert_eq!(display_text("invoice\u{202e}xslx.exe\n\tok", 80), "invoicexslx.exe ok");
        assert_eq!(display_text("abcdef", 3), "abc…");
    }
}
