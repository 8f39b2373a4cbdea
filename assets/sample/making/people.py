"""Customers who do not exist: names thrown together, towns that are on no map, addresses at example.com and example.org."""

from datetime import date, timedelta

from days import LAST
from dice import Dice

FIRST_NAMES = (
    "Adele Albrecht Amira Anton Astrid Bela Berta Bruno Carla Cem Clara Dario Dilek Edda Elif Emil Erna Fabio Femke Frieda "
    "Gesa Gustav Hanno Hedwig Ida Igor Ilse Jale Jasper Jola Kaspar Kira Lando Leni Ludger Malik Marit Merle Milo Nele "
    "Noah Ole Paula Pepe Rieke Rosa Samir Selma Silas Tamara Theo Tilda Ugur Ulla Vera Viktor Wanda Xaver Yara Zora"
).split()
LAST_NAMES = (
    "Ackerstein Birkenau Brotmann Dinkelberg Ehrenholz Feldhöfer Gerstner Grünwald Haferkorn Himbeer Immergut Jungblüth "
    "Kamillen Kornbach Kümmeler Lindental Malzer Mehlbauer Mohnfeld Nussbaumer Ofenloch Pfeffermann Quittenberg "
    "Rahmstorf Roggenkamp Sauerteig Semmelrogge Spelzer Talmüller Unterbäck Veilchen Weizenegger Wiesenthal Zimtner Zuckschwert"
).split()
STREETS = ("Mühlgasse", "Am Kornfeld", "Brunnenweg", "Lindenplatz", "Hefestraße", "Alte Backstube", "Talweg", "Obsthang", "Salzgasse")
TOWNS = ("Kornhausen", "Talbach", "Mühlenried", "Lohewinkel", "Ober-Brotzell", "Semmelfeld")
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def customers():
    """Customer no., name, e-mail, street, town, newsletter, since."""
    dice, taken, out = Dice("customers"), set(), []
    since = date(2021, 3, 1)
    while len(out) < 264:
        name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
        since = min(LAST, since + timedelta(days=dice.below(16)))
        if name in taken:
            continue
        taken.add(name)
        mail = name.lower().translate(PLAIN).replace(" ", ".") + ("@example.com" if dice.share() < 0.7 else "@example.org")
        street = f"{dice.pick(STREETS)} {1 + dice.below(88)}"
        town = TOWNS[min(dice.below(8), len(TOWNS) - 1)]
        yes = "yes" if dice.share() < 0.62 else "no"
        out.append((f"K{len(out) + 1:05d}", name, mail, street, town, yes, since))
    return out
