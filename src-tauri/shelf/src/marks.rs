//! Which content is needed by whom: of each release that a head names, its list, its keyring and its parts.

use std::collections::{BTreeMap, HashSet};

use larder_model::{Refusal, WriterId};

use crate::lineage::{self, Lineage, Load};
use crate::look::Scene;
use crate::records::Head;
use crate::sealed::Content;
use crate::trust::Accepted;

/// The hashes of content that somebody needs.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// What the newest release of a product needs.
    pub newest: HashSet<String>,
    /// What any release needs that is named, the newest too.
    pub any: HashSet<String>,
    /// Releases of which not everything is known, by who published them: their record or list is not here.
    pub unknown: BTreeMap<WriterId, u64>,
    met: HashSet<String>,
}

impl Marks {
    /// Whether something needs this content.
    pub fn needs(&self, hash: &str) -> bool {
        self.any.contains(hash)
    }

    /// Everything that heads which count name, and what was accepted.
    pub fn scene<'t>(
        &mut self,
        lineage: &mut Lineage,
        scene: &Scene,
        accepted: impl Iterator<Item = &'t Accepted>,
    ) -> Result<(), Refusal> {
        for named in lineage::named(scene.heads()).into_values().flatten() {
            let mine = lineage.device.is_some_and(|device| device.writer() == named.writer);
            let known = self.unknown.get(&named.writer).copied();
            self.release(lineage, &named.hash, &named.writer, named.last)?;
            // What a stranger names and nobody can find holds nobody up.
            if !(named.confirmed || mine) {
                match known {
                    Some(known) => drop(self.unknown.insert(named.writer, known)),
                    None => drop(self.unknown.remove(&named.writer)),
                }
            }
        }
        for accepted in accepted {
            self.release(lineage, accepted.loaded.hash.as_str(), &accepted.loaded.writer, true)?;
        }
        Ok(())
    }

    /// Everything that a head names.
    pub fn head(&mut self, lineage: &mut Lineage, writer: &WriterId, head: &Head) -> Result<(), Refusal> {
        for releases in head.products.values() {
            for (i, hash) in releases.iter().enumerate() {
                self.release(lineage, hash.as_str(), writer, i + 1 == releases.len())?;
            }
        }
        Ok(())
    }

    fn release(&mut self, lineage: &mut Lineage, hash: &str, writer: &WriterId, newest: bool) -> Result<(), Refusal> {
        if !self.met.insert(format!("{newest} {hash}")) {
            return Ok(());
        }
        let (needs, whole) = content(lineage, hash, writer)?;
        if newest {
            self.newest.extend(needs.iter().cloned());
        }
        self.any.extend(needs);
        if !whole {
            *self.unknown.entry(writer.clone()).or_insert(0) += 1;
        }
        Ok(())
    }
}

/// What a release needs, as far as this device can know, and whether that is all.
fn content(lineage: &mut Lineage, hash: &str, writer: &WriterId) -> Result<(Vec<String>, bool), Refusal> {
    let Load::Good(loaded) = lineage.load(hash, &[writer])? else { return Ok((Vec::new(), false)) };
    let release = &loaded.release;
    let mut needs: Vec<String> = release.list.iter().chain(&release.keyring).cloned().collect();
    if release.list.is_none() {
        return Ok((needs, true));
    }
    if !release.sealed {
        let files = lineage.files(release, &[&loaded.writer])?;
        let whole = files.is_some();
        needs.extend(files.iter().flat_map(|all| all.iter()).flat_map(|f| &f.parts).map(|(hash, _)| hash.clone()));
        return Ok((needs, whole));
    }
    Ok(match lineage.sealed(&loaded)? {
        Content::Open(list) => {
            needs.extend(list.files.iter().flat_map(|file| &file.parts).map(|(hash, _)| hash.clone()));
            (needs, true)
        }
        // Whoever cannot open it never had its parts to lend.
        Content::Locked => (needs, true),
        Content::Damaged | Content::Arriving(_) => (needs, false),
    })
}
