#!/usr/bin/env python3
"""Holds a built consilium-node against transformers and PEFT on random checkpoints of every model family.

For every family it makes --count tiny checkpoints of random configuration (sizes, heads, windows, rotations,
activations, dtypes, shards, both dialects of config.json, old tensor names) with a random adapter, and compares
    logits    of the bare and of the adapted model                        ≤ 1e-4 of the largest
    trained   the adapter after 10 AdamW steps on one batch, each tensor  ≤ 1e-4 of its largest
    exported  logits of PEFT with the adapter that the node wrote         ≤ 1e-3 of the largest
A configuration whose result depends on rounding alone is drawn anew: the base moved by 6e-8 of itself moves the
logits or the trained adapter by more than 1e-5.

usage: scripts/check-families.py --node PATH [--family NAME]... [--seed S] [--count N] [--only I] [--rare] [--keep DIR]
    --rare adds what no well-known checkpoint uses, which the node may also refuse by name (“refused”, no failure)
    --keep keeps every case's folder in DIR
Needs the versions of Tests/LanguageModelsTests/Vectors/families.py. Exits with 1 if any case fails.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "Tests", "LanguageModelsTests", "Vectors"))

import torch
from peft import PeftModel
from safetensors.torch import load_file

import families
from families import FAMILIES

STEPS, LR = 10, 1e-2
LOGITS_TOLERANCE, TRAINED_TOLERANCE, EXPORTED_TOLERANCE = 1e-4, 1e-4, 1e-3
MOST_NOISE = 1e-5
MOST_DRAWS = 30
TRUE_BY_DEFAULT = ["scale_attn_weights", "scale_embedding"]
PLAIN_ACTIVATIONS = ["gelu", "gelu_new", "gelu_pytorch_tanh", "relu"]


# --- Random configurations ---------------------------------------------------------------------------------------


def sizes(draw):
    heads = draw.choice([1, 2, 3, 4, 6])
    return dict(
        vocab_size=draw.randint(33, 97), hidden_size=heads * draw.choice([4, 6, 8, 10, 12]),
        num_hidden_layers=draw.randint(1, 4), num_attention_heads=heads, intermediate_size=draw.randint(17, 70),
        max_position_embeddings=draw.choice([48, 64, 100]))


def grouped(draw, config):
    heads = config["num_attention_heads"]
    config["num_key_value_heads"] = draw.choice([n for n in range(1, heads + 1) if heads % n == 0])


def rotation(draw, config, rare):
    kinds = ["default", "default", "linear", "llama3"] + (["dynamic", "yarn"] if rare else [])
    rope = dict(rope_type=draw.choice(kinds), rope_theta=draw.choice([500.0, 10000.0, 500000.0, 1e6]))
    if rope["rope_type"] != "default":
        rope["factor"] = draw.choice([2.0, 4.0, 8.0])
    if rope["rope_type"] == "llama3":
        rope.update(low_freq_factor=1.0, high_freq_factor=draw.choice([2.0, 4.0]))
    if rope["rope_type"] in ("llama3", "yarn"):
        rope["original_max_position_embeddings"] = draw.choice([8, 16, 32])
    config["rope_parameters"] = rope


def llama_like(draw, rare, explicit_head=False):
    config = sizes(draw)
    grouped(draw, config)
    rotation(draw, config, rare)
    config.update(
        rms_norm_eps=draw.choice([1e-6, 1e-5, 1e-3]), bos_token_id=1, eos_token_id=2, pad_token_id=None,
        tie_word_embeddings=draw.random() < 0.4)
    if explicit_head or draw.random() < 0.5:
        config["head_dim"] = draw.choice([4, 6, 8, 12, 16])
    if rare and draw.random() < 0.5:
        config["hidden_act"] = draw.choice(["gelu", "gelu_pytorch_tanh", "relu"])
    return config


def layer_types(draw, config):
    """An explicit pattern in place of the family's rule."""
    if draw.random() < 0.4:
        kinds = ["full_attention", "sliding_attention"]
        config["layer_types"] = [draw.choice(kinds) for _ in range(config["num_hidden_layers"])]


def llama(draw, rare):
    config = llama_like(draw, rare)
    config.update(attention_bias=draw.random() < 0.3, mlp_bias=draw.random() < 0.3)
    return config


def mistral(draw, rare):
    config = llama_like(draw, rare)
    config["sliding_window"] = draw.choice([None, 2, draw.randint(3, 20), draw.randint(3, 20), 4096])
    return config


def mixtral(draw, rare):
    config = mistral(draw, rare)
    config["num_local_experts"] = draw.randint(2, 6)
    config["num_experts_per_tok"] = draw.randint(1, min(3, config["num_local_experts"]))
    config["num_hidden_layers"] = draw.randint(1, 2)
    return config


