#!/usr/bin/env python3
"""Everything that a machine with a GPU can show about a built consilium-node, in one run or in parts, each with a time limit.

    start      ldd finds all libraries; --help and doctor answer; doctor names the GPU
    families   for every tiny model of Tests/LanguageModelsTests/Vectors ten steps on the CPU and ten on the GPU:
               loss of every step                             <= 2 % of the CPU's
               moved: what SGD changed in the adapter         <= 10 % of the CPU's, as an L2 norm; mixtures 30 %
    sanitizer  compute-sanitizer memcheck and racecheck over a step, where it is installed
    speed      tokens/s against the floors, peak memory of the device, private against plain steps
    peer       gpu_peft_lora.py (--peer) in its settings; own speed and memory against the fastest that fits

Results are added to the JSON file of --report, so that parts can be run in several calls; the table at the end judges all
that it holds. With --device cpu both sides are the CPU and shapes are tiny: a check of this script.

usage: scripts/check-gpu.py --node PATH [--parts start,families,...] [--report FILE] [--peer FILE] [--device cuda]
                            [--model NAME]... [--seconds 540]
Needs nothing but Python; the peer needs torch, transformers and peft (--python names their interpreter). Exits with 1 if
anything failed that must not.
"""
import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time

VECTORS = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Tests", "LanguageModelsTests", "Vectors")
PARTS = ["start", "families", "sanitizer", "speed", "peer"]
LOSS, MOVED, MOVED_MIXTURE = 0.02, 0.10, 0.30
# Shape, number format, batch, sequence, floor in tokens/s of an H200 (790 TFLOP/s), what must be reached of it and the aim.
SPEEDS = [
    ("qwen05", "bf16", 16, 2048, 338000, 0.40, 0.60),
    ("llama8b", "bf16", 8, 2048, 24570, 0.65, 0.82),
    ("llama70b", "nf4", 3, 2048, 2767, 0.65, 0.82),
]
TINY_SPEEDS = [("tiny", "bf16", 2, 64, 0, 0, 0)]
PEERS = [
    "--checkpointing",
    "--adapter-dtype bf16 --loss chunked",
    "--adapter-dtype bf16 --loss chunked --compile",
    "--adapter-dtype bf16 --loss chunked --checkpointing",
]


class Clock:
    """How long the whole run may still take."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def left(self, most):
        return max(1.0, min(most, self.end - time.monotonic()))

    def is_over(self):
        return time.monotonic() >= self.end


def call(command, clock, most=300):
    """Exit code, output and errors; 124 where it took too long, 127 where it did not start."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=clock.left(most))
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return 124, "", "took too long"
    except OSError as error:
        return 127, "", str(error)


def last_object(text):
    """The last line of the text that is a JSON object."""
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                continue
    try:
        return json.loads(text[text.index("{"):])
    except ValueError:
        return None


# The parts: each gives (name, whether it is right, a dictionary of figures), one after the other.

