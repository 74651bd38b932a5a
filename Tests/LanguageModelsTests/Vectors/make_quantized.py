#!/usr/bin/env python3
"""Makes the `llama-nf4…` and `llama-int8` folders: checkpoints that bitsandbytes quantized, with README.md's answers.

The answers are those of the dequantized weights in fp32. Needs bitsandbytes beside the versions of families.py:
    python3 Tests/LanguageModelsTests/Vectors/make_quantized.py
"""
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version

import bitsandbytes
import torch
from bitsandbytes.functional import dequantize_4bit, int8_vectorwise_dequant
from safetensors.torch import load_file
from transformers import BitsAndBytesConfig

import families
import make_vectors
from make_vectors import HERE, LLAMA

BITSANDBYTES = "0.50.2"
SIZES = dict(LLAMA, hidden_size=64, num_hidden_layers=1, tie_word_embeddings=False)
KEPT = "model.layers.0.mlp.down_proj.weight"  # the weight in dequantized.safetensors


@dataclass
class Quantized(make_vectors.Case):
    dtype: str = "bfloat16"  # of the checkpoint's other weights, and of a dequantized NF4 weight
    quantization: dict = None


CASES = {
    "llama-nf4": Quantized(
        "llama", dict(SIZES, intermediate_size=128), seed=401, rank=2, alpha=4,
        quantization=dict(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16)),
    "llama-nf4-double": Quantized(  # 320 blocks in a weight of the MLP: more than one nested block
        "llama", dict(SIZES, intermediate_size=320), seed=402, rank=2, alpha=4, targets=["q_proj", "v_proj"],
        dtype="float16", quantization=dict(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16)),
    "llama-int8": Quantized(
        "llama", dict(SIZES, intermediate_size=128), seed=403, rank=2, alpha=4, dtype="float16",
        targets=["q_proj", "k_proj", "v_proj", "o_proj"], quantization=dict(load_in_8bit=True)),
}


def main():
    families.prepare()
    if version("bitsandbytes") != BITSANDBYTES:
        raise SystemExit(f"This script needs bitsandbytes {BITSANDBYTES}, found {version('bitsandbytes')}.")
    torch.set_num_threads(1)
    for name, case in CASES.items():
        make(name, case)


def make(name, case):
    family, folder = families.FAMILIES[case.family], os.path.join(HERE, name)
    shutil.rmtree(folder, ignore_errors=True)
    torch.manual_seed(case.seed + 1)
    model = families.random_model(family, family.config(**case.config))
    with tempfile.TemporaryDirectory() as plain:
        families.save_checkpoint(family, model, plain, dtype=case.dtype)
        quantized = family.model.from_pretrained(
            plain, dtype=getattr(torch, case.dtype), device_map="cpu",
            quantization_config=BitsAndBytesConfig(**case.quantization))
        quantized.save_pretrained(folder)
        families.remove(folder, "generation_config.json")
        weights = dequantized(quantized)
        model = families.load_model(family, plain)
    check_formula(folder, weights)
    families.save_tensors({KEPT: weights[KEPT]}, os.path.join(folder, "dequantized.safetensors"))
    model.load_state_dict(weights)
    make_vectors.write_answers(name, case, model)


def dequantized(model):
    """Every weight of a quantized model, the quantized ones as bitsandbytes gives them back."""
    weights = {name: tensor.detach() for name, tensor in model.named_parameters()}
    for name, module in model.named_modules():
        if isinstance(module, bitsandbytes.nn.Linear4bit):
            weights[f"{name}.weight"] = dequantize_4bit(module.weight.data, module.weight.quant_state)
        elif isinstance(module, bitsandbytes.nn.Linear8bitLt):
            weights[f"{name}.weight"] = int8_vectorwise_dequant(module.weight.data, module.weight.SCB)
    return weights


def check_formula(folder, weights):
    """Holds the formulas that the engine uses against bitsandbytes, on the bytes of the file."""
    tensors = load_file(os.path.join(folder, "model.safetensors"))
    for name, weight in weights.items():
        if f"{name}.absmax" in tensors:
            found = nf4(tensors, name, weight)
        elif name.replace(".weight", ".SCB") in tensors:
            scale = tensors[name.replace(".weight", ".SCB")]
            found = tensors[name].float() * scale[:, None] / 127
        else:
            found = tensors[name]
        if families.relative_difference(found, weight) > (1e-6 if weight.dtype == torch.float32 else 0):
            raise SystemExit(f"{folder}: {name} dequantizes to other values than bitsandbytes gives.")


def nf4(tensors, name, weight):
    codes = tensors[name].flatten()
    codes = torch.stack([codes >> 4, codes & 15], dim=1).flatten().long()
    scale = tensors[f"{name}.absmax"]
    if f"{name}.nested_absmax" in tensors:
        state = json.loads(bytes(tensors[f"{name}.quant_state.bitsandbytes__nf4"].tolist()))
        nested = tensors[f"{name}.nested_absmax"].repeat_interleave(state["nested_blocksize"])[:len(scale)]
        scale = tensors[f"{name}.nested_quant_map"][scale.long()] * nested + state["nested_offset"]
    values = tensors[f"{name}.quant_map"][codes] * scale.repeat_interleave(64)
    return values.view(weight.shape).to(weight.dtype)


if __name__ == "__main__":
    main()
