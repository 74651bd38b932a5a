#!/usr/bin/env python3
"""Sorts the words of medical text into classes by the company they keep, for `consilium-node tagger train --words`.

    word_classes.py OUT FILE... [--groups 64] [--classes 512] [--least 4] [--seed 1]

Each FILE is JSON Lines with any of the fields `text`, `instruction`, `input`, `output`; `spans` mark identifiers, whose words
are left out: a name must not be known by heart. Words of the same class stand beside the same words (counts of the two words
on each side, positive pointwise mutual information, singular value decomposition, k-means), so a tagger that has seen one of
them knows something of the others. OUT gets a line for each word that occurs often enough:

    WORD GROUP CLASS USE

GROUP and CLASS count from 0; USE is 4 times how often it is written small (0 never, 1 seldom, 2 mostly, 3 always) plus how often
it occurs (0 to 3). Needs numpy, scipy and scikit-learn.
"""
import argparse
import collections
import json
import re
import sys

import numpy as np
import scipy.sparse as sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|\n|[^\w\s]")
IDENTIFIER = "\0"
PLACES = (-2, -1, 1, 2)


def texts(path):
    """The texts of a file, with every identifier as one mark."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            for field in ("text", "instruction", "input", "output"):
                text = item.get(field) or ""
                if field == "text":
                    for span in sorted(item.get("spans", []), key=lambda span: -span["start"]):
                        text = text[: span["start"]] + f" {IDENTIFIER} " + text[span["end"] :]
                if text:
                    yield text


def text_tokens(text):
    """The tokens of a text; an identifier is one of them."""
    for part in re.split(f"({IDENTIFIER})", text):
        if part == IDENTIFIER:
            yield part
        else:
            yield from TOKEN.findall(part)


def folded(token):
    """A word as it is looked up; a number by its length."""
    if token[0].isdigit():
        return f"{min(len(token), 5)} digits"
    return token.lower().replace("'", "") if token[0].isalpha() else token


def neighbors(sentences, vocabulary, contexts):
    """How often which context word stands at which place beside each word: [words, places x contexts]."""
    rows, columns = [], []
    for sentence in sentences:
        words = [vocabulary.get(token, -1) for token in sentence]
        beside = [contexts.get(token, -1) for token in sentence]
        for place, offset in enumerate(PLACES):
            for index in range(max(0, -offset), min(len(sentence), len(sentence) - offset)):
                if words[index] >= 0 and beside[index + offset] >= 0:
                    rows.append(words[index])
                    columns.append(place * len(contexts) + beside[index + offset])
    shape = (len(vocabulary), len(PLACES) * len(contexts))
    ones = np.ones(len(rows), dtype=np.float32)
    counts = sparse.coo_matrix((ones, (np.array(rows, np.int32), np.array(columns, np.int32))), shape=shape).tocsr()
    counts.sum_duplicates()
    return counts.tocoo()


def vectors(counts, seed):
    """Positive pointwise mutual information with smoothed contexts (Levy, Goldberg, Dagan 2015), 120 dimensions."""
    of_word = np.asarray(counts.sum(1)).ravel()
    of_context = np.asarray(counts.sum(0)).ravel() ** 0.75
    of_context /= of_context.sum()
    values = np.log(counts.data / (of_word[counts.row] * of_context[counts.col]))
    kept = values > 0
    information = sparse.coo_matrix((values[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape).tocsr()
    left, singular, _ = randomized_svd(information, n_components=120, n_iter=3, random_state=seed)
    result = left * np.sqrt(singular)
    return result / (np.linalg.norm(result, axis=1, keepdims=True) + 1e-9)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--groups", type=int, default=64)
    parser.add_argument("--classes", type=int, default=512)
    parser.add_argument("--least", type=int, default=4, help="how often a word must occur")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    sentences, often, small = [], collections.Counter(), collections.Counter()
    for path in options.files:
        for text in texts(path):
            sentence = []
            for token in text_tokens(text):
                sentence.append(token if token == IDENTIFIER else folded(token))
                often[sentence[-1]] += 1
                small[sentence[-1]] += token[0].islower()
            sentences.append(sentence)
    words = [word for word, count in often.items() if count >= options.least and word[0].isalpha()]
    vocabulary = {word: index for index, word in enumerate(words)}
    contexts = {word: index for index, (word, _) in enumerate(often.most_common(4000))}
    points = vectors(neighbors(sentences, vocabulary, contexts), options.seed)
    weight = np.sqrt([often[word] for word in words])
    parts = []
    for size in (options.groups, options.classes):
        means = MiniBatchKMeans(min(size, len(words)), batch_size=4096, n_init=2, random_state=options.seed, max_iter=60)
        parts.append(means.fit(points, sample_weight=weight).predict(points))
    with open(options.out, "w", encoding="utf-8") as out:
        for index, word in enumerate(words):
            share = small[word] / often[word]
            case = 0 if share < 0.05 else 1 if share < 0.5 else 2 if share < 0.95 else 3
            frequency = sum(often[word] >= bound for bound in (10, 50, 500))
            out.write(f"{word} {parts[0][index]} {parts[1][index]} {4 * case + frequency}\n")
    print(f"{len(words)} words in {options.classes} classes", file=sys.stderr)


if __name__ == "__main__":
    main()
