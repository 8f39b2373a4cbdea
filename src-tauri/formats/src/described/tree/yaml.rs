//! YAML 1.2 as a tree, built from the parser's events: plain values stay text, aliases are paid for, tags are not
//! followed.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::node::below;
use super::{Budget, MAX_DEPTH, Node};
use crate::described::DescribeError;
use crate::described::note::{Log, NoteCode};

/// YAML of more bytes than this is not read: the parser keeps all that stands between `[` and `]` before it tells of any.
const MAX_YAML_BYTES: usize = 4 * 1024 * 1024;
/// For the same reason, more signs than this are not read.
const MAX_SIGNS: usize = 500_000;

/// Reads the first document. The parser is someone else's: should it ever panic, the file is broken, no more.
pub(super) fn read(text: &str, log: &mut Log) -> Result<Node, DescribeError> {
    if text.len() > MAX_YAML_BYTES {
        return Err(DescribeError::TooBig { bytes: text.len() });
    }
    let is_sign =
        |byte: &u8| matches!(byte, b',' | b':' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'&' | b'*' | b'!' | b'?');
    if text.bytes().filter(|byte| is_sign(byte)).count() > MAX_SIGNS {
        return Err(DescribeError::TooMuch);
    }
    let read = catch_unwind(AssertUnwindSafe(|| build(text, log)));
    let unread = || DescribeError::Broken { line: 0, column: 0, detail: "the parser gave up".to_owned() };
    read.unwrap_or_else(|_| Err(unread()))
}

fn build(text: &str, log: &mut Log) -> Result<Node, DescribeError> {
    let mut builder = Builder { budget: Budget::new(), open: Vec::new(), anchors: HashMap::new(), root: None, log };
    let mut ended = false;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| broken(e.marker().line(), e.marker().col(), e.info()))?;
        match event {
            Event::DocumentStart(_) if ended => {
                builder.log.note(NoteCode::MoreDocuments, "");
                break;
            }
            Event::DocumentEnd => ended = true,
            event => builder.on(event, span)?,
        }
    }
    Ok(builder.root.unwrap_or(Node::Null))
}

fn broken(line: usize, column: usize, detail: &str) -> DescribeError {
    DescribeError::Broken { line, column: column.saturating_add(1), detail: detail.to_owned() }
}

/// A list or object that is not finished.
struct Open {
    anchor: usize,
    what: What,
}

enum What {
    List(Vec<Node>),
    Map(Entries),
}

#[derive(Default)]
struct Entries {
    entries: Vec<(String, Node)>,
    places: HashMap<String, usize>,
    merged: Vec<Node>,
    name: Name,
}

/// The name that waits for its value.
#[derive(Default)]
enum Name {
    #[default]
    None,
    Is(String),
    /// A list or an object as a name: no description has them.
    Strange,
}

struct Builder<'l> {
    budget: Budget,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    root: Option<Node>,
    log: &'l mut Log,
}

impl Builder<'_> {
    fn on(&mut self, event: Event<'_>, span: Span) -> Result<(), DescribeError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text.into_owned(), style, anchor, tag.as_deref()),
            Event::SequenceStart(anchor, tag) => self.start(anchor, What::List(Vec::new()), tag.as_deref()),
            Event::MappingStart(anchor, tag) => self.start(anchor, What::Map(Entries::default()), tag.as_deref()),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: String,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), DescribeError> {
        self.budget.pay(1, 0)?;
        let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
        if !is_text {
            self.tagged(tag);
        }
        let plain = style == ScalarStyle::Plain && !is_text;
        self.put(if plain { Node::Plain(text) } else { Node::Text(text) }, anchor)
    }

    fn start(&mut self, anchor: usize, what: What, tag: Option<&Tag>) -> Result<(), DescribeError> {
        self.budget.pay(1, 0)?;
        self.tagged(tag);
        if self.open.len() >= MAX_DEPTH {
            return Err(DescribeError::TooDeep);
        }
        self.open.push(Open { anchor, what });
        Ok(())
    }

    fn end(&mut self) -> Result<(), DescribeError> {
        let Some(Open { anchor, what }) = self.open.pop() else { return Ok(()) };
        let node = match what {
            What::List(items) => Node::List(items),
            What::Map(entries) => Node::Map(entries.finish()),
        };
        self.put(node, anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), DescribeError> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(broken(span.start.line(), span.start.col(), "an alias within what it stands for"));
        };
        let (nodes, bytes) = node.weight();
        self.budget.pay(nodes, bytes)?;
        if self.open.len() + node.depth() > MAX_DEPTH {
            return Err(DescribeError::TooDeep);
        }
        let node = node.clone();
        self.put(node, 0)
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), DescribeError> {
        if anchor != 0 {
            let (nodes, bytes) = node.weight();
            self.budget.pay(nodes, bytes)?;
            self.anchors.insert(anchor, node.clone());
        }
        let twice = match self.open.last_mut().map(|open| &mut open.what) {
            None => {
                self.root.get_or_insert(node);
                None
            }
            Some(What::List(items)) => {
                items.push(node);
                None
            }
            Some(What::Map(entries)) => entries.put(node),
        };
        if let Some((code, name)) = twice {
            let at = self.place();
            self.log.note(code, below(&at, &name));
        }
        Ok(())
    }

    fn tagged(&mut self, tag: Option<&Tag>) {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            let place = self.steps(self.open.len());
            self.log.tell(NoteCode::YamlTag, place, tag.to_string());
        }
    }

    /// The place of the innermost list or object.
    fn place(&self) -> String {
        self.steps(self.open.len().saturating_sub(1))
    }

    /// The place that so many open lists and objects lead to.
    fn steps(&self, count: usize) -> String {
        self.open.iter().take(count).fold(String::new(), |at, open| match &open.what {
            What::List(items) => below(&at, &items.len().to_string()),
            What::Map(Entries { name: Name::Is(name), .. }) => below(&at, name),
            What::Map(_) => at,
        })
    }
}

impl Entries {
    /// Takes a name or the value of the last name; tells what is to be noted.
    fn put(&mut self, node: Node) -> Option<(NoteCode, String)> {
        match std::mem::take(&mut self.name) {
            Name::None => {
                self.name = match node {
                    Node::Plain(text) | Node::Text(text) => Name::Is(text),
                    _ => Name::Strange,
                };
                None
            }
            Name::Strange => Some((NoteCode::WrongShape, "?".to_owned())),
            Name::Is(name) if name == "<<" => {
                match node {
                    Node::List(items) => self.merged.extend(items),
                    node => self.merged.push(node),
                }
                None
            }
            Name::Is(name) => self.insert(name, node),
        }
    }

    fn insert(&mut self, name: String, node: Node) -> Option<(NoteCode, String)> {
        match self.places.get(&name).and_then(|place| self.entries.get_mut(*place)) {
            Some(entry) => {
                entry.1 = node;
                Some((NoteCode::DuplicateKey, name))
            }
            None => {
                self.places.insert(name.clone(), self.entries.len());
                self.entries.push((name, node));
                None
            }
        }
    }

    /// All names, with those of merged objects (`<<: *other`, YAML 1.1) that are not there already.
    fn finish(mut self) -> Vec<(String, Node)> {
        for merged in std::mem::take(&mut self.merged) {
            let Node::Map(entries) = merged else { continue };
            for (name, node) in entries {
                if !self.places.contains_key(&name) {
                    self.insert(name, node);
                }
            }
        }
        self.entries
    }
}
