//! Where separators, quotes and line ends stand in a text, found 64 bytes at a time and told apart as a whole (after Langdale and
//! Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 2019). Asking for one after the other costs more than the cells
//! themselves, which have some eight letters.

use wide::u8x16;

use crate::raw::Mark;

/// Bytes that are looked at together.
pub(crate) const STEP: usize = 64;

/// What stands in 64 bytes: a bit for each byte.
#[derive(Debug, Clone, Copy, Default)]
struct Bits {
    /// Separators and line ends, also those inside quotes.
    ends: u64,
    line_feeds: u64,
    returns: u64,
    quotes: u64,
}

/// What goes on from one block to the next.
#[derive(Debug, Clone, Copy)]
struct Carried {
    /// The next byte stands inside quotes.
    inside: bool,
    /// The byte before closed quotes.
    closed: bool,
    /// The byte before ended a cell.
    at_start: bool,
    /// The byte before was a carriage return.
    returned: bool,
    /// The cell that is not ended yet has doubled quotes.
    doubled: bool,
}

impl Carried {
    const ROW: Carried = Carried { inside: false, closed: false, at_start: true, returned: false, doubled: false };
}

/// Rows of one block that end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowEnds {
    /// A bit for each end of a line.
    ends: u64,
    /// Those of them that take two bytes.
    pairs: u64,
    marks: u64,
    /// Marks before those of this block.
    before: usize,
    /// Where the block begins.
    base: u32,
}

/// The end of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowEnd {
    /// Where its last mark stands in the text.
    pub at: u32,
    /// Whether that is the second byte of a line end.
    pub is_pair: bool,
    /// The marks of the block in front of it.
    below: u64,
    before: usize,
}

impl RowEnd {
    /// The place of its last mark among all marks.
    pub fn place(self) -> usize {
        self.before + self.below.count_ones() as usize
    }
}

impl Iterator for RowEnds {
    type Item = RowEnd;

    #[inline]
    fn next(&mut self) -> Option<RowEnd> {
        if self.ends == 0 {
            return None;
        }
        let bit = self.ends & self.ends.wrapping_neg();
        self.ends ^= bit;
        Some(RowEnd {
            at: self.base + bit.trailing_zeros(),
            is_pair: self.pairs & bit != 0,
            below: self.marks & (bit - 1),
            before: self.before,
        })
    }
}

/// Finds the marks of a text, block by block from front to end.
pub(crate) struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    quote: u8,
    /// Where the next block begins.
    base: usize,
    carried: Carried,
    /// The marks so far, and whatever stands behind them.
    marks: Vec<Mark>,
    count: usize,
}

