//! What is measured on, the same in every run: a bakery's till sales, and labels of thousands of data products.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// Names of the eleven columns.
pub const COLUMNS: [&str; 11] =
    ["date", "time", "shop", "product", "category", "quantity", "unit price", "total", "payment", "cashier", "note"];

const SHOPS: [&str; 6] = ["Harbour Street", "Old Market", "Station", "Mill Lane", "Riverside", "University"];
/// Name, category, cents.
const PRODUCTS: [(&str, &str, u64); 24] = [
    ("Rye loaf 750 g", "Bread", 390),
    ("Sourdough loaf 1 kg", "Bread", 540),
    ("Spelt bread", "Bread", 460),
    ("Wholemeal toast", "Bread", 310),
    ("Walnut bread", "Bread", 495),
    ("Baguette", "Bread", 185),
    ("Wheat roll", "Rolls", 45),
    ("Poppy seed roll", "Rolls", 60),
    ("Pretzel", "Rolls", 95),
    ("Rye roll", "Rolls", 65),
    ("Butter croissant", "Pastry", 160),
    ("Almond croissant", "Pastry", 245),
    ("Cinnamon bun", "Pastry", 220),
    ("Apple turnover", "Pastry", 210),
    ("Danish with cherries", "Pastry", 230),
    ("Cheesecake slice", "Cake", 320),
    ("Plum cake slice", "Cake", 290),
    ("Birthday cake", "Cake", 2_850),
    ("Ham sandwich", "Snacks", 420),
    ("Cheese sandwich", "Snacks", 390),
    ("Soup of the day", "Snacks", 480),
    ("Coffee", "Drinks", 250),
    ("Cappuccino", "Drinks", 320),
    ("Apple juice 0.3 l", "Drinks", 280),
];
const PAYMENTS: [&str; 4] = ["card", "cash", "card", "voucher"];
const CASHIERS: [&str; 9] = [
    "Anna Miller",
    "Ben Okafor",
    "Chiara Rossi",
    "Dilek Aydin",
    "Emil Novak",
    "Farida Haddad",
    "Greta Lund",
    "Hugo Martin",
    "Iris Papadaki",
];
const NOTES: [&str; 6] = [
    "ordered by phone, pick up at 7",
    "asked for \"no seeds\", sliced",
    "for the office, with invoice",
    "returned: \"too dark\"",
    "staff",
    "wrapped as a gift, card says \"All the best, Emma\"",
];
/// Sales of a day over all shops.
const DAY_ROWS: u64 = 1_400;

/// Numbers that look random and are the same each time (SplitMix64).
pub struct Seeded(u64);

impl Seeded {
    /// Begins anew.
    pub fn new(seed: u64) -> Seeded {
        Seeded(seed)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next number below `end`, which must not be 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of these.
    pub fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len() as u64) as usize]
    }
}

/// Bytes that no packing makes smaller, as tables are kept: so many, in a file that is made once.
pub fn noise(folder: &Path, bytes: u64) -> io::Result<PathBuf> {
    let path = folder.join(format!("noise-{bytes}-bytes.bin"));
    if fs::metadata(&path).is_ok_and(|known| known.len() == bytes) {
        return Ok(path);
    }
    let mut seeded = Seeded::new(17);
    let mut out = BufWriter::new(File::create(&path)?);
    for _ in 0..bytes / 8 {
        out.write_all(&seeded.next().to_le_bytes())?;
    }
    out.write_all(&vec![0; (bytes % 8) as usize])?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(path)
}

/// One sale.
struct Sale {
    day: Date,
    second: u64,
    shop: &'static str,
    product: &'static str,
    category: &'static str,
    quantity: u64,
    price_cents: u64,
    payment: &'static str,
    cashier: &'static str,
    note: &'static str,
}

/// Sales in the order of their time, without an end.
struct Sales {
    seeded: Seeded,
    row: u64,
    first: Date,
}

impl Sales {
    fn new() -> Sales {
        Sales { seeded: Seeded::new(11), row: 0, first: date(2022, 1, 3) }
    }

    fn next(&mut self) -> Sale {
        let (days, place) = (self.row / DAY_ROWS, self.row % DAY_ROWS);
        self.row += 1;
        let seeded = &mut self.seeded;
        let (product, category, cents) = seeded.of(&PRODUCTS);
        // From six to half past six in the evening.
        let second = 21_600 + place * 45_000 / DAY_ROWS + seeded.below(32);
        let note = if seeded.below(10) < 7 { "" } else { seeded.of(&NOTES) };
        // Prices go up once a year.
        let price_cents = cents + cents * (days / 365) * 4 / 100;
        Sale {
            day: self.first.saturating_add(i64::try_from(days).unwrap_or(0).days()),
            second,
            shop: seeded.of(&SHOPS),
            product,
            category,
            quantity: 1 + seeded.below(4) * seeded.below(3),
            price_cents,
            payment: seeded.of(&PAYMENTS),
            cashier: seeded.of(&CASHIERS),
            note,
        }
    }
}

