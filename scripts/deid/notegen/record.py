"""The record behind one note: its people, places, dates and numbers, and the values of the template's slots."""
import datetime

from . import clinical, composed, dates, identifiers as ids, lists_places, places
from .names import Person, surname
from .template import render

_CREDENTIALS = """MD|MD|MD|M.D.|DO|D.O.|RN|RN|NP|PA-C|PA|FNP-C|DNP|CRNA|LCSW|LMSW|PhD|PsyD|PharmD|DPT|PT|OTR/L|CCC-SLP|RD|LPN|
CNM|DDS|DMD|DPM|MBBS|MD, FACS|MD, PhD|MD MPH|BSN, RN|MA|CMA|RT(R)|RRT|CNA|MSW""".replace("\n", "").split("|")
_DOMAINS = """gmail.com|yahoo.com|hotmail.com|aol.com|outlook.com|icloud.com|comcast.net|verizon.net|msn.com|proton.me|live.com|
sbcglobal.net|mail.com|att.net|ymail.com""".replace("\n", "").split("|")


def _slug(text):
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum()) or "user"


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
        self.birth = self.visit.replace(year=self.visit.year - self.age) - datetime.timedelta(days=rng.randrange(1, 360)) \
            if not (self.visit.month == 2 and self.visit.day == 29) else datetime.date(1960, 1, 1)
        self.patient = self.person("pt")
        self.extra_known = []

    # People

    def person(self, role):
        if role not in self.people:
            rng = self.rng
            sex = {"wife": "F", "mom": "F", "daughter": "F", "sister": "F", "husband": "M", "dad": "M", "son": "M",
                   "brother": "M"}.get(role)
            last = None
            if role in ("sp", "wife", "husband", "mom", "dad", "son", "daughter", "kid", "brother", "sister") and rng.random() < 0.6:
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
        first, last = _slug(person.given), _slug(person.last)
        user = rng.choice([f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{first}_{last}", f"{last}.{first}", f"{first}{rng.randrange(1, 99)}",
                           f"{last}{first[0]}{rng.randrange(1940, 2009)}", f"{first[0]}.{last}", f"{last}_{rng.randrange(99)}",
                           rng.choice(["sunshine", "grammy", "bigmike", "fishingfan", "soccermom", "nightowl"]) + str(rng.randrange(1, 999))])
        if work:
            domain = rng.choice([_slug(places.hospital(rng))[:16] + rng.choice([".org", ".com", ".edu", "-health.org"]), "health.state.us", "vamc.gov"])
        else:
            domain = rng.choice(_DOMAINS)
        return f"{user}@{domain}"

    def url(self):
        rng = self.rng
        host = rng.choice([_slug(places.hospital(rng))[:18], _slug(surname(rng)) + "family", _slug(places.city(rng)) + "clinic", "mychart", "portal", "patientgateway"])
        top = rng.choice([".org", ".com", ".net", ".health", ".edu", ".us", ".info"])
        path = rng.choice(["", "", f"/{_slug(self.patient.last)}", f"/patient/{ids.digits(rng, 6)}", "/portal", f"/results?id={ids.digits(rng, 5)}",
                           f"/u/{_slug(self.patient.given)}{rng.randrange(99)}", f"/share/{ids.mixed(rng, 8)}", "/mychart/login", "/intake.html"])
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
        for name, label, chance in (("mrn", "MRN", 1), ("ssn", "SSN", 0.9), ("plan", "HEALTH_PLAN", 0.7), ("acct", "ACCOUNT", 0.6),
                                    ("email", "EMAIL", 0.8), ("csn", "OTHER_ID", 0.5)):
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
        handler = _SLOTS.get(name)
        if handler is not None:
            return handler(self, argument)
        if name in self.people or name in _ROLES:
            return self.person(name).form(argument or "any")
        if name in clinical.LISTS:
            return [(self.rng.choice(clinical.LISTS[name]), None)]
        if name in clinical.NUMBERS:
            return [(clinical.NUMBERS[name](self.rng), None)]
        if name in clinical.BANKS:
            # Fixed sentences would be learned by heart, so half of the hard negatives are composed anew.
            if name.startswith("neg") and self.rng.random() < 0.5:
                return render(composed.sentence(self.rng), self, self.rng, keep=False)
            return render(self.rng.choice(clinical.BANKS[name]), self, self.rng)
        raise KeyError(f"no slot {name}")

    def address(self):
        return self.fact("address", lambda rng: (places.street(rng) if rng.random() < 0.88 else places.rural(rng), places.city(rng).removeprefix("the "),
                                                 places.state(rng), places.zip_code(rng)))