def qwen2(draw, rare):
    config = llama_like(draw, rare)
    config.pop("head_dim", None)
    if draw.random() < 0.6:
        config.update(
            use_sliding_window=True, sliding_window=draw.randint(2, 16),
            max_window_layers=draw.randint(0, config["num_hidden_layers"]))
        layer_types(draw, config)
    return config


def qwen3(draw, rare):
    config = qwen2(draw, rare)
    config.update(head_dim=draw.choice([4, 6, 8, 12, 16]), attention_bias=draw.random() < 0.3)
    return config


def gemma(draw, rare):
    config = llama_like(draw, rare=False, explicit_head=True)
    config.update(tie_word_embeddings=not rare or draw.random() < 0.5, pad_token_id=0)
    return config


def gemma2(draw, rare):
    config = gemma(draw, rare)
    config.update(
        query_pre_attn_scalar=draw.choice([8, 24, 144]), sliding_window=draw.randint(2, 16),
        attn_logit_softcapping=draw.choice([None, 2.0, 50.0]), final_logit_softcapping=draw.choice([None, 4.0, 30.0]))
    layer_types(draw, config)
    return config


def phi(draw, rare):
    config = sizes(draw)
    head = config["hidden_size"] // config["num_attention_heads"]
    factors = [factor for factor in (0.25, 0.4, 0.5, 0.75, 1.0) if int(head * factor) % 2 == 0 and head * factor >= 2]
    config.update(
        hidden_act=draw.choice(PLAIN_ACTIVATIONS), layer_norm_eps=draw.choice([1e-5, 1e-3]), bos_token_id=1,
        eos_token_id=2, rope_parameters=dict(
            rope_type="default", rope_theta=draw.choice([500.0, 10000.0]), partial_rotary_factor=draw.choice(factors)))
    grouped(draw, config)
    if rare:
        config["qk_layernorm"] = draw.random() < 0.5
    return config


def gpt2(draw, rare):
    size = sizes(draw)
    config = dict(
        vocab_size=size["vocab_size"], n_embd=size["hidden_size"], n_layer=size["num_hidden_layers"],
        n_head=size["num_attention_heads"], n_positions=size["max_position_embeddings"],
        n_inner=draw.choice([None, size["intermediate_size"]]), bos_token_id=1, eos_token_id=2,
        activation_function=draw.choice(PLAIN_ACTIVATIONS), layer_norm_epsilon=draw.choice([1e-5, 1e-3]))
    if rare:
        config.update(
            scale_attn_by_inverse_layer_idx=draw.random() < 0.5, scale_attn_weights=draw.random() < 0.5,
            reorder_and_upcast_attn=draw.random() < 0.5, tie_word_embeddings=draw.random() < 0.5)
    return config


def biogpt(draw, rare):
    config = sizes(draw)
    config.update(
        hidden_act=draw.choice(PLAIN_ACTIVATIONS), scale_embedding=draw.random() < 0.5,
        layer_norm_eps=draw.choice([1e-12, 1e-5]), tie_word_embeddings=not rare or draw.random() < 0.5)
    return config


def bert(draw, rare):
    config = sizes(draw)
    config.update(
        hidden_act=draw.choice(PLAIN_ACTIVATIONS), layer_norm_eps=draw.choice([1e-12, 1e-5, 1e-3]),
        type_vocab_size=draw.randint(1, 3))
    return config


def bert_classification(draw, rare):
    return dict(bert(draw, rare), num_labels=draw.randint(2, 6))


CONFIGURATIONS = {
    "llama": llama, "mistral": mistral, "mixtral": mixtral, "qwen2": qwen2, "qwen3": qwen3, "gemma": gemma,
    "gemma2": gemma2, "phi": phi, "gpt2": gpt2, "biogpt": biogpt, "bert": bert,
    "bert-classification": bert_classification, "bert-tokens": bert_classification}


def checkpoint_form(draw, name, config):
    """How the checkpoint is written: arguments of save_checkpoint."""
    form = dict(dtype=draw.choice(["float32", "float32", "float16", "bfloat16"]), shards=draw.random() < 0.3)
    # the old dialect has no list of layers: a pattern of its own can't be said in it
    form["old_config"] = "layer_types" not in config and draw.random() < 0.5
    old = name in ("llama", "mistral", "gpt2", "biogpt", "bert")
    if old and config.get("tie_word_embeddings", True) and draw.random() < 0.4:
        form.update(old_names=True, shards=False)
    return form


