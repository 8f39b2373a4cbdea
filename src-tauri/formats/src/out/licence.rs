//! The terms of use as a file, and how descriptions for programs name them.

use larder_model::{Label, Terms, display_text};

use super::{PageWords, Word};

/// Terms as Data Package 2.0 wants them in `licenses`: a name of the Open Definition, where there is one, and a title.
pub(crate) fn name_and_title(terms: &Terms, words: &dyn PageWords) -> (Option<&'static str>, String) {
    match terms {
        Terms::Internal => (None, words.say(Word::TermsInternal)),
        Terms::CcBy => (Some("CC-BY-4.0"), "Creative Commons Attribution 4.0 International".to_owned()),
        Terms::CcZero => (Some("CC0-1.0"), "Creative Commons Zero 1.0 Universal".to_owned()),
        // Own words can be long; what they say stands in the file.
        Terms::Own { .. } => (None, words.say(Word::Terms)),
    }
}

/// The text of `LICENSE.txt`: what it is about, the terms, who to ask. Lines end with LF.
pub(crate) fn text(label: &Label, organisation: &str, words: &dyn PageWords) -> String {
    let (_, title) = name_and_title(&label.terms, words);
    let body = match &label.terms {
        Terms::Internal => title,
        Terms::CcBy => format!("{title} (CC BY 4.0)\nhttps://creativecommons.org/licenses/by/4.0/"),
        Terms::CcZero => {
            format!("{title} (CC0 1.0)\nhttps://creativecommons.org/publicdomain/zero/1.0/")
        }
        Terms::Own { text } => text.lines().map(|line| display_text(line, 2000)).collect::<Vec<_>>().join("\n"),
    };
    let mut out = format!("{}\n{}\n\n{body}\n\n", display_text(&label.title, 200), words.say(Word::Terms));
    let keeper = display_text(&label.keeper, 200);
    if !keeper.is_empty() {
        out.push_str(&format!("{}: {keeper}\n", words.say(Word::Keeper)));
    }
    if !organisation.is_empty() {
        out.push_str(&format!("{}\n", display_text(organisation, 200)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::testing::{English, card};

    #[test]
    fn every_kind_of_terms_has_a_text() {
        for (terms, part) in [
            (Terms::Internal, "this business"),
            (Terms::CcBy, "licenses/by/4.0"),
            (Terms::CcZero, "publicdomain/zero"),
            (Terms::Own { text: "Ask\u{202e} first.\nThen bake.".into() }, "Ask first.\nThen bake."),
        ] {
            let label = Label { terms, ..card().label };
            let text = text(&label, "Bakery Mueller", &English);
            assert!(
                text.contains(part) && text.contains("Anna Mueller") && text.ends_with("Bakery Mueller\n"),
                "{text}"
            );
        }
    }
}
