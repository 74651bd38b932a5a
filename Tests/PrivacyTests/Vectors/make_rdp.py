"""Writes rdp.json: epsilons of Google's dp-accounting (pip install dp-accounting==0.6.0) for parameters of our own choice."""
import json
import pathlib

import dp_accounting as dp
from dp_accounting import rdp

CASES = [
    ([(1.0, 0.013, 700)], 1e-5), ([(0.75, 0.004, 3000)], 1e-6), ([(2.2, 0.15, 250)], 1e-5), ([(5.0, 0.03, 9000)], 1e-7),
    ([(0.6, 0.05, 20)], 1e-4), ([(1.4, 0.5, 12)], 1e-5), ([(12.0, 0.02, 40000)], 1e-6), ([(0.9, 0.0003, 60000)], 1e-8),
    ([(1.7, None, 9)], 1e-5), ([(25.0, None, 4000)], 1e-6), ([(1.1, 0.02, 400), (2.0, 0.08, 100)], 1e-5),
    ([(0.8, 0.01, 50), (3.0, None, 5), (1.3, 0.03, 900)], 1e-6),
]


def epsilon(phases, delta):
    accountant = rdp.RdpAccountant()
    for noise, rate, steps in phases:
        event = dp.GaussianDpEvent(noise)
        accountant.compose(event if rate is None else dp.PoissonSampledDpEvent(rate, event), steps)
    return accountant.get_epsilon(delta)


def phase(noise, rate, steps):
    sampling = {"type": "none"} if rate is None else {"type": "poisson", "q": rate}
    return {"mechanism": "gaussian", "noise_multiplier": noise, "sampling": sampling, "steps": steps}


cases = [{"phases": [phase(*p) for p in phases], "delta": delta, "rdp": epsilon(phases, delta)} for phases, delta in CASES]
path = pathlib.Path(__file__).with_name("rdp.json")
path.write_text(json.dumps({"cases": cases}, indent=1) + "\n")