_REGISTER = {"mrn": ids.mrn, "ssn": ids.ssn, "plan": ids.health_plan, "acct": ids.account, "csn": ids.other}
_ROLES = set("pt sp wife husband mom dad son daughter kid brother sister friend neighbor dr1 dr2 dr3 dr4 dr5 rn1 rn2 rn3 staff1 staff2 staff3 any1 any2 any3 any4"
             .split())


def _age(r, argument):
    if argument == "words":
        if r.age >= 90:
            return [(dates.age_words(r.age), "AGE_OVER_89")]
    return [(str(r.age), "AGE_OVER_89" if r.age >= 90 else "NEUTRAL")]


def _age_phrase(r, argument):
    rng, old = r.rng, r.age >= 90
    label = "AGE_OVER_89" if old else "NEUTRAL"
    number = str(r.age)
    if old and rng.random() < 0.2:
        return [(dates.age_words(r.age), label), (rng.choice(["-year-old", " year old", " years old"]), None)]
    if not old and r.age < 2:
        return [(f"{rng.randrange(1, 23)}-{rng.choice(['month', 'week'])}-old", None)]
    unit = rng.choice(["-year-old", "-year-old", " year old", " y/o", "yo", " yo", "y/o", " y.o.", "-yo", " yr old", " yrs old", "-y-o", "y", "YO", " Y/O"])
    return [(number, label), (unit, "NEUTRAL" if unit[0].isalpha() else None)]


def _any_age(r, argument):
    """Somebody else's age."""
    age = r.rng.randrange(90, 107) if r.rng.random() < 0.3 else r.rng.randrange(20, 90)
    if argument == "old":
        age = r.rng.randrange(90, 107)
    if age >= 90 and r.rng.random() < 0.25:
        return [(dates.age_words(age), "AGE_OVER_89")]
    return [(str(age), "AGE_OVER_89" if age >= 90 else "NEUTRAL")]


def _birth(r, argument):
    rng = r.rng
    if argument:
        return dates.pieces(r.birth, rng, argument)
    return [((dates.numeric if rng.random() < 0.75 else dates.written)(r.birth, rng), "DATE")]


def _visit(r, argument):
    shift = {"adm": -r.rng.randrange(1, 9)}.get(argument, 0)
    return dates.pieces(r.visit + datetime.timedelta(days=shift), r.rng, argument if argument and argument != "adm" else r.rng.choice(
        ["numeric", "numeric", "numeric", "written", "clock", "stamp" if r.rng.random() < 0.2 else "numeric"]))


def _date(r, argument):
    day = r.visit + datetime.timedelta(days=r.rng.choice([r.rng.randrange(-900, 60), r.rng.randrange(-60, 30), r.rng.randrange(-7000, 0)]))
    return dates.pieces(day, r.rng, argument or "any")


def _phone(r, argument):
    rng = r.rng
    if argument == "other":
        return [(ids.phone(rng), "PHONE")]
    if argument == "fax":
        return [(ids.phone_form(ids.phone_digits(rng), rng), "FAX")]
    if argument == "pager":
        return [(ids.one(rng, "9999|99999|x99999|999-9999|p99999|#9999|999-999-9999|(999) 999-9999|9-9999"), "PHONE")]
    if argument == "ext":
        return [(ids.one(rng, "9999|99999|x9999|9-9999|999|4-9999"), "PHONE")]
    return [(ids.phone_form(r.fact("phone", ids.phone_digits), rng), "PHONE")]


def _mrn(r, argument):
    value = r.fact("mrn", ids.mrn)
    if r.rng.random() < 0.12 and value.isdigit() and len(value) > 5:
        value = r.rng.choice([value.lstrip("0") or value, f"{value[:3]}-{value[3:]}", f"{value[:3]} {value[3:]}"])
    return [(value, "MRN")]


