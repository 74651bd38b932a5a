#!/usr/bin/env python3
"""Google's dp-accounting on the questions of `consilium-admin bench`: one JSON object with seconds by measure.

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


def seconds(accountant, events):
    start = time.perf_counter()
    for one in events:
        accountant.compose(one)
    accountant.get_epsilon(DELTA)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000, help="rows of the Rényi accountant")
    parser.add_argument("--pld-rows", type=int, default=40, help="rows of the privacy loss distribution")
    options = parser.parse_args()
    found = {}
    for rate, noise in PHASES:
        what = f"one phase of 10,000 steps, rate {rate}, noise {noise}"
        found[f"{what}, RDP"] = seconds(rdp_privacy_accountant.RdpAccountant(), [event(rate, noise, 10_000)])
        found[f"{what}, PLD"] = seconds(pld_privacy_accountant.PLDAccountant(), [event(rate, noise, 10_000)])
    rdp = seconds(rdp_privacy_accountant.RdpAccountant(), rows(options.rows))
    found["1,000 distinct rows, RDP"] = rdp * 1000 / options.rows
    pld = seconds(pld_privacy_accountant.PLDAccountant(), rows(options.pld_rows))
    found["1,000 distinct rows, PLD"] = pld * 1000 / options.pld_rows
    start = time.perf_counter()
    dp_accounting.calibrate_dp_mechanism(
        pld_privacy_accountant.PLDAccountant, lambda noise: event(0.01, noise, 10_000), 3.0, DELTA)
    found["calibrate to epsilon 3 over 10,000 steps, RDP and PLD"] = time.perf_counter() - start
    print(json.dumps(dict(seconds=found, rows=options.rows, pld_rows=options.pld_rows)))


if __name__ == "__main__":
    main()
