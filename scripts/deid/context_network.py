#!/usr/bin/env python3
"""Trains the context network of a tagger on what `consilium-node tagger features` wrote.

    context_network.py OUT --data FILE... [--pretrain FILE...] [--channels 64] [--dilations 1 2 4 8] [--passes 1] [--seed 1]

The network reads rows of a table for each token, adds them, and sends the sums through residual convolutions of three tokens
with growing distances, so that each token sees those around it; then it scores the labels. FILEs of --pretrain teach the
convolutions first: a token is hidden and its word class (`word_classes.py`) has to be guessed from its neighbors. FILEs of
--data are read from begin to end, as often as --passes says; each should already hold several passes with other augmentations.

OUT is what `consilium-node tagger train --network` joins with its chain. Needs numpy and PyTorch (2.x, the processor is enough).
"""
import argparse
import struct
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

OUTSIDE_GAP = 16


class Data:
    """The texts of a file: features, permitted labels and word classes of their tokens."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        if data[:8] != b"CNSLNETD":
            sys.exit(f"{path} has no features. Write it with “consilium-node tagger features”.")
        self.version, self.rows, self.fixed, kinds = struct.unpack_from("<HIBB", data, 8)
        at = 16
        self.kinds = []
        for _ in range(kinds):
            length = data[at]
            self.kinds.append(data[at + 1:at + 1 + length].decode())
            at += 1 + length
        values, counts, masks, classes, self.texts = [], [], [], [], []
        token = 0

        def take(kind, count):
            nonlocal at
            part = np.frombuffer(data, kind, count, at)
            at += part.nbytes
            return part

        while at < len(data):
            tokens, features = take("<u4", 2)
            masks.append(take("<u4", tokens))
            classes.append(take("<u2", tokens))
            counts.append(take("<u1", tokens))
            values.append(take("<u2", features))
            if tokens:
                self.texts.append((token, token + int(tokens)))
            token += int(tokens)
        self.values = np.concatenate(values)
        self.offsets = np.concatenate([[0], np.cumsum(np.concatenate(counts), dtype=np.int64)])
        self.masks = np.concatenate(masks)
        self.classes = np.concatenate(classes).astype(np.int64)

    def batches(self, size, generator):
        """Texts in random order, about `size` tokens together."""
        batch, tokens = [], 0
        for index in generator.permutation(len(self.texts)):
            start, end = self.texts[index]
            # Of a very long text a part.
            if end - start > size:
                start += int(generator.integers(0, end - start - size + 1))
                end = start + size
            batch.append((start, end))
            tokens += end - start
            if tokens >= size:
                yield batch
                batch, tokens = [], 0
        if batch:
            yield batch


class Batch:
    """Texts one after the other, with empty tokens between them."""

    def __init__(self, data, texts):
        starts, places, at = [], [], 0
        for start, end in texts:
            starts.append(np.arange(start, end))
            places.append(np.arange(at, at + end - start))
            at += end - start + OUTSIDE_GAP
        self.tokens = np.concatenate(starts)
        self.places = torch.from_numpy(np.concatenate(places))
        self.length = at
        counts = data.offsets[self.tokens + 1] - data.offsets[self.tokens]
        first = np.repeat(data.offsets[self.tokens], counts)
        begin = np.concatenate([[0], np.cumsum(counts)])
        order = np.arange(begin[-1]) - np.repeat(begin[:-1], counts)
        self.values = torch.from_numpy(data.values[first + order].astype(np.int64))
        self.order = torch.from_numpy(order)
        self.begin = torch.from_numpy(begin[:-1])
        self.counts = torch.from_numpy(counts)
        self.masks = data.masks[self.tokens]
        self.classes = torch.from_numpy(data.classes[self.tokens])


class Network(nn.Module):
    def __init__(self, rows, channels, dilations, labels):
        super().__init__()
        self.dilations = dilations
        self.table = nn.EmbeddingBag(rows, channels, mode="sum")
        nn.init.normal_(self.table.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(channels))
        self.layers = nn.ModuleList(nn.Linear(3 * channels, channels) for _ in dilations)
        self.out = nn.Linear(channels, labels)

    def context(self, batch, weights, dropout=0.0, hidden=None):
        """[tokens, channels]. Tokens of `hidden` show nothing of themselves."""
        sums = self.table(batch.values, batch.begin, per_sample_weights=weights)
        if hidden is not None:
            sums = sums * (~hidden).unsqueeze(1)
        values = F.dropout(F.relu(sums + self.bias), dropout, self.training)
        state = values.new_zeros(batch.length, values.shape[1]).index_copy(0, batch.places, values)
        inside = values.new_zeros(batch.length, 1)
        inside[batch.places] = 1
        for dilation, layer in zip(self.dilations, self.layers):
            wide = F.pad(state, (0, 0, dilation, dilation))
            beside = torch.cat([wide[:-2 * dilation], state, wide[2 * dilation:]], 1)
            state = (state + F.dropout(F.relu(layer(beside)), dropout, self.training)) * inside
        return state.index_select(0, batch.places)

    def forward(self, batch, weights, dropout=0.0):
        return self.out(self.context(batch, weights, dropout))


def kept(batch, generator, every, word):
    """Which features are seen: all but a share, and of the word itself fewer."""
    share = torch.where(batch.order == 0, word, every)
    return (torch.rand(len(batch.values), generator=generator) >= share).float()


def log_likelihood(scores, masks, labels):
    """The mean over the tokens of the logarithm of the probability of what is permitted."""
    permitted = torch.from_numpy((masks[:, None] >> np.arange(labels, dtype=np.uint32)) & 1).bool()
    free = torch.logsumexp(scores, 1)
    bound = torch.logsumexp(scores.masked_fill(~permitted, -1e9), 1)
    return (bound - free).mean()


class Average:
    """The exponential average of all weights."""

    def __init__(self, network, decay):
        self.decay = decay
        self.values = [parameter.detach().clone() for parameter in network.parameters()]

    def add(self, network):
        for value, parameter in zip(self.values, network.parameters()):
            value.lerp_(parameter.detach(), 1 - self.decay)

    def apply(self, network):
        for value, parameter in zip(self.values, network.parameters()):
            parameter.data.copy_(value)


def measure(network, data):
    """Of tokens whose marks are certain: recall at the probability that gives 95.5 % precision, and the mean loss."""
    network.eval()
    right, wrong, loss, count = [], [], 0.0, 0
    with torch.no_grad():
        for batch in data.batches(8000, np.random.default_rng(0)):
            batch = Batch(data, batch)
            scores = network(batch, torch.ones(len(batch.values)))
            loss -= log_likelihood(scores, batch.masks, scores.shape[1]).item() * len(batch.masks)
            count += len(batch.masks)
            probability = 1 - torch.softmax(scores, 1)[:, 0].numpy()
            outside = batch.masks & 1 == 1
            right.append(probability[~outside])
            wrong.append(probability[batch.masks == 1])
    network.train()
    right, wrong = np.sort(np.concatenate(right)), np.sort(np.concatenate(wrong))
    best = 0.0
    for limit in np.linspace(0.02, 0.98, 97):
        found = len(right) - np.searchsorted(right, limit)
        false = len(wrong) - np.searchsorted(wrong, limit)
        if found >= 0.955 * (found + false):
            best = max(best, found / max(1, len(right)))
    return best, loss / max(1, count)


def write(path, network, data, lean):
    """What ContextNetwork reads. Outside gets `lean` less: with so much left out in training, it is too likely."""
    channels = network.bias.shape[0]
    with open(path, "wb") as out:
        out.write(struct.pack("<8sHHB", b"CNSLNETW", data.version, channels, len(data.kinds)))
        for kind in data.kinds:
            out.write(struct.pack("B", len(kind)) + kind.encode())
        out.write(struct.pack("B", len(network.dilations)) + bytes(network.dilations))
        table = network.table.weight.detach().numpy()
        # A few outliers must not coarsen all others.
        scale = np.maximum(np.quantile(np.abs(table), 0.99999, axis=0), 1e-6) / 127
        out.write(scale.astype("<f4").tobytes())
        out.write(network.bias.detach().numpy().astype("<f4").tobytes())
        for layer in network.layers:
            out.write(layer.weight.detach().numpy().T.astype("<f4").tobytes())
            out.write(layer.bias.detach().numpy().astype("<f4").tobytes())
        out.write(network.out.weight.detach().numpy().T.astype("<f4").tobytes())
        bias = network.out.bias.detach().numpy().copy()
        bias[0] -= lean
        out.write(bias.astype("<f4").tobytes())
        out.write(np.clip(np.rint(table / scale), -127, 127).astype(np.int8).tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--pretrain", nargs="*", default=[])
    parser.add_argument("--measure", nargs="*", default=[], help="features of texts that are only measured")
    parser.add_argument("--channels", type=int, default=64)
    parser.add_argument("--dilations", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=4000, help="of a step")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--lean", type=float, default=2.5, help="how much less outside scores (natural logarithm)")
    parser.add_argument("--feature-dropout", type=float, default=0.15)
    parser.add_argument("--word-dropout", type=float, default=0.4)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    order = np.random.default_rng(options.seed)
    draws = torch.Generator().manual_seed(options.seed)
    every, word = torch.tensor(options.feature_dropout), torch.tensor(options.word_dropout)
    began = time.process_time()

    def say(text):
        print(f"{time.process_time() - began:7.0f} s  {text}", file=sys.stderr, flush=True)

    data = [Data(path) for path in options.data]
    held = {path: Data(path) for path in options.measure}
    labels = 1 + len(data[0].kinds)
    network = Network(data[0].rows, options.channels, options.dilations, labels)
    say(f"{sum(len(part.masks) for part in data)} tokens of {sum(len(part.texts) for part in data)} texts")

    def rates(optimizer, steps):
        # Up quickly, then down as a cosine.
        return torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1, step / steps)))))

    for path in options.pretrain:
        part = Data(path)
        head = nn.Linear(options.channels, int(part.classes.max()) + 1)
        optimizer = torch.optim.Adam([*network.parameters(), *head.parameters()], lr=options.rate)
        total, seen = 0.0, 0
        schedule = rates(optimizer, len(part.masks) / options.tokens)
        for number, texts in enumerate(part.batches(options.tokens, order)):
            batch = Batch(part, texts)
            hidden = torch.rand(len(batch.tokens), generator=draws) < 0.2
            states = network.context(batch, kept(batch, draws, every, word), 0.0, hidden)
            wanted = hidden & (batch.classes > 0)
            loss = F.cross_entropy(head(states[wanted]), batch.classes[wanted])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total, seen = total + loss.item(), seen + 1
            if number % 100 == 99:
                say(f"hidden words, step {number + 1}: {total / seen:.3f}")
                total, seen = 0.0, 0

    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=1e-3)
    steps = options.passes * sum(len(part.masks) for part in data) / options.tokens
    schedule = rates(optimizer, steps)
    average = Average(network, 0.98)
    number, total, seen = 0, 0.0, 0
    for _ in range(options.passes):
        for part in data:
            for texts in part.batches(options.tokens, order):
                batch = Batch(part, texts)
                scores = network(batch, kept(batch, draws, every, word), options.dropout)
                loss = -log_likelihood(scores, batch.masks, labels)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                number += 1
                if number % 4 == 0:
                    average.add(network)
                total, seen = total + loss.item(), seen + 1
                if number % 100 == 0:
                    say(f"step {number} of {steps:.0f}: {total / seen:.4f}")
                    total, seen = 0.0, 0
    average.apply(network)
    for path, part in held.items():
        say("{}: recall {:.4f} at precision .955, loss {:.4f}".format(path, *measure(network, part)))
    write(options.out, network, data[0], options.lean)


if __name__ == "__main__":
    main()
