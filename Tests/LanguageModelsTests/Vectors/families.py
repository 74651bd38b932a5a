"""Tiny random models of every family that the engine knows, saved as the hub saves them, with PEFT adapters and losses.

Used by make_vectors.py, make_quantized.py and scripts/check-families.py. Made with the versions in `PINNED`.
"""
import json
import os
import re
from importlib.metadata import version

import torch
import transformers
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import load_file, save_file

PINNED = dict(torch="2.13.0", transformers="5.23.0", peft="0.21.2", safetensors="0.8.0")
VOCABULARY = 61
POSITIONS = 64
IGNORED = -100

LLAMA_ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
LLAMA_MLP = ["gate_proj", "up_proj", "down_proj"]
BERT_ENCODER = (
    r".*encoder\.layer\.\d+\."
    r"(attention\.self\.(query|key|value)|attention\.output\.dense|intermediate\.dense|output\.dense)"
)


class Family:
    """A model type: its classes in transformers, what LoRA can adapt, and what its checkpoints' tensors are called."""

    def __init__(self, config, model, targets, names, task="CAUSAL_LM", fan_in_fan_out=False):
        self.config = getattr(transformers, config)
        self.model = getattr(transformers, model)
        self.targets = targets
        self.names = re.compile(names)
        self.task = task
        self.fan_in_fan_out = fan_in_fan_out

    @property
    def is_causal(self):
        return self.task == "CAUSAL_LM"

    @property
    def is_classifier(self):
        """One class for the whole sequence."""
        return self.task == "SEQ_CLS"

    @property
    def is_token_classifier(self):
        return self.task == "TOKEN_CLS"


def llama_names(attention="", mlp=r"mlp\.(gate|up|down)_proj\.weight", norms="input|post_attention"):
    """The names of tensors in checkpoints of Llama and its relatives."""
    attention = r"self_attn\.[qkvo]_proj\.(weight|bias)" + attention
    layer = rf"({attention}|{mlp}|({norms})_layernorm\.weight)"
    return rf"model\.(embed_tokens\.weight|norm\.weight|layers\.\d+\.{layer})|lm_head\.weight"


