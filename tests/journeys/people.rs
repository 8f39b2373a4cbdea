//! Several stewards, lost and second computers, somebody who goes: what the people page says and what it may do.

use std::fs;
use std::path::Path;

use larder_actions::wire::{
    ActivityPage, DeviceDeed, DeviceHistory, DoctorState, MemberNote, NeedCode, Outcome, PeoplePage, PersonDeed, Start,
    TodayPage,
};
use larder_model::{Refusal, RefusalCode};
use larder_shelf::{DecidedCode, DeviceStanding, Hint};
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::json;

use crate::land::Land;

fn named<'p>(page: &'p PeoplePage, name: &str) -> &'p MemberNote {
    page.members.iter().find(|m| m.person.name == name).unwrap_or_else(|| panic!("{name} is not there"))
}

fn put(person: &Person, folder: &Path, title: &str) -> String {
    try_put(person, folder, title).unwrap()
}

fn try_put(person: &Person, folder: &Path, title: &str) -> Result<String, Refusal> {
    let path = folder.join(format!("{title}.csv"));
    fs::write(&path, "Article no.,Name,Price\n0041,Rye,3.20\n0042,Rolls,0.45\n").unwrap();
    let draft = person.drop_file(&path);
    person.describe(&draft, json!({"title": title, "summary": "A small list.", "area": "Office"}));
    person.publish(&draft)
}

#[test]
fn two_stewards_decide_together_and_each_sees_what_waits() {
    let land = Land::new();
    let (anna, ben, cem) = (land.person("anna", "Anna"), land.person("ben", "Ben"), land.person("cem", "Cem"));
    let page = anna.confirms("Ben");
    assert_eq!(page.outcome, Some(Outcome::Done));
    assert_eq!((page.hints.as_slice(), page.threshold, page.stewards), (&[Hint::OneSteward][..], 1, 1));
    let bens = named(&page, "Ben");
    assert_eq!(bens.may, [PersonDeed::MakeSteward, PersonDeed::Remove]);
    assert!(named(&page, "Anna").may.is_empty(), "the only steward cannot go");
    let page: PeoplePage = anna.ask("make_steward", json!({"person": bens.id}));
    assert!(named(&page, "Ben").steward && page.stewards == 2);
    let page: PeoplePage = anna.ask("set_threshold", json!({"threshold": 2}));
    assert_eq!((page.threshold, page.hints), (2, vec![Hint::NoSpareSteward { threshold: 2 }]));
    let refusal = anna.refused("set_threshold", json!({"threshold": 3}));
    assert_eq!(refusal.code, RefusalCode::Invalid);

    let page = anna.confirms("Cem");
    assert_eq!(page.outcome, Some(Outcome::Proposed { missing: 1 }));
    let proposal = &page.proposals[0];
    assert!(proposal.by_me && !proposal.may_sign && proposal.unsigned == ["Ben"]);
    let told: ActivityPage = anna.ask("activity", json!({"start": 0, "count": 5}));
    assert_eq!(told.entries[0].code, "proposed");

    let page = ben.people();
    let proposal = &page.proposals[0];
    assert_eq!((proposal.by.as_str(), proposal.may_sign, proposal.missing), ("Anna", true, 1));
    assert_eq!(proposal.changes.iter().map(|c| c.code).collect::<Vec<_>>(), [DecidedCode::PersonAdded]);
    let today: TodayPage = ben.ask("today", json!({}));
    assert!(today.needs.iter().any(|n| n.code == NeedCode::SignProposal), "{:?}", today.needs);
    let page: PeoplePage = ben.ask("co_sign", json!({"hash": proposal.hash}));
    assert_eq!(page.outcome, Some(Outcome::Done));
    assert!(named(&page, "Cem").confirmed && page.proposals.is_empty());
    assert!(named(&anna.people(), "Cem").confirmed);
    assert!(named(&cem.people(), "Cem").may.is_empty() && !cem.people().may_confirm);
    let refusal = cem.refused("set_threshold", json!({"threshold": 1}));
    assert_eq!((refusal.code, refusal.params.get("path")), (RefusalCode::NoPermission, Some(&"roster".into())));
}

