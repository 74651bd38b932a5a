"""The record behind one note: its people, places, dates and numbers."""

import datetime

from . import composed, dates, identifiers as ids, places
from .banks import ordinary
from .names import Person, slug, surname
from .slots import SLOTS
from .template import render
from .words import clinical

_DOMAINS = """gmail.com|yahoo.com|hotmail.com|aol.com|outlook.com|icloud.com|comcast.net|verizon.net|msn.com|proton.me|
live.com|
sbcglobal.net|mail.com|att.net|ymail.com""".replace("\n", "").split("|")


_REGISTER = {"mrn": ids.mrn, "ssn": ids.ssn, "plan": ids.health_plan, "acct": ids.account, "csn": ids.other}
_ROLES = set(
    "pt sp wife husband mom dad son daughter kid brother sister friend neighbor dr1 dr2 dr3 dr4 dr5 rn1 rn2 rn3 "
    "staff1 staff2 staff3 any1 any2 any3 any4".split()
)


class Record:
    """Slot values of one note; the same slot of a person or number gives the same thing throughout the note."""

    def __init__(self, rng):
        self.rng = rng
        self.people = {}
        self.facts = {}
        child = rng.random() < 0.12
        old = rng.random() < 0.12
        self.age = rng.randrange(0, 18) if child else rng.randrange(90, 108) if old else rng.randrange(18, 90)
        self.visit = dates.random_day(rng, 2014, 2025)
        self.birth = (
            self.visit.replace(year=self.visit.year - self.age) - datetime.timedelta(days=rng.randrange(1, 360))
            if not (self.visit.month == 2 and self.visit.day == 29)
            else datetime.date(1960, 1, 1)
        )
        self.patient = self.person("pt")
        self.extra_known = []

    # People

    def person(self, role):
        if role not in self.people:
            rng = self.rng
            sex = {
                "wife": "F",
                "mom": "F",
                "daughter": "F",
                "sister": "F",
                "husband": "M",
                "dad": "M",
                "son": "M",
                "brother": "M",
            }.get(role)
            last = None
            if (
                role in ("sp", "wife", "husband", "mom", "dad", "son", "daughter", "kid", "brother", "sister")
                and rng.random() < 0.6
            ):
                last = self.person("pt").last
            if role == "sp":
                sex = "F" if self.person("pt").sex == "M" else "M"
            self.people[role] = Person(rng, sex, last)
        return self.people[role]

    # Numbers that stay the same in a note

    def fact(self, name, make):
        if name not in self.facts:
            self.facts[name] = make(self.rng)
        return self.facts[name]

    def email(self, person, work=False):
        rng = self.rng
        first, last = slug(person.given), slug(person.last)
        user = rng.choice(
            [
                f"{first}.{last}",
                f"{first}{last}",
                f"{first[0]}{last}",
                f"{first}_{last}",
                f"{last}.{first}",
                f"{first}{rng.randrange(1, 99)}",
                f"{last}{first[0]}{rng.randrange(1940, 2009)}",
                f"{first[0]}.{last}",
                f"{last}_{rng.randrange(99)}",
                rng.choice(["sunshine", "grammy", "bigmike", "fishingfan", "soccermom", "nightowl"])
                + str(rng.randrange(1, 999)),
            ]
        )
        if work:
            domain = rng.choice(
                [
                    slug(places.hospital(rng))[:16] + rng.choice([".org", ".com", ".edu", "-health.org"]),
                    "health.state.us",
                    "vamc.gov",
                ]
            )
        else:
            domain = rng.choice(_DOMAINS)
        return f"{user}@{domain}"

    def url(self):
        rng = self.rng
        host = rng.choice(
            [
                slug(places.hospital(rng))[:18],
                slug(surname(rng)) + "family",
                slug(places.city(rng)) + "clinic",
                "mychart",
                "portal",
                "patientgateway",
            ]
        )
        top = rng.choice([".org", ".com", ".net", ".health", ".edu", ".us", ".info"])
        path = rng.choice(
            [
                "",
                "",
                f"/{slug(self.patient.last)}",
                f"/patient/{ids.digits(rng, 6)}",
                "/portal",
                f"/results?id={ids.digits(rng, 5)}",
                f"/u/{slug(self.patient.given)}{rng.randrange(99)}",
                f"/share/{ids.mixed(rng, 8)}",
                "/mychart/login",
                "/intake.html",
            ]
        )
        return rng.choice(["https://", "http://", "https://www.", "www.", "www.", ""]) + host + top + path

    def known(self, rng):
        """What the hospital's register holds of this record, in its canonical forms."""
        out = []

        def put(value, label):
            if value and {"value": value, "label": label} not in out:
                out.append({"value": value, "label": label})

        p = self.patient
        style = rng.randrange(3)
        if style == 0:
            put(f"{p.given} {p.last}", "NAME")
        elif style == 1:
            put(p.given, "NAME"), put(p.last, "NAME")
        else:
            put(" ".join(x for x in (p.given, p.middle, p.last) if x), "NAME")
        if p.nick and rng.random() < 0.3:
            put(p.nick, "NAME")
        put(rng.choice([self.birth.isoformat(), f"{self.birth:%m/%d/%Y}"]), "DATE")
        for name, label, chance in (
            ("mrn", "MRN", 1),
            ("ssn", "SSN", 0.9),
            ("plan", "HEALTH_PLAN", 0.7),
            ("acct", "ACCOUNT", 0.6),
            ("email", "EMAIL", 0.8),
            ("csn", "OTHER_ID", 0.5),
        ):
            # The register holds these whether or not the note tells them.
            if name not in self.facts:
                self.facts[name] = self.email(p) if name == "email" else _REGISTER[name](rng)
            if rng.random() < chance:
                put(self.facts[name], label)
        put("({}) {}-{}".format(*self.facts.setdefault("phone", ids.phone_digits(rng))), "PHONE")
        if rng.random() < 0.9:
            self.rng = rng
            line, town, (code, _), postal = self.address()
            if rng.random() < 0.5:
                put(f"{line}, {town}, {code} {postal}", "LOCATION")
            else:
                put(line, "LOCATION"), put(town, "LOCATION"), put(postal, "LOCATION")
        for role, person in self.people.items():
            if role == "pt":
                continue
            staff = role.startswith(("dr", "rn", "staff"))
            if rng.random() < (0.6 if staff else 0.4):
                put(f"{person.given} {person.last}", "NAME")
        return out

    # Slots

    def value(self, name, argument):
        """The pieces of a slot."""
        handler = SLOTS.get(name)
        if handler is not None:
            return handler(self, argument)
        if name in self.people or name in _ROLES:
            return self.person(name).form(argument or "any")
        if name in clinical.LISTS:
            return [(self.rng.choice(clinical.LISTS[name]), None)]
        if name in clinical.NUMBERS:
            return [(clinical.NUMBERS[name](self.rng), None)]
        if name in ordinary.BANKS:
            # Fixed sentences would be learned by heart, so half of the hard negatives are composed anew.
            if name.startswith("neg") and self.rng.random() < 0.5:
                return render(composed.sentence(self.rng), self, self.rng, keep=False)
            return render(self.rng.choice(ordinary.BANKS[name]), self, self.rng)
        raise KeyError(f"no slot {name}")

    def address(self):
        return self.fact(
            "address",
            lambda rng: (
                places.street(rng) if rng.random() < 0.88 else places.rural(rng),
                places.city(rng).removeprefix("the "),
                places.state(rng),
                places.zip_code(rng),
            ),
        )
