//! The same story from a terminal, with the real program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use larder_tests::person::practice;
use larder_tests::program;
use serde_json::Value;

fn larder(home: &Path, args: &[&str]) -> Output {
    Command::new(program("larder"))
        .args(args)
        .env("LARDER_HOME", home)
        .env("LC_ALL", "en_GB.UTF-8")
        .output()
        .expect("the program was built before the tests")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).expect("one JSON value")
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("test paths are plain")
}

#[test]
fn a_shelf_at_an_address_that_is_no_folder_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["https://cloud.example/dav", "s3://bucket/shelf", "file://elsewhere/share", "file://%zz"] {
        let output = larder(folder.path(), &["shelf", "add", address]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{address}: {said}");
        assert!(said.contains(address) && said.contains("is no folder"), "{said}");
    }
}

#[test]
fn an_empty_home_says_that_nobody_is_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let output = larder(folder.path(), &["whoami"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("larder whoami --name"), "{said}");
}

#[test]
fn the_whole_way_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, ben) = (folder.path().join("anna"), folder.path().join("ben"));
    let share = folder.path().join("share");
    std::fs::create_dir(&share).unwrap();
    let march = practice("till_export_MARCH(2).csv");
    text(&larder(&anna, &["whoami", "--name", "Anna Mueller", "--email", "anna@example.com"]));
    text(&larder(&anna, &["shelf", "add", shown(&share), "--name", "Bakery share"]));
    let imported = json(&larder(&anna, &["import", shown(&march), "--product", "Till sales", "--json"]));
    assert_eq!(imported[0]["rows"], 812);
    let described = larder(
        &anna,
        &[
            "describe",
            "Till sales",
            "--summary",
            "What each till sold.",
            "--area",
            "Shop floor",
            "--column",
            "Umsatz=Takings with VAT.",
            "--promise",
            "month 5 12:00",
        ],
    );
    text(&described);
    let published = json(&larder(&anna, &["publish", "Till sales", "--shelf", "Bakery share", "--json"]));
    assert_eq!((&published["copied"], &published["release"]), (&true.into(), &1.into()));

    text(&larder(&ben, &["whoami", "--name", "Ben"]));
    text(&larder(&ben, &["shelf", "add", &format!("file://{}", shown(&share))]));
    text(&larder(&ben, &["refresh"]));
    let found = json(&larder(&ben, &["browse", "takings", "--json"]));
    assert!(found.as_array().is_some(), "{found}");
    let page = json(&larder(&ben, &["show", "Till sales", "--json"]));
    assert_eq!(page["card"]["label"]["keeper"], "Anna Mueller");
    for ending in ["csv", "xlsx", "parquet"] {
        let out = folder.path().join(format!("copy.{ending}"));
        text(&larder(&ben, &["take", "Till sales", "--out", shown(&out)]));
        assert!(out.exists());
    }
    assert!(text(&larder(&ben, &["doctor"])).contains("Bakery share"));
    // Somebody empties the folder: both computers together bring everything back, once they are told to.
    std::fs::remove_dir_all(share.join("larder-data")).unwrap();
    let gone = json(&larder(&ben, &["doctor", "--json"]));
    assert_eq!((&gone["notes"][0]["code"], &gone["repair"]["much"]), (&"everything_gone".into(), &true.into()));
    assert!(!share.join("larder-data").exists(), "not before");
    text(&larder(&ben, &["doctor", "--mend"]));
    text(&larder(&anna, &["doctor", "--mend", "--collect"]));
    let mended = json(&larder(&anna, &["doctor", "--json"]));
    assert_eq!(mended["repair"]["cannot"], serde_json::json!([]), "{mended}");
    assert_eq!(mended["space"].as_array().unwrap().len(), 2, "{mended}");
    text(&larder(&ben, &["refresh"]));
    let april = practice("till_export_APRIL.csv");
    text(&larder(&anna, &["import", shown(&april), "--product", "Till sales", "--append"]));
    assert_eq!(json(&larder(&anna, &["publish", "Till sales", "--json"]))["release"], 2);
    text(&larder(&ben, &["refresh"]));
    let old = folder.path().join("old.csv");
    text(&larder(&ben, &["take", "Till sales", "--version", "1", "--out", shown(&old)]));
    assert_eq!(std::fs::read_to_string(&old).unwrap().lines().count(), 813);
}

