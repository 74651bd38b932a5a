"""The damage that real notes carry: errors of case, typing, wrapping, recognition. Spans move with the text."""

import bisect
import re


_KEYS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "r": "et",
    "t": "ry",
    "s": "ad",
    "l": "k;",
    "d": "sf",
    "m": "n,",
    "c": "xv",
    "h": "gj",
    "u": "yi",
}
_OCR = {
    "l": "1",
    "I": "l",
    "O": "0",
    "0": "O",
    "1": "l",
    "5": "S",
    "rn": "m",
    "m": "rn",
    "e": "c",
    "h": "b",
    "B": "8",
    "cl": "d",
}


def change_case(document, upper):
    """All capitals or all small letters; characters whose other case has another length stay."""

    def convert(c):
        other = c.upper() if upper else c.lower()
        return other if len(other) == 1 else c

    document.text = "".join(map(convert, document.text))


def lower_names(document, rng):
    """Small letters in names and places only, as hurried typists write."""
    text = list(document.text)
    for start, end, label in document.spans:
        if label in ("NAME", "LOCATION", "DATE") and rng.random() < 0.8:
            for k in range(start, end):
                lower = text[k].lower()
                text[k] = lower if len(lower) == 1 else text[k]
    document.text = "".join(text)


def typos(document, rng, rate):
    """Letters swapped, dropped, doubled or hit beside; digits are left alone."""
    edits, text = [], document.text
    for match in re.finditer(r"[A-Za-z]{4,}", text):
        if rng.random() >= rate:
            continue
        start = match.start() + rng.randrange(1, len(match.group()) - 1)
        pick, c = rng.randrange(4), text[start]
        if pick == 0:
            edits.append((start, start + 2, text[start + 1] + c) if start + 2 <= match.end() else (start, start + 1, c))
        elif pick == 1:
            edits.append((start, start + 1, ""))
        elif pick == 2:
            edits.append((start, start + 1, c + c))
        else:
            edits.append((start, start + 1, rng.choice(_KEYS.get(c.lower(), c))))
    _inside_one_span(document, edits)


def ocr(document, rng, rate):
    edits = []
    for match in re.finditer(r"rn|cl|[lIO015mehB]", document.text):
        if rng.random() < rate:
            edits.append((match.start(), match.end(), _OCR[match.group()]))
    _inside_one_span(document, edits)


def _inside_one_span(document, edits):
    """Drops the edits that would cross a span's border."""
    borders = sorted({b for s in document.spans for b in s[:2]})

    kept = []
    for start, end, replacement in edits:
        k = bisect.bisect_right(borders, start)
        if k < len(borders) and borders[k] < end:
            continue
        # A removal must not empty a span.
        if not replacement and any(s <= start and end <= e and e - s <= end - start for s, e, _ in document.spans):
            continue
        kept.append((start, end, replacement))
    document.edit(kept)


def wrap(document, rng, width):
    """Hard line breaks at a width, in names and dates too."""
    edits, column, last_blank = [], 0, -1
    for position, c in enumerate(document.text):
        if c == "\n":
            column, last_blank = 0, -1
            continue
        column += 1
        if c == " ":
            last_blank = position
        if column > width and last_blank >= 0:
            edits.append((last_blank, last_blank + 1, "\n" + (" " * rng.choice([0, 0, 0, 2]))))
            column, last_blank = position - last_blank, -1
    document.edit(edits)


def squeeze(document, rng, rate):
    """Blanks after punctuation lost."""
    edits = []
    for match in re.finditer(r"(?<=[.:,;)]) (?=\w)", document.text):
        if rng.random() < rate:
            edits.append((match.start(), match.end(), ""))
    document.edit(edits)


def stretch(document, rng, rate):
    """Double blanks, tabs and blanks before punctuation."""
    edits = []
    for match in re.finditer(r" |:(?= )", document.text):
        if rng.random() < rate:
            edits.append(
                (match.start(), match.end(), rng.choice(["  ", "   ", "\t"]) if match.group() == " " else " :")
            )
    document.edit(edits)


def title_case(document):
    """Every Word With A Capital, as forms and some recognisers write."""
    document.text = re.sub(r"\b[a-z]", lambda match: match.group().upper(), document.text)


