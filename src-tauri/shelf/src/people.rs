//! Who is on a shelf: the roster's people, and who asks to be on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use larder_model::{Person, PersonId, Refusal, ShelfId, WriterId, display_text, search_text};

use crate::envelope::{Signed, open};
use crate::look::Scene;
use crate::memo::Memo;
use crate::names::Room;
use crate::records::{CardRecord, RosterPerson, RosterWriter, Status};
use crate::stacks::Stacks;
use crate::{Alert, DeviceStanding, Member, MemberDevice, NameWish, caps, words};

/// Most people told who are not confirmed: anybody with the folder can make keys.
const STRANGERS: usize = 500;

/// Everyone, and whose each device is.
#[derive(Default)]
pub(crate) struct People {
    pub members: Vec<Member>,
    pub of_writer: BTreeMap<WriterId, (PersonId, Person)>,
    pub alerts: BTreeSet<Alert>,
}

/// A device's card, as its newest head names it.
pub(crate) fn card(
    stacks: &Stacks,
    shelf: &ShelfId,
    memo: &mut Memo,
    writer: &WriterId,
    hash: &str,
) -> Result<Option<Arc<Signed<CardRecord>>>, Refusal> {
    if let Some(known) = memo.cards.get(hash) {
        return Ok(Some(known.clone()).filter(|card| card.writer == *writer));
    }
    let bytes = stacks.record(Room::Messages, hash, &[writer], caps::MESSAGE_BYTES)?;
    let Some(card) = bytes.and_then(|bytes| open::<CardRecord>(&bytes, shelf).good()) else { return Ok(None) };
    let card = Arc::new(card);
    memo.cards.insert(hash.to_owned(), card.clone());
    Ok(Some(card).filter(|card| card.writer == *writer))
}

/// Reads who is there.
pub(crate) fn read(
    stacks: &Stacks,
    shelf: &ShelfId,
    memo: &mut Memo,
    scene: &Scene,
    me: &WriterId,
) -> Result<People, Refusal> {
    let mut cards = Cards::new();
    for (writer, _, head) in scene.heads() {
        if cards.len() > caps::PEOPLE + STRANGERS {
            break;
        }
        let Some(hash) = &head.card else { continue };
        match card(stacks, shelf, memo, writer, hash)? {
            Some(card) => drop(cards.insert(writer.clone(), card)),
            // It may arrive later than the head that names it.
            None => stacks.unsettled.set(true),
        }
    }
    let mut people = People::default();
    people.add_confirmed(scene, &cards, me);
    people.add_strangers(scene, &cards, me);
    Ok(people)
}

pub(crate) type Cards = BTreeMap<WriterId, Arc<Signed<CardRecord>>>;

/// The person on the roster whose computer this is too: one of their computers in use names this one in its card, and this one
/// names that. Whoever copies a card names others, and is named by nobody.
pub(crate) fn linked_person<'p>(
    people: &'p [RosterPerson],
    writer: &WriterId,
    cards: &Cards,
) -> Option<&'p RosterPerson> {
    let own = cards.get(writer)?;
    people.iter().find(|person| {
        person.writers.iter().filter(|w| w.status == Status::Active && w.id != *writer).any(|other| {
            own.body.links.contains(&other.id)
                && cards.get(&other.id).is_some_and(|card| card.body.links.contains(writer))
        })
    })
}

fn device(writer: &RosterWriter, scene: &Scene, cards: &Cards) -> MemberDevice {
    MemberDevice {
        standing: match writer.status {
            Status::Active => DeviceStanding::Active,
            Status::Retired => DeviceStanding::Retired,
            Status::Revoked => DeviceStanding::Revoked,
        },
        steward: scene.standing.stewards.contains(&writer.id),
        last_good_seq: writer.last_good_seq,
        ..stranger(&writer.id, scene, cards)
    }
}

/// What a device says of itself, before anybody says how it stands.
fn stranger(writer: &WriterId, scene: &Scene, cards: &Cards) -> MemberDevice {
    let card = cards.get(writer).map(|card| &card.body);
    let heads = scene.heads().filter(|(of, _, _)| *of == writer);
    MemberDevice {
        writer: writer.clone(),
        standing: DeviceStanding::Asks,
        steward: false,
        words: words::six(writer.as_str()),
        last_good_seq: None,
        links: card.map(|card| card.links.clone()).unwrap_or_default(),
        introduced_at: card.map(|card| card.at.clone()),
        active_at: heads.max_by_key(|(_, _, head)| head.seq).map(|(_, _, head)| head.at.clone()),
    }
}

/// When these devices last told that something new had arrived.
fn seen_at(scene: &Scene, writers: &[WriterId]) -> Option<String> {
    let heads = scene.heads().filter(|(writer, _, _)| writers.contains(writer));
    heads
        .filter_map(|(_, _, head)| head.seen_at.clone())
        .max_by_key(|at| at.parse::<jiff::Timestamp>().unwrap_or_default())
}

