#!/usr/bin/env python3
"""Google's dp-accounting on the questions of `consilium-admin bench`: one JSON object with seconds by measure, of the clock
(`seconds`) and of the process's own processor time (`cpu_seconds`).

  privacy_peer.py [--rows N] [--pld-rows N]

Needs dp-accounting (0.6.0 was measured). The rows of the privacy loss distribution take minutes, so they are counted in
fewer rows by default and the time is scaled to 1,000; the object says how many there were.
"""
import argparse
import json
import time

import dp_accounting
from dp_accounting.pld import pld_privacy_accountant
from dp_accounting.rdp import rdp_privacy_accountant

DELTA = 1e-5
PHASES = [(0.01, 1.0), (0.001, 0.7), (0.1, 2.0)]


def event(rate, noise, steps):
    gaussian = dp_accounting.GaussianDpEvent(noise)
    return dp_accounting.SelfComposedDpEvent(dp_accounting.PoissonSampledDpEvent(rate, gaussian), steps)


def rows(count):
    return [event(0.005 + 1e-5 * row, 0.8 + 1e-3 * row, 10 + row % 40) for row in range(count)]


class Stopwatch:
    def __init__(self):
        self.seconds, self.cpu_seconds = {}, {}

    def measure(self, name, work, scale=1.0):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.seconds[name] = (time.perf_counter() - wall) * scale
        self.cpu_seconds[name] = (time.process_time() - cpu) * scale


def epsilon(accountant, events):
    for one in events:
        accountant.compose(one)
    return accountant.get_epsilon(DELTA)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000, help="rows of the Rényi accountant")
    parser.add_argument("--pld-rows", type=int, default=40, help="rows of the privacy loss distribution")
    options = parser.parse_args()
    watch = Stopwatch()
    rdp, pld = rdp_privacy_accountant.RdpAccountant, pld_privacy_accountant.PLDAccountant
    for rate, noise in PHASES:
        what = f"one phase of 10,000 steps, rate {rate}, noise {noise}"
        watch.measure(f"{what}, RDP", lambda: epsilon(rdp(), [event(rate, noise, 10_000)]))
        watch.measure(f"{what}, PLD", lambda: epsilon(pld(), [event(rate, noise, 10_000)]))
    watch.measure("1,000 distinct rows, RDP", lambda: epsilon(rdp(), rows(options.rows)), 1000 / options.rows)
    watch.measure("1,000 distinct rows, PLD", lambda: epsilon(pld(), rows(options.pld_rows)), 1000 / options.pld_rows)
    watch.measure(
        "calibrate to epsilon 3 over 10,000 steps, RDP and PLD",
        lambda: dp_accounting.calibrate_dp_mechanism(pld, lambda noise: event(0.01, noise, 10_000), 3.0, DELTA))
    print(json.dumps(dict(
        seconds=watch.seconds, cpu_seconds=watch.cpu_seconds, rows=options.rows, pld_rows=options.pld_rows)))


if __name__ == "__main__":
    main()
