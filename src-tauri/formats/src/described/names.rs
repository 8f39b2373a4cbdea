//! Which file names promise a description.

use crate::described::tree::Form;

/// The name without folders, in small letters.
fn base(file_name: &str) -> String {
    file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase()
}

/// How a file of this name is written, if it can be a description at all.
pub(crate) fn form(file_name: &str) -> Option<Form> {
    match base(file_name).rsplit_once('.')?.1 {
        "json" | "jsonld" => Some(Form::Json),
        "yaml" | "yml" => Some(Form::Yaml),
        _ => None,
    }
}

/// Whether a file of this name, with or without folders in front, promises a description: `datapackage.json`,
/// `orders.resource.yaml`, `schema.json`, `csv-metadata.json`, `orders.csv-metadata.json`, `datacontract.odcs.yaml` and
/// their like. Descriptions under other names are still understood by [`crate::described::read`], by what is in them.
#[must_use]
pub fn is_description_name(file_name: &str) -> bool {
    let base = base(file_name);
    let Some((stem, ending)) = base.rsplit_once('.') else { return false };
    let known = ["datapackage", "dataresource", "resource", "tableschema", "schema", "datacontract", "odcs"];
    let is_known = |word: &str| known.contains(&word) && (word != "resource" || stem.contains('.'));
    match ending {
        "json" if stem == "csv-metadata" || stem.ends_with("-metadata") => true,
        "json" | "yaml" | "yml" => is_known(stem.rsplit('.').next().unwrap_or_default()),
        _ => false,
    }
}

/// The file that `orders.csv-metadata.json` is about.
pub(crate) fn described_file(file_name: &str) -> Option<&str> {
    let file = file_name.rsplit(['/', '\\']).next()?.strip_suffix("-metadata.json")?;
    (file != "csv" && file.contains('.')).then_some(file)
}

/// `orders` of `orders.schema.json` or `orders.resource.yaml`; nothing of `schema.json`.
pub(crate) fn described_name(file_name: &str) -> Option<&str> {
    let (stem, _) = file_name.rsplit(['/', '\\']).next()?.rsplit_once('.')?;
    let (name, _) = stem.rsplit_once('.')?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_ends() {
        let yes = ["datapackage.json", "a/DataPackage.YAML", "x.resource.json", "x.schema.json", "schema.json"];
        let more = [
            "csv-metadata.json",
            "t.csv-metadata.json",
            "datacontract.odcs.yaml",
            "sales.odcs.yml",
            "datacontract.yaml",
        ];
        assert!(yes.into_iter().chain(more).all(is_description_name));
        let no = [
            "data.json",
            "resource.json",
            "metadata.json",
            "schema.txt",
            "json",
            "a.csv",
            "",
            ".json",
            "dataproduct.odps.yaml",
        ];
        assert!(!no.into_iter().any(is_description_name));
        assert_eq!(described_file("a/t.csv-metadata.json"), Some("t.csv"));
        assert_eq!(described_file("csv-metadata.json"), None);
        assert_eq!(described_name("orders.schema.json"), Some("orders"));
        assert_eq!(described_name("schema.json"), None);
    }
}