/// What to encrypt to for the devices that a person uses, as far as their own cards say it and it is sound.
fn recipients(entry: &RosterPerson, cards: &Cards) -> BTreeMap<WriterId, String> {
    let in_use = entry.writers.iter().filter(|w| w.status == Status::Active);
    let told = in_use.filter_map(|w| Some((w.id.clone(), cards.get(&w.id)?.body.recipient.clone()?)));
    told.filter(|(_, recipient)| crate::sealed::lock(recipient).is_some()).collect()
}

impl People {
    fn add_confirmed(&mut self, scene: &Scene, cards: &Cards, me: &WriterId) {
        for entry in &scene.standing.people {
            let counted = entry.writers.iter().filter(|w| w.status != Status::Revoked);
            let writers: Vec<WriterId> = counted.map(|w| w.id.clone()).collect();
            let newest = writers
                .iter()
                .filter_map(|w| cards.get(w))
                .max_by(|a, b| (&a.body.at, &a.hash).cmp(&(&b.body.at, &b.hash)));
            let own_words = newest.map(|card| card.body.person()).unwrap_or_default();
            // The name is the one that a steward looked at; the rest is theirs to say.
            let name = display_text(&entry.name, caps::NAME_CHARS);
            let says = newest.filter(|_| !own_words.name.is_empty() && own_words.name != name);
            let wish = says.map(|card| NameWish { writer: card.writer.clone(), name: own_words.name.clone() });
            let role = match own_words.role.as_str() {
                "" => display_text(&entry.role, caps::NAME_CHARS),
                _ => own_words.role,
            };
            let person = Person { name, role, email: own_words.email, color: own_words.color };
            for writer in &entry.writers {
                self.of_writer.insert(writer.id.clone(), (entry.person.clone(), person.clone()));
            }
            let Some(first) = writers.first() else { continue };
            self.members.push(Member {
                person_id: entry.person.clone(),
                person,
                confirmed: true,
                steward: writers.iter().any(|w| scene.standing.stewards.contains(w)),
                words: words::six(first.as_str()),
                is_me: writers.contains(me),
                seen_at: seen_at(scene, &writers),
                recipients: recipients(entry, cards),
                writers,
                devices: entry.writers.iter().map(|w| device(w, scene, cards)).collect(),
                second_of: None,
                wish,
            });
        }
        let wishes: Vec<NameWish> = self.members.iter().filter_map(|member| member.wish.clone()).collect();
        wishes.iter().for_each(|wish| self.tell_look_alikes(&wish.writer, &wish.name));
    }

    fn add_strangers(&mut self, scene: &Scene, cards: &Cards, me: &WriterId) {
        let mut strangers = 0;
        for (writer, card) in cards.iter().filter(|(writer, _)| scene.standing.writer(writer).is_none()) {
            if strangers >= STRANGERS && writer != me {
                continue;
            }
            strangers += 1;
            let person = card.body.person();
            let second_of = linked_person(&scene.standing.people, writer, cards).map(|p| p.person.clone());
            if second_of.is_none() {
                self.tell_look_alikes(writer, &person.name);
            }
            // A claim: it says nothing about the person of that id on the roster.
            let claims_anothers = self.members.iter().any(|m| m.confirmed && m.person_id == card.body.person_id);
            if !claims_anothers {
                self.of_writer.insert(writer.clone(), (card.body.person_id.clone(), person.clone()));
            }
            self.members.push(Member {
                person_id: card.body.person_id.clone(),
                person,
                writers: vec![writer.clone()],
                recipients: BTreeMap::new(),
                confirmed: false,
                steward: false,
                words: words::six(writer.as_str()),
                is_me: writer == me,
                seen_at: seen_at(scene, std::slice::from_ref(writer)),
                devices: vec![stranger(writer, scene, cards)],
                second_of,
                wish: None,
            });
        }
    }

    fn tell_look_alikes(&mut self, writer: &WriterId, name: &str) {
        let shape = skeleton(name);
        let others = self.members.iter().filter(|m| m.confirmed && !m.writers.contains(writer));
        let like = others.into_iter().find(|m| skeleton(&m.person.name) == shape);
        if let Some(like) = like {
            self.alerts.insert(Alert::LookAlike {
                writer: writer.clone(),
                name: name.to_owned(),
                like: like.person.name.clone(),
            });
        }
    }
}

/// One and the same for names that people take for each other.
fn skeleton(name: &str) -> String {
    let alike = |c: char| match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'э' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' | '1' | 'l' | '|' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'н' | 'η' | 'п' => 'n',
        'о' | 'ο' | 'σ' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ѡ' | 'ω' | 'ш' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' => 'z',
        c => c,
    };
    search_text(name).chars().map(alike).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn names_that_look_alike_have_one_shape() {
        assert_eq!(skeleton("Anna Müller"), skeleton("Аnnа  Muеller"));
        assert_eq!(skeleton("BILL"), skeleton("B1ll"));
        assert_ne!(skeleton("Anna"), skeleton("Anne"));
    }
}
