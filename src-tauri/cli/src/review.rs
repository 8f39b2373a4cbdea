//! Looking data products over, on the terminal.

use larder_actions::wire::ReviewNote;
use larder_actions::{Terminal, Words};
use larder_model::{Params, Refusal, display_text};

use crate::print;

/// Says that all of a data product still holds; without one, shows what has to be looked over.
pub fn run(terminal: &Terminal, product: Option<&str>, json: bool) -> Result<(), Refusal> {
    let words = print::words();
    let Some(product) = product else {
        let due = terminal.to_look_over()?;
        if json {
            print::json(&due.iter().map(|(_, note)| note).collect::<Vec<_>>());
            return Ok(());
        }
        if due.is_empty() {
            print::line(&words.text("cli-review-none"));
        }
        let row = |(card, note): &(larder_actions::wire::LabelCard, ReviewNote)| {
            vec![display_text(&card.title, 40), display_text(&card.keeper, 24), unmet(&words, note).unwrap_or_default()]
        };
        print::columns(&due.iter().map(row).collect::<Vec<_>>());
        return Ok(());
    };
    let (title, note) = terminal.look_over(product)?;
    if json {
        print::json(&note);
        return Ok(());
    }
    let params = Params::from([("title".to_owned(), display_text(&title, 80).into())]);
    print::line(&words.with("review-said", &params));
    Ok(())
}

/// When it was last looked over, and by whom.
pub fn last(words: &Words, note: &ReviewNote) -> String {
    let params = Params::from([
        ("when".to_owned(), note.at.get(..10).unwrap_or_default().into()),
        ("name".to_owned(), display_text(&note.by, 80).into()),
    ]);
    words.with("review-last", &params)
}

/// The house rule that it does not meet; none where it does.
pub fn unmet(words: &Words, note: &ReviewNote) -> Option<String> {
    let every = note.every.filter(|_| note.due)?;
    Some(words.with("review-unmet", &Params::from([("days".to_owned(), u64::from(every).into())])))
}
