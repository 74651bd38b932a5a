#!/usr/bin/env python3
"""What a federation costs besides training: our coordinator and clinics as real processes over mutual TLS.

Prints our figures; beside those of NVFlare and Flower where their interpreters and the folder with their runners are given:

    make bench-federation
    make bench-federation BENCH_FLAGS="--peers DIR --nvflare PYTHON --flower PYTHON"

Every run is a consortium of its own in a temporary folder. Runs of ours and of a peer alternate. CPU seconds are those of all
processes of a federation; wall times of a busy machine are upper bounds. Run as root where possible: a network namespace of
its own then makes the count of bytes exact.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

from federation_peers import Peers
from federation_run import Federation
from federation_table import Table

SMALL, LARGE = 1_000_000, 10_000_000


def main():
    options = arguments()
    if options.isolate and os.geteuid() == 0 and not os.environ.get("CONSILIUM_BENCH_ISOLATED"):
        inside = dict(os.environ, CONSILIUM_BENCH_ISOLATED="1")
        again = ["unshare", "-n", "sh", "-c", 'ip link set lo up 2>/dev/null || ifconfig lo up; exec "$@"', "sh",
                 sys.executable, *sys.argv]
        if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0:
            os.execvpe("unshare", again, inside)
    bench = Bench(options)
    for row in options.rows:
        getattr(bench, row.replace("-", "_"))()
    bench.table.print()
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"rows": bench.table.rows, "runs": bench.runs}, file, indent=1)
    sys.exit(0 if bench.table.complete else 1)


ROWS = ["sums", "clear", "masked", "tensors", "memory", "secagg", "hundred", "crowd", "death"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True, help="the folder with consilium-coordinator and consilium-bench")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each kind; medians are printed")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of a run")
    parser.add_argument("--rows", nargs="+", default=ROWS, choices=ROWS)
    parser.add_argument("--crowd", type=int, default=200, help="clinics of the row “crowd”")
    parser.add_argument("--peers", help="folder with run_nvflare.py and run_flower.py")
    parser.add_argument("--nvflare", help="interpreter that has nvflare, psutil and numpy")
    parser.add_argument("--flower", help="interpreter that has flwr, psutil and numpy")
    parser.add_argument("--json", help="write everything there")
    parser.add_argument("--no-isolate", dest="isolate", action="store_false", help="stay in this network namespace")
    parser.add_argument("--keep", action="store_true", help="keep the folders of the runs")
    return parser.parse_args()


class Bench:
    def __init__(self, options):
        self.options = options
        self.table = Table()
        self.peers = Peers(options)
        self.runs = []

    def run(self, **settings):
        """One federation of ours from start to end."""
        print(f"ours: {settings}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="consilium-bench-", delete=not self.options.keep) if sys.version_info >= (3, 12) \
                else tempfile.TemporaryDirectory(prefix="consilium-bench-") as folder:
            result = Federation(self.options.binaries, folder + "/run", **settings).measure()
        self.runs.append(result)
        print(json.dumps(result), file=sys.stderr, flush=True)
        return result

    def repeat(self, peer=None, **settings):
        """Runs of ours, each followed by one of a peer's; lists of both."""
        own, other = [], []
        for _ in range(self.options.repeats):
            own.append(self.run(rounds=self.options.rounds, **settings))
            if peer:
                found = peer()
                if found:
                    self.runs.append(found)
                    print(json.dumps(found), file=sys.stderr, flush=True)
                    other.append(found)
        return own, other

    @staticmethod
    def median(runs, key):
        values = [value for run in runs for value in (run[key] if isinstance(run[key], list) else [run[key]])]
        return statistics.median(values) if values else None

    # Rows

    def sums(self):
        for clinics, must, aim in ((10, 1.5, 0.7), (200, 4, 2)):
            runs = [self.sum_figures(clinics, clinics // 10 if clinics == 200 else 0) for _ in range(self.options.repeats)]
            node = statistics.median(run["noiseSeconds"] + run["maskSeconds"] for run in runs)
            self.table.add(f"clinic: masks, rounding and noise, {clinics} clinics × 10 M, CPU s", node, must, aim)
            if clinics == 200:
                self.table.add("coordinator: unmask 200 clinics × 10 M, 20 dropped, CPU s",
                               statistics.median(run["unmaskSeconds"] for run in runs), 40, 12)

    def sum_figures(self, clinics, dropped):
        command = [f"{self.options.binaries}/consilium-bench", "sums", "--clinics", str(clinics), "--dropped", str(dropped),
                   "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        self.runs.append(found)
        return found

    def clear(self):
        own, peer = self.repeat(lambda: self.peers.nvflare(8, LARGE), clinics=8, parameters=LARGE)
        self.nvflare, self.plain = peer, own
        wall, cpu = self.median(own, "round_walls"), self.median(own, "round_cpu")
        self.table.add_ratio("round, 8 × 10 M, masks off: wall s", wall, self.median(peer, "round_walls"), "NVFlare", 0.4, 0.3)
        self.table.add_ratio("round, 8 × 10 M, masks off: CPU s", cpu, self.median(peer, "round_cpu"), "NVFlare", 0.4, 0.3)
        self.table.add("bytes on the wire ÷ 4 × parameters, each way", self.median(own, "wire_ratio"), 1.01, 0.51)
        self.table.add("submit to first task, s", self.median(own, "submit_to_first_task"), 1, 0.3)
        self.table.add("last update to finished, s", self.median(own, "last_update_to_finished"), 1, 0.3)

    def masked(self):
        own, _ = self.repeat(clinics=8, parameters=LARGE, masks=True)
        peer = getattr(self, "nvflare", [])
        self.table.add_ratio("round, 8 × 10 M, masks on: wall s", self.median(own, "round_walls"),
                             self.median(peer, "round_walls"), "NVFlare without masks", 1.5, 0.8)
        self.table.add_ratio("round, 8 × 10 M, masks on: CPU s", self.median(own, "round_cpu"),
                             self.median(peer, "round_cpu"), "NVFlare without masks", 1.5, 0.8)
        self.table.add("the same with masks on", self.median(own, "wire_ratio"), 1.01, 0.51)
        self.masks = own

    def tensors(self):
        # The multiple of 256 × 8 below ten million, for both.
        parameters = LARGE // 2048 * 2048
        one, many = [], []
        for _ in range(self.options.repeats):
            one.append(self.run(clinics=4, parameters=parameters, masks=True, rounds=self.options.rounds))
            many.append(self.run(clinics=4, parameters=parameters, masks=True, rounds=self.options.rounds, tensors=256))
        self.table.add_ratio("round, 256 tensors, masks on: CPU s", self.median(many, "round_cpu"),
                             self.median(one, "round_cpu"), "one tensor", 1.1, 1.0)

    def memory(self):
        four = [self.run(clinics=4, parameters=LARGE, rounds=self.options.rounds) for _ in range(self.options.repeats)]
        eight = getattr(self, "plain", None) or [
            self.run(clinics=8, parameters=LARGE, rounds=self.options.rounds) for _ in range(self.options.repeats)]
        peer = getattr(self, "nvflare", [])
        self.table.add_ratio("coordinator's peak memory, 8 × 10 M, MiB", self.median(eight, "coordinator_peak_mib"),
                             self.median(peer, "server_rss_peak_mib"), "NVFlare", 0.15, 0.1)
        self.table.add("growth from 4 to 8 clinics, MiB",
                       self.median(eight, "coordinator_peak_mib") - self.median(four, "coordinator_peak_mib"), 5)
        self.eight = eight

    def secagg(self):
        own, peer = self.repeat(lambda: self.peers.flower_secagg(8, SMALL), clinics=8, parameters=SMALL, masks=True)
        for key, name in (("round_walls", "wall s"), ("round_cpu", "CPU s")):
            self.table.add_ratio(f"round, 8 × 1 M, masks on: {name}", self.median(own, key), self.median(peer, key),
                                 "Flower SecAgg+", 0.1, 0.03)

    def hundred(self):
        eight = getattr(self, "eight", None) or [self.run(clinics=8, parameters=LARGE, rounds=1)]
        hundred = self.run(clinics=100, parameters=LARGE, rounds=1, processes=1, limit=1500)
        self.table.add_ratio("coordinator's peak memory, 100 × 10 M, MiB", hundred["coordinator_peak_mib"],
                             self.median(eight, "coordinator_peak_mib"), "own at 8", 1.2, None)

    def crowd(self):
        run = self.run(clinics=self.options.crowd, parameters=SMALL, rounds=1, masks=True, processes=1, limit=1500)
        name = f"{self.options.crowd} clinics in one process × 1 M, masks on"
        self.table.add(f"{name}: all clinics' peak memory, MiB", run["clinics_peak_mib"], 2048 if run["ok"] else None)
        self.table.add(f"{name}: coordinator's peak memory, MiB", run["coordinator_peak_mib"], None)
        self.table.add(f"{name}: wall s", self.median([run], "round_walls"), None)
        self.table.add(f"{name}: CPU s", self.median([run], "round_cpu"), None)

    def death(self):
        seen = [self.run(clinics=4, parameters=SMALL, rounds=1, kill=True) for _ in range(self.options.repeats)]
        values = [run["death_seen"] for run in seen if run["death_seen"] is not None]
        self.table.add("a killed clinic is seen after, s", statistics.median(values) if values else None, 2)


if __name__ == "__main__":
    main()
