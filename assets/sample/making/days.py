"""The bakery's calendar: public holidays of Baden-Wuerttemberg, Easter, carnival, school holidays."""

from datetime import date, timedelta
from functools import lru_cache

FIRST = date(2024, 9, 1)
# The day on which the sample is set: everything is known until the evening before.
TODAY = date(2026, 11, 23)
LAST = TODAY - timedelta(days=1)


def days(first, last):
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


@lru_cache(maxsize=None)
def easter(year):
    """Easter Sunday (Gauss, Gregorian calendar)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@lru_cache(maxsize=None)
def holidays(year):
    sunday = easter(year)
    moving = {sunday + timedelta(days=n) for n in (-2, 1, 39, 50, 60)}
    fixed = {date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))}
    return moving | fixed


def is_holiday(day):
    return day in holidays(day.year)


def to_easter(day):
    """Days from this day to the Easter Sunday of its year; negative after it."""
    return (easter(day.year) - day).days


def school_holidays(day):
    summer = date(day.year, 7, 28) <= day <= date(day.year, 9, 9)
    christmas = (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 5)
    return summer or christmas or -8 <= to_easter(day) <= 8
