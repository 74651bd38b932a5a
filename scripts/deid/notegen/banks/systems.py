"""The frames that record systems print around what people write."""

from .headers import blocks

TEMPLATES = blocks(r"""
LOCAL TITLE: <PRIMARY CARE NOTE|MENTAL HEALTH NOTE|NURSING ADMISSION ASSESSMENT|PHARMACY CLINIC>
STANDARD TITLE: <PRIMARY CARE|MENTAL HEALTH|NURSING> NOTE
DATE OF NOTE: {date:va}     ENTRY DATE: {date:va}
AUTHOR: {dr1:caps_reversed}        EXP COSIGNER: {dr2:caps_reversed}
URGENCY:                            STATUS: COMPLETED

{pt:caps_reversed}  {ssn}  {dob:va}
{aged} {sexword} veteran {hpi} {clin} {phi}

/es/ {dr1:caps}
{cred}
Signed: {date:va}

Receipt Acknowledged By:
{date:va}  /es/ {dr2:caps}, {cred}
=====
RUN DATE: {date:slash}          {hosp:caps}           PAGE 1
RUN TIME: {time}                LABORATORY
RUN USER: {user:staff1}
--------------------------------------------------------------
PATIENT: {pt:caps_reversed}       ACCT #: {acct}   LOC: {ward}    U #: {mrn}
                                  AGE/SX: {age}/<M|F>       ROOM: {room}   REG: {date:slash}
REG DR: {dr1:caps_reversed}       DOB: {dob:slash}   BED: 1    DIS:
--------------------------------------------------------------
SPEC #: {id}   COLL: {date:slash}-{time}   RECD: {date:slash}-{time}   STATUS: COMP  REQ #: {id}
SUBM DR: {dr2:caps_reversed}
{labs}
{labs}
=====
Encounter Date: {visit:numeric}
{pt:full}
MRN: {mrn}
Description: {aged} <male|female>
Provider: {dr1:full}, {cred}
Department: {hosp} {spec}

Reason for Visit
{symptom}

Patient Active Problem List
Diagnosis
%• {cond}
%• {cond}
Current Outpatient Medications on File Prior to Visit
Medication Sig Dispense Refill
%• {drug} {dose} tablet Take 1 tablet by mouth {freq}. 90 tablet 3

Progress Notes
{phi} {clin} {phi}

Instructions
Return in about 3 months (around {date:numeric}).
Additional Documentation
Encounter Info: Billing Info, History, Allergies. CSN {csn}
Electronically signed by {dr1:full}, {cred} at {date:clock}
=====
Result type:      <Discharge Summary|ED Note|Op Report>
Result date:      {date:written} {time}
Result status:    Auth (Verified)
Performed by:     {dr1:full} {cred} on {date:written} {time}
Verified by:      {dr2:full} {cred} on {date:written} {time}
Encounter info:   {csn}, {hosp}, Inpatient, {date:numeric} - {date:numeric}

{mr} {pt:last} {hpi} {clin} {phi}
=====
Patient: {pt:caps_reversed}    MRN: {mrn}    FIN: {acct}
Age: {age} years  Sex: <Male|Female>  DOB: {dob:numeric}
Associated Diagnoses: {cond}
Author: {dr1:reversed} {cred}

Basic Information
Time seen: Date & time {date:clock}. Source of history: <Patient|{rel}|EMS>. Arrival mode: <Private vehicle|Ambulance>.
History of Present Illness
The patient {hpi} {phi}
Health Status
Allergies: {drug}. Medications: {drug} {dose}.
=====
Progress Note: {dr1:full}, {cred}   {date:written}
Patient: {pt:full}   Acct: {acct}   DOB: {dob:numeric}   Age: {age} Y   Sex: <Male|Female>
Phone: {phone}   Address: {addr}
Pcp: {dr2:full}
Subjective: CC: 1. {symptom}. HPI: {clin} {phi}
Objective: {vitals} {exam}
Assessment: 1. {cond} - {icd} (Primary)
Plan: {plan_}
Procedure Codes: {cpt}
Follow Up: 4 Weeks
Electronically signed by {dr1:full}, {cred} on {date:numeric} at {time} EST
Sign off status: Completed
=====
{pt:full} (Id #{mrn}, dob: {dob:numeric})
{hosp} {addr:other} Ph {phone:other} Fax {fax}
Appointment: {date:weekday}, {time}, with {dr1:full}
Vitals: Ht 5 ft 6 in, Wt {wt}, BP {bp}
Reason: {symptom}. Reviewed by {staff1:given_initial}, MA. {phi}
Call {pt:given} ({phone}) w/ results. Insurance: {insurer} ({plan}).
=====
%<?xml version="1.0"?%>
%<Report id="{id}"%>
%<Patient%>%<Name%>{pt:reversed}%</Name%>%<MRN%>{mrn}%</MRN%>%<BirthDate%>{dob:iso}%</BirthDate%>%</Patient%>
%<Physician%>{dr1:full}%</Physician%>%<Text%>{clin} {phi}%</Text%>%</Report%>
=====
"resourceType":"DiagnosticReport","subject":"{pt:full}","effective":"{date:stamp}","performer":"{dr1:full}","text":"{clin}"
=====
Order: <CT HEAD WO|CHEST 2 VIEWS|US ABDOMEN>   Accession {id}
Ordering MD: {dr2:reversed}   Ord Dept: {dept}
Pt class: <Inpatient|Emergency|Outpatient>   CSN: {csn}
Exam started {date:clock}   ended {time}
Tech: {staff1:full} RT(R)    Room: CT2
Contrast: Omnipaque 350 100 mL lot {vaxlot}
Hx: {aged} {sexword} {symptom}
Prelim by {dr3:full} {cred}; final by {dr1:full} {cred}
Finalized {date:clock}
{imp}
=====
FLOWSHEET  {pt:reversed}  {mrn}  {date:slash}
        0800   1200   1600   2000
BP      {bp}  {bp}  {bp}  {bp}
HR      {hr}   {hr}   {hr}   {hr}
Init    {rn1:initials}   {rn1:initials}   {rn2:initials}   {rn2:initials}
=====
MAR  {pt:caps_reversed}  DOB {dob:slash}  Alg: {drug}
{drug} {dose} {freq}   0900 {rn1:initials}  2100 {rn2:initials}
{drug} {dose} {freq}   0800 {rn1:initials}
Signatures: {rn1:initials} = {rn1:full} RN; {rn2:initials} = {rn2:full} LPN
=====
Routing History
From        To           Sent          Method
{staff1:full}   {dr1:full}   {date:slash}   In Basket
{dr1:full}   {dr2:full}   {date:slash}   Fax ({fax})
=====
Revision History: {date:clock} {dr1:full}, {cred} (Addend); {date:clock} {staff1:full} (Sign)
=====
Immunization Registry Query: {pt:full} {dob} Mother's maiden name: {any1:last} Address: {addr} Phone: {phone}
=====
Audit: {user:staff1} ({staff1:full}) broke the glass on {mrn} {date:stamp} from {ip}, reason: direct care
=====
Allergy/Contact/Consent form
Patient name (print): {pt:full}     Signature on file: {date:slash}
Guardian: {any1:full}     Relationship: {rel}     Phone: {phone:other}
Witness: {staff1:full}     Emp ID: {id}
Interpreter ID: {id}
""")
TEMPLATES = [block.replace("%•", "•") for block in TEMPLATES]
