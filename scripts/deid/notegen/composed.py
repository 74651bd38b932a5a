"""Hard negatives composed anew each time, so that no list of them can be learned by heart.

An eponym is any surname in front of a sign, a disease or an instrument; a drug is any word with a drug's ending and a
dose; a laboratory value is any analyte with a number, a unit and a range.
"""

from . import identifiers as ids
from .names import surname
from .words.eponyms import EPONYMS
from .words.given import SYLLABLES

_SIGN = (
    "sign|test|reflex|phenomenon|maneuver|triad|point|spot|sign negative|test positive|test neg b/l|sign absent|gait|"
    "sign equivocal|response"
).split("|")
_DISEASE = """disease|syndrome|palsy|lymphoma|tumor|fracture|cyst|hernia|ulcer|contracture|esophagus|thyroiditis|
nephritis|anemia|dystrophy|neuropathy|encephalopathy|
disease, stable|syndrome, per genetics|sarcoma|nodule|chorea|ataxia|purpura|deformity|angina|vasculitis|granulomatosis|
paralysis|dementia""".replace("\n", "").split("|")
_SCALE = (
    "score|scale|criteria|classification|stage|grade|index|type II|class III|score 3|inventory|Depression Inventory|"
    "protocol|formula|rule|risk score|questionnaire|fall scale|grade 2|staging"
).split("|")
_TOOL = """catheter|retractor|clamp|tube|drain|forceps|needle|wire|rod|plate|prosthesis|stent|graft|pouch|procedure|
repair|incision|approach|operation|osteotomy|splint|brace|collar|dressing|
bandage|scissors|speculum|dilator|cannula|valve|shunt|ring|pack|bag|table|frame|boot|fundoplication|anastomosis|flap|
technique|position|stitch|suture|knot|blade|hook|pin|traction|tourniquet""".replace("\n", "").split("|")
_MICRO = (
    "bodies|cells|corpuscles|nodes|lesions|nodules|crystals|granules|stain|agar|medium|islets|fibers|glands|"
    "tubules|membrane|ligament|canal|fascia|space|line|pouch"
).split("|")
_DRUG_ENDINGS = """olol|pril|sartan|statin|zole|mab|tinib|vir|cillin|mycin|floxacin|azepam|triptan|gliptin|gliflozin|
parin|caine|done|tidine|setron|dronate|lukast|fenac|prazole|oxetine|
ax|ia|or|eva|ra|is|ex|yn|aris|ella|iqa|enta|ivo|ara""".replace("\n", "").split("|")
_ANALYTES = """Na|K|Cl|CO2|BUN|Cr|Glucose|Ca|Mg|Phos|AST|ALT|ALP|T. Bili|Albumin|WBC|RBC|Hgb|Hct|MCV|Plt|Neut|Lymph|INR|
PT|PTT|Troponin I|CK-MB|BNP|LDH|Lipase|Amylase|TSH|Free T4|A1C|LDL|HDL|
Trig|Ferritin|Iron|TIBC|B12|Folate|Vit D|PSA|CEA|CA-125|AFP|ESR|CRP|Lactate|Ammonia|Vanc trough|Digoxin|Lithium|
Phenytoin|Uric acid|CK|Cortisol|hCG|Estradiol|FSH|LH|Prolactin|PTH""".replace("\n", "").split("|")
_STRENGTHS = [1, 2, 5, 10, 12.5, 20, 25, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 750, 800, 1000]
_DOSE_UNITS = "mg mcg g units mL mg mg meq %".split()
_ORDERS = ["", "", "Start ", "Continue ", "Hold ", "D/C ", "Increase ", "Takes ", "on ", "- ", "Rx: "]
_UNITS = "mg/dL|mmol/L|mEq/L|g/dL|K/uL|U/L|IU/L|ng/mL|pg/mL|%|mcg/dL|fL|mm/hr|ug/mL|x10^3/uL|10*9/L|mIU/L|sec".split(
    "|"
)
_HEADS = """Chief Complaint|History of Present Illness|HPI|Past Medical History|PMHx|Past Surgical History|
Family History|Social History|Review of Systems|ROS|Medications|Current Medications|Home Meds|
Allergies|Physical Exam|Physical Examination|Vital Signs|Objective|Subjective|Assessment|Plan|Assessment and Plan|A/P|
Impression|Findings|Technique|Comparison|Indication|Clinical Indication|Procedure|
Procedure Details|Anesthesia|Complications|Estimated Blood Loss|Specimens|Disposition|Condition on Discharge|
Discharge Instructions|Discharge Medications|Follow Up|Hospital Course|Brief Hospital Course|
Consults|Labs|Laboratory Data|Imaging|Diagnostics|EKG|Microbiology|Pathology|Gross Description|Final Diagnosis|
Admission Diagnosis|Discharge Diagnosis|Code Status|Goals of Care|Diet|Activity|
Mental Status Exam|Risk Assessment|Safety Plan|Functional Status|Prior Level of Function|Short Term Goals|
Long Term Goals|Pain Assessment|Skin Assessment|Wound Care|Fall Risk|Nursing Assessment|
Intake and Output|Lines and Drains|Immunizations|Growth and Development|Birth History|OB History|Gyn History|
Obstetric History|Substance Use|Psychosocial|Barriers to Learning|Patient Education|
Problem List|Active Problems|Interval History|Overnight Events|Events|Medical Decision Making|ED Course|
Critical Care Time|Attending Addendum|Resident Note|Screening|Health Maintenance|Time Spent|
Informed Consent|Description of Procedure|Operative Findings|Postoperative Plan|Preoperative Diagnosis|
Postoperative Diagnosis|Instructions to Patient|Nutrition Assessment|Respiratory|Cardiovascular|
Neurologic|Gastrointestinal|Genitourinary|Musculoskeletal|Integumentary|Psychiatric|Endocrine|Hematologic|
Constitutional|General|HEENT|Neck|Chest|Lungs|Heart|Abdomen|Extremities|Neuro|Skin""".replace("\n", "").split("|")


