//! Publishing sealed: files are encrypted in the caller's own folder and copied from there, the keyring after them; the list
//! follows once the release's number is certain, as it repeats it. Nothing that is not encrypted leaves this computer.

use std::collections::BTreeSet;
use std::sync::Arc;

use larder_model::{Refusal, RefusalCode, ReleaseHash, WriterId};
use tempfile::NamedTempFile;

use super::identity::{Key, Lock, throw_away};
use super::list::{SealedList, SealedListed};
use super::reading::{Content, Unsealed};
use super::streams::{self, Plain, seal_bytes};
use super::{Grant, Seal, keyring, lock};
use crate::envelope::sha256;
use crate::lineage::{Lineage, Load};
use crate::memo::Loaded;
use crate::places::Place;
use crate::plan::Plan;
use crate::publish::{self, PublishStep, Published};
use crate::records::{Release, is_short};
use crate::stacks::{Blob, Stacks};
use crate::{Device, Ledger, Publication, PublishFile, Trust, caps, names, place_write};

/// A sealed release whose files and keyring are on the shelf; its list is written once its number is certain.
pub(crate) struct Draft {
    /// The release's own key.
    key: Key,
    keyring: String,
    keyring_size: u64,
    /// The list, without its number.
    list: SealedList,
    /// Where this is set, it may come after this one release only.
    only_after: Option<ReleaseHash>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("keyring", &self.keyring).finish_non_exhaustive()
    }
}

/// Whether a text, as a card tells it, is something that this Larder can encrypt to.
pub fn can_seal_for(recipient: &str) -> bool {
    lock(recipient).is_some()
}

/// The devices that may open it, this one first, and what to encrypt to.
fn locks(device: &Device, recipients: &[(WriterId, String)]) -> Result<(Vec<WriterId>, Vec<Lock>), Refusal> {
    let (mut writers, mut locks) = (vec![device.writer()], vec![device.key().to_public()]);
    for (writer, recipient) in recipients.iter().filter(|(writer, _)| *writer != device.writer()) {
        let refuse = || Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", writer.as_str());
        if writers.contains(writer) || !names::is_writer(writer.as_str()) {
            return Err(refuse());
        }
        locks.push(lock(recipient).ok_or_else(refuse)?);
        writers.push(writer.clone());
    }
    if locks.len() > caps::SEAL_LOCKS {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", "keyring").with("limit", caps::SEAL_LOCKS));
    }
    Ok((writers, locks))
}

/// Puts a keyring; answers its hash and size.
fn put_keyring(place: &dyn Place, device: &Device, key: &Key, to: &[Lock]) -> Result<(String, u64), Refusal> {
    let bytes = keyring::make(key, to)?;
    let hash = sha256(&bytes);
    place_write::put_bytes(place, &names::blob(device.writer().as_str(), &hash), &bytes)?;
    Ok((hash, bytes.len() as u64))
}

/// The first half of publishing sealed, in place of the one for everybody.
pub(crate) fn copy(
    place: &dyn Place,
    device: &Device,
    publication: &Publication,
    seal: &Seal,
    ledger: &mut Ledger,
    step: &dyn Fn(PublishStep) -> bool,
) -> Result<(Plan, Draft), Refusal> {
    if seal.how_to_ask.as_deref().is_some_and(|text| !is_short(text, caps::ASK_CHARS)) {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "how_to_ask"));
    }
    if publication.files.len() > caps::FILES {
        return Err(Refusal::new(RefusalCode::TooLarge).with("file", "list").with("limit", caps::FILES));
    }
    let (recipients, locks) = locks(device, &seal.recipients)?;
    let key = throw_away();
    let (temps, plains) = encrypt(&key, publication, seal)?;
    let encrypted: Vec<PublishFile> = publication
        .files
        .iter()
        .zip(&temps)
        .map(|(file, temp)| PublishFile { path: temp.path().to_owned(), ..file.clone() })
        .collect();
    let plan = Plan::measure(&encrypted, &|| true)?;
    let files = plan.files.iter().zip(plains).map(|((listed, _), plain)| SealedListed {
        name: listed.name.clone(),
        media_type: listed.media_type.clone(),
        size: plain.size,
        sha256: plain.sha256,
        parts: listed.parts.clone(),
        sealed_size: listed.size,
        sealed_sha256: listed.sha256.clone(),
    });
    let list = SealedList {
        protocol: caps::READS,
        // Whose it is, of which shelf, and its number are written in when they are certain.
        shelf: larder_model::ShelfId::parse("none").ok_or_else(|| Refusal::new(RefusalCode::Bug))?,
        product: publication.product.clone(),
        n: 0,
        writer: device.writer(),
        title: publication.title.to_owned(),
        rows: publication.rows,
        about: publication.about.clone(),
        recipients,
        files: files.collect(),
    };
    publish::go_on(step, PublishStep::Saved)?;
    publish::enough_space(place, device, &plan)?;
    publish::copy_parts(place, device, &plan, ledger, step)?;
    let (keyring, keyring_size) = put_keyring(place, device, &key, &locks)?;
    publish::go_on(step, PublishStep::Copied)?;
    Ok((plan, Draft { key, keyring, keyring_size, list, only_after: None }))
}

