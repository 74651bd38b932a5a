"""Addresses, towns and institutions, listed and composed."""

from .names import given_name, invented, surname
from .words import geography as lists

_FOUNDED = ["Memorial Hospital", "Clinic", "Medical Center", "Family Medicine", "Pavilion", "Institute", "Dental"]
_OF_TOWN = ["University of", "Hospital of", "Medical Center of", "Children’s Hospital of"]
_TRADES = "Trucking|Construction|Logistics|Plumbing|Electric|& Sons|Foods|Industries|Inc|LLC|Realty".split("|")
_NUMBERED_ROADS = "I-|Interstate |US-|US |Route |Rte |Hwy |Highway |SR |SR-|County Road ".split("|")


def city(rng):
    """A listed or composed place smaller than a state."""
    pick = rng.random()
    if pick < 0.33:
        return rng.choice(lists.CITIES)
    if pick < 0.68:
        name = rng.choice(lists.TOWN_HEADS) + rng.choice(lists.TOWN_TAILS)
        return f"{rng.choice(lists.TOWN_PREFIXES)} {name}" if rng.random() < 0.12 else name
    if pick < 0.78:
        head = rng.choice(lists.TOWN_HEADS + [surname(rng)])
        return f"{head} {rng.choice(lists.TOWN_WORDS)}"
    if pick < 0.84:
        return f"{rng.choice(['San', 'Santa', 'Los', 'Las', 'El', 'La', 'Rancho'])} {rng.choice(lists.SPANISH_TOWNS)}"
    if pick < 0.93:
        return surname(rng).split(" ")[-1] + rng.choice(["ville", "ton", "burg", "town", "", "ia", "dale", "boro"])
    return rng.choice([invented(rng), invented(rng) + " " + rng.choice(lists.TOWN_WORDS)])


def state(rng):
    code = rng.choice(list(lists.STATES))
    return code, lists.STATES[code]


def zip_code(rng):
    base = f"{rng.randrange(501, 99951):05d}"
    return base + f"-{rng.randrange(1, 9999):04d}" if rng.random() < 0.2 else base


def street(rng):
    """A street with its number, and sometimes a flat."""
    number = str(rng.choice([rng.randrange(1, 100), rng.randrange(100, 1000), rng.randrange(1000, 20000)]))
    if rng.random() < 0.04:
        number += rng.choice(["A", "B", "-B", " 1/2", "-12"])
    pick = rng.random()
    kind = rng.choice(lists.STREET_TYPES)
    if pick < 0.35:
        name = rng.choice(lists.STREET_NAMES)
    elif pick < 0.5:
        n = rng.randrange(1, 190)
        name = f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
    elif pick < 0.62:
        name = surname(rng)
    elif pick < 0.72:
        name = rng.choice(lists.STREET_WORDS) + " " + rng.choice(lists.STREET_NAMES)
    elif pick < 0.82:
        name = rng.choice(lists.TOWN_HEADS) + rng.choice(lists.TOWN_TAILS)
    elif pick < 0.9:
        name = given_name(rng, rng.choice("MF")) + " " + surname(rng)
    else:
        name = rng.choice(
            [
                "Martin Luther King Jr",
                "MLK",
                "Avenida de la Paz",
                "Calle Luna",
                "Rue Laurier",
                "Broadway",
                "Camino Real",
                "Via Bella",
                "Paseo del Sol",
                "La Brea",
                "Avenue J",
                "County Road 12",
                "E",
                "K",
            ]
        )
    direction = (
        rng.choice(["N ", "S ", "E ", "W ", "N. ", "S. ", "NW ", "SE ", "North ", "West "])
        if rng.random() < 0.18
        else ""
    )
    value = f"{number} {direction}{name} {kind}"
    if rng.random() < 0.06:
        value += rng.choice([" NW", " SE", " S", " East"])
    if rng.random() < 0.25:
        unit = rng.choice(
            [
                "Apt ",
                "Apt. ",
                "apt ",
                "Apt #",
                "Unit ",
                "#",
                "Suite ",
                "Ste ",
                "Ste. ",
                "Lot ",
                "Trlr ",
                "Fl ",
                "Rm ",
                "Bldg ",
            ]
        )
        number = rng.choice(
            [
                str(rng.randrange(1, 40)),
                str(rng.randrange(100, 1200)),
                rng.choice("ABCD"),
                f"{rng.randrange(1, 30)}{rng.choice('ABCDEF')}",
            ]
        )
        value += rng.choice([" ", ", ", " "]) + unit + number
    return value


