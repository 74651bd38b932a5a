"""One note from its seed: a type or a stream of sentences, identifiers woven in, then noise."""
import random

from . import clinical, composed, cues, headers, narrative, noise, notetypes_hospital, notetypes_jottings, notetypes_office, \
    notetypes_prose, notetypes_queries, phi
from .document import Document
from .record import Record
from .template import render

_TYPES = notetypes_hospital.TEMPLATES + notetypes_office.TEMPLATES + notetypes_prose.TEMPLATES * 2 + notetypes_jottings.TEMPLATES
_THEMES, _THEME_WEIGHTS = list(phi.WEIGHTS), list(phi.WEIGHTS.values())


class Slots(Record):
    """A record whose templates may also ask for whole sentences: `{phi}`, `{phi:people}`, `{clin}`, `{neg}`."""

    def value(self, name, argument):
        if name == "phi":
            pick = self.rng.random()
            if argument is None and pick < 0.3:
                return render(cues.sentence(self.rng), self, self.rng, keep=False)
            if argument is None and pick < 0.5:
                return render(self.rng.choice(narrative.NARRATIVE), self, self.rng)
            theme = argument or self.rng.choices(_THEMES, _THEME_WEIGHTS)[0]
            return render(self.rng.choice(phi.THEMES[theme]), self, self.rng)
        return super().value(name, argument)


def _clinical(slots, rng):
    if rng.random() < 0.25:
        return render(composed.sentence(rng), slots, rng, keep=False)
    bank = rng.choice(["near", "clin", "clin", "clin", "neg", "negname", "negnum", "hist", "plan_", "exam", "meds", "labs", "vitals"])
    return render(rng.choice(clinical.BANKS[bank]), slots, rng)


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
            document.add([("\n" if index else "", None), (composed.header(rng), None), (rng.choice([" ", "\n", " "]), None)])
        document.add(_ended(_sentence(slots, rng, share), rng))


def note(seed, index, carriers=None):
    """The document and the record of note `index` of a seed."""
    rng = random.Random(f"{seed}/{index}")
    slots = Slots(rng)
    document = Document()
    pick = rng.random()
    if pick < 0.07:
        kind = "negative"
        _stream(slots, rng, document, rng.randrange(2, 9), 0)
    elif pick < 0.12:
        kind = "query"
        bank = notetypes_queries.QUESTIONS if rng.random() < 0.6 else notetypes_queries.EVERYDAY
        for index in range(rng.choice([1, 1, 1, 2, 3])):
            document.add(([(" ", None)] if index else []) + render(rng.choice(bank), slots, rng))
    elif carriers and pick < 0.42:
        kind = "carrier"
        carriers.weave(document, slots, rng)
    elif pick < 0.74:
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