def drug(rng):
    """A word that ends as drugs do."""
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice([1, 2, 2]))) + rng.choice(_DRUG_ENDINGS)
    return word.capitalize() if rng.random() < 0.6 else word


def eponymous(rng):
    """The name of a physician of old, or any surname, so that the list is not all that is learned."""
    return rng.choice(EPONYMS) if rng.random() < 0.6 else surname(rng).split(" ")[-1]


def _eponym(rng):
    name = eponymous(rng)
    if rng.random() < 0.3:
        name += "-" + eponymous(rng).split("-")[0]
    return name + rng.choice(["", "", "'s", "’s", "'"])


def eponym(rng):
    """A surname that names a thing."""
    e = _eponym(rng)
    pick = rng.random()
    if pick < 0.25:
        return f"{e} {rng.choice(_SIGN)}{rng.choice(['', ' negative', ' positive', ' neg', ' +', ' bilaterally'])}"
    if pick < 0.5:
        return (
            f"{rng.choice(['', 'Hx of ', 'h/o ', 'r/o ', 'Known ', 's/p tx for ', 'Mother had ', 'No '])}{e} "
            f"{rng.choice(_DISEASE)}"
        )
    if pick < 0.65:
        return f"{e.rstrip(chr(39) + '’s')} {rng.choice(_SCALE)} {rng.randrange(1, 40)}"
    if pick < 0.9:
        return (
            f"{rng.choice(['A ', 'The ', '', 'Placed a ', 'Using a ', 'Via '])}{e.rstrip(chr(39) + '’')} "
            f"{rng.choice(_TOOL)}{rng.choice(['', ' placed', ' removed', ' used', ' in situ', ' d/c intact', ' x2'])}"
        )
    return f"{e} {rng.choice(_MICRO)}"


def dose(rng):
    """An order for a drug that no list holds."""
    amount = rng.choice(
        [
            f"{rng.choice(_STRENGTHS)}{rng.choice([' ', ''])}{rng.choice(_DOSE_UNITS)}",
            f"{rng.randrange(1, 400)}/{rng.randrange(1, 400)} mg",
            f"{rng.randrange(1, 4)}-{rng.randrange(4, 7)} tabs",
            f"{rng.randrange(1, 20)} mg/kg",
        ]
    )
    rest = rng.choice(
        [
            "daily",
            "BID",
            "TID",
            "qHS",
            "q6h",
            "q4h PRN",
            "PO daily",
            "PO BID",
            "IV q8h",
            "x 7 days",
            "x 10 d",
            "SQ weekly",
            "inhaled",
            "qd",
            "#30 RF 2",
            "prn",
            "at bedtime",
            "taper",
            "",
        ]
    )
    return f"{rng.choice(_ORDERS)}{drug(rng)} {amount} {rest}".strip()


