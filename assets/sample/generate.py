#!/usr/bin/env python3
"""Makes the sample bakery: the files beside this one, the same on every computer.

    generate.py           writes them
    generate.py --check   makes them in memory and compares: csv and xls by their bytes, xlsx by its cells; then holds
                          bakery.toml, which is written by hand, against the files that it describes

Needs Python 3.11 and, for the workbooks, openpyxl 3.1.5 and xlwt 1.3.0. Without these --check leaves the workbooks out and
says so. Everybody and everything in here is made up; addresses end in example.com or example.org.
"""

import csv
import io
import sys
import tomllib
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "making"))
sys.dont_write_bytecode = True

import articles  # noqa: E402
import days  # noqa: E402
import kitchen  # noqa: E402
import people  # noqa: E402
import practice  # noqa: E402
import sales as till  # noqa: E402

try:
    import openpyxl
    import xlwt
    from openpyxl.styles import Font
except ImportError:
    openpyxl = None

CREATED = datetime(2026, 11, 23)


def text(value):
    """A cell as an orderly csv writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def comma_separated(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([text(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def texts(sales):
    """Every file that is text, by its name."""
    counts, came = kitchen.stock_and_deliveries(sales)
    sold = ((d, s, a.no, a.name, n, f"{each:.2f}", f"{takings:.2f}") for d, s, a, n, each, takings in sales)
    out = {
        "till_sales.csv": comma_separated(["Date", "Shop", "Article no.", "Article", "Quantity", "Unit price", "Takings"], sold),
        "stock_levels.csv": comma_separated(
            ["Date", "Ingredient no.", "Ingredient", "On hand", "Reorder level", "Supplier"], counts),
        "deliveries.csv": comma_separated(
            ["Date", "Delivery note", "Supplier", "Ingredient", "Amount", "Price", "Delivered by"], came),
        "waste_diary.csv": comma_separated(
            ["Date", "Shop", "Article no.", "Article", "Pieces left", "Reason"], kitchen.waste(sales)),
        "customers.csv": comma_separated(
            ["Customer no.", "Name", "E-mail", "Street", "Town", "Newsletter", "Customer since"], people.customers()),
        "oven_log.csv": comma_separated(
            ["Started", "Oven", "Program no.", "Program", "Temperature", "Minutes", "Loads"], kitchen.oven_log(sales)),
        "practice/till_export_MARCH(2).csv": practice.march(sales),
        "practice/till_export_APRIL.csv": practice.april(sales),
    }
    for month in range(1, 7):
        out[f"practice/monthly/till_2026-{month:02d}.csv"] = practice.monthly(sales, month)
    return out


def new_book():
    book = openpyxl.Workbook()
    book.properties.creator = "Bakery Mueller"
    book.properties.created = book.properties.modified = CREATED
    return book


def price_list():
    book = new_book()
    sheet = book.active
    sheet.title = "Price list"
    sheet.append(["Article no.", "Article", "Category", "Price", "VAT", "Valid from"])
    for a in articles.ARTICLES:
        vat = 0.19 if a.category == "Drinks" else 0.07
        sheet.append([a.no, a.name, a.category, float(articles.price(a, days.TODAY)), vat, articles.valid_from(a)])
        row = sheet.max_row
        sheet.cell(row, 4).number_format, sheet.cell(row, 5).number_format = '#,##0.00 "€"', "0%"
        sheet.cell(row, 6).number_format = "dd.mm.yyyy"
    return book


def recipes():
    book = new_book()
    sheet = book.active
    sheet.title = "Recipes"
    sheet.append(["Article no.", "Article", "Step", "Ingredient", "Amount"])
    for row in kitchen.recipes():
        sheet.append(list(row))
    return book


def two_tables():
    book = new_book()
    practice.workbook(book, (Font(bold=True), '#,##0.00 "€"', "0%", "dd.mm.yyyy", "hh:mm"))
    return book


def old_inventory(sales):
    content = practice.inventory(sales)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Inventur")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    amount, euro = xlwt.easyxf(num_format_str="#,##0.00"), xlwt.easyxf(num_format_str="#,##0.00 [$€-407]")
    sheet.write(0, 0, content["title"], xlwt.easyxf("font: bold on"))
    rows = [content["header"], content["units"], *content["rows"], content["total"]]
    for r, row in enumerate(rows, 2):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(r, c, value, day)
            elif isinstance(value, str):
                if value:
                    sheet.write(r, c, value)
            else:
                sheet.write(r, c, float(value), euro if c == 6 else amount)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def books(sales):
    """Every workbook by its name: xlsx as an open book, xls as bytes (it holds no clock)."""
    return {
        "price_list.xlsx": price_list(),
        "recipes.xlsx": recipes(),
        "practice/price list and suppliers.xlsx": two_tables(),
        "practice/inventory_2025.xls": old_inventory(sales),
    }


def cells(book):
    return {s.title: ([[c.value for c in row] for row in s.iter_rows()], sorted(map(str, s.merged_cells.ranges))) for s in book}


def as_read_back(book):
    out = io.BytesIO()
    book.save(out)
    return cells(openpyxl.load_workbook(io.BytesIO(out.getvalue())))


def column_id(header):
    """As the product itself makes ids from headers."""
    plain = header.lower().translate(people.PLAIN)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in plain).split())


def rows_of(product, faults):
    """Header and rows of a product's file; nothing where it cannot be read here."""
    path = HERE / product["file"]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        return header, rows
    if openpyxl is None:
        return None, []
    if not path.exists():
        faults.append(f"{product['file']} is missing")
        return None, []
    header, *rows = ([c.value for c in row] for row in openpyxl.load_workbook(path).active.iter_rows())
    return header, [[text(c) for c in row] for row in rows]


