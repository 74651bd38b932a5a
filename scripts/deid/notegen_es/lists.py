"""The word lists of the Swift package, and names made of syllables."""
import functools
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "Sources/Deidentification/Languages/Spanish/Words"
ONSETS = "b c d f g l m n p r s t v br cr dr gr tr pl cl fl ch ll qu".split()
NUCLEI = "a e i o u ia ie ue ai ei".split()
ENDINGS = "ez ano ares era ola ena ila on al il edo ida anda ero aga uri eta arri oz ana es ín".split()


@functools.cache
def words(file, name):
    source = (FOLDER / file).read_text(encoding="utf-8")
    body = re.search(rf'static let {name} = """\n(.*?)\n\s*"""', source, re.S).group(1)
    return [w for w in body.split() if len(w) > 2]


@functools.cache
def phrases():
    source = (FOLDER / "SpanishWords+Places.swift").read_text(encoding="utf-8")
    body = re.search(r'static let placePhrases = """\n(.*?)\n\s*"""', source, re.S).group(1)
    return [" ".join(p.split()) for p in body.split("|") if len(p.split()) > 1]


def accented(word):
    """`gonzalez` as `gonzález`: the list has no accents, texts mostly have them."""
    match = re.fullmatch(r"(.*)([aeiou])([^aeiou]{1,2}ez)", word)
    return match.group(1) + match.group(2).translate(str.maketrans("aeiou", "áéíóú")) + match.group(3) if match else word


def invented(rng):
    word = rng.choice(ONSETS) + rng.choice(NUCLEI)
    if rng.random() < 0.5:
        word += rng.choice(ONSETS[:13]) + rng.choice(NUCLEI[:5])
    return (word + rng.choice(ONSETS[:13]) + rng.choice(ENDINGS)).replace("quu", "qu").capitalize()


def given(rng, feminine):
    name = "feminineNames" if feminine else "masculineNames"
    if rng.random() < 0.12:
        return invented(rng)
    first = rng.choice(words("SpanishWords+GivenNames.swift", name)).capitalize()
    if rng.random() < 0.2:
        first += " " + rng.choice(words("SpanishWords+GivenNames.swift", name)).capitalize()
    return first


def family(rng):
    if rng.random() < 0.25:
        return invented(rng)
    word = accented(rng.choice(words("SpanishWords+Surnames.swift", "surnames"))).capitalize()
    roll = rng.random()
    if roll < 0.05:
        return rng.choice(["de la ", "del ", "de ", "De la "]) + word
    if roll < 0.1:
        return word + "-" + family(rng).split()[-1]
    return word


def town(rng):
    roll = rng.random()
    if roll < 0.55:
        return rng.choice(words("SpanishWords+Places.swift", "cities")).capitalize()
    if roll < 0.75:
        return rng.choice(phrases()).title().replace(" De ", " de ").replace(" La ", " la ").replace(" Del ", " del ")
    name = invented(rng)
    return rng.choice([name, name, "Villa" + name.lower(), "San " + name, "Torre" + name.lower(), name + " del Río", "Los " + name + "s"])


def region(rng):
    return rng.choice(words("SpanishWords+Places.swift", "regions")).capitalize()
