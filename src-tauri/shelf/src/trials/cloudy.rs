//! A shelf of which a sync client has left something in its cloud.

use std::path::Path;
use std::time::{Duration, Instant};

use larder_model::RefusalCode;

use super::*;
use crate::places::folder_cloud_trials::{Answers, Provider, bring, leave_in_cloud, stand_in};
use crate::{Alert, Archive, DoctorCode, Folder, Mending, doctor, keeping, repair};

const PATIENT: Duration = Duration::from_secs(60);

fn is_part(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "b")
}

fn is_record(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "rec")
}

/// A shelf in a real folder with one release, of Anna's.
fn shelf() -> (tempfile::TempDir, Desk, Desk) {
    let root = tempfile::tempdir().unwrap();
    let place = Folder::new(root.path());
    let (mut anna, mut ben) = anna_and_ben_at(&place);
    anna.publish(&place, "sales", "rows of March");
    ben.look(&place);
    (root, anna, ben)
}

// fault 22
#[test]
fn a_product_in_the_cloud_is_shown_and_comes_when_somebody_asks_for_it() {
    let (root, mut anna, mut ben) = shelf();
    anna.publish(&Folder::new(root.path()), "sales", "rows of April");
    let parts = leave_in_cloud(root.path(), &is_part);
    let provider = Provider::new();
    let place = provider.folder(root.path(), PATIENT);
    let seen = ben.seen(&place, "sales");
    assert_eq!((seen.release, &seen.state), (2, &SeenState::CloudOnly { files: 2, on_request: true }));
    assert!(provider.asked() < parts, "of {parts} files only lists are brought, {} were", provider.asked());
    assert_eq!(content(&place, &seen).unwrap(), "rows of April");
    // Once it is in the private cache, it does not matter where the rest of the world keeps it, for a short look neither.
    let brought = |_: &str| true;
    let known = look(&place, &mut ben.trust, &ben.device, &brought, &|| false).unwrap();
    assert_eq!(state(&known, "sales"), Some(SeenState::Ready));
}

// fault 22
#[test]
fn a_short_look_tells_too_that_something_has_come_from_the_cloud() {
    let (root, mut anna, mut ben) = shelf();
    leave_in_cloud(root.path(), &is_part);
    let place = Provider::new().folder(root.path(), PATIENT);
    ben.look(&place);
    // Somebody says something else, so that the short look looks at all.
    anna.publish(&Folder::new(root.path()), "tills", "more");
    let view = crate::glance(&place, &mut ben.trust, &ben.device, &|_| true, &|| false).unwrap().unwrap();
    assert_eq!(state(&view, "sales"), Some(SeenState::Ready));
}

