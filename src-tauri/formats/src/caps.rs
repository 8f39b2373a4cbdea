//! Every limit on what is read, in one place. Files are hostile until shown otherwise.

use larder_model::{Refusal, RefusalCode};

/// Largest file taken in, in bytes.
pub(crate) const FILE_BYTES: u64 = 2 << 30;
/// Columns of a sheet, as many as Excel has.
pub(crate) const COLUMNS: usize = 16_384;
/// Rows of a sheet.
pub(crate) const ROWS: u64 = 40_000_000;
/// Cells kept of a sheet.
pub(crate) const CELLS: u64 = 200_000_000;
/// Text of one cell, in bytes.
pub(crate) const CELL_BYTES: usize = 1 << 20;
/// One row of a text file, in bytes.
pub(crate) const ROW_BYTES: usize = 32 << 20;
/// Text of a whole sheet, in bytes.
pub(crate) const TEXT_BYTES: u64 = 2 << 30;
/// What a zip archive may unpack to, in bytes.
pub(crate) const UNPACKED_BYTES: u64 = 2 << 30;
/// From this size on, what is unpacked is held against what was packed.
pub(crate) const RATIO_FROM_BYTES: u64 = 100 << 20;
/// How many times larger than packed a part may become.
pub(crate) const RATIO: u64 = 200;
/// Parts of a zip archive.
pub(crate) const ZIP_PARTS: usize = 20_000;
/// Sheets of a workbook.
pub(crate) const SHEETS: usize = 4_096;
/// One tag or one run of text inside an XML part, in bytes.
pub(crate) const XML_TOKEN_BYTES: usize = 4 << 20;
/// Cell formats, number formats and the like.
pub(crate) const STYLES: usize = 100_000;
/// Merged regions that are looked at.
pub(crate) const MERGES: usize = 100_000;
/// Lines that one quoted cell of a text file may span.
pub(crate) const QUOTED_LINES: usize = 500;
/// Tables told of on one sheet.
pub(crate) const TABLES: usize = 64;
/// Rows left out that are listed in a reading.
pub(crate) const LEFT_OUT_LISTED: usize = 10_000;
/// Rows listed with one finding.
pub(crate) const ROWS_LISTED: usize = 100;

/// The refusal for something over a limit: what it is, and how much of it would do.
pub(crate) fn too_large(what: &str, limit: u64) -> Refusal {
    Refusal::new(RefusalCode::TooLarge).with("what", what).with("limit", limit)
}
