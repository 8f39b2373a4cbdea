//! Two versions that were put there at the same time, from a terminal: named by who filled them.

use larder_model::{Refusal, RefusalCode, search_text};

use super::Terminal;
use crate::wire::{ProductPage, ProductRequest, TwoVersions, TwoVersionsRequest, Version, VersionRequest};
use crate::{product, versions};

/// What came of bringing two versions together.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Together {
    /// The draft that adds what was missing; none where nothing was.
    pub draft: Option<larder_model::DraftId>,
}

fn of<'v>(both: &'v TwoVersions, who: &str) -> Result<&'v Version, Refusal> {
    let folded = search_text(who);
    let all = [&both.used, &both.beside].into_iter().chain(&both.more);
    let mut theirs =
        all.filter(|version| search_text(&version.by) == folded || version.version.as_str().starts_with(who));
    let first = theirs.next().ok_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", who))?;
    match theirs.next() {
        Some(_) => Err(Refusal::new(RefusalCode::Ambiguous).with("name", who)),
        None => Ok(first),
    }
}

impl Terminal {
    /// Both, side by side; their rows are brought here.
    pub fn two_versions(&self, name: &str) -> Result<TwoVersions, Refusal> {
        self.refresh()?;
        let product = self.find_product(name)?.product;
        let request = TwoVersionsRequest { product: product.clone(), beside: None };
        let both = versions::two_versions(&self.larder, request.clone())?;
        let all = [&both.used, &both.beside].into_iter().chain(&both.more);
        for version in all.filter(|version| !version.rows_here) {
            let request = VersionRequest { product: product.clone(), version: version.version.clone() };
            self.larder.wait(&versions::fetch_version(&self.larder, request)?.id)?;
        }
        versions::two_versions(&self.larder, request)
    }

    /// Lets one of them count: the one that this person filled, or whose hash begins so.
    pub fn keep_version(&self, name: &str, who: &str) -> Result<ProductPage, Refusal> {
        let both = self.two_versions(name)?;
        let version = of(&both, who)?.version.clone();
        let request = VersionRequest { product: both.product.clone(), version };
        self.larder.wait(&versions::keep_version(&self.larder, request)?.id)?;
        product::product(&self.larder, ProductRequest { product: both.product, release: None })
    }

    /// Adds to the one in use the rows that only the other one has, as a draft.
    pub fn bring_together(&self, name: &str) -> Result<Together, Refusal> {
        let both = self.two_versions(name)?;
        let request = VersionRequest { product: both.product, version: both.beside.version };
        let mut brought = versions::bring_together(&self.larder, request)?;
        let Some(item) = brought.items.pop() else { return Ok(Together { draft: None }) };
        match (item.draft, item.refusal) {
            (Some(draft), None) => Ok(Together { draft: Some(draft) }),
            (_, refusal) => Err(refusal.unwrap_or_else(|| Refusal::new(RefusalCode::Unknown).with("what", name))),
        }
    }
}
