//! Looking inside: sorted and filtered views that stay as they are while the shelf goes on.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use larder_model::{Refusal, RefusalCode};
use larder_tables::{TableFile, View, ViewRow};

use crate::jobs::lock;
use crate::wire::{OpenViewRequest, ViewNote, ViewRowsRequest};
use crate::{Larder, cards, check, home};

/// More views than this are not kept open at once; the oldest goes.
const VIEWS: usize = 16;

/// A view and the file that it looks at.
struct OpenView {
    id: String,
    file: Arc<TableFile>,
    view: View,
}

/// All open views, oldest first.
#[derive(Default)]
pub struct OpenViews {
    all: Mutex<VecDeque<Arc<OpenView>>>,
    files: Mutex<VecDeque<(std::path::PathBuf, Arc<TableFile>)>>,
}

impl OpenViews {
    fn file(&self, path: &std::path::Path) -> Result<Arc<TableFile>, Refusal> {
        if let Some((_, file)) = lock(&self.files).iter().find(|(p, _)| p == path) {
            return Ok(file.clone());
        }
        let file = Arc::new(TableFile::open(path)?);
        let mut files = lock(&self.files);
        files.push_back((path.to_path_buf(), file.clone()));
        while files.len() > 4 {
            files.pop_front();
        }
        Ok(file)
    }
}

/// Opens a view on the rows of a release.
pub fn open_view(larder: &Larder, request: OpenViewRequest) -> Result<ViewNote, Refusal> {
    let rooms = larder.rooms();
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", request.product.as_str());
    let seen = rooms.seen.release(&request.product, request.release)?.ok_or_else(unknown)?;
    let not_here = || Refusal::new(RefusalCode::NotHereYet).with("title", seen.card.label.title.as_str());
    let path = cards::table_path(&rooms, &seen).filter(|p| p.exists()).ok_or_else(not_here)?;
    let file = rooms.views.file(&path)?;
    let view = View::new(&file, &request.sorts, &request.filters, &|| false)?;
    let note = ViewNote { view: home::unique(), rows: view.rows() };
    let mut all = lock(&rooms.views.all);
    all.push_back(Arc::new(OpenView { id: note.view.clone(), file, view }));
    while all.len() > VIEWS {
        all.pop_front();
    }
    Ok(note)
}

/// Rows of a view.
pub fn view_rows(larder: &Larder, request: ViewRowsRequest) -> Result<Vec<ViewRow>, Refusal> {
    let rooms = larder.rooms();
    let open = lock(&rooms.views.all).iter().find(|v| v.id == request.view).cloned();
    let open = open.ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", request.view.as_str()))?;
    open.view.page(&open.file, request.start, request.count.min(check::ROWS_AT_ONCE))
}
