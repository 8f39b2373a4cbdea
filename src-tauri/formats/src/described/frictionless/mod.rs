//! Frictionless Data Package 1.0 and 2.0 (datapackage.org): packages, resources, schemas and dialects.

mod constraints;
mod dialect;
mod field;
mod package;
mod people;
mod resource;
mod schema;

pub(crate) use package::package;
pub(crate) use resource::lone_resource;
pub(crate) use schema::lone_schema;

use crate::described::draft::Draft;
use crate::described::tree::Fields;

/// The version of the standard, told by `$schema` (2.0) or `profile` (1.0).
fn version(fields: &mut Fields<'_>, draft: &mut Draft) {
    let stated = fields.take("$schema").and_then(|spot| spot.exact(&mut draft.log));
    let old = fields.take("profile").and_then(|spot| spot.exact(&mut draft.log));
    let number = |url: &String| {
        let mut steps = url.split(['/', '@']);
        steps.find(|step| step.starts_with(|c: char| c.is_ascii_digit()) && step.len() < 10).map(str::to_owned)
    };
    let version =
        stated.as_ref().and_then(number).or_else(|| old.as_ref().map(|url| number(url).unwrap_or("1.0".into())));
    draft.out.standard_version = version;
}
