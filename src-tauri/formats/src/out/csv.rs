//! Comma-separated text as Frictionless Data Package 2.0 reads it without being told anything.

use std::io::Write;

use larder_model::Refusal;
use larder_tables::{Table, Values};

/// What stands in the first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// The safe names, as packages want them.
    Ids,
    /// The names as people read them.
    Titles,
}

/// Writes a table as UTF-8 without a byte order mark, lines ended by LF, commas, the names in the first row, canonical
/// values (ISO 8601 dates, `.` decimals, true and false). An empty cell is nothing between two commas; the empty cell of
/// a table with one column is `""`, so that its line is not blank. Data is never altered: text that begins with `=`
/// stays as it is. A table without columns gives an empty file.
pub fn write_csv(table: &Table, names: Names, out: &mut dyn Write) -> Result<(), Refusal> {
    if table.columns().is_empty() {
        return Ok(());
    }
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    let header = table.columns().iter().map(|column| match names {
        Names::Ids => column.id.as_str(),
        Names::Titles => column.name.as_str(),
    });
    writer.write_record(header).map_err(refused)?;
    let mut cell = String::new();
    for batch in table.batches() {
        let columns: Vec<Values> = (0..batch.num_columns()).map(|column| Values::of(batch, column)).collect();
        for row in 0..batch.num_rows() {
            for values in &columns {
                cell.clear();
                push_cell(values, row, names, &mut cell);
                writer.write_field(&cell).map_err(refused)?;
            }
            writer.write_record(None::<&[u8]>).map_err(refused)?;
        }
    }
    writer.flush().map_err(|error| Refusal::from_io(&error, "csv"))
}

/// People read a length of time as `26:30:00`; Table Schema has it as XML Schema's duration, `PT26H30M0S`.
fn push_cell(values: &Values<'_>, row: usize, names: Names, cell: &mut String) {
    values.push_text(row, cell);
    if matches!(values, Values::Duration(_)) && names == Names::Ids && !cell.is_empty() {
        let (sign, clock) = cell.strip_prefix('-').map_or(("", cell.as_str()), |rest| ("-", rest));
        let mut parts = clock.split(':');
        let mut part = || parts.next().map_or("0", |part| part.trim_start_matches('0'));
        let (hours, minutes, seconds) = (part(), part(), part());
        let shown = |digits: &str| {
            if digits.is_empty() || digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() }
        };
        *cell = format!("{sign}PT{}H{}M{}S", shown(hours), shown(minutes), shown(seconds));
    }
}

fn refused(error: ::csv::Error) -> Refusal {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => Refusal::from_io(&error, "csv"),
        other => Refusal::new(larder_model::RefusalCode::Bug).with("detail", format!("{other:?}")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::out::testing::{all_kinds, texts};

    fn written(table: &Table, names: Names) -> String {
        let mut out = Vec::new();
        write_csv(table, names, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_kind_is_written_as_the_standard_says() {
        let text = written(&all_kinds(), Names::Ids);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("words,code,mail,town,pieces,weight,price,vat,open,day,moment,clock,took"));
        assert_eq!(
            lines.next(),
            Some(
                "Käse,00417,a@example.com,Talbach,-12,1234.5,3.20,0.19,true,2026-03-03,2026-03-03T07:40:00,07:40:00,PT26H30M0S"
            )
        );
        assert_eq!(lines.next(), Some(",,,,,,,,,,,,"));
        assert!(!text.contains('\r') && !text.starts_with('\u{feff}'));
    }

    #[test]
    fn titles_can_stand_on_top_instead() {
        let text = written(&all_kinds(), Names::Titles);
        assert!(text.starts_with("Words,Code,"));
        assert!(text.contains(",07:40:00,26:30:00\n"));
    }

    #[test]
    fn quotes_commas_and_line_breaks_survive() {
        let text = written(&texts(&["a,\"b\"\nc", "=1+1", " x "]), Names::Ids);
        assert_eq!(text, "t\n\"a,\"\"b\"\"\nc\"\n=1+1\n x \n");
    }

    #[test]
    fn a_lone_empty_cell_is_not_a_blank_line() {
        assert_eq!(written(&texts(&["a", "", "b"]), Names::Ids), "t\na\n\"\"\nb\n");
    }

    #[test]
    fn no_rows_is_a_header_and_no_columns_is_nothing() {
        let empty = Table::empty(all_kinds().columns().to_vec());
        assert_eq!(written(&empty, Names::Ids).lines().count(), 1);
        assert_eq!(written(&Table::empty(Vec::new()), Names::Ids), "");
    }

    #[test]
    fn a_full_disk_is_told() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let refusal = write_csv(&all_kinds(), Names::Ids, &mut Full).unwrap_err();
        assert_eq!(refusal.code, larder_model::RefusalCode::NoSpace);
    }
}
