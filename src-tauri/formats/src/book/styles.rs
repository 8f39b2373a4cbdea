//! Cell formats of an Office Open XML workbook: which number format each cell style has.

use std::collections::HashMap;
use std::io::Read;

use super::serial::NumberFormat;
use super::xml::{Token, Trouble, Xml};
use crate::caps;

/// Reads `styles.xml`: the number format of each cell style, by its number.
pub(crate) fn read<R: Read>(xml: &mut Xml<R>) -> Result<Vec<NumberFormat>, Trouble> {
    let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
    let mut styles = Vec::new();
    let mut inside = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start("numFmt", attributes, _) => {
                let (Some(id), Some(code)) = (attributes.number("numFmtId"), attributes.get("formatCode")) else {
                    continue;
                };
                if let (Ok(id), true) = (u32::try_from(id), codes.len() < caps::STYLES) {
                    codes.insert(id, NumberFormat::of_code(&code));
                }
            }
            Token::Start("cellXfs", _, closed) => inside = !closed,
            Token::End("cellXfs") => inside = false,
            Token::Start("xf", attributes, _) if inside && styles.len() < caps::STYLES => {
                let id = attributes.number("numFmtId").and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
                styles.push(codes.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id)));
            }
            _ => {}
        }
    }
    Ok(styles)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::book::serial::Shows;

    #[test]
    fn own_formats_go_before_built_in_ones() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"><alignment/></xf><xf numFmtId=\"10\"/></cellXfs></styleSheet>";
        let styles = read(&mut Xml::new(xml.as_bytes())).unwrap();
        assert_eq!(styles.len(), 3);
        assert_eq!(styles[1].shows, Shows::Date);
        assert!(styles[2].percent);
    }
}
