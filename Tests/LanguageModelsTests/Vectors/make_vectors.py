#!/usr/bin/env python3
"""Makes the folders beside this script: tiny random checkpoints with what transformers and PEFT compute for them.

Run by hand with the versions of families.py; the tests only read the result. Names limit it to some cases:
    python3 Tests/LanguageModelsTests/Vectors/make_vectors.py [case …]
README.md says what the files of a folder are and what each case is for.
"""
import os
import shutil
import sys
from dataclasses import dataclass, field

import torch

import families
from families import FAMILIES, POSITIONS, VOCABULARY

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTHS = (37, 5, 20)
ADAPTER_STEPS, ADAPTER_LR = 10, 1e-2
FULL_STEPS, FULL_LR = 5, 1e-3
GENERATED = 12
MOST_NOISE = 1e-5

LLAMA = dict(
    vocab_size=VOCABULARY, hidden_size=24, intermediate_size=44, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=POSITIONS, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2)
PHI = dict(
    vocab_size=VOCABULARY, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2,
    max_position_embeddings=POSITIONS, bos_token_id=1, eos_token_id=2)
GPT2 = dict(vocab_size=VOCABULARY, n_embd=24, n_layer=2, n_head=3, n_positions=48, bos_token_id=1, eos_token_id=2)
BIOGPT = dict(
    vocab_size=VOCABULARY, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
    max_position_embeddings=48)
BERT = dict(
    vocab_size=VOCABULARY, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3,
    max_position_embeddings=48, type_vocab_size=2)
LLAMA3_ROPE = dict(
    rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=16)
ATTENTION, MLP = families.LLAMA_ATTENTION, families.LLAMA_MLP


@dataclass
class Case:
    family: str
    config: dict
    seed: int
    targets: object = None  # None: all that the family has
    rank: int = 3
    alpha: int = 7
    rslora: bool = False
    checkpoint: dict = field(default_factory=dict)  # arguments of save_checkpoint
    config_file: dict = field(default_factory=dict)  # keys set in config.json by hand
    full: bool = False  # also full-parameter gradients and training
    generated: bool = False  # also a greedy continuation


