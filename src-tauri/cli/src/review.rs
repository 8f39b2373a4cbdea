//! Looking data products over, and saying what they are used for, on the terminal.

use larder_actions::wire::{ReviewNote, UseNote, UsesNote};
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

/// Says what a data product is used for, takes it back, or shows who uses it for what.
pub fn say_use(
    terminal: &Terminal,
    product: &str,
    purpose: Option<&str>,
    no_more: bool,
    json: bool,
) -> Result<(), Refusal> {
    let words = print::words();
    let (said, note) = match purpose {
        Some(purpose) => (Some("use-said"), terminal.say_use(product, purpose)?),
        None if no_more => (Some("use-unsaid"), terminal.say_use(product, "")?),
        None => {
            terminal.refresh()?;
            let page = terminal.show(product)?;
            (None, (page.card.label.title, page.uses))
        }
    };
    let (title, note) = note;
    if json {
        print::json(&note);
        return Ok(());
    }
    if let Some(said) = said {
        print::line(&words.with(said, &Params::from([("title".to_owned(), display_text(&title, 80).into())])));
        return Ok(());
    }
    if note.uses.is_empty() {
        print::line(&words.text("cli-use-none"));
    }
    used(&words, &note).iter().for_each(|line| print::line(line));
    Ok(())
}

/// Who uses it for what, a sentence each.
pub fn used(words: &Words, note: &UsesNote) -> Vec<String> {
    let sentence = |one: &UseNote| {
        let params = Params::from([
            ("name".to_owned(), display_text(&one.name, 80).into()),
            ("purpose".to_owned(), display_text(&one.purpose, 300).into()),
            ("when".to_owned(), one.since.get(..10).unwrap_or_default().into()),
        ]);
        words.with(if one.is_mine { "use-mine" } else { "use-by" }, &params)
    };
    note.uses.iter().map(sentence).collect()
}

/// Asks, in one line beside the answer, what something is used for that was just taken; where the house rules want to know.
pub fn ask(terminal: &Terminal, product: &str) {
    let Ok(page) = terminal.show(product) else { return };
    if page.uses.asks {
        let title = display_text(&page.card.label.title, 80);
        print::aside(&print::words().with("cli-use-ask", &Params::from([("title".to_owned(), title.into())])));
    }
}
