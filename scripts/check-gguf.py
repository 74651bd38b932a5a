#!/usr/bin/env python3
"""Opens exported models with the programs they are exported for: llama.cpp, transformers and PEFT.

    check-gguf.py --node .build/release/consilium-node [--model DIR [--adapter DIR]] [--only NAME]

Needs llama-cpp-python and gguf; torch, transformers and peft for all but --model. Without --model it makes small random
checkpoints of every family, with an adapter of random numbers and a tokenizer, exports them as F16 and Q8_0, and compares
what llama.cpp computes from the file with what `consilium-node logits` computes from checkpoint and adapter, and llama.cpp's
tokens of some texts with ours. Prints one JSON object; exits with 1 if something differs by more than the format's rounding.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import gguf
import llama_cpp
import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(HERE, "..", "Tests", "TokenizersTests", "Vectors")
TEXTS = [
    "Liver: 12 mm cyst, unchanged. No ascites.", "CT of the chest, 03/2024: no pulmonary embolism (PE).",
    "  two blanks, a tab\tand\nline\n\nbreaks", "Größe 4,5 cm; naïve café; 10 µg; 100 % — “ok”", "don't it's I'll WE'VE",
    "1234567890 12.5 x 3e8", "a", "日本語 text 😀 end",
]
# Of the difference of logits over their standard deviation: the largest for float16, which rounds by 2^-11; the root mean
# square for Q8_0, where llama.cpp rounds what it multiplies with the weights to 8 bits too, and a router may choose otherwise.
BOUNDS = {"f16": 0.02, "q8_0": 0.15}


def run(node, *arguments):
    done = subprocess.run([node, *arguments, "--json", "--quiet"], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:1])}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout)


def own_logits(node, model, adapter, ids, folder):
    from safetensors.numpy import load_file
    path = os.path.join(folder, "logits.safetensors")
    run(node, "logits", "--model", model, *(["--adapter", adapter] if adapter else []), "--ids",
        ",".join(map(str, ids)), "--out", path)
    return load_file(path)["logits"]


def check_tokens(llama, node, model, folder):
    """llama.cpp's tokens of the texts against ours."""
    lines = os.path.join(folder, "texts.jsonl")
    with open(lines, "w") as file:
        for text in TEXTS:
            file.write(json.dumps({"text": text}) + "\n")
    result = os.path.join(folder, "ids.jsonl")
    run(node, "tokenize", "--model", model, "--input", lines, "--output", result)
    wrong = 0
    with open(os.path.join(model, "tokenizer.json")) as file:
        # Metaspace puts no sign before one that is there; llama.cpp always does.
        skips_blank = "Metaspace" in json.dumps(json.load(file)["pre_tokenizer"])
    with open(result) as file:
        for text, line in zip(TEXTS, file):
            ours = json.loads(line)["ids"]
            theirs = llama.tokenize(text.encode(), add_bos=False, special=False)
            if ours != theirs and not (skips_blank and text.startswith(" ")):
                wrong += 1
                print(f"  tokens of {text!r}: ours {ours[:24]}, llama.cpp's {theirs[:24]}", file=sys.stderr)
    return wrong


def read(path):
    """Tensors by the reader of the format's own package: name to type and float32 numbers."""
    tensors = {}
    for tensor in gguf.GGUFReader(path).tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        assert numpy.isfinite(values).all() and values.size == numpy.prod(tensor.shape), tensor.name
        tensors[tensor.name] = tensor.tensor_type.name, values.astype(numpy.float32)
    return tensors


def check_rounding(tensors, halves):
    """No number of Q8_0 is further from the float16 file's than half a step of its block and float16's own rounding."""
    assert list(tensors) == list(halves)
    for name, (kind, values) in tensors.items():
        exact = halves[name][1]
        if kind != "Q8_0":
            assert numpy.array_equal(values, exact), name
            continue
        blocks = exact.reshape(-1, 32)
        step = numpy.abs(blocks).max(axis=1, keepdims=True) / 127
        distance = numpy.abs(values.reshape(-1, 32) - blocks)
        assert (distance <= 0.5 * step + 2 ** -10 * 128 * step + 2 ** -11 * numpy.abs(blocks)).all(), name


