//! From a container to the reader of what is inside: zip archives and compound files.

use std::io::Seek;

use larder_model::{Refusal, RefusalCode};

use super::cfb::Compound;
use super::package::Package;
use super::{Opened, Request, ods, xls, xlsb, xlsx};
use crate::progress::Input;
use crate::sniff::{not_a_table, what_in_zip};

/// Opens whatever workbook a zip archive holds.
pub(crate) fn open_zip(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let mut package = Package::open(input, request.name)?;
    if package.has("xl/workbook.bin") {
        return xlsb::open(package, request);
    }
    if package.has("content.xml") {
        return ods::open(package, request);
    }
    if package.has("xl/workbook.xml") {
        return xlsx::open(package, request);
    }
    if package.has("_rels/.rels") {
        let main = xlsx::workbook_part(&mut package)?;
        if main.ends_with(".bin") {
            return xlsb::open(package, request);
        }
        if package.has(&main) && !main.starts_with("word/") && !main.starts_with("ppt/") {
            return xlsx::open(package, request);
        }
    }
    Err(not_a_table(request.name, what_in_zip(package.names())))
}

/// Opens whatever workbook a compound file, or a bare stream of records, holds.
pub(crate) fn open_ole(mut input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    input.rewind().map_err(|e| Refusal::from_io(&e, request.name))?;
    let mut magic = [0u8; 8];
    std::io::Read::read_exact(&mut input, &mut magic).map_err(|e| Refusal::from_io(&e, request.name))?;
    if magic != super::cfb::MAGIC {
        input.rewind().map_err(|e| Refusal::from_io(&e, request.name))?;
        let mut stream = Vec::new();
        std::io::Read::read_to_end(&mut std::io::Read::take(&mut input, super::cfb::STREAM_BYTES), &mut stream)
            .map_err(|e| Refusal::from_io(&e, request.name))?;
        return xls::open(&stream, request);
    }
    let mut compound = Compound::open(input, request.name)?;
    if compound.has("EncryptedPackage") || compound.has("EncryptionInfo") {
        return Err(Refusal::new(RefusalCode::PasswordProtected).with("file", request.name));
    }
    for stream in ["Workbook", "Book"] {
        if compound.has(stream) {
            let stream = compound.stream(stream)?;
            return xls::open(&stream, request);
        }
    }
    Err(not_a_table(request.name, compound.what()))
}
