//! From a container to the reader of what is inside: zip archives and compound files.

use std::io::Seek;

use larder_model::{Format, Refusal, RefusalCode};

use super::cfb::Compound;
use super::package::{Package, ends_in_the_middle};
use super::{Opened, Request, ods, xls, xlsb, xlsx};
use crate::caps;
use crate::formats::FORMATS;
use crate::locked;
use crate::progress::Input;
use crate::sniff::{HEAD_BYTES, is_packed_file, is_packed_table, not_a_table, sniff, what_in_zip};

/// Opens whatever workbook a zip archive holds.
pub(crate) fn open_zip(input: Box<dyn Input>, request: &Request<'_>) -> Result<Opened, Refusal> {
    let package = Package::open(input, request.name)?;
    let cut = package.cut();
    match (open_workbook(package, request), cut) {
        (Ok(opened), cut) if opened.content.raw.rows() > 0 || cut.is_none() => Ok(Opened { cut, ..opened }),
        (Err(refusal), _) if matches!(refusal.code, RefusalCode::Cancelled | RefusalCode::PasswordProtected) => {
            Err(refusal)
        }
        (_, Some((size, expected))) => Err(ends_in_the_middle(request.name, size, Some(expected))),
        (opened, None) => opened,
    }
}

fn open_workbook(mut package: Package, request: &Request<'_>) -> Result<Opened, Refusal> {
    if package.has("xl/workbook.bin") {
        return xlsb::open(package, request);
    }
    if package.has("content.xml") || package.has(locked::opendocument::WHOLE) {
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
    match packed_table(&package) {
        Some(name) => open_packed(package, &name, request),
        None => Err(not_a_table(request.name, what_in_zip(package.names()))),
    }
}

/// The one file of an archive, if it could be a table.
fn packed_table(package: &Package) -> Option<String> {
    let mut files = package.names().filter(|name| is_packed_file(name));
    let only = files.next().filter(|name| is_packed_table(name))?;
    files.next().is_none().then(|| only.to_owned())
}

/// Opens the one file of an archive. An archive inside an archive is no table, unless it is a workbook.
fn open_packed(mut package: Package, name: &str, request: &Request<'_>) -> Result<Opened, Refusal> {
    let Some(bytes) = package.bytes(name, caps::UNPACKED_BYTES)? else {
        return Err(not_a_table(request.name, "zip"));
    };
    drop(package);
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let format = sniff(head, bytes.len() as u64, name).map_err(|refusal| refusal.with("file", request.name))?;
    let input: Box<dyn Input> = Box::new(std::io::Cursor::new(bytes));
    let request = Request { name, ..*request };
    // Where a file in an archive is locked, there is nothing that a password could be given for.
    let unlockable = |refusal: Refusal| match refusal.code {
        RefusalCode::PasswordProtected => locked::cannot_unlock(name),
        _ => refusal,
    };
    match FORMATS.iter().find(|entry| entry.format == format) {
        Some(entry) if format != Format::Xlsx && format != Format::Xlsb && format != Format::Ods => {
            (entry.open)(input, &request).map_err(unlockable)
        }
        _ => {
            let inner = Package::open(input, name)?;
            match packed_table(&inner) {
                Some(_) => Err(not_a_table(name, "zip")),
                None => open_workbook(inner, &request).map_err(unlockable),
            }
        }
    }
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
    if compound.is_locked_package() {
        let archive = locked::package_unasked(&mut compound, request.name, request.progress)?;
        drop(compound);
        return open_zip(Box::new(archive), request);
    }
    match compound.workbook()? {
        Some(stream) => xls::open(&stream, request),
        None => Err(not_a_table(request.name, compound.what())),
    }
}
