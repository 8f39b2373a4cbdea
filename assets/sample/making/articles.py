"""What the bakery bakes and sells, and what it takes to bake it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

SHOPS = ("Market Square", "Station")


class Article(NamedTuple):
    no: str
    name: str
    german: str
    category: str
    price: str  # EUR incl. VAT, valid since February 2026
    market: int  # pieces on an ordinary day
    station: int
    growth: float = 0.02  # a year
    since: date = None  # first sold on


ARTICLES = (
    Article("00401", "Bread roll", "Brötchen", "Rolls", "0.45", 420, 240, 0.01),
    Article("00402", "Poppy seed roll", "Mohnbrötchen", "Rolls", "0.65", 110, 60, 0.01),
    Article("00403", "Wholegrain roll", "Vollkornbrötchen", "Rolls", "0.75", 95, 70, 0.05),
    Article("00404", "Pretzel", "Laugenbrezel", "Rolls", "0.95", 180, 210, 0.03),
    Article("00405", "Butter pretzel", "Butterbrezel", "Snacks", "2.60", 85, 330, 0.08),
    Article("00417", "Sourdough 1 kg", "Sauerteigbrot 1 kg", "Bread", "6.00", 62, 46, 0.11),
    Article("00422", "Baguette", "Baguette", "Bread", "2.40", 70, 82, -0.03),
    Article("00431", "Croissant", "Buttercroissant", "Pastry", "1.80", 105, 112, 0.05),
    Article("00432", "Chocolate croissant", "Schokocroissant", "Pastry", "2.20", 48, 66, 0.06),
    Article("00450", "Rye 750 g", "Roggenbrot 750 g", "Bread", "5.50", 38, 22, -0.02),
    Article("00451", "Spelt 500 g", "Dinkelbrot 500 g", "Bread", "4.90", 31, 18, 0.06),
    Article("00452", "Sunflower bread 750 g", "Sonnenblumenbrot 750 g", "Bread", "4.60", 26, 15, 0.0),
    Article("00460", "Raisin bun", "Rosinenbrötchen", "Pastry", "1.50", 42, 30, 0.0),
    Article("00461", "Cinnamon knot", "Zimtschnecke", "Pastry", "2.30", 46, 58, 0.15, date(2025, 3, 3)),
    Article("00470", "Cheese stick", "Käsestange", "Snacks", "2.10", 40, 64, 0.04),
    Article("00471", "Filled roll", "Belegtes Brötchen", "Snacks", "3.60", 44, 98, 0.09),
    Article("00480", "Butter cake slice", "Butterkuchen", "Cake", "2.20", 44, 22, 0.0),
    Article("00481", "Apple cake slice", "Apfelkuchen", "Cake", "2.80", 38, 20, 0.03),
    Article("00482", "Plum cake slice", "Zwetschgenkuchen", "Cake", "2.90", 58, 26, 0.04),
    Article("00483", "Strawberry cake slice", "Erdbeerkuchen", "Cake", "3.20", 64, 28, 0.05),
    Article("00484", "Cheesecake slice", "Käsekuchen", "Cake", "3.00", 34, 18, 0.04),
    Article("00490", "Berliner", "Berliner", "Pastry", "1.60", 24, 20, 0.02),
    Article("00491", "Stollen 750 g", "Christstollen 750 g", "Cake", "12.50", 22, 9, 0.06),
    Article("00492", "Easter lamb", "Osterlamm", "Cake", "7.50", 20, 7, 0.03),
    Article("00495", "Muesli bar", "Müsliriegel", "Snacks", "2.00", 18, 44, 0.1, date(2026, 2, 2)),
    Article("00499", "Nut corner", "Nussecke", "Pastry", "2.50", 0, 36, 0.05, date(2026, 4, 7)),
    Article("00901", "Coffee", "Café crème", "Drinks", "2.90", 92, 320, 0.08),
    Article("00902", "Latte macchiato", "Latte macchiato", "Drinks", "3.60", 46, 88, 0.11),
)
BY_NO = {a.no: a for a in ARTICLES}

# Dearer butter: these cost more since October 2026.
BUTTER_RISE = {"00405": "2.70", "00431": "1.90", "00432": "2.30", "00480": "2.40"}


def price(article, day):
    """EUR incl. VAT on that day: two rounds of rises, to the next five cents."""
    if day >= date(2026, 10, 1) and article.no in BUTTER_RISE:
        return Decimal(BUTTER_RISE[article.no])
    now = Decimal(article.price)
    share = 93 if day < date(2025, 4, 1) else 96 if day < date(2026, 2, 1) else 100
    return (now * share / 100 * 20).quantize(Decimal(1)) / 20


def valid_from(article):
    """Since when today's price is valid."""
    if article.no in BUTTER_RISE:
        return date(2026, 10, 1)
    if article.no == "00491":
        return date(2026, 11, 2)
    return max(article.since or date(2026, 2, 1), date(2026, 2, 1))


