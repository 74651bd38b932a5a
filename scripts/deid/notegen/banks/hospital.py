"""Note types of hospitals. `{phi}` is a sentence with identifiers of any theme, `{neg}` one that only looks so."""

from .headers import blocks

TEMPLATES = blocks("""
HISTORY OF PRESENT ILLNESS: {mr} {pt:last} is a {aged} {sexword} {hpi} {phi:people} {clin} {phi:places}
PAST MEDICAL HISTORY: {hist}
MEDICATIONS: {meds}
PHYSICAL EXAM: {vitals} {exam}
LABS: {labs}
ASSESSMENT/PLAN: {plan_}
{phi}
=====
S: {pt:given} is a {aged} {sexword} {hpi} {phi}
O: {vitals}
{exam}
A: {imp} {negname}
P: {plan_} {phi}
=====
ADMISSION DATE: {date:numeric}
DISCHARGE DATE: {visit:numeric}
ATTENDING: {dr1:full}, {cred}
PRIMARY CARE: {dr2:full}
DISCHARGE DIAGNOSES: 1. {cond} 2. {cond}
HOSPITAL COURSE: {mr} {pt:last} was admitted from {snf} {hpi} {clin} {neg} On {date:partial}, {he} underwent {proc} \
by Dr. {dr3:last}. {clin}
DISPOSITION: {phi:places}
FOLLOW UP: Dr. {dr2:last} on {date:partial} at {time}, call {phone:other}.
{phi}
=====
NURSING NOTE {visit:clock}
{phi:people} {vitals} {clin} {neg} {rn1:initials} RN
=====
{time} pt {pt:last} <resting|awake|agitated>, {vitals} {phi} {time} {clin} {phi:people} {neg} -- {rn1:initial_last} RN
=====
ED TRIAGE
Arrival: {visit:clock} via <EMS|walk-in|POV>
CC: {symptom}
{aged} {sexword} {hpi} {phi} {vitals}
Emergency contact {any1:full} {phone:other}. PCP {dr2:last}. {neg}
=====
<CT|MRI|XR|US> <CHEST|ABDOMEN|BRAIN|KNEE|SPINE> <W/O CONTRAST|W CONTRAST>
Patient: {pt:reversed}  MRN: {mrn}  Accession: {id}
Exam date: {visit}
Ordering provider: {dr2:reversed}
INDICATION: {aged} {sexword} with {symptom}.
COMPARISON: <None|{date}|CT {date:numeric}|MRI dated {date:written} from {hosp:other}>.
FINDINGS: {negnum} {clin}
IMPRESSION: {imp}
<?Findings discussed with Dr. {dr3:last} by phone at {time} on {date:partial}.>
Dictated by: {dr1:full}, {cred}
=====
SURGICAL PATHOLOGY REPORT
Case #: {id}   Collected: {date:numeric}   Received: {date:numeric}
Patient: {pt:caps_reversed}  DOB {dob}  MRN {mrn}
Submitting physician: {dr2:full}, {cred}   Location: {hosp}
CLINICAL HISTORY: {aged} {sexword}, {cond}.
GROSS: Received in formalin labeled "{pt:full}" and "{mrn}" is a {cm} tan fragment. {clin}
MICROSCOPIC: {negname}
DIAGNOSIS: {imp}
Pathologist: {dr1:full}, {cred}  (Electronic signature {date:clock})
=====
OPERATIVE REPORT
PREOPERATIVE DIAGNOSIS: {cond}
PROCEDURE: {proc}
SURGEON: {dr1:full}, {cred}
ASSISTANT: {dr2:full}
ANESTHESIA: General, Dr. {dr3:last}
IMPLANTS: {device_model}, <SN|serial no.|S/N> {device}, lot {lot}
INDICATIONS: {mr} {pt:last} is a {aged} {sexword} {hpi}
PROCEDURE IN DETAIL: {negname} {negnum} {negname} {phi}
=====
DEATH NOTE
Called to bedside at {time} on {date:numeric}. {mr} {pt:full}, {aged}, was found unresponsive. Pronounced dead \
{date:partial} {time}.
{rel} {any1:full} notified at {phone:other}. ME <accepted case {id}|declined>. Dr. {dr1:last} aware. {phi}
=====
CODE BLUE RECORD {visit:clock} Location: {ward} {room}
Team: {dr1:last}, {dr2:last}, RN {rn1:given}, RT {staff1:given}
{negnum} {phi}
ROSC at {time}. Family ({any1:given}) called.
=====
OB TRIAGE: {pt:full} {aged} {negnum} EDD {date:slash} LMP {date:slash}. Partner {any1:given}. {phi} Dr {dr1:last} \
notified. {clin}
=====
LABOR & DELIVERY NOTE
{pt:full}, delivered a viable infant on {date:clock}. Apgars 8/9. Infant: Baby {pt:last}, MRN {mrn}, bands {id}. \
Midwife {staff1:full}. {phi}
=====
ICU DAILY NOTE HD#{small}
{pt:caps_reversed} {mrn}
Overnight: {clin} {phi:people}
Neuro: {negname} CV: {negnum} Pulm: {negnum} ID: {drug} since {date:partial}
Lines: R IJ placed {date:partial} by {dr2:last}. Foley {date:partial}.
Family: {phi:people}
=====
ANESTHESIA PREOP: {pt:caps_reversed} {aged} for {proc} w/ Dr. {dr1:last} on {date:slash}. ASA 3. {negnum} {phi} CRNA: \
{staff1:full}
=====
INCIDENT REPORT # {id}
Date: {date:clock}  Location: {ward} {room}
Staff involved: {rn1:full} RN (badge {id}), {staff1:full} CNA
Patient {pt:full} (MRN {mrn}) <was found on floor|received wrong dose of {drug}>. {phi} Witness: {any1:full}. Risk \
mgmt ({any2:full}) notified by email {email:staff2}.
=====
TRANSFER SUMMARY
From: {hosp:other} To: {hosp}
Accepting MD: {dr1:full}; sending MD: {dr2:full}, {phone:other}
{mr} {pt:last}, {aged}, {hpi} {phi} EMS run {id}, unit {county}. {clin}
=====
{date:partial} {time} {pt:last}/{room}: {clin} {phi:people}
{date:partial} {time} {clin} {negnum} {rn2:lower_initials}
{date:partial} {time} {phi} {rn1:initials}
=====
Blood bank: Pt {pt:reversed} {mrn} type O pos. Unit # {id} transfused {date:clock} by \
{rn1:initial_last}/{rn2:initial_last}. Bag # {id}. {negnum}
=====
LABORATORY REPORT    {hosp}
Patient: {pt:caps_reversed}   ID: {mrn}   DOB: {dob}  Sex: <M|F>
Ordering: {dr1:reversed}  Acc#: {id}  Coll: {date:clock}  Rec'd: {date:clock}
{labs}
{labs}
{labs}
CLIA 05D0{num}  Director: {dr2:full}, {cred}
=====
HOSPITAL FACE SHEET
Patient: {pt:reversed_mid}  Sex: <M|F>  DOB: {dob}  SSN: {ssn}
Address: {addr}  Home Ph: {phone}
Employer: {company}, {town:other}   Religion: {relig}
Guarantor: {any1:reversed} ({rel})  Acct: {acct}
Insurance: {insurer} Policy {plan} Group {plan2}
PCP: {dr1:reversed}  Adm Dr: {dr2:reversed}
Emergency: {any2:full} {phone:other}
""")
