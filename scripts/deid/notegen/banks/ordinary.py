"""The sentences that identify nobody, by the slot that asks for them."""

from . import narrative, negatives, sentences

BANKS = {
    "neg": negatives.SENTENCES,
    "negname": negatives.NAME_LIKE,
    "negnum": negatives.NUMBER_LIKE,
    "clin": sentences.CLINICAL,
    "vitals": sentences.VITALS,
    "labs": sentences.LABS,
    "meds": sentences.MEDICATIONS,
    "exam": sentences.EXAM,
    "plan_": sentences.PLAN,
    "hpi": sentences.HPI,
    "imp": sentences.IMPRESSION,
    "hist": sentences.HISTORY,
    "near": narrative.NEAR_NEGATIVE,
}
