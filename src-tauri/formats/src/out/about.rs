//! The first sheet of a workbook: the label, the column guide, who answers for it, and where the original is.

use larder_model::{Audience, Card, Column, display_text};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::licence;
use super::{PageWords, Word};

/// What stands on the sheet about a workbook.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The release.
    pub card: &'a Card,
    /// Where the original is found, as text; empty for none. Never becomes a hyperlink.
    pub link: &'a str,
    /// When this copy was made, RFC 3339; none where the file shall be the same whenever it is made.
    pub generated_at: Option<&'a str>,
    /// The words.
    pub words: &'a dyn PageWords,
}

impl About<'_> {
    /// What the sheet would like to be called.
    pub(crate) fn sheet_title(&self) -> String {
        self.words.say(Word::AboutSheet)
    }
}

/// The facts of a release as pairs of a name and what is to be said, empty ones left out.
pub(crate) fn at_a_glance(card: &Card, words: &dyn PageWords) -> Vec<(String, String)> {
    let label = &card.label;
    let keeper = match label.keeper_email.as_deref().filter(|email| !email.is_empty()) {
        Some(email) => format!("{}, {email}", label.keeper),
        None => label.keeper.clone(),
    };
    let condition =
        format!("{}, {} / 100", words.grade(card.condition.grade), words.count(card.condition.score.into()));
    let audience = match label.audience {
        Audience::Everyone => Word::AudienceEveryone,
        Audience::LabelOnly => Word::AudienceLabelOnly,
        Audience::Sealed => Word::AudienceSealed,
    };
    let promise = label.promise.as_ref().map_or_else(|| words.say(Word::NoPromise), |promise| words.promise(promise));
    let pairs = [
        (Word::Area, label.area.clone()),
        (Word::Keeper, keeper),
        (Word::StandIn, label.stand_in.clone()),
        (Word::Filled, words.moment(&card.filled_at)),
        (Word::FilledBy, card.filled_by.clone()),
        (Word::Promise, promise),
        (Word::Condition, condition),
        (Word::Rows, words.count(card.profile.rows)),
        (Word::Columns, words.count(label.columns.len() as u64)),
        (Word::Release, words.count(card.release)),
        (Word::Audience, words.say(audience)),
        (Word::Terms, licence_line(card, words)),
        (Word::Tags, label.tags.join(", ")),
    ];
    let pairs = pairs.into_iter().map(|(word, said)| (words.say(word), said));
    pairs.filter(|(_, said)| !said.trim().is_empty()).collect()
}

fn licence_line(card: &Card, words: &dyn PageWords) -> String {
    match &card.label.terms {
        larder_model::Terms::Own { text } => text.clone(),
        terms => licence::name_and_title(terms, words).1,
    }
}

/// What is to be said of a column beside its meaning: unit, key, required, personal, where it is looked up.
pub(crate) fn notes(column: &Column, words: &dyn PageWords) -> Vec<String> {
    let mut notes = Vec::new();
    for (said, word) in [(column.key, Word::Key), (column.required, Word::Required), (column.personal, Word::Personal)]
    {
        if said {
            notes.push(words.say(word));
        }
    }
    if let Some(look_up) = &column.looks_up {
        notes.push(format!("{} {}", words.say(Word::LooksUp), look_up.title));
    }
    notes
}

/// Unit of a column, or the currency of its money.
pub(crate) fn unit(column: &Column) -> String {
    column.unit.clone().or_else(|| column.currency.clone()).unwrap_or_default()
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    plain: Format,
    faint: Format,
    strong: Format,
    title: Format,
}

impl Writer<'_> {
    fn line(&mut self, cells: &[(&str, &Format)]) -> Result<(), XlsxError> {
        for (column, (text, format)) in cells.iter().enumerate() {
            // A colleague's text is long at most as a page is; Excel's own limit is far beyond.
            self.sheet.write_string_with_format(self.row, column as u16, display_text(text, 4000), format)?;
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        let strong = self.strong.clone();
        self.line(&[(text, &strong)])
    }

    fn list(&mut self, heading: &str, lines: impl IntoIterator<Item = String>) -> Result<(), XlsxError> {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        // One cell wide as the page, without wrapping: it may run over its empty neighbours.
        let running = self.plain.clone().unset_text_wrap();
        lines.iter().try_for_each(|line| self.line(&[(line, &running)]))
    }
}

/// Fills the sheet. `cut_texts` tells how many texts of the rows had to be cut.
pub(crate) fn fill(sheet: &mut Worksheet, about: &About, cut_texts: u64) -> Result<(), XlsxError> {
    let (card, words) = (about.card, about.words);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_quote_prefix();
    for (column, width) in [26.0, 44.0, 16.0, 10.0, 18.0, 34.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.set_right_to_left(words.right_to_left());
    sheet.set_screen_gridlines(false);
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let mut writer = Writer {
        sheet,
        row: 0,
        faint: plain.clone().set_font_color(Color::RGB(0x57493D)),
        strong: plain.clone().unset_text_wrap().set_bold().set_font_size(13),
        title: plain.clone().unset_text_wrap().set_bold().set_font_size(20),
        plain,
    };
    let (plain, faint, title) = (writer.plain.clone(), writer.faint.clone(), writer.title.clone());
    writer.line(&[(&card.label.title, &title)])?;
    writer.line(&[(&card.label.summary, &plain.clone().unset_text_wrap())])?;
    writer.list(&words.say(Word::GoodFor), [card.label.good_for.clone()])?;
    writer.list(&words.say(Word::NotFor), [card.label.not_for.clone()])?;
    writer.heading(&words.say(Word::AtAGlance))?;
    let mut pairs = at_a_glance(card, words);
    if !about.link.is_empty() {
        pairs.push((words.say(Word::OnTheShelf), about.link.to_owned()));
    }
    if let Some(moment) = about.generated_at {
        pairs.push((words.say(Word::CopyMade), words.moment(moment)));
    }
    if cut_texts > 0 {
        pairs.push((words.say(Word::CutTexts), words.count(cut_texts)));
    }
    for (name, said) in &pairs {
        writer.line(&[(name, &faint), (said, &plain)])?;
    }
    column_guide(&mut writer, card, words)?;
    writer.list(&words.say(Word::WhatChanged), card.changes.iter().map(|change| words.change(change)))?;
    writer.list(&words.say(Word::ToFix), card.to_fix.iter().map(|finding| words.finding(finding)))
}

fn column_guide(writer: &mut Writer, card: &Card, words: &dyn PageWords) -> Result<(), XlsxError> {
    writer.heading(&words.say(Word::ColumnGuide))?;
    let head = writer
        .plain
        .clone()
        .set_bold()
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xF3ECE0));
    let names = [Word::ColumnName, Word::Meaning, Word::Kind, Word::Unit, Word::Example].map(|word| words.say(word));
    let mut cells: Vec<(&str, &Format)> = names.iter().map(|name| (name.as_str(), &head)).collect();
    cells.push((" ", &head));
    writer.line(&cells)?;
    let plain = writer.plain.clone();
    for column in &card.label.columns {
        let kind = words.kind(column.kind);
        let example = column.example.as_deref().map(|value| words.value(value, column)).unwrap_or_default();
        let (unit, notes) = (unit(column), notes(column, words).join("; "));
        let texts = [&column.name, &column.meaning, &kind, &unit, &example, &notes];
        writer.line(&texts.map(|text| (text.as_str(), &plain)))?;
    }
    Ok(())
}
