#!/usr/bin/env python3
"""Makes Assets/demo-base: a small Llama-type language model of general medical English with a tokenizer of its own.

The only text it ever sees is MedQuAD (Ben Abacha & Demner-Fushman 2019, CC-BY-4.0). Whole topics are held out, so the
held-out figures in the model card speak of diseases that the model has never read about.

The learning rate is constant until the last `--decay-steps` steps and then falls to zero. A run can therefore be cut
short: resuming an interrupted run with a smaller `--steps` gives what a run of that length would have given.
"""

import argparse
import hashlib
import json
import math
import random
import shutil
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM

BOS, EOS = "<|bos|>", "<|eos|>"
SHORT, LONG = 256, 512  # window lengths: most steps, and the last ones

CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "attention_bias": False,
    "attention_dropout": 0.0,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "head_dim": 32,
    "hidden_act": "silu",
    "hidden_size": 192,
    "initializer_range": 0.02,
    "intermediate_size": 512,
    "max_position_embeddings": LONG,
    "mlp_bias": False,
    "model_type": "llama",
    "num_attention_heads": 6,
    "num_hidden_layers": 6,
    "num_key_value_heads": 2,
    "pretraining_tp": 1,
    "rms_norm_eps": 1e-05,
    "rope_scaling": None,
    "rope_theta": 10000.0,
    "tie_word_embeddings": True,
    "torch_dtype": "bfloat16",
    "transformers_version": "4.44.0",
    "use_cache": True,
    "vocab_size": 4096,
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="medquad.jsonl")
    parser.add_argument("--output", type=Path, required=True, help="the model's folder")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints and the log go")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--decay-steps", type=int, default=600)
    parser.add_argument("--learning-rate", type=float, default=3e-3)
    parser.add_argument("--tokens-per-step", type=int, default=2048)
    parser.add_argument("--seed", type=int, default=20190)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="multiply in bfloat16 where the processor can")
    return parser.parse_args()


def read_documents(path):
    """Training and held-out texts. A topic is held out whole; an answer that also occurs there is not trained on."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def is_held_out(record):
        topic = " ".join(record["topic"].lower().split())
        return hashlib.sha256(topic.encode()).digest()[0] < 13  # 13/256 = 5 %

    hidden_answers = {r["output"] for r in records if is_held_out(r)}
    train, held_out = [], []
    for record in records:
        text = f"{record['instruction']}\n{record['output']}"
        if is_held_out(record):
            held_out.append(text)
        elif record["output"] not in hidden_answers:
            train.append(text)
    return train, held_out


def repeated_share(train, held_out):
    """How much of the held-out texts stands word for word in the training text: MedQuAD has much boilerplate."""
    haystack = "\n".join(train)
    pieces = [text[at : at + 80] for text in held_out for at in range(0, len(text) - 80, 240)]
    return sum(piece in haystack for piece in pieces) / len(pieces)


def train_tokenizer(texts):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=CONFIG["vocab_size"],
            special_tokens=[BOS, EOS],
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", pair=f"{BOS} $A {BOS} $B", special_tokens=[(BOS, tokenizer.token_to_id(BOS))]
    )
    assert tokenizer.get_vocab_size() == CONFIG["vocab_size"]
    return tokenizer


def token_stream(tokenizer, texts):
    rows = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [[CONFIG["bos_token_id"], *row.ids, CONFIG["eos_token_id"]] for row in rows]


def build_model(seed):
    torch.manual_seed(seed)
    known = {k: v for k, v in CONFIG.items() if k not in ("torch_dtype", "transformers_version", "architectures", "model_type")}
    return LlamaForCausalLM(LlamaConfig(**known, attn_implementation="sdpa")).float()


class Batches:
    """Windows of the packed stream in an order that depends on the seed and the step alone."""

    def __init__(self, stream, seed):
        self.stream, self.seed = stream, seed

    def at(self, step, length, rows):
        # One pass over the stream is one epoch; each epoch starts at another offset and in another order.
        windows = (len(self.stream) - length - 1) // length - 1
        per_epoch = windows // rows
        epoch, index = divmod(step, per_epoch)
        rng = random.Random(f"{self.seed}/{length}/{epoch}")
        offset = rng.randrange(length)
        order = list(range(windows))
        rng.shuffle(order)
        starts = torch.tensor([offset + w * length for w in order[index * rows : (index + 1) * rows]])
        return self.stream[starts[:, None] + torch.arange(length + 1)]


def negative_log_likelihood(model, ids, reduction="mean"):
    logits = model(input_ids=ids[:, :-1], use_cache=False).logits.float()
    return torch.nn.functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), ids[:, 1:].reshape(-1), reduction=reduction, ignore_index=-100
    )


def rate_factor(step, options):
    warm = min(1.0, (step + 1) / 100)
    return warm * min(1.0, (options.steps - step) / options.decay_steps)


def train(model, stream, options):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}],
        lr=options.learning_rate, betas=(0.9, 0.95),
    )
    checkpoint, first = options.work / "checkpoint.pt", 0
    if checkpoint.exists():
        # The newest state from which the constant part of the schedule can still be followed.
        candidates = sorted(options.work.glob("state-*.pt"), key=lambda p: int(p.stem[6:]))
        usable = [p for p in candidates if int(p.stem[6:]) <= options.steps - options.decay_steps]
        newest = torch.load(checkpoint, weights_only=True)
        state = newest if newest["plan"] == options.steps else torch.load(usable[-1], weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
        print(f"resumed at step {first}", flush=True)
    batches, started, running = Batches(stream, options.seed), time.time(), None
    for step in range(first, options.steps):
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * rate_factor(step, options)
        # The last steps see long windows, so that every position up to the model's limit has been trained.
        length = LONG if step >= options.steps - options.decay_steps // 2 else SHORT
        ids = batches.at(step, length, options.tokens_per_step // length)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
            loss = negative_log_likelihood(model, ids)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        done = step + 1
        if done % 50 == 0:
            speed = (done - first) * options.tokens_per_step / (time.time() - started)
            print(f"step {done} loss {running:.3f} {speed:.0f} tokens/s {time.time() - started:.0f} s", flush=True)
        if done % 100 == 0 or done == options.steps:
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": done, "plan": options.steps}
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
            if done <= options.steps - options.decay_steps:
                shutil.copyfile(checkpoint, options.work / f"state-{done}.pt")


@torch.no_grad()
def evaluate(model, documents):
    """Sum of -ln p over every token but each document's first, in windows that overlap by one token."""
    total, count = 0.0, 0
    rows = [d[a : a + LONG + 1] for d in documents for a in range(0, len(d) - 1, LONG)]
    rows.sort(key=len)
    for start in range(0, len(rows), 8):
        group = rows[start : start + 8]
        width = max(map(len, group))
        inputs = torch.tensor([r + [0] * (width - len(r)) for r in group])
        targets = torch.tensor([r + [-100] * (width - len(r)) for r in group])
        logits = model(input_ids=inputs[:, :-1], use_cache=False).logits.float()
        total += torch.nn.functional.cross_entropy(
            logits.reshape(-1, logits.shape[-1]), targets[:, 1:].reshape(-1), reduction="sum", ignore_index=-100
        ).item()
        count += int((targets[:, 1:] >= 0).sum())
    return total, count