def laboratory(rng):
    """A value with its unit, flag and range."""

    def value():
        return rng.choice(
            [
                str(rng.randrange(1, 400)),
                f"{rng.uniform(0.1, 30):.1f}",
                f"{rng.uniform(0.1, 9):.2f}",
                f"<{rng.choice(['0.01', '0.1', '5', '20'])}",
                f"{rng.randrange(1, 30)},{ids.digits(rng, 3)}",
            ]
        )

    low = rng.uniform(0.1, 150)
    span = rng.choice(
        [
            f"({low:.1f}-{low * 1.6:.1f})",
            f"[{int(low)} - {int(low * 1.5) + 1}]",
            f"(ref {low:.2f}-{low * 2:.2f})",
            f"{int(low)}-{int(low * 2) + 1}",
            "",
            "",
            "",
        ]
    )
    layout = rng.randrange(5)
    if layout == 0:
        return ", ".join(f"{a} {value()}" for a in rng.sample(_ANALYTES, rng.randrange(2, 7)))
    if layout == 1:
        return "  ".join(f"{a}: {value()}" for a in rng.sample(_ANALYTES, rng.randrange(2, 6)))
    if layout == 2:
        return "\n".join(
            f"{a:<12}{value():>8} {rng.choice(['', 'H', 'L', ' '])} {rng.choice(_UNITS):<8} {span}".rstrip()
            for a in rng.sample(_ANALYTES, rng.randrange(2, 6))
        )
    if layout == 3:
        return (
            f"{rng.choice(_ANALYTES)} {value()} {rng.choice(['->', '-->', 'to', '/', '→'])} {value()} "
            f"{rng.choice(['->', '/', 'then'])} {value()}"
        )
    return (
        f"{rng.choice(_ANALYTES)} {value()} {rng.choice(_UNITS)} {span} "
        f"{rng.choice(['', 'H', 'L', '*', 'HIGH', 'wnl', 'critical'])}"
    ).strip()


def codes(rng):
    """Codes of classifications, which are public."""
    one = rng.choice(["ICD-10 ", "ICD10: ", "Dx ", "ICD-9 ", "", "Code "]) + rng.choice(
        [
            ids.pattern(rng, "A99.9"),
            ids.pattern(rng, "A99.99"),
            ids.pattern(rng, "999.9"),
            ids.pattern(rng, "A99.999A"),
            ids.pattern(rng, "Z99.9"),
        ]
    )
    two = rng.choice(
        [
            "CPT ",
            "CPT: ",
            "HCPCS ",
            "LOINC ",
            "SNOMED ",
            "SNOMED CT ",
            "NDC ",
            "RxNorm ",
            "DRG ",
            "CVX ",
            "Rev ",
            "ATC ",
        ]
    )
    form = {
        "CPT ": "99999",
        "CPT: ": "99999-25",
        "HCPCS ": "A9999",
        "LOINC ": "9999-9",
        "SNOMED ": "99999999",
        "SNOMED CT ": "999999999",
        "NDC ": "9999-9999-99",
        "RxNorm ": "999999",
        "DRG ": "999",
        "CVX ": "999",
        "Rev ": "0999",
        "ATC ": "A99AA99",
    }[two]
    return rng.choice([one, two + ids.pattern(rng, form), f"{one}; {two}{ids.pattern(rng, form)}"])


