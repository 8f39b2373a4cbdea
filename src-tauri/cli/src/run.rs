//! Each verb, carried out.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_actions::wire::{CopyFormat, Password};
use larder_actions::{ConvertTo, DescribeWords, ImportMode, Terminal, convert, inspect, profile, sample};
use larder_model::{Params, Refusal, RefusalCode, display_text};

use crate::args::{Form, ShelfVerb, Verb};
use crate::host::TerminalHost;
use crate::{access, people, print, review, rules, versions};

/// Carries one verb out.
pub fn run(verb: Verb) -> Result<(), Refusal> {
    match verb {
        Verb::Inspect { file, password_stdin, json } => inspect_file(&file, password(password_stdin)?.as_ref(), json),
        Verb::Convert { file, password_stdin, table, to, raw, out } => {
            convert_file(&file, password(password_stdin)?.as_ref(), table, form(raw, to), out.as_deref())
        }
        Verb::Profile { file, password_stdin, json } => profile_file(&file, password(password_stdin)?.as_ref(), json),
        Verb::Sample { dir } => make_sample(&dir),
        verb => at_home(verb),
    }
}

fn at_home(verb: Verb) -> Result<(), Refusal> {
    let terminal = Terminal::open(Arc::new(TerminalHost::new()))?;
    let done = match verb {
        Verb::Shelf { verb: ShelfVerb::Add { path, name } } => add_shelf(&terminal, &path, name.as_deref()),
        Verb::Shelf { verb: ShelfVerb::List { json } } => list_shelf(&terminal, json),
        Verb::People { verb, json } => people::run(&terminal, verb, json),
        Verb::Invite { out, hint, json } => people::invite(&terminal, hint.as_deref(), out.as_deref(), json),
        Verb::Join { invitation, at, json } => people::join(&terminal, &invitation, at.as_deref(), json),
        Verb::Rules(args) => rules::run(&terminal, args),
        Verb::Seal(args) => access::seal(&terminal, &args),
        Verb::Ask(args) => access::ask(&terminal, &args),
        Verb::Answer(args) => access::answer(&terminal, &args),
        Verb::HandOver { product, person, json } => access::hand_over(&terminal, &product, &person, json),
        Verb::LookOver { product, json } => review::run(&terminal, product.as_deref(), json),
        Verb::Use { product, purpose, no_more, json } => {
            review::say_use(&terminal, &product, purpose.as_deref(), no_more, json)
        }
        Verb::Versions { product, keep, together, json } => {
            versions::run(&terminal, &product, keep.as_deref(), together, json)
        }
        Verb::Whoami { name, email, json } => whoami(&terminal, name.as_deref(), email.as_deref(), json),
        Verb::Import { files, password_stdin, product, replace, append, json } => {
            let mode = if append { Some(ImportMode::Append) } else { replace.then_some(ImportMode::Replace) };
            password(password_stdin)
                .and_then(|password| import(&terminal, &files, password.as_ref(), product.as_deref(), mode, json))
        }
        Verb::Describe { product, title, summary, area, columns, keys, promise, json } => {
            let words = DescribeWords { title, summary, area, promise, columns, keys };
            describe(&terminal, &product, &words, json)
        }
        Verb::Publish { product, shelf, json } => publish(&terminal, &product, shelf.as_deref(), json),
        Verb::Refresh => refresh(&terminal),
        Verb::Browse { query, json } => browse(&terminal, &query.join(" "), json),
        Verb::Show { product, json } => show(&terminal, &product, json),
        Verb::Take { product, release, to, out } => take(&terminal, &product, release, to, &out),
        Verb::Doctor { shelf, mend, collect, json } => doctor(&terminal, shelf.as_deref(), (mend, collect), json),
        Verb::Inspect { .. } | Verb::Convert { .. } | Verb::Profile { .. } | Verb::Sample { .. } => Ok(()),
    };
    terminal.close();
    done
}

/// The first line of standard input, if a password is to be read there.
fn password(wanted: bool) -> Result<Option<Password>, Refusal> {
    if !wanted {
        return Ok(None);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| Refusal::from_io(&e, "stdin"))?;
    // What a Windows shell hands over may begin with a mark of its encoding.
    let typed = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    Ok(Some(Password::new(typed)))
}

fn inspect_file(file: &Path, password: Option<&Password>, json: bool) -> Result<(), Refusal> {
    let inspection = inspect(file, password)?;
    if json {
        print::json(&inspection);
        return Ok(());
    }
    let words = print::words();
    if let Some(described) = inspection.described() {
        let params = Params::from([
            ("file".to_owned(), larder_model::display_text(&described.file, 80).into()),
            ("columns".to_owned(), described.columns.into()),
        ]);
        print::line(&words.with("cli-described-by", &params));
        print::line(&words.text("cli-described-aside"));
    }
    for table in inspection.tables() {
        print::line(format!("{} {}", table.sheet(), table.range()).trim());
        let rows: Vec<Vec<String>> = table
            .columns()
            .iter()
            .map(|c| {
                let kind = words.text(&format!("kind-{}", c.kind.replace('_', "-")));
                let shown = |text: &str| larder_model::display_text(text, 40);
                vec![
                    shown(&c.name),
                    kind,
                    shown(&c.format),
                    c.examples.iter().map(|e| shown(e)).collect::<Vec<_>>().join(" · "),
                ]
            })
            .collect();
        print::columns(&rows);
        for finding in table.findings() {
            print::line(&format!("- {}", print::finding(&words, finding)));
        }
        print::line("");
    }
    Ok(())
}

