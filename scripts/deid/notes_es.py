#!/usr/bin/env python3
"""Writes synthetic Spanish clinical notes with the exact positions of every identifier. Standard library only.

    notes_es.py --count N --seed S [--carrier FILE.jsonl] > NOTES.jsonl
    notes_es.py --check --count N --seed S [--carrier FILE.jsonl]

A line is {"id","text","spans":[{"start","end","label"}],"source"}; offsets count Unicode scalars. Note k of a seed is the
same whatever N is. `--carrier` takes clinical sentences without identifiers from marked texts, so that the notes speak of more
than the generator's own sentences do. `--check` writes nothing and fails if a span is empty, out of range, out of order or ends in a blank.
Nobody in the notes exists. Names and towns are the word lists' of the package and, in part, made of syllables, so that a
tagger learns where names stand and not only which there are.
"""
import argparse
import collections
import json
import random
import re
import sys

from notegen_es.note import note


def problems(record):
    text, position = record["text"], 0
    for span in record["spans"]:
        value = text[span["start"]:span["end"]]
        if not value or value != value.strip() or span["start"] < position:
            yield f"{record['id']}: {span}"
        position = span["end"]


def sentences(path):
    """The sentences of marked texts that hold no identifier."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            marked = record.get("spans", []) + record.get("neutral", [])
            for match in re.finditer(r"[A-ZÁÉÍÓÚ][^\n.]{25,220}\.", record["text"]):
                if not any(s["start"] < match.end() and match.start() < s["end"] for s in marked):
                    yield match.group().replace("{", "(").replace("}", ")")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="check the spans and count the labels instead of writing notes")
    parser.add_argument("--carrier", metavar="FILE", action="append", default=[], help="JSON lines with text and spans")
    options = parser.parse_args()
    carried = [sentence for path in options.carrier for sentence in sentences(path)]
    counts, bad = collections.Counter(), 0
    for index in range(options.count):
        text, spans, kind = note(random.Random(f"es/{options.seed}/{index}"), carried)
        record = {"id": f"gen-es-{options.seed}-{index:06d}", "text": text, "spans": spans, "source": f"notegen_es/{kind}"}
        if options.check:
            for problem in problems(record):
                bad += 1
                print(problem, file=sys.stderr)
            counts.update(s["label"] for s in spans)
        else:
            print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    if options.check:
        for label, count in counts.most_common():
            print(f"{label:<14}{count:>8}")
        sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
