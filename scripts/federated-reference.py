#!/usr/bin/env python3
"""Compares our federation with the reference simulation in ../shared/bench/peers/quality, on the same batches.

dump OUT     writes what the reference trains on: batches in its order, its first adapter, held-out reports, canaries.
peer OUT     runs the reference itself on the canaries (minutes), whose stored results are of another draw.
compare OUT  prints our results (OUT/ours.jsonl, written by FederatedReferenceTests) beside the reference's, and exits with 1
             if a run of the four clinics is more than 1 % away, or canaries are more exposed than federated-quality.md allows.

Needs torch, tokenizers and safetensors for `dump`. `scripts/quality.sh --reference` runs all of it.
"""
import json
import os
import random
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get("CONSILIUM_SHARED", os.path.join(ROOT, "..", "shared"))
QUALITY = os.path.join(SHARED, "bench", "peers", "quality")
LATE = "riverbend-surgical"
RULES = {"fedit": "fedit", "ffa-warm": "frozen-a", "alternating": "alternating"}
# The late joiner was measured on less.
EVAL_BYTES = {"plain": 20000, "late": 16000, "canaries": 20000}

# name, method, learning rate, epsilon, rounds, local steps, sequence length, keeps moments, data, extra
RUNS = [
    ("fedit", "fedit", 1e-2, None, 10, 8, 128, True, "four", {}),
    ("frozen-a, warm", "ffa-warm", 1e-2, None, 10, 8, 128, True, "four", {}),
    ("alternating", "alternating", 1e-2, None, 10, 8, 128, True, "four", {}),
    ("fedit, epsilon 8", "fedit", 1e-2, 8, 10, 3, 64, False, "four", {"expected": 32}),
    ("frozen-a, warm, epsilon 8", "ffa-warm", 1e-2, 8, 10, 3, 64, False, "four", {"expected": 32}),
    ("alternating, epsilon 8", "alternating", 3e-2, 8, 10, 3, 64, False, "four", {"expected": 32}),
    ("fedit, 4 more rounds with the late joiner", "fedit", 5e-3, None, 4, 8, 128, True, "five",
     {"first": 500, "from": "fedit"}),
    ("canaries: fedit", "fedit", 1e-2, None, 10, 16, 128, True, "canaries", {}),
    ("canaries: fedit, epsilon 8", "fedit", 1e-2, 8, 10, 4, 128, True, "canaries", {"expected": 7}),
]


