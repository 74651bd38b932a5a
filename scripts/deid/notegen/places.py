"""Addresses, towns and institutions, listed and composed."""

from .identifiers import pattern
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


def _abroad(rng):
    """A street, a town, a postcode and a country in one country's manner."""
    base, number = surname(rng).split(" ")[-1], rng.randrange(1, 220)
    word = invented(rng)
    p = rng.choice
    return p(
        [
            (
                f"{number} {p(['High', 'Church', 'Station', 'Queen', 'Mill', base])} "
                f"{p(['Street', 'Road', 'Lane', 'Close', 'Avenue'])}",
                p(["Leeds", "Croydon", "Bath", "Hull", "Reading", word]),
                pattern(rng, p(["AA9 9AA", "AA99 9AA", "A9 9AA"])),
                "United Kingdom",
            ),
            (
                f"Calle {base} {number}",
                p(["Guadalajara", "Puebla", "Sevilla", "Lima", word]),
                pattern(rng, "99999"),
                p(["Mexico", "Spain", "Peru"]),
            ),
            (
                f"Av. {base} {number}, Col. {p(['Centro', 'Roma', word])}",
                p(["Monterrey", "Toluca", word]),
                pattern(rng, "99999"),
                "Mexico",
            ),
            (
                f"{base}{p(['straße', 'strasse', 'weg', 'gasse', 'platz'])} {number}",
                p(["Berlin", "München", "Wien", "Graz", word]),
                pattern(rng, p(["99999", "9999"])),
                p(["Germany", "Austria"]),
            ),
            (
                f"{number} {p(['rue', 'avenue', 'boulevard', 'place'])} {p(['de ', 'du ', ''])}{base}",
                p(["Paris", "Lyon", "Lille", "Genève", word]),
                pattern(rng, "99999"),
                p(["France", "Belgium"]),
            ),
            (
                f"{p(['Via', 'Viale', 'Corso', 'Piazza'])} {base}, {number}",
                p(["Roma", "Milano", "Bari", word]),
                pattern(rng, "99999"),
                "Italy",
            ),
            (
                f"{p(['Rua', 'Avenida', 'Travessa'])} {base} {number}",
                p(["Porto", "Recife", "Lisboa", word]),
                pattern(rng, p(["9999-999", "99999-999"])),
                p(["Portugal", "Brazil"]),
            ),
            (
                f"{word}{p(['gatan', 'vägen', 'vej', 'gade', 'katu', 'tie', 'gata', 'veien', 'stræde'])} {number}",
                p(["Malmö", "Oulu", "Bergen", "Odense", word]),
                pattern(rng, p(["999 99", "99999", "9999"])),
                p(["Sweden", "Finland", "Norway", "Denmark"]),
            ),
            (
                f"{base}{p(['straat', 'laan', 'weg', 'plein', 'gracht'])} {number}",
                p(["Utrecht", "Gent", "Delft", word]),
                pattern(rng, "9999 AA"),
                p(["Netherlands", "Belgium"]),
            ),
            (
                f"{p(['ul.', 'ulica', 'os.'])} {base} {number}/{rng.randrange(1, 60)}",
                p(["Kraków", "Łódź", "Brno", "Zagreb", word]),
                pattern(rng, p(["99-999", "999 99"])),
                p(["Poland", "Croatia", "Slovakia"]),
            ),
            (
                f"{word} {p(['utca', 'út', 'tér', 'sokak', 'caddesi', 'iela', 'tee'])} {number}",
                p(["Győr", "Izmir", "Riga", "Tartu", word]),
                pattern(rng, "9999"),
                p(["Hungary", "Turkey", "Latvia", "Estonia"]),
            ),
            (
                f"H.No. {number}-{rng.randrange(1, 99)}, Sector {rng.randrange(1, 60)}",
                p(["Hyderabad", "Pune", "Noida", word]),
                pattern(rng, "999999"),
                "India",
            ),
            (
                f"{rng.randrange(1, 40)}-{rng.randrange(1, 20)}-{rng.randrange(1, 20)} {word}-ku",
                p(["Osaka", "Kobe", "Sapporo", word]),
                pattern(rng, "999-9999"),
                "Japan",
            ),
            (
                f"{number} {p(lists.STREET_NAMES)} {p(['St', 'Rd', 'Cres', 'Way'])}",
                p(["Toronto, ON", "Ottawa, ON", "Surrey, BC", "Halifax, NS"]),
                pattern(rng, "A9A 9A9"),
                "Canada",
            ),
            (
                f"{number} {base} {p(['Street', 'Parade', 'Terrace', 'Road'])}",
                p(["Perth WA", "Hobart TAS", "Dunedin", word + " NSW"]),
                pattern(rng, "9999"),
                p(["Australia", "New Zealand"]),
            ),
        ]
    )


def foreign(rng, lines=False):
    """Pieces of an address abroad; the country is neutral."""
    street_, town, postal, country = _abroad(rng)
    if rng.random() < 0.25:
        street_ += rng.choice([" Apt. ", ", Flat ", " Suite ", ", apt ", " #"]) + str(rng.randrange(1, 999))
    order = rng.choice([f"{town} {postal}", f"{postal} {town}", f"{town}, {postal}", town])
    pieces = (
        [(street_, "LOCATION"), ("\n" + rng.choice(["", " ", "    "]), None), (order, "LOCATION")]
        if lines
        else [(f"{street_}{rng.choice([', ', ', ', ' '])}{order}", "LOCATION")]
    )
    if rng.random() < 0.4:
        pieces += [("\n" if lines else ", ", None), (country, "NEUTRAL")]
    return pieces


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
