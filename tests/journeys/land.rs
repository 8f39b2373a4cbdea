//! A shared folder, and people with a computer each.

use std::path::PathBuf;

use larder_tests::person::Person;

pub struct Land {
    pub folder: tempfile::TempDir,
}

impl Land {
    pub fn new() -> Land {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("share")).unwrap();
        Land { folder }
    }

    pub fn share(&self) -> PathBuf {
        self.folder.path().join("share")
    }

    pub fn person(&self, home: &str, name: &str) -> Person {
        Person::at_shelf(&self.folder.path().join(home), name, &self.share())
    }
}
