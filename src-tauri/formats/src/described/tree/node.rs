//! A value of a description, and the place where it stands.

use super::Fields;
use crate::described::note::{Log, NoteCode};

/// Display texts are cut after so many characters.
const MAX_TEXT: usize = 20_000;
/// Names and values longer than this many bytes are left out.
const MAX_VALUE: usize = 2_000;
/// What a column takes in memory beside its texts, roughly.
const COLUMN_BYTES: usize = 1_000;
/// Names in pointers are cut after so many characters.
const MAX_POINTER_NAME: usize = 100;

/// A value. `Plain` is YAML without quotes: `no`, `1.10` and `01067` keep their looks until somebody asks for a flag or
/// a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Plain(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// How many values and how many bytes of text are in it.
    pub(crate) fn weight(&self) -> (usize, usize) {
        match self {
            Node::Null | Node::Bool(_) => (1, 0),
            Node::Number(text) | Node::Text(text) | Node::Plain(text) => (1, text.len()),
            Node::List(items) => items.iter().map(Node::weight).fold((1, 0), add),
            Node::Map(entries) => {
                entries.iter().map(|(key, node)| add((0, key.len()), node.weight())).fold((1, 0), add)
            }
        }
    }

    /// How many levels are in it.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Node::List(items) => 1 + items.iter().map(Node::depth).max().unwrap_or(0),
            Node::Map(entries) => 1 + entries.iter().map(|(_, node)| node.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        match self {
            Node::Null => true,
            Node::Plain(text) => matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"),
            _ => false,
        }
    }

    /// The value of a name in an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The items of a list; of anything else none.
    pub(crate) fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// A text, or a number or flag as text.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Node::Bool(true) => Some("true"),
            Node::Bool(false) => Some("false"),
            Node::Number(text) | Node::Text(text) => Some(text),
            Node::Plain(text) if !self.is_null() => Some(text),
            _ => None,
        }
    }
}

fn add(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}

/// A value and its place as a JSON pointer.
#[derive(Debug, Clone)]
pub(crate) struct Spot<'n> {
    pub(crate) node: &'n Node,
    pub(crate) at: String,
}

