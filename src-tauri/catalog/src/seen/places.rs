//! Where words stand in what is said about a data product.

use larder_model::search_text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::seen::SeenRow;

/// Where the words that were looked for were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum HitPlace {
    /// In its name.
    Title,
    /// In the name or the meaning of a column.
    Column {
        /// The column's name.
        name: String,
    },
    /// In a tag.
    Tag {
        /// The tag.
        name: String,
    },
    /// In the sentence that says what is in it.
    Summary,
    /// In the name of somebody who keeps it, steps in or filled it.
    Person {
        /// Their name.
        name: String,
    },
    /// In the name of its area.
    Area,
}

/// The places in the order in which they count; a word found in an earlier one counts more. Also the columns of the
/// search index.
pub(crate) const FIELDS: [&str; 7] = ["title", "columns", "tags", "summary", "meanings", "people", "area"];

/// The most characters of one word that are looked at.
const WORD_CHARS: usize = 64;

/// The most words of one field that are looked at: no colleague's card makes the index large.
const FIELD_WORDS: usize = 20_000;

/// The words of a text, folded: what the index holds and what a query is made of. Letters and digits only, so no word
/// means anything to the search engine.
pub(crate) fn words(text: &str) -> Vec<String> {
    search_text(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(FIELD_WORDS)
        .map(|word| word.chars().take(WORD_CHARS).collect())
        .collect()
}

/// What of a data product can be found, in the order of [`FIELDS`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Findable {
    pub title: String,
    pub area: String,
    pub summary: String,
    pub keeper: String,
    /// Name, id and meaning of each column.
    pub columns: Vec<(String, String, String)>,
    pub tags: Vec<String>,
    pub people: Vec<String>,
}

impl Findable {
    pub fn of(row: &SeenRow) -> Findable {
        let label = &row.card.label;
        let mut people: Vec<String> = Vec::new();
        for name in [&label.keeper, &row.keeper.name, &label.stand_in, &row.card.filled_by] {
            if !name.trim().is_empty() && !people.contains(name) {
                people.push(name.clone());
            }
        }
        Findable {
            title: label.title.clone(),
            area: label.area.clone(),
            summary: label.summary.clone(),
            keeper: label.keeper.clone(),
            columns: label.columns.iter().map(|c| (c.name.clone(), c.id.clone(), c.meaning.clone())).collect(),
            tags: label.tags.clone(),
            people,
        }
    }

    /// The text of each field as the index takes it: folded words with a blank between.
    pub fn fields(&self) -> [String; FIELDS.len()] {
        let all = |texts: &mut dyn Iterator<Item = &str>| {
            let mut found: Vec<String> = texts.flat_map(words).take(FIELD_WORDS).collect();
            found.sort();
            found.dedup();
            found.join(" ")
        };
        [
            words(&self.title).join(" "),
            all(&mut self.columns.iter().flat_map(|(name, id, _)| [name.as_str(), id.as_str()])),
            all(&mut self.tags.iter().map(String::as_str)),
            all(&mut std::iter::once(self.summary.as_str())),
            all(&mut self.columns.iter().map(|(_, _, meaning)| meaning.as_str())),
            all(&mut self.people.iter().map(String::as_str)),
            all(&mut std::iter::once(self.area.as_str())),
        ]
    }

    /// The place that explains the hit: where the query's word that was found in the least of the fields stands. The
    /// query's words are folded.
    pub fn place(&self, query: &[String]) -> HitPlace {
        let places = query.iter().map(|word| self.place_of(word));
        places.max_by_key(|(field, _)| *field).map_or(HitPlace::Title, |(_, place)| place)
    }

    fn place_of(&self, word: &str) -> (usize, HitPlace) {
        let has = |text: &str| words(text).iter().any(|found| found.starts_with(word));
        if has(&self.title) {
            return (0, HitPlace::Title);
        }
        if let Some((name, ..)) = self.columns.iter().find(|(name, id, _)| has(name) || has(id)) {
            return (1, HitPlace::Column { name: name.clone() });
        }
        if let Some(name) = self.tags.iter().find(|tag| has(tag)) {
            return (2, HitPlace::Tag { name: name.clone() });
        }
        if has(&self.summary) {
            return (3, HitPlace::Summary);
        }
        if let Some((name, ..)) = self.columns.iter().find(|(.., meaning)| has(meaning)) {
            return (4, HitPlace::Column { name: name.clone() });
        }
        if let Some(name) = self.people.iter().find(|name| has(name)) {
            return (5, HitPlace::Person { name: name.clone() });
        }
        (6, HitPlace::Area)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_hold_nothing_that_a_search_engine_could_run() {
        assert_eq!(words("Größe (cm), Café\u{0} \"NEAR(\" a_b* -x"), ["groesse", "cm", "cafe", "near", "a", "b", "x"]);
        assert_eq!(words("パン 🥐 ١٢"), ["ハン", "١٢"]);
        assert_eq!(words(&"ß".repeat(100))[0].chars().count(), 64);
        assert!(words(" \t\"'*^(){}:-+~\\\0").is_empty());
    }

    #[test]
    fn the_place_is_that_of_the_word_that_was_hardest_to_find() {
        let findable = Findable {
            title: "Till sales".into(),
            area: "Shop".into(),
            summary: "What the till sold".into(),
            keeper: "Anna".into(),
            columns: vec![("Artikel".into(), "article_no".into(), "the number on the price list".into())],
            tags: vec!["daily".into()],
            people: vec!["Anna".into(), "Bojan".into()],
        };
        let place = |query: &str| findable.place(&words(query));
        assert_eq!(place("til sal"), HitPlace::Title);
        assert_eq!(place("article"), HitPlace::Column { name: "Artikel".into() });
        assert_eq!(place("sales dai"), HitPlace::Tag { name: "daily".into() });
        assert_eq!(place("sold"), HitPlace::Summary);
        assert_eq!(place("price"), HitPlace::Column { name: "Artikel".into() });
        assert_eq!(place("till boj"), HitPlace::Person { name: "Bojan".into() });
        assert_eq!(place("shop"), HitPlace::Area);
        assert_eq!(serde_json::to_string(&place("boj")).unwrap(), r#"{"field":"person","name":"Bojan"}"#);
    }
}
