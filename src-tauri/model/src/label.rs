//! The label: what people write about a data product so that others find, trust and use it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Kind, PersonId, Promise};

/// Who may see the rows. Where it is not sealed this is a request, not a lock, for everyone who can open the folder; what is not
/// put on the shelf at all is out of reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everyone on the shelf.
    #[default]
    Everyone,
    /// The label goes on the shelf, the rows stay here; people ask.
    LabelOnly,
    /// Only the people whom [`Label::sealing`] names: for everybody else all of it is encrypted.
    Sealed,
}

/// Somebody who may read a sealed data product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reader {
    /// Who, by the id that the shelf's stewards know them by.
    pub person: PersonId,
    /// Their name when they were chosen.
    pub name: String,
}

/// An area by which people were chosen who may read a sealed data product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedArea {
    /// The area.
    pub area: String,
    /// Who kept something in it when it was chosen.
    pub people: Vec<PersonId>,
}

/// Who may read a sealed data product, and what everybody else is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Sealing {
    /// Who may read it besides its keeper.
    pub readers: Vec<Reader>,
    /// Areas by which readers were chosen. Told to those who can read it, and to nobody else.
    #[serde(default)]
    pub areas: Vec<SealedArea>,
    /// Its name is told only to those who may read it.
    pub hide_title: bool,
    /// What everybody may know of it, and how to ask for it. This is never encrypted.
    pub how_to_ask: String,
}

/// Under which terms others may use it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Terms {
    /// Only for the work of this business.
    #[default]
    Internal,
    /// Creative Commons Attribution 4.0.
    CcBy,
    /// Creative Commons Zero 1.0.
    CcZero,
    /// In the keeper's own words.
    Own {
        /// The terms.
        text: String,
    },
}

/// Where a column's values can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookUp {
    /// The other data product's id.
    pub product: String,
    /// Its name when the match was made.
    pub title: String,
    /// The other column's id.
    pub column: String,
}

/// One column of the column guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Column {
    /// Safe name: `[a-z0-9_]`, unique in the table; what packages and Parquet call it.
    pub id: String,
    /// The name as people read it.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in a few words.
    pub meaning: String,
    /// Unit, such as `kg` or `pieces`.
    pub unit: Option<String>,
    /// ISO 4217 code, for money.
    pub currency: Option<String>,
    /// Decimals of its money (2 where none is said).
    pub decimals: Option<u8>,
    /// An example value.
    pub example: Option<String>,
    /// Part of what makes each row unique.
    pub key: bool,
    /// May not be empty.
    pub required: bool,
    /// Tells something about a person.
    pub personal: bool,
    /// Where its values can be looked up.
    pub looks_up: Option<LookUp>,
}

/// Everything people say about a data product.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Label {
    /// Its name.
    pub title: String,
    /// One sentence: what is in it.
    pub summary: String,
    /// The area (domain) of the business that it belongs to.
    pub area: String,
    /// The keeper (steward) who answers for it, by name.
    pub keeper: String,
    /// How to reach the keeper, if they said so.
    pub keeper_email: Option<String>,
    /// Who steps in for the keeper.
    pub stand_in: String,
    /// What it is good for.
    pub good_for: String,
    /// What it should not be used for.
    pub not_for: String,
    /// The column guide.
    pub columns: Vec<Column>,
    /// How often it is filled again; none is a fair answer.
    pub promise: Option<Promise>,
    /// Who may see the rows.
    pub audience: Audience,
    /// Who these are where it is sealed.
    #[serde(default)]
    pub sealing: Sealing,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Terms of use.
    pub terms: Terms,
}

impl Label {
    /// The column of this id.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.id == id)
    }

    /// As it goes on the shelf: who was chosen is told only where it is sealed, to those who can open it.
    pub fn published(mut self) -> Label {
        if self.audience != Audience::Sealed {
            self.sealing = Sealing::default();
        }
        self
    }

    /// Ids of the columns that make each row unique.
    pub fn key(&self) -> Vec<String> {
        self.columns.iter().filter(|c| c.key).map(|c| c.id.clone()).collect()
    }
}