#[test]
fn a_file_is_inspected_converted_and_profiled_without_a_home() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("never made");
    let march = practice("till_export_MARCH(2).csv");
    let told = json(&larder(&home, &["inspect", shown(&march), "--json"]));
    assert_eq!(told["format"], "csv");
    let types: Vec<&str> =
        told["tables"][0]["columns"].as_array().unwrap().iter().map(|c| c["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["date", "string", "string", "integer", "number"]);
    let csv = text(&larder(&home, &["convert", shown(&march)]));
    assert_eq!(csv.lines().count(), 813);
    assert!(csv.starts_with("Datum,Artikel-Nr.,Artikel,Verkauft,Umsatz\n"));
    let raw = text(&larder(&home, &["convert", shown(&march), "--raw"]));
    assert!(raw.lines().nth(1).unwrap().contains(".03.2026"), "cells as they stand: {:?}", raw.lines().nth(1));
    let profile = json(&larder(&home, &["profile", shown(&march), "--json"]));
    assert_eq!(profile["rows"], 812);
    assert!(!home.exists(), "looking at a file leaves nothing behind");
}

#[test]
fn refusals_are_one_line_and_wrong_usage_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let refused = larder(&home, &["inspect", "no such file.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&refused.stderr).lines().count(), 1);
    assert!(refused.stdout.is_empty());
    let missing = larder(&home, &["show", "Nothing here"]);
    assert_eq!(missing.status.code(), Some(1));
    let wrong = larder(&home, &["inspect"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(larder(&home, &["dance"]).status.code(), Some(2));
}

#[test]
fn the_sample_is_made_where_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let dir: PathBuf = folder.path().join("sample");
    text(&larder(&folder.path().join("home"), &["sample", shown(&dir)]));
    assert!(dir.join("sample").join("shelf").join("larder-data").exists());
    assert!(dir.join("sample").join("shelf").join("Current").join("Till sales").join("Till sales.xlsx").exists());
    assert!(dir.join("sample").join("practice").join("till_export_MARCH(2).csv").exists());
    let again = larder(&folder.path().join("home"), &["sample", shown(&dir)]);
    assert_eq!(again.status.code(), Some(1), "a folder with something in it is left alone");
}

#[test]
fn a_folder_is_imported_as_one_and_a_description_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, months) = (folder.path().join("anna"), folder.path().join("months"));
    std::fs::create_dir(&months).unwrap();
    for month in ["1", "2", "10"] {
        let rows = format!("Day,Article,Sold\n2026-01-{month:0>2},rye,{month}\n2026-02-{month:0>2},rolls,5\n");
        std::fs::write(months.join(format!("till {month}.csv")), rows).unwrap();
    }
    std::fs::write(months.join("people.csv"), "Name,Phone\nAnna,123\nBen,456\n").unwrap();
    let package = r#"{"resources": [{"name": "till", "path": "till 1.csv",
        "schema": {"fields": [{"name": "Day", "type": "date"}, {"name": "Sold", "type": "integer"}]}}]}"#;
    std::fs::write(months.join("datapackage.json"), package).unwrap();
    let imported = json(&larder(&anna, &["import", shown(&months), "--product", "Till sales", "--json"]));
    assert_eq!((&imported[0]["title"], &imported[0]["rows"]), (&"Till sales".into(), &6.into()), "{imported}");
    assert_eq!(imported[0]["beside"][0]["file"], "people.csv");
    let said = text(&larder(&anna, &["import", shown(&months)]));
    assert!(said.lines().any(|line| line.starts_with("- people.csv: The columns are different")), "{said}");
    let seen = text(&larder(&anna, &["inspect", shown(&months.join("till 1.csv"))]));
    assert_eq!(seen.lines().next(), Some("Described by datapackage.json: 2 columns."));
    assert!(seen.lines().nth(1).is_some_and(|line| line.ends_with("one click leaves it aside.")));
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let refused = String::from_utf8(larder(&anna, &["import", shown(&empty)]).stderr).unwrap();
    assert_eq!(refused.lines().count(), 1);
    assert!(refused.ends_with("[no_spreadsheet]\n"), "{refused}");
}

