//! Letters that tell a table of its own among those that are nearly alike.

use super::Survey;

impl Survey {
    /// The euro of ISO 8859-15 is a sign that nobody writes in the other Western tables, its letters are fractions and accents
    /// there, and there are none of their own signs. The euro stands behind figures and blanks, or before figures; what stands in
    /// words is a letter of an older table.
    pub(super) fn has_latin_9(&self) -> bool {
        let is_blank = |byte: u8| matches!(byte, b' ' | b'(' | 0xa0);
        let is_beside_figures = |around: &[u8; 3]| {
            (around[0].is_ascii_digit() || is_blank(around[0]) || around[2].is_ascii_digit())
                && !around[2].is_ascii_alphabetic()
        };
        let is_letter = |around: &[u8; 3]| {
            matches!(around[1], 0xbc..=0xbe | 0xa6 | 0xa8 | 0xb4 | 0xb8)
                && around[2].is_ascii_alphabetic()
                && !around[0].is_ascii_digit()
        };
        let (mut beside, mut others) = (0, 0);
        for (around, count) in self.around.iter().filter(|(around, _)| around[1] == 0xa4) {
            *(if is_beside_figures(around) { &mut beside } else { &mut others }) += count;
        }
        let mut all = self.around.keys();
        (beside > others || others == 0 && all.clone().any(is_letter))
            && all.all(|around| !(0x80..0xa0).contains(&around[1]))
    }

    /// Long o and u of Hungarian stand where Western tables have letters of Portuguese and French, beside letters that those
    /// have as well. What tells them is what follows: Portuguese has `õe`, and `ã` and `ç` elsewhere; Estonian has no accents.
    pub(super) fn is_hungarian(&self) -> bool {
        let any = |letters: &[u8]| self.around.keys().any(|around| letters.contains(&around[1]));
        let long = |around: &[u8; 3]| {
            matches!(around[1], 0xf5 | 0xd5)
                && !matches!(around[2], b'e' | b'E')
                && (around[0].is_ascii_alphabetic() || around[2].is_ascii_alphabetic())
        };
        self.around.keys().any(long) && any(&[0xe1, 0xed, 0xf3, 0xfa, 0xc1]) && !any(&[0xe3, 0xe7, 0xc3, 0xc7, 0xf1])
    }
}
