//! What stands on the terminal. Everything that came from a file or a colleague is shown without control characters.

use std::io::Write;

use larder_actions::Words;
use larder_actions::wire::{DoctorReport, LabelCard, ProductPage};
use larder_model::{Finding, Param, Params, PromiseState, Refusal, RefusalCode, display_text};
use serde::Serialize;

use crate::review;

/// A closed pipe ends the output, not the program with a panic.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line beside the answer, which no program reads.
pub fn aside(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// One JSON value.
pub fn json<T: Serialize>(value: &T) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => line(&text),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
        }
    }
}

/// The words of this terminal's language.
pub fn words() -> Words {
    use larder_actions::Host;
    Words::of(&crate::host::TerminalHost::new().locale())
}

/// A refusal in one line on standard error.
pub fn refusal(refusal: &Refusal) {
    let sentence = refused(&words(), refusal);
    let _ = writeln!(std::io::stderr(), "larder: {sentence} [{}]", refusal.code.as_str());
}

/// A refusal as one sentence.
pub fn refused(words: &Words, refusal: &Refusal) -> String {
    let id = format!("refusal-{}", refusal.code.as_str().replace('_', "-"));
    let params = shown(&refusal.params);
    let title = words.find(&format!("{id}.title"), &params);
    // In the window there is a field to type it into.
    let text = match refusal.code {
        RefusalCode::PasswordProtected => words.find("cli-password", &params),
        _ => words.find(&id, &params),
    };
    let sentence = match (title, text) {
        (Some(title), Some(text)) if title.ends_with(['.', '?', '…']) => format!("{title} {text}"),
        (Some(title), Some(text)) => format!("{title}. {text}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => refusal.to_string(),
    };
    display_text(&sentence, 600)
}

fn shown(params: &Params) -> Params {
    params
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Param::Text(text) => Param::Text(display_text(text, 200)),
                Param::List(list) => Param::List(list.iter().take(10).map(|t| display_text(t, 80)).collect()),
                Param::Number(n) => Param::Number(*n),
            };
            (name.clone(), value)
        })
        .collect()
}

/// A finding as one sentence.
pub fn finding(words: &Words, finding: &Finding) -> String {
    let code = serde_json::to_value(finding.code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let id = format!("finding-{}", code.replace('_', "-"));
    let mut params = shown(&finding.params);
    params.insert("count".into(), finding.count.into());
    params.insert("first_row".into(), finding.rows.first().copied().unwrap_or(0).into());
    params.insert("state".into(), "said".into());
    if let Some(column) = &finding.column {
        params.entry("column".into()).or_insert_with(|| column.as_str().into());
    }
    let lead = words.with(&id, &params);
    let more = words.find(&format!("{id}-more"), &params).unwrap_or_default();
    display_text(&format!("{lead} {more}"), 400)
}

/// A difference that a decision makes, as one sentence.
pub fn decided(words: &Words, code: &impl Serialize, params: &Params) -> String {
    let code = serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    display_text(&words.with(&format!("decided-{}", code.replace('_', "-")), &shown(params)), 400)
}

/// A table of text, columns as wide as they need to be.
pub fn columns(rows: &[Vec<String>]) {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    for row in rows {
        let cells = row.iter().enumerate().map(|(c, text)| {
            let pad = widths[c].saturating_sub(text.chars().count());
            if c + 1 == row.len() { text.clone() } else { format!("{text}{}", " ".repeat(pad + 2)) }
        });
        line(&cells.collect::<String>());
    }
}

/// Labels in a list.
pub fn labels(labels: &[LabelCard]) {
    let words = words();
    let rows: Vec<Vec<String>> = labels
        .iter()
        .map(|card| {
            let promise = match &card.promise {
                Some(PromiseState::Overdue { since }) => {
                    words.with("cli-overdue", &Params::from([("since".to_owned(), since.as_str().into())]))
                }
                _ => card.filled_at.get(..16).unwrap_or_default().replace('T', " "),
            };
            vec![
                display_text(&card.title, 40),
                display_text(&card.area, 20),
                display_text(&card.keeper, 24),
                promise,
                display_text(&card.summary, 60),
            ]
        })
        .collect();
    columns(&rows);
}

/// A page in a few lines.
pub fn page(page: &ProductPage) {
    let words = words();
    let card = &page.card;
    line(&display_text(&card.label.title, 120));
    line(&display_text(&card.label.summary, 300));
    let fact = |id: &str, value: String| vec![words.text(id), display_text(&value, 200)];
    let mut facts = vec![
        fact("cli-area", card.label.area.clone()),
        fact("cli-keeper", page.keeper.name.clone()),
        fact("cli-filled", format!("{} ({})", card.filled_at, card.filled_by)),
        fact("cli-version", card.release.to_string()),
        fact("cli-rows", card.profile.rows.to_string()),
        fact("cli-condition", format!("{} / 100", card.condition.score)),
    ];
    if let Some(note) = &page.review {
        facts.push(fact("review-looked-over", review::last(&words, note)));
    }
    columns(&facts);
    if let Some(unmet) = page.review.as_ref().and_then(|note| review::unmet(&words, note)) {
        line(&unmet);
    }
    review::used(&words, &page.uses).iter().for_each(|used| line(used));
    for release in &page.releases {
        if let Some(until) = &release.kept_until {
            let params = Params::from([
                ("number".to_owned(), release.release.into()),
                ("when".to_owned(), until.get(..10).unwrap_or_default().into()),
            ]);
            line(&words.with("cli-kept-until", &params));
        }
    }
    line("");
    let rows: Vec<Vec<String>> = card
        .label
        .columns
        .iter()
        .map(|c| {
            let kind = words.text(&format!("kind-{}", c.kind.as_str().replace('_', "-")));
            vec![display_text(&c.name, 40), kind, c.unit.clone().unwrap_or_default(), display_text(&c.meaning, 80)]
        })
        .collect();
    columns(&rows);
}

/// What the doctor found.
pub fn doctor(report: &DoctorReport) {
    let words = words();
    line(&format!("{} ({})", display_text(&report.shelf, 80), display_text(&report.address, 200)));
    if report.notes.is_empty() {
        line(&words.text("cli-doctor-well"));
    }
    for note in &report.notes {
        let code = serde_json::to_value(note.code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        line(&display_text(&words.with(&format!("doctor-{}", code.replace('_', "-")), &shown(&note.params)), 400));
    }
    for (code, count) in &report.repair.can {
        let code = serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let count = Params::from([("count".to_owned(), (*count).into())]);
        line(&words.with(&format!("mend-{}", code.replace('_', "-")), &count));
    }
    if report.repair.mended > 0 {
        line(&words.with("mend-done", &Params::from([("count".to_owned(), report.repair.mended.into())])));
    }
    for lost in &report.repair.cannot {
        let params = Params::from([
            ("title".to_owned(), lost.title.clone().into()),
            ("number".to_owned(), lost.release.into()),
            ("count".to_owned(), lost.count.into()),
        ]);
        line(&display_text(&words.with("mend-lost", &shown(&params)), 400));
    }
}
