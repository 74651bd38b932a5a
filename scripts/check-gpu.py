#!/usr/bin/env python3
"""Holds a built consilium-node on a GPU against the same program on the CPU, for the tiny models of every family.

For every model of Tests/LanguageModelsTests/Vectors it trains its adapter on its texts, once with --device cpu and once with
--device cuda, and compares
    loss     of every step                                          <= 2 % of the CPU's
    moved    what ten steps of SGD changed in the adapter           <= 10 % of the CPU's, as an L2 norm; mixtures 30 %
With --device cpu both sides are the CPU: a check of the script.

usage: scripts/check-gpu.py --node PATH [--model NAME]... [--device cuda]
Needs nothing but Python. Exits with 1 if any model fails.
"""
import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile

VECTORS = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Tests", "LanguageModelsTests", "Vectors")
LOSS, MOVED, MOVED_MIXTURE = 0.02, 0.10, 0.30


def tensors(path):
    """The float32 tensors of a safetensors file."""
    with open(path, "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    result = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            sys.exit(f"{path}: {name} is {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        raw = data[8 + size + begin:8 + size + end]
        result[name] = struct.unpack(f"<{len(raw) // 4}f", raw)
    return result


def train(node, model, lines, out, device):
    command = [
        node, "train", "--model", model, "--adapter", os.path.join(model, "adapter"), "--data", lines, "--out", out,
        "--steps", "10", "--batch-tokens", "4096", "--optimizer", "sgd", "--lr", "0.01", "--no-shuffle", "--device",
        device, "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"--device {device} ended with {done.returncode}: {done.stderr.strip()[-400:]}")
    with open(os.path.join(out, "metrics.jsonl")) as file:
        losses = [json.loads(line)["loss"] for line in file]
    return losses, tensors(os.path.join(out, "adapter_model.safetensors"))


def norm(values):
    return sum(v * v for v in values) ** 0.5


def check(node, name, device):
    model = os.path.join(VECTORS, name)
    with open(os.path.join(model, "tokens.json")) as file:
        tokens = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        lines = os.path.join(folder, "lines.jsonl")
        with open(lines, "w") as file:
            for ids, labels in zip(tokens["ids"], tokens["labels"]):
                file.write(json.dumps({"input_ids": ids, "labels": labels}) + "\n")
        losses, adapter = train(node, model, lines, os.path.join(folder, "cpu"), "cpu")
        found, moved = train(node, model, lines, os.path.join(folder, "gpu"), device)
    start = tensors(os.path.join(model, "adapter", "adapter_model.safetensors"))
    loss = max(abs(a - b) / abs(b) for a, b in zip(found, losses))
    change = [b - a for key in adapter for a, b in zip(start[key], adapter[key])]
    apart = [b - a for key in adapter for a, b in zip(adapter[key], moved[key])]
    share = norm(apart) / max(norm(change), 1e-30)
    bound = MOVED_MIXTURE if name.startswith("mixtral") else MOVED
    ok = len(found) == len(losses) == 10 and loss <= LOSS and share <= bound
    print(f"{'ok  ' if ok else 'FAIL'} {name}: loss {loss:.2e}, moved {share:.2e}", flush=True)
    return ok


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--node", required=True)
    parser.add_argument("--model", action="append")
    parser.add_argument("--device", default="cuda")
    arguments = parser.parse_args()
    names = arguments.model or sorted(
        name for name in os.listdir(VECTORS) if os.path.exists(os.path.join(VECTORS, name, "tokens.json")))
    failed = []
    for name in names:
        try:
            ok = check(arguments.node, name, arguments.device)
        except (RuntimeError, OSError, ValueError, KeyError) as error:
            print(f"FAIL {name}: {error}", flush=True)
            ok = False
        if not ok:
            failed.append(name)
    print(f"{len(names) - len(failed)} of {len(names)} models agree")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
