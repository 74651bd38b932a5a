#!/usr/bin/env python3
"""Writes synthetic English clinical notes with the exact positions of every identifier. Standard library only.

    notes.py --count N --seed S [--known KNOWN.jsonl] [--carrier FILE.jsonl|DIR] > NOTES.jsonl
    notes.py --check --count N --seed S [--carrier …]

A line is {"id","text","spans":[{"start","end","label"}],"neutral":[{"start","end"}],"source"}; offsets count Unicode
scalars. Note k of a seed is the same whatever N is. `--known` also writes what a hospital's register would hold of each
note's record: {"id","known":[{"value","label"}]}. `--carrier` weaves identifiers into the `text` fields of
JSON lines. `--check` writes nothing and fails if any span is empty, out of range, out of order or ends in a blank.
Nobody in the notes exists.
"""

import argparse
import collections
import json
import random
import sys

from notegen import assemble
from notegen.document import problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first note")
    parser.add_argument("--known", metavar="FILE", help="write each record's known identifiers there")
    parser.add_argument(
        "--carrier",
        metavar="PATH",
        action="append",
        default=[],
        help="JSON lines with a text field, or a folder of them",
    )
    parser.add_argument(
        "--check", action="store_true", help="check the spans and count the labels instead of writing notes"
    )
    options = parser.parse_args()
    carriers = None
    if options.carrier:
        from notegen.carrier import Carriers

        carriers = Carriers(options.carrier)
    known = open(options.known, "w", encoding="utf-8") if options.known else None
    counts, bad, characters = collections.Counter(), 0, 0
    for index in range(options.first, options.first + options.count):
        document, slots, kind = assemble.note(options.seed, index, carriers)
        record = document.record(f"gen-{options.seed}-{index:06d}", f"notegen/{kind}")
        if options.check:
            for problem in problems(record):
                bad += 1
                print(f"{record['id']}: {problem}", file=sys.stderr)
            counts.update(s["label"] for s in record["spans"])
            counts["(neutral)"] += len(record["neutral"])
            characters += len(record["text"])
        else:
            print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        if known:
            rng = random.Random(f"{options.seed}/{index}/known")
            line = {"id": record["id"], "known": slots.known(rng)}
            known.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    if known:
        known.close()
    if options.check:
        for label, count in counts.most_common():
            print(f"{label:<14}{count:>8}")
        print(f"{options.count} notes, {characters} characters, {bad} problems")
        sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
