//! Tables in files of markup: web pages that are called `.xls`, the XML of Excel 2003, flat OpenDocument.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use larder_formats::{Quiet, open_head};
use larder_model::{Choice, FindingCode as Code, Format, Kind};

const PAGE: &str = "<html><head><meta charset=\"utf-8\"><style>td > b { color: red }</style>
<script>if (a < b) document.write('<table><tr><td>no</td></tr></table>')</script></head>
<body><h1>Kassenbericht</h1><!-- <table><tr><td>no</td></tr></table> -->
<TABLE border=1><caption>Umsatz &amp; Menge</caption>
<thead><tr><th>Datum<th>Artikel<th align=right>Menge<th>Umsatz</tr></thead>
<tr><td rowspan=\"2\">03.03.2026<td>Br&ouml;tchen<td>120<td>&nbsp;54,00&nbsp;&euro;
<tr><td>Roggen-<br>brot</td><td>33</td><td>1.155,50 &euro;</td></tr>
<tr><td>04.03.2026</td><td> Kuchen <b>klein</b> </td><td>7</td><td>21,00 &#8364;</td></tr>
</TABLE></body></html>";

#[test]
fn a_web_page_named_xls_is_a_table() {
    for name in ["export.xls", "export.html", "export.csv"] {
        let (book, reading) = read_as(name, PAGE, &[]);
        assert_eq!((reading.format, reading.sheet.as_str()), (Format::Html, "Umsatz & Menge"), "{name}");
        assert_eq!(ids(&reading), ["datum", "artikel", "menge", "umsatz"]);
        assert_eq!(kinds(&reading), [Kind::Date, Kind::Text, Kind::Integer, Kind::Money]);
        assert_eq!(column(&reading, "umsatz").currency.as_deref(), Some("EUR"));
        let rows = rows(&book, &reading);
        assert_eq!(rows[0], ["2026-03-03", "Brötchen", "120", "54.00"]);
        assert_eq!(rows[1], ["2026-03-03", "Roggen-\nbrot", "33", "1155.50"], "a cell over two rows counts for both");
        assert_eq!(rows[2], ["2026-03-04", "Kuchen klein", "7", "21.00"]);
        assert!(found(&reading, Code::NumbersAsText).is_none(), "a page has nothing but text");
    }
}

#[test]
fn a_page_says_how_its_letters_are_written() {
    let page = PAGE.replace("utf-8", "iso-8859-1").replace("&ouml;", "ö");
    let bytes: Vec<u8> = page.chars().map(|c| c as u32 as u8).collect();
    let (book, reading) = read_as("x.xls", bytes, &[]);
    assert_eq!(rows(&book, &reading)[0][1], "Brötchen");
}

#[test]
fn tables_inside_tables_are_sheets_of_their_own() {
    let page = "<table><tr><td>Menu</td><td><table><tr><td>Artikel</td><td>Menge</td><td>Preis</td></tr>
        <tr><td>Brot</td><td>3</td><td>3,50</td></tr><tr><td>Semmel</td><td>5</td><td>0,45</td></tr></table></td></tr></table>";
    let (book, reading) = read_as("x.html", page, &[]);
    assert_eq!(reading.sheets.len(), 2);
    assert_eq!(reading.sheet, "2");
    assert_eq!(rows(&book, &reading)[1], ["Semmel", "5", "0.45"]);
    let (_, other) = read_as("x.html", page, &[Choice::Sheet { sheet: "1".into() }]);
    assert_eq!(other.sheet, "1");
}

#[test]
fn what_excel_says_beside_a_cell_goes_before_its_text() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Artikel</td><td>Menge</td></tr>
        <tr><td>Brot</td><td x:num=\"1234.5\">1.234,50</td></tr><tr><td>Semmel</td><td x:num>5</td></tr></table>";
    let (book, reading) = read_as("x.xls", page, &[]);
    assert_eq!(column(&reading, "menge").kind, Kind::Number);
    assert_eq!(rows(&book, &reading)[0][1], "1234.5");
}

#[test]
fn cells_that_span_columns_and_endless_spans_are_held() {
    let page = "<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>
        <tr><td colspan=999999999 rowspan=999999999>x</td></tr><tr><td>4</td></tr></table>";
    let book = try_open("x.html", page, &[]).unwrap();
    let raw: Vec<Vec<String>> = book.raw_rows(&book.read(&[Choice::NoHeader])).collect();
    assert_eq!(raw[0][..3], ["a", "", "b"]);
    assert_eq!(raw[1][..3], ["1", "2", "3"]);
}

#[test]
fn a_page_without_a_table_is_none_and_a_cut_one_gives_what_is_there() {
    assert_eq!(refused("x.html", "<html><body><p>Hello</p></body></html>"), ("not_a_table".into(), "web".into()));
    assert_eq!(refused("x.xls", "<html><!-- <table><tr> --></html>"), ("not_a_table".into(), "web".into()));
    for end in 0..PAGE.len() {
        if PAGE.is_char_boundary(end) {
            let _ = try_open("x.xls", &PAGE[..end], &[]).map(|book| book.read(&[]));
        }
    }
}

