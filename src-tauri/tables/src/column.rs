//! A column of a table: its names, its kind, and how both are kept in Arrow's field metadata.

use std::collections::HashMap;

use arrow_schema::{DataType, Field, TimeUnit};
use larder_model::Kind;

/// Digits that money can have in all; what 64 bits hold.
pub const MONEY_DIGITS: u8 = 18;

const NAME: &str = "larder.name";
const KIND: &str = "larder.kind";
const CURRENCY: &str = "larder.currency";
const UNIT: &str = "larder.unit";
const DECIMALS: &str = "larder.decimals";

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Safe name: `[a-z0-9_]`, unique in the table; the name of the Arrow field.
    pub id: String,
    /// The name as people read it.
    pub name: String,
    /// What it holds, and so which Arrow type its cells have.
    pub kind: Kind,
    /// ISO 4217 code, for money.
    pub currency: Option<String>,
    /// Unit, such as `kg`.
    pub unit: Option<String>,
    /// Decimals of its money; 2 where none is said, 18 at most.
    pub decimals: Option<u8>,
}

impl TableColumn {
    /// A column without currency, unit or decimals.
    pub fn new(id: impl Into<String>, name: impl Into<String>, kind: Kind) -> TableColumn {
        TableColumn { id: id.into(), name: name.into(), kind, currency: None, unit: None, decimals: None }
    }

    /// Decimals that its money is kept with, 0 to 18.
    pub fn scale(&self) -> u8 {
        self.decimals.unwrap_or(2).min(MONEY_DIGITS)
    }

    /// The Arrow type of its cells: text kinds Utf8; whole numbers Int64; numbers and shares Float64; money
    /// Decimal128(18, decimals); Boolean; Date32; Timestamp in microseconds without a zone; Time64 and Duration in microseconds.
    pub fn data_type(&self) -> DataType {
        match self.kind {
            Kind::Text | Kind::Code | Kind::Email | Kind::Place => DataType::Utf8,
            Kind::Integer => DataType::Int64,
            Kind::Number | Kind::Percent => DataType::Float64,
            Kind::Money => DataType::Decimal128(MONEY_DIGITS, self.scale() as i8),
            Kind::Boolean => DataType::Boolean,
            Kind::Date => DataType::Date32,
            Kind::DateTime => DataType::Timestamp(TimeUnit::Microsecond, None),
            Kind::Time => DataType::Time64(TimeUnit::Microsecond),
            Kind::Duration => DataType::Duration(TimeUnit::Microsecond),
        }
    }

    /// The Arrow field that carries everything about it.
    pub(crate) fn field(&self) -> Field {
        let mut metadata =
            HashMap::from([(NAME.to_owned(), self.name.clone()), (KIND.to_owned(), self.kind.as_str().to_owned())]);
        if let Some(currency) = &self.currency {
            metadata.insert(CURRENCY.to_owned(), currency.clone());
        }
        if let Some(unit) = &self.unit {
            metadata.insert(UNIT.to_owned(), unit.clone());
        }
        if let Some(decimals) = self.decimals {
            metadata.insert(DECIMALS.to_owned(), decimals.to_string());
        }
        Field::new(&self.id, self.data_type(), true).with_metadata(metadata)
    }

    /// What a field says about itself; nothing where Larder did not write it. The id is the field's name as it stands.
    pub(crate) fn from_field(field: &Field) -> Option<TableColumn> {
        let metadata = field.metadata();
        let written = metadata.get(KIND)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == written)?;
        Some(TableColumn {
            id: field.name().clone(),
            name: metadata.get(NAME).unwrap_or(field.name()).clone(),
            kind,
            currency: metadata.get(CURRENCY).cloned(),
            unit: metadata.get(UNIT).cloned(),
            decimals: metadata.get(DECIMALS).and_then(|text| text.parse().ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_survives_its_field() {
        for kind in Kind::ALL {
            let column = TableColumn {
                currency: Some("EUR".into()),
                unit: Some("kg".into()),
                decimals: Some(3),
                ..TableColumn::new("preis_je_kg", "Preis je kg", kind)
            };
            assert_eq!(TableColumn::from_field(&column.field()), Some(column));
        }
    }

    #[test]
    fn a_field_of_another_program_says_nothing() {
        assert_eq!(TableColumn::from_field(&Field::new("a", DataType::Int64, true)), None);
    }

    #[test]
    fn absurd_decimals_are_held_back() {
        let column = TableColumn { decimals: Some(200), ..TableColumn::new("a", "A", Kind::Money) };
        assert_eq!(column.data_type(), DataType::Decimal128(18, 18));
    }
}