def rural(rng):
    """Addresses without a street: boxes, routes, crossings."""
    return rng.choice(
        [
            lambda: (
                f"{rng.choice(['PO Box', 'P.O. Box', 'P O Box', 'Post Office Box', 'po box'])} "
                f"{rng.randrange(1, 99999)}"
            ),
            lambda: (
                f"{rng.choice(['RR', 'R.R.', 'Rural Route', 'RFD', 'HC', 'Star Route'])} {rng.randrange(1, 9)} Box "
                f"{rng.randrange(1, 999)}"
            ),
            lambda: (
                f"{rng.choice(['County Road', 'CR', 'State Route', 'FM', 'US Hwy', 'Highway', 'Hwy', 'Route'])} "
                f"{rng.randrange(1, 999)}"
            ),
            lambda: (
                f"{rng.choice(lists.STREET_NAMES)} and "
                f"{rng.choice(lists.STREET_NAMES)}{rng.choice(['', ' St', ' Ave', ' Streets'])}"
            ),
            lambda: f"corner of {rng.choice(lists.STREET_NAMES)} & {rng.randrange(2, 99)}th",
            lambda: (
                f"Unit {rng.randrange(1000, 9999)} Box {rng.randrange(1, 999)}, APO AE 0{rng.randrange(9000, 9999)}"
            ),
        ]
    )()


def foreign(rng):
    """An address abroad."""
    number = rng.randrange(1, 220)
    return rng.choice(
        [
            lambda: (
                f"{number} {rng.choice(['High', 'Church', 'Station', 'Queen'])} {rng.choice(['Street', 'Road'])}, "
                f"{rng.choice(['Leeds', 'Croydon', 'Bath'])} "
                f"{rng.choice(['LS', 'CR', 'BA', 'SW'])}{rng.randrange(1, 20)} "
                f"{rng.randrange(1, 9)}{rng.choice('ABDEF')}{rng.choice('GHJLN')}"
            ),
            lambda: f"Calle {surname(rng)} {number}, Col. Centro, {rng.choice(['Guadalajara', 'Puebla', 'Monterrey'])}",
            lambda: (
                f"{surname(rng)}straße {number}, {rng.randrange(10000, 99999)} "
                f"{rng.choice(['Berlin', 'München', 'Köln'])}"
            ),
            lambda: (
                f"{number} rue {surname(rng)}, {rng.randrange(10000, 95999)} {rng.choice(['Paris', 'Lyon', 'Lille'])}"
            ),
            lambda: (
                f"{number} {rng.choice(lists.STREET_NAMES)} {rng.choice(['St', 'Rd', 'Cres'])}, "
                f"{rng.choice(['Toronto, ON', 'Ottawa, ON', 'Surrey, BC'])} "
                f"{rng.choice('KLMNPV')}{rng.randrange(1, 9)}{rng.choice('ABCEGH')} "
                f"{rng.randrange(1, 9)}{rng.choice('JKLMN')}{rng.randrange(1, 9)}"
            ),
            lambda: (
                f"H.No. {number}-{rng.randrange(1, 99)}, Sector {rng.randrange(1, 60)}, "
                f"{rng.choice(['Hyderabad', 'Pune', 'Noida'])} {rng.randrange(110001, 799999)}"
            ),
        ]
    )()


