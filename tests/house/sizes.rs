//! How long files and functions may get.

use crate::tree::{ending, is_generated, report, text};

/// The most lines of a file.
const FILE_LINES: usize = 600;

/// The most lines of a Rust function, from its `fn` to its closing brace.
const FUNCTION_LINES: usize = 70;

/// The source with comments, texts and character literals blanked out; every line stays where it is.
pub fn without_comments_and_texts(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped(&chars, at);
        if end > at {
            out.extend(chars[at..end.min(chars.len())].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal that begins here ends; `at` itself where none begins.
fn skipped(chars: &[char], at: usize) -> usize {
    let is = |offset: usize, c: char| chars.get(at + offset) == Some(&c);
    let inside_name = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match chars[at] {
        '/' if is(1, '/') => chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |end| at + end),
        '/' if is(1, '*') => block_comment(chars, at),
        '"' => text_end(chars, at),
        'r' if !inside_name => raw_text(chars, at).unwrap_or(at),
        'b' if !inside_name && is(1, 'r') => raw_text(chars, at + 1).unwrap_or(at),
        // A character and not a lifetime: 'x' or '\…'.
        '\'' if is(1, '\\') => chars[at + 3..].iter().position(|c| *c == '\'').map_or(at, |end| at + 4 + end),
        '\'' if is(2, '\'') => at + 3,
        _ => at,
    }
}

fn block_comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut here) = (0, at);
    while here < chars.len() {
        match (chars[here], chars.get(here + 1)) {
            ('/', Some('*')) => (depth, here) = (depth + 1, here + 2),
            ('*', Some('/')) => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
        if depth == 0 {
            break;
        }
    }
    here
}

fn text_end(chars: &[char], at: usize) -> usize {
    let mut here = at + 1;
    while here < chars.len() && chars[here] != '"' {
        here += if chars[here] == '\\' { 2 } else { 1 };
    }
    here + 1
}

fn raw_text(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let begin = at + 1 + hashes;
    if chars.get(begin) != Some(&'"') {
        return None;
    }
    let closes = |end: &usize| chars[*end] == '"' && (1..=hashes).all(|n| chars.get(*end + n) == Some(&'#'));
    Some((begin + 1..chars.len()).find(closes).map_or(chars.len(), |end| end + 1 + hashes))
}

/// Name, first line (1 is the first) and number of lines of every function with a body.
fn functions(source: &str) -> Vec<(String, usize, usize)> {
    let chars: Vec<char> = without_comments_and_texts(source).chars().collect();
    let mut found = Vec::new();
    let mut line = 1;
    for at in 0..chars.len() {
        if chars[at] == '\n' {
            line += 1;
        }
        let stands_alone = at == 0 || !(chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        if !stands_alone || chars[at..].iter().take(3).collect::<String>() != "fn " {
            continue;
        }
        let name: String = chars[at + 3..]
            .iter()
            .skip_while(|c| **c == ' ')
            .take_while(|c| c.is_alphanumeric() || **c == '_')
            .collect();
        if let (false, Some(end)) = (name.is_empty(), body_end(&chars, at)) {
            found.push((name, line, 1 + chars[at..end].iter().filter(|c| **c == '\n').count()));
        }
    }
    found
}

/// Where the body of the function that begins here ends; `None` where it has none.
fn body_end(chars: &[char], at: usize) -> Option<usize> {
    let (mut brackets, mut braces) = (0_i32, 0_i32);
    for (offset, c) in chars[at..].iter().enumerate() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if brackets == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces == 0 && brackets == 0 {
                    return Some(at + offset);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let files = ending("", &[".rs", ".ts", ".svelte"]);
    let own: Vec<_> = files.into_iter().filter(|file| !is_generated(file)).collect();
    let lines = |file: &str| text(file).unwrap_or_default().lines().count();
    let long: Vec<String> = own
        .into_iter()
        .map(|file| (file, lines(file)))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(file, lines)| format!("{file}: {lines} lines"))
        .collect();
    report(&format!("files over {FILE_LINES} lines"), &long);
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let (mut all, mut long) = (0, Vec::new());
    for file in ending("", &[".rs"]) {
        for (name, line, lines) in functions(&text(file).unwrap_or_default()) {
            all += 1;
            if lines > FUNCTION_LINES {
                long.push(format!("{file}:{line} {name}: {lines} lines"));
            }
        }
    }
    assert!(all > 100, "functions were found at all: {all}");
    report(&format!("{} of {all} functions are over {FUNCTION_LINES} lines", long.len()), &long);
}

#[test]
fn functions_are_measured_whatever_their_texts_hold() {
    let source = r##"
fn short() {}
fn tricky(c: char) -> [u8; 2] {
    // fn not_one() {
    let _ = ("}", '}', '\'', '\u{7d}', r#"}""#, b"}", b'{');
    /* } /* } */ */
    if c == '{' { return *b"ab" }
    *b"cd"
}
trait Noun { fn without_a_body(&self) -> [u8; 2]; fn lifetime<'a>(&'a self) -> &'a str { "x" } }
const POINTER: fn(&str) -> bool = str::is_empty;
fn outer() {
    fn inner() {
    }
}
"##;
    let found: Vec<(String, usize, usize)> = functions(source);
    let found: Vec<(&str, usize, usize)> =
        found.iter().map(|(name, line, lines)| (name.as_str(), *line, *lines)).collect();
    assert_eq!(found, [("short", 2, 1), ("tricky", 3, 7), ("lifetime", 10, 1), ("outer", 12, 4), ("inner", 13, 2)]);
}
