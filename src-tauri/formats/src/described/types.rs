//! Type names of databases and programs, as ODCS carries them.

use crate::described::model::{Kind, KindHint};

/// What a type of a database or of another program is: `DECIMAL(12,2)`, `timestamp_tz`, `double precision`.
pub(crate) fn physical(name: &str) -> Option<KindHint> {
    let name = name.trim().to_ascii_lowercase();
    let base = name.split(['(', '<', '[']).next().unwrap_or_default().trim();
    if name.ends_with("[]") {
        return Some(KindHint::of(Kind::List));
    }
    let kind = match base {
        "uuid" | "guid" | "uniqueidentifier" => return Some(KindHint::finer(Kind::Text, "uuid")),
        "binary" | "varbinary" | "blob" | "bytea" | "bytes" => return Some(KindHint::finer(Kind::Text, "binary")),
        "money" | "smallmoney" => return Some(KindHint::finer(Kind::Number, "money")),
        "number" if name.contains('(') && !name.contains(',') => Kind::Integer,
        "bool" | "boolean" | "bit" => Kind::Boolean,
        "date" | "date32" | "date64" => Kind::Date,
        base if base == "duration" || base.starts_with("interval") => Kind::Duration,
        "year" => Kind::Year,
        "geometry" | "geography" | "geopoint" | "geojson" => Kind::Geo,
        "array" | "list" | "set" | "repeated" => Kind::List,
        "object" | "struct" | "record" | "json" | "jsonb" | "map" | "variant" | "row" | "super" => Kind::Object,
        base => by_word(base.split([' ', '_']).next()?.trim_end_matches(|c: char| c.is_ascii_digit()))?,
    };
    Some(KindHint::of(kind))
}

/// By the first word without sizes: `int` of `int64`, `timestamp` of `timestamp_ntz`.
fn by_word(word: &str) -> Option<Kind> {
    Some(match word {
        "timestamp" | "timestamptz" | "timestampntz" | "datetime" | "datetimeoffset" | "smalldatetime" => {
            Kind::DateTime
        }
        "time" | "timetz" => Kind::Time,
        "int" | "integer" | "bigint" | "smallint" | "tinyint" | "mediumint" | "hugeint" | "uint" | "ubigint"
        | "byteint" | "serial" | "bigserial" | "smallserial" | "long" | "short" | "byte" => Kind::Integer,
        "decimal" | "numeric" | "number" | "float" | "double" | "real" | "dec" | "bignumeric" | "bigdecimal" => {
            Kind::Number
        }
        "string" | "varchar" | "char" | "nvarchar" | "nchar" | "bpchar" | "character" | "text" | "ntext"
        | "tinytext" | "mediumtext" | "longtext" | "clob" | "nclob" | "citext" | "enum" => Kind::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn database_types_are_known() {
        let kind = |name| physical(name).map(|hint| hint.kind);
        assert_eq!(kind("DECIMAL(12,2)"), Some(Kind::Number));
        assert_eq!(kind("NUMBER(10)"), Some(Kind::Integer));
        assert_eq!(kind("varchar(20)"), Some(Kind::Text));
        assert_eq!(kind("TIMESTAMP WITH TIME ZONE"), Some(Kind::DateTime));
        assert_eq!(kind("double precision"), Some(Kind::Number));
        assert_eq!(kind("interval day to second"), Some(Kind::Duration));
        assert_eq!(kind("INT64"), Some(Kind::Integer));
        assert_eq!(kind("interesting"), None);
        assert_eq!(kind("INT[]"), Some(Kind::List));
        assert_eq!(kind("whatever"), None);
    }
}
