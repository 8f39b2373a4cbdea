//! The sample bakery: five people, their data products and practice files, in a world of its own. Everything goes the
//! same way that real files go: read, described, signed by its keeper, put on a shelf.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use larder_catalog::{Catalog, SeenStore, ShelfRow};
use larder_model::{
    Audience, CARD_FORMAT, Card, Choice, Column, Condition, Label, LookUp, Person, PersonId, ProductId, Promise,
    Refusal, RefusalCode, SourceNote, Terms, WriterId,
};
use larder_shelf::{Device, Place, Trust};
use larder_tables::{Reference, Table};
use serde::Deserialize;

use crate::jobs::Job;
use crate::larder::{Me, moment};
use crate::{Larder, cards, home, publish, release};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/sample");

#[derive(Deserialize)]
struct Bakery {
    name: String,
    today: toml::value::Datetime,
    people: Vec<Person>,
    products: Vec<Product>,
}

#[derive(Deserialize)]
struct Product {
    id: String,
    file: String,
    title: String,
    summary: String,
    area: String,
    keeper: String,
    #[serde(default)]
    stand_in: String,
    #[serde(default)]
    good_for: String,
    #[serde(default)]
    not_for: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    audience: Audience,
    #[serde(default)]
    terms: Terms,
    promise: Option<String>,
    date_column: Option<String>,
    releases: Vec<Release>,
    columns: Vec<SampleColumn>,
}

#[derive(Deserialize)]
struct Release {
    days_ago: f64,
    cut_days: i32,
}

#[derive(Deserialize)]
struct SampleColumn {
    id: String,
    name: String,
    kind: larder_model::Kind,
    meaning: String,
    unit: Option<String>,
    currency: Option<String>,
    #[serde(default)]
    key: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    personal: bool,
    looks_up: Option<SampleLookUp>,
}

#[derive(Deserialize)]
struct SampleLookUp {
    product: String,
    column: String,
}

fn bakery() -> Result<Bakery, Refusal> {
    let text = FILES.get_file("bakery.toml").and_then(|f| f.contents_utf8()).unwrap_or_default();
    toml::from_str(text).map_err(|e| Refusal::new(RefusalCode::Bug).with("detail", e.to_string()))
}

/// Names of the practice files, those in folders by `folder/name`.
pub fn practice_files() -> Vec<String> {
    let mut names = Vec::new();
    if let Some(folder) = FILES.get_dir("practice") {
        collect(folder, &mut names);
    }
    names.sort();
    names
}

