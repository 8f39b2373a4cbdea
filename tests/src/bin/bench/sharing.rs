//! A shelf that is large or busy: how much goes over the line, how often anything is asked, and how long it takes.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use larder_model::{Person as Somebody, PersonId, ProductId, Refusal};
use larder_shelf::{
    Device, Entry, Folder, Place, Publication, PublishFile, ReleaseFile, Trust, View, confirm, fetch_small, glance,
    join, look, note_seen, publish, start,
};
use larder_tests::person::Person;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::process::Figures;

const NOW: &str = "2026-03-03T07:40:00+01:00";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder that counts as a server would be asked: nothing makes doubles there.
struct Counted {
    folder: Folder,
    asked: AtomicU64,
    put_bytes: AtomicU64,
}

impl Counted {
    fn new(folder: &Path) -> Counted {
        Counted { folder: Folder::new(folder), asked: AtomicU64::new(0), put_bytes: AtomicU64::new(0) }
    }

    fn ask(&self) -> &Folder {
        self.asked.fetch_add(1, Ordering::Relaxed);
        &self.folder
    }

    /// How often anything was asked and how many bytes were put since the last time.
    fn take(&self) -> (f64, f64) {
        (self.asked.swap(0, Ordering::Relaxed) as f64, self.put_bytes.swap(0, Ordering::Relaxed) as f64)
    }
}

impl Place for Counted {
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
        self.ask().list(folder)
    }

    fn stat(&self, name: &str) -> Result<Option<Entry>, Refusal> {
        self.ask().stat(name)
    }

    fn get_to(&self, name: &str, out: &mut dyn Write, max_bytes: u64) -> Result<Option<u64>, Refusal> {
        self.ask().get_to(name, out, max_bytes)
    }

    fn put(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_bytes.fetch_add(size_bytes, Ordering::Relaxed);
        self.ask().put(name, content, size_bytes)
    }

    fn replace(&self, name: &str, content: &mut dyn Read, size_bytes: u64) -> Result<(), Refusal> {
        self.put_bytes.fetch_add(size_bytes, Ordering::Relaxed);
        self.ask().replace(name, content, size_bytes)
    }

    fn delete(&self, name: &str) -> Result<(), Refusal> {
        self.ask().delete(name)
    }

    fn space_free_bytes(&self) -> Result<Option<u64>, Refusal> {
        self.folder.space_free_bytes()
    }

    fn may_hold_doubles(&self) -> bool {
        false
    }
}

/// Somebody's computer, below the actions.
struct Desk {
    device: Device,
    trust: Trust,
}

fn told<A>(answer: Result<A, Refusal>) -> Result<A, String> {
    answer.map_err(|refusal| refusal.to_string())
}

fn somebody(name: &str) -> Result<(Somebody, PersonId), String> {
    let id = PersonId::parse(&name.to_ascii_lowercase()).ok_or("no such person")?;
    Ok((Somebody { name: name.to_owned(), role: String::new(), email: None, color: 1 }, id))
}

impl Desk {
    fn founder(place: &dyn Place) -> Result<Desk, String> {
        let device = Device::create([1; 32]);
        let (person, id) = somebody("Anna")?;
        let shelf = told(start(place, &device, "Bakery", &person, &id, NOW))?;
        Ok(Desk { device, trust: Trust::new(shelf) })
    }

    fn joiner(place: &dyn Place, number: u8) -> Result<Desk, String> {
        let device = Device::create([number; 32]);
        let (person, id) = somebody(&format!("Baker{number}"))?;
        let shelf = told(join(place, &device, &person, &id, NOW))?;
        Ok(Desk { device, trust: Trust::new(shelf) })
    }

    fn look(&mut self, place: &dyn Place) -> Result<View, String> {
        told(look(place, &mut self.trust, &self.device, &|_| false, &|| false))
    }

    fn publish(&mut self, place: &dyn Place, id: &str, title: &str, files: Vec<PublishFile>) -> Result<u64, String> {
        let product = ProductId::parse(id).ok_or("no such data product")?;
        let about = Value::Null;
        let publication = Publication { product: &product, title, rows: 1, files, about, seal: None };
        told(publish(place, &self.device, &mut self.trust, &publication, NOW, &|_| true)).map(|done| done.n)
    }

    fn files(&mut self, place: &dyn Place, id: &str) -> Result<(Vec<ReleaseFile>, larder_model::WriterId), String> {
        let view = self.look(place)?;
        let product = ProductId::parse(id).ok_or("no such data product")?;
        let seen = view.product(&product).ok_or("it is not there")?;
        Ok((seen.files.clone(), seen.writer.clone()))
    }
}

