#!/usr/bin/env python3
"""Trains a tiny vocabulary of BioGPT's kind and writes what transformers (5.23) and sacremoses (0.2.0) make of difficult texts.

    python make_biogpt_vectors.py          writes vocab.json, merges.txt and biogpt_vectors.json beside this file

`words` are Moses' words, `back` what Moses makes of them again; `plain` are ids with special tokens' names taken as text.
"""

import json
import random
import sys
from pathlib import Path

from sacremoses import MosesDetokenizer, MosesTokenizer
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import BioGptTokenizer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from make_vectors import CORPUS, TEXTS, random_texts  # noqa: E402

ENGLISH = [
    "Dr. Smith saw Mr. Jones. He was well.",
    "No. 5 was removed. No. That is all. See pp. 12 and pp. x",
    "The patient's wound, e.g. on the left, was 1,200 mm. U.S. data i.e. none.",
    "It was 5'9\" tall, 'quoted' and \"double\" and the patients' rooms.",
    "rock 'n' roll, o'clock, 1990's and 'tis; don't; I'm; we'd've",
    "IL-6-dependent T-cell (CD4+) and anti-PD-1; pre--post - x -y z-",
    "wait... what.... a..b .. . ... DOTMULTI DOTDOTMULTI",
    "x,y,z 1,000,000 1,a a,1 ,, ,a a, 5,",
    "He said 'stop.'",
    "a.' b.'",
    "50% of $5 and €7.50 [see ref. 12] {x} <b> a|b & c &amp; d @-@ e @ f",
    "Ph.D. in Jan. 2020. vs. the v. rev. Rev. Smith St. John's",
    "The end. the start. The 5. Next",
    "'' `` ` '' \" \" „so“ ”",
    "in vitro/in vivo 3/4 http://x.org/a?b=c foo@bar.com #tag 10:30 a.m.",
    "¿qué? ¡ay! ( a ) [ b ] ( ( c",
    "p < 0.05, n = 12; 95% CI: 1.2–3.4 ± 0.1 μg/mL ≥ 5 °C",
    "Jones' house. The boss's. James' s' s '",
    "2nd. 3. iv. IV. A. b. Z.",
    "one.two three.Four five . six .seven",
]


def more_texts(count):
    rng = random.Random(11)
    pool = list("abSsT15.,'\"-`() \u00a0éΩ日가ก्½") + [
        " ", " ", "..", "' ", " '", "'s", "Dr.", "No.", " the ", "@-@", "&", "e.g.", ",", "--", "<", "]", "„", "“", "$", "\t",
    ]
    return ["".join(rng.choice(pool) for _ in range(rng.randrange(1, 30))) for _ in range(count)]


def train():
    """Vocabulary and merges; some tokens that merges only pass through are left out, as in the published files."""
    moses = MosesTokenizer(lang="en")
    lines = [" ".join(moses.tokenize(line, aggressive_dash_splits=True)) for line in CORPUS + ENGLISH]
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(vocab_size=420, end_of_word_suffix="</w>", show_progress=False)
    tokenizer.train_from_iterator(lines, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    merges = [pair if isinstance(pair, list) else pair.split(" ") for pair in model["merges"]]
    (HERE / "merges.txt").write_text("".join(f"{a} {b} {1000 - i}\n" for i, (a, b) in enumerate(merges)), encoding="utf-8")
    inner = {a for a, b in merges} | {b for a, b in merges}
    tokens = [t for t in sorted(model["vocab"], key=model["vocab"].get) if not (t in inner and len(t) > 1 and len(t) % 3 == 0)]
    vocabulary = {token: index for index, token in enumerate(["<s>", "<pad>", "</s>", "<unk>"] + tokens)}
    (HERE / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main():
    train()
    tokenizer = BioGptTokenizer(str(HERE / "vocab.json"), str(HERE / "merges.txt"))
    moses, back = MosesTokenizer(lang="en"), MosesDetokenizer(lang="en")
    rows = []
    for index, text in enumerate(ENGLISH + TEXTS + random_texts(40) + more_texts(300)):
        words = moses.tokenize(text, aggressive_dash_splits=True, return_str=False, escape=True)
        row = {"text": text, "words": words, "back": back.detokenize(words)}
        if index < 120:
            ids = tokenizer.encode(text, add_special_tokens=False, split_special_tokens=True)
            row["plain"] = ids
            row["framed"] = tokenizer.encode(text)
            row["decoded"] = tokenizer.decode(ids, skip_special_tokens=True)
        rows.append(row)
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))
    (HERE / "biogpt_vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
