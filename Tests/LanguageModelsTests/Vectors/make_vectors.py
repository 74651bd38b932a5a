#!/usr/bin/env python3
"""Makes the folders beside this script: tiny random Llama checkpoints with what transformers and PEFT compute for them.

Run by hand (torch, transformers, peft, safetensors); the tests only read the result:
    python3 Tests/LanguageModelsTests/Vectors/make_vectors.py
Every folder is a Hugging Face model folder plus
    expected.safetensors   logits [T, vocab] of the adapted model (and `logits.base` of the bare one) for `tokens.json`
    adapter/               the PEFT adapter before training (B not zero, so that A has a gradient)
    gradient.safetensors   gradient of the mean loss with respect to every adapter tensor
    trained.safetensors    the adapter's tensors after 10 AdamW steps on the batch (lr 1e-2, betas 0.9/0.999)
"""
import json, os, shutil
import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

HERE = os.path.dirname(os.path.abspath(__file__))
COMMON = dict(vocab_size=61, hidden_size=24, intermediate_size=44, num_hidden_layers=2, num_attention_heads=4,
              num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2)
CASES = {
    # name: (configuration, targets, dtype of the checkpoint, shards, dialect 4 of config.json)
    'plain': (dict(tie_word_embeddings=False), 'all', torch.float32, False, False),
    'tied-half': (dict(tie_word_embeddings=True), 'attention', torch.float16, False, True),
    'biases-llama3': (dict(tie_word_embeddings=False, attention_bias=True, mlp_bias=True, head_dim=8, rope_theta=10000.0,
                           rope_scaling=dict(rope_type='llama3', factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                             original_max_position_embeddings=16)), 'mlp', torch.bfloat16, True, False),
    'linear-rope': (dict(tie_word_embeddings=True, rope_theta=500.0, rope_scaling=dict(rope_type='linear', factor=2.0)),
                    'all', torch.float32, False, True),
}
TARGETS = dict(all=['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'],
               attention=['q_proj', 'k_proj', 'v_proj', 'o_proj'], mlp=['gate_proj', 'up_proj', 'down_proj'])


def dialect4(folder):
    path = os.path.join(folder, 'config.json'); c = json.load(open(path)); rope = c.pop('rope_parameters', None) or {}
    c['rope_theta'] = rope.pop('rope_theta', 10000.0); kind = rope.pop('rope_type', 'default')
    c['rope_scaling'] = None if kind == 'default' else dict(type=kind, **rope)
    c['torch_dtype'] = c.pop('dtype', 'float32')
    json.dump(c, open(path, 'w'), indent=1)


def main():
    for number, (name, (extra, targets, dtype, shards, old)) in enumerate(CASES.items()):
        torch.manual_seed(number + 1); folder = os.path.join(HERE, name)
        shutil.rmtree(folder, ignore_errors=True)
        model = LlamaForCausalLM(LlamaConfig(**COMMON, **extra))
        with torch.no_grad():
            for n, p in model.named_parameters():
                p.copy_((1 + 0.2 * torch.randn_like(p)) if 'norm' in n else torch.randn_like(p) * 0.25)
        model = model.to(dtype); model.save_pretrained(folder, max_shard_size='8KB' if shards else '1GB')
        if os.path.exists(os.path.join(folder, 'generation_config.json')): os.remove(os.path.join(folder, 'generation_config.json'))
        if old: dialect4(folder)
        model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation='eager')
        g = torch.Generator().manual_seed(100 + number); lengths = (37, 5, 20)
        ids = [torch.randint(0, COMMON['vocab_size'], (n,), generator=g) for n in lengths]
        labels = [i.clone() for i in ids]; labels[0][:9] = -100; labels[2][7:12] = -100; labels[2][-3:] = -100
        with torch.no_grad(): base = model(ids[0][None]).logits[0]
        config = LoraConfig(r=3, lora_alpha=7, target_modules=TARGETS[targets], use_rslora=name == 'linear-rope', task_type='CAUSAL_LM')
        model = get_peft_model(model, config); model.eval()
        with torch.no_grad():
            for n, p in model.named_parameters():
                if 'lora_B' in n: p.copy_(torch.randn(p.shape, generator=g) * 0.2)
        model.save_pretrained(os.path.join(folder, 'adapter'))
        for f in ('README.md',):
            if os.path.exists(os.path.join(folder, 'adapter', f)): os.remove(os.path.join(folder, 'adapter', f))
        path = os.path.join(folder, 'adapter', 'adapter_config.json'); c = json.load(open(path)); c['base_model_name_or_path'] = name
        json.dump(c, open(path, 'w'), indent=1)
        with torch.no_grad(): logits = model(ids[0][None]).logits[0]
        save_file({'logits': logits.contiguous(), 'logits.base': base.contiguous()}, os.path.join(folder, 'expected.safetensors'))

        def loss():
            total, count = 0, 0
            for i, l in zip(ids, labels):
                z = model(i[None]).logits[0][:-1]
                total = total + torch.nn.functional.cross_entropy(z, l[1:], ignore_index=-100, reduction='sum'); count += int((l[1:] != -100).sum())
            return total / count
        trained = [p for p in model.parameters() if p.requires_grad]
        losses = [loss()]; losses[0].backward()
        names = {id(p): n.replace('.default', '') for n, p in model.named_parameters()}
        save_file({names[id(p)]: p.grad.clone() for p in trained}, os.path.join(folder, 'gradient.safetensors'))
        opt = torch.optim.AdamW(trained, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
        for _ in range(10):
            opt.zero_grad(); l = loss(); l.backward(); opt.step(); losses.append(l)
        save_file({k: v.contiguous().clone() for k, v in get_peft_model_state_dict(model).items()}, os.path.join(folder, 'trained.safetensors'))
        json.dump(dict(ids=[i.tolist() for i in ids], labels=[l.tolist() for l in labels], loss=losses[0].item(), last_loss=losses[-1].item()),
                  open(os.path.join(folder, 'tokens.json'), 'w'))
        print(name, losses[0].item(), losses[-1].item())


main()
