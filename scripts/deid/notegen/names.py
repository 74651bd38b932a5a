"""People: composed names of many origins and the forms in which notes write them."""

from .words import given, surnames

_ORIGINS = list(surnames.OTHERS)
_VOWELS = set("aeiouyáéíóúäöü")


def surname(rng):
    """A surname: listed, composed of parts of an origin, double, or invented."""
    pick = rng.random()
    if pick < 0.05:
        return rng.choice(surnames.WORDS)
    if pick < 0.12:
        return rng.choice(surnames.ENGLISH[:70])
    if pick < 0.38:
        return rng.choice(surnames.ENGLISH)
    if pick < 0.70:
        return rng.choice(surnames.OTHERS[rng.choice(_ORIGINS)])
    if pick < 0.86:
        heads, tails = rng.choice(surnames.COMPOSED)
        head, tail = rng.choice(heads), rng.choice(tails)
        return head + tail
    if pick < 0.90:
        prefix = rng.choice(
            [
                "Mc",
                "Mac",
                "O'",
                "O’",
                "Fitz",
                "D'",
                "De",
                "Di",
                "La",
                "Le",
                "Van ",
                "Von ",
                "De La ",
                "Al-",
                "El-",
                "Ben-",
                "St. ",
                "Abu ",
                "Da ",
                "Dos ",
            ]
        )
        base = rng.choice(
            surnames.ENGLISH if prefix in ("Mc", "Mac", "O'", "O’", "Fitz") else surnames.OTHERS[rng.choice(_ORIGINS)]
        )
        return prefix + (base[0].upper() + base[1:])
    if pick < 0.96:
        joint = rng.choice(["-", "-", "-", " "])
        return surname(rng).split(" ")[-1] + joint + surname(rng).split("-")[0]
    return invented(rng)


def invented(rng):
    """A name no list holds."""
    word = "".join(rng.choice(given.SYLLABLES) for _ in range(rng.choice([1, 2, 2, 3]))) + rng.choice(given.ENDINGS)
    return word.capitalize()


def given_name(rng, sex, origin_free=True):
    """A given name; one in twelve is spelled in its own way, one in twenty invented."""
    pool = given.MALE if sex == "M" else given.FEMALE
    pick = rng.random()
    if pick < 0.07:
        return rng.choice(given.WORD_GIVEN[sex])
    if pick < 0.22:
        return rng.choice(given.COMMON[sex])
    name = rng.choice(pool)
    pick = rng.random()
    if pick < 0.05:
        return invented(rng)
    if pick < 0.12 and len(name) > 3 and origin_free:
        return _respelled(name, rng)
    if pick < 0.15:
        return rng.choice(["La", "De", "Da", "Ja", "Ke", "Sha", "Ty"]) + rng.choice(
            ["Quan", "Shawn", "Andre", "Marcus", "Tasha", "Nisha", "Kisha", "Vonte", "Rell", "Mika", "Quisha", "Von"]
        )
    if pick < 0.18:
        return name + "-" + rng.choice(pool).split("-")[0]
    return name


def _respelled(name, rng):
    swaps = [
        ("y", "i"),
        ("i", "y"),
        ("c", "k"),
        ("k", "c"),
        ("ey", "ee"),
        ("ie", "y"),
        ("a", "ah"),
        ("n", "nn"),
        ("ph", "f"),
        ("s", "z"),
        ("e", "ea"),
        ("l", "ll"),
    ]
    old, new = rng.choice(swaps)
    position = name.find(old, 1)
    if position < 0:
        return name + rng.choice(["e", "a", "h"])
    return name[:position] + new + name[position + len(old) :]


