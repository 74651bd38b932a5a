#!/usr/bin/env python3
"""Peer benchmark: LoRA training steps of PEFT on a batch of mixed lengths, padded as its data collators do.

The counterpart of `consilium-node bench train --lengths 32-256 --supervised 0.25`: the same lengths, the same number of
supervised tokens at the end of each sequence, labels of the rest -100, padding on the right with an attention mask.
`useful_tokens_per_s` counts the sequences' own tokens, `tokens_per_s` the padding too.

It takes the model, the clock and the matrix product beside each step from peft_lora.py in the folder --peers.
"""
import argparse
import json
import math
import os
import statistics
import sys
import time


def mixed_lengths(low, high, batch):
    """The expected order statistics of `batch` uniform draws, as BenchWork in the node has them."""
    return [low + math.floor((high - low) * k / (batch + 1) + 0.5) for k in range(1, batch + 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--peers", required=True, help="folder with peft_lora.py")
    parser.add_argument("--shape", default="smol")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--lengths", default="32-256")
    parser.add_argument("--supervised", type=float, default=0.25)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=int, default=16)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    a = parser.parse_args()
    sys.path.insert(0, a.peers)
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(a.threads)
    import peft_lora as peer
    import torch

    torch.set_num_threads(a.threads)
    peer.clock = clock = time.process_time if a.threads == 1 else time.perf_counter
    low, high = (int(part) for part in a.lengths.split("-"))
    lengths = mixed_lengths(low, high, a.batch)
    supervised = [max(1, min(n, math.floor(a.supervised * n + 0.5))) for n in lengths]
    longest = max(lengths)
    model = peer.build(a.shape, a.rank, a.alpha, torch.float32, longest, False)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.0)
    vocabulary = peer.SHAPES[a.shape]["vocab_size"]
    generator = torch.Generator().manual_seed(1)
    matrices = [torch.randn(1536, 1536) for _ in range(3)]
    peer.gemm_gflops(torch, *matrices, 2)
    mask = torch.zeros(a.batch, longest, dtype=torch.long)
    for row, length in enumerate(lengths):
        mask[row, :length] = 1

    def step():
        ids = torch.randint(0, vocabulary, (a.batch, longest), generator=generator) * mask
        labels = torch.full_like(ids, -100)
        for row, (length, count) in enumerate(zip(lengths, supervised)):
            labels[row, length - count:length] = ids[row, length - count:length]
        start = clock()
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return clock() - start, loss.item()

    model_rss = peer.rss_mib("VmRSS")
    peer.reset_peak_rss()
    for _ in range(a.warmup):
        step()
    seconds, rates = [], []
    for _ in range(a.steps):
        before = peer.gemm_gflops(torch, *matrices, 2)
        taken, loss = step()
        seconds.append(taken)
        rates.append(max(before, peer.gemm_gflops(torch, *matrices, 2)))
    median = statistics.median(seconds)
    print(json.dumps(dict(
        peer="peft padded", shape=a.shape, batch=a.batch, lengths=lengths, supervised=supervised, rank=a.rank,
        threads=a.threads, steps=a.steps, useful_tokens_per_s=round(sum(lengths) / median, 2),
        tokens_per_s=round(a.batch * longest / median, 2), step_s=round(median, 4),
        gemm_gflops=round(statistics.median(rates), 1), model_rss_mib=round(model_rss),
        peak_rss_mib=round(peer.rss_mib("VmHWM")), last_loss=round(loss, 4))))


if __name__ == "__main__":
    main()