def _ssn(r, argument):
    value = r.fact("ssn", ids.ssn)
    if argument == "last4":
        return [(value[-4:], "SSN")]
    return [(ids.ssn_form(value, r.rng), "SSN")]


def _email(r, argument):
    rng = r.rng
    person = r.patient if not argument else r.person(argument)
    value = r.fact("email", lambda _: r.email(person)) if not argument else r.email(person, argument.startswith(("dr", "rn", "staff")))
    if rng.random() < 0.06:
        user, _, domain = value.partition("@")
        return [(f"{user} at {domain.replace('.', ' dot ')}", "EMAIL")]
    if rng.random() < 0.05:
        value = value.upper()
    return [(value, "EMAIL")]


def _address(r, argument):
    """A whole address: one span while it stays on a line, one span a line otherwise."""
    rng = r.rng
    line, town, (code, long), postal = r.address()
    if argument == "other":
        line, town, (code, long), postal = places.street(rng), places.city(rng).removeprefix("the "), places.state(rng), places.zip_code(rng)
        if rng.random() < 0.1:
            return [(places.foreign(rng), "LOCATION")]
    if argument == "lines":
        return [(line, "LOCATION"), ("\n", None), (f"{town}, {code} {postal}", "LOCATION")]
    form = rng.randrange(7)
    if form < 4:
        return [(f"{line}, {town}, {code} {postal}", "LOCATION")]
    if form == 4:
        return [(f"{line}, {town}{rng.choice([', ', ' '])}{rng.choice([code, long])}", "LOCATION")]
    if form == 5:
        return [(f"{line}{rng.choice([' ', ', '])}{town} {code}{rng.choice([' ', ', ', '  '])}{postal}", "LOCATION")]
    return [(f"{line}, {town}", "LOCATION")]


def _town(r, argument):
    rng = r.rng
    town, (code, long) = (places.city(rng), places.state(rng)) if argument == "other" or rng.random() < 0.5 else r.address()[1:3]
    pick = rng.random()
    if pick < 0.55:
        return [(town, "LOCATION")]
    return [(f"{town}, {rng.choice([code, code, long])}", "LOCATION")]


def _simple(make, label):
    return lambda r, argument: [(make(r.rng), label)]


def _kept(name, make, label):
    return lambda r, argument: [(r.fact(name, make), label)]


def _hospital(r, argument):
    if argument == "other":
        return [(places.hospital(r.rng), "LOCATION")]
    value = r.fact("hospital", places.hospital)
    return [(value.upper() if argument == "caps" else value, "LOCATION")]


def _user(r, argument):
    person = r.person(argument or "staff1")
    rng = r.rng
    return [(rng.choice([f"{_slug(person.given)[0]}{_slug(person.last)[:7]}{rng.choice(['', '1', '02'])}", f"{ids.letters(rng, 3)}{ids.digits(rng, 4)}",
                         f"{_slug(person.last)[:5]}{_slug(person.given)[0]}"]), "OTHER_ID")]


def _he(word):
    return lambda r, argument: [(getattr(r.person(argument or "pt"), word.lower()).capitalize() if word[0].isupper() else
                                 getattr(r.person(argument or "pt"), word), None)]


def _ip(r, argument):
    tail = r.rng.choice([":80", ":443", ":8080", "/24", "/32"]) if r.rng.random() < 0.1 else ""
    value = ids.ip(r.rng)
    return [(value, "IP"), (tail if ":" not in value else "", "NEUTRAL")]


def _file_name(r, argument):
    rng = r.rng
    return [(rng.choice([f"IMG_{ids.digits(rng, 4)}.{rng.choice(['jpg', 'JPG', 'HEIC'])}", f"{_slug(r.patient.last)}_{r.visit:%Y%m%d}_wound.jpg", f"photo_{ids.digits(rng, 6)}.png",
                         f"DSC0{ids.digits(rng, 4)}.jpg", f"facial_{r.patient.initial}{r.patient.last_initial}_{ids.digits(rng, 3)}.jpeg", f"face-{ids.digits(rng, 5)}.tif"]), "OTHER_ID")]