/// One cell of the till sales.
#[derive(Debug, Clone, Copy)]
pub enum Cell {
    /// Words; maybe none.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// Hour, minute and second.
    Time(u16, u8, u8),
}

/// The till sales row by row, without an end.
pub fn sales() -> impl Iterator<Item = [Cell; 11]> {
    let mut sales = Sales::new();
    std::iter::from_fn(move || {
        let sale = sales.next();
        let (hour, minute, second) = clock(sale.second);
        let money = |cents: u64| Cell::Number(cents as f64 / 100.0);
        Some([
            Cell::Day(sale.day),
            Cell::Time(hour, minute, second),
            Cell::Text(sale.shop),
            Cell::Text(sale.product),
            Cell::Text(sale.category),
            Cell::Number(sale.quantity as f64),
            money(sale.price_cents),
            money(sale.price_cents * sale.quantity),
            Cell::Text(sale.payment),
            Cell::Text(sale.cashier),
            Cell::Text(sale.note),
        ])
    })
}

/// How long a file is to be.
#[derive(Clone, Copy)]
pub enum Until {
    /// So many rows.
    Rows(u64),
    /// At least so many bytes.
    Bytes(u64),
}

/// The till sales as csv; made where they are not there yet.
pub fn csv(folder: &Path, until: Until) -> io::Result<PathBuf> {
    let name = match until {
        Until::Rows(rows) => format!("till-sales-{rows}-rows.csv"),
        Until::Bytes(bytes) => format!("till-sales-{bytes}-bytes.csv"),
    };
    made(&folder.join(name), |path| {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let (mut sales, mut rows, mut line) = (Sales::new(), 0, COLUMNS.join(",") + "\n");
        let mut bytes = 0;
        loop {
            out.write_all(line.as_bytes())?;
            bytes += line.len() as u64;
            let enough = match until {
                Until::Rows(wanted) => rows >= wanted,
                Until::Bytes(wanted) => bytes >= wanted,
            };
            if enough {
                return out.flush();
            }
            rows += 1;
            line = csv_line(&sales.next());
        }
    })
}

fn csv_line(sale: &Sale) -> String {
    let cents = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
    let (hour, minute, second) = clock(sale.second);
    let note = match sale.note.contains([',', '"']) {
        true => format!("\"{}\"", sale.note.replace('"', "\"\"")),
        false => sale.note.to_owned(),
    };
    format!(
        "{},{hour:02}:{minute:02}:{second:02},{},{},{},{},{},{},{},{},{note}\n",
        sale.day,
        sale.shop,
        sale.product,
        sale.category,
        sale.quantity,
        cents(sale.price_cents),
        cents(sale.price_cents * sale.quantity),
        sale.payment,
        sale.cashier,
    )
}

fn clock(second: u64) -> (u16, u8, u8) {
    ((second / 3_600) as u16, (second / 60 % 60) as u8, (second % 60) as u8)
}

/// The till sales as a workbook, its texts shared and its days and times as numbers with a format, as Excel saves them.
pub fn xlsx(folder: &Path, rows: u32) -> io::Result<PathBuf> {
    made(&folder.join(format!("till-sales-{rows}-rows.xlsx")), |path| {
        workbook(rows).and_then(|mut book| book.save(path)).map_err(io::Error::other)
    })
}

fn workbook(rows: u32) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let (day, time) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("hh:mm:ss"));
    let money = Format::new().set_num_format("0.00");
    let sheet = book.add_worksheet().set_name("Till sales")?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, name)?;
    }
    let mut sales = Sales::new();
    for row in 1..=rows {
        let sale = sales.next();
        let on = ExcelDateTime::from_ymd(sale.day.year() as u16, sale.day.month() as u8, sale.day.day() as u8)?;
        let (hour, minute, second) = clock(sale.second);
        let at = ExcelDateTime::from_hms(hour, minute, second)?;
        sheet.write_datetime_with_format(row, 0, &on, &day)?;
        sheet.write_datetime_with_format(row, 1, &at, &time)?;
        for (column, text) in [(2, sale.shop), (3, sale.product), (4, sale.category)] {
            sheet.write_string(row, column, text)?;
        }
        sheet.write_number(row, 5, sale.quantity as f64)?;
        sheet.write_number_with_format(row, 6, sale.price_cents as f64 / 100.0, &money)?;
        sheet.write_number_with_format(row, 7, (sale.price_cents * sale.quantity) as f64 / 100.0, &money)?;
        for (column, text) in [(8, sale.payment), (9, sale.cashier), (10, sale.note)] {
            if !text.is_empty() {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(book)
}

/// Makes a file under another name first, so that one that was begun only is never taken for whole.
pub fn made(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
    if !path.is_file() {
        // The ending stays: some writers look at it.
        let begun = path.with_file_name(format!("begun-{}", path.file_name().unwrap_or_default().display()));
        make(&begun)?;
        fs::rename(&begun, path)?;
    }
    Ok(path.to_path_buf())
}