impl<'a> Marks<'a> {
    /// For a text that begins with a row.
    pub fn new(bytes: &'a [u8], delimiter: u8, quote: u8) -> Marks<'a> {
        let mut marks = Marks { bytes, delimiter, quote, base: 0, carried: Carried::ROW, marks: Vec::new(), count: 0 };
        marks.begin(0);
        marks
    }

    /// Begins anew with the row that begins here.
    pub fn begin(&mut self, start: usize) {
        (self.base, self.carried, self.count) = (start, Carried::ROW, 0);
        self.make_room();
        self.marks[0] = Mark::before(start);
        self.count = 1;
    }

    /// The marks so far; the first is the one in front of the first cell.
    pub fn found(&self) -> &[Mark] {
        &self.marks[..self.count]
    }

    /// Forgets the marks in front of this one, which is in front of a row.
    pub fn forget(&mut self, before: usize) {
        self.marks.copy_within(before..self.count, 0);
        self.count -= before;
    }

    /// All of the text was looked at.
    pub fn is_done(&self) -> bool {
        self.base >= self.bytes.len()
    }

    fn make_room(&mut self) {
        if self.marks.len() < self.count + STEP {
            self.marks.resize(self.count + 64 * STEP, Mark::default());
        }
    }

    /// Finds the marks of the next block. Nothing, and no mark, where quotes stand there that need more care: not around whole
    /// cells, or with line ends between them.
    #[inline(never)]
    pub fn step(&mut self) -> Option<RowEnds> {
        let rest = self.bytes.get(self.base..)?;
        let bits = match rest.first_chunk::<STEP>() {
            Some(block) => Bits::of(block, self.delimiter, self.quote),
            None => {
                // Line ends and the like are never zero.
                let mut block = [0; STEP];
                block[..rest.len()].copy_from_slice(rest);
                Bits::of(&block, self.delimiter, self.quote)
            }
        };
        let next = rest.get(STEP).copied().unwrap_or_default();
        let carried = self.carried;
        let quoting = bits.quotes != 0 || carried.inside || carried.closed || carried.doubled;
        let cells = match quoting {
            false => Quoted { marks: bits.ends, ..Quoted::default() },
            true => Quoted::of(bits, carried, self.is_end(next) || next == self.quote)?,
        };
        self.make_room();
        let before = self.count;
        let room = self.marks[before..].first_chunk_mut::<STEP>()?;
        put(cells.marks, self.base as u32, room);
        if quoting {
            cells.say(room);
        }
        self.count += cells.marks.count_ones() as usize;
        let base = self.base as u32;
        self.base += STEP;
        self.carried = Carried {
            inside: cells.inside >> 63 == 1,
            closed: cells.closing >> 63 == 1,
            at_start: cells.marks >> 63 == 1,
            returned: bits.returns >> 63 == 1,
            doubled: cells.goes_on_doubled,
        };
        let pairs = bits.line_feeds & (bits.returns << 1 | u64::from(carried.returned));
        let lone = bits.returns & !(bits.line_feeds >> 1 | u64::from(next == b'\n') << 63);
        let ends = (bits.line_feeds | lone) & cells.marks;
        Some(RowEnds { ends, pairs, marks: cells.marks, before, base })
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }
}

impl Bits {
    #[inline]
    fn of(block: &[u8; STEP], delimiter: u8, quote: u8) -> Bits {
        let [delimiter, quote, feed, back] = [delimiter, quote, b'\n', b'\r'].map(u8x16::splat);
        let mut bits = Bits::default();
        let mut rare = u8x16::ZERO;
        let parts = block.as_chunks::<16>().0;
        for (place, part) in parts.iter().enumerate() {
            let part = u8x16::new(*part);
            let (feeds, backs) = (part.simd_eq(feed), part.simd_eq(back));
            let ends = part.simd_eq(delimiter) | feeds | backs;
            bits.ends |= u64::from(ends.to_bitmask()) << (16 * place);
            bits.line_feeds |= u64::from(feeds.to_bitmask()) << (16 * place);
            rare |= backs | part.simd_eq(quote);
        }
        if rare.to_bitmask() != 0 {
            for (place, part) in parts.iter().enumerate() {
                let part = u8x16::new(*part);
                bits.returns |= u64::from(part.simd_eq(back).to_bitmask()) << (16 * place);
                bits.quotes |= u64::from(part.simd_eq(quote).to_bitmask()) << (16 * place);
            }
        }
        bits
    }
}

/// A block with quotes.
#[derive(Debug, Clone, Copy, Default)]
struct Quoted {
    /// What ends cells: nothing inside quotes.
    marks: u64,
    /// Bytes from opening quotes on, up to closing ones.
    inside: u64,
    closing: u64,
    /// Marks right behind closing quotes.
    behind: u64,
    /// Quotes that open again what others closed right before.
    again: u64,
    /// The first mark ends a cell that had doubled quotes before this block.
    was_doubled: bool,
    goes_on_doubled: bool,
}

impl Quoted {
    /// Nothing where quotes do not stand around whole cells on one line.
    fn of(bits: Bits, carried: Carried, ends_next: bool) -> Option<Quoted> {
        let toggled = bits.quotes;
        // Whether an odd number of quotes stands up to each byte.
        let odd = [1, 2, 4, 8, 16, 32].iter().fold(toggled, |odd, by| odd ^ odd << by);
        let inside = if carried.inside { !odd } else { odd };
        let (opening, closing) = (toggled & inside, toggled & !inside);
        let marks = bits.ends & !inside;
        let closed = closing << 1 | u64::from(carried.closed);
        let starts = marks << 1 | u64::from(carried.at_start);
        let again = opening & closed;
        let ends_well = (marks | toggled) >> 1 | u64::from(ends_next) << 63;
        let is_wrong = (bits.line_feeds | bits.returns) & inside | opening & !(starts | closed) | closing & !ends_well;
        let last = if marks == 0 { u64::MAX } else { u64::MAX << 1 << (63 - marks.leading_zeros()) };
        (is_wrong == 0).then_some(Quoted {
            marks,
            inside,
            closing,
            behind: marks & closed,
            again,
            was_doubled: carried.doubled,
            goes_on_doubled: again & last != 0 || (carried.doubled && marks == 0),
        })
    }

