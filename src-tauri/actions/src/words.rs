//! The words of the interface for what is written without a window: packages on the shelf, suggestions, the terminal.
//! They are the same `.ftl` files that the window uses.

use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use larder_model::{Param, Params};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../ui/words");

/// Languages that have words, the first of which is used where a text is missing.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// The words of one language.
#[derive(Clone)]
pub struct Words {
    language: &'static str,
    bundles: Arc<Vec<FluentBundle<FluentResource>>>,
}

impl Words {
    /// The language that fits a locale such as `de-DE` best.
    pub fn of(locale: &str) -> Words {
        let wanted = locale.split(['-', '_', '.']).next().unwrap_or_default().to_lowercase();
        let language = LANGUAGES.iter().find(|l| **l == wanted).copied().unwrap_or(LANGUAGES[0]);
        let mut bundles = vec![bundle(language)];
        if language != LANGUAGES[0] {
            bundles.push(bundle(LANGUAGES[0]));
        }
        Words { language, bundles: Arc::new(bundles) }
    }

    /// Its code, such as `de`.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The text of this id.
    pub fn text(&self, id: &str) -> String {
        self.with(id, &Params::new())
    }

    /// The text of this id (`message` or `message.attribute`) with values in it; the id itself where there is none, so
    /// that a gap is seen.
    pub fn with(&self, id: &str, params: &Params) -> String {
        self.find(id, params).unwrap_or_else(|| id.to_owned())
    }

    /// The text of this id, if there is one.
    pub fn find(&self, id: &str, params: &Params) -> Option<String> {
        let (message, attribute) = id.split_once('.').map_or((id, None), |(m, a)| (m, Some(a)));
        let args = arguments(params);
        self.bundles.iter().find_map(|bundle| {
            let message = bundle.get_message(message)?;
            let pattern = match attribute {
                Some(name) => message.get_attribute(name)?.value(),
                None => message.value()?,
            };
            let mut errors = Vec::new();
            Some(bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
        })
    }
}

fn arguments(params: &Params) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    for (name, value) in params {
        match value {
            Param::Number(n) => args.set(name.clone(), FluentValue::from(*n)),
            Param::Text(t) => args.set(name.clone(), FluentValue::from(t.clone())),
            Param::List(l) => {
                args.set(format!("{name}_count"), FluentValue::from(l.len() as f64));
                args.set(name.clone(), FluentValue::from(l.join(", ")));
            }
        }
    }
    args
}

fn bundle(language: &'static str) -> FluentBundle<FluentResource> {
    let id = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are for mixed directions on screen; files and terminals would show them.
    bundle.set_use_isolating(false);
    for file in FILES.get_dir(language).into_iter().flat_map(Dir::files) {
        let Some(text) = file.contents_utf8() else {
            continue;
        };
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_german_locale_speaks_german() {
        assert_eq!(Words::of("de_AT.UTF-8").language(), "de");
        assert_eq!(Words::of("C").language(), "en");
        assert_ne!(Words::of("de").text("kind-date"), Words::of("en").text("kind-date"));
    }

    #[test]
    fn a_gap_is_seen() {
        assert_eq!(Words::of("en").text("no-such-words"), "no-such-words");
    }
}
