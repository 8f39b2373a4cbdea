//! People who were chosen by the area that they keep something in. Who comes to such an area later, or keeps nothing there any
//! more, is told to the keeper, who decides: nobody is let in or left out by itself.

use std::collections::{BTreeMap, BTreeSet};

use larder_catalog::{SeenRow, ShelfRow};
use larder_model::{Label, PersonId, ProductId, Refusal, search_text};
use larder_shelf::{Member, SealedSeen};
use serde::{Deserialize, Serialize};

use super::{can_read, unknown};
use crate::known::Known;
use crate::larder::Rooms;
use crate::wire::{AccessNote, AreaAnswerRequest, CardState, ReaderRequest};
use crate::{Larder, cards};

/// What the keeper said about somebody whom an area brought up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    /// Let them in.
    In,
    /// Not them.
    Out,
    /// They stay, although they keep nothing there any more.
    Stays,
    /// They were left out, keeping nothing there any more.
    Left,
}

/// By person.
type AllSaid = BTreeMap<PersonId, Said>;

fn key(product: &ProductId) -> String {
    format!("area_said/{product}")
}

fn said(rooms: &Rooms, product: &ProductId) -> Result<AllSaid, Refusal> {
    Ok(rooms.catalog.setting(&key(product))?.unwrap_or_default())
}

/// Writes down with the areas of a label what the keeper said about somebody since they were chosen, so that no other computer of
/// theirs asks again: who was decided upon stands with the area, who has nothing to do with it any more does not.
pub fn carry(rooms: &Rooms, product: &ProductId, label: &mut Label) -> Result<(), Refusal> {
    if !label.sealing.areas.is_empty() {
        write_down(&said(rooms, product)?, label);
    }
    Ok(())
}

fn write_down(said: &AllSaid, label: &mut Label) {
    for (person, word) in said {
        let areas = &mut label.sealing.areas;
        match word {
            Said::In | Said::Out if areas.iter().any(|area| area.people.contains(person)) => {}
            Said::In | Said::Out => areas.iter_mut().take(1).for_each(|area| area.people.push(person.clone())),
            Said::Stays | Said::Left => areas.iter_mut().for_each(|area| area.people.retain(|known| known != person)),
        }
    }
}

/// Somebody about whom the keeper is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which data product it is about.
    pub product: ProductId,
    /// Its name.
    pub title: String,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The area that was chosen.
    pub area: String,
    /// They keep something there now and cannot read it; else they can, and keep nothing there any more.
    pub joined: bool,
}

/// Who keeps something in each area, by the area as it is searched for.
fn keepers<'k>(known: &'k Known, latest: &[SeenRow]) -> BTreeMap<String, Vec<&'k Member>> {
    let mut areas: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
    let standing = latest.iter().filter(|seen| seen.confirmed && cards::state_of(seen) != CardState::Retired);
    for seen in standing.filter(|seen| !seen.card.label.area.is_empty()) {
        let Some(keeper) = known.keeper(seen) else { continue };
        let there = areas.entry(search_text(&seen.card.label.area)).or_default();
        if !there.iter().any(|member| member.person_id == keeper.person_id) {
            there.push(keeper);
        }
    }
    areas
}

/// Everybody about whom the keeper who looks is to be asked.
pub fn asked(rooms: &Rooms, known: &Known, latest: &[SeenRow]) -> Result<Vec<Asked>, Refusal> {
    let chosen = |seen: &&SeenRow| !seen.card.label.sealing.areas.is_empty();
    let mut found = Vec::new();
    let mut keepers_of = None;
    for seen in latest.iter().filter(chosen) {
        let is_mine = known.of_writer(&seen.writer).is_some_and(|owner| owner.is_me);
        let Some(seal) = cards::seal_of(seen).filter(|seal| seal.opens && is_mine) else { continue };
        let keepers = keepers_of.get_or_insert_with(|| keepers(known, latest));
        found.extend(asked_about(known, seen, &seal, keepers, &said(rooms, &seen.product)?));
    }
    Ok(found)
}

fn asked_about(
    known: &Known,
    seen: &SeenRow,
    seal: &SealedSeen,
    keepers: &BTreeMap<String, Vec<&Member>>,
    said: &AllSaid,
) -> Vec<Asked> {
    let areas = &seen.card.label.sealing.areas;
    let of = |area: &str| keepers.get(&search_text(area)).into_iter().flatten().copied();
    let about = |member: &Member, area: &str, joined: bool| Asked {
        product: seen.product.clone(),
        title: seen.card.label.title.clone(),
        person: member.person_id.clone(),
        name: member.person.name.clone(),
        area: area.to_owned(),
        joined,
    };
    let mut found: Vec<Asked> = Vec::new();
    for area in areas {
        for member in of(&area.area).filter(|member| !member.is_me && !member.recipients.is_empty()) {
            let was_asked = areas.iter().any(|area| area.people.contains(&member.person_id))
                && said.get(&member.person_id) != Some(&Said::Left);
            let is_new = !was_asked && said.get(&member.person_id) != Some(&Said::Out) && !can_read(member, seal);
            if is_new && !found.iter().any(|asked| asked.person == member.person_id) {
                found.push(about(member, &area.area, true));
            }
        }
    }
    let there: BTreeSet<&PersonId> = areas.iter().flat_map(|area| of(&area.area)).map(|m| &m.person_id).collect();
    for member in known.people.iter().filter(|m| m.confirmed && !m.is_me && !there.contains(&m.person_id)) {
        let by_area = areas.iter().find(|area| area.people.contains(&member.person_id));
        let was_let_in = said.get(&member.person_id) == Some(&Said::In);
        let area = by_area.or_else(|| areas.first().filter(|_| was_let_in));
        if let Some(area) = area
            && can_read(member, seal)
            && said.get(&member.person_id) != Some(&Said::Stays)
        {
            found.push(about(member, &area.area, false));
        }
    }
    found
}

