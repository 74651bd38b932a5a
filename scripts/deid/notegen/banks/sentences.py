"""Ordinary sentences of clinical notes, without identifiers of anybody."""

from .negatives import lines

CLINICAL = lines("""
Patient tolerated the procedure well<? without complications>.
Denies <fever|chills|CP|SOB|n/v/d|HA|dizziness>, <dysuria|hematuria|abd pain|weakness|palpitations>.
Pt c/o {symptom} x {ago}, worse with <exertion|movement|eating|lying flat>.
Continue {drug} {dose} {freq}.
Started on {drug} {dose} {freq} for {cond}.
PMH significant for {cond}, {cond}, and {cond}.
PSH: {proc}, {proc}.
NKDA.
Allergies: {drug} (<rash|hives|anaphylaxis|GI upset>).
Labs reviewed and are unremarkable.
Will recheck labs in <1 week|3 months|the AM>.
CXR shows <no acute process|RLL infiltrate|mild cardiomegaly|small L effusion>.
Ambulating with <walker|cane|assist x1|RW>.
Wound <clean, dry and intact|healing well|with scant drainage>.
Discussed risks, benefits and alternatives; all questions answered.
Consent obtained <?and placed in chart>.
Patient verbalized understanding of discharge instructions.
Encouraged fluids and <incentive spirometry|ambulation|rest>.
Med list reviewed <and reconciled|with family>.
EKG: NSR, no ST changes.
No acute distress. Alert and oriented x3.
Lungs clear to auscultation bilaterally. RRR, no m/r/g. Abd soft, NT/ND.
s/p {proc} {ago} ago, doing <well|okay|poorly>.
Pain controlled with {drug} {dose} {route} {freq}.
Reports <good|poor> compliance with meds.
Referral placed to {spec}.
Patient was seen and examined at bedside.
He has been on {drug} since {year}.
Diagnosed with {cond} in {year}.
Quit smoking in {year}.
{drug} was stopped due to <side effects|cost|rash|hypotension>.
Return to ED if symptoms worsen.
Will obtain records from outside hospital.
Family at bedside, updated on plan of care.
Bed alarm on, call bell in reach.
Insurance authorization pending.
Prior imaging not available for comparison.
Impression: {cond}, <stable|worsening|improved>.
Tolerating <regular|cardiac|diabetic|soft> diet.
Voiding without difficulty. Last BM <today|yesterday|2 days ago>.
Sleep <fair|poor|good>, appetite <fair|poor|good>, mood "<ok|down|fine|not great>".
No SI/HI. Denies AVH. Insight <fair|limited>, judgment <fair|limited>.
Patient instructed to take medications as prescribed.
Patient is <retired|employed full time|disabled|unemployed>, works as a {job}.
Tobacco: <never|former, 20 pk-yr|1 ppd>. EtOH: <none|social|6 beers/day>. Drugs: <denies|THC|remote cocaine>.
The symptoms began {ago} ago and have been <constant|intermittent|gradually worsening>.
There is no family history of {cond}. Mother had {cond}, father died of {cond} at 67.
""")

VITALS = lines("""
Vitals: BP {bp}, HR {hr}, RR {rr}, Temp {temp}, SpO2 {spo2}
VS: T {temp} P {hr} R {rr} BP {bp} O2 sat {spo2} RA
BP {bp}  Pulse {hr}  Temp {temp} °F (oral)  Resp {rr}  Wt {wt}  SpO2 {spo2}
VSS, afebrile. {bp}, {hr}, {rr}.
T={temp} HR={hr} BP={bp} RR={rr} sat={spo2} on <RA|2L NC|room air>
Temp {temp}, heart rate {hr}, blood pressure {bp}, respirations {rr}.
""")

LABS = lines("""
Na {num}, K {dec}, Cr {dec}, glucose {num}
WBC {dec}, Hgb {dec}, Plt {num}
HbA1c {dec}%, LDL {num}, TSH {dec}
Troponin neg x2, BNP {num}, lactate {dec}
GLUCOSE  {num}  H  (70-99 mg/dL)
CREATININE  {dec}     (0.60-1.20 mg/dL)
HEMOGLOBIN  {dec}  L  (13.5-17.5 g/dL)
INR {dec}; PTT {num}
UA: trace protein, neg nitrite, 5-10 WBC
Culture: no growth x 48 hrs
""")

