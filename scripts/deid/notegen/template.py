"""A small template language for notes.

{slot}        a value of the record: `{pt.full}`, `{dob}`, `{phone}` (see `slots.py`)
{a:b}         slot `a` with the argument `b`
<a|b|c>       one of the alternatives, which may hold slots and alternatives themselves
<?a>          `a`, or nothing, one time in two
%<a|b>        a literal `<` follows a per cent sign
"""


def parse(source):
    """The syntax tree of a template: a list of str, ("slot", name, argument) and ("alt", [trees])."""
    tree, position = _sequence(source, 0, "")
    if position != len(source):
        raise ValueError(f"unbalanced '>' or '|' at {position} in {source[:80]!r}")
    return tree


def _sequence(source, position, closers):
    out, text = [], []

    def flush():
        if text:
            out.append("".join(text))
            text.clear()

    while position < len(source):
        character = source[position]
        if character == "%" and source[position + 1 : position + 2] in ("<", ">", "|", "{", "}"):
            text.append(source[position + 1])
            position += 2
        elif character in closers:
            break
        elif character == "{":
            flush()
            end = source.index("}", position)
            name, _, argument = source[position + 1 : end].partition(":")
            out.append(("slot", name, argument or None))
            position = end + 1
        elif character == "<":
            flush()
            position += 1
            options = []
            if source[position] == "?":
                position += 1
                options.append([])
            while True:
                tree, position = _sequence(source, position, "|>")
                options.append(tree)
                if position >= len(source):
                    raise ValueError(f"no '>' closes an alternative in {source[:80]!r}")
                position += 1
                if source[position - 1] == ">":
                    break
            out.append(("alt", options))
        else:
            text.append(character)
            position += 1
    flush()
    return out, position


_cache = {}


def render(source, slots, rng, keep=True):
    """The template's pieces, `(text, label or None)`. `keep`: whether its tree is worth keeping."""
    tree = _cache.get(source)
    if tree is None:
        tree = parse(source)
        if keep:
            _cache[source] = tree
    pieces = []
    _render(tree, slots, rng, pieces)
    return pieces


def _render(tree, slots, rng, pieces):
    for node in tree:
        if isinstance(node, str):
            pieces.append((node, None))
        elif node[0] == "slot":
            pieces.extend(slots.value(node[1], node[2]))
        else:
            _render(rng.choice(node[1]), slots, rng, pieces)
