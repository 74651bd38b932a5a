#!/usr/bin/env python3
"""Make training lines for the tagger from texts that were written for other purposes. Standard library only.

usage: training_texts.py clinics TRUTH_DIR OUT.jsonl [--max N] [--seed S] [--skip-source NAME]...
       training_texts.py plain OUT.jsonl FILE.jsonl... [--max N] [--seed S]
       training_texts.py public OUT.jsonl FILE.jsonl... [--max N] [--seed S]
       training_texts.py written OUT.jsonl FOLDER [--variants N]

clinics  reports with known synthetic identifiers ({"doc_id","text","source","spans":[{"start","end","type"}]}). The text
         around them was written by others and may name people and dates that nobody marked: "incomplete".
plain    medical text for the public ("output" of instruction data): no patient is in it.
public   every field of such data and of public reports, its first 4,000 characters: what a network guesses hidden words of.
written  hand-written notes with marks, as scripts/bench/deid_notes.py reads them; each N times, with other names and
         numbers from the second time on.
"""
import argparse
import glob
import json
import os
import random
import sys

LABELS = {
    "NAME": "NAME", "PROVIDER": "NAME", "DATE": "DATE", "ADDRESS": "LOCATION", "ORGANIZATION": "LOCATION",
    "AGE": "AGE_OVER_89", "PHONE": "PHONE", "FAX": "FAX", "EMAIL": "EMAIL", "MRN": "MRN", "SSN": "SSN",
}


def clinics(folder, skipped):
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if record.get("source") in skipped:
                    continue
                spans = [
                    {"start": s["start"], "end": s["end"], "label": LABELS[s["type"]]}
                    for s in record["spans"] if s["type"] in LABELS
                ]
                neutral = [
                    {"start": s["start"], "end": s["end"]} for s in record["spans"] if s["type"] not in LABELS
                ]
                yield {"id": record["doc_id"], "text": record["text"], "spans": spans, "neutral": neutral,
                       "incomplete": True}


def plain(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                text = record.get("output") or record.get("text") or ""
                if text.strip():
                    yield {"id": record["id"], "text": text, "spans": [], "neutral": []}


def public(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file):
                record = json.loads(line)
                for field in ("text", "instruction", "input", "output"):
                    text = record.get(field) or ""
                    if len(text) > 200:
                        name = f"{os.path.basename(path)}-{number}-{field}"
                        yield {"id": name, "text": text[:4000], "spans": [], "neutral": []}


def written(folder, variants):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
    import deid_notes
    import renaming

    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        with open(path, encoding="utf-8") as file:
            note = deid_notes.parse(os.path.basename(path), file.read())
        note = {"id": note["id"], "text": note["text"], "spans": note["spans"], "neutral": note["neutral"]}
        yield note
        for variant in range(1, variants):
            yield renaming.renamed(note, variant)


def write(lines, out, most, seed):
    lines = list(lines)
    random.Random(seed).shuffle(lines)
    with open(out, "w", encoding="utf-8") as file:
        for line in lines[:most]:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("clinics")
    one.add_argument("truth")
    one.add_argument("out")
    one.add_argument("--skip-source", action="append", default=[])
    two = commands.add_parser("plain")
    two.add_argument("out")
    two.add_argument("files", nargs="+")
    four = commands.add_parser("public")
    four.add_argument("out")
    four.add_argument("files", nargs="+")
    three = commands.add_parser("written")
    three.add_argument("out")
    three.add_argument("folder")
    three.add_argument("--variants", type=int, default=1)
    for command in (one, two, three, four):
        command.add_argument("--max", type=int, default=1 << 30)
        command.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    if a.command == "clinics":
        lines = clinics(a.truth, a.skip_source)
    elif a.command == "plain":
        lines = plain(a.files)
    elif a.command == "public":
        lines = public(a.files)
    else:
        lines = written(a.folder, a.variants)
    write(lines, a.out, a.max, a.seed)


if __name__ == "__main__":
    main()