    /// Says at the marks of the block which cells are quoted, and how.
    fn say(&self, marks: &mut [Mark; STEP]) {
        let place = |bit: u64| (self.marks & (bit - 1)).count_ones() as usize;
        let mut behind = self.behind;
        while behind != 0 {
            let bit = behind & behind.wrapping_neg();
            behind ^= bit;
            marks[place(bit)].quoted();
        }
        if self.was_doubled {
            marks[0].doubled();
        }
        let mut again = self.again;
        while again != 0 {
            let bit = again & again.wrapping_neg();
            again ^= bit;
            // The mark behind it, where the block has it.
            if self.marks & !(bit - 1) != 0 {
                marks[place(bit)].doubled();
            }
        }
    }
}

/// Writes the places of bits.
#[inline]
fn put(bits: u64, base: u32, marks: &mut [Mark; STEP]) {
    /// Hardly any block has more, and to know which one has is worth more than to write a few in vain.
    const MOST: usize = 12;
    let mut bits = bits;
    let mut put = |some: &mut [Mark]| {
        for mark in some {
            // The highest bit makes no difference where others are set, and spares asking whether any is.
            *mark = Mark::at(base + (bits | 1 << 63).trailing_zeros());
            bits &= bits.wrapping_sub(1);
        }
        bits != 0
    };
    let (most, others) = marks.split_at_mut(MOST);
    if put(most) {
        for some in others.chunks_mut(4) {
            if !put(some) {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_outside_of_quotes_is_found_once_in_order() {
        for length in [0, 1, 7, 63, 64, 65, 128, 300, 5_000] {
            let text: Vec<u8> = (0..length).map(|n| b"ab,c;d\n,xyz"[n * n % 11]).collect();
            let wanted: Vec<Mark> = std::iter::once(Mark::before(0))
                .chain((0..length).filter(|n| b",\n".contains(&text[*n])).map(|n| Mark::at(n as u32)))
                .collect();
            let lines: Vec<usize> =
                (0..wanted.len()).skip(1).filter(|place| text[line(wanted[*place])] == b'\n').collect();
            let mut marks = Marks::new(&text, b',', b'"');
            let mut ended = Vec::new();
            while !marks.is_done() {
                ended.extend(marks.step().expect("no quotes").map(|end| (end.place(), end.is_pair)));
            }
            assert_eq!(marks.found(), wanted, "{length}");
            assert_eq!(ended, lines.into_iter().map(|place| (place, false)).collect::<Vec<_>>(), "{length}");
        }
    }

    fn line(mark: Mark) -> usize {
        crate::raw::Rows { text: "", marks: &[Mark::before(0), mark], columns: 1, stride: 1 }
            .column(0)
            .places()
            .next()
            .map_or(0, |place| place.span().1)
    }

    #[test]
    fn all_bits_have_their_places() {
        for bits in [0, 1, u64::MAX, 1 << 63, 0x8000_0000_0000_0001, 0xaaaa_aaaa_aaaa_aaaa, 0xff << 30] {
            let mut marks = [Mark::default(); STEP];
            put(bits, 100, &mut marks);
            let wanted: Vec<Mark> = (0..64).filter(|n| bits >> n & 1 == 1).map(|n| Mark::at(100 + n)).collect();
            assert_eq!(marks[..wanted.len()], wanted);
        }
    }
}