fn encrypt(key: &Key, publication: &Publication, seal: &Seal) -> Result<(Vec<NamedTempFile>, Vec<Plain>), Refusal> {
    std::fs::create_dir_all(&seal.workspace)
        .map_err(|e| Refusal::from_io(&e, &seal.workspace.display().to_string()))?;
    let to = key.to_public();
    let (mut temps, mut plains) = (Vec::new(), Vec::new());
    for file in &publication.files {
        let (temp, plain) = streams::seal_file(&to, &file.path, &file.name, &seal.workspace, &|| true)?;
        temps.push(temp);
        plains.push(plain);
    }
    Ok((temps, plains))
}

impl Draft {
    /// What the record says to everybody.
    pub fn announce(&self, release: &mut Release, seal: &Seal, plan: &Plan) {
        self.fill(release);
        release.files = plan.files.len() as u64;
        release.bytes = plan.bytes;
        release.title = if seal.hide_title { String::new() } else { self.list.title.clone() };
        release.owner = seal.owner.clone();
        release.how_to_ask = seal.how_to_ask.clone();
    }

    fn fill(&self, release: &mut Release) {
        release.protocol = caps::READS;
        release.sealed = true;
        release.keyring = Some(self.keyring.clone());
        release.keyring_size = self.keyring_size;
        // What the list says is not said to everybody.
        release.rows = 0;
        release.about = serde_json::Value::Null;
    }

    /// Whether a release that this device published and can open says the same already.
    pub fn is_said_by(&self, only: &Loaded, release: &Release, trust: &Trust) -> bool {
        let known = &only.release;
        let told = |r: &Release| (r.sealed, r.title.clone(), r.owner.clone(), r.how_to_ask.clone());
        told(known) == told(release) && trust.memo.opened_list(known).is_some_and(|list| list.says_the_same(&self.list))
    }

    /// Whether it may come after these.
    ///
    /// # Errors
    /// `Busy` where something else was published meanwhile.
    pub fn may_follow(&self, parents: &[Arc<Loaded>]) -> Result<(), Refusal> {
        let Some(only) = &self.only_after else { return Ok(()) };
        match parents {
            [parent] if parent.hash == *only => Ok(()),
            _ => Err(Refusal::new(RefusalCode::Busy).with("what", self.list.product.as_str())),
        }
    }

    /// Writes the list of a release whose number is certain, and names it in the record.
    pub fn complete(
        &self,
        place: &dyn Place,
        device: &Device,
        trust: &mut Trust,
        release: &mut Release,
    ) -> Result<(), Refusal> {
        let mut list = self.list.clone();
        list.shelf = release.shelf.clone();
        list.n = release.n;
        list.writer = device.writer();
        if !list.is_sound() {
            return Err(Refusal::new(RefusalCode::Invalid).with("what", "list"));
        }
        let bug = |e: serde_json::Error| Refusal::new(RefusalCode::Bug).with("detail", e.to_string());
        let text = serde_json::to_vec(&list).map_err(bug)?;
        let sealed = seal_bytes(&[self.key.to_public()], &text)?;
        // What readers refuse is refused here.
        if sealed.len() as u64 > caps::LIST_BYTES || !crate::json::is_shallow(&text) {
            return Err(Refusal::new(RefusalCode::TooLarge).with("file", "list").with("limit", caps::LIST_BYTES));
        }
        let hash = sha256(&sealed);
        place_write::put_bytes(place, &names::blob(device.writer().as_str(), &hash), &sealed)?;
        release.list_size = sealed.len() as u64;
        trust.memo.keep_opened(&self.keyring, &hash, Unsealed::List(Arc::new(list)));
        release.list = Some(hash);
        Ok(())
    }
}

