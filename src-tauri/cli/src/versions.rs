//! Two versions of a data product on the terminal.

use larder_actions::Terminal;
use larder_actions::wire::{TwoVersions, Version};
use larder_model::{Params, Refusal, display_text};

use crate::print;

/// Shows both, keeps one, or brings them together.
pub fn run(terminal: &Terminal, product: &str, keep: Option<&str>, together: bool, json: bool) -> Result<(), Refusal> {
    let words = print::words();
    if let Some(who) = keep {
        let page = terminal.keep_version(product, who)?;
        let title = display_text(&page.card.label.title, 120);
        if json {
            print::json(&page);
        } else {
            print::line(&words.with("product-kept-this", &Params::from([("title".to_owned(), title.into())])));
        }
        return Ok(());
    }
    if together {
        let done = terminal.bring_together(product)?;
        match (json, &done.draft) {
            (true, _) => print::json(&done),
            (false, Some(draft)) => print::line(draft.as_str()),
            (false, None) => print::line(&words.text("cli-nothing-to-add")),
        }
        return Ok(());
    }
    let both = terminal.two_versions(product)?;
    if json {
        print::json(&both);
    } else {
        show(&both);
    }
    Ok(())
}

fn show(both: &TwoVersions) {
    let words = print::words();
    let line = |version: &Version, used: bool| {
        let short = version.version.as_str().chars().take(12).collect();
        let note = if used { words.text("product-version-current") } else { String::new() };
        vec![short, display_text(&version.by, 40), version.at.clone(), version.rows.to_string(), note]
    };
    let mut rows = vec![line(&both.used, true), line(&both.beside, false)];
    rows.extend(both.more.iter().map(|version| line(version, false)));
    print::columns(&rows);
    if let Some(count) = both.only_beside {
        print::line(&words.with("cli-only-beside", &Params::from([("count".to_owned(), count.into())])));
    }
}
