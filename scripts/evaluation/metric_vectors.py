"""Writes Tests/EvaluationTests/Vectors/metrics.json: what the packages that define the scores give for texts with every
edge that was thought of. Texts are invented; half of them are random.

    pip install -r requirements.txt && python metric_vectors.py
"""
import json
import pathlib
import random

import numpy
from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sklearn import metrics
from torchmetrics.functional.text.squad import _compute_exact_match_score, _compute_f1_score, _normalize_text

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/EvaluationTests/Vectors/metrics.json"
draw = random.Random(20)

WORDS = """the a an no patient denies fever cough chest pain CT of abdomen shows mild hepatic steatosis without acute
appendicitis right lower lobe pneumonia pleural effusion 12 mm 1.2 cm 120/80 98.6 3.5-cm mass 1,200 mL findings impression
stable unchanged follow-up recommended Dr. e.g. U.S. L4-L5 T2-weighted q.i.d. "quoted" (brackets) [sic] it's don't <b> &amp; &quot;
relational conditional hopefulness dying skies news enjoying tied troubling falling hissing sized controlling""".split()
ODD = ["é", "e\u0301", "naïve", "ΟΔΟΣ", "Σ", "İstanbul", "\u212a", "ß", "ẞ", "ﬁne", "肺炎", "左下肺", "👩‍⚕️", "½", "²", "µg",
       "μg", "\u00a0", "\u2003", "\x1c", "\r\n", "\n", "\t", "-\n", "<skipped>", "&lt;x&gt;", "&amp;lt;", "...", ",", ".", ".5",
       "5.", "1.,2", "--", "_", "a_b", "The", "AN", "a\u0301", "the-end", "$", "%", "^", "~", "¿qué?", "’", "“x”", "​", "ѣ"]


def text(words):
    parts = []
    for _ in range(words):
        parts.append(draw.choice(ODD) if draw.random() < 0.2 else draw.choice(WORDS))
        parts.append(draw.choice([" "] * 12 + ["", ". ", ", ", "\n"]))
    return "".join(parts)


def vary(given):
    parts = given.split(" ")
    for _ in range(draw.randrange(1, 4)):
        where = draw.randrange(len(parts))
        what = draw.random()
        if what < 0.4:
            parts[where] = draw.choice(WORDS + ODD)
        elif what < 0.7:
            del parts[where]
            parts = parts or [""]
        else:
            parts.insert(where, draw.choice(parts))
    return " ".join(parts)


PAIRS = [("", [""]), ("", ["a"]), ("a", [""]), (" ", ["\n"]), ("the", ["a"]), ("the", ["the cat"]), ("x", ["x"]), (".", ["."]),
         ("ab", ["ab"]), ("é", ["e\u0301"]), ("No acute findings.", ["no acute findings"]), ("肺炎", ["肺炎 あり"]),
         ("one two three four five", ["one two three four five"]), ("one two three", ["one two three"]),
         ("the cat sat", ["the cat", "cat sat on the mat", ""])]
for _ in range(250):
    reference = text(draw.randrange(1, 30))
    others = [vary(reference) for _ in range(draw.choice([0, 0, 0, 1, 2]))]
    PAIRS.append((vary(reference) if draw.random() < 0.9 else text(draw.randrange(0, 12)), [reference] + others))

plain = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"])
stemmed = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
words_13a = Tokenizer13a()


def rouge(scorer, references, prediction):
    found = scorer.score_multi(references, prediction)
    return [[found[k].precision, found[k].recall, found[k].fmeasure] for k in ("rouge1", "rouge2", "rougeL")]


items = []
for prediction, references in PAIRS:
    items.append({
        "prediction": prediction, "references": references,
        "rouge": rouge(plain, references, prediction), "rouge_stemmed": rouge(stemmed, references, prediction),
        "rouge_tokens": stemmed._tokenizer.tokenize(prediction),
        "tokens_13a": words_13a(prediction.rstrip()).split(),
        "bleu": BLEU().corpus_score([prediction], [[r] for r in references]).score,
        "chrf": CHRF().corpus_score([prediction], [[r] for r in references]).score,
        "squad_text": _normalize_text(prediction),
        "f1": max(float(_compute_f1_score(prediction, r)) for r in references),
        "exact": max(float(_compute_exact_match_score(prediction, r)) for r in references),
        "words": prediction.split(), "lower": prediction.lower(),
    })

single = [(p, r[0]) for p, r in PAIRS]
corpora = []
for start in range(0, len(single), 53):
    part = single[start:start + 53]
    corpora.append({
        "start": start, "count": len(part),
        "bleu": BLEU().corpus_score([p for p, _ in part], [[r for _, r in part]]).score,
        "chrf": CHRF().corpus_score([p for p, _ in part], [[r for _, r in part]]).score,
    })

stemmer = PorterStemmer()
STEMS = "a be sk tr ply tan fal his fiz fil hop con rel radic vil oper sens geo archaeo control rol enjo agre plaster".split()
ENDINGS = """s es ies ss sses ed eed ied ing y at bl iz ated bling izing ational tional enci anci izer bli alli entli eli ousli
ization ation ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance ence er
ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize e ll""".split()
WORD_LIST = sorted({s + e for s in STEMS for e in ENDINGS} | {s + e + f for s in STEMS[8:16] for e in ENDINGS[::3] for f in ENDINGS[::7]}
                   | {"".join(draw.choice("aeioubcdlstyy0") for _ in range(draw.randrange(3, 9))) for _ in range(400)}
                   | {"sky", "skies", "dying", "news", "inning", "howe", "succeed", "yyyy", "syzygy", "toy"})
stems = {w: stemmer.stem(w) for w in WORD_LIST if len(w) > 3}

classifications = []
numbers = numpy.random.default_rng(3)
for classes, count in [(2, 40), (2, 7), (3, 60), (5, 30), (4, 25)]:
    # Rounded, so that there are ties.
    scores = numpy.round(numbers.dirichlet([1] * classes, count), 2 if classes == 2 else 1)
    labels = numbers.integers(0, classes, count)
    labels[:classes] = numpy.arange(classes)
    predictions = scores.argmax(axis=1)
    area = [metrics.roc_auc_score(labels == k, scores[:, k]) for k in range(classes)]
    classifications.append({
        "classes": classes, "scores": scores.tolist(), "labels": labels.tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "f1_macro": metrics.f1_score(labels, predictions, average="macro"),
        "f1_micro": metrics.f1_score(labels, predictions, average="micro"),
        "auroc": area[1] if classes == 2 else float(numpy.mean(area)),
    })

OUT.write_text(json.dumps({"items": items, "corpora": corpora, "stems": stems, "classifications": classifications},
                          ensure_ascii=True, indent=0, sort_keys=True))
print(len(items), "pairs,", len(stems), "stems")