def label_faults(product, products, people_names, areas, header, rows):
    """What does not fit between one label and its file."""
    name, columns = product["id"], product["columns"]
    if [c["name"] for c in columns] != header or [c["id"] for c in columns] != [column_id(h) for h in header]:
        yield f"{name}: the columns of the label are not those of {product['file']}: {header}"
        return
    if product["keeper"] not in people_names or product["stand_in"] not in people_names or product["area"] not in areas:
        yield f"{name}: an unknown person or area"
    key = [i for i, c in enumerate(columns) if c.get("key")]
    if name != "waste_diary" and len({tuple(row[i] for i in key) for row in rows}) != len(rows):
        yield f"{name}: its key is not unique"
    for i, column in enumerate(columns):
        if column.get("required") and name != "waste_diary" and not all(row[i] for row in rows):
            yield f"{name}: empty cells in {column['name']}"
        look = column.get("looks_up")
        if look and not any(look["column"] == c["id"] for p in products if p["id"] == look["product"] for c in p["columns"]):
            yield f"{name}: {column['name']} looks up what is not there"
    if "date_column" in product:
        place = [c["id"] for c in columns].index(product["date_column"])
        last = max(row[place][:10] for row in rows if row[place] < "2062")
        if name in ("till_sales", "stock_levels", "oven_log", "waste_diary") and last != days.LAST.isoformat():
            yield f"{name}: ends on {last}"


def faults_of_labels():
    faults = []
    shelf = tomllib.loads((HERE / "bakery.toml").read_text(encoding="utf-8"))
    if shelf["today"] != days.TODAY:
        faults.append(f"bakery.toml is set on {shelf['today']}, the files on {days.TODAY}")
    names = {p["name"] for p in shelf["people"]}
    for product in shelf["products"]:
        header, rows = rows_of(product, faults)
        if header is not None:
            faults += label_faults(product, shelf["products"], names, shelf["areas"], header, rows)
    faults += [f"practice: no {p['file']}" for p in shelf["practice"] if not (HERE / p["file"]).exists()]
    return faults


def check(sales):
    faults = []
    for name, content in texts(sales).items():
        path = HERE / name
        if not path.exists() or path.read_bytes() != content:
            faults.append(f"{name} is not what the generator makes")
    if openpyxl is None:
        print("openpyxl and xlwt are not here: workbooks were not compared")
    else:
        for name, book in books(sales).items():
            path = HERE / name
            same = path.exists() and (
                path.read_bytes() == book if isinstance(book, bytes) else cells(openpyxl.load_workbook(path)) == as_read_back(book))
            if not same:
                faults.append(f"{name} is not what the generator makes")
    return faults + faults_of_labels()


def write(sales):
    if openpyxl is None:
        return ["openpyxl 3.1.5 and xlwt 1.3.0 are needed to write the workbooks"]
    (HERE / "practice" / "monthly").mkdir(parents=True, exist_ok=True)
    for name, content in texts(sales).items():
        (HERE / name).write_bytes(content)
    for name, book in books(sales).items():
        if isinstance(book, bytes):
            (HERE / name).write_bytes(book)
        elif not (HERE / name).exists() or cells(openpyxl.load_workbook(HERE / name)) != as_read_back(book):
            book.save(HERE / name)
    return faults_of_labels()


def main():
    sales = till.sold()
    faults = check(sales) if sys.argv[1:] == ["--check"] else write(sales)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    assert timedelta(days=1) + days.LAST == days.TODAY
    sys.exit(main())