def dump(out):
    sys.path.insert(0, QUALITY)
    sys.argv = ["qlib"]
    import torch
    from safetensors.torch import save_file
    import qlib

    os.makedirs(out, exist_ok=True)
    model_folder = os.path.join(SHARED, "data", "models", "stories260K")
    model, tok = qlib.Llama.load(model_folder), qlib.load_tokenizer(model_folder)
    make = os.path.join(SHARED, "data", "make_clinics.py")
    plain, planted = os.path.join(out, "clinics"), os.path.join(out, "clinics-canaries")
    for folder, more in ((plain, []), (planted, ["--max", "40", "--canaries", "8"])):
        if not os.path.isdir(folder):
            subprocess.run([sys.executable, make, folder, "--late-joiner", *more], check=True, stdout=subprocess.DEVNULL)
    sets = {"plain": qlib.load_clinics(plain, tok), "canaries": qlib.load_clinics(planted, tok, True, 16)}
    names = [n for n in sets["plain"] if n != LATE]
    members = {"four": names, "five": names + [LATE], "canaries": names}

    lora = qlib.new_lora(model, 8, 1)
    save_file({f"base_model.model.{n}.lora_{s}.weight": t[0].contiguous()
               for n, pair in lora.items() for s, t in zip("AB", pair)}, os.path.join(out, "start.safetensors"))
    held = {kind: {n: documents(c, size) for n, c in sets["canaries" if kind == "canaries" else "plain"].items()}
            for kind, size in EVAL_BYTES.items()}
    write(out, "held-out.json", held)
    for length in (128, 64):
        write(out, f"warm-{length}.json", warm(tok, length))
    write(out, "canaries.json", canaries(sets["canaries"], names, tok))

    runs = []
    for number, (name, method, lr, epsilon, rounds, steps, length, keeps, data, extra) in enumerate(RUNS):
        clinics = [sets["canaries" if data == "canaries" else "plain"][n] for n in members[data]]
        rng = random.Random(1000 + extra.get("first", 0))
        batches = []
        for _ in range(rounds * steps):
            batches.append([draw(c, rng, length, extra["expected"]) if epsilon else c.batch(rng, 4, length).tolist()
                            for c in clinics])
        write(out, f"batches-{number}.json", batches)
        runs.append(dict(
            name=name, method=method, rule=RULES[method], learningRate=lr, epsilon=epsilon, rounds=rounds, localSteps=steps,
            sequenceLength=length, keepsMoments=keeps, clinics=members[data], batches=f"batches-{number}.json",
            heldOut={"four": "plain", "five": "late", "canaries": "canaries"}[data], start=extra.get("from"),
            warm=f"warm-{length}.json" if method == "ffa-warm" else None, expectedPatients=extra.get("expected"),
            patients=[len(c.patients) for c in clinics], hasCanaries=data == "canaries"))
        theirs = epsilon and not extra.get("from") and reference(runs[-1], out)
        if theirs and theirs["noise"]:
            runs.append(dict(runs[-1], name=f"{name}, the reference's noise", noiseMultipliers=theirs["noise"]))
    write(out, "runs.json", dict(model=model_folder, runs=runs))


def write(out, name, value):
    with open(os.path.join(out, name), "w") as file:
        json.dump(value, file)


def draw(clinic, rng, length, expected):
    """The reference's Poisson sample: one window of each patient that is drawn, without its padding."""
    q = min(1.0, expected / len(clinic.patients))
    return [[i for i in clinic.patient_window(rng, k, length).tolist() if i >= 0]
            for k in range(len(clinic.patients)) if rng.random() < q]


def documents(clinic, limit):
    """Whole held-out reports in the reference's order, until they have enough bytes."""
    reports = clinic.docs["test"][:]
    random.Random(5).shuffle(reports)
    out, size = [], 0
    for _, ids, count in reports:
        if size >= limit:
            break
        size += count
        out.append(dict(ids=ids, bytes=count))
    return out


def warm(tok, length):
    """Batches of the public text that the reference warms A on: the part of MedQuAD that pretrain_base.py leaves out."""
    with open(os.path.join(SHARED, "data", "instructions", "medquad.jsonl")) as file:
        texts = [f"{r['instruction']}\n{r['output']}" for r in map(json.loads, file)]
    random.Random(1).shuffle(texts)
    stream = [t for x in texts[200:900] for t in [tok.bos] + tok.encode(x) + [tok.eos]]
    rng = random.Random(100)
    batches = []
    for _ in range(80):
        starts = [rng.randrange(len(stream) - length - 1) for _ in range(16)]
        batches.append([stream[a:a + length + 1] for a in starts])
    return batches


def canaries(clinics, names, tok):
    """Each planted sentence before 200 others of its form, as the reference draws them."""
    words = "maple harbor mill chestnut kestrel ridgeway juniper station orchard quarry larkspur canal".split()
    g, out = random.Random(17), {"train": [], "unseen": []}
    for name in names:
        for part, text, _ in clinics[name].canaries:
            head = text[:text.index(" is ") + 4]
            all_ = [text] + [f"{head}{g.choice(words)} {g.choice(words)} {g.randint(100000, 999999)}." for _ in range(200)]
            out["train" if part == "train" else "unseen"].append([[tok.bos] + tok.encode("\n\n" + x) for x in all_])
    return out


