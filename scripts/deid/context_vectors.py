#!/usr/bin/env python3
"""Writes Tests/DeidentificationTests/Vectors/context_network.json: what PyTorch computes for a small network.

    context_vectors.py OUT

The table is a formula of row and channel, so that it need not be stored. Needs numpy and PyTorch.
"""
import json
import sys

import numpy as np
import torch

import context_network

CHANNELS, DILATIONS, LABELS, ROWS, TOKENS = 16, [1, 3], 4, 1 << 16, 23


def main():
    torch.manual_seed(5)
    rows, channels = np.arange(ROWS)[:, None], np.arange(CHANNELS)[None, :]
    table = (rows * 31 + channels * 17 + rows * channels * 7) % 255 - 127
    scale = (np.arange(CHANNELS) + 8) / 4096
    network = context_network.Network(ROWS, CHANNELS, DILATIONS, LABELS)
    for part in [*network.layers, network.out]:
        torch.nn.init.normal_(part.weight, std=0.2)
    torch.nn.init.normal_(network.bias, std=0.3)
    network.table.weight.data = torch.from_numpy((table * scale).astype(np.float32))
    generator = np.random.default_rng(5)
    counts = generator.integers(1, 9, TOKENS)
    batch = context_network.Batch.__new__(context_network.Batch)
    values = generator.integers(0, ROWS, counts.sum())
    batch.values, batch.length = torch.from_numpy(values), TOKENS
    batch.begin = torch.from_numpy(np.concatenate([[0], np.cumsum(counts)[:-1]]))
    batch.places = torch.arange(TOKENS)
    network.eval()
    with torch.no_grad():
        scores = network(batch, torch.ones(len(values)))

    def listed(tensor):
        return [round(float(value), 7) for value in tensor.detach().flatten()]

    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({
            "channels": CHANNELS, "dilations": DILATIONS, "kinds": ["NAME", "DATE", "MRN"],
            "scale": scale.tolist(), "bias": listed(network.bias),
            "weights": [listed(layer.weight.T) for layer in network.layers],
            "biases": [listed(layer.bias) for layer in network.layers],
            "outWeights": listed(network.out.weight.T), "outBias": listed(network.out.bias),
            "counts": counts.tolist(), "rows": values.tolist(), "scores": listed(scores)}, out)
        out.write("\n")


if __name__ == "__main__":
    main()
