//! Open Data Contract Standard 2 and 3.

use crate::common::{column, noted, read, table};
use larder_formats::described;
use larder_formats::described::{Bound, DateOrder, Kind, NoteCode, RowCount, Standard};

#[test]
fn a_contract_tells_about_itself() {
    let contract = read("odcs/v3.odcs.yaml");
    assert_eq!((contract.standard, contract.standard_version.as_deref()), (Standard::Odcs3, Some("v3.1.0")));
    assert_eq!((contract.title.as_deref(), contract.version.as_deref()), (Some("Shop orders"), Some("1.10")));
    assert_eq!(contract.purpose.as_deref(), Some("For the monthly report."));
    assert_eq!(contract.usage.as_deref(), Some("Join by customer."));
    assert_eq!(contract.limits.as_deref(), Some("Not for wages."));
    assert_eq!(contract.licence.as_ref().and_then(|l| l.name.as_deref()), Some("CC-BY-4.0"));
    assert_eq!(contract.keywords, ["orders", "no"]);
    let people: Vec<_> =
        contract.people.iter().map(|p| (p.name.as_deref(), p.email.as_deref(), p.role.as_deref())).collect();
    let team = (Some("Sales data"), None, Some("team"));
    let dora = (Some("Dora"), Some("dora@example.org"), Some("owner"));
    assert_eq!(people, [team, dora, (Some("help"), Some("help@example.org"), Some("support"))]);
    let frequency = contract.frequency.as_ref().expect("a frequency");
    assert_eq!((frequency.every.as_str(), frequency.unit.as_deref()), ("1", Some("d")));
}

#[test]
fn servers_name_the_files() {
    let contract = read("odcs/v3.odcs.yaml");
    assert_eq!(table(&contract, "orders").paths, ["data/orders.csv", "data/orders.parquet"]);
    assert_eq!(table(&contract, "customers").paths, ["data/customers.csv"]);
    assert_eq!(noted(&contract, NoteCode::RemoteFile), ["/servers/2"]);
    assert!(noted(&contract, NoteCode::UnsafePath).contains(&"/servers/3/path"));
    assert!(!format!("{contract:?}").contains("hunter2"));
    assert_eq!(described::pick(&contract, "orders.csv").and_then(|t| t.title.as_deref()), Some("Orders"));
}

#[test]
fn rules_without_exceptions_are_kept() {
    let contract = read("odcs/v3.odcs.yaml");
    let orders = table(&contract, "orders");
    assert_eq!(orders.rows, Some(RowCount { at_least: Some(20), at_most: Some(500) }));
    let shop = column(orders, "shop");
    let allowed: Vec<&str> = shop.allowed.iter().map(|a| a.value.as_str()).collect();
    assert_eq!(allowed, ["NO", "DE", "01067"]);
    assert!(shop.required);
    assert_eq!(shop.missing_values, ["", "N/A"]);
    let keys: Vec<(bool, Vec<&str>)> =
        orders.keys.iter().map(|k| (k.primary, k.columns.iter().map(String::as_str).collect())).collect();
    assert!(keys.contains(&(true, vec!["shop", "Order No"])) && keys.contains(&(false, vec!["customer", "day"])));
    let rules = noted(&contract, NoteCode::UnknownRule);
    assert!(rules.contains(&"/schema/0/quality/3") && rules.contains(&"/schema/0/properties/1/quality/2"));
    assert!(rules.contains(&"/schema/0/properties/3/logicalTypeOptions/multipleOf"));
    assert!(contract.notes.iter().any(|note| note.detail.as_deref() == Some("totals agree")));
}