def check_file(node, model, adapter, kind, folder, ids, earlier):
    path = os.path.join(folder, f"model-{kind}.gguf")
    options = ["--model", model, *(["--adapter", adapter] if adapter else [])]
    run(node, "export", *options, "--type", kind, "--out", path)
    earlier[kind] = read(path)
    result = {"type": kind, "tensors": len(earlier[kind]), "bytes": os.path.getsize(path)}
    if kind == "q8_0":
        check_rounding(earlier["q8_0"], earlier["f16"])
    # Keys and values in float32: the default rounds them to 16 bits.
    llama = llama_cpp.Llama(
        path, n_ctx=max(64, len(ids)), n_batch=64, logits_all=True, verbose=False, n_threads=1, flash_attn=False,
        type_k=llama_cpp.GGML_TYPE_F32, type_v=llama_cpp.GGML_TYPE_F32)
    llama.eval(ids)
    theirs = numpy.array(llama.scores[:len(ids)], dtype=numpy.float64)
    ours = own_logits(node, model, adapter, ids, folder).astype(numpy.float64)
    result["largest"] = float(numpy.abs(ours - theirs).max() / ours.std())
    result["mean_square"] = float(((ours - theirs) ** 2).mean() ** 0.5 / ours.std())
    result["other_tokens"] = check_tokens(llama, node, model, folder)
    result["holds"] = result["other_tokens"] == 0 and (
        result["largest" if kind == "f16" else "mean_square"] <= BOUNDS[kind])
    llama.close()
    os.remove(path)
    return result


def families():
    """Name, configuration and tokenizer of each random checkpoint."""
    import transformers as t
    t.utils.logging.disable_progress_bar()
    small = dict(hidden_size=64, intermediate_size=96, num_hidden_layers=3, num_attention_heads=4, max_position_embeddings=256)
    grouped = dict(small, num_key_value_heads=2)
    llama3 = dict(rope_type="llama3", rope_theta=10000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                  original_max_position_embeddings=32)
    return [
        ("llama", t.LlamaConfig(**grouped), "llama2"),
        ("llama, biases", t.LlamaConfig(**grouped, attention_bias=True, mlp_bias=True), "llama3"),
        ("llama, Llama 3's rope, tied", t.LlamaConfig(**grouped, rope_parameters=llama3, tie_word_embeddings=True), "llama3"),
        ("llama, linear rope", t.LlamaConfig(**grouped, rope_parameters=dict(
            rope_type="linear", factor=2.0, rope_theta=10000.0)), "digits"),
        ("mistral, wide heads", t.MistralConfig(**grouped, head_dim=32, sliding_window=128), "mistral"),
        ("mixtral", t.MixtralConfig(**grouped, num_local_experts=4), "llama2"),
        ("qwen2", t.Qwen2Config(**grouped), "qwen2"),
        ("qwen3", t.Qwen3Config(**grouped, head_dim=32), "qwen2"),
        ("gemma", t.GemmaConfig(**grouped, head_dim=32), "gemma"),
        ("gemma2", t.Gemma2Config(**grouped, head_dim=32, query_pre_attn_scalar=32, sliding_window=8), "gemma"),
        ("phi", t.PhiConfig(**small, partial_rotary_factor=0.5), "gpt2"),
        ("gpt2", t.GPT2Config(n_embd=64, n_layer=3, n_head=4, n_positions=256, n_inner=96), "gpt2"),
    ]


def with_scores(parts):
    """A small tokenizer with the merges that a conversion from SentencePiece has: for every piece, in the order of scores,
    all pairs of pieces that are it."""
    vocabulary = parts["model"]["vocab"]
    closed = {token["content"] for token in parts["added_tokens"]} | {f"<0x{byte:02X}>" for byte in range(256)}
    pieces = {piece for piece in vocabulary if piece not in closed}
    parts["model"]["merges"] = [
        [piece[:cut], piece[cut:]] for piece in sorted(pieces, key=vocabulary.get)
        for cut in range(1, len(piece)) if piece[:cut] in pieces and piece[cut:] in pieces]


