"""What stands for a slot of a template: pieces of text with their labels, taken from a record."""

import datetime

from . import composed, dates, identifiers as ids, places
from .names import slug, surname
from .words import geography

_CREDENTIALS = """MD|MD|MD|M.D.|DO|D.O.|RN|RN|NP|PA-C|PA|FNP-C|DNP|CRNA|LCSW|LMSW|PhD|PsyD|PharmD|DPT|PT|OTR/L|CCC-SLP|
RD|LPN|
CNM|DDS|DMD|DPM|MBBS|MD, FACS|MD, PhD|MD MPH|BSN, RN|MA|CMA|RT(R)|RRT|CNA|MSW""".replace("\n", "").split("|")


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
    if rng.random() < 0.06:
        return [(number, label), (r.patient.sex, None)]
    unit = rng.choice(
        [
            "-year-old",
            "-year-old",
            " year old",
            " y/o",
            "yo",
            " yo",
            "y/o",
            " y.o.",
            "-yo",
            " yr old",
            " yrs old",
            "-y-o",
            "y",
            "YO",
            " Y/O",
        ]
    )
    return [(number, label), (unit, "NEUTRAL" if unit[0].isalpha() else None)]


def _age_sex(r, argument):
    """`93F`, `64 yo M`: the unit and the sex stay outside."""
    rng = r.rng
    label = "AGE_OVER_89" if r.age >= 90 else "NEUTRAL"
    sex = r.patient.sex
    unit = rng.choice(["", "", " ", "yo", " yo ", "y", " y/o ", "yr ", " yr old "])
    return [(str(r.age), label), (unit + (sex if rng.random() < 0.8 else {"M": "male", "F": "female"}[sex]), None)]


_DIGIT_WORDS = "zero one two three four five six seven eight nine".split()


def _spoken_digits(digits, rng):
    """Digits as they are dictated, in groups or one by one."""
    words = [_DIGIT_WORDS[int(c)] if rng.random() < 0.95 or c != "0" else "oh" for c in digits]
    return " ".join(words)


def _surname_place(r, argument):
    """A facility that says so by no word, or by a short one."""
    rng = r.rng
    name = rng.choice(
        [
            surname(rng).split(" ")[-1],
            places.city(rng).removeprefix("the "),
            rng.choice(geography.FACILITY_WORDS),
            f"{rng.choice(geography.LANDSCAPES)} {surname(rng).split(' ')[-1]}",
        ]
    )
    kind = rng.choice(geography.SHORT_KINDS)
    return [(f"{name} {kind}", "LOCATION")]


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
    return dates.pieces(
        r.visit + datetime.timedelta(days=shift),
        r.rng,
        argument
        if argument and argument != "adm"
        else r.rng.choice(
            ["numeric", "numeric", "numeric", "written", "clock", "stamp" if r.rng.random() < 0.2 else "numeric"]
        ),
    )


def _date(r, argument):
    day = r.visit + datetime.timedelta(
        days=r.rng.choice([r.rng.randrange(-900, 60), r.rng.randrange(-60, 30), r.rng.randrange(-7000, 0)])
    )
    return dates.pieces(day, r.rng, argument or "any")


def _phone(r, argument):
    rng = r.rng
    if argument == "other":
        return [(ids.phone(rng), "PHONE")]
    if argument == "fax":
        return [(ids.phone_form(ids.phone_digits(rng), rng), "FAX")]
    if argument == "pager":
        return [(ids.one(rng, "9999|99999|x99999|999-9999|p99999|#9999|999-999-9999|(999) 999-9999|9-9999"), "PHONE")]
    if argument == "spoken":
        return [(_spoken_digits("".join(r.fact("phone", ids.phone_digits)), rng), "PHONE")]
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
    if argument == "spoken":
        return [(_spoken_digits(value.replace("-", ""), r.rng), "SSN")]
    if argument == "last4":
        return [(value[-4:], "SSN")]
    return [(ids.ssn_form(value, r.rng), "SSN")]


