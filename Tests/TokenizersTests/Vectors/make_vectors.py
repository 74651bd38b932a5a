#!/usr/bin/env python3
"""Trains one tiny tokenizer of each kind with Hugging Face's `tokenizers` (0.23.3) and writes what it makes of difficult texts,
and what the tokenizer of Assets/demo-base makes of them.

    python make_vectors.py          writes <kind>.tokenizer.json and vectors.json beside this file

Of a text, `plain` are the ids with the names of special tokens taken as text, and `decoded` is left out where it is the text.
The corpus is made up here, so nothing in the results is anybody else's.
"""

import json
import random
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
DEMO_BASE = HERE.parents[2] / "Assets" / "demo-base" / "tokenizer.json"

CORPUS = """
The patient was seen in the clinic with pain in the left knee and swelling of the ankle.
Findings: the lungs are clear, there is no effusion, and the heart size is normal.
Impression: no acute fracture. Follow-up in 6 weeks with a repeat radiograph.
She doesn't smoke, she's well, and they'll see her again; we've ordered labs, I'd wait.
Hemoglobin 13.4 g/dL, platelets 250000, sodium 140 mmol/L, glucose 5.6 mmol/L (fasting).
Biopsy of the colon: invasive moderately differentiated adenocarcinoma, 4.3 x 0.6 x 0.6 cm.
Der Patient klagt über Müdigkeit; l'échographie est normale; paciente con fiebre y tos, año 1987.
The tumor measures 2.5 cm. The margins are free. Lymph nodes: 0 of 12 are involved.
HISTORY: 54-year-old man with chest pain. MEDICATIONS: aspirin 81 mg daily, metformin 500 mg twice daily.
Blood pressure 120/80 mmHg, pulse 72, temperature 37.0 °C, respiration 16, oxygen saturation 98 %.
""".strip().splitlines()

TEXTS = [
    "",
    " ",
    "  ",
    "a",
    "The patient was seen.",
    " leading blank",
    "trailing blank ",
    "  two  blanks   three    four",
    "\n\n\nlines\n",
    "tab\tand\r\ncrlf\r\n\r\n  indented\n\tx",
    "one\n\n  two \n three\n",
    "I'm he'll WE'LL don't THEY'RE she'D 'tis o'clock 'S 'ſ 'lo 'v",
    "1234567890 12,345.67 1/2 ½ ² Ⅷ ٣٤٥ 100%",
    "mg/dL...!!!???  --- ***",
    "IL-6 ≥ 40 pg/mL, T 38.9°C; β-hCG µg/dL",
    "naïve façade Müller’s “quoted” – dash — em",
    "é vs e\u0301 and n\u0303, A\u030a, \u2126 \u03a9 \u212b",
    "日本語の放射線レポート。肺炎なし",
    "فحص الصدر طبيعي",
    "हिन्दी में रिपोर्ट",
    "рентген грудной клетки",
    "한국어 보고서 \u1112\u1161\u11ab",
    "🩺👩🏽\u200d⚕️ ok 👍🏻",
    "NUL\u0000inside \u0001 control \u007f",
    "\u00a0nbsp\u200bzwsp\u2003em\u3000wide\u2028line\u0085nel",
    "\ufeffBOM and \ufffd replacement",
    "supplementary 𝒳 𠀀 and private \ue000",
    "<|bos|> in a note <|eos|><|bos|> <s> </s> [CLS] [MASK] [SEP]",
    "noteEXTRA EXTRA  EXTRA x",
    "▁ a sign ▁▁ and <0x0A> text",
    "ÄÖÜ ßẞ İI ıi ΣΑΣ ς",
    "pneumonoultramicroscopicsilicovolcanoconiosis" * 3,
    "word" * 40,
    " " * 70 + "x" + " " * 70,
    "\t" * 9 + "\n" * 9 + " \n" * 9,
    "HER2/neu 3+ (IHC); Ki-67 20-25%; pT2N0M0; a_b_c; C:\\path; x=y+z; $5 ^2 `q` ~ | <b>",
    "a  LEFT  b  RIGHT  c\u3000LEFT\u2003RIGHT\u00a0d LEFTRIGHT BOTH \n BOTH x",
    "aWORDb WORD éWORD WORD_ WORD. \u0301WORD 日WORD WORD",
    "ReMark REMARK remark ÉCHO écho E\u0301cho",
    "a</s>b </s> c<s> <s>d ▁</s>",
]


def random_texts(count):
    rng = random.Random(7)
    pool = list("abcdefgthe THE    \n\r\t'’.,-0123456789éß日本́🩺\u00a0°%") + ["'s", " the", "\r\n", "ing ", "  ", "▁"]
    return ["".join(rng.choice(pool) for _ in range(rng.randrange(1, 60))) for _ in range(count)]


BYTE_ALPHABET = sorted(pre_tokenizers.ByteLevel.alphabet())
MODERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}DIGITS| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def bos_template(tokenizer, bos):
    return processors.TemplateProcessing(
        single=f"{bos} $A", pair=f"{bos} $A {bos} $B", special_tokens=[(bos, tokenizer.token_to_id(bos))]
    )