fn collect(folder: &Dir<'_>, names: &mut Vec<String>) {
    for file in folder.files() {
        let path = file.path().strip_prefix("practice").unwrap_or(file.path());
        names.push(path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"));
    }
    for inner in folder.dirs() {
        collect(inner, names);
    }
}

/// The path of a practice file, laid out in the sample's home.
pub fn practice_file(larder: &Larder, name: &str) -> Result<PathBuf, Refusal> {
    if !practice_files().iter().any(|n| n == name) {
        return Err(Refusal::new(RefusalCode::NotFound).with("file", name));
    }
    let folder = larder.rooms().home.root().join("practice");
    lay_out_practice(&folder)?;
    Ok(name.split('/').fold(folder, |path, part| path.join(part)))
}

fn lay_out_practice(folder: &Path) -> Result<(), Refusal> {
    for name in practice_files() {
        let inside = format!("practice/{name}");
        let path = name.split('/').fold(folder.to_path_buf(), |path, part| path.join(part));
        if let (Some(file), Some(parent)) = (FILES.get_file(&inside), path.parent()) {
            fs::create_dir_all(parent).map_err(|e| home::refuse(&e, parent))?;
            fs::write(&path, file.contents()).map_err(|e| home::refuse(&e, &path))?;
        }
    }
    Ok(())
}

/// Makes the sample's home where it is not there yet, or was left half made. Answers whether it was made just now.
pub fn set_up(larder: &Larder, job: &Job) -> Result<bool, Refusal> {
    let root = larder.host.home().join("sample");
    if root.join("complete").exists() {
        return Ok(false);
    }
    let _ = fs::remove_dir_all(&root);
    build(&*larder.host, &root, &|done, of| job.progress(done, of), &|| job.cancelled())?;
    Ok(true)
}

/// Makes a whole sample under a folder: the shelf in `shelf`, Anna's Larder around it, practice files in `practice`.
pub fn build(
    host: &dyn crate::Host,
    root: &Path,
    progress: &dyn Fn(u64, u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<(), Refusal> {
    let bakery = bakery()?;
    let home = home::Home::at(root)?;
    let shelf_folder = root.join("shelf");
    fs::create_dir_all(&shelf_folder).map_err(|e| home::refuse(&e, &shelf_folder))?;
    lay_out_practice(&root.join("practice"))?;
    let address = shelf_folder.display().to_string();
    let place = larder_shelf::open(&address, None)?;
    let now = host.now();
    let founded = moment(&before(&now, 60.0));
    let mut team = Team::gather(host, &home, &bakery.people)?;
    let id = team.found(&*place, &bakery.name, &founded)?;
    let tables = read_all(&bakery, &now, cancelled)?;
    let mut due: Vec<(f64, usize, usize)> = Vec::new();
    for (p, product) in bakery.products.iter().enumerate() {
        due.extend(product.releases.iter().enumerate().map(|(r, release)| (release.days_ago, p, r)));
    }
    due.sort_by(|a, b| b.0.total_cmp(&a.0));
    let of = due.len() as u64;
    let mut making = Making { home: &home, place: &*place, bakery: &bakery, now: &now, stand: BTreeMap::new() };
    for (done, (_, p, r)) in due.into_iter().enumerate() {
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        progress(done as u64, of);
        let product = &bakery.products[p];
        making.publish(&mut team, product, r, &tables[p])?;
    }
    let anna = team.members.remove(0);
    let catalog = Catalog::open(root)?;
    catalog.set_setting("me", &anna.me)?;
    let row = ShelfRow { id, name: bakery.name, address, joined_at: founded, last_refreshed_at: None, sample: true };
    catalog.put_shelf(&row)?;
    drop((catalog, SeenStore::open(root)?));
    home::write_whole(&root.join("complete"), b"1")
}

/// Brings the plain copies of every data product into being; needs the sample's own Larder.
pub fn write_copies(larder: &Larder) -> Result<(), Refusal> {
    let rooms = larder.rooms();
    let shelf = rooms.the_shelf()?;
    crate::sync::look_at_shelf(larder, &rooms, &shelf, None)?;
    let place = crate::sync::place(larder, &shelf)?;
    for seen in rooms.seen.latest(Some(&shelf.id))? {
        let staged = rooms.home.outgoing().join(seen.product.as_str());
        fs::create_dir_all(&staged).map_err(|e| home::refuse(&e, &staged))?;
        if let Some(table) = cards::table_path(&rooms, &seen).filter(|p| p.exists()) {
            let copy = staged.join(cards::TABLE_FILE);
            fs::copy(&table, &copy).map_err(|e| home::refuse(&e, &copy))?;
        }
        publish::copies::write(&rooms, &larder.words(), &*place, &shelf, &seen.card, &staged)?;
        let _ = fs::remove_dir_all(&staged);
    }
    Ok(())
}

struct Member {
    me: Me,
    device: Device,
    trust: Option<Trust>,
}

struct Team {
    members: Vec<Member>,
}

impl Team {
    fn gather(host: &dyn crate::Host, home: &home::Home, people: &[Person]) -> Result<Team, Refusal> {
        let mut members = Vec::new();
        for (i, person) in people.iter().enumerate() {
            let bug = || Refusal::new(RefusalCode::Bug).with("detail", "person id");
            let id = PersonId::parse(&larder_model::column_id(&person.name).replace('_', "-")).ok_or_else(bug)?;
            // Whoever opens the sample is Anna, so hers is the key of this home.
            let device = match i {
                0 => Device::load_or_create(&home.device_key(), || host.random())?,
                _ => Device::create(host.random()),
            };
            members.push(Member { me: Me { id, person: person.clone() }, device, trust: None });
        }
        Ok(Team { members })
    }

    /// Anna starts the shelf, the others join, she confirms them.
    fn found(&mut self, place: &dyn Place, name: &str, now: &str) -> Result<larder_model::ShelfId, Refusal> {
        let anna = &self.members[0];
        let id = larder_shelf::start(place, &anna.device, name, &anna.me.person, &anna.me.id, now)?;
        for member in &self.members[1..] {
            larder_shelf::join(place, &member.device, &member.me.person, &member.me.id, now)?;
        }
        let writers: Vec<WriterId> = self.members[1..].iter().map(|m| m.device.writer()).collect();
        for member in &mut self.members {
            member.trust = Some(Trust::new(id.clone()));
        }
        let anna = &mut self.members[0];
        let mut trust = Trust::new(id.clone());
        larder_shelf::look(place, &mut trust, &anna.device, &|_| false, &|| false)?;
        larder_shelf::confirm(place, &anna.device, &mut trust, &writers, now)?;
        anna.trust = Some(trust);
        Ok(id)
    }

    fn member(&mut self, name: &str) -> Result<&mut Member, Refusal> {
        let unknown = || Refusal::new(RefusalCode::Unknown).with("what", name);
        self.members.iter_mut().find(|m| m.me.person.name == name).ok_or_else(unknown)
    }
}

fn before(now: &jiff::ZonedDateTime, days: f64) -> jiff::ZonedDateTime {
    now.saturating_sub(((days * 24.0 * 60.0) as i64).minutes())
}

/// Reads every file, moved by whole weeks so that its last day is in the last seven: weekdays stay weekdays.
fn read_all(bakery: &Bakery, now: &jiff::ZonedDateTime, cancelled: &dyn Fn() -> bool) -> Result<Vec<Table>, Refusal> {
    let made = bakery.today.date.and_then(|d| jiff::civil::Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
    let days = made.map_or(0, |made| (now.date() - made).get_days());
    let shift = days.div_euclid(7) * 7;
    let mut tables = Vec::new();
    for product in &bakery.products {
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled));
        }
        tables.push(larder_tables::shift_dates(&read_table(product)?, shift));
    }
    Ok(tables)
}

fn read_table(product: &Product) -> Result<Table, Refusal> {
    let missing = || Refusal::new(RefusalCode::NotFound).with("file", product.file.as_str());
    let bytes = FILES.get_file(&product.file).ok_or_else(missing)?.contents();
    let choices: Vec<Choice> =
        product.columns.iter().map(|c| Choice::Kind { column: c.id.clone(), kind: c.kind }).collect();
    let book = larder_formats::open(&product.file, Box::new(Cursor::new(bytes)), &choices, &larder_formats::Quiet)?;
    let reading = book.read(&choices);
    book.table(&reading, &larder_formats::Quiet)
}

fn product_id(id: &str) -> Result<ProductId, Refusal> {
    ProductId::parse(&id.replace('_', "-")).ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", id))
}

fn label(bakery: &Bakery, product: &Product, table: &Table) -> Result<Label, Refusal> {
    let title_of = |id: &str| bakery.products.iter().find(|p| p.id == id).map(|p| p.title.clone()).unwrap_or_default();
    let mut columns = Vec::new();
    for (place, column) in table.columns().iter().enumerate() {
        let Some(said) = product.columns.iter().find(|c| c.id == column.id) else {
            continue;
        };
        let looks_up = match &said.looks_up {
            Some(look) => Some(LookUp {
                product: product_id(&look.product)?.to_string(),
                title: title_of(&look.product),
                column: look.column.clone(),
            }),
            None => None,
        };
        columns.push(Column {
            id: said.id.clone(),
            name: said.name.clone(),
            kind: column.kind,
            meaning: said.meaning.clone(),
            unit: said.unit.clone(),
            currency: said.currency.clone().or_else(|| column.currency.clone()),
            decimals: column.decimals,
            example: table.cell(0, place),
            key: said.key,
            required: said.required,
            personal: said.personal,
            looks_up,
        });
    }
    let keeper = bakery.people.iter().find(|p| p.name == product.keeper);
    Ok(Label {
        title: product.title.clone(),
        summary: product.summary.clone(),
        area: product.area.clone(),
        keeper: product.keeper.clone(),
        keeper_email: keeper.and_then(|p| p.email.clone()),
        stand_in: product.stand_in.clone(),
        good_for: product.good_for.clone(),
        not_for: product.not_for.clone(),
        columns,
        promise: product.promise.as_deref().and_then(Promise::parse),
        audience: product.audience,
        tags: product.tags.clone(),
        terms: product.terms.clone(),
    })
}

/// Everything that the releases of the sample are made from.
struct Making<'a> {
    home: &'a home::Home,
    place: &'a dyn Place,
    bakery: &'a Bakery,
    now: &'a jiff::ZonedDateTime,
    /// The rows that stand on the shelf so far, by data product.
    stand: BTreeMap<String, Table>,
}