def adapter_form(draw, family, model):
    """Targets, rank (no larger than any target), alpha, rsLoRA."""
    if isinstance(family.targets, str):
        targets = draw.choice([family.targets, family.targets, ["query", "value"], ["query", "key", "value"], ["key"]])
    else:
        targets = sorted(draw.sample(family.targets, draw.randint(1, len(family.targets))))
    smallest = model.config.hidden_size
    for name, module in model.named_modules():
        if not isinstance(targets, str) and name.split(".")[-1] in targets:
            smallest = min(smallest, *module.weight.shape)
    return dict(
        rank=min(draw.randint(1, 8), smallest), alpha=draw.choice([1, 4, 7, 16]), targets=targets,
        rslora=draw.random() < 0.3)


# --- One case ----------------------------------------------------------------------------------------------------


class Case:
    """A random checkpoint with a random adapter, and what transformers and PEFT make of them."""

    def __init__(self, name, seed, index, rare, folder):
        self.name, self.family, self.folder = name, FAMILIES[name], folder
        for attempt in range(MOST_DRAWS):
            self.seed = f"{name} {seed} {index} {attempt}{' rare' if rare else ''}"
            draw = random.Random(self.seed)
            self.config = CONFIGURATIONS[name](draw, rare)
            self.folder = os.path.join(folder, f"{name}-{seed}-{index}-{attempt}")
            shutil.rmtree(self.folder, ignore_errors=True)
            os.makedirs(self.folder)
            if self.compute(draw) < MOST_NOISE:
                return
        raise SystemExit(f"{name} {index}: no configuration in {MOST_DRAWS} whose result does not depend on rounding.")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def compute(self, draw):
        """Writes model, adapter and data, computes the answers; returns how much they depend on rounding."""
        family = self.family
        torch.manual_seed(draw.getrandbits(32))
        generator = torch.Generator().manual_seed(draw.getrandbits(32))
        model = families.random_model(family, family.config(**self.config))
        self.form = checkpoint_form(draw, self.name, self.config)
        model = families.save_checkpoint(family, model, self.path("model"), **self.form)
        vocabulary, positions = model.config.vocab_size, model.config.max_position_embeddings
        lengths = [draw.randint(4, positions) for _ in range(draw.randint(1, 5))]
        self.ids, self.labels = families.random_batch(
            family, generator, lengths, vocabulary, classes=self.config.get("num_labels", 0) or 3)
        self.write_lines()

        self.adapter = adapter_form(draw, family, model)
        base = families.logits_of(model, self.ids[0])
        adapted = families.add_adapter(family, model, generator=generator, **self.adapter)
        families.save_adapter(adapted, self.path("adapter"), base="model")
        self.logits = dict(bare=base, adapted=families.logits_of(adapted, self.ids[0]))
        self.trained = self.train(adapted)
        self.trained_logits = families.logits_of(adapted, self.ids[0])
        return self.noise()

    def noise(self):
        """How far the answers move when the base moves by its rounding error."""
        model = families.load_model(self.family, self.path("model"))
        families.jolt(model)
        base = families.logits_of(model, self.ids[0])
        model = PeftModel.from_pretrained(model, self.path("adapter"), is_trainable=True).eval()
        logits = dict(bare=base, adapted=families.logits_of(model, self.ids[0]))
        trained = self.train(model)
        return max(
            families.largest_difference(logits, self.logits), families.largest_difference(trained, self.trained),
            families.relative_difference(families.logits_of(model, self.ids[0]), self.trained_logits) / 10)

    def train(self, model):
        families.train(self.family, model, self.ids, self.labels, STEPS, LR)
        return families.adapter_tensors(model)

    def trained_in_double(self):
        model = families.load_model(self.family, self.path("model"))
        model = PeftModel.from_pretrained(model, self.path("adapter"), is_trainable=True).double().eval()
        return {name: tensor.float() for name, tensor in self.train(model).items()}

    def write_lines(self):
        with open(self.path("lines.jsonl"), "w") as file:
            for sequence, label in zip(self.ids, self.labels):
                file.write(json.dumps(dict(input_ids=sequence.tolist(), labels=label.tolist())) + "\n")

    def errors(self, node):
        """What the node's results differ by. Throws Refusal if it ends with an error."""
        ids = ",".join(str(token) for token in self.ids[0].tolist())
        found = {}
        for kind, more in (("bare", []), ("adapted", ["--adapter", self.path("adapter")])):
            out = self.path(f"{kind}.safetensors")
            run(node, "logits", "--model", self.path("model"), *more, "--ids", ids, "--out", out)
            logits = load_file(out)["logits"]
            found[kind] = families.relative_difference(logits, self.logits[kind])
        run(node, "train", "--model", self.path("model"), "--adapter", self.path("adapter"), "--data",
            self.path("lines.jsonl"), "--out", self.path("out"), "--steps", str(STEPS), "--batch-tokens", "100000",
            "--lr", str(LR), "--no-shuffle")
        trained = load_file(self.path("out", "adapter_model.safetensors"))
        same = trained.keys() == self.trained.keys()
        found["trained"] = families.largest_difference(trained, self.trained) if same else float("inf")
        if same and found["trained"] > TRAINED_TOLERANCE:
            # Adam makes whole steps of rounding errors, torch's as well: the same training in float64 decides.
            found["trained"] = min(found["trained"], families.largest_difference(trained, self.trained_in_double()))
        model = families.load_model(self.family, self.path("model"))
        model = PeftModel.from_pretrained(model, self.path("out")).eval()
        found["exported"] = families.relative_difference(families.logits_of(model, self.ids[0]), self.trained_logits)
        return found

    @property
    def description(self):
        """The configuration in one line."""
        short = dict(
            vocab_size="v", hidden_size="h", n_embd="h", num_hidden_layers="L", n_layer="L", num_attention_heads="q",
            n_head="q", num_key_value_heads="kv", head_dim="d", intermediate_size="f", n_inner="f",
            sliding_window="window", max_window_layers="from", num_local_experts="E", num_experts_per_tok="top",
            rms_norm_eps="ε", layer_norm_eps="ε", layer_norm_epsilon="ε", query_pre_attn_scalar="scalar",
            attn_logit_softcapping="cap", final_logit_softcapping="lastcap", num_labels="classes",
            type_vocab_size="types", hidden_act="", activation_function="")
        words = []
        for key, value in self.config.items():
            if key == "rope_parameters":
                words += [str(part) for part in value.values()]
            elif key == "layer_types":
                words.append("".join(kind[0] for kind in value))
            elif isinstance(value, bool):
                words += [key.removesuffix("_word_embeddings")] if value else ["not " + key] * (key in TRUE_BY_DEFAULT)
            elif key in short and value is not None:
                words.append(f"{short[key]}{value}")
        words += [self.form["dtype"]] + [key for key, value in self.form.items() if value is True]
        targets = "encoder" if isinstance(self.adapter["targets"], str) else "+".join(self.adapter["targets"])
        words.append(f"r{self.adapter['rank']} α{self.adapter['alpha']} {targets}")
        words += ["rslora"] * self.adapter["rslora"] + [f"T{'+'.join(str(len(sequence)) for sequence in self.ids)}"]
        return " ".join(words)