def make(folder, config, tokenizer, seed):
    """A checkpoint with random weights and norms, and a PEFT adapter all of whose numbers are random."""
    import peft
    import torch
    import transformers
    base, adapter = os.path.join(folder, "base"), os.path.join(folder, "adapter")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(base)
    source = os.path.join(VECTORS, f"{tokenizer}.tokenizer.json")
    with open(source) as file:
        parts = json.load(file)
    ids = list(parts["model"]["vocab"].values()) + [token["id"] for token in parts["added_tokens"]]
    config.vocab_size = (max(ids) + 33) // 32 * 32
    if parts["model"].get("byte_fallback"):
        with_scores(parts)
    begins = [item["SpecialToken"]["id"] for item in (parts["post_processor"] or {}).get("single", [])
              if "SpecialToken" in item]
    names = {token["content"]: token["id"] for token in parts["added_tokens"]}
    config.bos_token_id = names[begins[0]] if begins else None
    config.eos_token_id, config.pad_token_id = max(names.values()), None
    torch.manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.dim() == 1:
                value.add_(torch.randn_like(value) * 0.1)
            else:
                value.copy_(torch.randn_like(value) / value.shape[-1] ** 0.5)
    model.save_pretrained(base)
    with open(os.path.join(base, "tokenizer.json"), "w") as file:
        json.dump(parts, file)
    lora = peft.get_peft_model(model, peft.LoraConfig(
        r=4, lora_alpha=8, target_modules="all-linear" if "mixtral" not in config.model_type else ["q_proj", "v_proj"],
        task_type="CAUSAL_LM", init_lora_weights=False, fan_in_fan_out=config.model_type == "gpt2"))
    lora.save_pretrained(adapter)
    return base, adapter, lora.eval()


def check_checkpoint(node, base, adapter, lora, folder, ids):
    """The merged Hugging Face checkpoint, opened by transformers, and PEFT's own result against ours."""
    import torch
    import transformers
    merged = os.path.join(folder, "merged")
    run(node, "export", "--format", "huggingface", "--model", base, "--adapter", adapter, "--out", merged)
    with torch.inference_mode():
        theirs = transformers.AutoModelForCausalLM.from_pretrained(merged, dtype=torch.float32).eval()(
            torch.tensor([ids])).logits[0].double().numpy()
        peft = lora(torch.tensor([ids])).logits[0].double().numpy()
    ours = own_logits(node, base, adapter, ids, folder).astype(numpy.float64)
    differences = [float(numpy.abs(ours - other).max() / ours.std()) for other in (theirs, peft)]
    return {"transformers": differences[0], "peft": differences[1], "holds": max(differences) <= 2e-4}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--node", required=True)
    parser.add_argument("--model")
    parser.add_argument("--adapter")
    parser.add_argument("--only", help="a family of the random checkpoints")
    parser.add_argument("--json", action="store_true", help="nothing but the object")
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        if options.model:
            with open(os.path.join(options.model, "config.json")) as file:
                size = json.load(file)["vocab_size"]
            ids = [int(i) for i in numpy.random.default_rng(0).integers(3, size, 40)]
            earlier = {}
            for kind in BOUNDS:
                results.append(dict(name=os.path.basename(options.model.rstrip("/")), **check_file(
                    options.node, options.model, options.adapter, kind, scratch, ids, earlier)))
                print(json.dumps(results[-1]), file=sys.stderr)
        else:
            for number, (name, config, tokenizer) in enumerate(families()):
                if options.only and options.only not in name:
                    continue
                folder = os.path.join(scratch, str(number))
                base, adapter, lora = make(folder, config, tokenizer, number)
                ids = [int(i) for i in numpy.random.default_rng(number).integers(3, config.vocab_size, 40)]
                checks = [lambda: check_checkpoint(options.node, base, adapter, lora, folder, ids)]
                earlier = {}
                checks += [lambda kind=kind: check_file(options.node, base, adapter, kind, folder, ids, earlier)
                           for kind in BOUNDS]
                for check in checks:
                    try:
                        results.append(dict(name=name, **check()))
                    except (RuntimeError, AssertionError, ValueError) as error:
                        results.append({"name": name, "holds": False, "error": str(error)[:400]})
                    print(json.dumps(results[-1]), file=sys.stderr)
    print(json.dumps({"checked": len(results), "failed": [r["name"] for r in results if not r["holds"]],
                      "results": results}))
    sys.exit(0 if results and all(r["holds"] for r in results) else 1)


if __name__ == "__main__":
    main()
