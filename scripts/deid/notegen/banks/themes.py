"""The sentences that carry identifiers by theme, and how often a theme is picked."""

from .contact import CONTACT, PLACES
from .events import AGES, DATES
from .numbers import NUMBERS
from .people import PEOPLE

THEMES = {
    name: [line.replace("\\n", "\n").replace("\\t", "\t") for line in bank]
    for name, bank in {
        "people": PEOPLE,
        "dates": DATES,
        "ages": AGES,
        "contact": CONTACT,
        "places": PLACES,
        "numbers": NUMBERS,
    }.items()
}
WEIGHTS = {"people": 34, "dates": 17, "ages": 4, "contact": 13, "places": 14, "numbers": 34}