// fault 22
#[test]
fn a_cloud_that_does_not_answer_holds_a_look_up_once_and_takes_nothing_away() {
    let (root, mut anna, mut ben) = shelf();
    for month in ["April", "May", "June"] {
        anna.publish(&Folder::new(root.path()), "sales", month);
    }
    leave_in_cloud(root.path(), &|path| is_part(path) || is_record(path));
    let provider = Provider::new();
    for answers in [Answers::Waits, Answers::Refuses] {
        provider.now(answers);
        let place = provider.folder(root.path(), Duration::from_millis(200));
        let begun = Instant::now();
        let view = ben.look(&place);
        let told = view.alerts.iter().any(|alert| matches!(alert, Alert::CloudOnly { files } if *files > 5));
        assert!(told, "{:?}", view.alerts);
        assert_eq!(view.product(&product("sales")).unwrap().release, 1, "what was known stays");
        // Each of the files would have been waited for.
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
    provider.now(Answers::Brings);
    let seen = ben.seen(&provider.folder(root.path(), PATIENT), "sales");
    assert_eq!(seen.release, 4, "and goes on as soon as the cloud answers");
}

// fault 22
#[test]
fn heads_that_stay_in_the_cloud_are_no_step_backwards() {
    let (root, mut anna, mut ben) = shelf();
    anna.publish(&Folder::new(root.path()), "sales", "rows of April");
    ben.look(&Folder::new(root.path()));
    let writer = anna.device.writer();
    let heads = stand_in(root.path(), &|path| {
        let is_annas = path.components().any(|part| part.as_os_str() == writer.as_str());
        is_annas && path.parent().unwrap().ends_with("h")
    });
    assert!(!heads.is_empty());
    let view = ben.look(&Folder::new(root.path()));
    assert!(
        view.alerts.iter().any(|alert| matches!(alert, Alert::CloudOnly { files } if *files > 0)),
        "{:?}",
        view.alerts
    );
    let others = view.alerts.iter().filter(|alert| !matches!(alert, Alert::CloudOnly { .. } | Alert::RosterArriving));
    assert_eq!(others.count(), 0, "{:?}", view.alerts);
    assert_eq!(view.product(&product("sales")).unwrap().release, 2, "what was accepted stays");
    // Whoever would have to build upon words that are not here says so, and says nothing that could contradict them.
    let answer = anna.try_publish(&Folder::new(root.path()), "sales", "rows of May");
    assert_eq!(answer.unwrap_err().code, RefusalCode::CloudOnly);
}

// fault 22
#[test]
fn content_that_only_its_client_can_bring_is_told_as_such_until_it_has() {
    let (root, _, mut ben) = shelf();
    let cloud = stand_in(root.path(), &is_part);
    let place = Folder::new(root.path());
    let mut newcomer = Desk::stranger(ben.trust.shelf(), 44);
    for desk in [&mut ben, &mut newcomer] {
        let view = desk.look(&place);
        let SeenState::CloudOnly { files, on_request: false } = state(&view, "sales").unwrap() else {
            panic!("{:?}", view.products)
        };
        assert!(files > 0 && files <= cloud.len() as u64);
        let count = view.alerts.iter().find_map(|alert| match alert {
            Alert::CloudOnly { files } => Some(*files),
            _ => None,
        });
        assert!(count.is_some_and(|count| count >= files), "{:?}", view.alerts);
    }
    let listed = ben.seen(&place, "sales");
    assert_eq!(content(&place, &listed).unwrap_err().code, RefusalCode::CloudOnly);
    bring(&cloud);
    let view = newcomer.look(&place);
    assert_eq!((state(&view, "sales"), view.alerts), (Some(SeenState::Ready), Vec::new()));
}

// fault 22
#[test]
fn a_folder_of_stand_ins_is_no_empty_folder() {
    let (root, _, mut ben) = shelf();
    stand_in(root.path(), &|_| true);
    let place = Folder::new(root.path());
    let view = ben.look(&place);
    let odd = view.alerts.iter().filter(|a| !matches!(a, Alert::CloudOnly { .. } | Alert::RosterArriving)).count();
    assert_eq!((odd, view.products.len()), (0, 1), "whoever knows it goes on with what they know: {:?}", view.alerts);
    let mut newcomer = Desk::stranger(ben.trust.shelf(), 44);
    let answer = look(&place, &mut newcomer.trust, &newcomer.device, &|_| false, &|| false);
    assert_eq!(answer.unwrap_err().code, RefusalCode::CloudOnly);
    assert_eq!(crate::probe(&place).unwrap_err().code, RefusalCode::CloudOnly);
    let person = Person { name: "Cem".into(), role: String::new(), email: None, color: 2 };
    let founding = start(&place, &Device::create([9; 32]), "Other", &person, &PersonId::parse("cem").unwrap(), NOW);
    assert_eq!(founding.unwrap_err().code, RefusalCode::CloudOnly, "no second shelf is set up upon the first");
}

// fault 22
#[test]
fn the_doctor_brings_nothing_here_only_to_look_at_it() {
    let (root, mut anna, _) = shelf();
    let parts = leave_in_cloud(root.path(), &is_part);
    let provider = Provider::new();
    let place = provider.folder(root.path(), PATIENT);
    let notes = doctor(&place, &mut anna.trust, &anna.device, &|| false).unwrap();
    let count = |code| notes.iter().filter(|note| note.code == code).count();
    assert_eq!((count(DoctorCode::PartsInCloud), count(DoctorCode::PartsMissing)), (1, 0), "{notes:?}");
    assert!(provider.asked() < parts, "{} of {parts}", provider.asked());
}

// fault 22
#[test]
fn what_stands_in_the_cloud_is_put_back_only_where_a_person_asks_for_it() {
    let root = tempfile::tempdir().unwrap();
    let kept = tempfile::tempdir().unwrap();
    let mut anna = Desk::founder(&Folder::new(root.path()));
    let place = keeping(Box::new(Folder::new(root.path())), Archive::at(kept.path()), anna.device.writer());
    anna.publish(&*place, "sales", "rows of March");
    anna.look(&*place);
    let cloud = stand_in(root.path(), &is_part);
    let archive = Archive::at(kept.path());
    for (asked, back) in [(false, 0), (true, cloud.len())] {
        let how = Mending {
            archive: &archive,
            here: &|_| None,
            thorough: true,
            asked,
            progress: &|_| {},
            cancelled: &|| false,
        };
        let place = Folder::new(root.path());
        repair(&place, &mut anna.trust, &anna.device, &how).unwrap();
        assert_eq!(cloud.iter().filter(|(path, _)| path.exists()).count(), back, "asked: {asked}");
    }
}
