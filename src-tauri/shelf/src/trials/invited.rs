//! What an invitation may say, and what happens where it says something else than the place.

use larder_model::RefusalCode;

use super::*;
use crate::{Invitation, founders, join_invited};

fn invitation(desk: &Desk) -> Invitation {
    Invitation::new(&desk.trust, "/srv/Our bakery & café", "Anna", "the folder \"Bakery\"").unwrap()
}

// fault 71
#[test]
fn an_invitation_reads_back_as_it_was_written_and_nothing_else_does() {
    let place = SimPlace::new();
    let (anna, _) = anna_and_ben(&place);
    let invitation = invitation(&anna);
    let (link, file) = (invitation.to_link().unwrap(), invitation.to_file().unwrap());
    assert_eq!(Invitation::parse(&link).unwrap(), invitation);
    assert_eq!(Invitation::parse(&format!("{link}\r\n")).unwrap(), invitation);
    assert_eq!(Invitation::parse(&file).unwrap(), invitation);
    // Every tail, every other byte: another invitation within the grammar, or none.
    for cut in 0..link.len() {
        if let Ok(other) = Invitation::parse(&link[..cut]) {
            assert_eq!(Invitation::parse(&other.to_link().unwrap()).unwrap(), other, "{cut}");
        }
        for odd in
            ["%", "%zz", "%00", "%0A", "%E2%80%AE", "%ff", " ", "&", "#", "\\", "\"", "'", ";", "`", "$(x)", "<", "é"]
        {
            let spoilt = format!("{}{odd}{}", &link[..cut], &link[cut..]);
            let Ok(other) = Invitation::parse(&spoilt) else { continue };
            for text in [&other.name, &other.from, &other.hint].into_iter().chain(other.fields.values()) {
                assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{spoilt}: {text:?}");
            }
            assert!(other.shelf.as_str().bytes().all(|b| b.is_ascii_hexdigit()), "{spoilt}");
            assert!(other.place.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()), "{spoilt}");
        }
    }
}

// fault 71
#[test]
fn tricks_in_an_invitation_are_refused() {
    let place = SimPlace::new();
    let (anna, _) = anna_and_ben(&place);
    let link = invitation(&anna).to_link().unwrap();
    let code = |text: &str| Invitation::parse(text).map_err(|refusal| refusal.code).unwrap_err();
    let begin = link.split("v=1").next().unwrap();
    for trick in [
        format!("{link}&v=1"),
        format!("{link}&run=calc.exe"),
        format!("{link}&at.user=mallory"),
        format!("{link}&at.key=secret"),
        format!("{link}&at.../up=x"),
        format!("{link}#v=2"),
        format!("{link}\n{link}"),
        format!(" {link}"),
        link.replacen(begin, "javascript:", 1),
        link.replacen(begin, "file://", 1),
        link.to_uppercase(),
        link.replacen("v=1", "v=01", 1),
        link.replacen("place=", "place=..%2F", 1),
        link.replacen("shelf=", "shelf=--help%20", 1),
        "{\"kind\":\"larder-invitation\"}".to_owned(),
        String::new(),
    ] {
        assert_eq!(code(&trick), RefusalCode::Invalid, "{trick}");
    }
    assert_eq!(code(&link.replacen("v=1", "v=2", 1)), RefusalCode::TooNew);
    assert_eq!(code(&"x".repeat(10 << 20)), RefusalCode::TooLarge);
}

// fault 49
#[test]
fn an_invitation_that_names_another_founder_joins_nothing() {
    let (place, other) = (SimPlace::new(), SimPlace::new());
    let (mut anna, _) = anna_and_ben(&place);
    let mut mallory = Desk::new("Mallory", 66, anna.trust.shelf().clone());
    let id = PersonId::parse("mallory").unwrap();
    let shelf = crate::founding::start_with(&other, &mallory.device, "Bakery", &mallory.person, &id, NOW, "7").unwrap();
    mallory.trust = Trust::new(shelf);
    mallory.look(&other);
    anna.look(&place);
    let cem = Desk::stranger(anna.trust.shelf(), 67);
    let join = |place: &SimPlace, invitation: &Invitation| {
        join_invited(place, &cem.device, &cem.person, &cem.person_id, invitation, NOW)
    };
    let meant = invitation(&anna);
    let before = other.files();
    assert_eq!(join(&other, &meant).unwrap_err().code, RefusalCode::WrongShelf);
    // The right shelf with somebody else's key, and the right key with another shelf.
    for wrong in [
        Invitation { founder: mallory.device.writer(), ..meant.clone() },
        Invitation { shelf: mallory.trust.shelf().clone(), ..meant.clone() },
    ] {
        assert_eq!(join(&place, &wrong).unwrap_err().code, RefusalCode::WrongShelf, "{wrong:?}");
    }
    assert_eq!(other.files(), before, "nothing is written before it is known");
    assert_eq!(founders(&place).unwrap().len(), 1);
    join(&place, &meant).unwrap();
}
