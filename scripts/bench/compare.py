#!/usr/bin/env python3
"""Compares the training engine with PEFT, Opacus and transformers in one interleaved run, and prints a table.

  scripts/bench/compare.py --binary .build/release/consilium-node --peers ../shared/bench/peers --threads 1

Every round runs each program once, one after the other, never two at a time; a ratio is formed within its round and the
median over the rounds counts. Both sides use the same threads and the same clock: the process's own processor time with
one thread, wall time with more, which needs an idle machine. Nothing is downloaded; peers need torch, transformers and
peft, and opacus for one row. $PYTHON names the interpreter that has them. What can't be run is said and left out.
"""
import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from rows import ROWS, runs

FOLDER = os.path.dirname(os.path.abspath(__file__))


class Unavailable(Exception):
    """A program that can't run here; the message goes into the table."""


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


class Comparison:
    def __init__(self, options):
        self.options = options
        self.python = os.environ.get("PYTHON", "python3")
        self.samples = {}
        self.failures = {}
        self.scratch = tempfile.TemporaryDirectory()
        self.environment = dict(os.environ)
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            self.environment[name] = str(options.threads)

    def commands(self):
        """The command line of every run by name, or why there is none."""
        found = {}
        missing = self.missing_peers()
        for name, kind, arguments in runs(self.options.threads, self.options.steps):
            if kind == "own":
                found[name] = [self.options.binary, "bench", *arguments, "--json", "--quiet"]
            elif kind == "peak":
                found[name] = self.peak_program()
            elif missing:
                found[name] = Unavailable(missing)
            elif kind == "mixed":
                found[name] = [self.python, "-W", "ignore", os.path.join(FOLDER, arguments[0]),
                               "--peers", self.options.peers, *arguments[1:]]
            else:
                script = os.path.join(self.options.peers, arguments[0])
                found[name] = [self.python, "-W", "ignore", script, *arguments[1:]]
        return found

    def missing_peers(self):
        if not os.path.isfile(os.path.join(self.options.peers, "peft_lora.py")):
            return f"no peft_lora.py in {self.options.peers}; give the folder with --peers"
        check = subprocess.run(
            [self.python, "-c", "import torch, transformers, peft"], capture_output=True, text=True)
        if check.returncode:
            return f"{self.python} can't import torch, transformers and peft; name one that can with PYTHON"
        return None

    def peak_program(self):
        compiler = shutil.which(os.environ.get("CC", "cc"))
        if not compiler:
            return Unavailable("no C compiler for fma_peak.c; name one with CC")
        program = os.path.join(self.scratch.name, "fma_peak")
        source = os.path.join(FOLDER, "fma_peak.c")
        built = subprocess.run(
            [compiler, "-O3", "-ffp-contract=fast", "-pthread", source, "-o", program], capture_output=True, text=True)
        if built.returncode:
            return Unavailable("fma_peak.c can't be compiled: " + last_line(built.stderr))
        return [program, str(self.options.threads)]

    def run(self, name, command):
        if isinstance(command, Unavailable):
            self.failures[name] = str(command)
            return
        start = time.perf_counter()
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, env=self.environment, timeout=self.options.limit)
        except (OSError, subprocess.TimeoutExpired) as error:
            self.failures[name] = f"{os.path.basename(command[0])}: {error}"
            return
        if done.returncode:
            self.failures[name] = last_line(done.stderr)[:200] or f"ended with {done.returncode}"
            return
        try:
            result = json.loads(last_line(done.stdout))
        except ValueError:
            self.failures[name] = "printed no JSON"
            return
        self.samples.setdefault(name, []).append(result)
        print(f"  {name:20} {time.perf_counter() - start:6.1f} s", file=sys.stderr, flush=True)

    def wanted(self):
        chosen = [row for row in ROWS if not self.options.rows or row["key"] in self.options.rows]
        names = [name for row in chosen for name in (row["own"], row["peer"]) if name]
        return chosen, names

    def measure(self):
        rows, names = self.wanted()
        commands = self.commands()
        order = [name for name in commands if name in names]
        try:
            for number in range(self.options.rounds):
                print(f"round {number + 1} of {self.options.rounds}", file=sys.stderr, flush=True)
                # Every other round backwards: what warms up or heats up over a round favours neither side.
                for name in order if number % 2 == 0 else reversed(order):
                    if name not in self.failures:
                        self.run(name, commands[name])
                self.save(rows)
        except KeyboardInterrupt:
            print("interrupted: the table has the rounds so far", file=sys.stderr)
        return [self.evaluate(row) for row in rows]

    def evaluate(self, row):
        result = {key: row[key] for key in ("key", "title", "unit", "must", "aim", "better")}
        for name in (row["own"], row["peer"]):
            if name and (name in self.failures or name not in self.samples):
                return dict(result, verdict="not measured", reason=self.failures.get(name, "no round was completed"))
        own = [sample[row["own_field"]] for sample in self.samples[row["own"]]]
        result["own"] = statistics.median(own)
        if row["peer"]:
            peer = [sample[row["peer_field"]] for sample in self.samples[row["peer"]]]
            result["peer"] = statistics.median(peer)
            values = [a / b for a, b in zip(own, peer)]
        else:
            values = own
        value = statistics.median(values)
        higher = row["better"] == "higher"
        meets = (lambda bound: value >= bound) if higher else (lambda bound: value <= bound)
        verdict = "falls short"
        if meets(row["must"]):
            verdict = "meets must"
        if row["aim"] is not None and meets(row["aim"]):
            verdict = "meets aim"
        return dict(result, value=value, low=min(values), high=max(values), rounds=len(values), verdict=verdict)

    def save(self, rows):
        if not self.options.json:
            return
        folder = os.path.dirname(os.path.abspath(self.options.json))
        os.makedirs(folder, exist_ok=True)
        partial = self.options.json + ".partial"
        with open(partial, "w") as file:
            json.dump(dict(
                machine=machine(), threads=self.options.threads, clock="cpu" if self.options.threads == 1 else "wall",
                rounds=self.options.rounds, steps=self.options.steps, load=os.getloadavg(),
                rows=[self.evaluate(row) for row in rows], samples=self.samples,
                failures=self.failures), file, indent=1)
        os.replace(partial, self.options.json)


