//! The words of the interface, read as Fluent reads them.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::tree::{ending, text};

/// One message of one language.
#[derive(Debug, Default)]
pub struct Message {
    /// Where it stands.
    pub file: String,
    /// Whether it has a text of its own beside its attributes.
    pub has_value: bool,
    /// Its attributes.
    pub attributes: BTreeSet<String>,
    /// The variables of its texts.
    pub variables: BTreeSet<String>,
    /// Other messages and terms (with `-` in front) that it uses.
    pub uses: BTreeSet<String>,
    /// Everything that a person can read of it.
    pub texts: Vec<String>,
}

/// The messages of one language by id; terms have `-` in front.
pub type Messages = BTreeMap<String, Message>;

/// The messages of every language by the name of its folder, and what could not be read.
pub fn languages() -> (BTreeMap<String, Messages>, Vec<String>) {
    let (mut languages, mut wrong) = (BTreeMap::<String, Messages>::new(), Vec::new());
    for file in ending("ui/words", &[".ftl"]) {
        let language = file.split('/').nth(2).unwrap_or_default().to_owned();
        let messages = languages.entry(language).or_default();
        wrong.extend(read(file, &text(file).unwrap_or_default(), messages));
    }
    (languages, wrong)
}

/// Adds the messages of one file; answers what is wrong with it.
pub fn read(file: &str, source: &str, messages: &mut Messages) -> Vec<String> {
    let mut wrong = Vec::new();
    let (resource, errors) = match fluent_syntax::parser::parse(source.to_owned()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    wrong.extend(errors.into_iter().map(|error| {
        let line = 1 + source.bytes().take(error.pos.start).filter(|byte| *byte == b'\n').count();
        format!("{file}:{line}: {error}")
    }));
    for entry in resource.body {
        let (id, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name, message.value, message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(term.value), term.attributes),
            _ => continue,
        };
        let mut message = Message { file: file.to_owned(), has_value: value.is_some(), ..Message::default() };
        if let Some(pattern) = &value {
            message.read_pattern(pattern);
        }
        for attribute in &attributes {
            message.read_pattern(&attribute.value);
            message.attributes.insert(attribute.id.name.clone());
        }
        if let Some(before) = messages.insert(id.clone(), message) {
            wrong.push(format!("{file}: {id} stands in {} already", before.file));
        }
    }
    wrong
}

impl Message {
    fn read_pattern(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push(value.clone()),
                PatternElement::Placeable { expression } => self.read_expression(expression),
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<String>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline, true),
            Expression::Select { selector, variants } => {
                self.read_inline(selector, false);
                variants.iter().for_each(|variant| self.read_pattern(&variant.value));
            }
        }
    }

    /// `shown` is false for what only chooses between texts.
    fn read_inline(&mut self, inline: &InlineExpression<String>, shown: bool) {
        match inline {
            InlineExpression::StringLiteral { value } if shown => self.texts.push(value.clone()),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.clone());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.uses.insert(id.name.clone());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.uses.insert(format!("-{}", id.name));
                // Named arguments of terms may be literals only.
                arguments.iter().flat_map(|given| &given.positional).for_each(|given| self.read_inline(given, false));
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|given| self.read_inline(given, false));
                arguments.named.iter().for_each(|given| self.read_inline(&given.value, false));
            }
            InlineExpression::Placeable { expression } => self.read_expression(expression),
        }
    }
}
