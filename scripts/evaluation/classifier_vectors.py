"""Writes Tests/EvaluationTests/Vectors/classifier: a tiny BERT sequence classifier with a WordPiece tokenizer, and what transformers
and scikit-learn make of some lines.

    pip install -r requirements.txt && python classifier_vectors.py
"""
import json
import pathlib

import numpy
import torch
import transformers
from sklearn import metrics

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/EvaluationTests/Vectors/classifier"
WORDS = """the no of in is with and a patient chest pain fever cough normal acute chronic mass nodule left right lung heart liver
kidney fracture seen without evidence size unchanged follow up today urgent routine mm cm 5 12 . , : - ( ) ##s ##ed ##ing ##al ##ia ##itis
pneumon card hepat neo ##plasm ##o é ##es""".split()
CLASSES = ["routine", "soon", "urgent"]
LONG = "The nodule in the right lung is unchanged, 12 mm. " * 20
TEXTS = [
    "No acute fracture.", "Chest pain and fever, cough.", "Mass in the left kidney: 5 cm, follow up.", "NORMAL HEART SIZE.",
    "Hepatitis without evidence of neoplasm.", "Neoplasms", "", "pneumonia (acute)", "unknownword xyz é", LONG,
    "Patient seen today, routine.", "Chronic pain -- urgent follow-up!",
]


def main():
    torch.manual_seed(7)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS)]) + "\n")
    tokenizer = transformers.BertTokenizerFast(str(OUT / "vocab.txt"), do_lower_case=True, model_max_length=48)
    tokenizer.save_pretrained(OUT)
    encoded = [tokenizer(text, truncation=True, max_length=48)["input_ids"] for text in TEXTS]
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3,
        max_position_embeddings=48, num_labels=3, id2label=dict(enumerate(CLASSES)),
        label2id={name: index for index, name in enumerate(CLASSES)})
    model = transformers.BertForSequenceClassification(config).eval()
    for parameter in model.parameters():  # far from a model that gives every text one class
        torch.nn.init.normal_(parameter, 1.0 if parameter.dim() == 1 else 0.0, 0.35)
    # Around the mean of the texts, so that every class is found.
    with torch.no_grad():
        rows = [model(torch.tensor([ids])).logits[0] for ids in encoded]
        model.classifier.bias -= torch.stack(rows).mean(0)
    model.save_pretrained(OUT)
    lines = []
    for number, (text, ids) in enumerate(zip(TEXTS, encoded)):
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0].double()
        label = (int(logits.argmax()) + (number % 3 == 0)) % 3  # every third one is wrong
        lines.append(dict(
            text=text, label=CLASSES[label], ids=ids, logits=logits.tolist(), probabilities=logits.softmax(0).tolist()))
    gold = [CLASSES.index(line["label"]) for line in lines]
    scores = numpy.array([line["probabilities"] for line in lines])
    found = scores.argmax(1)
    expected = dict(
        transformers=transformers.__version__, lines=lines, accuracy=metrics.accuracy_score(gold, found),
        f1_macro=metrics.f1_score(gold, found, average="macro"), f1_micro=metrics.f1_score(gold, found, average="micro"),
        auroc=float(numpy.mean([metrics.roc_auc_score([g == k for g in gold], scores[:, k]) for k in range(3)])))
    (OUT / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
    print({name: expected[name] for name in ("accuracy", "f1_macro", "auroc")}, found.tolist())


if __name__ == "__main__":
    main()
