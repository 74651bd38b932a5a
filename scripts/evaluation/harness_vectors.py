"""Writes Tests/EvaluationTests/Vectors/harness.json: what lm-evaluation-harness makes of invented items on Assets/demo-base.

    pip install -r requirements.txt && python harness_vectors.py
"""
import json
import pathlib

import harness

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONG = "The wound was inspected, cleaned and dressed, and the patient was told to keep it dry. " * 40


def item(question, options, answer, source, context=None):
    made = {"question": question, "options": dict(zip("ABCD", options)), "answer": answer, "source": source}
    return made | ({"context": context} if context else {})


OPTIONS = [
    (" Which nerve is compressed in carpal tunnel syndrome?", ["Ulnar nerve", "Median nerve", "Radial nerve", "Axillary"], "B"),
    ("A 54-year-old man has crushing chest pain and ST elevation in II, III, aVF. Which artery?",
     ["Left anterior descending", "Circumflex", "Right coronary artery", "Left main"], "C"),
    ("What lowers potassium fastest?", ["Insulin with glucose", "Furosemide", "Dialysis", "Resin"], "A"),
    ("Best first test for suspected pulmonary embolism, low risk:\n", ["D-dimer", "CT angiography", "V/Q scan", "None  "], "A"),
    ("¿Qué es la bronquitis — naïve “é” 37 °C?", ["Una inflamación", "肺炎", "A", "no"], "A"),
    (LONG + "What should the patient do?", ["Keep it dry", "Swim", "Nothing at all", "Return in 7 days"], "A"),
    ("Which is not a beta blocker?", ["Metoprolol", "Atenolol", "Amlodipine", "Bisoprolol tartrate 5 mg"], "C"),
]
ABSTRACTS = [
    ("Does early mobilization shorten the stay?", "A trial of 120 patients.\nStay was 4.1 days against 5.6 days.", "A"),
    ("Is the drug safe in renal failure?", "Two of 40 had adverse events, p = 0.4.", "C"),
    ("Do stents reduce mortality?", "No difference was seen after 5 years in either arm of the study.", "B"),
]
SETS = {
    "medqa": [item(q, o, a, "medqa-usmle-4opt") for q, o, a in OPTIONS],
    "medmcqa": [item(q, o, a, "medmcqa") for q, o, a in OPTIONS[::-1]],
    "mmlu": [item(q, o, a, "mmlu-clinical_knowledge") for q, o, a in OPTIONS],
    "pubmedqa": [item(q, ["yes", "no", "maybe"], a, "pubmedqa", c) for q, c, a in ABSTRACTS],
    "cloze": [item(q, o, a, "own") for q, o, a in OPTIONS],
}

lm = harness.model(ROOT / "Assets/demo-base")
runs = []
for style, items in SETS.items():
    for shots in (0, 2):
        figures, values, arguments = harness.run(lm, items, style, shots)
        runs.append({"style": style, "shots": shots, "items": items, "figures": figures, "log_likelihoods": values})
        print(style, shots, figures)

# How context and continuation are cut, with contexts that end in white space or are empty.
pairs = []
for context, continuation in [("Question: why?\nAnswer:", " because"), ("Answer: ", "B"), ("Answer:\n\n", " A"), ("", "no acute disease"),
                              ("  ", "x"), ("fever", "ish"), ("naïve\u00a0", "é"), ("1.", "5 mg"), ("CT", " abdomen and pelvis")]:
    if context.strip() == "":
        whole = lm.tok_encode(context + continuation, add_special_tokens=False) if context == "" else None
        cut = ([lm.prefix_token_id], whole) if whole else None
    else:
        cut = lm._encode_pair(context, continuation)
    if cut:
        pairs.append({"context": context, "continuation": continuation, "context_ids": cut[0], "ids": cut[1]})
out = ROOT / "Tests/EvaluationTests/Vectors/harness.json"
out.write_text(json.dumps({"runs": runs, "pairs": pairs}, indent=0, ensure_ascii=True, sort_keys=True))