CASES = {
    "plain": Case(
        "llama", dict(LLAMA, tie_word_embeddings=False), seed=320, full=True, generated=True),
    "tied-half": Case(
        "llama", dict(LLAMA, tie_word_embeddings=True), seed=1, targets=ATTENTION,
        checkpoint=dict(dtype="float16", old_config=True)),
    "biases-llama3": Case(
        "llama", dict(LLAMA, tie_word_embeddings=False, attention_bias=True, mlp_bias=True, head_dim=8,
                      rope_theta=10000.0, rope_scaling=LLAMA3_ROPE), seed=2, targets=MLP,
        checkpoint=dict(dtype="bfloat16", shards=True)),
    "linear-rope": Case(
        "llama", dict(LLAMA, tie_word_embeddings=True, rope_theta=500.0,
                      rope_scaling=dict(rope_type="linear", factor=2.0)), seed=63, rslora=True,
        checkpoint=dict(old_config=True)),
    "llama-yarn": Case(
        "llama", dict(LLAMA, num_hidden_layers=1, rope_theta=10000.0,
                      rope_scaling=dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)),
        seed=31, targets=["q_proj", "k_proj"], rank=2, alpha=4, checkpoint=dict(old_config=True)),
    "qwen2-yarn": Case(
        "qwen2", dict(LLAMA, num_hidden_layers=1, rope_theta=500.0,
                      rope_scaling=dict(rope_type="yarn", factor=8.0, original_max_position_embeddings=8, mscale=0.7,
                                        mscale_all_dim=0.4, beta_fast=16, beta_slow=2, truncate=False)),
        seed=41, targets=["q_proj", "v_proj"], rank=2, alpha=4),
    "llama-old": Case(
        "llama", dict(LLAMA, tie_word_embeddings=True, num_hidden_layers=1, num_key_value_heads=4), seed=21,
        targets=["q_proj", "v_proj"], rank=2, alpha=4, checkpoint=dict(old_config=True, old_names=True)),
    "mistral-window": Case(
        "mistral", dict(LLAMA, head_dim=10, sliding_window=8, rope_theta=1e6), seed=104, rank=2, alpha=4,
        targets=["q_proj", "v_proj", "down_proj"], generated=True, checkpoint=dict(dtype="bfloat16")),
    "mixtral": Case(
        "mixtral", dict(LLAMA, intermediate_size=20, num_local_experts=4, num_experts_per_tok=2, rope_theta=1e6),
        seed=5, rank=4, alpha=8, checkpoint=dict(dtype="bfloat16", shards=True)),
    "mixtral-window": Case(
        "mixtral", dict(LLAMA, hidden_size=16, intermediate_size=28, num_local_experts=4, num_experts_per_tok=2,
                        sliding_window=6), seed=26, rank=2, alpha=3, targets=["q_proj", "o_proj"],
        checkpoint=dict(old_config=True)),
    "qwen2-tied": Case(
        "qwen2", dict(LLAMA, tie_word_embeddings=True, rope_theta=1e6), seed=7, rank=5, alpha=5,
        targets=ATTENTION + ["gate_proj"], checkpoint=dict(dtype="bfloat16", old_config=True),
        config_file=dict(use_sliding_window=False, sliding_window=4, max_window_layers=0)),
    "qwen2-window": Case(
        "qwen2", dict(LLAMA, intermediate_size=36, num_hidden_layers=3, use_sliding_window=True,
                      sliding_window=7, max_window_layers=1), seed=8, rank=2, alpha=6,
        targets=["k_proj", "v_proj", "up_proj"], checkpoint=dict(old_config=True)),
    "qwen3": Case(
        "qwen3", dict(LLAMA, head_dim=10, tie_word_embeddings=False, rms_norm_eps=1e-6), seed=169, rank=3, alpha=6,
        checkpoint=dict(dtype="bfloat16", shards=True)),
    "gemma": Case(
        "gemma", dict(LLAMA, num_key_value_heads=1, head_dim=10, pad_token_id=0), seed=10, rank=4, alpha=4,
        targets=ATTENTION + ["down_proj"], checkpoint=dict(dtype="bfloat16", old_config=True),
        config_file=dict(hidden_act="gelu", hidden_activation=None)),
    "gemma2": Case(
        "gemma2", dict(LLAMA, hidden_size=20, intermediate_size=32, num_hidden_layers=3, head_dim=10,
                       query_pre_attn_scalar=17, sliding_window=6, attn_logit_softcapping=3.0,
                       final_logit_softcapping=5.0, pad_token_id=None), seed=71, rank=2, alpha=5, full=True,
        generated=True),
    "phi": Case(
        "phi", dict(PHI, rope_parameters=dict(rope_type="default", rope_theta=10000.0, partial_rotary_factor=0.4)),
        seed=12, rank=3, alpha=6, checkpoint=dict(dtype="float16", old_config=True)),
    "gpt2": Case("gpt2", GPT2, seed=353, rank=3, alpha=9, full=True, generated=True),
    "gpt2-old": Case(
        "gpt2", dict(GPT2, n_inner=50, n_layer=1), seed=14, rank=2, alpha=2, targets=["c_attn"],
        checkpoint=dict(old_config=True, old_names=True)),
    "biogpt": Case("biogpt", BIOGPT, seed=15, rank=3, alpha=6, checkpoint=dict(dtype="float16")),
    "biogpt-unscaled": Case(
        "biogpt", dict(BIOGPT, scale_embedding=False, num_hidden_layers=1), seed=16, rank=2, alpha=4,
        targets=["q_proj", "v_proj"], checkpoint=dict(old_config=True, old_names=True)),
    "bert-mlm": Case("bert", BERT, seed=137, rank=3, alpha=6),
    "bert-mlm-old": Case(
        "bert", dict(BERT, num_hidden_layers=1), seed=18, rank=2, alpha=4, targets=["query", "value"],
        checkpoint=dict(old_config=True, old_names=True)),
    "bert-classification": Case("bert-classification", dict(BERT, num_labels=3), seed=359, rank=3, alpha=6),
    "bert-tokens": Case("bert-tokens", dict(BERT, num_labels=5), seed=21, rank=3, alpha=6),
}


def main():
    families.prepare()
    torch.set_num_threads(1)
    for name in sys.argv[1:] or CASES:
        make(name, CASES[name])


def make(name, case):
    family, folder = FAMILIES[case.family], os.path.join(HERE, name)
    shutil.rmtree(folder, ignore_errors=True)
    torch.manual_seed(case.seed + 1)
    model = families.random_model(family, family.config(**case.config))
    model = families.save_checkpoint(family, model, folder, **case.checkpoint)
    if case.config_file:
        families.edit_json(os.path.join(folder, "config.json"), lambda config: config.update(case.config_file))
        model = families.load_model(family, folder)
    write_answers(name, case, model)