fn file(path: &Path, name: &str, media_type: &str) -> PublishFile {
    PublishFile { name: name.to_owned(), media_type: media_type.to_owned(), path: path.to_owned() }
}

fn scratch_folder(scratch: &Path) -> Result<(tempfile::TempDir, PathBuf), String> {
    let folder = tempfile::Builder::new().prefix("sharing-").tempdir_in(scratch).map_err(|e| e.to_string())?;
    let share = folder.path().join("share");
    std::fs::create_dir(&share).map_err(|error| error.to_string())?;
    Ok((folder, share))
}

/// Puts a large file on a shelf, fetches it, changes a hundredth of it and puts it there again: one half of that is written over
/// what was there, the other half is put in between, so that everything behind it moves.
pub fn moved(path: &Path, scratch: &Path) -> Result<Figures, String> {
    let disk = |error: std::io::Error| error.to_string();
    let (folder, share) = scratch_folder(scratch)?;
    let place = Counted::new(&share);
    let mut anna = Desk::founder(&place)?;
    let mut figures = Figures::default();
    place.take();
    let begun = Instant::now();
    anna.publish(&place, "sales", "Sales", vec![file(path, "table.bin", "application/octet-stream")])?;
    figures.took("share-first", begun.elapsed());
    figures.sample("share-first-asked", place.take().0);

    let mut bytes = std::fs::read(path).map_err(disk)?;
    let (files, writer) = anna.files(&place, "sales")?;
    let whole = files.first().ok_or("no file")?;
    let known: HashSet<String> = whole.parts.iter().map(|(hash, _)| hash.clone()).collect();
    let begun = Instant::now();
    let fetched = told(fetch_small(&place, whole, &[writer], u64::MAX))?;
    figures.took("share-verified", begun.elapsed());
    if fetched != bytes {
        return Err("something else came back".to_owned());
    }
    drop(fetched);

    let half = bytes.len() / 200;
    let fresh = |from: u8| (0..half).map(move |i| (i as u8).wrapping_mul(31) ^ from);
    let (over, between) = (bytes.len() / 10 * 3, bytes.len() / 10 * 7);
    bytes.get_mut(over..over + half).into_iter().flatten().zip(fresh(7)).for_each(|(old, new)| *old = new);
    bytes.splice(between..between, fresh(9));
    let changed = folder.path().join("changed");
    std::fs::write(&changed, &bytes).map_err(disk)?;
    place.take();
    let begun = Instant::now();
    let n = anna.publish(&place, "sales", "Sales", vec![file(&changed, "table.bin", "application/octet-stream")])?;
    figures.took("share-again", begun.elapsed());
    let (asked, put_bytes) = place.take();
    let (files, _) = anna.files(&place, "sales")?;
    let parts = &files.first().ok_or("no file")?.parts;
    let fresh: u64 = parts.iter().filter(|(hash, _)| !known.contains(hash)).map(|(_, size)| size).sum();
    let holding = holding_change(parts, &[(over, over + half), (between, between + half)]);
    if n != 2 || holding == 0 || fresh < holding {
        return Err(format!("version {n}, {holding} bytes hold the change, {fresh} are new"));
    }
    figures.sample("share-again-asked", asked);
    figures.sample("share-again-bytes", put_bytes);
    figures.sample("share-again-ratio", put_bytes / fresh as f64);
    figures.sample("share-again-spread", put_bytes / holding as f64);
    Ok(figures)
}

/// Bytes of the parts that hold what was changed: what would have to move if every other cut stayed where it was.
fn holding_change(parts: &[(String, u64)], changed: &[(usize, usize)]) -> u64 {
    let (mut start, mut bytes) = (0_u64, 0);
    for (_, size) in parts {
        let end = start + size;
        if changed.iter().any(|(from, to)| (*from as u64) < end && (*to as u64) > start) {
            bytes += size;
        }
        start = end;
    }
    bytes
}

/// The same bytes read and hashed once, which is what verifying them takes at least.
pub fn plain_hash(path: &Path) -> Result<Figures, String> {
    let mut figures = Figures::default();
    let begun = Instant::now();
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    std::hint::black_box(Sha256::digest(&bytes));
    figures.took("share-verified", begun.elapsed());
    Ok(figures)
}

