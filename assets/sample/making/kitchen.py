"""Stock levels, deliveries, oven log and waste diary: all follow from what was sold and from the recipes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil

from articles import BY_NO, DAIRY, INGREDIENTS, RECIPES, SUPPLIERS
from days import LAST, days
from dice import Dice

STOCK_FROM = date(2026, 7, 23)
DELIVERIES_FROM = date(2025, 11, 24)
OVEN_FROM = date(2026, 8, 24)
WASTE_FROM = date(2026, 5, 25)
# The Friday on which the dairy's van broke down, just before the sample's today.
MISSED = (date(2026, 11, 20), DAIRY)


def used(sales):
    """Kilograms of each ingredient, by day."""
    out = {}
    for day, _shop, article, pieces, _each, _takings in sales:
        if day < DELIVERIES_FROM - timedelta(days=60):
            continue
        amounts = out.setdefault(day, {})
        for _step, ingredient, grams in RECIPES[article.no]:
            amounts[ingredient] = amounts.get(ingredient, 0.0) + grams * pieces / 1000.0
    return out


def mean_use(use, name, day):
    """Kilograms a day over the last four weeks."""
    return sum(use.get(day - timedelta(days=n), {}).get(name, 0.0) for n in range(1, 29)) / 28.0


def nice(kg):
    """Reorder levels as people write them: 5, 10, 15 ... 60, 80, 100, 120 ..."""
    step = 5 if kg < 60 else 20 if kg < 300 else 50
    return max(5, step * ceil(kg / step))


def stock_and_deliveries(sales):
    """Evening counts and what came in. A late or a short delivery now and then lets a level fall under its mark."""
    use = used(sales)
    counts, came, note = [], [], 1200
    on_hand, reorder, rise = {}, {}, {}
    dice = {i.name: Dice("stock/" + i.name) for i in INGREDIENTS}
    for i in INGREDIENTS:
        typical = max(mean_use(use, i.name, d) for d in (date(2026, 3, 1), date(2026, 6, 20), date(2026, 10, 1)))
        reorder[i.name] = nice(typical * max(2, i.cover * 0.5))
        on_hand[i.name] = reorder[i.name] + typical * i.cover
    for day in days(DELIVERIES_FROM, LAST):
        notes = {}
        for i in INGREDIENTS:
            luck, trouble = dice[i.name].normal(), dice[i.name].share()
            need = mean_use(use, i.name, day)
            wanted = reorder[i.name] + need * i.cover if need > 0.05 else 0.0
            on_way = wanted - on_hand[i.name]
            comes = day.weekday() in SUPPLIERS[i.supplier][0] and (day, i.supplier) != MISSED
            if comes and on_way > i.pack * 0.6 and trouble > 0.06:
                packs = max(1, round(on_way / i.pack) - (1 if trouble > 0.95 else 0))
                if i.supplier not in notes:
                    note += 1
                    notes[i.supplier] = note
                # Butter and coffee got dearer over the year, the rest moved a little.
                drift = {"Butter": 0.16, "Coffee beans": 0.2, "Chocolate": 0.12}.get(i.name, 0.02)
                share = (day - DELIVERIES_FROM).days / 364.0
                rise[i.name] = Decimal(str(round(1.0 + drift * share + 0.004 * luck, 4)))
                amount = packs * i.pack
                paid = (Decimal(i.price) * rise[i.name] * amount).quantize(Decimal("0.01"))
                came.append((day, f"{notes[i.supplier]:06d}", i.supplier, i.name, amount, paid, SUPPLIERS[i.supplier][1]))
                on_hand[i.name] += amount
            gone = use.get(day, {}).get(i.name, 0.0) * (1.0 + 0.02 * luck)
            on_hand[i.name] = max(0.0, on_hand[i.name] - gone)
            if need <= 0.05:
                on_hand[i.name] *= 0.6  # out of season: the last ones are eaten up, and then nobody counts
            if day >= STOCK_FROM and (need > 0.05 or on_hand[i.name] >= 0.5):
                counts.append((day, i.code, i.name, round(on_hand[i.name], 1), reorder[i.name], i.supplier))
    return counts, came


PROGRAMS = (
    # Program, name, ovens, degrees, minutes, pieces in a load, articles
    ("P01", "Rolls", ("Rack oven 1", "Rack oven 2"), 235, 18, 240, ("00401", "00402", "00403", "00471")),
    ("P02", "Pretzels", ("Rack oven 2",), 220, 14, 180, ("00404", "00405")),
    ("P03", "Sourdough and rye", ("Deck oven",), 250, 55, 48, ("00417", "00450")),
    ("P04", "Light bread", ("Deck oven",), 240, 38, 60, ("00422", "00451", "00452")),
    ("P05", "Pastry", ("Rack oven 1",), 190, 17, 160, ("00431", "00432", "00460", "00461", "00470", "00499")),
    ("P06", "Sheet cakes", ("Rack oven 1", "Rack oven 2"), 180, 42, 120, ("00480", "00481", "00482", "00483", "00484")),
    ("P07", "Stollen", ("Deck oven",), 185, 60, 60, ("00491",)),
)
START = {"Rack oven 1": 2 * 60 + 30, "Rack oven 2": 2 * 60 + 45, "Deck oven": 60 + 30}


def oven_log(sales):
    """Every bake of three months: date and time, oven, program, degrees, minutes, loads."""
    baked = {}
    for day, _shop, article, pieces, _each, _takings in sales:
        if day >= OVEN_FROM:
            baked[day, article.no] = baked.get((day, article.no), 0) + pieces
    dice, out = Dice("oven"), []
    for day in days(OVEN_FROM, LAST):
        clock = {oven: minute + dice.below(12) for oven, minute in START.items()}
        for code, name, ovens, degrees, minutes, load, articles in PROGRAMS:
            loads = ceil(sum(baked.get((day, no), 0) for no in articles) * 1.04 / load)
            while loads > 0:
                oven = min(ovens, key=lambda o: clock[o])
                now = min(loads, 1 + dice.below(2))
                loads -= now
                # Rack oven 2 has run ever hotter since the end of October: its thermostat wants to be looked at.
                hot = max(0, (day - date(2026, 10, 26)).days) * 0.45 if oven == "Rack oven 2" else 0.0
                heat = round(degrees + 1.6 * dice.normal() + hot)
                took = max(8, round(minutes + 0.9 * dice.normal() - hot / 8))
                start = datetime(day.year, day.month, day.day) + timedelta(minutes=clock[oven])
                out.append((start, oven, code, name, heat, took, now))
                clock[oven] += took * now + 6 + dice.below(7)
    out.sort(key=lambda row: (row[0], row[1]))
    return out


MUCH = "zu viel gebacken"
REASONS = (MUCH, MUCH, MUCH, MUCH, "Bestellung nicht abgeholt", "beschädigt", "zu dunkel gebacken", "Regen, wenig Kunden")


def waste(sales):
    """What was left at closing time, written down by hand, so not all of it is right."""
    dice, rows = Dice("waste"), []
    by_day = {}
    for day, shop, article, pieces, _each, _takings in sales:
        if day >= WASTE_FROM and article.category != "Drinks":
            by_day.setdefault((day, shop), []).append((article, pieces))
    for (day, shop), sold in sorted(by_day.items()):
        for article, pieces in dice.sample(sold, min(len(sold), 4 + dice.below(4))):
            left = round(pieces * (0.03 + 0.08 * dice.share() + (0.05 if day.weekday() == 6 else 0.0)))
            if left > 0:
                rows.append([day, shop, article.no, article.name, left, dice.pick(REASONS)])
    return spoil(rows, dice)


def spoil(rows, dice):
    """The slips of people who write at the end of a long day."""
    spare = iter(dice.sample(range(200, len(rows) - 200), 90))
    much = [row for row in rows if row[5] == MUCH]
    for row in dice.sample(much, 41):
        row[5] = "Zu viel gebacken"
    for _ in range(14):
        rows[next(spare)][5] = None
    for _ in range(9):
        rows[next(spare)][4] = None
    roll = next(row for row in rows[len(rows) // 2:] if row[2] == "00401" and row[4])
    roll[4] = 900  # 9.00? 90? Nobody threw away 900 rolls.
    typo = next(row for row in rows[len(rows) * 3 // 4:] if row[4])
    typo[0] = date(2062, typo[0].month, typo[0].day)
    for place in sorted((next(spare), next(spare)), reverse=True):
        again = list(rows[place])
        again[4] = (again[4] or 3) + 2
        rows.insert(place + 1, again)
    return rows


def recipes():
    """Article no., article, step, ingredient, grams for one piece."""
    return [(no, BY_NO[no].name, step, ingredient, grams) for no, parts in RECIPES.items() for step, ingredient, grams in parts]