/// Lets more devices open the newest release of a product, which this device has published and can open: a new keyring and a
/// new release with the same data, so little is written. To let somebody open it no longer, publish anew: whoever has had the
/// key of a release keeps it.
///
/// # Errors
/// `Unknown` where there is no such release; `NoPermission` where another device has published it, or this one cannot open
/// it; `Invalid` where somebody who can open it is not among the recipients; `NotHereYet` where a part of it is gone, so that
/// it has to be published anew; `Busy` where something else was published since the last look; otherwise as
/// [`crate::publish`].
pub fn regrant(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    grant: &Grant,
    now: &str,
) -> Result<Published, Refusal> {
    let mut release = publish::blank(trust, grant.product, "", now)?;
    let (before, list, key) = newest(place, device, trust, grant)?;
    let (recipients, locks) = locks(device, grant.recipients)?;
    let allowed: BTreeSet<&WriterId> = recipients.iter().collect();
    if let Some(left_out) = list.recipients.iter().find(|writer| !allowed.contains(writer)) {
        return Err(Refusal::new(RefusalCode::Invalid).with("what", "recipient").with("value", left_out.as_str()));
    }
    let (keyring, keyring_size) = put_keyring(place, device, &key, &locks)?;
    let list = SealedList { recipients, ..list.as_ref().clone() };
    let draft = Draft { key, keyring, keyring_size, list, only_after: Some(before.hash.clone()) };
    draft.fill(&mut release);
    let known = &before.release;
    (release.files, release.bytes) = (known.files, known.bytes);
    (release.title, release.owner, release.how_to_ask) =
        (known.title.clone(), known.owner.clone(), known.how_to_ask.clone());
    publish::put_release(place, device, trust, release, Some(&draft))
}

/// The newest release of a product as this device knows it, opened, and with all its parts still there.
fn newest(
    place: &dyn Place,
    device: &Device,
    trust: &mut Trust,
    grant: &Grant,
) -> Result<(Loaded, Arc<SealedList>, Key), Refusal> {
    let unknown = || Refusal::new(RefusalCode::Unknown).with("what", grant.product.as_str());
    let refused = || Refusal::new(RefusalCode::NoPermission).with("path", grant.product.as_str());
    let missing = || Refusal::new(RefusalCode::NotHereYet).with("title", grant.product.as_str());
    let me = device.writer();
    let accepted = trust.accepted.get(grant.product).ok_or_else(unknown)?.loaded.clone();
    if !accepted.release.sealed {
        return Err(unknown());
    }
    if accepted.writer != me {
        return Err(refused());
    }
    let stacks = Stacks::open_strict(place, [&me])?;
    let mut memo = std::mem::take(&mut trust.memo);
    let mut damaged = trust.damaged.clone();
    let mut lineage =
        Lineage { stacks: &stacks, shelf: &trust.shelf, memo: &mut memo, device: Some(device), damaged: &mut damaged };
    let content = lineage.load(accepted.hash.as_str(), &[&me]).and_then(|load| match load {
        Load::Good(loaded) => lineage.sealed(&loaded).map(Some),
        _ => Ok(None),
    });
    trust.memo = memo;
    let list = match content? {
        Some(Content::Open(list)) => list,
        Some(Content::Locked) => return Err(refused()),
        Some(Content::Damaged) => {
            return Err(Refusal::new(RefusalCode::Damaged).with("file", grant.product.as_str()));
        }
        Some(Content::Arriving(_)) | None => return Err(missing()),
    };
    for (hash, size_bytes) in list.files.iter().flat_map(|file| &file.parts) {
        let found = stacks.blob(hash, *size_bytes, &[&me], &mut damaged)?;
        if !matches!(found, Blob::Present(_) | Blob::OnRequest(_)) {
            return Err(missing());
        }
    }
    let keyring = accepted.release.keyring.as_deref().unwrap_or_default();
    let bytes = stacks.small_blob(keyring, accepted.release.keyring_size, &[&me])?.ok_or_else(missing)?;
    match keyring::open(&bytes, device) {
        keyring::Keyring::Opens(key) => Ok((accepted, list, key)),
        _ => Err(refused()),
    }
}