def _email(r, argument):
    rng = r.rng
    person = r.patient if not argument else r.person(argument)
    value = (
        r.fact("email", lambda _: r.email(person))
        if not argument
        else r.email(person, argument.startswith(("dr", "rn", "staff")))
    )
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
        line, town, (code, long), postal = (
            places.street(rng),
            places.city(rng).removeprefix("the "),
            places.state(rng),
            places.zip_code(rng),
        )
        if rng.random() < 0.1:
            return places.foreign(rng)
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
    town, (code, long) = (
        (places.city(rng), places.state(rng)) if argument == "other" or rng.random() < 0.5 else r.address()[1:3]
    )
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
    return [
        (
            rng.choice(
                [
                    f"{slug(person.given)[0]}{slug(person.last)[:7]}{rng.choice(['', '1', '02'])}",
                    f"{ids.letters(rng, 3)}{ids.digits(rng, 4)}",
                    f"{slug(person.last)[:5]}{slug(person.given)[0]}",
                ]
            ),
            "OTHER_ID",
        )
    ]


def _he(word):
    return lambda r, argument: [
        (
            getattr(r.person(argument or "pt"), word.lower()).capitalize()
            if word[0].isupper()
            else getattr(r.person(argument or "pt"), word),
            None,
        )
    ]


def _ip(r, argument):
    tail = r.rng.choice([":80", ":443", ":8080", "/24", "/32"]) if r.rng.random() < 0.1 else ""
    value = ids.ip(r.rng)
    return [(value, "IP"), (tail if ":" not in value else "", "NEUTRAL")]


def _file_name(r, argument):
    rng = r.rng
    return [
        (
            rng.choice(
                [
                    f"IMG_{ids.digits(rng, 4)}.{rng.choice(['jpg', 'JPG', 'HEIC'])}",
                    f"{slug(r.patient.last)}_{r.visit:%Y%m%d}_wound.jpg",
                    f"photo_{ids.digits(rng, 6)}.png",
                    f"DSC0{ids.digits(rng, 4)}.jpg",
                    f"facial_{r.patient.initial}{r.patient.last_initial}_{ids.digits(rng, 3)}.jpeg",
                    f"face-{ids.digits(rng, 5)}.tif",
                ]
            ),
            "OTHER_ID",
        )
    ]