fn form(raw: bool, to: Option<Form>) -> ConvertTo {
    match (raw, to) {
        (true, _) => ConvertTo::Raw,
        (_, Some(Form::Xlsx)) => ConvertTo::Xlsx,
        (_, Some(Form::Parquet)) => ConvertTo::Parquet,
        _ => ConvertTo::Csv,
    }
}

fn convert_file(
    file: &Path,
    password: Option<&Password>,
    table: Option<u32>,
    to: ConvertTo,
    out: Option<&Path>,
) -> Result<(), Refusal> {
    match out {
        None => match convert(file, password, table, to, &mut BufWriter::new(std::io::stdout().lock())) {
            // Whoever reads us has seen enough, as in `| head`.
            Err(refusal) if refusal.params.get("detail").is_some_and(is_broken_pipe) => Ok(()),
            done => done,
        },
        Some(path) => {
            let part = path.with_extension("part");
            let name = path.display().to_string();
            let refuse = |e: std::io::Error| Refusal::from_io(&e, &name);
            let mut writer = BufWriter::new(File::create(&part).map_err(refuse)?);
            let written = convert(file, password, table, to, &mut writer).and_then(|()| writer.flush().map_err(refuse));
            // Closed first: some drives do not rename what is open.
            drop(writer);
            let done = written.and_then(|()| larder_actions::rename(&part, path).map_err(refuse));
            if done.is_err() {
                let _ = std::fs::remove_file(&part);
            }
            done
        }
    }
}

/// Systems say it in the person's language, so their number for it counts. On Windows 32 is a file that somebody else has open.
fn is_broken_pipe(detail: &larder_model::Param) -> bool {
    let ends: &[&str] = if cfg!(windows) { &["(os error 109)", "(os error 232)"] } else { &["(os error 32)"] };
    matches!(detail, larder_model::Param::Text(text) if ends.iter().any(|end| text.ends_with(end)))
}

fn profile_file(file: &Path, password: Option<&Password>, json: bool) -> Result<(), Refusal> {
    let (table, profile) = profile(file, password)?;
    if json {
        print::json(&profile);
        return Ok(());
    }
    let words = print::words();
    let head = ["cli-column", "cli-filled-cells", "cli-empty", "cli-distinct", "cli-least", "cli-most"];
    let mut rows = vec![head.iter().map(|id| words.text(id)).collect::<Vec<_>>()];
    for (column, told) in table.columns().iter().zip(&profile.columns) {
        let shown = |text: &Option<String>| larder_model::display_text(text.as_deref().unwrap_or_default(), 30);
        rows.push(vec![
            larder_model::display_text(&column.name, 40),
            told.count.to_string(),
            told.empty.to_string(),
            told.distinct.to_string(),
            shown(&told.min),
            shown(&told.max),
        ]);
    }
    print::columns(&rows);
    Ok(())
}

fn add_shelf(terminal: &Terminal, path: &str, name: Option<&str>) -> Result<(), Refusal> {
    let shelf = terminal.add_shelf(path, name)?;
    print::line(&format!("{}\t{}", larder_model::display_text(&shelf.name, 80), shelf.address));
    Ok(())
}

fn list_shelf(terminal: &Terminal, json: bool) -> Result<(), Refusal> {
    let shelves: Vec<_> = terminal.start()?.shelf.into_iter().collect();
    if json {
        print::json(&shelves);
    } else {
        for shelf in shelves {
            print::line(&format!("{}\t{}", larder_model::display_text(&shelf.name, 80), shelf.address));
        }
    }
    Ok(())
}

fn whoami(terminal: &Terminal, name: Option<&str>, email: Option<&str>, json: bool) -> Result<(), Refusal> {
    let person = match name {
        Some(name) => terminal.whoami(name, email)?,
        None => terminal.start()?.me.ok_or_else(|| Refusal::new(RefusalCode::NobodyYet))?,
    };
    if json {
        print::json(&person);
    } else {
        print::line(format!("{} {}", person.name, person.email.unwrap_or_default()).trim());
        for shelf in terminal.start()?.shelves {
            let names = [("shelf", Some(&shelf.name)), ("name", shelf.known_as.as_ref())];
            let names = names.map(|(key, name)| (key.to_owned(), display_text(name.map_or("", |n| n), 80).into()));
            match (shelf.told, &shelf.known_as) {
                (false, _) => print::line(&print::words().with("settings-me-untold", &Params::from(names))),
                (true, Some(_)) => print::line(&print::words().with("settings-me-known-as", &Params::from(names))),
                (true, None) => {}
            }
        }
    }
    Ok(())
}