class Ingredient(NamedTuple):
    name: str
    code: str
    supplier: str
    pack: int  # kg that are delivered together
    price: str  # EUR a kg, without VAT
    cover: int  # days that a delivery should last


MILL, DAIRY, YEAST, FARM, SEEDS, ROASTER = (
    "Mühle Kornau", "Molkerei Talbach", "Hefe Sander", "Obsthof Rieger", "Nuss & Saat Lindner", "Rösterei Alba",
)
# Delivery days (0 is Monday) and who brings it.
SUPPLIERS = {
    MILL: ((0, 3), "Kornau lorry"),
    DAIRY: ((0, 2, 4), "Talbach cooling van"),
    YEAST: ((1, 4), "Sander courier"),
    FARM: ((0, 2, 4), "Own van"),
    SEEDS: ((2,), "Parcel"),
    ROASTER: ((1,), "Parcel"),
}
INGREDIENTS = (
    Ingredient("Wheat flour 550", "Z0001", MILL, 250, "0.62", 7),
    Ingredient("Wholewheat flour", "Z0002", MILL, 25, "0.78", 9),
    Ingredient("Rye flour 1150", "Z0003", MILL, 50, "0.58", 8),
    Ingredient("Spelt flour 630", "Z0004", MILL, 25, "1.15", 9),
    Ingredient("Butter", "Z0010", DAIRY, 10, "6.90", 4),
    Ingredient("Milk", "Z0011", DAIRY, 10, "0.98", 3),
    Ingredient("Quark", "Z0012", DAIRY, 5, "2.40", 4),
    Ingredient("Eggs", "Z0013", DAIRY, 5, "3.60", 5),
    Ingredient("Cheese", "Z0014", DAIRY, 5, "8.20", 6),
    Ingredient("Ham", "Z0015", DAIRY, 5, "9.80", 4),
    Ingredient("Yeast", "Z0020", YEAST, 5, "2.10", 5),
    Ingredient("Salt", "Z0021", MILL, 25, "0.35", 30),
    Ingredient("Sugar", "Z0022", MILL, 25, "0.92", 14),
    Ingredient("Apples", "Z0030", FARM, 10, "1.40", 6),
    Ingredient("Plums", "Z0031", FARM, 10, "2.20", 4),
    Ingredient("Strawberries", "Z0032", FARM, 5, "4.80", 2),
    Ingredient("Sunflower seeds", "Z0040", SEEDS, 10, "2.30", 20),
    Ingredient("Poppy seed", "Z0041", SEEDS, 5, "4.10", 20),
    Ingredient("Nuts and almonds", "Z0042", SEEDS, 5, "9.40", 18),
    Ingredient("Raisins", "Z0043", SEEDS, 5, "3.10", 20),
    Ingredient("Chocolate", "Z0044", SEEDS, 5, "8.60", 18),
    Ingredient("Jam", "Z0045", FARM, 5, "3.30", 14),
    Ingredient("Coffee beans", "Z0050", ROASTER, 5, "16.50", 9),
)
BY_INGREDIENT = {i.name: i for i in INGREDIENTS}

