//! The sheet about a workbook that Larder wrote, read back: what it says about the rows begins the next label. It is a sheet
//! like any other, so whoever corrected it in Excel is heard.

use larder_model::{Every, Kind as Model, Promise, Terms, Weekday};

use super::model::{Described, DescribedColumn, DescribedTable, Kind, KindHint, Licence, LookUp, Person, Standard};
use crate::out::{PageWords, Word, licence};

/// Columns of the guide: name, meaning, kind, unit, example, and what else is to be said.
const GUIDE: [Word; 5] = [Word::ColumnName, Word::Meaning, Word::Kind, Word::Unit, Word::Example];

/// Reads the cells of such a sheet, in the words that it was written with. None for any other sheet.
pub fn read_about(cells: &[Vec<String>], words: &dyn PageWords) -> Option<Described> {
    let sheet = Sheet { cells, words };
    let guide = sheet.guide()?;
    let mut described = Described::new(Standard::AboutSheet);
    described.title = some(sheet.cell(0, 0));
    let summary = sheet.cell(1, 0);
    described.summary = some(summary);
    described.usage = sheet.under(Word::GoodFor);
    described.limits = sheet.under(Word::NotFor);
    described.keywords = sheet.fact(Word::Tags).map_or(Vec::new(), |tags| {
        tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
    });
    described.licence = sheet.fact(Word::Terms).and_then(|terms| licence_of(terms, words));
    described.people = sheet.fact(Word::Keeper).map(person).into_iter().collect();
    described.promise = sheet.fact(Word::Promise).and_then(|said| promise_of(said, words));
    let columns = (guide + 1..cells.len()).take_while(|row| !sheet.cell(*row, 0).is_empty());
    let columns = columns.map(|row| column(&sheet, row)).collect();
    described.tables = vec![DescribedTable { columns, ..DescribedTable::default() }];
    Some(described)
}

struct Sheet<'a> {
    cells: &'a [Vec<String>],
    words: &'a dyn PageWords,
}