def write_answers(name, case, model):
    """Everything beside the checkpoint, for `model`: the checkpoint's weights in fp32."""
    family, folder = FAMILIES[case.family], os.path.join(HERE, name)
    generator = torch.Generator().manual_seed(case.seed + 100)
    ids, labels = families.random_batch(family, generator, LENGTHS)
    expected = {"logits.base": families.logits_of(model, ids[0])}
    if case.generated:
        write_generated(model, ids[1], folder)
    if case.full:
        write_full_training(family, ids, labels, folder)

    model = families.add_adapter(
        family, model, case.rank, case.alpha, case.targets or family.targets, case.rslora, generator)
    families.save_adapter(model, os.path.join(folder, "adapter"), base=name)
    expected["logits"] = families.logits_of(model, ids[0])
    families.save_tensors(expected, os.path.join(folder, "expected.safetensors"))

    start = families.adapter_tensors(model)
    loss = write_gradient(family, model, ids, labels, os.path.join(folder, "gradient.safetensors"), families.file_name)
    losses = families.train(family, model, ids, labels, ADAPTER_STEPS, ADAPTER_LR)
    trained = families.adapter_tensors(model)
    families.save_tensors(trained, os.path.join(folder, "trained.safetensors"))
    tokens = dict(
        ids=[sequence.tolist() for sequence in ids], labels=[label.tolist() for label in labels],
        loss=loss, last_loss=losses[-1])
    families.write_json(tokens, os.path.join(folder, "tokens.json"), indent=None)

    noise = rounding_noise(family, model, start, trained, ids, labels)
    size = sum(os.path.getsize(os.path.join(at, file)) for at, _, files in os.walk(folder) for file in files)
    print(f"{name:20} loss {loss:.4f} → {losses[-1]:.4f}   noise {noise:.1e}   {size / 1024:.0f} KB", flush=True)


def write_gradient(family, model, ids, labels, path, file_name):
    """The gradient of the mean loss with respect to everything trained; returns the loss."""
    model.zero_grad()
    loss = families.mean_loss(family, model, ids, labels)
    loss.backward()
    parameters = model.named_parameters()
    families.save_tensors({file_name(name): p.grad for name, p in parameters if p.requires_grad}, path)
    model.zero_grad()
    return loss.item()


def write_full_training(family, ids, labels, folder):
    """The same loss with every parameter trained: gradient and parameters after some steps, as the checkpoint names."""

    def trained(jolted):
        model = families.load_model(family, folder)
        if jolted:
            families.jolt(model)
        families.train(family, model, ids, labels, FULL_STEPS, FULL_LR)
        return dict(model.named_parameters())

    model = families.load_model(family, folder)
    write_gradient(family, model, ids, labels, os.path.join(folder, "full_gradient.safetensors"), lambda name: name)
    tensors = trained(jolted=False)
    families.save_tensors(tensors, os.path.join(folder, "full_trained.safetensors"))
    jolted = trained(jolted=True)
    for name, tensor in tensors.items():
        if name.endswith("c_attn.bias"):  # the keys' bias has no gradient but rounding errors
            tensor, jolted[name] = (torch.cat(value.chunk(3)[::2]) for value in (tensor, jolted[name]))
        difference = families.relative_difference(jolted[name], tensor)
        if difference > MOST_NOISE:
            print(f"{folder}: {name} after full training depends on rounding: {difference:.1e}.")


def write_generated(model, prompt, folder):
    """A greedy continuation in which the chosen token is always far ahead of the next best."""
    tokens = model.generate(
        prompt[None], attention_mask=torch.ones_like(prompt)[None], max_new_tokens=GENERATED, do_sample=False,
        eos_token_id=None, pad_token_id=0)[0]
    best = families.logits_of(model, tokens)[len(prompt) - 1:-1].topk(2)
    if not torch.equal(best.indices[:, 0], tokens[len(prompt):]):
        raise SystemExit(f"{folder}: generation with a cache chooses other tokens than the whole sequence.")
    if (best.values[:, 0] - best.values[:, 1]).min() < 2e-3:
        raise SystemExit(f"{folder}: the choice of a token is too close; take another seed.")
    if len(set(tokens[len(prompt):].tolist())) < 4:
        raise SystemExit(f"{folder}: the continuation hardly varies; take another seed.")
    result = dict(prompt=prompt.tolist(), tokens=tokens[len(prompt):].tolist())
    families.write_json(result, os.path.join(folder, "generated.json"), indent=None)


def rounding_noise(family, model, start, trained, ids, labels):
    """How far the trained adapter moves when the base moves by its rounding error: far less than the tests' 1e-4."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad:
                parameter.copy_(start[families.file_name(name)])
    families.jolt(model)
    families.train(family, model, ids, labels, ADAPTER_STEPS, ADAPTER_LR)
    noise = families.largest_difference(families.adapter_tensors(model), trained)
    if noise > MOST_NOISE:
        print(f"{family.model.__name__}: the trained adapter depends on rounding; take another seed.")
    return noise


if __name__ == "__main__":
    main()
