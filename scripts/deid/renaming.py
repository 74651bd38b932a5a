"""Hand-written notes with other people, places and numbers in them: the wording is what a note teaches, not its names."""
import random
import re
import string

from notegen import names, places
from notegen.words import geography, given

PARTICLES = set("de la del da do dos van von der den bin al el y e jr sr ii iii iv st mc".split())
# Kinds whose digits and letters mean nothing; those of dates and ages do.
NUMBERS = {"PHONE", "FAX", "SSN", "MRN", "HEALTH_PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "BIOMETRIC",
           "OTHER_ID", "IP"}
WORD = re.compile(r"[^\W\d_]+")
# What kind of place it is stays: a street, a clinic, a ward.
KINDS_OF_PLACES = set(
    WORD.findall(" ".join(
        [*geography.STREET_TYPES, *geography.STREET_WORDS, *geography.HOSPITAL_TYPES, *geography.NURSING_TYPES,
         *geography.FACILITY_WORDS, *geography.SHORT_KINDS, *geography.TOWN_WORDS, *geography.TOWN_PREFIXES,
         *geography.STATES.values()]).lower())
    + """
    unit apt room bed floor wing ward tower suite box lot space building campus corner lobby office pharmacy lab dock gate
    hwy rte route road county parish state university college school elementary middle high academy church temple mosque
    home house inn motel hotel shelter lodge ranch farm camp park plant mill mine store market mall station airport harbor
    the and near behind above across from past off out side outside upstairs downstairs over under between with
    emergency icu micu sicu nicu picu snf ltac pacu ems clinic north south east west
    """.split())
SPECIALTIES = ("ology", "iatrics", "iatry", "medicine", "surgery", "therapy", "care", "health", "dental", "associates")
GIVEN = {name.lower() for name in given.MALE + given.FEMALE}


def cased(name, like):
    if like.isupper() and len(like) > 1:
        return name.upper()
    if like.islower():
        return name.lower()
    return name


def one_word(name):
    """The word that names."""
    words = WORD.findall(name)
    return max([word for word in words if word.lower() not in KINDS_OF_PLACES] or words, key=len)


class Renaming:
    """One choice of names and digits for one note: the same word becomes the same name."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = {}
        self.values = {}
        # Real places teach too.
        self.moves = self.random.random() < 0.5

    def name(self, word):
        if word.lower() in PARTICLES:
            return word
        if len(word) == 1:
            return cased(self.words.setdefault(word.lower(), self.random.choice("ABCDEFGHJKLMNPRSTVW")), word)
        if len(word) <= 3 and word.isupper():
            return "".join(self.random.choice("ABCDEFGHJKLMNPRSTVW") for _ in word)
        key = word.lower()
        if key not in self.words:
            is_given = self.random.random() < (0.9 if key in GIVEN else 0.15)
            self.words[key] = one_word(
                names.given_name(self.random, self.random.choice("MF")) if is_given else names.surname(self.random))
        return cased(self.words[key], word)

    def place(self, word):
        key = word.lower()
        if key in KINDS_OF_PLACES or key in PARTICLES or key.endswith(SPECIALTIES):
            return word
        if len(word) < 3 or word.islower() and len(word) < 5:
            return word
        if key not in self.words and len(word) <= 4 and word.isupper():
            self.words[key] = "".join(self.random.choice(string.ascii_uppercase) for _ in word)
        if key not in self.words:
            draw = self.random.random()
            self.words[key] = one_word(
                places.city(self.random) if draw < 0.6 else names.surname(self.random) if draw < 0.8
                else self.random.choice(geography.STREET_NAMES))
        return cased(self.words[key], word)

    def value(self, text):
        if text not in self.values:
            self.values[text] = "".join(
                self.random.choice(string.digits) if c.isdigit() else c for c in text)
        return self.values[text]

    def span(self, label, text):
        if label == "NAME":
            return WORD.sub(lambda match: self.name(match.group()), text)
        if label == "LOCATION" and self.moves:
            return self.value(WORD.sub(lambda match: self.place(match.group()), text))
        return self.value(text) if label in NUMBERS else text


def renamed(note, seed):
    """The note with other names, places and numbers in its spans; offsets follow."""
    # Not the same names in the same order in each note.
    renaming = Renaming(f"{note['id']}/{seed}/{note['text'][:80]}")
    marks = sorted([(s["start"], s["end"], s["label"], "spans") for s in note["spans"]]
                   + [(s["start"], s["end"], None, "neutral") for s in note["neutral"]])
    pieces, position, length = [], 0, 0
    out = {"id": f"{note['id']}/{seed}", "spans": [], "neutral": []}
    for start, end, label, where in marks:
        if start < position:
            continue
        plain = note["text"][position:start]
        value = note["text"][start:end]
        if where == "spans":
            value = renaming.span(label, value)
        begin = length + len(plain)
        mark = {"start": begin, "end": begin + len(value)}
        if label:
            mark["label"] = label
        out[where].append(mark)
        pieces += [plain, value]
        length, position = begin + len(value), end
    out["text"] = "".join(pieces) + note["text"][position:]
    return out