def peer(out):
    common = [sys.executable, os.path.join(QUALITY, "fed.py"), "--model", os.path.join(SHARED, "data", "models", "stories260K"),
              "--clinics", os.path.join(out, "clinics-canaries"), "--out", os.path.join(out, "peer.jsonl"),
              "--method", "fedit", "--lr", "1e-2", "--rounds", "10", "--keep-opt", "--canaries", "200",
              "--train-docs", "16", "--eval-bytes", str(EVAL_BYTES["canaries"])]
    subprocess.run([*common, "--local-steps", "16", "--batch", "4"], check=True)
    subprocess.run([*common, "--local-steps", "4", "--seq", "128", "--eps", "8", "--clip", "0.3", "--dp-batch", "7"],
                   check=True)


def reference(run, out):
    """The reference's result of the same configuration."""
    file = os.path.join(QUALITY, "results", f"{'late' if run['start'] else 'stories'}.jsonl")
    if run["hasCanaries"]:
        file = os.path.join(out, "peer.jsonl")
        if not os.path.exists(file):
            return None
    for line in open(file):
        r = json.loads(line)
        if run["start"]:
            return r["joined"]
        if (r["method"], r["lr"], r["eps"], r["part"], r["rounds"], r["local_steps"], r["seed"]) == (
                run["method"], run["learningRate"], run["epsilon"], "test", run["rounds"], run["localSteps"], 1):
            return dict(r["score"], exposure=r.get("exposure"), noise=r["train"].get("z"))
    raise SystemExit(f"the reference has no result for {run['name']}")


def compare(out):
    runs = {r["name"]: r for r in json.load(open(os.path.join(out, "runs.json")))["runs"]}
    ours = {}
    for line in open(os.path.join(out, "ours.jsonl")):
        r = json.loads(line)
        ours.setdefault(r["name"], []).append(r)
    failed = False
    print("| run | reference, bpb | ours, bpb | difference | seeds |\n|---|---|---|---|---|")
    for name, run in runs.items():
        if name not in ours:
            continue
        theirs = reference(run, out)
        if not theirs:
            continue
        values = [r["bitsPerByte"] for r in ours[name]]
        mean = sum(values) / len(values)
        expected = theirs["pooled"]["bpb"]
        difference = mean / expected - 1
        goal = not run["hasCanaries"] and not run["start"]
        failed |= goal and abs(difference) > 0.01
        spread = f" ({min(values):.4f} to {max(values):.4f})" if len(values) > 1 else ""
        print(f"| {name} | {expected:.4f} | {mean:.4f}{spread} | {100 * difference:+.2f} % | {len(values)} |")
        if run["start"]:
            late = [r["each"][LATE] for r in ours[name]]
            print(f"| … the late joiner's own reports | {theirs['each'][LATE]['bpb']:.4f} | {sum(late) / len(late):.4f} | "
                  f"{100 * (sum(late) / len(late) / theirs['each'][LATE]['bpb'] - 1):+.2f} % | {len(late)} |")
    for name, run in runs.items():
        if name not in ours or not run["hasCanaries"]:
            continue
        theirs = reference(run, out)
        for part in ("train", "unseen"):
            found = [r["exposure"][part] for r in ours[name]]
            mean = sum(e["mean"] for e in found) / len(found)
            peer_text = f"reference {theirs['exposure'][part]['mean']:.2f}, " if theirs else ""
            print(f"{name}, {part}: mean exposure {mean:.2f} bits ({peer_text}chance 1.4) over {found[0]['count']}, "
                  f"rank 1: at most {max(e['rank1'] for e in found)}")
            failed |= part == "train" and mean > (1.7 if run["epsilon"] else 2.0)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("dump", "peer", "compare"):
        raise SystemExit(__doc__)
    {"dump": dump, "peer": peer, "compare": compare}[sys.argv[1]](sys.argv[2])
