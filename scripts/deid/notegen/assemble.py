"""One note from its seed: a type or a stream of sentences, identifiers woven in, then noise."""

import random

from . import composed, noise, shorthand
from .banks import (
    cues,
    headers,
    hospital,
    jottings,
    narrative,
    office,
    ordinary,
    prose,
    queries,
    systems,
    terse,
    themes,
)
from .document import Document
from .record import Record
from .template import render

_TYPES = hospital.TEMPLATES + office.TEMPLATES + prose.TEMPLATES * 2 + jottings.TEMPLATES + systems.TEMPLATES
_THEMES, _THEME_WEIGHTS = list(themes.WEIGHTS), list(themes.WEIGHTS.values())


class Slots(Record):
    """A record whose templates may also ask for whole sentences: `{phi}`, `{phi:people}`, `{clin}`, `{neg}`."""

    def value(self, name, argument):
        if name == "phi":
            pick = self.rng.random()
            if argument is None and pick < 0.1:
                return render(self.rng.choice(terse.TERSE), self, self.rng)
            if argument is None and pick < 0.35:
                return render(cues.sentence(self.rng), self, self.rng, keep=False)
            if argument is None and pick < 0.55:
                return render(self.rng.choice(narrative.NARRATIVE), self, self.rng)
            theme = argument or self.rng.choices(_THEMES, _THEME_WEIGHTS)[0]
            return render(self.rng.choice(themes.THEMES[theme]), self, self.rng)
        return super().value(name, argument)


def _clinical(slots, rng):
    pick = rng.random()
    if pick < 0.06:
        return render(rng.choice(terse.TERSE_NEGATIVE), slots, rng)
    if pick < 0.16:
        return [(shorthand.sentence(rng), None)]
    if pick < 0.34:
        return render(composed.sentence(rng), slots, rng, keep=False)
    bank = rng.choice(
        ["near", "clin", "clin", "clin", "neg", "negname", "negnum", "hist", "plan_", "exam", "meds", "labs", "vitals"]
    )
    return render(rng.choice(ordinary.BANKS[bank]), slots, rng)


def _sentence(slots, rng, share):
    return slots.value("phi", None) if rng.random() < share else _clinical(slots, rng)


def _ended(pieces, rng):
    """The sentence with a full stop, mostly."""
    if pieces and pieces[-1][0][-1:] not in ".!?:;\n" and rng.random() < 0.75:
        return pieces + [(".", None)]
    return pieces


def _stream(slots, rng, document, count, share):
    glue = rng.choice([" ", " ", "\n", "\n", "; ", " - ", "\n- ", "\n\n", "  "])
    headed = rng.random() < 0.35
    for index in range(count):
        if index:
            document.add([(rng.choice([" ", "\n"]) if rng.random() < 0.15 else glue, None)])
        if headed and rng.random() < 0.4:
            document.add(
                [("\n" if index else "", None), (composed.header(rng), None), (rng.choice([" ", "\n", " "]), None)]
            )
        document.add(_ended(_sentence(slots, rng, share), rng))


def _shorthand(slots, rng, document):
    """A note of fragments, mostly without capitals, full stops or announcements."""
    glue = rng.choice([". ", ", ", " ", "\n", "; ", " / ", " - ", ".  "])
    if rng.random() < 0.6:
        document.add(
            render(
                rng.choice(
                    [
                        "{pt:reversed} {agesex} {mrn}",
                        "{pt:full} {agesex}",
                        "{pt:caps_reversed} {mrn}",
                        "{pt:last} {room}",
                        "{date:partial} {pt:last} {agesex}",
                        "{pt:full}, {dob:slash}",
                        "{pt:last}, {pt:initial_last}",
                        "{visit:clock} {pt:last}",
                        "Pt: {pt:caps_reversed}",
                        "Re: {pt:full}",
                        "Resident: {pt:reversed}",
                        "{pt:quoted} {agesex}",
                        "{pt:initials} {agesex}",
                        "{pt:caps_reversed},{agesex}",
                    ]
                ),
                slots,
                rng,
            )
            + [(rng.choice([" ", "\n", ". "]), None)]
        )
    share = rng.choice([0.3, 0.45, 0.6])
    for index in range(rng.randrange(4, 16)):
        if index:
            document.add([(glue if rng.random() < 0.85 else rng.choice([". ", "\n", " "]), None)])
        pick = rng.random()
        if pick < share:
            document.add(render(rng.choice(terse.TERSE), slots, rng))
        elif pick < share + 0.15 * (1 - share):
            document.add(render(rng.choice(terse.TERSE_NEGATIVE), slots, rng))
        elif pick < share + 0.7 * (1 - share):
            document.add([(shorthand.sentence(rng), None)])
        else:
            document.add(_clinical(slots, rng))
    if rng.random() < 0.3:
        document.add([("\n", None)] + render(rng.choice(headers.FOOTERS), slots, rng))


def note(seed, index, carriers=None):
    """The document and the record of note `index` of a seed."""
    rng = random.Random(f"{seed}/{index}")
    slots = Slots(rng)
    document = Document()
    pick = rng.random()
    if pick < 0.07:
        kind = "negative"
        if rng.random() < 0.3:
            glue = rng.choice([". ", "\n", ", ", "; "])
            for index in range(rng.randrange(2, 9)):
                document.add([(glue if index else "", None), (shorthand.sentence(rng), None)])
        else:
            _stream(slots, rng, document, rng.randrange(2, 9), 0)
    elif pick < 0.12:
        kind = "query"
        bank = queries.QUESTIONS if rng.random() < 0.6 else queries.EVERYDAY
        for index in range(rng.choice([1, 1, 1, 2, 3])):
            document.add(([(" ", None)] if index else []) + render(rng.choice(bank), slots, rng))
    elif pick < 0.26:
        kind = "shorthand"
        _shorthand(slots, rng, document)
    elif carriers and pick < 0.48:
        kind = "carrier"
        carriers.weave(document, slots, rng)
    elif pick < 0.78:
        kind = "type"
        if rng.random() < 0.55:
            document.add(render(rng.choice(headers.HEADERS), slots, rng) + [(rng.choice(["\n", "\n\n", "\n"]), None)])
        document.add(render(rng.choice(_TYPES), slots, rng))
        while rng.random() < 0.45:
            document.add([(rng.choice([" ", "\n"]), None)] + _ended(_sentence(slots, rng, 0.6), rng))
        if rng.random() < 0.4:
            document.add([("\n", None)] + render(rng.choice(headers.FOOTERS), slots, rng))
    else:
        kind = "stream"
        if rng.random() < 0.3:
            document.add(render(rng.choice(headers.HEADERS), slots, rng) + [("\n", None)])
        _stream(slots, rng, document, rng.randrange(2, 14), rng.choice([0.3, 0.5, 0.7]))
        if rng.random() < 0.25:
            document.add([("\n", None)] + render(rng.choice(headers.FOOTERS), slots, rng))
    document.finish()
    document.trim()
    if kind != "negative" or rng.random() < 0.5:
        noise.apply(document, rng)
    return document, slots, kind
