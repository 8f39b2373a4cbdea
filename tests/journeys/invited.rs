//! Coming to a shelf by an invitation: as a file, as a link, and as six words over the telephone.

use std::fs;
use std::path::Path;

use larder_actions::wire::{BroughtIn, InvitationNote, Invite, PlaceOffer, Saved, Start};
use larder_model::RefusalCode;
use larder_tests::host::TestHost;
use larder_tests::person::Person;
use serde_json::{Value, json};

fn newcomer(home: &Path, name: &str) -> Person {
    Person::start(TestHost::at(home).of(name, "pc")).unwrap()
}

fn choose(person: &Person, folder: &Path) -> String {
    person.host.answer_folder(folder);
    let offer: PlaceOffer = person.ask("choose_folder", json!({}));
    offer.id
}

fn someone(name: &str) -> Value {
    json!({"name": name, "role": "", "email": null, "color": 0})
}

#[test]
fn a_file_that_is_dropped_leads_to_the_shelf_and_to_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (share, other) = (folder.path().join("Bakery"), folder.path().join("other"));
    fs::create_dir(&share).unwrap();
    fs::create_dir(&other).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let _eve = Person::at_shelf(&folder.path().join("eve"), "Eve", &other);
    let file = folder.path().join("Bakery share.larder");
    anna.host.answer_save(&file);
    let saved: Saved = anna.ask("save_invitation", json!({"hint": null}));
    assert_eq!(saved.file_name.as_deref(), Some("Bakery share.larder"));
    assert!(!fs::read_to_string(&file).unwrap().contains(share.to_str().unwrap()), "no path of hers is in it");

    let ben = newcomer(&folder.path().join("ben"), "Ben");
    let brought = ben.larder.bring_in_paths(std::slice::from_ref(&file));
    let item = &brought.items[0];
    assert!(item.draft.is_none() && item.refusal.is_none());
    let note = item.invitation.clone().unwrap();
    assert_eq!((note.shelf.as_str(), note.from.as_str(), note.hint.as_str()), ("Bakery share", "Anna", "Bakery"));
    assert!(note.folder && note.known_place && note.already.is_none());
    let invite: Invite = anna.ask("invite", json!({"hint": null}));
    assert_eq!((note.words.clone(), invite.file_name.as_str()), (invite.words, "Bakery share.larder"));

    let wrong = json!({"invitation": note.id, "place": choose(&ben, &other), "person": someone("Ben")});
    let refusal = ben.refused("join_invited", wrong);
    assert_eq!(refusal.code, RefusalCode::WrongShelf);
    let start: Start = ben.ask("start", json!({}));
    assert!(start.shelf.is_none() && start.me.is_none(), "nothing is kept of a shelf that was not meant");
    let right = json!({"invitation": note.id, "place": choose(&ben, &share), "person": someone("Ben")});
    let start: Start = ben.ask("join_invited", right);
    assert_eq!(start.shelf.map(|s| s.name).as_deref(), Some("Bakery share"));
    anna.confirms("Ben");
    let page = ben.people();
    assert!(page.members.iter().any(|m| m.is_me && m.confirmed) && page.may_invite);
    let again: BroughtIn = ben.larder.bring_in_paths(&[file]);
    assert_eq!(again.items[0].invitation.as_ref().unwrap().already.as_deref(), Some("Bakery share"));
}

#[test]
fn a_link_is_pasted_anywhere_and_a_spoilt_one_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let invite: Invite = anna.ask("invite", json!({"hint": "the folder of the team"}));
    let link = invite.link.unwrap();
    assert!(link.starts_with("larder:join?") && invite.folder);
    let ben = newcomer(&folder.path().join("ben"), "Ben");
    let brought: BroughtIn = ben.ask("paste_table", json!({"text": format!(" {link}\n"), "html": null}));
    let note = brought.items[0].invitation.clone().unwrap();
    assert_eq!(note.hint, "the folder of the team");
    let opened = ben.larder.bring_in_paths(&[link.clone().into()]);
    assert_eq!(opened.items[0].invitation.as_ref().map(|n| n.hint.as_str()), Some("the folder of the team"));
    let odd = ben.larder.bring_in_paths(&["larder:join?v=1&shelf=..%2F..%2Fx".into()]);
    assert!(odd.items[0].refusal.is_some() && odd.items[0].draft.is_none());
    let read: Option<InvitationNote> = ben.ask("read_invitation", json!({"by": "brought", "invitation": note.id}));
    assert_eq!(read, Some(note.clone()));
    let spoilt = json!({"by": "text", "text": &link[..link.len() / 2]});
    assert_eq!(ben.refused("read_invitation", spoilt).code, RefusalCode::Invalid);
    let start: Start = ben
        .ask("join_invited", json!({"invitation": note.id, "place": choose(&ben, &share), "person": someone("Ben")}));
    assert!(start.shelf.is_some());
}

#[test]
fn six_words_are_enough_for_whoever_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let invite: Invite = anna.ask("invite", json!({"hint": null}));
    let ben = newcomer(&folder.path().join("ben"), "Ben");
    let place = choose(&ben, &share);
    let typed = invite.words.join(", ").to_uppercase();
    let wrong = json!({"by": "words", "words": "one two three four five six", "place": place});
    assert_eq!(ben.refused("read_invitation", wrong).code, RefusalCode::WrongShelf);
    let note: Option<InvitationNote> =
        ben.ask("read_invitation", json!({"by": "words", "words": typed, "place": place}));
    let note = note.unwrap();
    assert_eq!(note.shelf, "Bakery share");
    let start: Start =
        ben.ask("join_invited", json!({"invitation": note.id, "place": place, "person": someone("Ben")}));
    assert!(start.shelf.is_some());
}

#[test]
fn a_file_of_any_name_is_an_invitation_by_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let anna = Person::at_shelf(&folder.path().join("anna"), "Anna", &share);
    let file = folder.path().join("attachment.txt");
    anna.host.answer_save(&file);
    let _: Saved = anna.ask("save_invitation", json!({"hint": null}));
    let ben = newcomer(&folder.path().join("ben"), "Ben");
    let brought = ben.larder.bring_in_paths(&[file]);
    assert!(brought.items[0].invitation.is_some());
    let spoilt = folder.path().join("spoilt.larder");
    fs::write(&spoilt, "Article no.,Name\n1,Rye\n").unwrap();
    let brought = ben.larder.bring_in_paths(&[spoilt]);
    assert_eq!(brought.items[0].refusal.as_ref().map(|r| r.code), Some(RefusalCode::Invalid));
}
