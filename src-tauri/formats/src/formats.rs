//! The one list of file formats that are understood. A new one is a line here and a file of its own.

use larder_model::{Format, Refusal};

use crate::book::{Opened, Request, open_flat, open_html, open_ole, open_spreadsheetml, open_text, open_zip};
use crate::progress::Input;

/// Opens a file whose beginning looked like this format.
pub(crate) type Opener = fn(Box<dyn Input>, &Request<'_>) -> Result<Opened, Refusal>;

/// A file format: what `sniff` calls it, and what opens it. Zip archives and compound files are told apart for good only
/// by what is inside, so their openers may find another of their family.
pub(crate) struct Entry {
    pub format: Format,
    pub open: Opener,
}

/// All formats.
pub(crate) const FORMATS: [Entry; 9] = [
    Entry { format: Format::Xlsx, open: open_zip },
    Entry { format: Format::Xlsb, open: open_zip },
    Entry { format: Format::Ods, open: open_zip },
    Entry { format: Format::Xls, open: open_ole },
    Entry { format: Format::Fods, open: open_flat },
    Entry { format: Format::Xml, open: open_spreadsheetml },
    Entry { format: Format::Html, open: open_html },
    Entry { format: Format::Tsv, open: open_text },
    Entry { format: Format::Csv, open: open_text },
];
