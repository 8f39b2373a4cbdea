//! Code page 850, the letters of DOS and of many tills in Western Europe. The Encoding Standard leaves it out.

/// What stands for the bytes 0x80 to 0xFF.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The 128 upper letters by byte.
pub(crate) fn table() -> [char; 128] {
    let mut table = ['\u{fffd}'; 128];
    for (place, letter) in table.iter_mut().zip(UPPER.chars()) {
        *place = letter;
    }
    table
}

/// The byte of a letter.
pub(crate) fn byte(letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return Some(letter as u8);
    }
    UPPER.chars().position(|upper| upper == letter).map(|place| place as u8 + 128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(UPPER.chars().count(), 128);
        let table = table();
        assert_eq!(table[0x81 - 0x80], 'ü');
        assert_eq!(table[0xE1 - 0x80], 'ß');
        assert_eq!(table[0xD5 - 0x80], 'ı');
        assert!((128..=255u8).all(|b| byte(table[usize::from(b - 128)]) == Some(b)));
    }
}
