#!/usr/bin/env python3
"""Measures `consilium-node deidentify` and prints one table: measure, must, aim, ours.

  scripts/bench/deid.py --binary .build/release/consilium-node

Our notes (Tests/DeidentificationTests/Notes) are hand-written: rules may be tuned on `dev`, `test` is only measured, and
its misses are never shown. With the customer's folder beside the checkout (../shared, or $CONSILIUM_SHARED) the public
development data are measured too, and our counts are checked against the customer's scorer. Speed is processor time of
one core over notes of 600 characters, start-up taken off, the median of five runs; the binary has to be a release build.
"""
import argparse
import importlib.util
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

import deid_counts
import deid_notes

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOTES = os.path.join(ROOT, "Tests", "DeidentificationTests", "Notes")
PUBLIC = [("asq_phi", "ASQ-PHI", 0.96, 0.93, 0.98, 0.96), ("presidio_synth", "Presidio-synth", 0.92, 0.90, 0.95, 0.95),
          ("meddocan_es", "MEDDOCAN", 0.90, 0.90, 0.96, 0.96)]


class Failure(Exception):
    """What can't go on; the message says what to do."""


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_lines(path):
    # Not splitlines: a text may hold other line separators than the newline.
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


class Program:
    """Runs the binary over notes, in a folder of its own."""

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        if not os.access(self.binary, os.X_OK):
            raise Failure(f"There is no program at {binary}; `make build` makes it.")
        self.scratch = tempfile.TemporaryDirectory()

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def command(self, *arguments):
        return [self.binary, "deidentify", "--input", self.path("in.jsonl"), "--output", self.path("out.jsonl"),
                "--seed-key", "07" * 32, "--quiet", *arguments]

    def run(self, command):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        # A batch with quarantined notes may end with a status of its own; its output is complete all the same.
        if not os.path.exists(self.path("out.jsonl")):
            raise Failure(f"`deidentify` ended with {done.returncode}: {done.stderr.strip()[-400:]}")

    def predictions(self, notes, known=False, policy=None):
        """The answers by id."""
        write_lines(self.path("in.jsonl"), ({"id": n["id"], "text": n["text"]} for n in notes))
        arguments = []
        if known:
            write_lines(self.path("known.jsonl"), ({"id": n["id"], "known": n["known"]} for n in notes))
            arguments += ["--known", self.path("known.jsonl")]
        if policy:
            arguments += ["--policy", policy]
        if os.path.exists(self.path("out.jsonl")):
            os.remove(self.path("out.jsonl"))
        self.run(self.command(*arguments))
        answers = {row["id"]: row for row in read_lines(self.path("out.jsonl"))}
        missing = [n["id"] for n in notes if n["id"] not in answers]
        if missing:
            raise Failure(f"`deidentify` gave no line for {len(missing)} of {len(notes)} notes, e.g. {missing[0]}.")
        return answers

    def processor_seconds(self, texts):
        write_lines(self.path("in.jsonl"), ({"id": str(k), "text": text} for k, text in enumerate(texts)))
        command = self.command()
        if shutil.which("taskset"):
            command = ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.run(command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def speed(self, notes, runs=5):
        """Notes of 600 characters a second."""
        whole = "\n".join(note["text"] for note in notes)

        def texts(count):
            # Steps of 37 characters: no two notes are the same.
            starts = ((37 * k) % (len(whole) - 600) for k in range(count))
            return [whole[start:start + 600] for start in starts]

        start_up = statistics.median(self.processor_seconds(texts(1)) for _ in range(runs))
        probe = max(self.processor_seconds(texts(200)) - start_up, 1e-3)
        count = max(200, min(20_000, int(200 * 2 / probe)))
        seconds = [max(self.processor_seconds(texts(count)) - start_up, 1e-6) for _ in range(runs)]
        return count / statistics.median(seconds)


class Scorer:
    """The customer's scorer, when it is there: what it counts has to be what we count."""

    def __init__(self, shared):
        path = os.path.join(shared, "bench", "deid_score.py")
        self.module = None
        if os.path.exists(path):
            specification = importlib.util.spec_from_file_location("deid_score", path)
            self.module = importlib.util.module_from_spec(specification)
            sys.dont_write_bytecode = True
            specification.loader.exec_module(self.module)

    def check(self, name, notes, spans, ours):
        if self.module is None:
            return
        theirs = self.module.score({n["id"]: n for n in notes}, {i: {"spans": s} for i, s in spans.items()})
        differences = deid_counts.disagreements(ours, theirs)
        if differences:
            raise Failure(f"Our counts of {name} differ from the customer's scorer: " + "; ".join(differences))


def measure(program, scorer, name, notes, leaks=None, **how):
    answers = program.predictions(notes, **how)
    spans = {identifier: answer["spans"] for identifier, answer in answers.items()}
    result = deid_counts.count(notes, spans, leaks)
    scorer.check(name, notes, spans, result)
    result["status"] = {}
    for answer in answers.values():
        result["status"][answer["status"]] = result["status"].get(answer["status"], 0) + 1
    result["own_left"] = sum(
        len(deid_notes.own_identifiers_left(note, answers[note["id"]]["text"] or "")) for note in notes if "own" in note)
    return result


def bound(value, must, lower=False, digits=3):
    """A value with a mark when it misses its bound."""
    if must is None or value is None:
        return "–" if value is None else f"{value:.{digits}f}"
    missed = value > must if lower else value < must
    return f"{value:.{digits}f}{' ✗' if missed else ''}"


def rows(results):
    """(measure, must, aim, cells by column)."""
    text = {part: results[f"notes_{part}"] for part in ("dev", "test")}
    known = {part: results[f"notes_{part}_known"] for part in ("dev", "test")}

    def row(title, field, must, aim, of=text, lower=False, digits=3):
        cells = {part: bound(of[part][field], must, lower, digits) for part in of}
        sign = "≤" if lower else "≥"
        return (title, f"{sign} {must}" if must is not None else "–", str(aim) if aim is not None else "–", cells)

    yield row("text only: character recall", "recall", 0.985, 0.993)
    yield row("text only: character precision", "precision", 0.95, 0.975)
    yield row("text only: leaked spans per 1,000 notes", "leaks_per_1000", 300, 120, lower=True, digits=0)
    yield row("text only: clean notes", "clean_notes", None, None)
    yield row("known: character recall", "recall", 0.992, 0.997, known)
    yield row("known: character precision", "precision", None, None, known)
    yield row("known: leaked spans per 1,000 notes", "leaks_per_1000", 150, 50, known, True, 0)
    yield row("known: clean notes", "clean_notes", 0.88, 0.95, known)
    yield row("known: patient's own listed identifiers in the output", "own_left", 0, 0, known, True, 0)
    yield row("hard negatives touched", "hard_touched", 0.10, 0.03, lower=True)
    yield row("ordinary words kept", "words_kept", 0.99, 0.995)
    yield row("notes without identifiers, something removed", "over_redacted", None, None, digits=0)
    for label in deid_notes.LABELS:
        cells = {}
        for part in text:
            category = text[part]["categories"].get(label)
            cells[part] = (bound(category["recall"], 0.90) + f" of {category['spans']}") if category else "–"
        yield (f"span recall, {label}", "≥ 0.90", "0.98", cells)


def print_table(results):
    lines = [("measure", "must", "aim", "ours: test", "ours: dev")]
    lines += [(title, must, aim, cells["test"], cells["dev"]) for title, must, aim, cells in rows(results)]
    for key, title, recall, precision, aim_recall, aim_precision in PUBLIC:
        if key in results:
            r = results[key]
            lines.append((f"{title}: character recall", f"≥ {recall}", str(aim_recall), "", bound(r["recall"], recall)))
            lines.append((f"{title}: character precision", f"≥ {precision}", str(aim_precision), "",
                          bound(r["precision"], precision)))
    if "speed" in results:
        lines.append(("notes/s, one core, 600 characters", "≥ 1000", "3000", bound(results["speed"], 1000, digits=0), ""))
    widths = [max(len(line[k]) for line in lines) for k in range(5)]
    for number, line in enumerate(lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    counts = ", ".join(f"{part}: {results[f'notes_{part}']['notes']} notes with {results[f'notes_{part}']['spans']} "
                       f"identifiers, {results[f'notes_{part}']['hard_negatives']} hard negatives"
                       for part in ("test", "dev"))
    print(f"\n✗ misses what must be. {counts}.")
    for name in ("notes_test", "notes_test_known"):
        print(f"Status of {name.replace('_', ' ')}: "
              + ", ".join(f"{count} {status}" for status, count in sorted(results[name]["status"].items())) + ".")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the consilium-node to measure")
    parser.add_argument("--policy", help="another policy than the default")
    parser.add_argument("--spanish-policy", help="the policy for MEDDOCAN, if it needs one of its own")
    parser.add_argument("--json", metavar="FILE", help="all measures as one JSON object")
    parser.add_argument("--leaks", metavar="FILE", help="the spans missed in development data, one JSON object a line")
    parser.add_argument("--no-speed", action="store_true", help="leave the speed out")
    parser.add_argument("--no-public", action="store_true", help="leave the public development data out")
    options = parser.parse_args()

    shared = os.environ.get("CONSILIUM_SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
    results, leaks = {}, []
    try:
        program, scorer = Program(options.binary), Scorer(shared)
        if scorer.module is None:
            print(f"Skipped: {shared} has no bench/deid_score.py, so our counts are not checked against it.")
        for part in ("dev", "test"):
            notes = deid_notes.load(os.path.join(NOTES, part))
            for known in (False, True):
                name = f"notes_{part}" + ("_known" if known else "")
                found = []
                results[name] = measure(program, scorer, name, notes, found, known=known, policy=options.policy)
                if part == "dev":
                    leaks += [{"set": name, **row} for row in found]
        for key, title, *_ in PUBLIC:
            path = os.path.join(shared, "data", "deid", key + ".jsonl")
            if options.no_public or not os.path.exists(path):
                print(f"Skipped: {title}" + ("." if options.no_public else f" ({path} is not there)."))
                continue
            found = []
            policy = (options.spanish_policy if key.endswith("_es") else None) or options.policy
            results[key] = measure(program, scorer, key, read_lines(path), found, policy=policy)
            leaks += [{"set": key, **row} for row in found]
        if not options.no_speed:
            if not shutil.which("taskset"):
                print("taskset is not installed: the speed is processor time, but on no core of its own.")
            results["speed"] = program.speed(deid_notes.load(os.path.join(NOTES, "dev")))
    except (Failure, deid_notes.BadNote, ValueError, OSError) as error:
        sys.exit(f"deid.py: {error}")
    print_table(results)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as stream:
            json.dump(results, stream, indent=1, ensure_ascii=False)
    if options.leaks:
        write_lines(options.leaks, leaks)


if __name__ == "__main__":
    main()