BERT_NAMES = (
    r"bert\.(embeddings\.((word|position|token_type)_embeddings\.weight|LayerNorm\.(weight|bias))|"
    r"encoder\.layer\.\d+\.(attention\.self\.(query|key|value)|attention\.output\.(dense|LayerNorm)|"
    r"intermediate\.dense|output\.(dense|LayerNorm))\.(weight|bias)"
)
FAMILIES = {
    "llama": Family(
        "LlamaConfig", "LlamaForCausalLM", LLAMA_ATTENTION + LLAMA_MLP,
        llama_names(mlp=r"mlp\.(gate|up|down)_proj\.(weight|bias)")),
    "mistral": Family("MistralConfig", "MistralForCausalLM", LLAMA_ATTENTION + LLAMA_MLP, llama_names()),
    "mixtral": Family(
        "MixtralConfig", "MixtralForCausalLM", LLAMA_ATTENTION,
        llama_names(mlp=r"block_sparse_moe\.(gate|experts\.\d+\.w[123])\.weight")),
    "qwen2": Family("Qwen2Config", "Qwen2ForCausalLM", LLAMA_ATTENTION + LLAMA_MLP, llama_names()),
    "qwen3": Family(
        "Qwen3Config", "Qwen3ForCausalLM", LLAMA_ATTENTION + LLAMA_MLP, llama_names(r"|self_attn\.[qk]_norm\.weight")),
    "gemma": Family("GemmaConfig", "GemmaForCausalLM", LLAMA_ATTENTION + LLAMA_MLP, llama_names()),
    "gemma2": Family(
        "Gemma2Config", "Gemma2ForCausalLM", LLAMA_ATTENTION + LLAMA_MLP,
        llama_names(norms="input|post_attention|pre_feedforward|post_feedforward")),
    "phi": Family(
        "PhiConfig", "PhiForCausalLM", ["q_proj", "k_proj", "v_proj", "dense", "fc1", "fc2"],
        r"model\.embed_tokens\.weight|model\.final_layernorm\.(weight|bias)|lm_head\.(weight|bias)|"
        r"model\.layers\.\d+\.(input_layernorm|self_attn\.([qkv]_proj|dense|[qk]_layernorm)|mlp\.fc[12])"
        r"\.(weight|bias)"),
    "gpt2": Family(
        "GPT2Config", "GPT2LMHeadModel", ["c_attn", "c_proj", "c_fc"],
        r"transformer\.(wte\.weight|wpe\.weight|ln_f\.(weight|bias)|"
        r"h\.\d+\.(ln_[12]|attn\.c_attn|attn\.c_proj|mlp\.c_fc|mlp\.c_proj)\.(weight|bias))|lm_head\.weight",
        fan_in_fan_out=True),
    "biogpt": Family(
        "BioGptConfig", "BioGptForCausalLM", ["q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2"],
        r"biogpt\.(embed_tokens\.weight|embed_positions\.weight|layer_norm\.(weight|bias)|layers\.\d+\."
        r"(self_attn\.(q|k|v|out)_proj|self_attn_layer_norm|fc1|fc2|final_layer_norm)\.(weight|bias))|"
        r"output_projection\.weight"),
    "bert": Family(
        "BertConfig", "BertForMaskedLM", BERT_ENCODER,
        BERT_NAMES + r")|cls\.predictions\.(bias|decoder\.weight|transform\.(dense|LayerNorm)\.(weight|bias))",
        task=None),
    "bert-classification": Family(
        "BertConfig", "BertForSequenceClassification", BERT_ENCODER,
        BERT_NAMES + r"|pooler\.dense\.(weight|bias))|classifier\.(weight|bias)", task="SEQ_CLS"),
    "bert-tokens": Family(
        "BertConfig", "BertForTokenClassification", BERT_ENCODER,
        BERT_NAMES + r")|classifier\.(weight|bias)", task="TOKEN_CLS"),
}


def prepare():
    """Refuses other versions than those of the vectors: they may compute or name something differently. Quiets logs."""
    found = {name: version(name).split("+")[0] for name in PINNED}
    if found != PINNED:
        raise SystemExit(f"These scripts need {PINNED}, found {found}.")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()


# --- Checkpoints -------------------------------------------------------------------------------------------------


def random_model(family, config):
    """A model with no parameter at zero or one, so that leaving any of them out is seen."""
    model = family.model(config).eval()
    use_plain_kernels(model)
    around_zero = config.model_type in ("gemma", "gemma2")  # these scale by 1 + w
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn_like(parameter)
            if re.search(r"(norm|LayerNorm|ln_\w+)\.weight$", name):
                parameter.copy_(0.3 * noise if around_zero else 1 + 0.2 * noise)
            else:
                parameter.copy_(0.25 * noise)
    return model


def save_checkpoint(family, model, folder, dtype="float32", shards=False, old_config=False, old_names=False):
    """Writes `model` as the hub has it; `old_config`: config.json of transformers 4; `old_names`: files of 2019."""
    model.to(getattr(torch, dtype))
    model.save_pretrained(folder, max_shard_size="8KB" if shards else "1GB")
    remove(folder, "generation_config.json")
    check_names(family, folder)
    if old_names:
        rename_as_in_old_files(folder, model.config)
    if old_config:
        edit_json(os.path.join(folder, "config.json"), as_transformers_4)
    loaded = load_model(family, folder)
    saved = family.model(model.config).eval()  # not model.to(float32): the rotation's table was rounded along
    saved.load_state_dict(model.state_dict())
    use_plain_kernels(saved)
    example = torch.arange(min(20, model.config.max_position_embeddings)) % model.config.vocab_size
    if relative_difference(logits_of(loaded, example), logits_of(saved, example)) > 1e-6:
        raise SystemExit(f"{folder}: transformers loads another model than was saved.")
    return loaded