def start(options, clock):
    code, out, errors = call(["ldd", options.node], clock, 30)
    missing = [line.strip() for line in out.splitlines() if "not found" in line]
    yield "ldd", code == 0 and not missing, {"missing": missing}
    code, out, errors = call([options.node, "--help"], clock, 30)
    yield "help", code == 0 and "USAGE" in out, {"errors": errors.strip()[-200:]}
    code, out, errors = call([options.node, "doctor", "--json"], clock, 120)
    yield "doctor", last_object(out) is not None, {"exit": code, "answer": last_object(out), "errors": errors[-300:]}


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
            raise ValueError(f"{path}: {name} is {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        raw = data[8 + size + begin:8 + size + end]
        result[name] = struct.unpack(f"<{len(raw) // 4}f", raw)
    return result


def train(options, clock, model, lines, out, device):
    code, _, errors = call(
        [
            options.node, "train", "--model", model, "--adapter", os.path.join(model, "adapter"), "--data", lines,
            "--out", out, "--steps", "10", "--batch-tokens", "4096", "--optimizer", "sgd", "--lr", "0.01",
            "--no-shuffle", "--device", device, "--json"], clock, 120)
    if code != 0:
        raise RuntimeError(f"--device {device} ended with {code}: {errors.strip()[-400:]}")
    with open(os.path.join(out, "metrics.jsonl")) as file:
        losses = [json.loads(line)["loss"] for line in file if "loss" in json.loads(line)]
    return losses, tensors(os.path.join(out, "adapter_model.safetensors"))


def norm(values):
    return sum(v * v for v in values) ** 0.5


def family(options, clock, name):
    model = os.path.join(VECTORS, name)
    with open(os.path.join(model, "tokens.json")) as file:
        tokens = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        lines = os.path.join(folder, "lines.jsonl")
        with open(lines, "w") as file:
            for ids, labels in zip(tokens["ids"], tokens["labels"]):
                file.write(json.dumps({"input_ids": ids, "labels": labels}) + "\n")
        losses, adapter = train(options, clock, model, lines, os.path.join(folder, "cpu"), "cpu")
        found, moved = train(options, clock, model, lines, os.path.join(folder, "gpu"), options.device)
    begin = tensors(os.path.join(model, "adapter", "adapter_model.safetensors"))
    loss = max(abs(a - b) / abs(b) for a, b in zip(found, losses))
    change = norm(b - a for key in adapter for a, b in zip(begin[key], adapter[key]))
    apart = norm(b - a for key in adapter for a, b in zip(adapter[key], moved[key]))
    bound = MOVED_MIXTURE if name.startswith("mixtral") else MOVED
    share = apart / max(change, 1e-30)
    ok = len(found) == len(losses) == 10 and change > 0 and loss <= LOSS and share <= bound
    return ok, {"loss": loss, "moved": share, "change": change}


def families(options, clock):
    names = options.model or sorted(
        name for name in os.listdir(VECTORS) if os.path.exists(os.path.join(VECTORS, name, "tokens.json")))
    for name in names:
        try:
            ok, figures = family(options, clock, name)
        except (RuntimeError, OSError, ValueError, KeyError) as error:
            ok, figures = False, {"error": str(error)}
        yield name, ok, figures


def sanitizer(options, clock):
    tool = shutil.which("compute-sanitizer") or "/usr/local/cuda/bin/compute-sanitizer"
    if options.device != "cuda" or not os.path.exists(tool):
        yield "compute-sanitizer", None, {"skipped": "not here"}
        return
    for kind in ["memcheck", "racecheck"]:
        # Two steps as they are called; recorded work comes with the third.
        code, out, errors = call(
            [tool, "--tool", kind, "--error-exitcode", "9", options.node, "bench", "train", "--shape", "tiny",
             "--dtype", "bf16", "--batch", "2", "--seq", "128", "--device", "cuda", "--steps", "2"], clock, 400)
        text = out + errors
        refused = "not supported" in text
        yield kind, None if refused else code == 0, {"exit": code, "end": text[-600:]}


def bench(options, clock, kind, shape, dtype, batch, sequence, more, most):
    code, out, errors = call(
        [options.node, "bench", kind, "--shape", shape, "--dtype", dtype, "--batch", str(batch), "--seq",
         str(sequence), "--rank", "16", "--device", options.device, "--threads", options.threads, "--json"] + more,
        clock, most)
    found = last_object(out)
    return (found, None) if code == 0 and found else (None, f"exit {code}: {errors.strip()[-400:]}")


def speed(options, clock):
    for shape, dtype, batch, sequence, floor, must, aim in SPEEDS if options.device == "cuda" else TINY_SPEEDS:
        if options.shape and shape not in options.shape:
            continue
        # The first steps time cuBLASLt's proposals and record the step.
        found, error = bench(
            options, clock, "train", shape, dtype, batch, sequence, ["--warmup", "4", "--steps", "8"], 420)
        if error:
            yield f"train {shape}", False, {"error": error}
        else:
            rate = found["tokens_per_second"]
            share = rate / floor if floor else None
            yield f"train {shape}", share is None or share >= must, {
                "tokens_per_second": rate, "share_of_floor": share, "must": must, "aim": aim,
                "device_peak_mib": found.get("device_peak_mib"), "device": found.get("device"),
                "step_seconds": found["step_seconds"], "loss": found["last_loss"]}
        if shape == "llama70b":
            continue
        found, error = bench(options, clock, "dp", shape, dtype, batch, sequence, ["--steps", "4"], 300)
        ratio = found.get("time_ratio") if found else None
        yield f"dp {shape}", ratio is not None and (options.device != "cuda" or ratio <= 1.10), {
            "ratio": ratio, "must": 1.10, "aim": 1.05, "error": error}


def peer(options, clock):
    if not options.peer:
        yield "peer", None, {"skipped": "--peer is not given"}
        return
    for shape, _, batch, sequence, *_ in SPEEDS[:2] if options.device == "cuda" else TINY_SPEEDS:
        if options.shape and shape not in options.shape:
            continue
        for setting in PEERS if options.device == "cuda" else PEERS[:1]:
            more = ["--device", "cpu", "--dtype", "fp32"] if options.device == "cpu" else ["--attn", "sdpa"]
            code, out, errors = call(
                [options.python, options.peer, "--shape", shape, "--batch", str(batch), "--seq", str(sequence),
                 "--rank", "16", "--steps", "6", "--warmup", "3"] + setting.split() + more, clock, 240)
            found = last_object(out)
            # A setting that does not fit the card is no failure of ours.
            yield f"peer {shape} {setting}", None, {
                "tokens_per_second": found and found.get("tokens_per_s"), "peak_bytes": found and found.get("peak_gpu_bytes"),
                "ceiling_tflops": found and found.get("gemm_ceiling_tflop_per_s"),
                "error": None if found else f"exit {code}: {errors.strip()[-300:]}"}


def verdicts(report):
    """Own figures against the fastest setting of the peer."""
    for shape, *_ in SPEEDS + TINY_SPEEDS:
        own = report.get("speed", {}).get(f"train {shape}", {})
        others = [f for name, f in report.get("peer", {}).items()
                  if name.startswith(f"peer {shape} ") and f.get("tokens_per_second")]
        if not own.get("tokens_per_second") or not others:
            continue
        best = max(others, key=lambda f: f["tokens_per_second"])
        ratio = own["tokens_per_second"] / best["tokens_per_second"]
        print(f"{shape}: {ratio:.2f} x the peer's tokens/s (must 1.3, aim 1.6)")
        if own.get("device_peak_mib") and best.get("peak_bytes"):
            memory = own["device_peak_mib"] * 2**20 / best["peak_bytes"]
            print(f"{shape}: {memory:.2f} x the peer's peak memory (must 0.8, aim 0.6)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--node", required=True)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--report", default="gpu-report.json")
    parser.add_argument("--peer")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--model", action="append")
    parser.add_argument("--shape", action="append", help="only these shapes of speed and peer")
    parser.add_argument("--threads", default=str(os.cpu_count() or 1))
    parser.add_argument("--seconds", type=float, default=540)
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    options = parser.parse_args()
    options.node = os.path.abspath(options.node)
    parts = options.parts.split(",")
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(PARTS)}")
    report = {}
    if os.path.exists(options.report):
        with open(options.report) as file:
            report = json.load(file)
    clock = Clock(options.seconds)
    for part in parts:
        for name, ok, figures in globals()[part](options, clock):
            report.setdefault(part, {})[name] = {"ok": ok, **figures}
            word = "--  " if ok is None else "ok  " if ok else "FAIL"
            print(f"{word} {part} {name}: {json.dumps(figures)[:300]}", flush=True)
            # After each: a call that is cut off leaves what it had.
            with open(options.report, "w") as file:
                json.dump(report, file, indent=1)
            if clock.is_over():
                print(f"FAIL {part}: the time is over; run the rest with --parts", flush=True)
                sys.exit(1)
    verdicts(report)
    results = [f["ok"] for part in report.values() for f in part.values() if f["ok"] is not None]
    print(f"{sum(results)} of {len(results)} checks are right")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
