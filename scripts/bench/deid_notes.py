"""Reads the hand-written notes of Tests/DeidentificationTests/Notes, and looks for a patient in what came out.

A note is a text file: optional lines `known: LABEL=value; …` (what a registration system holds of the patient) and
`known-other: …` (relatives, the treating clinician), a line `---`, then the text with its marks:

  [[NAME|Ana Quux]]   an identifier, by the labels of the scheme
  [[~|68-year-old]]   neutral: permitted by Safe Harbor, or not decidable (ages up to 89, years, states, titles, firms)
  [[!|Parkinson]]     a hard negative: ordinary text that looks like an identifier
"""
import os
import re
import unicodedata

LABELS = ("NAME DATE AGE_OVER_89 LOCATION PHONE FAX EMAIL SSN MRN HEALTH_PLAN ACCOUNT LICENSE VEHICLE DEVICE URL IP "
          "BIOMETRIC OTHER_ID").split()
MARK = re.compile(r"\[\[([A-Z_0-9]+|~|!)\|(.*?)\]\]", re.S)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class BadNote(Exception):
    """A note that can't be read; the message names the file and what to mend."""


def parse_known(line, name):
    found = []
    for item in line.split(";"):
        label, separator, value = item.strip().partition("=")
        if not separator or label not in LABELS or not value.strip():
            raise BadNote(f"{name}: write known identifiers as LABEL=value; …, not “{item.strip()}”.")
        found.append({"value": value.strip(), "label": label})
    return found


def parse(name, content):
    """One note as {"id", "text", "spans", "neutral", "hard", "own", "known"}; offsets count Unicode scalars."""
    head, separator, body = ("\n" + content).partition("\n---\n")
    if not separator:
        raise BadNote(f"{name}: a line with --- has to stand before the text.")
    own, other = [], []
    for line in head.strip().splitlines():
        kind, _, rest = line.partition(":")
        if kind not in ("known", "known-other"):
            raise BadNote(f"{name}: “{kind}:” before the --- is neither known: nor known-other:.")
        (own if kind == "known" else other).extend(parse_known(rest, name))
    note = {"id": name, "spans": [], "neutral": [], "hard": [], "own": own, "known": own + other}
    pieces, length, last = [], 0, 0
    body = body.removesuffix("\n")
    for mark in MARK.finditer(body):
        kind, value = mark.groups()
        if kind not in LABELS and kind not in "~!":
            raise BadNote(f"{name}: {kind} is no label of the scheme.")
        plain = body[last:mark.start()]
        start = length + len(plain)
        length, last = start + len(value), mark.end()
        pieces += [plain, value]
        where = {"~": "neutral", "!": "hard"}.get(kind, "spans")
        note[where].append({"start": start, "end": length, "label": kind})
    note["text"] = "".join(pieces) + body[last:]
    if "[[" in note["text"] or "]]" in note["text"]:
        raise BadNote(f"{name}: a mark is not closed, or stands inside another.")
    return note


def load(folder):
    """The notes of a folder, in order of their names."""
    notes = []
    for file in sorted(os.listdir(folder)):
        if file.endswith(".txt"):
            with open(os.path.join(folder, file), encoding="utf-8") as stream:
                notes.append(parse(file.removesuffix(".txt"), stream.read()))
    return notes


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words(text):
    return re.findall(r"[^\W\d_]+", folded(text))


def outside_spans(note):
    """The text of a note with a blank for every character of an identifier."""
    text = list(note["text"])
    for span in note["spans"]:
        text[span["start"]:span["end"]] = " " * (span["end"] - span["start"])
    return "".join(text)


def dates(text):
    """Every (year, month, day) that a text may spell in digits or with a month's name, two-digit years both ways."""
    found = set()

    def add(year, month, day):
        if len(year) == 2:
            found.update({(1900 + int(year), int(month), int(day)), (2000 + int(year), int(month), int(day))})
        else:
            found.add((int(year), int(month), int(day)))

    low = folded(text)
    for a, b, c in re.findall(r"(?<!\d)(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?!\d)", low):
        add(c, a, b), add(c, b, a)
    for year, month, day in re.findall(r"(?<!\d)(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)", low):
        add(year, month, day)
    for a, b, year in re.findall(r"(?<!\d)(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)", low):
        add(year, a, b)
    month = "(" + "|".join(MONTHS) + r")[a-z]*\.?"
    for name, day, year in re.findall(month + r"[ \-]+(\d{1,2})(?:st|nd|rd|th)?,?[ \-]+'?(\d{4}|\d{2})(?!\d)", low):
        add(year, 1 + MONTHS.index(name), day)
    for day, name, year in re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ \-]*" + month + r",?[ \-]*'?(\d{4}|\d{2})(?!\d)",
                                      low):
        add(year, 1 + MONTHS.index(name), day)
    return found


def own_identifiers_left(note, output):
    """The labels of the patient's own listed name, record number, birth date, SSN and phone that the output shows.

    A part of the name counts when the output has it more often than the note has it as an ordinary word.
    """
    left = []
    outside = outside_spans(note)
    squeezed = re.sub(r"[^0-9a-z]", "", folded(output))
    digits = re.sub(r"[\s().\-/]", "", output)
    for item in note["own"]:
        label, value = item["label"], item["value"]
        if label == "NAME":
            shown, ordinary = words(output), words(outside)
            # "Baby Girl Quux": what registration writes for a newborn is no name.
            parts = [w for w in words(value) if len(w) > 2 and w not in ("baby", "boy", "girl")]
            if any(shown.count(part) > ordinary.count(part) for part in parts):
                left.append(label)
        elif label == "DATE":
            year, month, day = (int(part) for part in value.split("-"))
            if (year, month, day) in dates(output) - dates(outside):
                left.append(label)
        elif label == "MRN":
            code = re.sub(r"[^0-9a-z]", "", folded(value))
            if len(code) > 4 and code in squeezed:
                left.append(label)
        elif label in ("SSN", "PHONE"):
            code = re.sub(r"\D", "", value)
            if code and code in digits:
                left.append(label)
    return left
