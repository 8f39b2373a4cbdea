//! A person at a computer of their own, who does what the window does: one command after another.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use larder_actions::wire::{DraftState, JobNote, JobState, LabelState, PeoplePage, ProductPage, ReadState, ShelfPage};
use larder_actions::{Larder, call};
use larder_model::{DraftId, Refusal};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::host::TestHost;

/// Longer than anything here takes on a slow computer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Someone with a running Larder.
pub struct Person {
    /// Their Larder.
    pub larder: Arc<Larder>,
    /// Their computer.
    pub host: Arc<TestHost>,
}

impl Person {
    /// Starts Larder on a computer.
    pub fn start(host: TestHost) -> Result<Person, Refusal> {
        let (larder, host) = crate::host::open_larder(host)?;
        Ok(Person { larder, host })
    }

    /// Starts Larder on a fresh home and puts it on the shelf in `folder`: starts one, or joins the one that is there.
    pub fn at_shelf(home: &Path, name: &str, folder: &Path) -> Person {
        let host = TestHost::at(home).of(name, "pc");
        host.answer_folder(folder);
        let person = Person::start(host).unwrap_or_else(|r| panic!("{name} cannot start: {r}"));
        let place: Value = person.ask("choose_folder", json!({}));
        let probe: Value = person.ask("probe_place", json!({"place": place["id"]}));
        assert_eq!(probe["can_write"], json!(true), "{probe}");
        let someone = json!({"name": name, "role": "", "email": null, "color": 0});
        let join = !probe["shelf"].is_null();
        let set_up = json!({"place": place["id"], "name": "Bakery share", "person": someone, "join": join});
        let _: Value = person.ask("set_up_shelf", set_up);
        person
    }

    /// Gives a command; answers or refuses.
    pub fn try_ask<A: DeserializeOwned>(&self, name: &str, request: Value) -> Result<A, Refusal> {
        let answer = call(&self.larder, name, request)?;
        Ok(serde_json::from_value(answer).unwrap_or_else(|e| panic!("the answer of {name} is of another shape: {e}")))
    }

    /// Gives a command that has to succeed.
    pub fn ask<A: DeserializeOwned>(&self, name: &str, request: Value) -> A {
        self.try_ask(name, request).unwrap_or_else(|refusal| panic!("{name} was refused: {refusal}"))
    }

    /// Gives a command that has to be refused.
    pub fn refused(&self, name: &str, request: Value) -> Refusal {
        match self.try_ask::<Value>(name, request) {
            Err(refusal) => refusal,
            Ok(answer) => panic!("{name} was not refused but answered {answer}"),
        }
    }

    /// Drops a file on the window; its draft, once the file was read whole.
    pub fn drop_file(&self, path: &Path) -> DraftId {
        let mut brought = self.larder.bring_in_paths(&[path.to_path_buf()]);
        let item = brought.items.pop().unwrap_or_else(|| panic!("nothing became of {}", path.display()));
        let draft = item.draft.unwrap_or_else(|| panic!("{} was refused: {:?}", path.display(), item.refusal));
        self.until_read(&draft);
        draft
    }

    /// The draft once its file was read whole.
    pub fn until_read(&self, draft: &DraftId) -> DraftState {
        let start = Instant::now();
        loop {
            let state: DraftState = self.ask("draft", json!({"draft": draft}));
            match &state.read {
                ReadState::Whole => return state,
                ReadState::Refused { refusal } => panic!("reading was refused: {refusal}"),
                ReadState::Busy { .. } => {}
            }
            assert!(start.elapsed() < PATIENCE, "the file is still being read");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Makes a choice about how a draft is read.
    pub fn choose(&self, draft: &DraftId, choice: Value) -> DraftState {
        let _: DraftState = self.ask("draft_choose", json!({"draft": draft, "choice": choice}));
        self.until_read(draft)
    }

    /// Writes the label with these fields changed.
    pub fn describe(&self, draft: &DraftId, fields: Value) -> LabelState {
        let state: LabelState = self.ask("draft_label", json!({"draft": draft}));
        let mut label = serde_json::to_value(state.label).unwrap_or_default();
        for (name, value) in fields.as_object().into_iter().flatten() {
            label[name] = value.clone();
        }
        self.ask("describe_draft", json!({"draft": draft, "label": label}))
    }

    /// Waits for a job to end.
    pub fn finish(&self, job: JobNote) -> Result<(), Refusal> {
        let start = Instant::now();
        loop {
            let note: JobNote = self.ask("job", json!({"job": job.id}));
            match note.state {
                JobState::Done => return Ok(()),
                JobState::Refused { refusal } => return Err(refusal),
                JobState::Running => {}
            }
            assert!(start.elapsed() < PATIENCE, "{:?} is still running", job.kind);
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Puts a described draft on the shelf; the data product's id.
    pub fn publish(&self, draft: &DraftId) -> Result<String, Refusal> {
        let job: JobNote = self.try_ask("publish", json!({"draft": draft}))?;
        self.finish(job)?;
        let state: DraftState = self.ask("draft", json!({"draft": draft}));
        Ok(state.product.map(|p| p.to_string()).unwrap_or_default())
    }

    /// Looks at the shelf now.
    pub fn look(&self) -> Result<(), Refusal> {
        let job: JobNote = self.try_ask("refresh", json!({}))?;
        self.finish(job)
    }

    /// Everyone on the shelf, as it stands there now.
    pub fn people(&self) -> PeoplePage {
        self.look().unwrap_or_else(|refusal| panic!("the shelf cannot be looked at: {refusal}"));
        self.ask("people", json!({}))
    }

    /// Confirms everybody of this name who asks.
    pub fn confirms(&self, name: &str) -> PeoplePage {
        let page = self.people();
        let asks = page.members.iter().filter(|m| !m.confirmed && m.person.name == name);
        let writers: Vec<_> = asks.flat_map(|m| m.writers.clone()).collect();
        assert!(!writers.is_empty(), "nobody called {name} asks");
        self.ask("confirm_people", json!({"writers": writers}))
    }

    /// What stands on the shelf.
    pub fn shelf(&self) -> ShelfPage {
        self.ask("shelf", json!({}))
    }

    /// Waits, without asking for it, until the shelf shows a title.
    pub fn until_shelf_shows(&self, title: &str) {
        let start = Instant::now();
        let shown = |page: &ShelfPage| {
            page.areas.iter().flat_map(|a| &a.labels).chain(&page.unconfirmed).any(|l| l.title == title)
        };
        while !shown(&self.shelf()) {
            assert!(start.elapsed() < PATIENCE, "{title} never came");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The page of a data product.
    pub fn page(&self, product: &str) -> ProductPage {
        self.ask("product", json!({"product": product, "release": null}))
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.larder.close();
    }
}

/// A file of the sample bakery's practice folder.
pub fn practice(name: &str) -> PathBuf {
    name.split('/').fold(crate::root().join("assets").join("sample").join("practice"), |path, part| path.join(part))
}