#[test]
fn a_second_computer_of_mine_becomes_mine_from_both_sides() {
    let land = Land::new();
    let office = land.person("office", "Anna");
    let home = land.person("home", "Anna");
    let page = home.people();
    let (mine, other) =
        (page.members.iter().find(|m| m.is_me).unwrap(), page.members.iter().find(|m| !m.is_me).unwrap());
    assert!(!mine.confirmed && other.confirmed);
    assert_eq!(other.devices[0].may, [DeviceDeed::Link]);
    let page: PeoplePage = home.ask("link_device", json!({"writer": other.devices[0].writer}));
    assert_eq!(page.outcome, Some(Outcome::Named));
    assert!(named(&page, "Anna").id == other.id, "its card goes on saying the same");
    assert!(page.members.iter().flat_map(|m| &m.devices).any(|d| d.waits_for_it));

    let page = office.people();
    let asks = page.members.iter().find(|m| !m.confirmed).unwrap();
    assert!(asks.devices[0].says_is_mine && asks.devices[0].may == [DeviceDeed::Link], "{asks:?}");
    let today: TodayPage = office.ask("today", json!({}));
    assert!(today.needs.iter().any(|n| n.code == NeedCode::LinkDevice && n.writer.is_some()), "{:?}", today.needs);
    let page: PeoplePage = office.ask("link_device", json!({"writer": asks.devices[0].writer}));
    assert_eq!(page.outcome, Some(Outcome::Done));
    assert_eq!(page.members.len(), 1);
    let me = named(&page, "Anna");
    assert_eq!(me.devices.iter().map(|d| d.standing).collect::<Vec<_>>(), [DeviceStanding::Active; 2]);
    assert_eq!(me.devices.iter().filter(|d| d.is_this && d.name.is_some()).count(), 1);
    let page = home.people();
    assert!(!page.may_confirm, "only the computer that may can sign, not every one of hers");
    let page: PeoplePage = office.ask("make_steward", json!({"person": me.id}));
    assert_eq!(page.stewards, 1);
    assert!(home.people().may_confirm);
    let product = put(&home, land.folder.path(), "Price list");
    office.look().unwrap();
    assert!(office.page(&product).confirmed);
}

#[test]
fn a_lost_computer_counts_up_to_the_moment_that_is_chosen() {
    let land = Land::new();
    let (anna, ben) = (land.person("anna", "Anna"), land.person("ben", "Ben"));
    anna.confirms("Ben");
    let kept = put(&ben, land.folder.path(), "Price list");
    anna.look().unwrap();
    let page = anna.people();
    let device = &named(&page, "Ben").devices[0];
    assert_eq!(device.may, [DeviceDeed::Retire, DeviceDeed::Revoke]);
    assert!(device.introduced_at.is_some() && device.active_at.is_some() && device.words.len() == 6);
    let history: DeviceHistory = anna.ask("device_history", json!({"writer": device.writer}));
    assert_eq!((history.name.as_str(), history.moments[0].products), ("Ben", 1));
    let good = history.moments[0].hash.clone();
    let stolen = put(&ben, land.folder.path(), "Strange list");
    let lost = json!({"writer": device.writer, "lost": {"upto": "moment", "hash": good}});
    let page: PeoplePage = anna.ask("revoke_device", lost);
    assert_eq!(page.outcome, Some(Outcome::Done));
    let shelf = anna.shelf();
    let titles: Vec<&str> = shelf.areas.iter().flat_map(|a| &a.labels).map(|l| l.title.as_str()).collect();
    assert_eq!(titles, ["Price list"], "{kept} {stolen}");

    // He comes back with a new computer, in the place of the lost one.
    let again = land.person("ben again", "Ben");
    drop(ben);
    let page = anna.people();
    let newcomer = page.members.iter().find(|m| !m.confirmed).unwrap();
    assert_eq!(newcomer.may, [PersonDeed::Confirm, PersonDeed::TakeOver]);
    let told: ActivityPage = anna.ask("activity", json!({"start": 0, "count": 1}));
    assert_eq!(told.entries[0].code, "device_revoked");
    anna.confirms("Ben");
    assert!(named(&again.people(), "Ben").confirmed);
}