/// The keeper's answer about somebody whom an area brought up: whether they can read it from now on.
///
/// # Errors
/// `Unknown` where nobody is asked about them; otherwise as [`super::allow_reader`] and [`super::remove_reader`].
pub fn answer_area(larder: &Larder, request: AreaAnswerRequest) -> Result<AccessNote, Refusal> {
    let rooms = larder.rooms();
    let shelf: ShelfRow = rooms.shelf_of(&request.product)?;
    let known = crate::known::known(&rooms, &shelf)?;
    let latest = rooms.seen.latest_without_profiles(Some(&shelf.id))?;
    let all = asked(&rooms, &known, &latest)?;
    let fits = |asked: &&Asked| asked.product == request.product && asked.person == request.person;
    let asked = all.iter().find(fits).ok_or_else(|| unknown(request.person.as_str()))?;
    let reader = ReaderRequest { product: request.product.clone(), person: request.person.clone() };
    let (note, word) = match (asked.joined, request.let_in) {
        (true, true) => (Some(super::allow_reader(larder, reader)?), Said::In),
        (true, false) => (None, Said::Out),
        (false, true) => (None, Said::Stays),
        (false, false) => (Some(super::remove_reader(larder, reader)?), Said::Left),
    };
    let mut all = said(&rooms, &request.product)?;
    all.insert(request.person, word);
    rooms.catalog.set_setting(&key(&request.product), &all)?;
    match note {
        Some(note) => Ok(note),
        None => super::Case::of(larder, &request.product)?.answer(larder, None),
    }
}

#[cfg(test)]
mod tests {
    use larder_model::{Person, Reader, ReleaseHash, SealedArea, ShelfId, WriterId};

    use super::*;

    fn person(name: &str) -> PersonId {
        PersonId::parse(&name.to_lowercase()).expect("a name is an id")
    }

    fn writer(name: &str) -> WriterId {
        WriterId::parse(&name.to_lowercase()).expect("a name is an id")
    }

    fn member(name: &str, is_me: bool) -> Member {
        let json = serde_json::json!({
            "person_id": person(name), "person": Person { name: name.into(), ..Person::default() },
            "writers": [writer(name)], "recipients": { (writer(name).as_str()): "age1" }, "confirmed": true,
            "steward": is_me, "words": ["a", "b", "c", "d", "e", "f"], "is_me": is_me, "seen_at": null, "second_of": null,
            "devices": [{
                "writer": writer(name), "standing": "active", "steward": false, "words": ["a", "b", "c", "d", "e", "f"],
                "last_good_seq": null, "links": [], "introduced_at": null, "active_at": null,
            }],
        });
        serde_json::from_value(json).expect("a member")
    }

    fn seal(readers: &[&str]) -> SealedSeen {
        let recipients: Vec<WriterId> = readers.iter().map(|name| writer(name)).collect();
        let json = serde_json::json!({
            "opens": true, "hidden_title": false, "owner": null, "how_to_ask": null, "recipients": recipients,
        });
        serde_json::from_value(json).expect("a seal")
    }

    fn seen(product: &str, by: &str, area: &str) -> SeenRow {
        let label = Label { title: product.into(), area: area.into(), keeper: by.into(), ..Label::default() };
        let card = serde_json::json!({
            "format": 1, "product": product, "release": 1, "label": label, "profile": {"rows": 0, "columns": []},
            "condition": {"score": 100, "grade": "very_good", "to_fix": 0}, "to_fix": [],
            "filled_at": "2026-03-03T07:40:00Z", "filled_by": by, "changes": [], "sources": [], "related": [],
        });
        SeenRow {
            shelf: ShelfId::parse(&"a".repeat(64)).expect("an id"),
            product: ProductId::parse(product).expect("an id"),
            release: 1,
            hash: ReleaseHash::parse(&"b".repeat(64)).expect("an id"),
            card: serde_json::from_value(card).expect("a card"),
            state: "ready".into(),
            state_json: "{}".into(),
            confirmed: true,
            keeper: Person::default(),
            writer: writer(by),
            files_json: "[]".into(),
            rows_here: true,
            latest: true,
            seen_by: Vec::new(),
            arrived_at: String::new(),
        }
    }