def hospital(rng):
    """An institution where people are treated."""
    pick = rng.random()
    if pick < 0.14:
        return rng.choice(lists.REAL_HOSPITALS)
    kind = rng.choice(lists.HOSPITAL_TYPES)
    if pick < 0.34:
        saint = rng.choice(["St.", "St.", "St", "Saint", "Ste."])
        name = f"{saint} {rng.choice(lists.SAINTS)}"
        return rng.choice([name + "'s", name + "’s", name, f"{name}'s {kind}", f"{name} {kind}", f"{name}'s {kind}"])
    if pick < 0.56:
        return f"{rng.choice(lists.FACILITY_WORDS)} {kind}"
    if pick < 0.8:
        return f"{city(rng)} {kind}"
    if pick < 0.9:
        return f"{surname(rng)} {rng.choice([*_FOUNDED, kind])}"
    if pick < 0.95:
        return f"{rng.choice(_OF_TOWN)} {city(rng)}"
    return (
        f"{surname(rng)} & {surname(rng)} "
        f"{rng.choice(['Family Practice', 'Orthopaedics', 'Cardiology', 'Associates', 'OB/GYN'])}"
    )


def pharmacy(rng):
    """A pharmacy or shop with its place."""
    return f"{rng.choice(['CVS', 'Walgreens', 'Rite Aid', 'Walmart Pharmacy', 'Kroger Pharmacy', 'Costco pharmacy'])}"


def nursing_home(rng):
    """A home or facility where people live and are cared for."""
    word = rng.choice(lists.FACILITY_WORDS)
    name = rng.choice([word, city(rng), surname(rng), "St. " + rng.choice(lists.SAINTS), "The " + word])
    return f"{name} {rng.choice(lists.NURSING_TYPES)}"


def school(rng):
    """A school, a college or a nursery with its name."""
    honored = f"{given_name(rng, rng.choice('MF'))} {surname(rng)}"
    word = rng.choice([rng.choice(lists.STREET_NAMES), rng.choice(lists.FACILITY_WORDS)])
    return f"{rng.choice([city(rng), surname(rng), honored, word, word])} {rng.choice(lists.SCHOOLS)}"


def county(rng):
    return f"{rng.choice([city(rng), surname(rng)])} {rng.choice(['County', 'County', 'Co.', 'Parish', 'county'])}"


def company(rng):
    """An employer, which the scheme leaves undecided."""
    pick = rng.random()
    if pick < 0.5:
        return rng.choice(lists.EMPLOYERS)
    return f"{surname(rng)} {rng.choice(_TRADES)}"


def road(rng):
    """A road without a number of a house."""
    kind = rng.choice([t for t in lists.STREET_TYPES if t[0].isupper()])
    return rng.choice(
        [
            lambda: f"{rng.choice(lists.STREET_NAMES)} {kind}",
            lambda: f"{rng.choice(lists.STREET_NAMES)} {kind}",
            lambda: f"{surname(rng)} {kind}",
            lambda: f"{rng.randrange(2, 99)}th {rng.choice(['Street', 'St', 'Ave', 'Avenue'])}",
            lambda: f"{rng.choice(_NUMBERED_ROADS)}{rng.randrange(1, 500)}",
            lambda: (
                f"{rng.choice(lists.STREET_NAMES)} {rng.choice(['and', '&', 'near', '/', 'at'])} "
                f"{rng.choice(lists.STREET_NAMES)}"
            ),
            lambda: f"the {rng.randrange(1, 99)}00 block of {rng.choice(lists.STREET_NAMES)} {kind}",
        ]
    )()


def landmark(rng):
    """A named spot, listed or composed."""
    if rng.random() < 0.25:
        return rng.choice(lists.LANDMARKS)
    name = rng.choice(
        [
            rng.choice(lists.STREET_NAMES),
            surname(rng).split(" ")[-1],
            city(rng).removeprefix("the "),
            rng.choice(lists.FACILITY_WORDS),
        ]
    )
    return f"{name} {rng.choice(lists.SPOTS)}"