impl Making<'_> {
    fn publish(&mut self, team: &mut Team, product: &Product, release: usize, whole: &Table) -> Result<(), Refusal> {
        let told = &product.releases[release];
        let filled = before(self.now, told.days_ago);
        let table = match &product.date_column {
            Some(column) if told.cut_days > 0 => larder_tables::without_last_days(whole, column, told.cut_days),
            _ => whole.clone(),
        };
        let label = label(self.bakery, product, &table)?;
        let table = table.with_columns(release::table_columns(&label));
        let card = self.card(product, release, label, &table, &filled)?;
        let folder = self.home.outgoing().join(card.product.as_str());
        publish::stage(&folder, &card, (card.label.audience == Audience::Everyone).then_some(&table))?;
        let told = larder_shelf::Publication {
            product: &card.product,
            title: &card.label.title,
            rows: card.profile.rows,
            files: publish::release_files(&folder),
            about: serde_json::Value::Null,
            seal: None,
        };
        let member = team.member(&product.keeper)?;
        let Some(trust) = &mut member.trust else { return Ok(()) };
        // Like any Larder, the keeper's looks at the shelf before it writes.
        larder_shelf::look(self.place, trust, &member.device, &|_| false, &|| false)?;
        larder_shelf::publish(self.place, &member.device, trust, &told, &moment(&filled), &|_| true)?;
        let _ = fs::remove_dir_all(&folder);
        self.stand.insert(product.id.clone(), table);
        Ok(())
    }

    fn card(
        &self,
        product: &Product,
        release: usize,
        mut label: Label,
        table: &Table,
        filled: &jiff::ZonedDateTime,
    ) -> Result<Card, Refusal> {
        let known = references(&label, &self.stand);
        let references: Vec<Reference<'_>> =
            known.iter().map(|(c, t, v)| Reference { column: c, title: t, values: v }).collect();
        let mut to_fix = larder_tables::check(table, &label, filled.date(), &references);
        let condition = Condition::of(&to_fix, table.rows());
        let mut profile = larder_tables::profile(table);
        let mut changes = match self.stand.get(&product.id) {
            None => vec![larder_model::Change::First { rows: table.rows() }],
            Some(last) => larder_tables::changes(last, table, &label),
        };
        if label.audience == Audience::LabelOnly {
            publish::copies::forget_values(&mut label, &mut profile, &mut to_fix);
            changes = publish::copies::without_values(changes);
        }
        Ok(Card {
            format: CARD_FORMAT,
            product: product_id(&product.id)?,
            release: release as u64 + 1,
            related: label.columns.iter().filter_map(|c| c.looks_up.as_ref().map(|l| l.product.clone())).collect(),
            profile,
            condition,
            to_fix,
            filled_at: moment(filled),
            filled_by: product.keeper.clone(),
            changes,
            sources: vec![self.source(product, table.rows(), filled)?],
            label,
        })
    }

    fn source(&self, product: &Product, rows: u64, filled: &jiff::ZonedDateTime) -> Result<SourceNote, Refusal> {
        let bytes = FILES.get_file(&product.file).map(|f| f.contents()).unwrap_or_default();
        let (sha256, size_bytes) = self.home.keep_bytes(&mut Cursor::new(bytes), &product.file)?;
        let brought_in_at = moment(filled);
        Ok(SourceNote { file_name: product.file.clone(), sheet: None, sha256, size_bytes, rows, brought_in_at })
    }
}