def load_model(family, folder):
    """The checkpoint in fp32."""
    model = family.model.from_pretrained(folder, dtype=torch.float32).eval()
    use_plain_kernels(model)
    return model


def use_plain_kernels(model):
    """Attention and experts as the model's own file writes them: only these take soft caps and any size."""
    model.set_attn_implementation("eager")
    model.set_experts_implementation("eager")


def check_names(family, folder):
    """Refuses a checkpoint whose tensors aren't called what they are called on the hub."""
    for file in sorted(os.listdir(folder)):
        if file.endswith(".safetensors"):
            for name in load_file(os.path.join(folder, file)):
                if not family.names.fullmatch(name):
                    raise SystemExit(f"{folder}/{file}: “{name}” is not what the hub calls a tensor.")


def as_transformers_4(config):
    """Turns a config.json of transformers 5 into what transformers 4 wrote."""
    rope = config.pop("rope_parameters", None)
    if rope is not None:
        config["rope_theta"] = rope.pop("rope_theta", 10000.0)
        if "partial_rotary_factor" in rope:
            config["partial_rotary_factor"] = rope.pop("partial_rotary_factor")
        kind = rope.pop("rope_type", "default")
        config["rope_scaling"] = None if kind == "default" else dict(type=kind, **rope)
    config.pop("layer_types", None)
    config["torch_dtype"] = config.pop("dtype", "float32")


def rename_as_in_old_files(folder, config):
    """What files of earlier years have: buffers that are computed today, copies of tied weights, other names.

    GPT-2: no `transformer.`, mask buffers. BERT: gamma and beta, position ids, both heads. The others: the rotations'
    frequencies in every layer.
    """
    path = os.path.join(folder, "model.safetensors")
    tensors = load_file(path)
    if config.model_type == "gpt2":
        tensors = {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}
        positions = config.n_positions
        for layer in range(config.n_layer):
            tensors[f"h.{layer}.attn.bias"] = torch.ones(positions, positions).tril()[None, None]
            tensors[f"h.{layer}.attn.masked_bias"] = torch.tensor(-10000.0)
    elif config.model_type == "bert":
        hidden = config.hidden_size
        tensors["bert.embeddings.position_ids"] = torch.arange(config.max_position_embeddings)[None]
        tensors["cls.seq_relationship.weight"] = torch.randn(2, hidden)
        tensors["cls.seq_relationship.bias"] = torch.randn(2)
        tensors["cls.predictions.decoder.weight"] = tensors["bert.embeddings.word_embeddings.weight"].clone()
        tensors.setdefault("bert.pooler.dense.weight", torch.randn(hidden, hidden))
        tensors.setdefault("bert.pooler.dense.bias", torch.randn(hidden))
        old = (("LayerNorm.weight", "LayerNorm.gamma"), ("LayerNorm.bias", "LayerNorm.beta"))
        for new, name in old:
            tensors = {key.replace(new, name): tensor for key, tensor in tensors.items()}
    elif config.model_type == "biogpt":
        tensors["output_projection.weight"] = tensors["biogpt.embed_tokens.weight"].clone()
    else:
        tensors.setdefault("lm_head.weight", tensors["model.embed_tokens.weight"].clone())
        for layer in range(config.num_hidden_layers):
            frequencies = torch.rand(config.hidden_size // config.num_attention_heads // 2)
            tensors[f"model.layers.{layer}.self_attn.rotary_emb.inv_freq"] = frequencies
    save_tensors(tensors, path)


# --- Adapters ----------------------------------------------------------------------------------------------------


def add_adapter(family, model, rank, alpha, targets, rslora, generator):
    """A PEFT model whose B is not zero, so that A has a gradient, and whose trained head is not the base's."""
    config = LoraConfig(
        r=rank, lora_alpha=alpha, target_modules=targets, use_rslora=rslora, task_type=family.task,
        fan_in_fan_out=family.fan_in_fan_out,
        modules_to_save=["classifier"] if family.is_classifier or family.is_token_classifier else None)
    model = get_peft_model(model, config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.2)
            elif "modules_to_save" in name:
                parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.1)
    return model