class Person:
    """One person with everything a note may call them."""

    def __init__(self, rng, sex=None, last=None):
        self.rng = rng
        self.sex = sex or rng.choice("MF")
        self.given = given_name(rng, self.sex)
        pick = rng.random()
        if pick < 0.55:
            self.middle = rng.choice("ABCDEFGHIJKLMNOPRSTVWZ")
        elif pick < 0.7:
            self.middle = given_name(rng, self.sex)
        else:
            self.middle = ""
        self.last = last or surname(rng)
        self.suffix = (
            rng.choice(["Jr", "Jr.", "Sr.", "II", "III", "IV"]) if self.sex == "M" and rng.random() < 0.07 else ""
        )
        nicks = given.NICKNAMES.get(self.given, "").split()
        if nicks:
            self.nick = rng.choice(nicks)
        elif rng.random() < 0.5 and len(self.given) > 4 and " " not in self.given:
            cut = 4 if self.given[3].lower() not in _VOWELS else 3
            self.nick = self.given[:cut]
        else:
            self.nick = rng.choice(
                [
                    "Buddy",
                    "Sissy",
                    "Junior",
                    "Red",
                    "Skip",
                    "Bubba",
                    "Mimi",
                    "Chip",
                    "Gigi",
                    "Tito",
                    "Nena",
                    "Ace",
                    "Dee",
                    "CJ",
                    "JR",
                    "TJ",
                    "Peanut",
                    "Papa Joe",
                    "Big Mike",
                    "Chuy",
                ]
            )
        self.maiden = surname(rng) if self.sex == "F" else ""
        self.title = "Mr." if self.sex == "M" else rng.choice(["Mrs.", "Ms.", "Ms.", "Miss"])
        self.he = {"M": "he", "F": "she"}[self.sex]
        self.his = {"M": "his", "F": "her"}[self.sex]
        self.him = {"M": "him", "F": "her"}[self.sex]

    @property
    def initial(self):
        return self.given[0]

    @property
    def last_initial(self):
        return self.last[0].upper() if self.last[0].isalpha() else self.last[1].upper()

    def form(self, kind):
        """The name as pieces, without a title: the span holds the name alone."""
        rng = self.rng
        middle_initial = self.middle[:1]
        spaced_initial = f" {middle_initial}" if middle_initial else ""
        suffix = f"{rng.choice([' ', ', '])}{self.suffix}" if self.suffix and rng.random() < 0.8 else ""
        if kind == "any":
            kind = rng.choice(
                [
                    "full",
                    "full",
                    "full",
                    "mid",
                    "reversed",
                    "reversed_mid",
                    "initial_last",
                    "caps_last",
                    "last_initials",
                ]
            )
        if kind == "full":
            value = f"{self.given} {self.last}{suffix}"
        elif kind == "mid":
            middle = (
                self.middle if len(self.middle) > 1 else (middle_initial + rng.choice(["", "."]) if self.middle else "")
            )
            value = f"{self.given} {middle} {self.last}{suffix}" if middle else f"{self.given} {self.last}{suffix}"
        elif kind == "reversed":
            value = f"{self.last}{rng.choice([', ', ', ', ',', ' , '])}{self.given}"
        elif kind == "reversed_mid":
            value = f"{self.last}{rng.choice([', ', ', ', ','])}{self.given}{spaced_initial}" + (
                rng.choice(["", "."]) if middle_initial else ""
            )
        elif kind == "caps_reversed":
            value = f"{self.last}{rng.choice([', ', ',', '^', ' '])}{self.given}{spaced_initial}".upper()
        elif kind == "last_initials":
            both = rng.choice(
                [
                    f"{self.initial}.",
                    self.initial,
                    f"{self.initial}{middle_initial}",
                    f"{self.initial}. {middle_initial + '.' if middle_initial else ''}".strip(),
                ]
            )
            value = f"{self.last}{rng.choice([', ', ' ', ','])}{both}"
        elif kind == "married":
            value = f"{self.given} ({self.maiden or self.nick}) {self.last}"
        elif kind == "initial_last":
            value = f"{self.initial}{rng.choice(['. ', ' ', '.'])}{self.last}"
        elif kind == "two_initials_last":
            value = f"{self.initial}. {middle_initial + '. ' if middle_initial else ''}{self.last}"
        elif kind == "given_initial":
            value = f"{self.given} {self.last_initial}" + rng.choice([".", ".", ""])
        elif kind == "last_initial":
            value = f"{self.last_initial}."
        elif kind == "caps_last":
            value = f"{self.given} {self.last.upper()}"
        elif kind == "caps":
            value = f"{self.given} {self.last}".upper()
        elif kind == "initials":
            value = rng.choice(
                [
                    f"{self.initial}{self.last_initial}",
                    f"{self.initial}.{self.last_initial}.",
                    f"{self.initial}.{middle_initial or 'A'}.{self.last_initial}.",
                    f"{self.initial}{middle_initial or 'M'}{self.last_initial}",
                ]
            )
        elif kind == "lower_initials":
            value = f"{self.initial}{middle_initial or 'r'}{self.last_initial}".lower()
        elif kind == "quoted":
            value = f"{self.given} {rng.choice(chr(34) + chr(8220) + chr(40) + chr(39))}"
            closing = {'"': '"', "“": "”", "(": ")", "'": "'"}[value[-1]]
            value = f"{value}{self.nick}{closing} {self.last}"
        elif kind == "maiden":
            if not self.maiden:
                return self.form("full")
            return [
                (f"{self.given} {self.last}", "NAME"),
                (
                    rng.choice([" (née ", " nee ", " (nee ", ", formerly ", " (maiden name ", " fka ", " (maiden: "]),
                    None,
                ),
                (self.maiden, "NAME"),
            ]
        elif kind == "given":
            value = self.given
        elif kind == "last":
            value = self.last
        elif kind == "nick":
            value = self.nick
        else:
            raise ValueError(f"no name form {kind}")
        return [(value, "NAME")]

    def known(self):
        """The forms a hospital's register holds."""
        rng = self.rng
        full = [self.given, self.middle, self.last]
        value = " ".join(part for part in full if part) if rng.random() < 0.5 else f"{self.given} {self.last}"
        return rng.choice([value, value, f"{self.last}, {self.given}", f"{self.last}^{self.given}^{self.middle[:1]}"])


def slug(text):
    """The letters and digits of a name, as addresses and user names have them."""
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum()) or "user"
