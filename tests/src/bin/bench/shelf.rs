//! Bringing in, putting on the shelf and looking inside: the whole actions, each by the command that the window gives.

use std::path::Path;
use std::time::Instant;

use larder_actions::call;
use larder_actions::wire::{DraftState, JobNote, ReadState, ViewNote};
use larder_tests::person::Person;
use serde_json::{Value, json};

use crate::data::Seeded;
use crate::process::Figures;

/// Rows of a page.
const PAGE_ROWS: u64 = 200;

/// A look at the rows: the key of its making, the key of its pages, sorted and filtered so.
type Look = (Option<&'static str>, &'static str, fn() -> (Value, Value));

const LOOKS: [Look; 4] = [
    (None, "page", || (json!([]), json!([]))),
    (Some("view-sorted"), "page-sorted", || (sorts(), json!([]))),
    (Some("view-filtered"), "page-filtered", || (json!([]), filters())),
    (Some("view-both"), "page-both", || (sorts(), filters())),
];

fn sorts() -> Value {
    json!([{ "column": "total", "descending": true }])
}

fn filters() -> Value {
    json!([{ "column": "product", "test": "contains", "text": "rye" }])
}

/// Brings in a file of so many rows in a home of its own, puts it on a shelf of its own, and pages through it: so many
/// pages a look.
pub fn publish(path: &Path, rows: u64, pages: u64, scratch: &Path) -> Result<Figures, String> {
    let folder = tempfile::Builder::new().prefix("shelf-").tempdir_in(scratch).map_err(|e| e.to_string())?;
    let share = folder.path().join("share");
    std::fs::create_dir(&share).map_err(|error| error.to_string())?;
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna Miller", &share);
    let mut figures = Figures::default();

    let begun = Instant::now();
    let mut brought = anna.larder.bring_in_paths(&[path.to_path_buf()]);
    let draft = brought.items.pop().and_then(|item| item.draft).ok_or("the file was refused")?;
    let mut state: DraftState = anna.ask("draft", json!({ "draft": draft }));
    if let ReadState::Busy { job, .. } = &state.read {
        anna.larder.wait(job).map_err(|refusal| refusal.to_string())?;
        state = anna.ask("draft", json!({ "draft": draft }));
    }
    figures.took("bring-in", begun.elapsed());
    let read = state.reading.map_or(0, |reading| reading.rows);
    if state.read != ReadState::Whole || read != rows {
        return Err(format!("{read} rows were read: {:?}", state.read));
    }

    let label = json!({ "title": "Till sales", "summary": "What each till sold.", "area": "Shop floor" });
    anna.describe(&draft, label);
    let begun = Instant::now();
    let job: JobNote = anna.try_ask("publish", json!({ "draft": draft })).map_err(|refusal| refusal.to_string())?;
    anna.larder.wait(&job.id).map_err(|refusal| refusal.to_string())?;
    figures.took("publish", begun.elapsed());
    let state: DraftState = anna.ask("draft", json!({ "draft": draft }));
    let product = state.product.ok_or("nothing stands on the shelf")?;
    look_inside(&anna, product.as_str(), rows, pages, &mut figures)?;
    Ok(figures)
}

fn look_inside(anna: &Person, product: &str, rows: u64, pages: u64, figures: &mut Figures) -> Result<(), String> {
    let mut seeded = Seeded::new(200);
    for (made, page, look) in LOOKS {
        let (sorts, filters) = look();
        let request = json!({ "product": product, "release": null, "sorts": sorts, "filters": filters });
        let begun = Instant::now();
        let view: ViewNote = anna.try_ask("open_view", request).map_err(|refusal| refusal.to_string())?;
        if let Some(made) = made {
            figures.sample(made, begun.elapsed().as_secs_f64());
        }
        if view.rows < PAGE_ROWS || (made.is_none() && view.rows != rows) {
            return Err(format!("{page}: the view has {} rows", view.rows));
        }
        for _ in 0..pages {
            let start = seeded.below(view.rows - PAGE_ROWS + 1);
            let request = json!({ "view": view.view, "start": start, "count": PAGE_ROWS });
            let begun = Instant::now();
            let answer = call(&anna.larder, "view_rows", request).map_err(|refusal| refusal.to_string())?;
            // As text, which is how it goes to the page.
            let text = answer.to_string();
            let took = begun.elapsed();
            if answer.as_array().map_or(0, Vec::len) as u64 != PAGE_ROWS {
                return Err(format!("{page}: {} bytes are no whole page", text.len()));
            }
            figures.sample(page, took.as_secs_f64());
        }
    }
    Ok(())
}