def machine():
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as file:
            name = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return dict(processor=name, cores=os.cpu_count(), system=platform.platform())


def table(rows):
    def number(value, row):
        if value is None:
            return ""
        if row["unit"] == "%":
            return f"{100 * value:.1f} %"
        return f"{value:+.0f} MiB" if row["unit"] == "MiB" else f"{value:.2f} ×"

    def figure(value):
        return "" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"

    lines = ["| measure | own | peer | result (range) | must | aim | verdict |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        sign = "≥" if row["better"] == "higher" else "≤"
        bound = lambda value: f"{sign} {number(value, row)}" if value is not None else ""
        cells = [row["title"], figure(row.get("own")), figure(row.get("peer")), "", bound(row["must"]),
                 bound(row["aim"]), row["verdict"]]
        if "value" in row:
            cells[3] = f"{number(row['value'], row)} ({number(row['low'], row)} to {number(row['high'], row)})"
        else:
            cells[3] = row["reason"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/consilium-node", help="our program, built for release")
    parser.add_argument("--peers", default="../shared/bench/peers", help="folder with the peers' scripts")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=2, help="timed steps of a process; its median counts")
    parser.add_argument("--rows", nargs="*", metavar="ROW", help="only these: " + ", ".join(row["key"] for row in ROWS))
    parser.add_argument("--json", metavar="FILE", help="write everything that was measured; also after every round")
    parser.add_argument("--strict", action="store_true", help="exit code 1 unless every row meets its must")
    parser.add_argument("--limit", type=float, default=3600, help="seconds that one process may take")
    options = parser.parse_args()
    if options.threads < 1 or options.rounds < 1 or options.steps < 1:
        parser.error("--threads, --rounds and --steps must be at least 1")
    unknown = set(options.rows or []) - {row["key"] for row in ROWS}
    if unknown:
        parser.error(f"unknown row: {', '.join(sorted(unknown))}")
    if not os.access(options.binary, os.X_OK):
        parser.error(f"there is no program at {options.binary}; build it (swift build -c release) or give --binary")
    options.binary = os.path.abspath(options.binary)
    options.peers = os.path.abspath(options.peers)
    if os.nice(0) != 0:
        print("note: this run has a priority of its own (nice); all processes share it", file=sys.stderr)
    if options.threads > 1 and os.getloadavg()[0] > 0.5:
        print(f"note: wall time on a busy machine (load {os.getloadavg()[0]:.1f}) means little", file=sys.stderr)
    comparison = Comparison(options)
    rows = comparison.measure()
    comparison.save(comparison.wanted()[0])
    clock = "processor time" if options.threads == 1 else "wall time"
    print(f"{machine()['processor']}, {options.threads} thread(s), {clock}, {options.rounds} interleaved rounds of "
          f"{options.steps} timed steps; medians\n")
    print(table(rows))
    return 1 if options.strict and any(not row["verdict"].startswith("meets") for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
