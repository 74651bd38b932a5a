"""What harness_vectors.py and bench.py have in common: lm-evaluation-harness on a local model and local items, with the prompts
of its own tasks."""
import json
import os
import pathlib
import tempfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from lm_eval.api.task import ConfigurableTask  # noqa: E402
from lm_eval.evaluator import simple_evaluate  # noqa: E402
from lm_eval.models.huggingface import HFLM  # noqa: E402
from lm_eval.tasks.medmcqa import utils_medmcqa  # noqa: E402
from lm_eval.tasks.medqa import preprocess_medqa  # noqa: E402
from lm_eval.tasks.pubmedqa import preprocess_pubmedqa  # noqa: E402

METRICS = [{"metric": m, "aggregation": "mean", "higher_is_better": True} for m in ("acc", "acc_norm", "acc_bytes")]


def fields(item, style):
    """An item in the form of the harness's own data set."""
    letters = sorted(item["options"])
    texts = [item["options"][k] for k in letters]
    gold = letters.index(item["answer"])
    if style == "medqa":
        return {"sent1": item["question"], **{f"ending{i}": t for i, t in enumerate(texts)}, "label": gold}
    if style == "medmcqa":
        return {"question": item["question"], **dict(zip(("opa", "opb", "opc", "opd"), texts)), "cop": gold}
    if style == "mmlu":
        return {"question": item["question"], "choices": texts, "answer": gold}
    if style == "pubmedqa":
        return {"CONTEXTS": item["context"].split("\n"), "QUESTION": item["question"], "final_decision": texts[gold]}
    return {"question": item["question"], "choices": {"text": texts, "label": letters}, "answerKey": item["answer"]}


def config(style, source):
    letters = ["A", "B", "C", "D"]
    if style == "medqa":
        return {"doc_to_text": preprocess_medqa.doc_to_text, "doc_to_target": preprocess_medqa.doc_to_target,
                "doc_to_choice": letters}
    if style == "medmcqa":
        return {"doc_to_text": utils_medmcqa.doc_to_text, "doc_to_target": "cop", "doc_to_choice": letters}
    if style == "mmlu":
        subject = source.split("-", 1)[1].replace("_", " ")
        return {"doc_to_text": "{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nD. {{choices[3]}}\nAnswer:",
                "doc_to_target": "answer", "doc_to_choice": letters,
                "description": f"The following are multiple choice questions (with answers) about {subject}.\n\n"}
    if style == "pubmedqa":
        return {"doc_to_text": preprocess_pubmedqa.doc_to_text, "doc_to_target": "final_decision",
                "doc_to_choice": ["yes", "no", "maybe"]}
    return {"doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_target": "{{choices.label.index(answerKey)}}",
            "doc_to_choice": "{{choices.text}}"}


def model(folder, batch_size=8):
    return HFLM(pretrained=str(folder), device="cpu", dtype="float32", batch_size=batch_size)


def run(lm, items, style, shots, bootstrap=0):
    """Aggregates and log-likelihoods of every item, in order."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "items.jsonl"
        path.write_text("".join(json.dumps(fields(i, style)) + "\n" for i in items))
        os.environ["HF_DATASETS_CACHE"] = folder
        task = ConfigurableTask(config={
            "task": "local", "dataset_path": "json", "dataset_kwargs": {"data_files": {"test": str(path)}, "cache_dir": folder},
            "test_split": "test", "fewshot_split": "test", "fewshot_config": {"sampler": "first_n"}, "num_fewshot": shots,
            "output_type": "multiple_choice", "metric_list": METRICS, **config(style, items[0].get("source", "")),
        })
        found = simple_evaluate(model=lm, tasks=[task], num_fewshot=shots, log_samples=True, bootstrap_iters=bootstrap)
    samples = sorted(found["samples"]["local"], key=lambda s: s["doc_id"])
    figures = {k.split(",")[0]: v for k, v in found["results"]["local"].items() if isinstance(v, float) and "stderr" not in k}
    return figures, [[r[0][0] for r in s["resps"]] for s in samples], [s["arguments"] for s in samples]
