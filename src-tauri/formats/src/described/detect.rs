//! Which standard a file follows, by what is in it.

use crate::described::draft::Draft;
use crate::described::model::{Described, Standard};
use crate::described::note::Log;
use crate::described::tree::{self, Form, Node};
use crate::described::{DescribeError, MAX_BYTES, csvw, frictionless, is_description_name, names, odcs, settle};

const CSVW_CONTEXT: &str = "//www.w3.org/ns/csvw";

/// Words of which every description has one.
const SIGNS: [&str; 6] = ["resources", "\"fields\"", "fields:", "ns/csvw", "tableSchema", "DataContract"];

pub(crate) fn read(
    file_name: &str,
    form: Form,
    bytes: &[u8],
    languages: &[&str],
) -> Result<Option<Described>, DescribeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DescribeError::TooBig { bytes: bytes.len() });
    }
    let text = tree::decode(bytes)?;
    let promised = is_description_name(file_name);
    if !promised && !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Ok(None);
    }
    let mut log = Log::new(languages);
    let root = tree::read(form, &text, &mut log)?;
    let Some(standard) = standard(&root, file_name)? else { return Ok(None) };
    let mut draft = Draft::new(standard, log);
    match standard {
        Standard::DataPackage => frictionless::package(&root, &mut draft),
        Standard::DataResource => frictionless::lone_resource(&root, &mut draft),
        Standard::TableSchema => frictionless::lone_schema(&root, names::described_name(file_name), &mut draft),
        Standard::Csvw => csvw::metadata(&root, names::described_file(file_name), &mut draft),
        Standard::Odcs2 => odcs::v2(&root, &mut draft),
        Standard::Odcs3 => odcs::v3(&root, &mut draft),
        // A sheet is no file of its own.
        Standard::AboutSheet => return Ok(None),
    }
    Ok(Some(settle::settle(draft)))
}

fn standard(root: &Node, file_name: &str) -> Result<Option<Standard>, DescribeError> {
    if !matches!(root, Node::Map(_)) {
        return Ok(None);
    }
    if root.get("dataContractSpecification").is_some() {
        return Err(DescribeError::Unsupported { what: "Data Contract Specification".to_owned() });
    }
    Ok(contract(root)?.or_else(|| csvw_of(root)).or_else(|| frictionless_of(root, file_name)))
}

fn text_of<'n>(root: &'n Node, name: &str) -> &'n str {
    root.get(name).and_then(Node::scalar).unwrap_or_default()
}

fn contract(root: &Node) -> Result<Option<Standard>, DescribeError> {
    let version = text_of(root, "apiVersion");
    let major = version.trim_start_matches(['v', 'V']).split('.').next().unwrap_or_default();
    let kind = text_of(root, "kind");
    let has_tables =
        root.get("schema").or_else(|| root.get("dataset")).is_some_and(|node| matches!(node, Node::List(_)));
    if kind != "DataContract" && (!kind.is_empty() || !has_tables || major.is_empty()) {
        return Ok(None);
    }
    match major {
        "0" | "1" => {
            Err(DescribeError::Unsupported { what: format!("Open Data Contract Standard {}", short(version)) })
        }
        "2" => Ok(Some(Standard::Odcs2)),
        "" if root.get("dataset").is_some() => Ok(Some(Standard::Odcs2)),
        _ => Ok(Some(Standard::Odcs3)),
    }
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}

fn csvw_of(root: &Node) -> Option<Standard> {
    let context = root.get("@context");
    let is_csvw = |node: &Node| node.scalar().is_some_and(|text| text.contains(CSVW_CONTEXT));
    let named = context.is_some_and(|context| is_csvw(context) || context.items().iter().any(is_csvw));
    let has = |name: &str| root.get(name).is_some();
    let group = root.get("tables").is_some_and(|tables| tables.items().iter().any(|table| table.get("url").is_some()));
    let table = has("tableSchema") && (has("url") || has("columns"));
    (named || group || table).then_some(Standard::Csvw)
}

fn frictionless_of(root: &Node, file_name: &str) -> Option<Standard> {
    let profile = format!("{} {}", text_of(root, "profile"), text_of(root, "$schema"));
    let promised = is_description_name(file_name);
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let is = |word: &str| promised && base.contains(word);
    let told = |words: &[&str]| words.iter().any(|word| profile.contains(word));
    let json_schema = profile.contains("json-schema.org");
    if told(&["data-package", "datapackage.json"]) || is("datapackage") || resources(root) {
        return Some(Standard::DataPackage);
    }
    let has_data = root.get("path").or_else(|| root.get("data")).is_some();
    if has_data && (is("resource") || told(&["data-resource", "dataresource.json"])) {
        return Some(Standard::DataResource);
    }
    let schema = promised || told(&["table-schema", "tableschema.json"]);
    (schema && !json_schema && fields(root)).then_some(Standard::TableSchema)
}

/// The resources of a Data Package, rather than those of something else.
fn resources(root: &Node) -> bool {
    let Some(resources) = root.get("resources").map(Node::items) else { return false };
    let has_data = |node: &Node| node.get("path").is_some() || node.get("data").is_some();
    !resources.is_empty() && resources.iter().all(|node| has_data(node) && matches!(node, Node::Map(_)))
}

/// The fields of a Table Schema, rather than those of an Avro record.
fn fields(root: &Node) -> bool {
    let Some(fields) = root.get("fields").map(Node::items) else { return false };
    text_of(root, "type") != "record" && !fields.is_empty() && fields.iter().any(|field| field.get("name").is_some())
}
