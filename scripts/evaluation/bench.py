"""Multiple choice by lm-evaluation-harness and by consilium-node: the same model, items and threads; processor seconds, and the
largest difference of a log-likelihood. The harness's loading of the model is not counted, ours is.

    python bench.py --program .build/release/consilium-node --model DIR --data FILE.jsonl --style cloze --shots 0 --items 12
"""
import argparse
import json
import os
import resource
import subprocess
import tempfile
import time

options = argparse.ArgumentParser()
for name, kind, default in [("program", str, None), ("model", str, None), ("data", str, None), ("style", str, "cloze"),
                            ("shots", int, 0), ("items", int, 12), ("threads", int, 1)]:
    options.add_argument(f"--{name}", type=kind, default=default, required=default is None)
options = options.parse_args()
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import torch  # noqa: E402

import harness  # noqa: E402

torch.set_num_threads(options.threads)
items = [json.loads(line) for line in open(options.data)][:options.items]
lm = harness.model(options.model, batch_size=8)
start, wall = time.process_time(), time.time()
figures, theirs, _ = harness.run(lm, items, options.style, options.shots)
harness_cpu, harness_wall = time.process_time() - start, time.time() - wall
with tempfile.TemporaryDirectory() as folder:
    data, samples = f"{folder}/items.jsonl", f"{folder}/samples.jsonl"
    with open(data, "w") as file:
        file.writelines(json.dumps(i) + "\n" for i in items)
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run([options.program, "evaluate", "--task", "mcq", "--model", options.model, "--data", data, "--prompt", options.style,
                    "--shots", str(options.shots), "--threads", str(options.threads), "--samples", samples, "--json"], check=True)
    after, own_wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.time() - wall
    ours = [json.loads(line)["log_likelihoods"] for line in open(samples)]
own_cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
worst = max(abs(a - b) for x, y in zip(ours, theirs) for a, b in zip(x, y))
print(json.dumps({"items": len(items), "style": options.style, "shots": options.shots, "harness_cpu_s": round(harness_cpu, 2),
                  "consilium_cpu_s": round(own_cpu, 2), "ratio_cpu": round(harness_cpu / own_cpu, 2),
                  "harness_wall_s": round(harness_wall, 2), "consilium_wall_s": round(own_wall, 2), "largest_difference": worst}))