/// A poll of a shelf with so many colleagues on which nothing has happened.
pub fn poll(colleagues: u8, scratch: &Path) -> Result<Figures, String> {
    let (folder, share) = scratch_folder(scratch)?;
    let place = Counted::new(&share);
    let content = folder.path().join("content");
    std::fs::write(&content, b"bread").map_err(|error| error.to_string())?;
    let mut anna = Desk::founder(&place)?;
    let mut others = (0..colleagues).map(|i| Desk::joiner(&place, 10 + i)).collect::<Result<Vec<_>, _>>()?;
    anna.look(&place)?;
    let writers: Vec<_> = others.iter().map(|desk| desk.device.writer()).collect();
    told(confirm(&place, &anna.device, &mut anna.trust, &writers, NOW))?;
    for (i, desk) in others.iter_mut().enumerate() {
        desk.publish(&place, &format!("product-{i}"), "Bread", vec![file(&content, "table.bin", "text/plain")])?;
    }
    let view = anna.look(&place)?;
    told(note_seen(&place, &anna.device, &mut anna.trust, &view, NOW))?;
    if anna.look(&place)?.products.len() != usize::from(colleagues) {
        return Err("somebody's data product is not there".to_owned());
    }
    let mut figures = Figures::default();
    for _ in 0..5 {
        place.take();
        let begun = Instant::now();
        let news = told(glance(&place, &mut anna.trust, &anna.device, &|_| false, &|| false))?;
        figures.took("poll", begun.elapsed());
        figures.sample("poll-asked", place.take().0);
        if news.is_some() {
            return Err("there was something new".to_owned());
        }
    }
    Ok(figures)
}

/// Somebody's first minute on a shelf of so many data products, of ten devices: until every card is there.
pub fn first_sync(products: u64, scratch: &Path) -> Result<Figures, String> {
    let (folder, share) = scratch_folder(scratch)?;
    let place = Folder::new(&share);
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let (card, table) = a_release(&anna, folder.path(), &place)?;
    let mut desks = (0..10).map(|i| Desk::joiner(&place, 10 + i)).collect::<Result<Vec<_>, _>>()?;
    for i in 0..10 {
        anna.confirms(&format!("Baker{}", 10 + i));
    }
    let own = folder.path().join("label.json");
    for number in 0..products {
        let (id, title) = (format!("product-{number}"), format!("Till sales {number}"));
        let mut card: Value = card.clone();
        (card["product"], card["label"]["title"]) = (json!(id), json!(title));
        std::fs::write(&own, card.to_string()).map_err(|error| error.to_string())?;
        let files = vec![
            file(&own, "label.json", "application/json"),
            file(&table, "table.parquet", "application/vnd.apache.parquet"),
        ];
        let desk = desks.get_mut(number as usize % 10).ok_or("nobody")?;
        desk.publish(&place, &id, &title, files)?;
    }
    drop(anna);
    let mut figures = Figures::default();
    let begun = Instant::now();
    let newcomer = Person::at_shelf(&folder.path().join("cem"), "Cem", &share);
    while newcomer.shelf().products < products + 1 {
        if begun.elapsed() > PATIENCE {
            return Err(format!("only {} came", newcomer.shelf().products));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    figures.took("first-sync", begun.elapsed());
    Ok(figures)
}

/// A release as Larder makes it: its card, and a file with its table.
fn a_release(anna: &Person, folder: &Path, place: &Folder) -> Result<(Value, PathBuf), String> {
    let path = folder.join("sales.csv");
    let text = "Day,Article,Sold\n2026-03-02,Rye,3\n2026-03-03,Rolls,41\n2026-03-04,Rye,7\n";
    std::fs::write(&path, text).map_err(|error| error.to_string())?;
    let draft = anna.drop_file(&path);
    let label = json!({ "title": "Till sales", "summary": "What each till sold.", "area": "Shop floor" });
    anna.describe(&draft, label);
    let id = told(anna.publish(&draft))?;
    let found = told(larder_shelf::founders(place))?;
    let shelf = found.first().ok_or("no shelf")?.shelf.clone();
    let mut nobody = Desk { device: Device::create([99; 32]), trust: Trust::new(shelf) };
    let (files, writer) = nobody.files(place, &id)?;
    let bytes = |name: &str| {
        let file = files.iter().find(|file| file.name == name).ok_or(format!("{name} is not there"))?;
        told(fetch_small(place, file, std::slice::from_ref(&writer), 1 << 30))
    };
    let table = folder.join("table.parquet");
    std::fs::write(&table, bytes("table.parquet")?).map_err(|error| error.to_string())?;
    let card = serde_json::from_slice(&bytes("label.json")?).map_err(|error| error.to_string())?;
    Ok((card, table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_a_change_where_they_meet_it() {
        let parts = [10, 5, 20].map(|size| (String::new(), size));
        assert_eq!(holding_change(&parts, &[(0, 1)]), 10);
        assert_eq!(holding_change(&parts, &[(9, 11)]), 15);
        assert_eq!(holding_change(&parts, &[(10, 15)]), 5);
        assert_eq!(holding_change(&parts, &[(0, 1), (34, 35)]), 30);
        assert_eq!(holding_change(&parts, &[(35, 40)]), 0);
    }
}