fn import(
    terminal: &Terminal,
    files: &[PathBuf],
    password: Option<&Password>,
    product: Option<&str>,
    mode: Option<ImportMode>,
    json: bool,
) -> Result<(), Refusal> {
    let mut shown = Vec::new();
    for file in files {
        shown.push(terminal.import(file, password, product, mode)?);
    }
    if json {
        print::json(&shown);
        return Ok(());
    }
    let words = print::words();
    for one in shown {
        let params = Params::from([
            ("title".to_owned(), larder_model::display_text(&one.title, 80).into()),
            ("rows".to_owned(), one.rows.into()),
            ("columns".to_owned(), one.columns.len().into()),
            ("fix".to_owned(), one.to_fix.into()),
        ]);
        print::line(&words.with("cli-imported", &params));
        for file in &one.beside {
            let why = file.refusal.as_ref().map(|refusal| print::refused(&words, refusal)).unwrap_or_default();
            print::line(&format!("- {}: {why}", larder_model::display_text(&file.file, 80)));
        }
    }
    Ok(())
}

fn describe(terminal: &Terminal, product: &str, said: &DescribeWords, json: bool) -> Result<(), Refusal> {
    let label = terminal.describe(product, said)?;
    if json {
        print::json(&label);
    } else {
        let params = Params::from([("title".to_owned(), larder_model::display_text(&label.title, 80).into())]);
        print::line(&print::words().with("cli-described", &params));
    }
    Ok(())
}

fn publish(terminal: &Terminal, product: &str, shelf: Option<&str>, json: bool) -> Result<(), Refusal> {
    let (plan, done) = terminal.publish(product, shelf)?;
    if json {
        print::json(&done);
        return Ok(());
    }
    let params = Params::from([
        ("title".to_owned(), larder_model::display_text(&done.title, 80).into()),
        ("shelf".to_owned(), larder_model::display_text(&plan.shelf, 80).into()),
        ("release".to_owned(), done.release.into()),
        ("rows".to_owned(), plan.rows.into()),
    ]);
    print::line(&print::words().with("cli-published", &params));
    Ok(())
}

fn refresh(terminal: &Terminal) -> Result<(), Refusal> {
    let products = terminal.refresh()?;
    print::line(&print::words().with("cli-refreshed", &Params::from([("products".to_owned(), products.into())])));
    Ok(())
}

fn browse(terminal: &Terminal, query: &str, json: bool) -> Result<(), Refusal> {
    let labels = terminal.browse(query)?;
    if json {
        print::json(&labels);
    } else {
        print::labels(&labels);
    }
    Ok(())
}

fn show(terminal: &Terminal, product: &str, json: bool) -> Result<(), Refusal> {
    let page = terminal.show(product)?;
    if json {
        print::json(&page);
    } else {
        print::page(&page);
    }
    Ok(())
}

fn take(terminal: &Terminal, product: &str, release: Option<u64>, to: Option<Form>, out: &Path) -> Result<(), Refusal> {
    let ending = out.extension().map(|e| e.to_string_lossy().to_lowercase());
    let format = match (to, ending.as_deref()) {
        (Some(Form::Csv), _) | (None, Some("csv")) => CopyFormat::Csv,
        (Some(Form::Parquet), _) | (None, Some("parquet")) => CopyFormat::Parquet,
        _ => CopyFormat::Xlsx,
    };
    let path = terminal.take(product, release, format, out)?;
    print::line(&path.display().to_string());
    review::ask(terminal, product);
    Ok(())
}

fn doctor(terminal: &Terminal, shelf: Option<&str>, (mend, collect): (bool, bool), json: bool) -> Result<(), Refusal> {
    let report = terminal.doctor(mend, collect)?;
    if let Some(wanted) = shelf.filter(|wanted| *wanted != report.shelf) {
        return Err(Refusal::new(RefusalCode::Unknown).with("what", wanted));
    }
    if json {
        print::json(&report);
    } else {
        print::doctor(&report);
    }
    Ok(())
}

fn make_sample(dir: &Path) -> Result<(), Refusal> {
    let name = dir.display().to_string();
    let taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(Refusal::new(RefusalCode::Taken).with("name", name));
    }
    let dir = std::path::absolute(dir).map_err(|e| Refusal::from_io(&e, &name))?;
    let root = dir.join("sample");
    let host = Arc::new(TerminalHost::at(&dir));
    sample(host, &root)?;
    let params = Params::from([
        ("home".to_owned(), dir.display().to_string().into()),
        ("shelf".to_owned(), root.join("shelf").display().to_string().into()),
        ("practice".to_owned(), root.join("practice").display().to_string().into()),
    ]);
    print::line(&print::words().with("cli-sample", &params));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_has_seen_enough_is_told_apart_from_a_file_that_is_held() {
        let detail = |code| Refusal::from_io(&std::io::Error::from_raw_os_error(code), "x").params["detail"].clone();
        let (closed, held): (&[i32], i32) = if cfg!(windows) { (&[109, 232], 32) } else { (&[32], 16) };
        assert!(closed.iter().all(|code| is_broken_pipe(&detail(*code))));
        assert!(!is_broken_pipe(&detail(held)));
    }
}
