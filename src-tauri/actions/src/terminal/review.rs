//! Looking data products over, and saying what they are used for, from a terminal.

use larder_model::{Refusal, RefusalCode};

use super::Terminal;
use crate::cards::CardMaker;
use crate::wire::{LabelCard, ProductRequest, ReviewNote, UseRequest, UsesNote};
use crate::{known, receipts, review};

impl Terminal {
    /// Says that all of a data product still holds, as it stands on the shelf now; answers its title, too.
    pub fn look_over(&self, name: &str) -> Result<(String, ReviewNote), Refusal> {
        self.refresh()?;
        let seen = self.find_product(name)?;
        let request = ProductRequest { product: seen.product, release: Some(seen.release) };
        Ok((seen.card.label.title, review::still_holds(&self.larder, request)?))
    }

    /// What the house rules ask to be looked over, whoever keeps it; the longest ago first.
    pub fn to_look_over(&self) -> Result<Vec<(LabelCard, ReviewNote)>, Refusal> {
        self.refresh()?;
        let rooms = self.larder.rooms();
        let shelf = rooms.shelf()?.ok_or_else(|| Refusal::new(RefusalCode::NoShelf))?;
        let known = known::known(&rooms, &shelf)?;
        let maker = CardMaker::new(&self.larder, &rooms)?;
        let mut due = Vec::new();
        for seen in rooms.seen.latest_without_profiles(Some(&shelf.id))?.iter().filter(|seen| seen.confirmed) {
            let card = maker.card(seen);
            let note = review::note(&self.larder, &rooms, &known, seen, card.mine)?;
            due.extend(note.filter(|note| note.due).map(|note| (card, note)));
        }
        due.sort_by_key(|(_, note)| std::cmp::Reverse(note.days));
        Ok(due)
    }
}

impl Terminal {
    /// Says what a data product is used for; an empty text takes it back. Answers its title, too.
    pub fn say_use(&self, name: &str, purpose: &str) -> Result<(String, UsesNote), Refusal> {
        self.refresh()?;
        let seen = self.find_product(name)?;
        let request = UseRequest { product: seen.product, purpose: purpose.to_owned() };
        Ok((seen.card.label.title, receipts::say_use(&self.larder, request)?))
    }
}