/// The pointer one step further.
pub(crate) fn below(at: &str, step: &str) -> String {
    let mut pointer = String::with_capacity(at.len() + step.len().min(MAX_POINTER_NAME) + 1);
    pointer.push_str(at);
    pointer.push('/');
    for c in step.chars().take(MAX_POINTER_NAME) {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
    pointer
}

impl<'n> Spot<'n> {
    pub(crate) fn root(node: &'n Node) -> Self {
        Self { node, at: String::new() }
    }

    pub(crate) fn wrong<T>(&self, log: &mut Log) -> Option<T> {
        log.note(NoteCode::WrongShape, self.at.as_str());
        None
    }

    /// A name or value, exactly as written.
    pub(crate) fn exact(&self, log: &mut Log) -> Option<String> {
        match self.node.scalar() {
            Some(text) if text.len() > MAX_VALUE => {
                log.note(NoteCode::TooLong, self.at.as_str());
                None
            }
            Some(text) => log.afford(text.len()).then(|| text.to_owned()),
            None if self.node.is_null() => None,
            None => self.wrong(log),
        }
    }

    /// A text for people: trimmed, without control characters, in the wanted language; never empty.
    pub(crate) fn text(&self, log: &mut Log) -> Option<String> {
        let text = match self.node {
            Node::Map(entries) => return self.in_language(entries, log),
            Node::List(items) if items.len() == 1 => return self.list().first()?.text(log),
            Node::List(_) => return self.wrong(log),
            node => node.scalar()?,
        };
        if !log.afford(text.len()) {
            return None;
        }
        let mut kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        if let Some((cut, _)) = kept.char_indices().nth(MAX_TEXT) {
            kept.truncate(cut);
            log.note(NoteCode::TooLong, self.at.as_str());
        }
        let kept = kept.trim();
        (!kept.is_empty()).then(|| kept.to_owned())
    }

    /// The text of `{"de": "...", "en": "..."}` in the first wanted language, or else the first.
    fn in_language(&self, entries: &'n [(String, Node)], log: &mut Log) -> Option<String> {
        if entries.iter().any(|(key, _)| key == "@value") {
            let mut fields = Fields::new(entries, self.at.clone());
            let text = fields.take("@value").and_then(|spot| spot.scalar_text(log));
            fields.pass(&["@language", "@type"]);
            fields.rest(log);
            return text;
        }
        if entries.is_empty() || entries.iter().any(|(key, _)| !is_language(key)) {
            return self.wrong(log);
        }
        let chosen = choose(entries.iter().map(|(key, _)| key.as_str()), &log.languages);
        let mut text = None;
        for (number, (key, node)) in entries.iter().enumerate() {
            let spot = Spot { node, at: below(&self.at, key) };
            if number == chosen {
                text = spot.first_scalar_text(log);
            } else {
                log.note(NoteCode::OtherLanguage, spot.at);
            }
        }
        text
    }

    fn first_scalar_text(&self, log: &mut Log) -> Option<String> {
        let spots = self.list();
        for more in spots.iter().skip(1) {
            log.note(NoteCode::NotKept, more.at.as_str());
        }
        spots.first()?.scalar_text(log)
    }

    fn scalar_text(&self, log: &mut Log) -> Option<String> {
        match self.node {
            Node::Map(_) | Node::List(_) => self.wrong(log),
            _ => self.text(log),
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&self, log: &mut Log) -> Option<bool> {
        match self.node {
            Node::Bool(flag) => Some(*flag),
            Node::Text(text) | Node::Plain(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some(true),
                "false" | "no" | "off" | "n" => Some(false),
                _ if self.node.is_null() => None,
                _ => self.wrong(log),
            },
            Node::Null => None,
            _ => self.wrong(log),
        }
    }

    /// A whole number from 0.
    pub(crate) fn count(&self, log: &mut Log) -> Option<u64> {
        let number = self.node.scalar().and_then(|text| text.trim().parse().ok());
        if number.is_none() && !self.node.is_null() {
            return self.wrong(log);
        }
        number
    }

    /// The items of a list; anything else is a list of one.
    pub(crate) fn list(&self) -> Vec<Spot<'n>> {
        self.first(usize::MAX)
    }

    fn first(&self, most: usize) -> Vec<Spot<'n>> {
        match self.node {
            Node::List(items) => {
                let numbered = items.iter().take(most).enumerate();
                numbered.map(|(number, node)| Spot { node, at: format!("{}/{number}", self.at) }).collect()
            }
            node if node.is_null() => Vec::new(),
            _ => vec![self.clone()],
        }
    }

    /// Like `list`, but not more than `most`.
    pub(crate) fn some(&self, most: usize, log: &mut Log) -> Vec<Spot<'n>> {
        if self.node.items().len() > most {
            log.tell(NoteCode::TooMany, self.at.as_str(), self.node.items().len().to_string());
        }
        self.first(most)
    }

    /// The parts of a column, as long as columns can be afforded.
    pub(crate) fn column(&self, log: &mut Log) -> Option<Fields<'n>> {
        log.afford(COLUMN_BYTES).then(|| self.fields(log)).flatten()
    }

    /// The names and values of an object.
    pub(crate) fn fields(&self, log: &mut Log) -> Option<Fields<'n>> {
        match self.node {
            Node::Map(entries) => Some(Fields::new(entries, self.at.clone())),
            node if node.is_null() => None,
            _ => self.wrong(log),
        }
    }
}

/// A language tag such as `de`, `en-GB`, `und` or JSON-LD's `@none`.
pub(crate) fn is_language(key: &str) -> bool {
    let mut parts = key.split(['-', '_']);
    let main =
        parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    key == "@none"
        || main && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The number of the tag that is wanted most: by the list, then English, then the first.
pub(crate) fn choose<'t>(tags: impl Iterator<Item = &'t str> + Clone, wanted: &[String]) -> usize {
    let of = |wish: &str| {
        let main = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = tags.clone().position(|tag| tag.eq_ignore_ascii_case(wish));
        exact.or_else(|| tags.clone().position(|tag| main(tag) == main(wish)))
    };
    wanted.iter().find_map(|wish| of(wish)).or_else(|| of("en")).unwrap_or(0)
}
