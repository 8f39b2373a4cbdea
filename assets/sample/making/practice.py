"""Files as they really come: a German till, a workbook with two tables, an old xls, a dated series."""

from datetime import date, time
from decimal import Decimal

from articles import ARTICLES, INGREDIENTS, SHOPS, SUPPLIERS, price, valid_from
from days import TODAY
from dice import Dice
from kitchen import mean_use, used

HEADER = ["Datum", "Artikel-Nr.", "Artikel", "Verkauft", "Umsatz"]
# What the station shop sells beside its own baking; the till knows it, the till sales of the shelf leave it out.
TRADE = (
    ("00801", "Frischmilch 1 l", "1.59", 7), ("00802", "Butter 250 g", "3.29", 5), ("00803", "Pfandbecher", "1.00", 34),
    ("00804", "Tragetasche", "0.30", 18), ("00805", "Apfelsaft 0,33 l", "2.40", 16),
)


def german(amount):
    """1234.5 as 1.234,50."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def station_month(sales, year, month, dice):
    """All that the station's till sold: date, code, German name, pieces, takings."""
    rows = [(d, a.no, a.german, n, t) for d, shop, a, n, _each, t in sales if shop == SHOPS[1] and (d.year, d.month) == (year, month)]
    for day in sorted({row[0] for row in rows}):
        for no, name, each, usual in TRADE:
            n = max(1, round(usual * (0.5 if day.weekday() > 4 else 1.0) + dice.normal() * usual ** 0.5))
            rows.append((day, no, name, n, Decimal(each) * n))
    return sorted(rows, key=lambda row: (row[0], row[1]))


def thin_out(rows, wanted, dice):
    """Leaves out slow sellers on some days until the month has as many rows as wanted."""
    slow = [row for row in rows if row[3] < 18 and row[1] not in ("00499", "00492")]
    gone = set(dice.sample(slow, len(rows) - wanted))
    return [row for row in rows if row not in gone]


def till_export(rows, shop, first, last, dice, unknown, tips):
    """The till's own file: Windows-1252, title rows, names in row 4, semicolons, decimal commas, a sum at the end."""
    blank = set(dice.sample([i for i, row in enumerate(rows) if row[3] > 20], unknown))
    head = HEADER + (["Trinkgeld"] if tips else [])
    lines = [f"Kassenbericht {shop}", f"Zeitraum: {first:%d.%m.%Y} - {last:%d.%m.%Y}", "", ";".join(head)]
    total_tips = Decimal(0)
    for i, (day, no, name, n, takings) in enumerate(rows):
        cells = [f"{day:%d.%m.%Y}", no, name, "n/a" if i in blank else str(n), german(takings)]
        if tips:
            tip = Decimal(dice.below(30)) / 10 if dice.share() < 0.4 else Decimal(0)
            total_tips += tip
            cells.append(german(tip))
        lines.append(";".join(cells))
    total = ["Summe", "", "", "", german(sum(row[4] for row in rows))]
    lines.append(";".join(total + ([german(total_tips)] if tips else [])))
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def march(sales):
    """812 rows, of which the till wrote twelve twice: a whole page of its roll, once more."""
    dice = Dice("practice/march")
    rows = thin_out(station_month(sales, 2026, 3, dice), 800, dice)
    page = 406
    rows = rows[:page + 12] + rows[page:page + 12] + rows[page + 12:]
    assert len(rows) == 812
    return till_export(rows, "Filiale 2", date(2026, 3, 1), date(2026, 3, 31), Dice("practice/march/n"), 9, False)


def april(sales):
    """The month after: tips in a new column, article 00499 new."""
    dice = Dice("practice/april")
    rows = thin_out(station_month(sales, 2026, 4, dice), 798, dice)
    return till_export(rows, "Filiale 2", date(2026, 4, 1), date(2026, 4, 30), Dice("practice/april/n"), 4, True)


# Sold in June only; nobody has put it on the price list.
BAGEL = ("00498", "Sommerbagel", Decimal("3.40"))


def monthly(sales, month):
    """Both shops, one file a month. In April the till's settings were changed, so the columns moved; tips come in June."""
    dice, tips = Dice(f"practice/monthly/{month}"), month == 6
    rows = [(d, s, a.no, a.german, n, t) for d, s, a, n, _each, t in sales if (d.year, d.month) == (2026, month)]
    if tips:
        for day in sorted({row[0] for row in rows}):
            for shop in SHOPS:
                n = 12 + dice.below(25)
                rows.append((day, shop, BAGEL[0], BAGEL[1], n, BAGEL[2] * n))
        rows.sort(key=lambda row: (row[0], SHOPS.index(row[1]), row[2]))
    head = ["Datum", "Filiale", "Artikel-Nr.", "Artikel", "Verkauft", "Umsatz"] + (["Trinkgeld"] if tips else [])
    order = [1, 0, 3, 2, 5, 4] if month == 4 else list(range(len(head)))
    lines = [";".join(head[i] for i in order)]
    for day, shop, no, name, n, takings in rows:
        cells = [f"{day:%d.%m.%Y}", f"Filiale {SHOPS.index(shop) + 1}", no, name, str(n), german(takings)]
        if tips:
            cells.append(german(Decimal(dice.below(30)) / 10) if dice.share() < 0.4 else "")
        lines.append(";".join(cells[i] for i in order))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def phone(n):
    """A number of the range that the regulator keeps for films and books."""
    return f"030 23125 {100 + n}"