def save_adapter(model, folder, base):
    """Writes the PEFT folder, without what differs from run to run or names a path."""

    def settle(config):
        config["base_model_name_or_path"] = base
        if isinstance(config["target_modules"], list):
            config["target_modules"].sort()

    model.save_pretrained(folder)
    remove(folder, "README.md")
    edit_json(os.path.join(folder, "adapter_config.json"), settle)


def adapter_tensors(model):
    """The adapter's tensors as its file calls them."""
    return {name: tensor.detach().clone() for name, tensor in get_peft_model_state_dict(model).items()}


def file_name(parameter):
    """What the adapter's file calls the parameter of a PEFT model."""
    return parameter.replace(".modules_to_save.default", "").replace(".default", "")


# --- Data, loss, training ----------------------------------------------------------------------------------------


def random_batch(family, generator, lengths, vocabulary=VOCABULARY, classes=3):
    """Sequences of different length with labels: partly ignored tokens, or a class for each sequence or token."""
    ids = [torch.randint(0, vocabulary, (length,), generator=generator) for length in lengths]
    if family.is_classifier:
        return ids, [torch.tensor([(2 * number + 1) % classes]) for number in range(len(ids))]
    if family.is_token_classifier:
        labels = [torch.randint(0, classes, (length,), generator=generator) for length in lengths]
        labels[0][:2] = IGNORED
        return ids, labels
    labels = [sequence.clone() for sequence in ids]
    if family.is_causal:
        for number, sequence in enumerate(labels):
            if number == 0:
                sequence[:min(9, len(sequence) // 2)] = IGNORED
            elif len(sequence) > 15:
                sequence[7:12] = IGNORED
                sequence[-3:] = IGNORED
    else:  # what a masked position held is seen by the loss alone; the others count nothing
        for sequence, label in zip(ids, labels):
            masked = torch.rand(len(label), generator=generator) < 0.3
            masked[1] = True
            sequence[masked] = 3
            label[~masked] = IGNORED
    return ids, labels


def mean_loss(family, model, ids, labels):
    """The mean over all supervised tokens (over sequences for a classifier); every sequence runs alone."""
    total, count = 0, 0
    for sequence, label in zip(ids, labels):
        logits = model(input_ids=sequence[None]).logits[0]
        if family.is_classifier:
            logits = logits[None]
        elif family.is_causal:
            logits, label = logits[:-1], label[1:]
        total = total + torch.nn.functional.cross_entropy(logits, label, ignore_index=IGNORED, reduction="sum")
        count += int((label != IGNORED).sum())
    return total / count


def train(family, model, ids, labels, steps, lr):
    """AdamW without decay on what requires a gradient; returns every step's loss (before its update)."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = mean_loss(family, model, ids, labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def logits_of(model, sequence):
    with torch.no_grad():
        logits = model(input_ids=sequence[None]).logits
    return logits[0] if logits.dim() == 3 else logits


def relative_difference(found, expected):
    """The largest difference, relative to the largest expected value."""
    if found.shape != expected.shape:
        return float("inf")
    return ((found.float() - expected.float()).abs().max() / expected.float().abs().max().clamp(min=1e-30)).item()


def jolt(model):
    """Moves every parameter of the base by about its rounding error: what then differs, no two programs agree on."""
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_" not in name and "modules_to_save" not in name:
                parameter.mul_(1 + 6e-8 * torch.randn(parameter.shape, generator=generator))


def largest_difference(found, expected):
    """The largest relative difference of any tensor."""
    return max(relative_difference(found[name], expected[name]) for name in expected)


# --- Files -------------------------------------------------------------------------------------------------------


def save_tensors(tensors, path):
    save_file({name: tensor.detach().contiguous().clone() for name, tensor in tensors.items()}, path, {"format": "pt"})


def edit_json(path, change):
    with open(path) as file:
        value = json.load(file)
    change(value)
    write_json(value, path)


def write_json(value, path, indent=1):
    with open(path, "w") as file:
        json.dump(value, file, indent=indent)


def remove(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        os.remove(path)
