//! Who may read a sealed data product, on the terminal.

use larder_actions::wire::AccessNote;
use larder_actions::{AnswerWords, SealWords, Terminal};
use larder_model::{Audience, Params, Refusal, display_text};

use crate::args::{AnswerArgs, AskArgs, SealArgs};
use crate::print;

/// Says who may read a draft, or lets people read what is on the shelf.
pub fn seal(terminal: &Terminal, args: &SealArgs) -> Result<(), Refusal> {
    for (names, on) in [(&args.allow, true), (&args.leave_out, false)] {
        for person in names {
            terminal.let_in(&args.product, person, on)?;
        }
    }
    if !args.allow.is_empty() || !args.leave_out.is_empty() || args.show {
        return show(&terminal.access(&args.product)?, args.json);
    }
    let words = SealWords {
        everyone: args.everyone,
        readers: args.readers.clone(),
        areas: args.areas.clone(),
        hide_title: args.hide_title,
        how_to_ask: args.how_to_ask.clone(),
    };
    let label = terminal.seal(&args.product, &words)?;
    if args.json {
        print::json(&label);
        return Ok(());
    }
    let readers: Vec<String> = label.sealing.readers.iter().map(|reader| display_text(&reader.name, 80)).collect();
    let params = Params::from([
        ("title".to_owned(), display_text(&label.title, 80).into()),
        ("count".to_owned(), readers.len().into()),
        ("names".to_owned(), readers.join(", ").into()),
    ]);
    let id = if label.audience == Audience::Sealed { "cli-sealed" } else { "cli-unsealed" };
    print::line(&print::words().with(id, &params));
    Ok(())
}

/// Asks for access.
pub fn ask(terminal: &Terminal, args: &AskArgs) -> Result<(), Refusal> {
    let note = match &args.purpose {
        Some(purpose) => terminal.ask(&args.product, purpose, args.until.as_deref())?,
        None => terminal.ask_no_more(&args.product)?,
    };
    show(&note, args.json)
}

/// Answers a request.
pub fn answer(terminal: &Terminal, args: &AnswerArgs) -> Result<(), Refusal> {
    let said = AnswerWords { granted: !args.no, text: args.text.clone(), until: args.until.clone(), stays: args.stays };
    show(&terminal.answer(&args.product, &args.person, &said)?, args.json)
}

/// Hands a data product to another keeper.
pub fn hand_over(terminal: &Terminal, product: &str, person: &str, json: bool) -> Result<(), Refusal> {
    let label = terminal.hand_over(product, person)?.card.label;
    if json {
        print::json(&label);
        return Ok(());
    }
    let params = Params::from([
        ("title".to_owned(), display_text(&label.title, 80).into()),
        ("name".to_owned(), display_text(&label.keeper, 80).into()),
    ]);
    print::line(&print::words().with("product-handed-over", &params));
    Ok(())
}

fn show(note: &AccessNote, json: bool) -> Result<(), Refusal> {
    if json {
        print::json(note);
        return Ok(());
    }
    let words = print::words();
    let reader = |id: &str, name: &str| vec![display_text(name, 40), words.text(id)];
    let mut rows = Vec::new();
    for one in note.readers.iter().filter(|one| one.can_read || one.waits) {
        rows.push(reader(if one.can_read { "access-reads" } else { "access-waits" }, &one.name));
    }
    for request in &note.requests {
        let id = match &request.answer {
            _ if request.withdrawn => "access-withdrawn",
            Some(answer) if answer.granted => "access-granted",
            Some(_) => "access-denied",
            None => "access-asks",
        };
        let purpose = display_text(request.purpose.as_deref().unwrap_or_default(), 200);
        let said = request.answer.as_ref().and_then(|answer| answer.text.clone()).unwrap_or_default();
        rows.push(vec![display_text(&request.name, 40), words.text(id), purpose, display_text(&said, 200)]);
    }
    print::columns(&rows);
    Ok(())
}