MEDICATIONS = lines("""
{drug} {dose} {route} {freq}
{drug} {dose} {freq}, {drug} {dose} {freq}
1. {drug} {dose} {route} {freq}. 2. {drug} {dose} {route} {freq}. 3. {drug} {dose} {freq}.
- {drug} {dose} {freq}\\n- {drug} {dose} {freq}\\n- {drug} {dose} {freq}
{drug} {dose} (take 1 tablet {freq})
""")
MEDICATIONS = [line.replace("\\n", "\n") for line in MEDICATIONS]

EXAM = lines("""
Gen: NAD, A&Ox3. HEENT: NCAT, PERRL, MMM. Neck: supple, no LAD, no JVD.
CV: RRR, S1/S2, <no murmurs|II/VI systolic murmur>. Resp: CTAB, no wheezes. Abd: soft, NT, ND, +BS.
Ext: <no c/c/e|1+ pitting edema b/l>, pulses 2+. Neuro: CN II-XII intact, strength 5/5.
General appearance: well-developed, well-nourished {sexword} in no acute distress.
Skin: warm, dry, <intact|stage 2 sacral ulcer {cm}|erythema over L shin>.
MSK: <R|L> <knee|shoulder|hip> with <effusion|limited ROM|crepitus>. Lachman neg. McMurray neg.
Psych: appropriate affect. Speech normal rate. Thought process linear.
Fundi benign. TMs clear. Oropharynx clear, no exudate.
GU: deferred. Rectal: guaiac neg.
""")

PLAN = lines("""
1. {cond}: continue {drug} {dose} {freq}. Check BMP in 1 wk.
2. {cond} - stable. No changes.
- start {drug} {dose} {freq}
- f/u with {spec} in <2|4|6> weeks
Admit to {dept} for IV {drug}, serial exams.
DVT ppx: {drug}. Code: full. Dispo: <home|SNF|rehab> when stable.
CBC, BMP, <UA|blood cx x2|lactate> ordered. CT <head|A/P|chest> w/o contrast.
Follow up with primary care provider in one week.
PT/OT eval. Fall precautions. Advance diet as tolerated.
Wean O2 as tolerated. Repeat CXR in AM.
""")

HPI = lines("""
presents with {symptom} x {ago}. Denies <fever|trauma|LOC>.
with h/o {cond}, {cond} who p/w {symptom} and {symptom}.
c/o {symptom}, onset {ago} ago, rated {small}/10, <sharp|dull|burning|pressure-like>.
here for <follow up of|f/u|evaluation of> {cond}.
with a past medical history of {cond} and {cond} presenting to the emergency department for {symptom}.
was found <down at home|confused|on the floor> and brought in by EMS.
s/p {proc}, now with {symptom}.
admitted for {cond} exacerbation, treated with {drug} with improvement.
""")

IMPRESSION = lines("""
No acute cardiopulmonary process.
{cond}, <stable|resolved|likely>.
{cm} nodule in the <RUL|LLL>, recommend follow-up CT in 6 months.
Mild degenerative changes at L4-L5 and L5-S1.
No evidence of acute intracranial hemorrhage, mass effect or midline shift.
BI-RADS <1|2|3|4>.
Invasive ductal carcinoma, grade 2, {cm}, margins negative.
Tubular adenoma, no high grade dysplasia.
""")

HISTORY = lines("""
PMH: {cond}, {cond}, {cond}
Past Medical History: 1. {cond} 2. {cond} 3. {cond}
PSH: {proc} ({year}), {proc}
FHx: mother - {cond}; father - {cond}; sibs healthy
SocHx: <lives alone|lives with family|married|divorced|widowed>, {job}, <denies|former> tobacco
Allergies: <NKDA|{drug} - rash|PCN, sulfa|latex>
Immunizations UTD.
""")
