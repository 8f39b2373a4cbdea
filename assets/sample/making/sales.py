"""Till sales: weekdays, seasons, holidays, carnival, Easter, Advent, growth, prices, and luck."""

from datetime import date, timedelta

from articles import ARTICLES, SHOPS, price
from days import FIRST, LAST, days, is_holiday, school_holidays, to_easter
from dice import Dice

# Monday to Sunday, a line for each shop. Market Square lives from its Saturday market, Station from commuters.
WEEK = {
    "Bread": ((.85, .88, .92, .98, 1.15, 1.55, .50), (1.0, .98, 1.0, 1.02, 1.15, .80, .35)),
    "Rolls": ((.85, .85, .88, .92, 1.02, 1.60, 1.45), (1.0, 1.0, 1.0, 1.0, 1.05, .95, .80)),
    "Pastry": ((.80, .82, .86, .90, 1.05, 1.40, 1.25), (1.05, 1.05, 1.05, 1.05, 1.10, .75, .50)),
    "Snacks": ((1.0, 1.0, 1.02, 1.0, 1.05, .80, .30), (1.10, 1.10, 1.10, 1.10, 1.05, .50, .30)),
    "Cake": ((.60, .60, .70, .80, 1.05, 1.50, 1.55), (.80, .80, .90, 1.0, 1.20, 1.0, .80)),
    "Drinks": ((.90, .90, .95, .95, 1.05, 1.30, .70), (1.12, 1.12, 1.10, 1.10, 1.10, .60, .35)),
}
# January to December.
YEAR = {
    "Bread": (1.06, 1.05, 1.02, 1.0, .97, .94, .90, .88, .97, 1.02, 1.06, 1.10),
    "Rolls": (.98, .99, 1.0, 1.02, 1.03, 1.02, .98, .94, 1.0, 1.01, 1.0, 1.04),
    "Pastry": (1.0, 1.02, 1.0, 1.0, .98, .95, .90, .90, 1.0, 1.04, 1.06, 1.12),
    "Snacks": (.94, .97, 1.0, 1.03, 1.05, 1.06, 1.0, .92, 1.04, 1.03, 1.0, .96),
    "Cake": (.92, .95, 1.0, 1.04, 1.06, 1.02, .94, .92, 1.0, 1.04, 1.02, 1.08),
    "Drinks": (1.12, 1.10, 1.04, 1.0, .94, .88, .84, .86, 1.0, 1.05, 1.10, 1.14),
}


def ramp(day, first, peak, last):
    """0 outside, up to 1 at the peak, down again."""
    if not first <= day <= last:
        return 0.0
    if day <= peak:
        return 0.35 + 0.65 * (day - first).days / max(1, (peak - first).days)
    return 1.0 - 0.7 * (day - peak).days / max(1, (last - peak).days)


def seasonal(no, day):
    """How much of its usual sales an article of the season has on that day."""
    y = day.year
    if no == "00482":
        return ramp(day, date(y, 8, 4), date(y, 9, 8), date(y, 10, 19))
    if no == "00483":
        return ramp(day, date(y, 5, 5), date(y, 6, 12), date(y, 7, 20))
    if no == "00491":
        return 1.6 * ramp(day, date(y, 11, 2), date(y, 12, 19), date(y, 12, 24))
    if no == "00492":
        left = to_easter(day)
        return 1.5 * (1.0 - left / 26.0) if 0 < left <= 21 else 0.0
    if no == "00490":
        left = to_easter(day)
        carnival = {52: 7.0, 51: 4.2, 50: 4.5, 49: 5.0, 48: 9.5, 47: 7.5}
        if (day.month, day.day) == (12, 31):
            return 15.0
        return carnival.get(left, 1.9 if 52 < left and day >= date(y, 1, 7) else 1.0)
    return 1.0


def occasion(category, shop, day):
    """Eves of holidays, Christmas, New Year, school holidays and two things that happened."""
    factor = 1.0
    if is_holiday(day + timedelta(days=1)):
        factor *= 1.34 if category in ("Bread", "Rolls", "Cake") else 1.08
    if is_holiday(day - timedelta(days=1)):
        factor *= 1.07
    if (day.month, day.day) in ((12, 23), (12, 24)):
        factor *= {"Bread": 1.45, "Rolls": 1.35, "Cake": 1.5, "Drinks": 0.6}.get(category, 0.9)
    if (day.month, day.day) == (12, 31):
        factor *= {"Rolls": 1.35, "Bread": 1.2, "Drinks": 0.6}.get(category, 0.85)
    if to_easter(day) in (1, 3):
        factor *= {"Bread": 1.3, "Rolls": 1.25, "Cake": 1.45}.get(category, 1.05)
    if shop == "Station" and school_holidays(day):
        factor *= 0.84
    if day == date(2025, 7, 15) and category in ("Bread", "Rolls"):
        factor *= 0.45  # the deck oven was out of order
    if shop == "Market Square" and date(2026, 6, 26) <= day <= date(2026, 6, 28):
        factor *= 1.4  # town festival
    return factor


def is_open(shop, day):
    refurbished = shop == "Station" and date(2025, 8, 4) <= day <= date(2025, 8, 16)
    return not is_holiday(day) and not refurbished


def moods(shop):
    """How good each day is for everyone: weather and chance, which last for a few days."""
    dice, mood, out = Dice("mood/" + shop), 0.0, {}
    for day in days(FIRST, LAST):
        mood = 0.6 * mood + 0.045 * dice.normal()
        out[day] = 1.0 + mood
    return out


def expected(article, shop, day):
    """Pieces that would be sold on an ordinary day like this."""
    usual = article.market if shop == SHOPS[0] else article.station
    if usual == 0 or (article.since and day < article.since):
        return 0.0
    which = SHOPS.index(shop)
    level = usual * WEEK[article.category][which][day.weekday()] * YEAR[article.category][day.month - 1]
    # The amounts of the list are those of spring 2026.
    level *= 1.0 + article.growth * (day - date(2026, 3, 1)).days / 365.0
    if article.since:
        level *= min(1.0, 0.5 + 0.5 * (day - article.since).days / 56.0)
    return level * seasonal(article.no, day) * occasion(article.category, shop, day)


def sold():
    """One tuple for each day, shop and article that sold anything: date, shop, article, pieces, unit price, takings."""
    mood = {shop: moods(shop) for shop in SHOPS}
    dice = {(shop, a.no): Dice(f"sold/{shop}/{a.no}") for shop in SHOPS for a in ARTICLES}
    out = []
    for day in days(FIRST, LAST):
        for shop in SHOPS:
            for article in ARTICLES:
                luck = dice[shop, article.no].normal()
                if not is_open(shop, day):
                    continue
                level = expected(article, shop, day) * mood[shop][day]
                pieces = round(level + luck * (level + 0.0025 * level * level) ** 0.5)
                if pieces > 0:
                    each = price(article, day)
                    out.append((day, shop, article, pieces, each, each * pieces))
    return out