#: A function of the record and the argument behind the colon for every slot that is no person and no sentence.
SLOTS = {
    "agesex": _age_sex,
    "surname_place": _surname_place,
    "sur": lambda r, a: [(composed.eponymous(r.rng), None)],
    "newdrug": lambda r, a: [(composed.drug(r.rng), None)],
    "nineties": lambda r, a: [
        (
            r.rng.choice(
                ["nonagenarian", "centenarian", "nonagenarian"]
                if a
                else ["90s", "nineties", "90's", "mid 90s", "early 90s", "late nineties"]
            ),
            "AGE_OVER_89",
        )
    ],
    "month": _simple(lambda rng: rng.choice(dates.MONTHS + ["Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"]), "DATE"),
    "dow": _simple(lambda rng: rng.choice(dates.DAYS + ["Mon", "Tues", "Wed", "Thurs", "Fri"]), "NEUTRAL"),
    "age": _age,
    "aged": _age_phrase,
    "anyage": _any_age,
    "dob": _birth,
    "visit": _visit,
    "date": _date,
    "phone": _phone,
    "fax": lambda r, a: _phone(r, "fax"),
    "mrn": _mrn,
    "ssn": _ssn,
    "email": _email,
    "addr": _address,
    "town": _town,
    "holiday": _simple(dates.holiday, "DATE"),
    "year": _simple(lambda rng: str(rng.randrange(1962, 2025)), "NEUTRAL"),
    "street": lambda r, a: [(places.street(r.rng) if a == "other" else r.address()[0], "LOCATION")],
    "rural": _simple(places.rural, "LOCATION"),
    "foreign": lambda r, a: places.foreign(r.rng, a == "lines"),
    "zip": lambda r, a: [(r.address()[3], "LOCATION")],
    "county": _simple(places.county, "LOCATION"),
    "hosp": _hospital,
    "snf": _simple(places.nursing_home, "LOCATION"),
    "school": _simple(places.school, "LOCATION"),
    "hood": _simple(lambda rng: rng.choice(geography.NEIGHBORHOODS), "LOCATION"),
    "landmark": _simple(places.landmark, "LOCATION"),
    "road": _simple(places.road, "LOCATION"),
    "ward": _simple(
        lambda rng: (
            ids.one(rng, "")
            or rng.choice(
                [
                    surname(rng)
                    + rng.choice(
                        [" Pavilion", " Building", " Wing", " Tower", " " + str(rng.randrange(2, 13)), " Hall"]
                    )
                ]
            )
        ),
        "LOCATION",
    ),
    "room": _simple(
        lambda rng: (
            rng.choice(["Room ", "Rm ", "Rm. ", "Bed ", "room "])
            + str(rng.randrange(1, 999))
            + rng.choice(["", "", "A", "-B", "-2"])
        ),
        "NEUTRAL",
    ),
    "state": _simple(lambda rng: places.state(rng)[1], "NEUTRAL"),
    "country": _simple(lambda rng: rng.choice(geography.COUNTRIES), "NEUTRAL"),
    "company": _simple(places.company, "NEUTRAL"),
    "pharmacy": _simple(places.pharmacy, "NEUTRAL"),
    "plan": _kept("plan", ids.health_plan, "HEALTH_PLAN"),
    "plan2": _simple(ids.health_plan, "HEALTH_PLAN"),
    "acct": _kept("acct", ids.account, "ACCOUNT"),
    "acct2": _simple(ids.account, "ACCOUNT"),
    "dl": _simple(ids.driver_license, "LICENSE"),
    "lic": _simple(ids.state_license, "LICENSE"),
    "dea": _simple(ids.dea, "LICENSE"),
    "npi": _simple(ids.npi, "LICENSE"),
    "vin": _simple(ids.vin, "VEHICLE"),
    "plate": lambda r, a: [
        (
            {
                "tail": lambda rng: ids.one(rng, "N9999A|N999AA|N99999|C-AAAA"),
                "part": lambda rng: ids.one(rng, "9AA|AAA|999|AA9"),
            }.get(a, ids.plate)(r.rng),
            "VEHICLE",
        )
    ],
    "device": _simple(ids.device, "DEVICE"),
    "lot": _simple(ids.lot, "DEVICE"),
    "url": lambda r, a: [(r.url(), "URL")],
    "ip": _ip,
    "vaxlot": _simple(ids.lot, "NEUTRAL"),
    "mac": _simple(ids.mac, "DEVICE"),
    "bio": _simple(ids.biometric, "BIOMETRIC"),
    "id": _simple(ids.other, "OTHER_ID"),
    "csn": _kept("csn", ids.other, "OTHER_ID"),
    "user": _user,
    "file": _file_name,
    "he": _he("he"),
    "his": _he("his"),
    "him": _he("him"),
    "He": _he("He"),
    "His": _he("His"),
    "mr": lambda r, a: [
        (r.person(a or "pt").title if r.rng.random() < 0.9 else r.person(a or "pt").title.rstrip("."), None)
    ],
    "cred": lambda r, a: [(r.rng.choice(_CREDENTIALS), None)],
    "sexword": lambda r, a: [
        (
            r.rng.choice(
                {
                    "M": ["male", "man", "M", "gentleman", "white male", "Hispanic male", "AA male"],
                    "F": ["female", "woman", "F", "lady", "Asian female", "Caucasian female", "Black female"],
                }[r.patient.sex]
            ),
            None,
        )
    ],
}
