//! Lines that were written in a way no table is read in: wrapped in quotes as a whole, or with the quotes of a word
//! processor. They are brought to plain separated text first.

use super::separator::Separator;

/// What has to be done to every line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rewrite {
    /// The whole line stands in quotes, those inside doubled: `"a,""b, c"",3"`.
    Wrapped,
    /// Lines are drawn with the letters for frames: `│ a │ b │`.
    Framed,
    /// Cells stand in the quotes of printed text: `“a”,„b, c“`.
    Printed(Separator),
}

const OPENING: [char; 5] = ['“', '„', '\u{201f}', '«', '”'];
const UPRIGHT: [char; 4] = ['│', '┃', '║', '▏'];
const CLOSING: [char; 4] = ['”', '“', '»', '«'];

impl Rewrite {
    /// Looks whether the lines of a sample ask for it.
    pub fn find(sample: &str) -> Option<Rewrite> {
        let lines: Vec<&str> = sample.lines().map(str::trim).filter(|line| !line.is_empty()).take(200).collect();
        if lines.len() < 2 {
            return None;
        }
        let mostly = |count: usize| count * 10 >= lines.len() * 9;
        if mostly(lines.iter().filter(|line| is_wrapped(line)).count())
            && lines.iter().any(|line| line.contains("\"\""))
        {
            return Some(Rewrite::Wrapped);
        }
        let framed = |line: &&&str| line.chars().filter(|c| UPRIGHT.contains(c)).count() >= 2;
        if lines.iter().filter(framed).count() * 2 >= lines.len() {
            return Some(Rewrite::Framed);
        }
        if !mostly(lines.iter().filter(|line| line.starts_with(OPENING)).count()) {
            return None;
        }
        // What follows most closing quotes is what separates.
        let separators = [Separator::COMMA, Separator::SEMICOLON, Separator::TAB, Separator::byte(b'|')];
        let follows = |separator: &Separator| {
            let text = separator.text();
            lines.iter().map(|line| line.split(CLOSING).filter(|rest| rest.starts_with(&text)).count()).sum::<usize>()
        };
        separators.into_iter().max_by_key(follows).filter(|best| follows(best) >= lines.len()).map(Rewrite::Printed)
    }

    /// Lines as they would have been written.
    pub fn text(self, lines: &str) -> String {
        let mut out = String::with_capacity(lines.len());
        self.push(lines, &mut out);
        out
    }

    /// Adds lines as they would have been written.
    pub fn push(self, lines: &str, out: &mut String) {
        for line in lines.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            match self {
                Rewrite::Wrapped if is_wrapped(bare.trim()) => {
                    let inner = bare.trim();
                    out.push_str(&inner[1..inner.len() - 1].replace("\"\"", "\""));
                }
                Rewrite::Wrapped => out.push_str(bare),
                Rewrite::Framed => out.extend(bare.chars().map(|letter| match letter {
                    c if UPRIGHT.contains(&c) => '|',
                    // What else frames are drawn with.
                    '\u{2500}'..='\u{257f}' => '-',
                    c => c,
                })),
                Rewrite::Printed(separator) => printed(bare, char::from(separator.first()), out),
            }
            out.push_str(&line[bare.len()..]);
        }
    }
}

/// One quoted cell as long as the line, with nothing but doubled quotes inside.
fn is_wrapped(line: &str) -> bool {
    let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.replace("\"\"", "").contains('"') && inner.contains([',', ';', '\t', '|']))
}

fn printed(line: &str, separator: char, out: &mut String) {
    let mut letters = line.chars().peekable();
    let (mut inside, mut begins) = (false, true);
    while let Some(letter) = letters.next() {
        let ends = letters.peek().is_none_or(|next| *next == separator);
        if begins && !inside && OPENING.contains(&letter) {
            inside = true;
            out.push('"');
        } else if inside && ends && CLOSING.contains(&letter) {
            inside = false;
            out.push('"');
        } else if inside && letter == '"' {
            out.push_str("\"\"");
        } else {
            out.push(letter);
        }
        begins = !inside && letter == separator;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(sample: &str) -> Option<String> {
        let mut out = String::new();
        Rewrite::find(sample)?.push(sample, &mut out);
        Some(out)
    }

    #[test]
    fn lines_in_quotes_are_unwrapped() {
        let text = "\"No,Item,Price\"\r\n\"1,\"\"Fence, 2 m\"\",38.90\"\r\n\"2,Gate,4\"\r\n";
        let wanted = "No,Item,Price\r\n1,\"Fence, 2 m\",38.90\r\n2,Gate,4\r\n";
        assert_eq!(rewritten(text).as_deref(), Some(wanted));
        assert_eq!(rewritten("\"a\",\"b\"\n\"c\",\"d\"\n"), None);
        assert_eq!(rewritten("\"one, two\"\n\"three, four\"\n"), None, "a column of texts with commas");
    }

    #[test]
    fn frames_become_plain_bars() {
        let text = "┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n│ 3 │ 4 │\n└───┴───┘\n";
        let wanted = "---------\n| a | b |\n---------\n| 1 | 2 |\n| 3 | 4 |\n---------\n";
        assert_eq!(rewritten(text).as_deref(), Some(wanted));
    }

    #[test]
    fn printed_quotes_become_plain_ones() {
        let text = "“Title”,“Price”\n“Salt, \"and\" bread”,18.00\n„Brot, alt“,3\n";
        let wanted = "\"Title\",\"Price\"\n\"Salt, \"\"and\"\" bread\",18.00\n\"Brot, alt\",3\n";
        assert_eq!(rewritten(text).as_deref(), Some(wanted));
        assert_eq!(rewritten("“Quoted” he said\nand left\n"), None);
    }
}
