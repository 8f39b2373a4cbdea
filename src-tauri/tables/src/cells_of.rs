//! The cells of a column in one batch: each on its own, or each different one once and for every row which it is.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{UInt8Type, UInt16Type};
use arrow_array::{AnyDictionaryArray, Array, ArrayAccessor, ArrayRef, DictionaryArray, PrimitiveArray, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::DataType;

/// Which of the different cells of a column each row is; cheap to copy and to cut.
#[derive(Debug, Clone)]
pub enum Keys {
    /// Of 256 different cells at most.
    Few(ScalarBuffer<u8>),
    /// Of 65,536 at most.
    Many(ScalarBuffer<u16>),
}

impl Keys {
    /// How many rows are each of so many cells.
    ///
    /// # Panics
    /// Where a key lies beyond the last of them.
    pub fn counts(&self, different: usize) -> Vec<u64> {
        let mut counts = vec![0; different];
        match self {
            Keys::Few(keys) => count(keys, None, &mut counts),
            Keys::Many(keys) => count(keys, None, &mut counts),
        }
        counts
    }

    /// The array of these rows of an array.
    ///
    /// # Panics
    /// Where a key lies beyond its last cell.
    pub(crate) fn array_of(self, cells: &ArrayRef) -> ArrayRef {
        /// Empty rows, by what the cells are that they share.
        fn nulls<K: Copy + Default + PartialEq + Into<usize>>(keys: &[K], cells: &NullBuffer) -> Option<NullBuffer> {
            // Mostly the first cell alone is empty, and no row is that one.
            let only_first = cells.null_count() == 1 && cells.is_null(0);
            if only_first && !keys.iter().fold(false, |any, key| any | (*key == K::default())) {
                return None;
            }
            let filled = BooleanBuffer::collect_bool(keys.len(), |row| cells.is_valid(keys[row].into()));
            Some(NullBuffer::new(filled)).filter(|nulls| nulls.null_count() > 0)
        }
        let empty = cells.nulls().filter(|nulls| nulls.null_count() > 0);
        let why = "every key is one of the cells";
        match self {
            Keys::Few(keys) => {
                let nulls = empty.and_then(|empty| nulls(&keys, empty));
                let keys = PrimitiveArray::<UInt8Type>::new(keys, nulls);
                Arc::new(DictionaryArray::try_new(keys, Arc::clone(cells)).expect(why))
            }
            Keys::Many(keys) => {
                let nulls = empty.and_then(|empty| nulls(&keys, empty));
                let keys = PrimitiveArray::<UInt16Type>::new(keys, nulls);
                Arc::new(DictionaryArray::try_new(keys, Arc::clone(cells)).expect(why))
            }
        }
    }
}

/// Which of the different cells each row is.
#[derive(Debug, Clone, Copy)]
enum Shared<'a> {
    Few(&'a [u8]),
    Many(&'a [u16]),
}

impl Shared<'_> {
    #[inline]
    fn place(self, row: usize) -> usize {
        match self {
            Shared::Few(keys) => usize::from(keys[row]),
            Shared::Many(keys) => usize::from(keys[row]),
        }
    }
}

/// Cells of one Arrow type. Row numbers count from 0 inside the batch.
#[derive(Debug)]
pub struct CellsOf<'a, A> {
    array: &'a dyn Array,
    /// Which of the cells each row is; none where the cells are the rows'.
    keys: Option<Shared<'a>>,
    cells: &'a A,
}

/// Text cells.
pub type Words<'a> = CellsOf<'a, StringArray>;

impl<A> Clone for CellsOf<'_, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for CellsOf<'_, A> {}

impl<'a, A: Array + 'static> CellsOf<'a, A> {
    /// The cells of this array; none where they are of another type.
    pub(crate) fn of(array: &'a dyn Array) -> Option<CellsOf<'a, A>> {
        let any = array.as_any();
        if let Some(cells) = any.downcast_ref::<A>() {
            return Some(CellsOf { array, keys: None, cells });
        }
        let (keys, cells) = match any.downcast_ref::<DictionaryArray<UInt8Type>>() {
            Some(few) => (Shared::Few(few.keys().values()), few.values()),
            None => {
                let many = any.downcast_ref::<DictionaryArray<UInt16Type>>()?;
                (Shared::Many(many.keys().values()), many.values())
            }
        };
        Some(CellsOf { array, keys: Some(keys), cells: cells.as_any().downcast_ref::<A>()? })
    }

    pub(crate) fn array(&self) -> &'a dyn Array {
        self.array
    }

    /// Whether the cell has a value.
    #[inline]
    pub fn is_filled(&self, row: usize) -> bool {
        row < self.array.len() && self.array.nulls().is_none_or(|nulls| nulls.is_valid(row))
    }

    /// How many cells stand at the places that `place` tells: all of them for cells on their own.
    pub(crate) fn different(&self) -> usize {
        self.cells.len()
    }

    /// Which of the different cells a row is; none where it is empty.
    #[inline]
    pub(crate) fn place(&self, row: usize) -> Option<usize> {
        let place = || self.keys.map_or(row, |keys| keys.place(row));
        self.is_filled(row).then(place)
    }

    /// True where rows share cells.
    pub(crate) fn is_shared(&self) -> bool {
        self.keys.is_some()
    }

    /// The different cells; of a slice maybe more than its rows have.
    pub(crate) fn cells(&self) -> &'a A {
        self.cells
    }
}