#[test]
fn people_invite_join_and_decide_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, ben) = (folder.path().join("anna"), folder.path().join("ben"));
    let (share, file) = (folder.path().join("share"), folder.path().join("to the bakery.larder"));
    std::fs::create_dir(&share).unwrap();
    text(&larder(&anna, &["whoami", "--name", "Anna"]));
    text(&larder(&anna, &["shelf", "add", shown(&share), "--name", "Bakery share"]));
    let invite = json(&larder(&anna, &["invite", "--out", shown(&file), "--json"]));
    text(&larder(&ben, &["whoami", "--name", "Ben"]));
    let nowhere = larder(&ben, &["join", shown(&file)]);
    assert_eq!(nowhere.status.code(), Some(1), "the folder is found nowhere by itself");
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("--at"));
    let joined = json(&larder(&ben, &["join", shown(&file), "--at", shown(&share), "--json"]));
    assert_eq!(joined["name"], "Bakery share");
    let words: Vec<&str> = invite["words"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
    let cem = folder.path().join("cem");
    text(&larder(&cem, &["whoami", "--name", "Cem"]));
    text(&larder(&cem, &["join", &words.join(" "), "--at", shown(&share)]));
    assert!(text(&larder(&anna, &["people", "confirm", "Ben", "Cem"])).starts_with("Done."));
    text(&larder(&anna, &["people", "steward", "Ben"]));
    text(&larder(&anna, &["people", "threshold", "2"]));
    assert!(text(&larder(&ben, &["people", "remove", "Cem"])).contains("One more person"));
    assert!(text(&larder(&anna, &["people"])).contains("- Cem goes."));
    assert!(text(&larder(&anna, &["people", "cosign"])).starts_with("Done."));
    let told = text(&larder(&ben, &["rules", "--set", "--publishers", "stewards", "--max-size-mb", "5"]));
    assert!(told.contains("One more person"), "{told}");
    assert!(text(&larder(&anna, &["people", "cosign"])).starts_with("Done."));
    let shown = text(&larder(&anna, &["rules"]));
    assert!(shown.contains("Everyone who may confirm others") && shown.contains("Changed by Ben"), "{shown}");
    let page = json(&larder(&ben, &["people", "--json"]));
    assert_eq!(page["members"].as_array().unwrap().len(), 2, "{page}");
    let refused = larder(&cem, &["people", "threshold", "1"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("may not decide"), "{refused:?}");
}

#[test]
fn a_data_product_is_sealed_asked_for_and_opened_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (anna, ben) = (folder.path().join("anna"), folder.path().join("ben"));
    let (share, file) = (folder.path().join("share"), folder.path().join("salaries.csv"));
    std::fs::create_dir(&share).unwrap();
    std::fs::write(&file, "Name,Salary\nAnna,3200\nBen,2900\n").unwrap();
    for (home, name) in [(&anna, "Anna"), (&ben, "Ben")] {
        text(&larder(home, &["whoami", "--name", name]));
        text(&larder(home, &["shelf", "add", shown(&share), "--name", "Bakery share"]));
    }
    text(&larder(&anna, &["people", "confirm", "Ben"]));
    text(&larder(&anna, &["import", shown(&file), "--product", "Salaries"]));
    let told = text(&larder(&anna, &["seal", "Salaries", "--how-to-ask", "Ring Anna"]));
    assert!(told.contains("only you can read it"), "{told}");
    text(&larder(&anna, &["describe", "Salaries", "--summary", "Who earns what.", "--area", "Office"]));
    text(&larder(&anna, &["publish", "Salaries"]));
    text(&larder(&ben, &["refresh"]));
    let out = folder.path().join("copy.csv");
    assert_eq!(larder(&ben, &["take", "Salaries", "--out", shown(&out)]).status.code(), Some(1));
    text(&larder(&ben, &["ask", "Salaries", "--why", "To plan the shifts"]));
    assert!(text(&larder(&anna, &["answer", "Salaries", "Ben"])).contains("Was let in"));
    text(&larder(&ben, &["refresh"]));
    text(&larder(&ben, &["take", "Salaries", "--out", shown(&out)]));
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 3);
    let left = text(&larder(&anna, &["seal", "Salaries", "--leave-out", "Ben"]));
    assert!(!left.contains("Ben  Can read it"), "{left}");
}