def byte_level(pre, normalizer=None, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420, special_tokens=["<|bos|>", "<|eos|>"], initial_alphabet=BYTE_ALPHABET, show_progress=False
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = bos_template(tokenizer, "<|bos|>")
    return tokenizer


def gpt2():
    tokenizer = byte_level(pre_tokenizers.ByteLevel(add_prefix_space=False))
    tokenizer.add_tokens([AddedToken("EXTRA", normalized=False), AddedToken("   ", normalized=False)])
    return tokenizer


def gpt2_leading_blank():
    return byte_level(pre_tokenizers.ByteLevel(add_prefix_space=True))


def modern(digits, normalizer=None, **model):
    split = pre_tokenizers.Split(Regex(MODERN.replace("DIGITS", digits)), behavior="isolated", invert=False)
    pre = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    return byte_level(pre, normalizer, **model)


def digits():
    return byte_level(
        pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    )


def sentence_piece(normalizer, pre, decoder, fallback=True, size=480):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=fallback, fuse_unk=True))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre:
        tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoder
    special = ["<unk>", "<s>", "</s>"]
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=special + ([f"<0x{b:02X}>" for b in range(256)] if fallback else []),
        limit_alphabet=60,
        show_progress=False,
        max_token_length=12,
    )
    # Words with and without a blank: from whole lines, merges over blanks would be learned.
    trained = [blank + word for line in CORPUS for word in line.split() for blank in ("", " ")]
    tokenizer.train_from_iterator(trained, trainer)
    data = json.loads(tokenizer.to_str())
    data["added_tokens"] = [t for t in data["added_tokens"] if t["content"] in special]
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.post_processor = bos_template(tokenizer, "<s>")
    return tokenizer


def strip_decoder():
    return decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(content=" ", left=1, right=0)]
    )


def llama2():
    normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    return sentence_piece(normalizer, None, strip_decoder())


def mistral():
    return sentence_piece(
        None, pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False), strip_decoder()
    )


def metaspace_split():
    return sentence_piece(
        None,
        pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
        decoders.Metaspace(replacement="▁", prepend_scheme="always", split=True),
        fallback=False,
        size=240,
    )


def gemma():
    decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    return sentence_piece(normalizers.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"), decoder)


def bert(lowercase):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(
        CORPUS, trainers.WordPieceTrainer(vocab_size=320, special_tokens=special, show_progress=False)
    )
    pair = [(t, tokenizer.token_to_id(t)) for t in ["[CLS]", "[SEP]"]]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=pair
    )
    return tokenizer


def added_flags():
    tokenizer = byte_level(pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.NFC())
    tokenizer.add_tokens(
        [
            AddedToken("LEFT", lstrip=True, normalized=False),
            AddedToken("RIGHT", rstrip=True, normalized=False),
            AddedToken("BOTH", lstrip=True, rstrip=True, normalized=False),
            AddedToken("WORD", single_word=True, normalized=False),
        ]
    )
    return tokenizer


def llama2_normalized():
    """As the first files of Llama 2 were: the special tokens are looked for in the normalized text."""
    data = json.loads(llama2().to_str())
    for token in data["added_tokens"]:
        token["normalized"] = True
    data["model"]["merges"] = [" ".join(pair) for pair in data["model"]["merges"]]
    return Tokenizer.from_str(json.dumps(data))


def metaspace_never():
    return sentence_piece(
        None,
        pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never", split=False),
        decoders.Metaspace(replacement="▁", prepend_scheme="never", split=False),
    )


def bert_added():
    tokenizer = bert(True)
    tokenizer.add_tokens([AddedToken("ReMark", normalized=True), AddedToken("REMARK", normalized=False)])
    return tokenizer


KINDS = {
    "gpt2": gpt2,
    "gpt2-leading-blank": gpt2_leading_blank,
    "llama3": lambda: modern("{1,3}", ignore_merges=True),
    "qwen2": lambda: modern("", normalizers.NFC()),
    "digits": digits,
    "llama2": llama2,
    "mistral": mistral,
    "metaspace-split": metaspace_split,
    "gemma": gemma,
    "bert-uncased": lambda: bert(True),
    "bert-cased": lambda: bert(False),
    "added-flags": added_flags,
    "llama2-normalized": llama2_normalized,
    "metaspace-never": metaspace_never,
    "bert-added": bert_added,
}


def rows(tokenizer, texts):
    """`parsed` where the names of special tokens in the text matter, `framed` for the first texts only."""
    result = []
    for index, text in enumerate(texts):
        tokenizer.encode_special_tokens = True
        row = {"plain": tokenizer.encode(text, add_special_tokens=False).ids}
        tokenizer.encode_special_tokens = False
        parsed = tokenizer.encode(text, add_special_tokens=False).ids
        if parsed != row["plain"]:
            row["parsed"] = parsed
        if index < 10:
            row["framed"] = tokenizer.encode(text, add_special_tokens=True).ids
        row["decoded"] = tokenizer.decode(row["plain"])
        if row["decoded"] == text:
            del row["decoded"]
        result.append(row)
    return result


def main():
    texts = TEXTS + random_texts(40)
    vectors = {"texts": texts, "kinds": {}}
    for name, build in KINDS.items():
        tokenizer = build()
        tokenizer.save(str(HERE / f"{name}.tokenizer.json"), pretty=False)
        vectors["kinds"][name] = rows(Tokenizer.from_file(str(HERE / f"{name}.tokenizer.json")), texts)
    vectors["kinds"]["demo-base"] = rows(Tokenizer.from_file(str(DEMO_BASE)), texts)
    (HERE / "vectors.json").write_text(json.dumps(vectors, ensure_ascii=True, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
