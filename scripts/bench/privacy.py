#!/usr/bin/env python3
"""Times the accountants and the exact noise, beside Google's dp-accounting in the same run, and prints a table.

  scripts/bench/privacy.py --binary .build/release/consilium-admin [--rounds 5] [--json FILE]

Each round runs both programs once, one after the other; ratios are formed within a round and their median counts. The peer
needs dp-accounting in the interpreter that $PYTHON names; without it the own figures are printed alone and that is said.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
# Measure: what must be reached and what is aimed for; times in seconds, rates in samples a second.
BOUNDS = {
    "one phase": (0.05, 0.01), "1,000 distinct rows, RDP": (1, 0.1), "1,000 distinct rows, PLD": (2, 0.5),
    "calibrate": (0.5, 0.05), "check": (0.05, 0.005), "exact noise": (14e6, 50e6),
}


def bounds(name):
    return next((bound for start, bound in BOUNDS.items() if name.startswith(start)), (None, None))


def run(command):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="consilium-admin, release build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="writes all figures there")
    options = parser.parse_args()
    python = os.environ.get("PYTHON", "python3")
    own, peer, ratios, missing = {}, {}, {}, None
    for number in range(options.rounds):
        figures = run([options.binary, "bench", "--repetitions", "1", "--json", "--quiet"])["figures"]
        theirs = {}
        if missing is None:
            try:
                theirs = run([python, "-W", "ignore", os.path.join(FOLDER, "privacy_peer.py")])["seconds"]
            except (RuntimeError, OSError) as error:
                missing = str(error)
        for figure in figures:
            name, value = figure["name"], figure["median"]
            own.setdefault(name, []).append(value)
            if name in theirs:
                peer.setdefault(name, []).append(theirs[name])
                ratios.setdefault(name, []).append(theirs[name] / value)
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
    if missing:
        print(f"Without the peer ({missing}): install dp-accounting and name its interpreter in $PYTHON.")
    print("| measure | must | aim | ours | dp-accounting | ratio |")
    print("|---|---|---|---|---|---|")
    for name, values in own.items():
        must, aim = bounds(name)
        is_rate = name.startswith("exact noise")

        def shown(value):
            if value is None:
                return "–"
            return f"{value / 1e6:.1f} M/s" if is_rate else f"{value:.4g} s"

        sign = "≥ " if is_rate else "≤ "
        row = [name, sign + shown(must), sign + shown(aim), shown(statistics.median(values))]
        if name in peer:
            row += [shown(statistics.median(peer[name])), f"{statistics.median(ratios[name]):.0f} ×"]
        else:
            row += ["–", "–"]
        print("| " + " | ".join(row) + " |")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(dict(own=own, peer=peer, ratios=ratios), file, indent=1)


if __name__ == "__main__":
    main()
