#!/usr/bin/env python3
"""Greedy decoding by llama.cpp (llama-cpp-python) of a GGUF file: the peer of `consilium-node bench decode`.

Tokens a second of the decode phase alone, by the difference of a long and a short generation, and the time until the first
token of a prompt. Times are the process's own processor time with one thread, wall time with more, as with the other peers.
"""
import argparse
import json
import statistics
import time

import llama_cpp
import numpy


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--prompt", type=int, default=32)
    parser.add_argument("--new", type=int, default=48)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    clock = time.process_time if options.threads == 1 else time.perf_counter
    llama = llama_cpp.Llama(
        options.model, n_ctx=options.prompt + options.new + 16, n_batch=512, n_ubatch=512, n_threads=options.threads,
        n_threads_batch=options.threads, verbose=False)
    prompt = [int(i) for i in numpy.random.default_rng(0).integers(3, llama.n_vocab(), options.prompt)]

    def run(count):
        """Seconds for the prompt and `count` new tokens."""
        llama.reset()
        start = clock()
        tokens = prompt
        for number in range(count):
            llama.eval(tokens)
            logits = llama._ctx.get_logits_ith(-1)
            tokens = [int(numpy.argmax(numpy.ctypeslib.as_array(logits, shape=(llama.n_vocab(),))))]
        return clock() - start

    run(2)
    seconds, first = [], []
    for _ in range(options.runs):
        first.append(run(1))
        long = run(4 + options.new)
        seconds.append((long - run(4)) / options.new)
    print(json.dumps({
        "peer": "llama.cpp", "llama_cpp_python": llama_cpp.__version__, "threads": options.threads, "runs": options.runs,
        "decode_tokens_per_s": 1 / statistics.median(seconds), "first_token_s": statistics.median(first),
        "prompt_tokens_per_s": options.prompt / statistics.median(first)}))


if __name__ == "__main__":
    main()
