//! Shelf, import, describe, publish, browse, take: one home, no window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use larder_catalog::{DraftRow, SeenRow};
use larder_model::{DraftId, Label, Params, Person, ProductId, Promise, Refusal, RefusalCode, search_text};

use crate::cards::CardMaker;
use crate::jobs::lock;
use crate::places::How;
use crate::wire::{
    BroughtIn, BroughtItem, CopyFormat, DoctorReport, DraftMode, DraftRequest, DraftStep, Found, JobKind, LabelCard,
    Nothing, Password, ProductPage, ProductRequest, PublishPlan, SetUpRequest, ShelfNote, Start, UnlockRequest,
};
use crate::{
    Host, Larder, bring, doctor, drafts, label, next_file, places, product, publish, reading_job, start, sync, unlock,
};

/// How a file goes on with a data product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// In place of the rows before.
    Replace,
    /// Added to the rows before.
    Append,
}

/// What `larder describe` says about a label; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct DescribeWords {
    /// The name.
    pub title: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// The area.
    pub area: Option<String>,
    /// The promise, as [`Promise::parse`] reads it; `none` takes it away.
    pub promise: Option<String>,
    /// Meanings by column name or id.
    pub columns: Vec<(String, String)>,
    /// Columns that make each row unique, by name or id.
    pub keys: Vec<String>,
}

/// A draft or a data product as the terminal names it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Shown {
    /// The draft.
    pub draft: DraftId,
    /// Its name.
    pub title: String,
    /// Rows of its table.
    pub rows: u64,
    /// Its columns by name.
    pub columns: Vec<String>,
    /// Things left to fix.
    pub to_fix: u32,
    /// Files of the folder that are not part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
}

/// A file of a folder that was not joined with the others.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Beside {
    /// Its name.
    pub file: String,
    /// The draft that it became, if it can be read.
    pub draft: Option<DraftId>,
    /// Why it is not part of the others.
    pub refusal: Option<Refusal>,
}

/// The folder at an address: a path, or a `file:` URL as file managers copy it (RFC 8089).
pub(super) fn folder_at(address: &str) -> Result<PathBuf, Refusal> {
    if !address.contains("://") {
        return std::path::absolute(address).map_err(|e| Refusal::from_io(&e, address));
    }
    let url = url::Url::parse(address).ok().filter(|url| url.scheme() == "file");
    url.and_then(|url| url.to_file_path().ok())
        .ok_or_else(|| Refusal::new(RefusalCode::Invalid).with("what", "address").with("value", address))
}

/// The draft that a folder became, and its other files.
fn out_of_folder(brought: BroughtIn, folder: &Path) -> Result<(DraftId, Vec<Beside>), Refusal> {
    let mut items = brought.items;
    let ready = items.iter().position(|item| item.draft.is_some() && item.refusal.is_none()).unwrap_or(0);
    let not_there = || Refusal::new(RefusalCode::NoSpreadsheet).with("file", bring::name_of(folder));
    if items.is_empty() {
        return Err(not_there());
    }
    let item = items.remove(ready);
    let beside = |item: BroughtItem| Beside { file: item.file_name, draft: item.draft, refusal: item.refusal };
    match (item.draft, item.refusal) {
        (Some(draft), None) => Ok((draft, items.into_iter().map(beside).collect())),
        (_, refusal) => Err(refusal.unwrap_or_else(not_there)),
    }
}

/// One home, worked from a terminal.
pub struct Terminal {
    pub(super) larder: Arc<Larder>,
}

impl Terminal {
    /// Opens the home.
    pub fn open(host: Arc<dyn Host>) -> Result<Terminal, Refusal> {
        Ok(Terminal { larder: Larder::open_quiet(host)? })
    }

    /// The Larder itself.
    pub fn larder(&self) -> &Arc<Larder> {
        &self.larder
    }

