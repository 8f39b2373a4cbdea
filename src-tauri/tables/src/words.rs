//! The cells of a column of text in one batch: each on its own, or each different text once and for every row which it is.

use arrow_array::types::UInt16Type;
use arrow_array::{Array, DictionaryArray, StringArray, UInt16Array};

/// Text cells.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    array: &'a dyn Array,
    /// Which text each row is; none where the texts are the rows'.
    keys: Option<&'a UInt16Array>,
    texts: &'a StringArray,
}

impl<'a> Words<'a> {
    /// The text cells of this array; none where it is another one.
    pub(crate) fn of(array: &'a dyn Array) -> Option<Words<'a>> {
        let any = array.as_any();
        if let Some(texts) = any.downcast_ref::<StringArray>() {
            return Some(Words { array, keys: None, texts });
        }
        let shared = any.downcast_ref::<DictionaryArray<UInt16Type>>()?;
        let texts = shared.values().as_any().downcast_ref::<StringArray>()?;
        Some(Words { array, keys: Some(shared.keys()), texts })
    }

    pub(crate) fn array(&self) -> &'a dyn Array {
        self.array
    }

    /// Whether the cell has a value.
    #[inline]
    pub fn is_filled(&self, row: usize) -> bool {
        row < self.array.len() && self.array.nulls().is_none_or(|nulls| nulls.is_valid(row))
    }

    /// The text of a filled cell; nothing sensible for others.
    ///
    /// # Panics
    /// Beyond the last row.
    #[inline]
    pub fn value(&self, row: usize) -> &'a str {
        match self.keys {
            None => self.texts.value(row),
            Some(keys) => self.texts.value(usize::from(keys.value(row))),
        }
    }

    /// Texts at the places that `place` tells: all of them for cells on their own.
    pub(crate) fn texts(&self) -> usize {
        self.texts.len()
    }

    /// One of the texts.
    pub(crate) fn text(&self, place: usize) -> &'a str {
        self.texts.value(place)
    }

    /// Which of the texts a row is; none where it is empty.
    #[inline]
    pub(crate) fn place(&self, row: usize) -> Option<usize> {
        let place = || self.keys.map_or(row, |keys| usize::from(keys.value(row)));
        self.is_filled(row).then(place)
    }

    /// How many rows have each of the texts.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.texts.len()];
        let nulls = self.array.nulls().filter(|nulls| nulls.null_count() > 0);
        match (self.keys, nulls) {
            (Some(keys), None) => keys.values().iter().for_each(|key| counts[usize::from(*key)] += 1),
            (Some(keys), Some(nulls)) => {
                let keys = keys.values().iter().zip(nulls);
                keys.for_each(|(key, filled)| counts[usize::from(*key)] += u64::from(filled));
            }
            _ => (0..self.array.len()).filter_map(|row| self.place(row)).for_each(|place| counts[place] += 1),
        }
        counts
    }

    /// True where rows share texts.
    pub(crate) fn is_shared(&self) -> bool {
        self.keys.is_some()
    }

    /// The texts themselves; of a slice maybe more than its rows have.
    pub(crate) fn array_of_texts(&self) -> &'a StringArray {
        self.texts
    }

    /// Every cell in order.
    pub fn iter(self) -> impl Iterator<Item = Option<&'a str>> {
        (0..self.array.len()).map(move |row| self.is_filled(row).then(|| self.value(row)))
    }
}
