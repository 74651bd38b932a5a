#!/usr/bin/env python3
"""Compares generation with transformers and llama.cpp in one interleaved run, and prints a table.

    scripts/bench/generate.py --binary .build/release/consilium-node --rounds 5

A random checkpoint of SmolLM2-135M's shape (or another --shape) is made, exported as Q8_0 by `consilium-node export`, and used by all sides. Every
round runs each program once, never two at a time, every other round backwards; a ratio is formed within its round and the
median over the rounds counts. With one thread times are the process's own processor time, with more wall time.

Needs torch and transformers ($PYTHON) and llama-cpp-python ($LLAMA_PYTHON, by default the same).
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
# As `BenchShape` has them.
SHAPES = {
    "smol": dict(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
                 num_key_value_heads=3, tie_word_embeddings=True),
    "qwen05": dict(vocab_size=151936, hidden_size=896, intermediate_size=4864, num_hidden_layers=24, num_attention_heads=14,
                   num_key_value_heads=2, tie_word_embeddings=True),
    "tinyllama": dict(vocab_size=32000, hidden_size=2048, intermediate_size=5632, num_hidden_layers=22, num_attention_heads=32,
                      num_key_value_heads=4),
    "tiny": dict(vocab_size=256, hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4,
                 num_key_value_heads=2, tie_word_embeddings=True),  # for a look at the script itself
}
# Title, own run and field, peer's run and field, what must hold, what is aimed at.
ROWS = [
    ("decoded tokens/s, fp32, against transformers", "own fp32", "tokens_per_second", "transformers", "decode_tokens_per_s", 1.3, 1.5),
    ("decoded tokens/s, int8, against llama.cpp Q8_0", "own int8", "tokens_per_second", "llama.cpp", "decode_tokens_per_s", 0.8, 1.0),
    ("512 tokens until the first new one, fp32, against transformers", "own fp32 512", "prefill_tokens_per_second",
     "transformers 512", "prompt_tokens_per_s", 1.3, 1.5),
]


def as_transformers(options):
    """This script's other side: `--transformers` in a process of its own."""
    import time
    import torch
    import transformers
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    clock = time.process_time if options.threads == 1 else time.perf_counter
    model = transformers.AutoModelForCausalLM.from_pretrained(options.transformers, dtype=torch.float32).eval()
    ids = torch.randint(3, model.config.vocab_size, (1, options.prompt))

    def run(count):
        start = clock()
        with torch.inference_mode():
            model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=count, min_new_tokens=count,
                           do_sample=False, pad_token_id=0, eos_token_id=None)
        return clock() - start

    run(2)
    seconds, first = [], []
    for _ in range(options.runs):
        first.append(run(1))
        if options.new:
            seconds.append((run(4 + options.new) - run(4)) / options.new)
    print(json.dumps({"prompt_tokens_per_s": options.prompt / statistics.median(first),
                      "decode_tokens_per_s": 1 / statistics.median(seconds) if seconds else None}))


def make(folder, options):
    """The checkpoint and its Q8_0 file."""
    model, file = os.path.join(folder, "model"), os.path.join(folder, "model.gguf")
    code = ("import sys, json, torch, transformers as t; torch.manual_seed(0); "
            "t.LlamaForCausalLM(t.LlamaConfig(**json.loads(sys.argv[1]))).save_pretrained(sys.argv[2])")
    subprocess.run([options.python, "-W", "ignore", "-c", code, json.dumps(dict(SHAPES[options.shape], max_position_embeddings=2048)), model], check=True, capture_output=True)
    subprocess.run([options.binary, "export", "--model", model, "--type", "q8_0", "--without-tokenizer", "--out", file,
                    "--quiet", "--json"], check=True, capture_output=True)
    return model, file


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shape", choices=SHAPES, default="smol")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3, help="measurements of a program in a round")
    parser.add_argument("--json", help="write the table's figures into this file")
    parser.add_argument("--transformers", help=argparse.SUPPRESS)
    parser.add_argument("--prompt", type=int, default=32, help=argparse.SUPPRESS)
    parser.add_argument("--new", type=int, default=48, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.transformers:
        return as_transformers(options)
    if not options.binary:
        parser.error("name the program with --binary")
    if options.rounds < 1 or options.runs < 1:
        parser.error("--rounds and --runs must be 1 or more")
    options.python = os.environ.get("PYTHON", "python3")
    llama = os.environ.get("LLAMA_PYTHON", options.python)
    environment = dict(os.environ, **{name: str(options.threads) for name in (
        "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")})
    samples = {}
    with tempfile.TemporaryDirectory() as folder:
        model, file = make(folder, options)
        common = ["--threads", str(options.threads)]
        own = [options.binary, "bench", "decode", "--shape", options.shape, *common, "--steps", str(options.runs), "--json", "--quiet"]
        peer = [options.python, "-W", "ignore", os.path.abspath(__file__), "--transformers", model, *common, "--runs", str(options.runs)]
        commands = {
            "own fp32": [*own, "--dtype", "fp32"], "transformers": peer, "own int8": [*own, "--dtype", "int8"],
            "llama.cpp": [llama, os.path.join(FOLDER, "llama_decode.py"), "--model", file, *common, "--runs", str(options.runs)],
            "own fp32 512": [*own, "--dtype", "fp32", "--prompt-tokens", "512", "--new-tokens", "1"],
            "transformers 512": [*peer, "--prompt", "512", "--new", "0"],
        }
        for number in range(options.rounds):
            names = list(commands)
            for name in names if number % 2 == 0 else reversed(names):
                done = subprocess.run(commands[name], capture_output=True, text=True, env=environment)
                if done.returncode:
                    print(f"{name} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)
                    continue
                samples.setdefault(name, {})[number] = json.loads(done.stdout.strip().splitlines()[-1])
            print(f"round {number + 1} of {options.rounds} is done", file=sys.stderr, flush=True)
    table = []
    print(f"shape {options.shape}, {options.threads} thread(s), {options.rounds} rounds of {options.runs} runs\n")
    print("| measure | own | peer | result (range) | rounds | must | aim |\n|---|---|---|---|---|---|---|")
    for title, own, own_field, peer, peer_field, must, aim in ROWS:
        both = [n for n in samples.get(own, {}) if n in samples.get(peer, {})]
        if not both:
            print(f"| {title} | not measured | | | | | |")
            continue
        ours = [samples[own][n][own_field] for n in both]
        theirs = [samples[peer][n][peer_field] for n in both]
        ratios = [a / b for a, b in zip(ours, theirs)]
        ratio = statistics.median(ratios)
        table.append(dict(title=title, own=statistics.median(ours), peer=statistics.median(theirs), ratio=ratio, ratios=ratios))
        verdict = "meets aim" if ratio >= aim else "meets must" if ratio >= must else "**misses**"
        print(f"| {title} | {statistics.median(ours):.4g} | {statistics.median(theirs):.4g} | **{ratio:.2f} ×** "
              f"({min(ratios):.2f} × to {max(ratios):.2f} ×) | {len(both)} | ≥ {must} × | ≥ {aim} ×, {verdict} |")
    if options.json:
        with open(options.json, "w") as target:
            json.dump(table, target, indent=1)


if __name__ == "__main__":
    main()
