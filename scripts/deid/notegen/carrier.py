"""Clinical text of others into which identifiers are woven. It is read when asked for and never stored here."""

import json
import os
import re

from .banks import headers
from .template import render
from .words import geography, given, surnames

#: A sentence with one of these may hold an identifier that nobody has marked, so it is not used.
_SUSPECT = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:19|20)\d\d\b|\b[A-Z]\.\s?[A-Z]\.|\[|\]|\d{5,}|\d{3}-\d{4}|#\s?\d|@|"
    r"\b[89]\d-year|\b9\d (?:years|y)|\b1[01]\d[- ]year|"
    r"\b[A-Z][a-z]+, [A-Z][a-z]+|(?:Mr|Mrs|Ms|Dr|St)\.?\s*$"
)
#: The same whatever the case.
_SUSPECT_WORDS = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|march|april|apr|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|"
    r"thanksgiving|easter|mr|mrs|ms|miss|dr|drs|doctor [a-z]+|nurse|prof|x{2,}[a-z]*|abcd?|xyz|doe|hospital|clinic|"
    r"center|university|county|street|avenue|school|church|medical group|institute|"
    r"www|http|m\.?d|d\.o|rn|np|named?|carolina|dakota|virginia|mexico|york|jersey|valley|springs|beach|city|town|"
    r"cvs|walgreens|walmart|kaiser|lives in|from [A-Z]\w+ in|"
    r"born (?:and|in)|works? (?:at|for)|working (?:at|for|in)|retired from|records from|transferred to [A-Z])\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_ORDINARY = frozenset(
    """The A An This That These There She He It They We You I In On At Of For With And But If When \
After Before During Patient Her His Will No Not
Then As Also Please Review History Right Left Blood May Mark Grant Young Long Rose Early Mass Price Grace Hope Day \
Case Best Good Small Short Little Law Cross Field
Art Bill Rob Sue Pat Gene Dawn Joy Iris Chase Frank Ray Jack Will Drew Clay Dean Guy Hand Foot Head Neck Back Hip \
Skin Eye White Black Brown Green Gray Stone Sand""".split()
)


def _names():
    words = set(given.MALE) | set(given.FEMALE) | set(surnames.ENGLISH)
    for names in surnames.OTHERS.values():
        words |= {part for name in names for part in name.split()}
    words |= {part for city in geography.CITIES for part in city.split() if part[0].isupper()}
    return {word for word in words if len(word) > 2} - _ORDINARY


class Carriers:
    """Paragraphs of clinical text that seem to hold no identifiers."""

    def __init__(self, paths):
        files = []
        for path in paths:
            files += (
                sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".jsonl"))
                if os.path.isdir(path)
                else [path]
            )
        names, self.files = _names(), []
        for path in files:
            paragraphs = []
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    self._take(json.loads(line).get("text", ""), names, paragraphs)
            if paragraphs:
                self.files.append(paragraphs)
        if not self.files:
            raise SystemExit("The carrier files hold no usable paragraph in a `text` field.")

    @staticmethod
    def _take(text, names, paragraphs):
        for paragraph in text.split("\n"):
            kept = []
            for sentence in re.split(
                r"(?<=[.!?])(?<!Mr\.)(?<!Dr\.)(?<!Ms\.)(?<!Mrs\.)(?<!St\.)\s+(?=[A-Z])", paragraph
            ):
                if (
                    sentence
                    and not _SUSPECT.search(sentence)
                    and not _SUSPECT_WORDS.search(sentence)
                    and not any(word in names for word in _WORD.findall(sentence))
                ):
                    kept.append(sentence)
            joined = " ".join(kept)
            if 25 < len(joined) < 1500:
                paragraphs.append(kept)

    def weave(self, document, slots, rng):
        """A few neighbouring paragraphs with sentences of identifiers between theirs, and the patient named."""
        if rng.random() < 0.6:
            document.add(render(rng.choice(headers.HEADERS), slots, rng) + [("\n", None)])
        # A file of scans with many short lines must not crowd out one of long paragraphs: each file counts the same,
        # but one of long paragraphs is preferred.
        weights = [sum(len(" ".join(p)) for p in file[:500]) / min(len(file), 500) for file in self.files]
        paragraphs = rng.choices(self.files, weights)[0]
        start = rng.randrange(len(paragraphs))
        share = rng.choice([0.05, 0.15, 0.3])
        size = 0
        for sentences in paragraphs[start : start + rng.randrange(1, 9)]:
            line = []
            for sentence in sentences:
                size += len(sentence)
                line += self._named(sentence, slots, rng) + [(" ", None)]
                if rng.random() < share:
                    pieces = slots.value("phi", None)
                    line += pieces + [(" " if pieces[-1][0][-1:] in ".!?" else ". ", None)]
            document.add(line[:-1] + [("\n", None)])
            if size > 1500:
                break
        document.add(slots.value("phi", None))
        if rng.random() < 0.5:
            document.add([("\n", None)] + render(rng.choice(headers.FOOTERS), slots, rng))

    @staticmethod
    def _named(sentence, slots, rng):
        """`The patient` becomes the patient's name in some sentences, and a date or doctor is set in others."""
        if sentence.startswith(("The patient ", "Patient ", "The Patient ", "Pt ")) and rng.random() < 0.5:
            rest = sentence.split("atient ", 1)[1] if "atient " in sentence else sentence[3:]
            form = rng.choice(
                [
                    "{mr} {pt:last} ",
                    "{mr} {pt:last} ",
                    "{pt:given} ",
                    "{pt:full} ",
                    "{mr} {pt:last_initial} ",
                    "{pt:initials} ",
                ]
            )
            return render(form, slots, rng) + [(rest, None)]
        if rng.random() < 0.06 and sentence.endswith("."):
            return [(sentence[:-1], None)] + render(
                rng.choice(
                    [
                        " on {date}.",
                        " ({date:slash}).",
                        " by Dr. {dr2:last}.",
                        " per Dr. {dr3:last}.",
                        " at {hosp:other}.",
                        ", per {rel} {any1:given}.",
                        " since {date:month_year}.",
                        " with {any1:full}.",
                        " in {town:other}.",
                    ]
                ),
                slots,
                rng,
            )
        return [(sentence, None)]
