//! Everything that is shipped with Larder may be shipped with it.

use serde_json::Value;

use crate::metadata::{everything, list, text};
use crate::tree::report;

/// Licences (SPDX) that ask for no more than being named.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "Unlicense",
    "0BSD",
];

/// Crates under the Mozilla Public License that come with the window and its folders, used unchanged.
const MPL: &[&str] = &["cssparser", "cssparser-macros", "dtoa-short", "option-ext", "selectors"];

/// Packages whose description forgets the licence that their LICENSE file gives.
const FORGOTTEN: &[(&str, &str)] = &[("svelte-toolbelt", "MIT")];

/// Packages of the interface under licences of their own kind: fonts, used unchanged.
const FONTS: (&str, &str) = ("@fontsource-variable/", "OFL-1.1");

/// Whether an SPDX expression (also with `/` for "or", as old crates write) can be met with these licences.
fn is_met(expression: &str, may: &dyn Fn(&str) -> bool) -> bool {
    let expression = expression.replace('/', " OR ");
    let tokens = expression.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = tokens.split_whitespace().collect();
    let mut at = 0;
    let met = either(&tokens, &mut at, may);
    met && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize, may: &dyn Fn(&str) -> bool) -> bool {
    let mut met = both(tokens, at, may);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(tokens, at, may);
    }
    met
}

fn both(tokens: &[&str], at: &mut usize, may: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(tokens, at, may);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(tokens, at, may);
    }
    met
}

fn one(tokens: &[&str], at: &mut usize, may: &dyn Fn(&str) -> bool) -> bool {
    let Some(first) = tokens.get(*at) else {
        return false;
    };
    *at += 1;
    if *first == "(" {
        let met = either(tokens, at, may);
        let closed = tokens.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if tokens.get(*at) == Some(&"WITH") {
        let licence = format!("{first} WITH {}", tokens.get(*at + 1).unwrap_or(&""));
        *at += 2;
        return may(&licence);
    }
    may(first)
}

fn may_ship_crate(name: &str, licence: &str) -> bool {
    is_met(licence, &|one| ALLOWED.contains(&one) || (one == "MPL-2.0" && MPL.contains(&name)))
}

fn may_ship_package(name: &str, licence: &str) -> bool {
    let forgotten = FORGOTTEN.iter().find(|(forgetful, _)| *forgetful == name && licence.is_empty());
    let licence = forgotten.map_or(licence, |(_, licence)| licence);
    is_met(licence, &|one| ALLOWED.contains(&one) || (name.starts_with(FONTS.0) && one == FONTS.1))
}

#[test]
fn every_crate_has_a_licence_that_allows_shipping_it() {
    let everything = everything();
    let built: Vec<&str> = list(&everything["resolve"], "nodes").iter().map(|node| text(node, "id")).collect();
    let ours = |package: &Value| package["source"].is_null();
    let packages: Vec<&Value> = list(&everything, "packages")
        .iter()
        .filter(|package| !ours(package) && built.contains(&text(package, "id")))
        .collect();
    assert!(packages.len() > 50, "crates were found at all: {}", packages.len());
    let wrong: Vec<String> = packages
        .into_iter()
        .map(|package| (text(package, "name"), text(package, "license")))
        .filter(|(name, licence)| !may_ship_crate(name, licence))
        .map(|(name, licence)| format!("{name}: {licence:?}"))
        .collect();
    report("licences outside the list", &wrong);
}

#[test]
fn every_package_of_the_interface_has_a_licence_that_allows_shipping_it() {
    let lock = crate::tree::text("ui/package-lock.json").unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 5, "packages were found at all");
    let mut wrong = Vec::new();
    for (path, package) in packages {
        let name = path.rsplit_once("node_modules/").map_or("", |(_, name)| name);
        // Tools that build and test are not shipped.
        let is_tool = ["dev", "devOptional"].iter().any(|kind| package[kind] == Value::Bool(true));
        if !name.is_empty() && !is_tool && !may_ship_package(name, text(package, "license")) {
            wrong.push(format!("{name}: {:?}", text(package, "license")));
        }
    }
    report("licences outside the list", &wrong);
}

#[test]
fn licences_are_read_as_they_are_written() {
    for (licence, name, may) in [
        ("MIT OR Apache-2.0", "x", true),
        ("MIT/Apache-2.0", "x", true),
        ("Apache-2.0 / MIT", "x", true),
        ("Apache-2.0 OR GPL-2.0-only", "x", true),
        ("GPL-3.0-only", "x", false),
        ("MIT AND GPL-3.0-only", "x", false),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", "x", true),
        ("(MIT AND GPL-3.0-only) OR ISC", "x", true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", "x", true),
        ("GPL-2.0 WITH Classpath-exception-2.0", "x", false),
        ("MPL-2.0", "selectors", true),
        ("MPL-2.0", "another", false),
        ("", "x", false),
        ("(MIT", "x", false),
        ("MIT Apache-2.0", "x", false),
    ] {
        assert_eq!(may_ship_crate(name, licence), may, "{name}: {licence}");
    }
    assert!(may_ship_package("@fontsource-variable/fraunces", "OFL-1.1") && !may_ship_package("fraunces", "OFL-1.1"));
}