def typography(document, rng):
    """Curly quotes, dashes and blanks that do not break."""
    pick, text = rng.randrange(3), document.text
    if pick == 0:
        document.text = text.replace("'", "’")
    elif pick == 1:
        document.text = re.sub(r"(?<=\d)-(?=\d)", lambda match: rng.choice("‑–-"), text)
    else:
        document.text = re.sub(" ", lambda match: "\u00a0" if rng.random() < 0.05 else " ", text)


def hyphenate(document, rng):
    """Long words parted at the end of a line."""
    edits = []
    for match in re.finditer(r"[A-Za-z]{7,}", document.text):
        if rng.random() < 0.02:
            middle = match.start() + len(match.group()) // 2
            edits.append((middle, middle, "-\n"))
    document.edit(edits)


def spoken(document, rng):
    """Punctuation dictated as words."""
    inside = sorted((s, e) for s, e, _ in document.spans)
    edits = []
    for match in re.finditer(r"[.,:](?=\s|$)", document.text):
        if any(s <= match.start() < e for s, e in inside):
            continue
        if rng.random() < 0.7:
            edits.append((match.start(), match.end(), {".": " period", ",": " comma", ":": " colon"}[match.group()]))
    document.edit(edits)


_ABBREVIATIONS = {
    "patient": "pt",
    "Patient": "Pt",
    "with": "w/",
    "without": "w/o",
    "history of": "h/o",
    "years": "yrs",
    "follow up": "f/u",
    "complains of": "c/o",
    "right": "R",
    "left": "L",
    "before": "prior to",
    "and": "&",
    "discharged": "d/c'd",
    "admitted": "adm",
    "daughter": "dtr",
    "husband": "husb",
    "Emergency contact": "EC",
    "because": "b/c",
    "status post": "s/p",
    "mother": "mom",
    "seen": "seen",
    "about": "re:",
    "doctor": "MD",
}
_ABBREVIATION = re.compile(r"\b(" + "|".join(map(re.escape, _ABBREVIATIONS)) + r")\b")


def abbreviate(document, rng):
    spans = document.spans
    edits = []
    for match in _ABBREVIATION.finditer(document.text):
        if rng.random() < 0.5 and not any(s < match.end() and match.start() < e for s, e, _ in spans):
            edits.append((match.start(), match.end(), _ABBREVIATIONS[match.group()]))
    document.edit(edits)


_BOILERPLATE = [
    "***",
    "@NAME@",
    "[redacted line]",
    "&nbsp;",
    "<br>",
    "\\.br\\",
    "____",
    "~~~",
    "...",
    "<p>",
    "</p>",
    "----------",
    "[x]",
    "[ ]",
    "•",
    "»",
    "¶",
    "{{}}",
]


def litter(document, rng):
    """Template and markup remains between lines."""
    edits = []
    for match in re.finditer(r"\n", document.text):
        if rng.random() < 0.2 and not any(s < match.start() < e for s, e, _ in document.spans):
            edits.append((match.start(), match.end(), f"\n{rng.choice(_BOILERPLATE)}{rng.choice([' ', chr(10)])}"))
    document.edit(edits)


def apply(document, rng):
    """A random mix of the above; about half of the notes stay as they are."""
    if rng.random() < 0.2:
        abbreviate(document, rng)
    if rng.random() < 0.04:
        spoken(document, rng)
    if rng.random() < 0.08:
        litter(document, rng)
    if rng.random() < 0.10:
        typos(document, rng, rng.choice([0.02, 0.05]))
    if rng.random() < 0.03:
        ocr(document, rng, 0.02)
    if rng.random() < 0.12:
        squeeze(document, rng, rng.choice([0.1, 0.3, 0.9]))
    if rng.random() < 0.08:
        stretch(document, rng, rng.choice([0.03, 0.1]))
    if rng.random() < 0.08:
        wrap(document, rng, rng.choice([40, 60, 72, 80]))
    if rng.random() < 0.02:
        hyphenate(document, rng)
    if rng.random() < 0.10:
        typography(document, rng)
    pick = rng.random()
    if pick < 0.06:
        change_case(document, True)
    elif pick < 0.12:
        change_case(document, False)
    elif pick < 0.17:
        lower_names(document, rng)
    elif pick < 0.19:
        title_case(document)
    document.trim()