_SLOTS = {
    "newdrug": lambda r, a: [(composed.drug(r.rng), None)],
    "nineties": lambda r, a: [(r.rng.choice(["nonagenarian", "centenarian", "nonagenarian"] if a else
                                            ["90s", "nineties", "90's", "mid 90s", "early 90s", "late nineties"]), "AGE_OVER_89")],
    "month": _simple(lambda rng: rng.choice(dates.MONTHS + ["Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"]), "DATE"),
    "dow": _simple(lambda rng: rng.choice(dates.DAYS + ["Mon", "Tues", "Wed", "Thurs", "Fri"]), "NEUTRAL"),
    "age": _age, "aged": _age_phrase, "anyage": _any_age, "dob": _birth, "visit": _visit, "date": _date,
    "phone": _phone, "fax": lambda r, a: _phone(r, "fax"), "mrn": _mrn, "ssn": _ssn, "email": _email, "addr": _address, "town": _town,
    "holiday": _simple(dates.holiday, "DATE"), "year": _simple(lambda rng: str(rng.randrange(1962, 2025)), "NEUTRAL"),
    "street": lambda r, a: [(places.street(r.rng) if a == "other" else r.address()[0], "LOCATION")],
    "rural": _simple(places.rural, "LOCATION"), "foreign": _simple(places.foreign, "LOCATION"),
    "zip": lambda r, a: [(r.address()[3], "LOCATION")], "county": _simple(places.county, "LOCATION"),
    "hosp": _hospital, "snf": _simple(places.nursing_home, "LOCATION"), "school": _simple(places.school, "LOCATION"),
    "hood": _simple(lambda rng: rng.choice(lists_places.NEIGHBORHOODS), "LOCATION"),
    "landmark": _simple(places.landmark, "LOCATION"), "road": _simple(places.road, "LOCATION"),
    "ward": _simple(lambda rng: ids.one(rng, "") or rng.choice([surname(rng) + rng.choice([" Pavilion", " Building", " Wing", " Tower", " " + str(rng.randrange(2, 13)),
                                                             " Hall"])]), "LOCATION"),
    "room": _simple(lambda rng: rng.choice(["Room ", "Rm ", "Rm. ", "Bed ", "room "]) + str(rng.randrange(1, 999)) + rng.choice(["", "", "A", "-B", "-2"]), "NEUTRAL"),
    "state": _simple(lambda rng: places.state(rng)[1], "NEUTRAL"),
    "country": _simple(lambda rng: rng.choice(lists_places.COUNTRIES), "NEUTRAL"),
    "company": _simple(places.company, "NEUTRAL"), "pharmacy": _simple(places.pharmacy, "NEUTRAL"),
    "plan": _kept("plan", ids.health_plan, "HEALTH_PLAN"), "plan2": _simple(ids.health_plan, "HEALTH_PLAN"),
    "acct": _kept("acct", ids.account, "ACCOUNT"), "acct2": _simple(ids.account, "ACCOUNT"),
    "dl": _simple(ids.driver_license, "LICENSE"), "lic": _simple(ids.state_license, "LICENSE"), "dea": _simple(ids.dea, "LICENSE"),
    "npi": _simple(ids.npi, "LICENSE"), "vin": _simple(ids.vin, "VEHICLE"), "plate": _simple(ids.plate, "VEHICLE"),
    "device": _simple(ids.device, "DEVICE"), "lot": _simple(ids.lot, "DEVICE"), "url": lambda r, a: [(r.url(), "URL")],
    "ip": _ip, "vaxlot": _simple(ids.lot, "NEUTRAL"), "mac": _simple(ids.mac, "DEVICE"), "bio": _simple(ids.biometric, "BIOMETRIC"),
    "id": _simple(ids.other, "OTHER_ID"), "csn": _kept("csn", ids.other, "OTHER_ID"), "user": _user, "file": _file_name,
    "he": _he("he"), "his": _he("his"), "him": _he("him"), "He": _he("He"), "His": _he("His"),
    "mr": lambda r, a: [(r.person(a or "pt").title if r.rng.random() < 0.9 else r.person(a or "pt").title.rstrip("."), None)],
    "cred": lambda r, a: [(r.rng.choice(_CREDENTIALS), None)],
    "sexword": lambda r, a: [(r.rng.choice({"M": ["male", "man", "M", "gentleman", "white male", "Hispanic male", "AA male"],
                                              "F": ["female", "woman", "F", "lady", "Asian female", "Caucasian female", "Black female"]}[r.patient.sex]), None)],
}