def ratios(rng):
    """Numbers that look like dates or telephones and are none."""
    n = rng.randrange
    return rng.choice(
        [
            f"strength {n(2, 6)}/5 <RUE|LLE|b/l>",
            f"pain {n(0, 11)}/10",
            f"{n(1, 4)}/{n(4, 7)} SEM at LUSB",
            f"BP {n(90, 190)}/{n(50, 110)}",
            f"BPs {n(110, 150)}-{n(150, 190)}/{n(60, 80)}-{n(80, 100)}",
            f"vision 20/{rng.choice([20, 25, 30, 40, 50, 70, 100, 200])} OD",
            f"{n(0, 4)}/{n(4, 25)} nodes positive",
            f"MMSE {n(10, 31)}/30",
            f"took {rng.choice(['1/2', '1/4', '3/4'])} tab",
            f"GCS {n(3, 16)} (E{n(1, 5)}V{n(1, 6)}M{n(1, 7)})",
            f"T{n(1, 13)}-T{n(1, 13)}",
            f"L{n(1, 5)}/{n(2, 6)} disc bulge",
            f"C{n(3, 7)}-{n(4, 8)} ACDF",
            f"I/O {n(500, 3000)}/{n(500, 3000)}",
            f"SpO2 {n(85, 95)}-{n(95, 101)}%",
            f"FSBG {n(80, 300)}, {n(80, 300)}, {n(80, 300)}",
            f"Accu-Checks {n(80, 300)}-{n(80, 300)}-{n(80, 300)}",
            f"G{n(1, 6)}P{n(0, 4)}{n(0, 2)}{n(0, 3)}{n(0, 4)}",
            f"{n(24, 41)}w{n(0, 7)}d",
            f"{n(24, 41)} {n(0, 7)}/7 weeks",
            f"FHT {n(110, 130)}-{n(130, 160)}",
            f"{n(1, 10)}/80/-{n(1, 3)}",
            f"{n(2, 12)} x {n(2, 12)} x {n(1, 9)} mm",
            f"gauge {n(14, 26)}",
            f"ABG {n(7, 8)}.{n(10, 55)}/{n(25, 80)}/{n(50, 150)}/{n(12, 40)}",
            f"TV {n(300, 600)} RR {n(10, 24)} PEEP {n(5, 15)}",
            f"{n(100, 500)} mL over {n(1, 8)} hr",
            f"x{n(2, 30)} reps",
            f"{n(2, 5)}-{n(5, 9)} times/wk",
            f"q{n(2, 12)}h",
            f"{n(1, 12)}-{n(12, 24)} hrs ago",
            f"POD#{n(0, 15)}",
            f"HD {n(2, 30)}",
            f"day {n(1, 14)}/{n(14, 28)}",
            f"cycle {n(1, 6)}, day {n(1, 22)}",
            f"EF {n(15, 50)}-{n(50, 70)}%",
            f"grade {n(1, 4)}/{n(4, 7)} murmur",
            f"Gleason {n(3, 5)}+{n(3, 5)}={n(6, 11)}",
            f"pT{n(1, 5)}N{n(0, 3)}M{n(0, 2)}",
            f"IOP {n(10, 25)}/{n(10, 25)}",
            f"ISS {n(1, 50)}",
            f"RASS -{n(1, 5)}",
            f"QTc {n(380, 520)}",
            f"at {n(0, 24):02d}:{n(0, 60):02d}",
            f"@{n(0, 24):02d}{n(0, 60):02d}",
            f"{n(1, 13)}:{n(0, 60):02d}<am|pm| PM>",
            f"{n(1, 13)}-{n(1, 13)}<am|pm>",
            "24/7",
            f"{n(2, 5)}/7 days",
            f"{n(1, 10)}/10",
            f"{n(10, 90)}/100",
            f"hep gtt {n(800, 2000)} u/hr",
            f"{n(1, 3)}:{n(10, 5000)} dilution",
            f"FEV1 {n(1, 4)}.{n(10, 99)} ({n(30, 100)}%)",
            f"{n(1000, 9000)} steps",
            f"BMI {n(18, 50)}.{n(0, 10)}",
            f"scored {n(2, 30)} on PHQ",
            f"Tmax {n(98, 104)}.{n(0, 10)}",
            f"p {n(50, 130)} r {n(10, 30)}",
            f"room {n(1, 5)} at {n(0, 24):02d}{n(0, 60):02d}",
            f"{n(1500, 2400)} kcal ADA",
            f"age {n(18, 89)}-{n(50, 89)} group",
            f"size {n(5, 13)} shoe",
        ]
    )


def header(rng):
    """A section's heading."""
    text = rng.choice(_HEADS)
    return rng.choice(
        [
            text,
            text,
            text.upper(),
            text.lower(),
            text + ":",
            text.upper() + ":",
            f"== {text} ==",
            f"**{text}**",
            f"# {text}",
            f"[{text}]",
            text + " -",
        ]
    )


def sentence(rng):
    """One hard negative as a template."""
    pick = rng.random()
    if pick < 0.3:
        return eponym(rng)
    if pick < 0.5:
        return dose(rng)
    if pick < 0.65:
        return laboratory(rng).replace("<", "%<")
    if pick < 0.75:
        return codes(rng)
    return ", ".join(ratios(rng) for _ in range(rng.choice([1, 1, 2, 3, 4])))
