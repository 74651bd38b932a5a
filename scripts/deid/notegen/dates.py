"""Dates in the forms that notes use."""

import datetime

from .words.geography import HOLIDAYS

MONTHS = "January February March April May June July August September October November December".split()
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_ORDINAL_WORDS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first""".split()


def ordinal(n):
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def random_day(rng, first=2009, last=2025):
    return datetime.date(rng.randrange(first, last + 1), rng.randrange(1, 13), rng.randrange(1, 29))


def numeric(day, rng):
    """All digits, with a year."""
    m, d, y, yy = day.month, day.day, day.year, day.year % 100
    return rng.choice(
        [
            f"{m}/{d}/{y}",
            f"{m:02d}/{d:02d}/{y}",
            f"{m}/{d}/{yy:02d}",
            f"{m:02d}/{d:02d}/{yy:02d}",
            f"{m}/{d}/{yy:02d}",
            f"{m:02d}/{d:02d}/{y}",
            f"{m}-{d}-{yy:02d}",
            f"{m:02d}-{d:02d}-{y}",
            f"{y}-{m:02d}-{d:02d}",
            f"{y}-{m:02d}-{d:02d}",
            f"{m}.{d}.{yy:02d}",
            f"{d:02d}.{m:02d}.{y}",
            f"{y}/{m:02d}/{d:02d}",
            f"{m:02d}{d:02d}{y}" if rng.random() < 0.3 else f"{m}/{d}/{y}",
            f"{y}{m:02d}{d:02d}" if rng.random() < 0.3 else f"{d}/{m}/{y}",
            f"{m} / {d} / {y}",
            f"{m}/{d}/'{yy:02d}",
            f"{m:02d}{d:02d}{yy:02d}" if rng.random() < 0.2 else f"{m}.{d}.{yy:02d}",
        ]
    )


def written(day, rng):
    """With the month's name and a year."""
    m, d, y, yy = day.month - 1, day.day, day.year, day.year % 100
    long, short = MONTHS[m], SHORT[m]
    if m == 8 and rng.random() < 0.3:
        short = "Sept"
    dot = "" if short == "May" else "."
    return rng.choice(
        [
            f"{long} {d}, {y}",
            f"{long} {d}, {y}",
            f"{long} {d} {y}",
            f"{long} {ordinal(d)}, {y}",
            f"{long} {ordinal(d)} {y}",
            f"{short} {d}, {y}",
            f"{short}{dot} {d}, {y}",
            f"{short} {d} {y}",
            f"{short} {ordinal(d)}, {y}",
            f"{d} {long} {y}",
            f"{d} {short} {y}",
            f"{d:02d}-{short}-{y}",
            f"{d:02d}-{short.upper()}-{y}",
            f"{d}-{short}-{yy:02d}",
            f"{d:02d}{short.upper()}{y}",
            f"{d:02d}{short.upper()}{yy:02d}",
            f"the {ordinal(d)} of {long}, {y}",
            f"{ordinal(d)} {long} {y}",
            f"{ordinal(d)} of {long} {y}",
            f"{long.upper()} {d}, {y}",
            f"{short}-{d:02d}-{y}",
            f"{long}, {d}, {y}",
            f"{long} {_ORDINAL_WORDS[d - 1]}, {y}",
            f"{d} {short} {yy:02d}",
            f"{d} {short} '{yy:02d}",
            f"{short}/{d}/{y}",
            f"{d}/{short}/{y}",
            f"{long.lower()} {d} {y}",
        ]
    )


def partial(day, rng):
    """Day and month without a year."""
    m, d = day.month, day.day
    long, short = MONTHS[m - 1], SHORT[m - 1]
    dot = "" if short == "May" else "."
    return rng.choice(
        [
            f"{m}/{d}",
            f"{m}/{d}",
            f"{m:02d}/{d:02d}",
            f"{m}/{d:02d}",
            f"{m}-{d}",
            f"{long} {d}",
            f"{long} {ordinal(d)}",
            f"{short} {d}",
            f"{short} {ordinal(d)}",
            f"{d} {long}",
            f"{d}-{short}",
            f"the {ordinal(d)} of {long}",
            f"{short}{dot} {d}",
            f"{ordinal(d)} of {long}",
            f"{d} {short}",
            f"{long} the {ordinal(d)}",
            f"{d:02d}{short.upper()}",
            f"{long} {_ORDINAL_WORDS[d - 1]}",
        ]
    )


def month_year(day, rng):
    m, y, yy = day.month, day.year, day.year % 100
    long, short = MONTHS[m - 1], SHORT[m - 1]
    dot = "" if short == "May" else "."
    return rng.choice(
        [
            f"{long} {y}",
            f"{long} {y}",
            f"{long} of {y}",
            f"{long}, {y}",
            f"{short} {y}",
            f"{short}{dot} {y}",
            f"{short} '{yy:02d}",
            f"{m}/{y}",
            f"{m:02d}/{y}",
            f"{short}-{yy:02d}",
            f"{short}/{y}",
            f"{y}-{m:02d}",
            f"{long.lower()} {y}",
        ]
    )


