//! First run, shelves, who you are, settings.

use std::collections::BTreeMap;

use larder_model::{Person, Refusal, ShelfId};
use larder_shelf::FoundShelf;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which world the window shows. Sample and real never mix: each has a home of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// Nothing chosen yet: the welcome page.
    Fresh,
    /// The sample bakery.
    Sample,
    /// The person's own shelf.
    Own,
}

/// A shelf that this computer knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShelfNote {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands, as people know it.
    pub address: String,
    /// When it was last looked at, RFC 3339.
    pub refreshed_at: Option<String>,
    /// Whether things could be put there from here the last time it was tried.
    pub can_write: bool,
    /// Whether it stands in a folder that can be shown.
    pub folder: bool,
    /// The kind of place where it stands, as in [`PlaceForm::kind`]; `folder` for one.
    pub kind: String,
    /// What was entered in that kind's form, secrets left out.
    pub values: BTreeMap<String, String>,
    /// It knows what you say of yourself now.
    pub told: bool,
    /// The name by which colleagues know you there, where that is another one than you say now.
    pub known_as: Option<String>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What a person set about the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Language of the interface (`en`, `de`); none follows the system.
    pub language: Option<String>,
    /// Size of everything in percent, 80 to 200.
    pub zoom_percent: u16,
    /// Smaller controls and rows.
    pub compact: bool,
    /// The typeface for clearer letters.
    pub clear_letters: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { theme: Theme::System, language: None, zoom_percent: 100, compact: false, clear_letters: false }
    }
}

/// A fault of our own that left a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaultNote {
    /// When, RFC 3339.
    pub at: String,
}

/// The report of a fault: names of files and values are left out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaultReport {
    /// Its file's name.
    pub file_name: String,
    /// Its text, for people.
    pub text: String,
}

/// What the window needs before it shows anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Start {
    /// Version of Larder.
    pub version: String,
    /// Which world.
    pub world: World,
    /// Who uses this computer.
    pub me: Option<Person>,
    /// The shelf that is looked at, once there is one.
    pub shelf: Option<ShelfNote>,
    /// Every shelf that this computer knows.
    pub shelves: Vec<ShelfNote>,
    /// What was set.
    pub settings: Settings,
    /// The system's language, such as `de-DE`.
    pub locale: String,
    /// A fault before this start that nobody was told of yet.
    pub fault: Option<FaultNote>,
    /// The name that this computer's account suggests.
    pub suggested_name: String,
    /// Practice files of the sample bakery, by file name; empty outside it.
    pub practice_files: Vec<String>,
}

/// What kind of folder was found on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Kept by OneDrive.
    OneDrive,
    /// Kept by Dropbox.
    Dropbox,
    /// Kept by Google Drive.
    GoogleDrive,
    /// Kept by Nextcloud.
    Nextcloud,
    /// Kept by Syncthing.
    Syncthing,
    /// A network drive.
    Network,
    /// Any other folder.
    Folder,
    /// A folder of Larder's own, on this computer only.
    OnlyHere,
    /// A WebDAV server.
    Webdav,
    /// S3 or compatible storage.
    S3,
    /// An SFTP server.
    Sftp,
}

/// A kind of place that is entered in a form. Texts are in the words under `place-form-<kind>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceForm {
    /// Its name.
    pub kind: String,
    /// What it asks for.
    pub fields: Vec<PlaceField>,
}

/// One field of a form. Texts are in the words under `place-field-<kind>-<name>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceField {
    /// Its name.
    pub name: String,
    /// How it is entered.
    pub kind: PlaceFieldKind,
    /// Whether it may not be left empty.
    pub required: bool,
}

/// How a field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceFieldKind {
    /// A line of text.
    Text,
    /// A web address.
    Web,
    /// Hidden while it is typed; goes to the system's key store.
    Secret,
    /// A file on this computer.
    File,
}

/// What was entered in a form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnterPlaceRequest {
    /// Which kind of place.
    pub kind: String,
    /// By field, secrets included.
    pub values: BTreeMap<String, String>,
}

/// Signs in again where the shelf stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignInRequest {
    /// The password or key.
    pub secret: String,
}

/// Names one shelf of this computer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShelfRequest {
    /// The shelf.
    pub shelf: ShelfId,
}

/// A folder where a shelf could stand. The page knows it by its id; the path is for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceOffer {
    /// Its id, good until the window closes.
    pub id: String,
    /// What kind.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Where it is, as people read it.
    pub path: String,
}

/// Names one offered place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceRequest {
    /// The id of a [`PlaceOffer`].
    pub place: String,
}

/// The four checks of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlaceProbe {
    /// Files here can be read.
    pub can_read: bool,
    /// Files can be saved here: written, read back and removed again.
    pub can_write: bool,
    /// Room left, where the system tells.
    pub space_free_bytes: Option<u64>,
    /// The shelf that is already here.
    pub shelf: Option<FoundShelf>,
    /// Inside another shelf, or two shelves in one folder.
    pub nested: bool,
    /// Made by a newer Larder: look, but do not write.
    pub too_new: bool,
    /// Why it could not be checked at all.
    pub refusal: Option<Refusal>,
}

/// Sets up the shelf on an offered place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SetUpRequest {
    /// The id of a [`PlaceOffer`].
    pub place: String,
    /// The name of a new shelf; not used when joining.
    pub name: String,
    /// Who you are.
    pub person: Person,
    /// Join the shelf that is there, instead of starting one.
    pub join: bool,
}

/// Says who you are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PersonRequest {
    /// You.
    pub person: Person,
}

/// Changes the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsRequest {
    /// All of them, as they shall be.
    pub settings: Settings,
}