fn references(
    label: &Label,
    stand: &BTreeMap<String, Table>,
) -> Vec<(String, String, std::collections::HashSet<String>)> {
    let mut known = Vec::new();
    for column in &label.columns {
        let Some(look) = &column.looks_up else {
            continue;
        };
        let Some(other) = stand.get(&look.product.replace('-', "_")) else {
            continue;
        };
        if let Some(values) = larder_tables::distinct_values(other, &look.column, 100_000) {
            known.push((column.id.clone(), look.title.clone(), values));
        }
    }
    known
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_bakery_reads_as_its_label_says() {
        let bakery = bakery().unwrap();
        assert_eq!((bakery.people.len(), bakery.products.len()), (5, 8));
        for product in &bakery.products {
            let table = read_table(product).unwrap();
            let ids: Vec<&str> = table.columns().iter().map(|c| c.id.as_str()).collect();
            let said: Vec<&str> = product.columns.iter().map(|c| c.id.as_str()).collect();
            assert_eq!(ids, said, "{}", product.file);
            for (has, said) in table.columns().iter().zip(&product.columns) {
                assert_eq!(has.kind, said.kind, "{} {}", product.file, said.id);
            }
            assert!(product.promise.as_deref().is_none_or(|p| Promise::parse(p).is_some()), "{}", product.id);
            assert!(table.rows() > 20, "{}", product.file);
        }
    }

    #[test]
    fn practice_files_are_named_without_the_folder() {
        let names = practice_files();
        assert!(names.contains(&"till_export_MARCH(2).csv".to_owned()), "{names:?}");
        assert!(names.iter().any(|n| n.starts_with("monthly/")));
    }
}
