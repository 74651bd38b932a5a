"""Hand-written notes with other people and numbers in them: the wording is what a note teaches, not its names."""
import random
import re
import string

from notegen.words import given, surnames

GIVEN = given.MALE + given.FEMALE
SURNAMES = surnames.ENGLISH + [name for names in surnames.OTHERS.values() for name in names] + surnames.COMPOSED
WORD_NAMES = surnames.WORDS
PARTICLES = set("de la del da do dos van von der den bin al el y e jr sr ii iii iv st mc".split())
# Kinds whose digits and letters mean nothing; those of dates and ages do.
NUMBERS = {"PHONE", "FAX", "SSN", "MRN", "HEALTH_PLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "BIOMETRIC",
           "OTHER_ID", "IP"}
WORD = re.compile(r"[^\W\d_]+")


def cased(name, like):
    if like.isupper() and len(like) > 1:
        return name.upper()
    if like.islower():
        return name.lower()
    return name


class Renaming:
    """One choice of names and digits for one note: the same word becomes the same name."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = {}
        self.values = {}

    def name(self, word):
        if word.lower() in PARTICLES:
            return word
        if len(word) == 1:
            return cased(self.words.setdefault(word.lower(), self.random.choice("ABCDEFGHJKLMNPRSTVW")), word)
        if len(word) <= 3 and word.isupper():
            return "".join(self.random.choice("ABCDEFGHJKLMNPRSTVW") for _ in word)
        key = word.lower()
        if key not in self.words:
            draw = self.random.random()
            names = WORD_NAMES if draw < 0.06 else GIVEN if draw < 0.5 else SURNAMES
            self.words[key] = self.random.choice(names).split()[0]
        return cased(self.words[key], word)

    def value(self, text):
        if text not in self.values:
            self.values[text] = "".join(
                self.random.choice(string.digits) if c.isdigit() else c for c in text)
        return self.values[text]

    def span(self, label, text):
        if label == "NAME":
            return WORD.sub(lambda match: self.name(match.group()), text)
        return self.value(text) if label in NUMBERS else text


def renamed(note, seed):
    """The note with other names and numbers in its spans; offsets follow."""
    renaming = Renaming(seed)
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
