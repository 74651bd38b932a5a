"""Counts what a de-identifier found against what is marked, by the definitions of the customer's scorer.

Letters and digits alone count; characters that are marked neutral are left out unless an identifier covers them too. A
token is a run of counted characters, cut where identifiers begin or end: one of an identifier is found when all of it
is covered, an ordinary one is lost when any of it is. A span leaks when one of its counted characters is not covered.
"""
import collections


def ratio(part, whole, empty=1.0):
    return part / whole if whole else empty


def marks(length, spans):
    covered = bytearray(length)
    for span in spans:
        start, end = span["start"], span["end"]
        if not 0 <= start <= end <= length:
            raise ValueError(f"span {start}..{end} lies outside a text of {length} scalars")
        covered[start:end] = b"\1" * (end - start)
    return covered


def tokens(text, gold):
    """(start, end) of every token of a text."""
    start = 0
    while start < len(text):
        if not text[start].isalnum():
            start += 1
            continue
        end = start + 1
        while end < len(text) and text[end].isalnum() and gold[end] == gold[start]:
            end += 1
        yield start, end
        start = end


def count(notes, predictions, leaks=None):
    """Measures over notes; `predictions` maps an id to its spans. Leaked spans are appended to `leaks` as dictionaries."""
    total = collections.Counter()
    categories = collections.defaultdict(collections.Counter)
    for note in notes:
        text = note["text"]
        gold = marks(len(text), note["spans"])
        found = marks(len(text), predictions[note["id"]])
        neutral = marks(len(text), note.get("neutral", ()))
        wrong = 0
        for index, character in enumerate(text):
            if not character.isalnum():
                continue
            if gold[index]:
                total["tp" if found[index] else "fn"] += 1
            elif found[index] and not neutral[index]:
                wrong += 1
        total["fp"] += wrong
        for start, end in tokens(text, gold):
            if gold[start]:
                total["token_tp" if all(found[start:end]) else "token_fn"] += 1
            else:
                lost = any(found[k] and not neutral[k] for k in range(start, end))
                total["token_fp" if lost else "token_tn"] += 1
        leaked = 0
        for span in note["spans"]:
            counted = [k for k in range(span["start"], span["end"]) if text[k].isalnum()]
            open_ = [k for k in counted if not found[k]]
            category = categories[span["label"]]
            category["spans"] += 1
            if open_:
                leaked += 1
                category["leaked"] += 1
                category["missed"] += len(open_) == len(counted)
                if leaks is not None:
                    leaks.append(leak(note, span, set(open_)))
        for span in note.get("hard", ()):
            touched = any(found[k] and text[k].isalnum() for k in range(span["start"], span["end"]))
            total["hard"] += 1
            total["hard_touched"] += touched
        total["notes"] += 1
        total["with_identifiers" if note["spans"] else "without"] += 1
        total["clean"] += bool(note["spans"]) and not leaked
        total["over_redacted"] += not note["spans"] and wrong > 0
        total["spans"] += len(note["spans"])
        total["leaked"] += leaked
    return measures(total, categories)


def leak(note, span, open_):
    text, start, end = note["text"], span["start"], span["end"]
    return {"id": note["id"], "label": span["label"], "text": text[start:end],
            "uncovered": "".join(text[k] if k in open_ else "_" for k in range(start, end)),
            "context": text[max(0, start - 40):end + 40]}


def measures(total, categories):
    return {
        "notes": total["notes"], "spans": total["spans"], "leaked": total["leaked"],
        "missed": sum(c["missed"] for c in categories.values()),
        "recall": ratio(total["tp"], total["tp"] + total["fn"]),
        "precision": ratio(total["tp"], total["tp"] + total["fp"]),
        "leaks_per_1000": ratio(1000 * total["leaked"], total["notes"], 0.0),
        "clean_notes": ratio(total["clean"], total["with_identifiers"]),
        "token_recall": ratio(total["token_tp"], total["token_tp"] + total["token_fn"]),
        "words_kept": ratio(total["token_tn"], total["token_tn"] + total["token_fp"]),
        "hard_negatives": total["hard"], "hard_touched": ratio(total["hard_touched"], total["hard"], 0.0),
        "negatives": total["without"], "over_redacted": total["over_redacted"],
        "categories": {
            label: {"spans": c["spans"], "leaked": c["leaked"], "missed": c["missed"],
                    "recall": 1 - ratio(c["leaked"], c["spans"], 0.0)}
            for label, c in sorted(categories.items(), key=lambda pair: (-pair[1]["spans"], pair[0]))
        },
    }


def disagreements(ours, theirs):
    """What the customer's scorer counts otherwise: an empty list, unless one of the two is wrong."""
    pairs = [
        ("recall", ours["recall"], theirs["char"]["recall"]),
        ("precision", ours["precision"], theirs["char"]["precision"]),
        ("token recall", ours["token_recall"], theirs["token"]["recall"]),
        ("words kept", ours["words_kept"], theirs["token_specificity"]),
        ("leaked spans", ours["leaked"], theirs["leaked_spans"]),
        ("missed spans", ours["missed"], theirs["missed_spans"]),
        ("clean notes", ours["clean_notes"], theirs["clean_note_rate"]),
        ("over-redacted notes", ours["over_redacted"], theirs["over_redacted_negatives"]),
    ]
    for label, category in theirs["by_category"].items():
        own = ours["categories"].get(label, {"spans": 0, "leaked": 0})
        pairs += [(f"{label} spans", own["spans"], category["spans"]),
                  (f"{label} leaked", own["leaked"], category["leaked"])]
    return [f"{name}: {own} here, {their} there" for name, own, their in pairs if abs(own - their) > 1e-9]
