//! JSON (RFC 8259) as a tree. A name twice is noted, and the last one holds.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::node::below;
use super::{Budget, MAX_DEPTH, Node};
use crate::described::DescribeError;
use crate::described::note::{Log, NoteCode};

pub(super) fn read(text: &str, log: &mut Log) -> Result<Node, DescribeError> {
    let mut state = State { budget: Budget::new(), fault: None, path: Vec::new(), log };
    let mut json = serde_json::Deserializer::from_str(text);
    let node = Reader(&mut state).deserialize(&mut json).and_then(|node| json.end().map(|()| node));
    match (node, state.fault.take()) {
        (_, Some(fault)) => Err(fault),
        (Ok(node), None) => Ok(node),
        (Err(e), None) => Err(DescribeError::Broken { line: e.line(), column: e.column(), detail: e.to_string() }),
    }
}

struct State<'l> {
    budget: Budget,
    fault: Option<DescribeError>,
    path: Vec<String>,
    log: &'l mut Log,
}

impl State<'_> {
    fn pay<E: Error>(&mut self) -> Result<(), E> {
        let paid = self.budget.pay(1, 0);
        paid.map_err(|fault| self.stop(fault))
    }

    fn deeper<E: Error>(&mut self) -> Result<(), E> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.stop(DescribeError::TooDeep));
        }
        self.path.push(String::new());
        Ok(())
    }

    fn step(&mut self, name: String) {
        if let Some(last) = self.path.last_mut() {
            *last = name;
        }
    }

    fn stop<E: Error>(&mut self, fault: DescribeError) -> E {
        let told = E::custom(&fault);
        self.fault = Some(fault);
        told
    }

    fn twice(&mut self) {
        let place = self.path.iter().fold(String::new(), |at, step| below(&at, step));
        self.log.note(NoteCode::DuplicateKey, place);
    }
}

struct Reader<'s, 'l>(&'s mut State<'l>);

impl<'de> DeserializeSeed<'de> for Reader<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Node, D::Error> {
        self.0.pay()?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let state = self.0;
        state.deeper()?;
        let mut items = Vec::new();
        state.step("0".to_owned());
        while let Some(node) = seq.next_element_seed(Reader(state))? {
            items.push(node);
            state.step(items.len().to_string());
        }
        state.path.pop();
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let state = self.0;
        state.deeper()?;
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some(name) = map.next_key::<String>()? {
            state.step(name.clone());
            let node = map.next_value_seed(Reader(state))?;
            match places.get(&name).and_then(|place| entries.get_mut(*place)) {
                Some(entry) => {
                    entry.1 = node;
                    state.twice();
                }
                None => {
                    places.insert(name.clone(), entries.len());
                    entries.push((name, node));
                }
            }
        }
        state.path.pop();
        Ok(Node::Map(entries))
    }
}
