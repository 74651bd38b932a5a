"""Numbers and codes of every kind that HIPAA lists. None belongs to anyone."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALNUM = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def letters(rng, count):
    return "".join(rng.choice(_LETTERS) for _ in range(count))


def mixed(rng, count):
    return "".join(rng.choice(_ALNUM) for _ in range(count))


def pattern(rng, form):
    """`9` a digit, `A` a letter, `X` either, `h` a hexadecimal digit; everything else, and what follows `~`, itself."""
    out, literal = [], False
    for c in form:
        if literal:
            out.append(c)
            literal = False
        elif c == "~":
            literal = True
        elif c == "9":
            out.append(rng.choice("0123456789"))
        elif c == "A":
            out.append(rng.choice(_LETTERS))
        elif c == "X":
            out.append(rng.choice(_ALNUM))
        elif c == "h":
            out.append(rng.choice("0123456789abcdef"))
        else:
            out.append(c)
    return "".join(out)


def one(rng, forms):
    return pattern(rng, rng.choice(forms.split("|")))


def area(rng):
    return f"{rng.choice('23456789')}{rng.randrange(10)}{rng.randrange(10)}"


def phone_digits(rng):
    exchange = "555" if rng.random() < 0.4 else f"{rng.choice('23456789')}{digits(rng, 2)}"
    return area(rng), exchange, digits(rng, 4)


def phone_form(parts, rng):
    a, b, c = parts
    return rng.choice(
        [
            f"({a}) {b}-{c}",
            f"({a}) {b}-{c}",
            f"{a}-{b}-{c}",
            f"{a}-{b}-{c}",
            f"{a}.{b}.{c}",
            f"{a} {b} {c}",
            f"({a}){b}-{c}",
            f"{a}{b}{c}",
            f"1-{a}-{b}-{c}",
            f"+1 {a} {b} {c}",
            f"+1-{a}-{b}-{c}",
            f"+1{a}{b}{c}",
            f"{a}/{b}-{c}",
            f"{a} {b}-{c}",
            f"{b}-{c}",
            f"({a}) {b} {c}",
            f"1 ({a}) {b}-{c}",
            f"{a} - {b} - {c}",
            f"({a}) {b}.{c}",
            f"{a}-{b}{c}",
        ]
    )


def phone(rng):
    if rng.random() < 0.08:
        return one(
            rng,
            "+44 20 7946 9999|+44 (0)7700 999999|+52 55 9999 9999|+49 30 9999999|+91 99999 99999|011 52 999 999 "
            "9999|+63 917 999 9999|"
            "+84 90 999 9999|020 7946 9999|07700 999999|+33 6 99 99 99 99|+61 2 9999 9999",
        )
    value = phone_form(phone_digits(rng), rng)
    if rng.random() < 0.12:
        value += rng.choice([" x", " ext ", " ext. ", " Ext ", "x", ", ext. ", " extension "]) + digits(
            rng, rng.choice([3, 4, 5])
        )
    return value


def mrn(rng):
    return one(
        rng,
        "9999999|99999999|999999|9999999999|999-99-99|99-99-99|A9999999|AA999999|00999999|MR-999999|AAA-99999|999 "
        "999 9|E9999999|"
        "M9999999|99999-9|AAA9999999|9999-9999|H99999999|MRN999999|99-999999|AA-99999|9999999A",
    )


def ssn(rng):
    return f"{rng.randrange(1, 900):03d}-{rng.randrange(1, 100):02d}-{rng.randrange(1, 10000):04d}"


def ssn_form(value, rng):
    compact = value.replace("-", "")
    last = value[-4:]
    return rng.choice(
        [value] * 5
        + [
            compact,
            value.replace("-", " "),
            f"{value[:3]}.{value[4:6]}.{last}",
            f"XXX-XX-{last}",
            f"xxx-xx-{last}",
            f"***-**-{last}",
        ]
    )


def health_plan(rng):
    return one(
        rng,
        "9AX9-AX9-AA99|9AX9AX9AA99|AAA999999999|AAA99999999999|999999999A|999999999|W999999999|"
        "XXA999A99999|9999999999-99|HP-999999|"
        "AAA-999-9999|AA99999999|99999-99999|R99999999|U9999999999|999-99-9999A|HP999999999|MC-9999999|POL-9999999|"
        "GRP-99999|PLN-99-99999|"
        "99999999-00|9999 9999 9999|BX9999999|UHC99999999|~AET-9999999",
    )


def account(rng):
    return one(
        rng,
        "99999999|9999999|999999999|9999999999|A99999999|V9999999999|9999-9999|~ACCT-999999|99-9999999|H~AR999999|"
        "AA99999999|9999999-1|"
        "4999 9999 9999 9999|5999-9999-9999-9999|4999999999999999|379999999999999|GB99AAAA99999999999999|"
        "DE99999999999999999999|999999999999|"
        "GU~AR-99999|B~A-9999999|INV-2021-99999|H999999999|~X~X~X~X-~X~X~X~X-~X~X~X~X-9999",
    )


def driver_license(rng):
    return one(
        rng,
        "A9999999|AA999999|999999999|A999-9999-9999|A999-999-99-999-9|99-999-9999|A99999999999|S999-9999-9999|"
        "AAA999999|A99-99-9999|WDL9999999AA|"
        "9999999|AAAAA999AA9AA|D9999999|999 999 999|H99999999999999",
    )


def state_license(rng):
    return one(
        rng,
        "MD99999|A99999|G99999|99999|ME99999|MD-99999|036-999999|036.999999|RN999999|RN-9999999|LIC-99999|PA99999|"
        "9999999|35-999999|L99999|D9999|"
        "NP9999|LCSW 99999|PT99999|MT-9999|~APRN-99999|25MA99999999",
    )


def dea(rng):
    """A DEA number whose last digit is the right check digit."""
    body = digits(rng, 6)
    total = sum(map(int, body[0::2])) + 2 * sum(map(int, body[1::2]))
    return f"{rng.choice('ABFGM')}{rng.choice(_LETTERS)}{body}{total % 10}"


def npi(rng):
    """An NPI with the right Luhn digit."""
    body = rng.choice("12") + digits(rng, 8)
    total = 24
    for position, c in enumerate(reversed(body)):
        value = int(c) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str((10 - total % 10) % 10)


def vin(rng):
    letters_ = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    return (
        rng.choice(["1HG", "1FT", "2T1", "JH4", "WBA", "5YJ", "3VW", "1G1", "KM8", "4T1"])
        + "".join(rng.choice(letters_) for _ in range(8))
        + digits(rng, 6)
    )


def plate(rng):
    return one(
        rng,
        "9AAA999|AAA-9999|AAA 9999|AAA9999|999-AAA|999 AAA|AA9-9AA|A99-9AA|AAA-999|AA 99999|9AA9999|AA99 AAA|"
        "AA-9999|AAA 999|99A-999|999AAA|A99AAA",
    )


def device(rng):
    return one(
        rng,
        "PJN999999A|SN-999999|999999|BLH999999A|AAA999999A|SN99999999|AA-99999-99|9999-9999-99|A9999999|XX99XXXX9|"
        "99A99999|AAA-XX999|9999999999|"
        "(01)00999999999999(17)999999(10)A999|(01)99999999999999(21)XXXXXX|99-99999|RNW999999|W9AA99999|AA999-99999|"
        "A9A9999|AN9999999|"
        "AAA99999|99999999|PM-99999-X|9A9999-999|+H999XXXXXXX9/$$9999999X99/S99999",
    )


def lot(rng):
    return one(rng, "99999A|A9999|AA9999|9999999|A99A99|EW9999|L99999|999AA9|2099-99|99A9999|XX9999")


def other(rng):
    return one(
        rng,
        "99999999|999999999|9999999|AAA-99-99999|S99-99999|99-AA-99999|E99999999|AA99999|2022-99999|19-99999|"
        "A-99999|999-999|AAA-999|9999-99|"
        "AA-2023-999|99-9999999|CT-99-99999|X999999|99A999999|AAA9999|9999999999|00-99-99999|AAAA-999-99|H99-9999|"
        "R9999999|9999-999|AA999-99",
    )


def mac(rng):
    joint = rng.choice([":", "-"])
    value = joint.join(pattern(rng, "hh") for _ in range(6))
    return value.upper() if rng.random() < 0.5 else value


def ip(rng):
    """An address of either version, without port or mask."""
    if rng.random() < 0.75:
        return ".".join(str(rng.randrange(1, 255)) for _ in range(4))
    return pattern(
        rng,
        rng.choice(
            [
                "2001:db8::hhhh:hhhh",
                "fe80::hhhh:hhhh:hhhh:hhhh",
                "2600:1700:hhhh:hhhh:hhhh:hhhh:hhhh:hhhh",
                "2001:0db8:85a3:hhhh:hhhh:hhhh:hhhh:hhhh",
                "fd12:3456:hhhh::1",
                "2607:f8b0::hhhh",
            ]
        ),
    )


def biometric(rng):
    return one(
        rng,
        "FP-99999|FP99999999|RET-9999-AA|IRIS-999999|VP-999999|VP-99-9999|F~ACE-99999|FT-XXXXXX|BIO-999999|99999999|"
        "hhhhhhhhhhhhhhhh|RS-9999|FID-9999-99|"
        "TMPL-XXXXXXXX|~AFIS-9999999|IR-9999-X|P~ALM-99999|B99-9999-99|G~AIT-9999|hhhhhhhh-hhhh|VX999999",
    )