const XML_2003: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>
<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">
<Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style>
<Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"e\"><NumberFormat ss:Format=\"Euro Currency\"/></Style></Styles>
<Worksheet ss:Name=\"Info\"><Table ss:ExpandedColumnCount=\"1\" ss:ExpandedRowCount=\"1\"><Row><Cell><Data ss:Type=\"String\">Hello</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name=\"Preise\"><Table ss:ExpandedColumnCount=\"5\" ss:ExpandedRowCount=\"6\">
<Column ss:Width=\"80\"/>
<Row><Cell><Data ss:Type=\"String\">Artikel</Data></Cell><Cell><Data ss:Type=\"String\">Seit</Data></Cell><Cell><Data ss:Type=\"String\">Preis</Data></Cell><Cell><Data ss:Type=\"String\">MwSt.</Data></Cell><Cell><Data ss:Type=\"String\">Aktiv</Data></Cell></Row>
<Row ss:Index=\"3\"><Cell ss:MergeDown=\"1\"><Data ss:Type=\"String\">Br\u{f6}tchen &amp; Co</Data><Comment><Data>no</Data></Comment></Cell><Cell ss:StyleID=\"d\"><Data ss:Type=\"DateTime\">2026-02-01T00:00:00.000</Data></Cell><Cell ss:StyleID=\"e\"><Data ss:Type=\"Number\">0.45</Data></Cell><Cell ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.07</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row>
<Row ss:Hidden=\"1\"><Cell ss:Index=\"2\" ss:StyleID=\"d\"><Data ss:Type=\"DateTime\">2026-03-01T00:00:00.000</Data></Cell><Cell ss:StyleID=\"e\" ss:Formula=\"=R[-1]C*2\"><Data ss:Type=\"Number\">0.9</Data></Cell><Cell ss:StyleID=\"p\"><Data ss:Type=\"Number\">0.19</Data></Cell><Cell><Data ss:Type=\"Boolean\">0</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name=\"Alt\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>";

#[test]
fn the_xml_of_excel_2003_is_read_whatever_it_is_called() {
    for name in ["export.xls", "export.xml"] {
        let (book, reading) = read_as(name, XML_2003, &[]);
        assert_eq!((reading.format, reading.sheet.as_str()), (Format::Xml, "Preise"), "{name}");
        assert_eq!(ids(&reading), ["artikel", "seit", "preis", "mwst", "aktiv"]);
        assert_eq!(kinds(&reading), [Kind::Text, Kind::Date, Kind::Money, Kind::Percent, Kind::Boolean]);
        assert_eq!(column(&reading, "preis").currency.as_deref(), Some("EUR"));
        let rows = rows(&book, &reading);
        assert_eq!(rows[0], ["Brötchen & Co", "2026-02-01", "0.45", "0.07", "true"]);
        assert_eq!(rows[1], ["Brötchen & Co", "2026-03-01", "0.90", "0.19", "false"]);
        assert!(reading.sheets[2].hidden);
        assert_eq!(finding(&reading, Code::HiddenThings).rows, [4]);
        assert_eq!(finding(&reading, Code::CachedFormulas).count, 1);
    }
}

const FLAT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"t\" xmlns:text=\"x\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">
<office:body><office:spreadsheet><table:table table:name=\"Lager\">
<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Artikel</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Menge</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Ort</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Mehl</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"25\"><text:p>25</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Keller</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Hefe</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"3\"><text:p>3</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Kühlraum</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>";

#[test]
fn a_flat_opendocument_sheet_is_read() {
    let (book, reading) = read_as("lager.fods", FLAT, &[]);
    assert_eq!((reading.format, reading.sheet.as_str()), (Format::Fods, "Lager"));
    assert_eq!(kinds(&reading), [Kind::Text, Kind::Integer, Kind::Place]);
    assert_eq!(rows(&book, &reading)[1], ["Hefe", "3", "Kühlraum"]);
}

#[test]
fn the_head_of_each_of_them_and_every_cut_of_it() {
    for (name, text) in [("a.xls", PAGE), ("b.xml", XML_2003), ("c.fods", FLAT)] {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let head = open_head(name, input, &[], 2).unwrap();
        assert!(!head.is_whole(), "{name}");
        assert!(head.read(&[]).rows < 3, "{name}");
        for end in (0..text.len()).step_by(7) {
            if let Ok(book) = try_open(name, text.as_bytes()[..end].to_vec(), &[]) {
                let _ = book.table(&book.read(&[]), &Quiet);
            }
        }
    }
}

#[test]
fn pages_made_to_take_for_ever_come_to_an_end() {
    let table = "<table><tr><td>a</td><td>b</td></tr>";
    for evil in ["<a =\"", "<", "<td", "<!--", "<table>", "<tr><td rowspan=1000 colspan=1000>", "&#x", "<script>"] {
        let page = format!("{table}{}", evil.repeat(20_000));
        if let Ok(book) = try_open("x.html", page, &[]) {
            assert!(book.read(&[]).sheet_rows > 0, "{evil}");
        }
    }
}