class Refusal(Exception):
    """The node ended with an error."""


def run(node, *arguments):
    result = subprocess.run([node, *arguments, "--quiet"], capture_output=True, text=True, timeout=300)
    if result.returncode != 0:
        lines = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()
        raise Refusal(f"exit {result.returncode}: {lines[0]}")


def check(case, node, rare):
    """The case's errors as columns, and the verdict."""
    try:
        found = case.errors(node)
    except Refusal as refusal:
        verdict = "refused" if rare and "exit 65" in str(refusal) else "FAILED"
        return ["–"] * 4, verdict, str(refusal)
    tolerances = dict(
        bare=LOGITS_TOLERANCE, adapted=LOGITS_TOLERANCE, trained=TRAINED_TOLERANCE, exported=EXPORTED_TOLERANCE)
    columns = [f"{found[kind]:.1e}{' ' if found[kind] <= limit else '*'}" for kind, limit in tolerances.items()]
    good = all(found[kind] <= limit for kind, limit in tolerances.items())
    return columns, "ok" if good else "FAILED", ""


# --- All cases ---------------------------------------------------------------------------------------------------


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--node", required=True, help="the built consilium-node")
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="only this family (repeatable)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4, help="cases for each family")
    parser.add_argument("--only", type=int, help="only the case of this index")
    parser.add_argument("--rare", action="store_true", help="also what no well-known checkpoint uses")
    parser.add_argument("--keep", help="keep the cases' folders here")
    return parser.parse_args()


def main():
    options = parse()
    families.prepare()
    torch.set_num_threads(1)
    verdicts = []
    print(f"{'family':19} {'#':>2}  {'bare':8} {'adapted':8} {'trained':8} {'exported':8} verdict  configuration")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        for name in options.family or FAMILIES:
            for index in range(options.count) if options.only is None else [options.only]:
                case = Case(name, options.seed, index, options.rare, folder)
                columns, verdict, reason = check(case, os.path.abspath(options.node), options.rare)
                columns = " ".join(f"{column:8}" for column in columns)
                print(f"{name:19} {index:>2}  {columns} {verdict:8} {case.description}", flush=True)
                if reason:
                    print(f"{'':23} {reason}")
                verdicts.append(verdict)
    refused = f", {verdicts.count('refused')} refused" if options.rare else ""
    print(f"{verdicts.count('ok')} of {len(verdicts)} agree with transformers and PEFT{refused}.")
    sys.exit(1 if "FAILED" in verdicts else 0)


if __name__ == "__main__":
    main()