def weekday(day, rng):
    """With the day of the week in front."""
    name = DAYS[day.weekday()]
    name = rng.choice([name, name, name[:3], name[:3] + "."])
    rest = rng.choice([partial, partial, written, numeric])(day, rng)
    return f"{name}{rng.choice([', ', ' ', ', '])}{rest}"


def stamp(day, rng):
    """A machine's time stamp, one unbroken value."""
    clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
    return rng.choice(
        [
            f"{day.isoformat()}T{clock}:{rng.randrange(60):02d}Z",
            f"{day.isoformat()}T{clock}",
            f"{day.isoformat()}T{clock}:00-05:00",
            f"{day:%Y%m%d}{clock.replace(':', '')}",
        ]
    )


def pieces(day, rng, kind="any"):
    """A date as pieces: a clock after it is neutral."""
    if kind == "any":
        kind = rng.choice(["numeric"] * 6 + ["written"] * 4 + ["partial"] * 3 + ["month_year", "weekday", "clock"])
    if kind == "clock":
        clock = f"{rng.randrange(24):02d}{rng.choice([':', ':', ''])}{rng.randrange(60):02d}" + rng.choice(
            ["", "", " hrs", ":14"]
        )
        if rng.random() < 0.3:
            noon = rng.choice(["AM", "PM", "am", "pm", "a.m."])
            clock = f"{rng.randrange(1, 13)}:{rng.randrange(60):02d}{rng.choice([' ', ''])}{noon}"
        return [(numeric(day, rng), "DATE"), (rng.choice([" ", " at ", " @ ", ", ", " @"]), None), (clock, "NEUTRAL")]
    if kind == "va":
        head = [(f"{SHORT[day.month - 1].upper()} {day.day:02d}, {day.year}", "DATE")]
        return head + [("@", None), (f"{rng.randrange(24):02d}:{rng.randrange(60):02d}", "NEUTRAL")]
    if kind == "range":
        other = day + datetime.timedelta(days=rng.randrange(1, 20))
        form = rng.choice([numeric, partial, written])
        pick = rng.random()
        joint = rng.choice([" - ", "-", "–", " to ", " through ", " thru ", " until ", " – "])
        if pick < 0.2 and day.month == other.month:
            return [(f"{MONTHS[day.month - 1]} {day.day}-{other.day}, {day.year}", "DATE")]
        if pick < 0.6:
            return [
                (f"{day.month}/{day.day}", "DATE"),
                (joint, None),
                (f"{other.month}/{other.day}/{other.year % 100:02d}", "DATE"),
            ]
        return [(form(day, rng), "DATE"), (joint, None), (form(other, rng), "DATE")]
    form = {
        "numeric": numeric,
        "written": written,
        "partial": partial,
        "month_year": month_year,
        "weekday": weekday,
        "stamp": stamp,
        "spoken": spoken,
        "expiry": lambda day, rng: rng.choice(
            [
                f"{day.month:02d}/{day.year % 100:02d}",
                f"{day.month}/{day.year}",
                f"{day.month:02d}-{day.year % 100:02d}",
            ]
        ),
        "iso": lambda day, rng: day.isoformat(),
        "slash": lambda day, rng: f"{day.month}/{day.day}/{day.year % 100:02d}",
    }[kind]
    return [(form(day, rng), "DATE")]


def holiday(rng):
    name = rng.choice(HOLIDAYS)
    return name + (f" {rng.randrange(2012, 2025)}" if rng.random() < 0.25 and "July" not in name else "")


def age_words(age):
    """An age over 89 in words."""
    units = "zero one two three four five six seven eight nine".split()
    if age < 100:
        return "ninety" + (f"-{units[age - 90]}" if age > 90 else "")
    return "one hundred" + (f" and {units[age - 100]}" if 100 < age < 110 else "")


def _spoken_year(year):
    tens = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}
    units = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]

    def below_hundred(n):
        return units[n] if n < 20 else (tens[n // 10] + (" " + units[n % 10] if n % 10 else ""))

    century, rest = divmod(year, 100)
    if century == 20 and rest < 10:
        return "two thousand" + (f" {units[rest]}" if rest else "")
    return (
        f"{below_hundred(century)} {below_hundred(rest) if rest >= 10 else 'oh ' + units[rest] if rest else 'hundred'}"
    )


def spoken(day, rng):
    """As a recogniser of speech writes a date down."""
    month = MONTHS[day.month - 1].lower() if rng.random() < 0.6 else MONTHS[day.month - 1]
    return rng.choice(
        [
            f"{month} {_ORDINAL_WORDS[day.day - 1].replace('-', ' ')} {_spoken_year(day.year)}",
            f"{month} {day.day} {_spoken_year(day.year)}",
            f"the {_ORDINAL_WORDS[day.day - 1]} of {month} {_spoken_year(day.year)}",
            f"{day.month} slash {day.day} slash {day.year % 100:02d}",
            f"{month} {ordinal(day.day)} {day.year}",
        ]
    )