def workbook(book, styles):
    """Two tables on one sheet, titles, names over two rows, merged cells; opening hours on a second sheet."""
    bold, money, percent, day, clock = styles
    sheet = book.active
    sheet.title = "Prices"
    sheet["A1"] = "Bäckerei Müller: price list from October 2026"
    sheet.merge_cells("A1:F1")
    for cell, text in (("A3", "Article"), ("D3", "Price"), ("F3", "Valid")):
        sheet[cell] = text
    sheet.merge_cells("A3:C3")
    sheet.merge_cells("D3:E3")
    names = ["Category", "Article no.", "Article", "incl. VAT", "VAT", "from"]
    for column, text in enumerate(names, 1):
        sheet.cell(4, column, text).font = bold
    row = 5
    for category in dict.fromkeys(a.category for a in ARTICLES):
        start = row
        for a in (a for a in ARTICLES if a.category == category):
            vat = 0.19 if category == "Drinks" else 0.07
            cells = (category if row == start else None, a.no, a.name, float(price(a, TODAY)), vat, valid_from(a))
            for column, value in enumerate(cells, 1):
                sheet.cell(row, column, value)
            sheet.cell(row, 4).number_format, sheet.cell(row, 5).number_format = money, percent
            sheet.cell(row, 6).number_format = day
            row += 1
        if row - start > 1:
            sheet.merge_cells(start_row=start, start_column=1, end_row=row - 1, end_column=1)
    row += 2
    sheet.cell(row, 1, "Suppliers").font = bold
    row += 2
    for column, text in enumerate(["Supplier", "Our customer no.", "Delivers on", "Phone", "Smallest order"], 1):
        sheet.cell(row, column, text).font = bold
    week = ("Mon", "Tue", "Wed", "Thu", "Fri")
    for n, (supplier, (on, _by)) in enumerate(SUPPLIERS.items()):
        cells = (supplier, f"{4711 * (n + 3) % 10000:06d}", ", ".join(week[d] for d in on), phone(n), 50 + 25 * n)
        for column, value in enumerate(cells, 1):
            sheet.cell(row + 1 + n, column, value)
        sheet.cell(row + 1 + n, 5).number_format = money
    for letter, width in zip("ABCDEF", (22, 18, 24, 16, 16, 12)):
        sheet.column_dimensions[letter].width = width
    hours = book.create_sheet("Opening hours")
    hours.append(["Day", "Market Square opens", "Market Square closes", "Station opens", "Station closes"])
    for n, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")):
        weekend = n > 4
        hours.append([name, time(7 if n == 6 else 6, 30 if weekend else 0), time(11, 0) if n == 6 else time(14 if weekend else 18, 30),
                      time(7 if n == 6 else 5, 30), time(12, 0) if n == 6 else time(20, 0)])
        for column in range(2, 6):
            hours.cell(n + 2, column).number_format = clock


def inventory(sales):
    """The stock-taking at the year's end: rows for the xls. Codes with zeros, dates, a row of units, a sum."""
    use, day, dice = used(sales), date(2025, 12, 31), Dice("practice/inventory")
    rows, total = [], Decimal(0)
    places = {"Mühle Kornau": "Mehllager", "Molkerei Talbach": "Kühlraum", "Obsthof Rieger": "Kühlraum"}
    for n, i in enumerate(INGREDIENTS, 1):
        # Out of season there is nothing to count, and nothing is written.
        need = mean_use(use, i.name, day)
        if need <= 0.05:
            continue
        kg = Decimal(round(need * i.cover * (0.6 + 0.9 * dice.share()) * 4)) / 4
        value = (kg * Decimal(i.price)).quantize(Decimal("0.01"))
        total += value
        counted = day if dice.share() < 0.7 else date(2025, 12, 30)
        rows.append([f"{n:05d}", i.name, places.get(i.supplier, "Trockenlager"), counted, kg, Decimal(i.price), value])
    return {
        "title": "Inventur Bäckerei Müller zum 31.12.2025",
        "header": ["Artikelnr.", "Bezeichnung", "Lagerort", "Gezählt am", "Menge", "EK-Preis", "Wert"],
        "units": ["", "", "", "", "kg", "EUR/kg", "EUR"],
        "rows": rows,
        "total": ["Gesamt", "", "", "", "", "", total],
    }
