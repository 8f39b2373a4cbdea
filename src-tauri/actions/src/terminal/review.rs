//! Looking data products over, from a terminal.

use larder_model::{Refusal, RefusalCode};

use super::Terminal;
use crate::cards::CardMaker;
use crate::wire::{LabelCard, ProductRequest, ReviewNote};
use crate::{known, review};

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
