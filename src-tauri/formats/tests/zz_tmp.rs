#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
use std::time::Instant;
use larder_formats::{Quiet, open, open_head};
#[test]
fn explore() {
    let Ok(paths) = std::env::var("TRY") else { return };
    for path in paths.split(':') {
        let t = Instant::now();
        let head = open_head(path, Box::new(std::fs::File::open(path).unwrap()), &[], 200).map(|b| b.read(&[]).rows);
        let th = t.elapsed();
        let t = Instant::now();
        let book = match open(path, Box::new(std::fs::File::open(path).unwrap()), &[], &Quiet) { Ok(b) => b, Err(e) => { println!("{path}: {e}"); continue } };
        let to = t.elapsed();
        let t = Instant::now();
        let r = book.read(&[]);
        let tr = t.elapsed();
        let t = Instant::now();
        let table = book.table(&r, &Quiet).unwrap();
        let tt = t.elapsed();
        println!("=== {path} head {th:?} ({head:?}) open {to:?} read {tr:?} table {tt:?}");
        println!("{:?} enc {:?} delim {:?} sheet {:?} tables {:?} rows {}", r.format, r.encoding, r.delimiter, r.sheet, r.tables.iter().map(|t| (t.span.a1(), t.header_rows.clone())).collect::<Vec<_>>(), r.rows);
        for c in &r.columns { println!("  {} [{}] {:?} fmt={:?} cur={:?} unit={:?} dec={:?} empty={} distinct={} ex={:?}", c.id, c.name, c.kind, c.format, c.currency, c.unit, c.decimals, c.empty, c.distinct, c.examples); }
        for f in &r.findings { println!("  {:?} {:?} {:?} rows={:?} n={} -> {:?}", f.certainty, f.code, f.params, &f.rows[..f.rows.len().min(8)], f.count, f.opposites.iter().take(3).collect::<Vec<_>>()); }
        println!("  left out: {:?}", r.left_out.iter().take(20).map(|l| (l.row, l.reason)).collect::<Vec<_>>());
        for row in table.page(0, 4) { println!("  {row:?}"); }
    }
    if let Ok(s) = std::fs::read_to_string("/proc/self/status") { println!("{}", s.lines().find(|l| l.starts_with("VmHWM")).unwrap()); }
}