    /// Adds the shelf in a folder, named by its path or its `file:` URL: joins the one that is there, or starts one.
    pub fn add_shelf(&self, address: &str, name: Option<&str>) -> Result<ShelfNote, Refusal> {
        let path = folder_at(address)?;
        let place = larder_shelf::open(&path.display().to_string(), None)?;
        let found = larder_shelf::probe(&*place)?.shelf;
        let person = self.person()?;
        let folder = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let request = SetUpRequest {
            place: String::new(),
            name: name.map_or(folder, str::to_owned),
            person,
            join: found.is_some(),
        };
        let how = if request.join { How::Join } else { How::Start };
        places::set_up(&self.larder, &path.display().to_string(), None, &request, how)?;
        self.start()?.shelf.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))
    }

    /// Who you are, or who the account says.
    pub(super) fn person(&self) -> Result<Person, Refusal> {
        let me = self.larder.me()?.map(|me| me.person);
        Ok(me.unwrap_or_else(|| Person { name: self.larder.host.account_name(), ..Person::default() }))
    }

    /// What the window would start with.
    pub fn start(&self) -> Result<Start, Refusal> {
        start::start(&self.larder, Nothing {})
    }

    /// Says who you are, and tells the shelves that can be reached.
    pub fn whoami(&self, name: &str, email: Option<&str>) -> Result<Person, Refusal> {
        let before = self.larder.me()?.map(|me| me.person).unwrap_or_default();
        let person =
            Person { name: name.to_owned(), email: email.map(str::to_owned).or(before.email.clone()), ..before };
        let me = start::save_me(&self.larder, &person)?;
        let rooms = self.larder.rooms();
        for shelf in rooms.catalog.shelves()?.into_iter().filter(|shelf| !rooms.is_paused(&shelf.id)) {
            if let Err(refusal) = sync::look_at_shelf(&self.larder, &rooms, &shelf, None) {
                tracing::info!(%refusal, shelf = %shelf.id, "it is told with the next look that reaches it");
            }
        }
        Ok(me.person)
    }

    /// Brings a file in, or the files of a folder; as the next one of a data product if one is named. The password is for
    /// a locked file.
    pub fn import(
        &self,
        path: &Path,
        password: Option<&Password>,
        product: Option<&str>,
        mode: Option<ImportMode>,
    ) -> Result<Shown, Refusal> {
        let (id, beside) = self.bring_in(path, password)?;
        let rooms = self.larder.rooms();
        reading_job::open_whole(&self.larder, &rooms, &drafts::saved(&rooms, &id)?)?;
        let mut row = drafts::saved(&rooms, &id)?;
        match product.map(|name| self.find_product(name)) {
            None => {}
            Some(Ok(seen)) => {
                let mode = if mode == Some(ImportMode::Append) { DraftMode::Append } else { DraftMode::Replace };
                next_file::go_on_with(&rooms, &mut row, Some(&seen.product), mode)?;
            }
            // A name that is on no shelf yet is the name of a new data product.
            Some(Err(refusal)) if refusal.code == RefusalCode::Unknown && mode.is_none() => {
                row.label.title = product.unwrap_or_default().to_owned();
                row.label_touched = true;
            }
            Some(Err(refusal)) => return Err(refusal),
        }
        row.step = drafts::written(&DraftStep::Label);
        rooms.catalog.put_draft(&row)?;
        Ok(Shown { beside, ..self.shown(&id)? })
    }

    fn bring_in(&self, path: &Path, password: Option<&Password>) -> Result<(DraftId, Vec<Beside>), Refusal> {
        let mut brought = bring::bring_in(&self.larder, &[path.to_path_buf()]);
        if path.is_dir() {
            return out_of_folder(brought, path);
        }
        let locked = brought.items.first().and_then(|item| item.locked.clone());
        if let Some((item, password)) = locked.zip(password.cloned()) {
            brought = unlock::unlock_file(&self.larder, UnlockRequest { item, password })?;
        }
        let item = brought.items.pop();
        let item = item.ok_or_else(|| Refusal::new(RefusalCode::NotFound).with("file", path.display().to_string()))?;
        match item.refusal {
            Some(refusal) => Err(refusal),
            None => match item.draft {
                Some(draft) => Ok((draft, Vec::new())),
                None => Err(Refusal::new(RefusalCode::Bug).with("detail", "no draft")),
            },
        }
    }

    fn shown(&self, id: &DraftId) -> Result<Shown, Refusal> {
        let state = label::draft_label(&self.larder, DraftRequest { draft: id.clone() })?;
        let rooms = self.larder.rooms();
        let row = drafts::saved(&rooms, id)?;
        Ok(Shown {
            draft: id.clone(),
            title: if state.label.title.is_empty() { row.file_name } else { state.label.title },
            rows: state.rows,
            columns: state.label.columns.iter().map(|c| c.name.clone()).collect(),
            to_fix: state.condition.to_fix,
            beside: Vec::new(),
        })
    }

    /// Writes on the label of the newest draft of that name.
    pub fn describe(&self, name: &str, words: &DescribeWords) -> Result<Label, Refusal> {
        let row = self.find_draft(name)?;
        let request = DraftRequest { draft: row.id.clone() };
        let mut label = label::draft_label(&self.larder, request)?.label;
        for (text, field) in
            [(&words.title, &mut label.title), (&words.summary, &mut label.summary), (&words.area, &mut label.area)]
        {
            if let Some(text) = text {
                *field = text.clone();
            }
        }
        if let Some(text) = &words.promise {
            let invalid = || Refusal::new(RefusalCode::Invalid).with("what", "promise").with("value", text.as_str());
            label.promise = if text == "none" { None } else { Some(Promise::parse(text).ok_or_else(invalid)?) };
        }
        for (name, meaning) in &words.columns {
            column_of(&mut label, name)?.meaning = meaning.clone();
        }
        for name in &words.keys {
            column_of(&mut label, name)?.key = true;
        }
        let saved = label::describe_draft(&self.larder, crate::wire::DescribeRequest { draft: row.id, label })?;
        Ok(saved.label)
    }

    /// Puts the newest draft of that name on the shelf. Suggestions fill what the house rules ask for and nobody wrote.
    pub fn publish(&self, name: &str, shelf: Option<&str>) -> Result<(PublishPlan, crate::wire::Publication), Refusal> {
        let there = self.larder.rooms().the_shelf()?;
        if shelf.is_some_and(|wanted| wanted != there.name && wanted != there.id.as_str()) {
            return Err(Refusal::new(RefusalCode::Unknown).with("what", shelf.unwrap_or_default()));
        }
        self.refresh()?;
        let row = self.find_draft(name)?;
        let request = DraftRequest { draft: row.id.clone() };
        let fields = ["title", "summary", "area"].map(str::to_owned).to_vec();
        label::draft_accept(&self.larder, crate::wire::AcceptRequest { draft: row.id.clone(), fields })?;
        let plan = publish::publish_plan(&self.larder, request.clone())?;
        let job = publish::publish(&self.larder, request)?;
        self.larder.wait(&job.id)?;
        let rooms = self.larder.rooms();
        let product = drafts::saved(&rooms, &row.id)?.product;
        let product = product.ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "no product"))?;
        let done = publish::publication_of(&self.larder, &rooms, &product)?;
        let done = done.ok_or_else(|| Refusal::new(RefusalCode::Bug).with("detail", "no publication"))?;
        Ok((plan, done))
    }

    /// Looks at the shelf and gets what is new.
    pub fn refresh(&self) -> Result<u64, Refusal> {
        let rooms = self.larder.rooms();
        let shelf = rooms.the_shelf()?;
        sync::look_at_shelf(&self.larder, &rooms, &shelf, None)?;
        Ok(rooms.seen.latest_without_profiles(Some(&shelf.id))?.len() as u64)
    }

    /// Data products that fit a query, all without one.
    pub fn browse(&self, query: &str) -> Result<Vec<LabelCard>, Refusal> {
        let rooms = self.larder.rooms();
        let shelf = rooms.the_shelf()?;
        let maker = CardMaker::new(&self.larder, &rooms)?;
        let all: Vec<LabelCard> =
            rooms.seen.latest_without_profiles(Some(&shelf.id))?.iter().map(|s| maker.card(s)).collect();
        if query.trim().is_empty() {
            return Ok(all);
        }
        let found: Found =
            crate::find::find(&self.larder, crate::wire::FindRequest { query: query.to_owned(), limit: 100 })?;
        let hits = found.hits.iter().filter_map(|hit| all.iter().find(|c| c.product == hit.product).cloned());
        Ok(hits.collect())
    }

    /// The page of a data product.
    pub fn show(&self, name: &str) -> Result<ProductPage, Refusal> {
        let seen = self.find_product(name)?;
        product::product(&self.larder, ProductRequest { product: seen.product, release: None })
    }

    /// Writes a release to a file.
    pub fn take(&self, name: &str, release: Option<u64>, format: CopyFormat, out: &Path) -> Result<PathBuf, Refusal> {
        let newest = self.find_product(name)?;
        let rooms = self.larder.rooms();
        let request = ProductRequest { product: newest.product.clone(), release };
        let seen = product::wanted(&rooms, &newest.product, release)?;
        if !seen.rows_here {
            let job = product::fetch_rows(&self.larder, request)?;
            self.larder.wait(&job.id)?;
        }
        let seen = product::wanted(&rooms, &newest.product, release)?;
        product::write_copy(&self.larder, &rooms, &seen, format, out)?;
        let params = Params::from([("title".to_owned(), seen.card.label.title.into())]);
        self.larder.note("copied", params, Some(&seen.product));
        Ok(out.to_path_buf())
    }

    /// What is wrong with the place or the shelf.
    pub fn doctor(&self, mend: bool, collect: bool) -> Result<DoctorReport, Refusal> {
        let rooms = self.larder.rooms();
        let shelf = rooms.the_shelf()?;
        if mend {
            doctor::mend_now(&self.larder, &rooms, &shelf, None)?;
        }
        if collect {
            doctor::collect_now(&self.larder, &rooms, &shelf, true, None)?;
        }
        if !mend {
            doctor::examine(&self.larder, &rooms, &shelf, None)?;
        }
        let report = lock(&rooms.reports).get(&shelf.id).cloned();
        report.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))
    }

    /// Ends what runs in the background, once what goes on to a shelf by itself is there.
    pub fn close(&self) {
        while let Some(job) = self.larder.jobs.running(JobKind::Publish, None) {
            if let Err(refusal) = self.larder.wait(&job.id) {
                tracing::info!(%refusal, about = job.about, "it waits on this computer");
            }
        }
        self.larder.close();
    }

    pub(super) fn find_product(&self, name: &str) -> Result<SeenRow, Refusal> {
        let rooms = self.larder.rooms();
        if let Some(id) = ProductId::parse(name)
            && let Some(seen) = rooms.seen.release(&id, None)?
        {
            return Ok(seen);
        }
        let folded = search_text(name);
        let mut found: Vec<SeenRow> = rooms.seen.latest_without_profiles(None)?;
        found.retain(|s| search_text(&s.card.label.title) == folded);
        match found.len() {
            0 => Err(Refusal::new(RefusalCode::Unknown).with("what", name)),
            1 => Ok(found.remove(0)),
            _ => Err(Refusal::new(RefusalCode::Ambiguous).with("name", name)),
        }
    }

    pub(super) fn find_draft(&self, name: &str) -> Result<DraftRow, Refusal> {
        let rooms = self.larder.rooms();
        let folded = search_text(name);
        let product = self.find_product(name).ok().map(|s| s.product);
        let open = |row: &DraftRow| !matches!(drafts::step(row), DraftStep::Published | DraftStep::Discarded);
        let fits = |row: &DraftRow| {
            row.id.as_str() == name
                || search_text(&row.label.title) == folded
                || search_text(&row.file_name) == folded
                || (product.is_some() && row.product == product)
        };
        let found = rooms.catalog.drafts()?.into_iter().find(|row| open(row) && fits(row));
        found.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", name))
    }
}

fn column_of<'a>(label: &'a mut Label, name: &str) -> Result<&'a mut larder_model::Column, Refusal> {
    let folded = search_text(name);
    let fits = |c: &&mut larder_model::Column| c.id == name || search_text(&c.name) == folded;
    let found = label.columns.iter_mut().find(fits);
    found.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", name))
}