#[test]
fn what_came_from_a_stopped_computer_stands_apart_while_its_last_page_that_counts_is_away() {
    let land = Land::new();
    let (anna, ben, cem) = (land.person("anna", "Anna"), land.person("ben", "Ben"), land.person("cem", "Cem"));
    anna.confirms("Ben");
    anna.confirms("Cem");
    let product = put(&ben, land.folder.path(), "Price list");
    cem.look().unwrap();
    assert!(cem.page(&product).confirmed);
    let device = named(&anna.people(), "Ben").devices[0].writer.clone();
    // While Cem's computer is off. The folder reaches it without Ben's last page, as sync clients have it.
    drop(cem);
    put(&ben, land.folder.path(), "Stock");
    drop(ben);
    let lost = json!({"writer": device, "lost": {"upto": "everything"}});
    let page: PeoplePage = anna.ask("revoke_device", lost);
    assert_eq!(page.outcome, Some(Outcome::Done));
    let heads = land.share().join("larder-data/w").join(device.as_str()).join("h");
    let newest = fs::read_dir(&heads).unwrap().map(|entry| entry.unwrap().path()).max().unwrap();
    let away = land.folder.path().join("away.rec");
    fs::rename(&newest, &away).unwrap();

    let cem = Person::start(TestHost::at(&land.folder.path().join("cem")).of("Cem", "pc")).unwrap();
    cem.look().unwrap();
    let page = cem.page(&product);
    assert!(page.in_doubt && !page.confirmed, "{page:?}");
    for _ in 0..2 {
        let apart: Vec<String> = cem.shelf().unconfirmed.into_iter().map(|card| card.title).collect();
        assert_eq!(apart, ["Price list"]);
        cem.look().unwrap();
    }
    let told = || {
        cem.finish(cem.ask("look_over", json!({}))).unwrap();
        let state: DoctorState = cem.ask("doctor", json!({}));
        state.report.unwrap().notes.iter().any(|n| n.params.get("alert") == Some(&"last_good_missing".into()))
    };
    assert!(told());

    fs::rename(&away, &newest).unwrap();
    cem.look().unwrap();
    let page = cem.page(&product);
    assert!(page.confirmed && !page.in_doubt, "{page:?}");
    assert!(!told());
}

#[test]
fn a_new_computer_takes_the_place_of_all_that_were_lost() {
    let land = Land::new();
    let (anna, ben) = (land.person("anna", "Anna"), land.person("ben", "Ben"));
    let page = anna.confirms("Ben");
    let id = named(&page, "Ben").id.clone();
    let page: PeoplePage = anna.ask("make_steward", json!({"person": id}));
    assert_eq!(page.stewards, 2);
    put(&ben, land.folder.path(), "Price list");
    drop(ben);
    let again = land.person("again", "Ben");
    let page = anna.people();
    let newcomer = page.members.iter().find(|m| !m.confirmed).unwrap();
    let (writer, looks_like) = (newcomer.writers[0].clone(), newcomer.looks_like.clone());
    assert_eq!(looks_like.as_deref(), Some("Ben"));
    let request = json!({"person": id, "writer": writer, "lost": {"upto": "everything"}});
    let page: PeoplePage = anna.ask("take_over", request);
    let bens = named(&page, "Ben");
    let standings: Vec<DeviceStanding> = bens.devices.iter().map(|d| d.standing).collect();
    assert_eq!(standings, [DeviceStanding::Revoked, DeviceStanding::Active]);
    assert!(bens.steward && again.people().may_confirm);
    assert_eq!(anna.shelf().areas[0].labels[0].title, "Price list");
}

#[test]
fn somebody_goes_and_what_they_put_there_stays() {
    let land = Land::new();
    let (anna, ben) = (land.person("anna", "Anna"), land.person("ben", "Ben"));
    let page = anna.confirms("Ben");
    put(&ben, land.folder.path(), "Price list");
    anna.look().unwrap();
    let page: PeoplePage = anna.ask("remove_person", json!({"person": named(&page, "Ben").id}));
    assert_eq!(page.members.len(), 1);
    assert_eq!(anna.shelf().areas[0].labels[0].title, "Price list");
    // His Larder looks by itself, too, and may have seen it by now.
    if let Err(refusal) = try_put(&ben, land.folder.path(), "Farewell") {
        assert_eq!(refusal.params.get("path"), Some(&"out_of_use".into()), "{refusal}");
    }
    anna.look().unwrap();
    assert_eq!(anna.shelf().products, 1);
    let start: Start = ben.ask("start", json!({}));
    assert!(start.shelf.is_some());
    // What he did before he knew counts for nobody; now he knows.
    ben.look().unwrap();
    let today: TodayPage = ben.ask("today", json!({}));
    assert_eq!(today.needs[0].code, NeedCode::OutOfUse);
    let refused = try_put(&ben, land.folder.path(), "Last").unwrap_err();
    assert_eq!((refused.code, refused.params.get("path")), (RefusalCode::NoPermission, Some(&"out_of_use".into())));
}