impl<'a> Sheet<'a> {
    fn cell(&self, row: usize, column: usize) -> &'a str {
        self.cells.get(row).and_then(|row| row.get(column)).map_or("", |text| text.trim())
    }

    fn row_of(&self, word: Word) -> Option<usize> {
        let said = self.words.say(word);
        (0..self.cells.len()).find(|row| self.cell(*row, 0) == said)
    }

    /// The row of the guide's own names.
    fn guide(&self) -> Option<usize> {
        let row = self.row_of(Word::ColumnGuide)? + 1;
        let mut names = GUIDE.iter().enumerate();
        names.all(|(column, word)| self.cell(row, column) == self.words.say(*word)).then_some(row)
    }

    /// The lines under a heading.
    fn under(&self, heading: Word) -> Option<String> {
        let first = self.row_of(heading)? + 1;
        let lines = (first..self.cells.len()).map(|row| self.cell(row, 0)).take_while(|line| !line.is_empty());
        some(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// What stands beside a name among the facts.
    fn fact(&self, name: Word) -> Option<&'a str> {
        let (from, said) = (self.row_of(Word::AtAGlance)? + 1, self.words.say(name));
        let mut rows = (from..self.cells.len()).take_while(|row| !self.cell(*row, 0).is_empty());
        rows.find(|row| self.cell(*row, 0) == said).map(|row| self.cell(row, 1)).filter(|text| !text.is_empty())
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn column(sheet: &Sheet<'_>, row: usize) -> DescribedColumn {
    let (words, name) = (sheet.words, sheet.cell(row, 0).to_owned());
    let kind = Model::ALL.into_iter().find(|kind| words.kind(*kind) == sheet.cell(row, 2));
    let (unit, money) = (some(sheet.cell(row, 3)), kind == Some(Model::Money));
    let notes: Vec<&str> = sheet.cell(row, 5).split(';').map(str::trim).collect();
    let is = |word: Word| notes.contains(&words.say(word).as_str());
    let looks_up = words.say(Word::LooksUp);
    let other = notes.iter().find_map(|note| note.strip_prefix(looks_up.as_str())).map(str::trim);
    DescribedColumn {
        id: name.clone(),
        name,
        meaning: some(sheet.cell(row, 1)),
        kind: kind.map(hint),
        currency: unit.clone().filter(|_| money),
        unit: unit.filter(|_| !money),
        required: is(Word::Required),
        key_part: is(Word::Key).then_some(1),
        personal: is(Word::Personal),
        // Which of its columns is not said: its key.
        looks_up: other.map(|other| LookUp { table: Some(other.to_owned()), column: String::new() }),
        ..DescribedColumn::default()
    }
}

fn hint(kind: Model) -> KindHint {
    match kind {
        Model::Text | Model::Code | Model::Place => KindHint::of(Kind::Text),
        Model::Email => KindHint::finer(Kind::Text, "email"),
        Model::Integer => KindHint::of(Kind::Integer),
        Model::Number | Model::Money | Model::Percent => KindHint::of(Kind::Number),
        Model::Boolean => KindHint::of(Kind::Boolean),
        Model::Date => KindHint::of(Kind::Date),
        Model::DateTime => KindHint::of(Kind::DateTime),
        Model::Time => KindHint::of(Kind::Time),
        Model::Duration => KindHint::of(Kind::Duration),
    }
}

/// `Carla Neri, carla@example.com`
fn person(said: &str) -> Person {
    let (name, email) = match said.rsplit_once(", ") {
        Some((name, email)) if email.contains('@') => (name, Some(email.to_owned())),
        _ => (said, None),
    };
    Person { name: some(name), email, role: Some("owner".to_owned()), ..Person::default() }
}

fn licence_of(said: &str, words: &dyn PageWords) -> Option<Licence> {
    let title = |terms: &Terms| licence::name_and_title(terms, words);
    if title(&Terms::Internal).1 == said {
        return None;
    }
    let known = [Terms::CcBy, Terms::CcZero].iter().map(title).find(|(_, title)| title == said);
    Some(match known {
        Some((name, _)) => Licence { name: name.map(str::to_owned), ..Licence::default() },
        None => Licence { title: Some(said.to_owned()), ..Licence::default() },
    })
}

/// The promise that these words say: each one is said and compared, so that no language has to be understood.
fn promise_of(said: &str, words: &dyn PageWords) -> Option<Promise> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let is_time =
        |by: &&str| matches!(by.as_bytes(), [a, b, b':', c, d] if [a, b, c, d].iter().all(|f| f.is_ascii_digit()));
    let by = said.match_indices(':').filter_map(|(at, _)| said.get(at.checked_sub(2)?..at + 3)).find(is_time)?;
    let weekly = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday].map(|on| Every::Week { on });
    let monthly = (1..=31).map(|day| Every::Month { day });
    let every = [Every::Day, Every::WorkingDay].into_iter().chain(weekly).chain(monthly);
    every.map(|every| Promise { every, by: by.to_owned() }).find(|promise| words.promise(promise) == said)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::out::testing::{English, card};
    use crate::out::{About, write_xlsx};
    use larder_model::Choice;

    fn written(card: &larder_model::Card) -> Vec<Vec<String>> {
        let about = About { card, link: "", generated_at: None, words: &English };
        let mut bytes = Vec::new();
        write_xlsx(&crate::out::testing::texts(&["x"]), "Rows", Some(&about), &mut bytes).unwrap();
        let choices = [Choice::Sheet { sheet: "About".into() }];
        let book = crate::open("x.xlsx", Box::new(std::io::Cursor::new(bytes)), &choices, &crate::Quiet).unwrap();
        book.cells(200)
    }

    #[test]
    fn what_the_sheet_says_comes_back() {
        let mut card = card();
        card.label.good_for = "The monthly report".into();
        card.label.not_for = "Wages".into();
        card.label.tags = vec!["till".into(), "shop".into()];
        card.label.terms = Terms::CcBy;
        card.label.keeper = "Neri, Carla".into();
        card.label.keeper_email = Some("carla@example.com".into());
        card.label.promise = Promise::parse("monday 09:00");
        let described = read_about(&written(&card), &English).unwrap();
        assert_eq!(described.title.as_deref(), Some(card.label.title.as_str()));
        assert_eq!(described.summary.as_deref(), some(&card.label.summary).as_deref());
        assert_eq!(
            (described.usage.as_deref(), described.limits.as_deref()),
            (Some("The monthly report"), Some("Wages"))
        );
        assert_eq!(described.keywords, ["till", "shop"]);
        assert_eq!(described.licence.unwrap().name.as_deref(), Some("CC-BY-4.0"));
        assert_eq!(described.people[0].name.as_deref(), Some("Neri, Carla"));
        assert_eq!(described.people[0].email.as_deref(), Some("carla@example.com"));
        assert_eq!(described.promise, card.label.promise);
        let columns = &described.tables[0].columns;
        assert_eq!(columns.len(), card.label.columns.len());
        for (read, column) in columns.iter().zip(&card.label.columns) {
            assert_eq!((&read.name, read.meaning.as_deref().unwrap_or("")), (&column.name, column.meaning.trim()));
            assert_eq!(read.key_part.is_some(), column.key, "{}", column.name);
            assert_eq!((read.required, read.personal), (column.required, column.personal), "{}", column.name);
            let other = read.looks_up.as_ref().and_then(|to| to.table.as_deref());
            assert_eq!(other, column.looks_up.as_ref().map(|to| to.title.as_str()));
        }
    }

    #[test]
    fn every_promise_is_understood() {
        for code in ["daily 18:00", "workdays 07:30", "sunday 09:00", "month 31 12:00"] {
            let promise = Promise::parse(code).unwrap();
            assert_eq!(promise_of(&English.promise(&promise), &English), Some(promise), "{code}");
        }
        for other in ["no promise", "at 9:00", ":", "übermorgen: 1"] {
            assert_eq!(promise_of(other, &English), None, "{other}");
        }
    }

    #[test]
    fn other_sheets_are_none() {
        assert_eq!(read_about(&[], &English), None);
        assert_eq!(read_about(&[vec!["column-guide".into()], vec!["Name".into(), "Kind".into()]], &English), None);
    }
}