#[test]
fn columns_carry_names_kinds_and_units() {
    let contract = read("odcs/v3.odcs.yaml");
    let orders = table(&contract, "orders");
    let number = column(orders, "Order No");
    assert_eq!((number.id.as_str(), number.key_part, number.unique), ("id", Some(2), true));
    let day = column(orders, "day").kind.clone().expect("a kind");
    assert_eq!((day.kind, day.date_order), (Kind::DateTime, Some(DateOrder::DayFirst)));
    let total = column(orders, "total");
    assert_eq!((total.unit.as_deref(), total.currency.as_deref()), (Some("EUR"), Some("EUR")));
    assert_eq!(total.examples, ["1.50", "20"]);
    assert_eq!(total.maximum, Some(Bound { value: "1000".into(), exclusive: true }));
    let customer = column(orders, "customer");
    assert!(customer.personal && customer.max_length == Some(40));
    assert_eq!(customer.kind.as_ref().and_then(|k| k.finer.as_deref()), Some("email"));
    let found = customer.looks_up.as_ref().expect("a look-up");
    assert_eq!((found.table.as_deref(), found.column.as_str()), (Some("customers"), "Customer"));
    let state = column(table(&contract, "customers"), "state");
    assert_eq!(state.allowed[0].label.as_deref(), Some("active"));
    let lost = noted(&contract, NoteCode::NotKept);
    for place in
        ["/id", "/status", "/team/members/1", "/support/1", "/slaProperties/1", "/schema/0/properties/5/properties"]
    {
        assert!(lost.contains(&place), "{place}");
    }
    assert!(!lost.iter().any(|place| place.ends_with("criticalDataElement")));
}

#[test]
fn version_3_0_has_rules_without_arguments() {
    let contract = read("odcs/v302.yaml");
    let events = table(&contract, "events");
    assert_eq!(column(events, "seen").kind.as_ref().map(|k| k.kind), Some(Kind::DateTime));
    let amount = column(events, "amount");
    assert!(amount.required && amount.allowed.len() == 2);
    assert_eq!(noted(&contract, NoteCode::UnknownRule), ["/schema/0/properties/1/quality/2"]);
    assert_eq!(contract.people[0].email.as_deref(), Some("eva@example.org"));
}

#[test]
fn version_2_is_read() {
    let contract = read("odcs/v2.yaml");
    assert_eq!((contract.standard, contract.title.as_deref()), (Standard::Odcs2, Some("my quantum")));
    assert!(contract.purpose.is_some() && contract.limits.is_some());
    let tbl = table(&contract, "tbl");
    let day = column(tbl, "txn_dt");
    assert!(day.required && day.key_part == Some(1));
    assert_eq!(
        (day.title.as_deref(), day.examples.as_slice()),
        (Some("transaction date"), ["2022-10-03".to_owned()].as_slice())
    );
    let receiver = column(tbl, "rcvr_id");
    assert!(receiver.unique && !receiver.required && receiver.personal);
    assert_eq!(receiver.kind.as_ref().map(|k| k.kind), Some(Kind::Text), "by the physical type");
    assert_eq!(contract.frequency.as_ref().map(|f| f.every.as_str()), Some("1"));
    assert_eq!(noted(&contract, NoteCode::UnknownRule), ["/dataset/0/columns/1/quality/0"]);
    assert!(noted(&contract, NoteCode::NotKept).contains(&"/password"));
    assert!(!format!("{contract:?}").contains("hunter2"));
}

#[test]
fn other_standards_are_told_apart() {
    let other = described::read("datacontract.yaml", b"dataContractSpecification: 1.1.0\nmodels: {}\n");
    assert!(matches!(other, Err(described::DescribeError::Unsupported { .. })));
    let product = described::read("a.odcs.yaml", b"apiVersion: v1.0.0\nkind: DataProduct\n");
    assert_eq!(product, Ok(None));
    let cluster = described::read("datacontract.yaml", b"apiVersion: v1\nkind: Pod\nspec: {}\n");
    assert_eq!(cluster, Ok(None));
    let newer = described::read("a.odcs.yaml", b"apiVersion: v4.0.0\nkind: DataContract\nschema: []\n");
    let newer = newer.expect("readable").expect("a description");
    assert_eq!(noted(&newer, NoteCode::NewerVersion), ["/apiVersion"]);
}

#[test]
fn contracts_in_json_say_the_same() {
    let (yaml, json) = (read("odcs/v3.odcs.yaml"), read("odcs/v3.odcs.json"));
    assert_eq!(yaml.people, json.people);
    assert_eq!(table(&yaml, "customers"), table(&json, "customers"));
    assert_eq!(read("odcs/v2.yaml").tables, read("odcs/v2.json").tables);
}