def unigram(train_documents, held_documents):
    """The same tokens under their own frequencies in the training text (add-one smoothing)."""
    counts = torch.ones(CONFIG["vocab_size"], dtype=torch.float64)
    counts += torch.bincount(
        torch.tensor([t for d in train_documents for t in d[1:]]), minlength=CONFIG["vocab_size"]
    )
    costs = -(counts / counts.sum()).log()
    tokens = torch.tensor([t for d in held_documents for t in d[1:]])
    return costs[tokens].sum().item(), len(tokens)


def write_folder(model, tokenizer, folder):
    folder.mkdir(parents=True, exist_ok=True)
    weights = {k: v.to(torch.bfloat16).contiguous() for k, v in model.state_dict().items() if k != "lm_head.weight"}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    special = {
        str(i): {"content": t, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
        for i, t in enumerate([BOS, EOS])
    }
    files = {
        "config.json": CONFIG,
        "generation_config.json": {"bos_token_id": 0, "eos_token_id": 1, "transformers_version": "4.44.0"},
        "tokenizer_config.json": {
            "add_bos_token": True,
            "add_eos_token": False,
            "added_tokens_decoder": special,
            "bos_token": BOS,
            "clean_up_tokenization_spaces": False,
            "eos_token": EOS,
            "model_max_length": LONG,
            "tokenizer_class": "PreTrainedTokenizerFast",
        },
    }
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


CARD = """---
language: en
license: cc-by-4.0
library_name: transformers
pipeline_tag: text-generation
datasets: [MedQuAD]
---

# demo-base

A language model of {millions:.2f} million parameters for demonstrations and tests of federated fine-tuning. It has the form of a
Llama (6 layers, width 192, 6 query and 2 key/value heads, SwiGLU 512, tied embeddings, 512 positions) with a byte-level BPE
vocabulary of 4,096 tokens of its own. Weights are bfloat16.

It writes text that looks like general medical English and knows nothing. **Not for any clinical use.**

## Text it was trained on

MedQuAD, questions and answers about health from web sites of the US National Institutes of Health:
Asma Ben Abacha and Dina Demner-Fushman, *A Question-Entailment Approach to Question Answering*, BMC Bioinformatics 20:511
(2019), <https://github.com/abachaa/MedQuAD>, licence CC BY 4.0. White space was collapsed; answers of fewer than 40 or more
than 6,000 characters were left out before. No clinical report and no other text was used. A text was `<|bos|>`, the question, a
line feed, the answer, `<|eos|>`.

Topics (diseases) were held out whole, by the hash of their name: {held} of {texts} texts. A training text whose answer also
occurs among the held-out ones was dropped.

## How well it predicts

Held-out texts, {tokens} tokens, {bytes} bytes, windows of 512 tokens, measured on the rounded weights that are stored here:

| model | perplexity per token | bits per byte |
|---|---|---|
| this model | {model_ppl:.2f} | {model_bpb:.3f} |
| unigram (the same tokens by their frequency, add-one) | {unigram_ppl:.1f} | {unigram_bpb:.3f} |

MedQuAD repeats sentences from topic to topic: {repeated:.0f} % of the held-out pieces of 80 characters stand word for word in the
training text. Text of another kind, such as clinical reports, is much harder for this model.

## Tokens

Byte-level BPE with GPT-2's splitting expression, so that every UTF-8 text comes back exactly. `<|bos|>` is 0 and `<|eos|>` is 1.
The post-processor puts `<|bos|>` in front (`add_bos_token` is true) and nothing behind; there is no padding token.

## Making it again

`scripts/make-demo-base` in the project's repository: seed {seed}, {steps} steps of {per_step} tokens ({seen:.1f} million tokens, {epochs:.1f} passes),
AdamW at {rate} (constant, then linearly to zero over the last {decay} steps; the last {long} steps in windows of 512), products in
{products}. Another processor or number of threads gives other last digits and so other weights of the same quality.
"""


def model_card(figures):
    seen = figures["steps"] * figures["tokensPerStep"]
    return CARD.format(
        millions=figures["parameters"] / 1e6,
        held=f"{figures['heldOutTexts']:,}",
        texts=f"{figures['heldOutTexts'] + figures['trainingTexts']:,}",
        tokens=f"{figures['heldOutTokens']:,}",
        bytes=f"{figures['heldOutBytes']:,}",
        model_ppl=figures["model"]["perplexityPerToken"],
        model_bpb=figures["model"]["bitsPerByte"],
        unigram_ppl=figures["unigram"]["perplexityPerToken"],
        unigram_bpb=figures["unigram"]["bitsPerByte"],
        repeated=100 * figures["repeatedShare"],
        seed=figures["seed"],
        steps=f"{figures['steps']:,}",
        per_step=f"{figures['tokensPerStep']:,}",
        seen=seen / 1e6,
        epochs=seen / figures["trainingTokens"],
        rate=figures["learningRate"],
        decay=figures["decaySteps"],
        long=figures["decaySteps"] // 2,
        products="bfloat16" if figures["bfloat16"] else "float32",
    )


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    train_texts, held_texts = read_documents(options.data)
    tokenizer_path = options.work / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(tokenizer_path)) if tokenizer_path.exists() else train_tokenizer(train_texts)
    tokenizer.save(str(tokenizer_path))
    train_documents, held_documents = token_stream(tokenizer, train_texts), token_stream(tokenizer, held_texts)
    model = build_model(options.seed)
    stream = torch.tensor([t for d in train_documents for t in d])
    parameters = sum(p.numel() for p in model.parameters())
    print(f"{parameters} parameters, {len(stream)} training tokens, {len(held_texts)} held-out texts", flush=True)
    train(model, stream, options)

    # What is measured is what ships: the weights rounded to bfloat16.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.to(torch.bfloat16).float())
    model.eval()
    held_bytes = sum(len(t.encode()) for t in held_texts)
    figures = {
        "seed": options.seed,
        "steps": options.steps,
        "decaySteps": options.decay_steps,
        "learningRate": options.learning_rate,
        "tokensPerStep": options.tokens_per_step,
        "bfloat16": options.bfloat16,
        "parameters": parameters,
        "trainingTexts": len(train_texts),
        "trainingTokens": len(stream),
        "heldOutTexts": len(held_texts),
        "heldOutBytes": held_bytes,
        "repeatedShare": repeated_share(train_texts, held_texts),
    }
    for name, (nats, count) in {
        "model": evaluate(model, held_documents),
        "unigram": unigram(train_documents, held_documents),
    }.items():
        figures["heldOutTokens"] = count
        figures[name] = {
            "perplexityPerToken": math.exp(nats / count),
            "bitsPerByte": nats / math.log(2) / held_bytes,
        }
    write_folder(model, tokenizer, options.output)
    (options.output / "README.md").write_text(model_card(figures), encoding="utf-8")
    (options.work / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