    /// Whom the keeper of something sealed for the bakery is asked about, where these keep something there.
    fn asked_of(bakers: &[&str], chosen: &[&str], readers: &[&str], said: &AllSaid) -> Vec<(String, bool)> {
        let people = ["Anna", "Ben", "Cem"].map(|name| member(name, name == "Anna"));
        let known = Known { people: people.to_vec(), ..Known::default() };
        let mut sealed = seen("salaries", "Anna", "Office");
        let people = chosen.iter().map(|name| person(name)).collect();
        sealed.card.label.sealing.areas = vec![SealedArea { area: "Bakery".into(), people }];
        let readers_of = readers.iter().map(|name| Reader { person: person(name), name: (*name).to_owned() });
        sealed.card.label.sealing.readers = readers_of.collect();
        let mut latest: Vec<SeenRow> =
            bakers.iter().map(|name| seen(&format!("list-of-{}", name.to_lowercase()), name, "bakery")).collect();
        latest.push(sealed.clone());
        let keepers = keepers(&known, &latest);
        let asked = asked_about(&known, &sealed, &seal(readers), &keepers, said);
        asked.into_iter().map(|asked| (asked.name, asked.joined)).collect()
    }

    #[test]
    fn whoever_comes_to_the_area_is_asked_about_once() {
        let none = AllSaid::new();
        assert_eq!(asked_of(&["Ben", "Cem"], &["Ben"], &["Ben"], &none), [("Cem".to_owned(), true)]);
        assert_eq!(asked_of(&["Ben"], &["Ben"], &["Ben"], &none), []);
        let no = AllSaid::from([(person("Cem"), Said::Out)]);
        assert_eq!(asked_of(&["Ben", "Cem"], &["Ben"], &["Ben"], &no), []);
        // Who was in the area when it was chosen, and was not ticked, is not asked about either.
        assert_eq!(asked_of(&["Ben", "Cem"], &["Ben", "Cem"], &["Ben"], &none), []);
        // The keeper herself is never asked about.
        assert_eq!(asked_of(&["Anna"], &[], &[], &none), []);
    }

    #[test]
    fn whoever_left_the_area_is_asked_about_if_the_area_let_them_in() {
        let none = AllSaid::new();
        assert_eq!(asked_of(&["Ben"], &["Ben", "Cem"], &["Ben", "Cem"], &none), [("Cem".to_owned(), false)]);
        // Cem was chosen by name, and no area has to do with it.
        assert_eq!(asked_of(&["Ben"], &["Ben"], &["Ben", "Cem"], &none), []);
        let let_in = AllSaid::from([(person("Cem"), Said::In)]);
        assert_eq!(asked_of(&["Ben"], &["Ben"], &["Ben", "Cem"], &let_in), [("Cem".to_owned(), false)]);
        let stays = AllSaid::from([(person("Cem"), Said::Stays)]);
        assert_eq!(asked_of(&["Ben"], &["Ben", "Cem"], &["Ben", "Cem"], &stays), []);
    }

    #[test]
    fn what_was_said_is_known_to_whoever_reads_the_next_version() {
        use Said::{In, Left, Out, Stays};
        for (bakers, readers, word) in
            [(&["Ben", "Cem"][..], &["Ben"][..], Out), (&["Ben"], &["Ben", "Cem"], Stays), (&["Ben"], &["Ben"], Left)]
        {
            let chosen = if word == Out { vec!["Ben"] } else { vec!["Ben", "Cem"] };
            let mut label = Label::default();
            let people = chosen.iter().map(|name| person(name)).collect();
            label.sealing.areas = vec![SealedArea { area: "Bakery".into(), people }];
            write_down(&AllSaid::from([(person("Cem"), word)]), &mut label);
            let written: Vec<&str> = label.sealing.areas[0].people.iter().map(PersonId::as_str).collect();
            assert_eq!(written.contains(&"cem"), word == Out, "{word:?}");
            assert_eq!(asked_of(bakers, &written, readers, &AllSaid::new()), [], "{word:?}");
        }
        // Let in, they are asked about when they go; left out, when they come back.
        assert_eq!(asked_of(&["Ben"], &["Ben", "Cem"], &["Ben", "Cem"], &AllSaid::new()), [("Cem".to_owned(), false)]);
        assert_eq!(asked_of(&["Ben", "Cem"], &["Ben"], &["Ben"], &AllSaid::new()), [("Cem".to_owned(), true)]);
        let mut label = Label::default();
        label.sealing.areas = vec![SealedArea { area: "Bakery".into(), people: Vec::new() }];
        write_down(&AllSaid::from([(person("Cem"), In)]), &mut label);
        assert_eq!(label.sealing.areas[0].people, [person("Cem")]);
    }

    #[test]
    fn whoever_was_left_out_and_comes_back_is_asked_about_again() {
        let left = AllSaid::from([(person("Cem"), Said::Left)]);
        assert_eq!(asked_of(&["Ben", "Cem"], &["Ben", "Cem"], &["Ben"], &left), [("Cem".to_owned(), true)]);
        assert_eq!(asked_of(&["Ben"], &["Ben", "Cem"], &["Ben"], &left), [], "not while he keeps nothing there");
    }
}