# Article no. -> what goes into one piece, in grams, by step.
DOUGH, FILL, TOP = "Dough", "Filling", "Topping"
W, V, R, S = "Wheat flour 550", "Wholewheat flour", "Rye flour 1150", "Spelt flour 630"
RECIPES = {
    "00401": ((DOUGH, W, 42), (DOUGH, "Yeast", 1.2), (DOUGH, "Salt", 0.9)),
    "00402": ((DOUGH, W, 42), (DOUGH, "Yeast", 1.2), (DOUGH, "Salt", 0.9), (TOP, "Poppy seed", 3)),
    "00403": ((DOUGH, V, 48), (DOUGH, "Yeast", 1.3), (DOUGH, "Salt", 1), (TOP, "Sunflower seeds", 4)),
    "00404": ((DOUGH, W, 55), (DOUGH, "Butter", 2), (DOUGH, "Yeast", 1.4), (DOUGH, "Salt", 1.1), (TOP, "Salt", 0.8)),
    "00405": ((DOUGH, W, 55), (DOUGH, "Yeast", 1.4), (DOUGH, "Salt", 1.1), (FILL, "Butter", 22)),
    "00417": ((DOUGH, W, 380), (DOUGH, R, 230), (DOUGH, "Salt", 12)),
    "00422": ((DOUGH, W, 190), (DOUGH, "Yeast", 2.5), (DOUGH, "Salt", 3.6)),
    "00431": ((DOUGH, W, 34), (DOUGH, "Butter", 19), (DOUGH, "Milk", 12), (DOUGH, "Sugar", 4), (DOUGH, "Yeast", 1.6)),
    "00432": ((DOUGH, W, 34), (DOUGH, "Butter", 19), (DOUGH, "Milk", 12), (DOUGH, "Yeast", 1.6), (FILL, "Chocolate", 14)),
    "00450": ((DOUGH, R, 390), (DOUGH, W, 90), (DOUGH, "Salt", 9)),
    "00451": ((DOUGH, S, 310), (DOUGH, "Yeast", 4), (DOUGH, "Salt", 6)),
    "00452": ((DOUGH, W, 280), (DOUGH, R, 120), (DOUGH, "Sunflower seeds", 55), (DOUGH, "Salt", 9)),
    "00460": ((DOUGH, W, 46), (DOUGH, "Milk", 20), (DOUGH, "Butter", 6), (DOUGH, "Raisins", 12), (DOUGH, "Yeast", 2)),
    "00461": ((DOUGH, W, 52), (DOUGH, "Milk", 22), (DOUGH, "Butter", 9), (FILL, "Sugar", 11), (FILL, "Butter", 6)),
    "00470": ((DOUGH, W, 48), (DOUGH, "Butter", 12), (TOP, "Cheese", 16)),
    "00471": ((DOUGH, W, 42), (DOUGH, "Yeast", 1.2), (FILL, "Butter", 8), (FILL, "Cheese", 18), (FILL, "Ham", 25)),
    "00480": ((DOUGH, W, 40), (DOUGH, "Milk", 18), (TOP, "Butter", 24), (TOP, "Sugar", 14), (TOP, "Nuts and almonds", 6)),
    "00481": ((DOUGH, W, 34), (DOUGH, "Butter", 12), (DOUGH, "Eggs", 10), (FILL, "Apples", 75), (FILL, "Sugar", 10)),
    "00482": ((DOUGH, W, 38), (DOUGH, "Butter", 10), (DOUGH, "Milk", 15), (TOP, "Plums", 85), (TOP, "Sugar", 9)),
    "00483": ((DOUGH, W, 24), (DOUGH, "Eggs", 18), (DOUGH, "Sugar", 14), (TOP, "Strawberries", 95)),
    "00484": ((DOUGH, W, 18), (DOUGH, "Butter", 9), (FILL, "Quark", 82), (FILL, "Eggs", 16), (FILL, "Sugar", 16)),
    "00490": ((DOUGH, W, 40), (DOUGH, "Milk", 16), (DOUGH, "Eggs", 7), (FILL, "Jam", 14), (TOP, "Sugar", 4)),
    "00491": ((DOUGH, W, 260), (DOUGH, "Butter", 120), (DOUGH, "Raisins", 160), (DOUGH, "Nuts and almonds", 60), (TOP, "Sugar", 40)),
    "00492": ((DOUGH, W, 90), (DOUGH, "Butter", 70), (DOUGH, "Eggs", 75), (DOUGH, "Sugar", 70)),
    "00495": ((DOUGH, "Nuts and almonds", 18), (DOUGH, "Sunflower seeds", 12), (DOUGH, "Raisins", 10), (DOUGH, "Sugar", 8)),
    "00499": ((DOUGH, W, 30), (DOUGH, "Butter", 14), (TOP, "Nuts and almonds", 28), (TOP, "Sugar", 14), (TOP, "Chocolate", 8)),
    "00901": ((FILL, "Coffee beans", 8),),
    "00902": ((FILL, "Coffee beans", 8), (FILL, "Milk", 180)),
}