impl<'a, A: Array + 'static> CellsOf<'a, A>
where
    &'a A: ArrayAccessor,
{
    /// The value of a filled cell; nothing sensible for others.
    ///
    /// # Panics
    /// Beyond the last row.
    #[inline]
    pub fn value(&self, row: usize) -> <&'a A as ArrayAccessor>::Item {
        match self.keys {
            None => self.cells.value(row),
            Some(keys) => self.cells.value(keys.place(row)),
        }
    }

    /// One of the different values.
    pub(crate) fn at(&self, place: usize) -> <&'a A as ArrayAccessor>::Item {
        self.cells.value(place)
    }

    /// Every cell in order.
    pub fn iter(self) -> impl Iterator<Item = Option<<&'a A as ArrayAccessor>::Item>> {
        (0..self.array.len()).map(move |row| self.is_filled(row).then(|| self.value(row)))
    }

    /// Values that over all batches are all that rows have, each with the number of rows that it stands for: one at least. What
    /// batches share is told with the last of them.
    #[inline]
    pub(crate) fn counted(&self, together: &mut Together, mut with: impl FnMut(<&'a A as ArrayAccessor>::Item, u64)) {
        let nulls = self.array.nulls().filter(|nulls| nulls.null_count() > 0);
        match (self.keys, nulls) {
            (Some(keys), nulls) => {
                let place = std::ptr::from_ref(self.cells).cast::<()>().addr();
                let counts = together.add(place, self.cells.len(), keys, nulls).into_iter().enumerate();
                counts.filter(|(_, count)| *count > 0).for_each(|(place, count)| with(self.at(place), count));
            }
            (None, None) => (0..self.cells.len()).for_each(|row| with(self.cells.value(row), 1)),
            (None, Some(nulls)) => nulls.valid_indices().for_each(|row| with(self.cells.value(row), 1)),
        }
    }
}

/// Counts cells that rows share: those that many batches share for all of these together.
pub(crate) struct Together {
    /// By the place of the cells in memory: batches still to come that share them, and how many rows are each so far.
    shared: HashMap<usize, (usize, Vec<u64>)>,
}

impl Together {
    /// For the batches of one column.
    pub(crate) fn of<'a>(batches: impl Iterator<Item = &'a ArrayRef>) -> Together {
        let mut shared: HashMap<usize, (usize, Vec<u64>)> = HashMap::new();
        for cells in batches.filter_map(|array| array.as_any_dictionary_opt()).map(AnyDictionaryArray::values) {
            shared.entry(Arc::as_ptr(cells).cast::<()>().addr()).or_default().0 += 1;
        }
        shared.retain(|_, (batches, _)| *batches > 1);
        Together { shared }
    }

    /// Counts the rows of a batch; tells how many are each of the different cells once no other batch has them.
    fn add(&mut self, cells: usize, different: usize, keys: Shared<'_>, nulls: Option<&NullBuffer>) -> Vec<u64> {
        let mut own = Vec::new();
        let (left, counts) = match self.shared.get_mut(&cells) {
            Some((left, counts)) => {
                *left -= 1;
                (*left, counts)
            }
            None => (0, &mut own),
        };
        counts.resize(different, 0);
        match keys {
            Shared::Few(keys) => count(keys, nulls, counts),
            Shared::Many(keys) => count(keys, nulls, counts),
        }
        if left == 0 { std::mem::take(counts) } else { Vec::new() }
    }
}

/// Adds how many rows are each of the different cells.
fn count<K: Copy + Into<usize>>(keys: &[K], nulls: Option<&NullBuffer>, counts: &mut [u64]) {
    /// So many counts of each: the same cell often comes many times in a row, and would wait for itself.
    const LANES: usize = 8;
    /// Of more cells than these the same one seldom does.
    const FEW: usize = 4_096;
    match nulls {
        None if counts.len() <= FEW => {
            let mut lanes = vec![[0u32; LANES]; counts.len()];
            let (some, last) = keys.as_chunks::<LANES>();
            for keys in some {
                keys.iter().enumerate().for_each(|(lane, key)| lanes[(*key).into()][lane] += 1);
            }
            last.iter().for_each(|key| lanes[(*key).into()][0] += 1);
            let lanes = lanes.into_iter().map(|lanes| lanes.into_iter().map(u64::from).sum::<u64>());
            counts.iter_mut().zip(lanes).for_each(|(count, more)| *count += more);
        }
        None => keys.iter().for_each(|key| counts[(*key).into()] += 1),
        Some(nulls) => keys.iter().zip(nulls).for_each(|(key, filled)| counts[(*key).into()] += u64::from(filled)),
    }
}

/// The type of the cells of an array of this type, shared or not.
pub(crate) fn type_of_cells(array: &DataType) -> &DataType {
    match array {
        DataType::Dictionary(_, cells) => cells,
        own => own,
    }
}

/// The same cells, each on its own.
pub(crate) fn on_their_own(array: &ArrayRef) -> ArrayRef {
    let any = array.as_any();
    let taken = if let Some(few) = any.downcast_ref::<DictionaryArray<UInt8Type>>() {
        arrow_select::take::take(few.values().as_ref(), few.keys(), None)
    } else if let Some(many) = any.downcast_ref::<DictionaryArray<UInt16Type>>() {
        arrow_select::take::take(many.values().as_ref(), many.keys(), None)
    } else {
        return Arc::clone(array);
    };
    taken.expect("every key is one of the cells")
}
