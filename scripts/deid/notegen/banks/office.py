"""Note types of offices, homes, insurers and devices."""

from .headers import blocks

TEMPLATES = blocks("""
TELEPHONE ENCOUNTER {visit:clock}
Caller: {any1:full} (<patient|wife|pharmacy|daughter|son>)  Callback: {phone:other}
{phi:people} {clin} {neg} Message routed to Dr. {dr1:last}. -{staff1:given_initial}, {cred}
=====
From: {pt:full} %<{email}%>
To: Dr. {dr1:last}
Sent: {visit:clock}
Subject: <refill|question|appointment|test results>

Hi Dr. {dr1:last}, <I have been having|my {rel} has> {symptom} since {date:partial}. {clin} My number is {phone}. \
Thanks, {pt:given}
=====
{visit:written}

{dr2:full}, {cred}
{hosp:other}
{addr:other}

RE: {pt:full}, DOB {dob}

Dear Dr. {dr2:last}:

Thank you for referring {mr} {pt:last}, a {aged} {sexword} {hpi} {clin} {neg} {phi}

Sincerely,
{dr1:full}, {cred}
=====
FAX COVER SHEET
TO: {dr2:full}  FAX: {fax}
FROM: {staff1:full}, {hosp}  PHONE: {phone:other}
DATE: {date:numeric}  PAGES: {small}
RE: {pt:full} DOB {dob}
{phi} {clin}
=====
SOCIAL WORK ASSESSMENT
{pt:given} is a {aged} {sexword} from {town}. {phi:people} {phi:places} {phi:contact} Education: {school}. Works at \
{company}. {clin} {phi}
SW: {staff1:full}, LCSW {phone:other}
=====
PT EVAL {date:slash}
Pt: {pt:initial_last} {aged}. Dx: {cond}. PLOF: indep, lives w/ {rel} {any1:given} in 2-story home in {town}. \
{negnum} {phi}
{staff1:full}, PT, DPT Lic# {lic}
=====
PSYCHIATRY FOLLOW-UP
{mr} {pt:last} is a {aged} {sexword} {hpi} {phi:people} "{any1:given} is trying to poison me". Mood "ok". {clin} {neg}
Collateral from {any1:full}: {phi:people}
{dr1:full}, {cred}
=====
WELL CHILD CHECK
{pt:given} is a {aged} <boy|girl> brought by <mother|father|grandmother> {mom:full}. Siblings: {any1:given}, \
{any2:given}. Attends {school}. {negnum} {phi} Parent phone {phone}. Pediatrician: {dr1:full}.
=====
DENTAL NOTE {visit}
Pt {pt:full} presents for <crown|prophy|ext>. {negnum} Lidocaine 2% 1:100k epi. Hygienist {staff1:given}. Dr. \
{dr1:last}. {phi} Next visit {date:partial}.
=====
HOME HEALTH VISIT
Agency: VNA of {town:other}  Visit date: {date:clock}
Pt seen at home, {addr}. Caregiver {any1:full} present. {vitals} {phi} {clin} Lockbox code given. Nurse: {rn1:full}, \
RN cell {phone:other}
=====
DEVICE CLINIC
{pt:full} DOB {dob}
Generator: {device_model}  Serial: {device}  Implanted: {date} by Dr. {dr2:last}
RA lead: {device}  RV lead: {device}
Battery 4.2 yrs. {negnum} Home monitor s/n {device}. {phi} Next remote {date:partial}.
=====
IMPLANT LOG: {device_model} | UDI {device} | Lot {lot} | SN {device} | Exp {date:month_year} | {dr1:last} | {date:slash}
{phi}
=====
PRIOR AUTHORIZATION REQUEST
Member: {pt:full}  ID: {plan}  DOB: {dob}  Group {plan2}
Requesting provider: {dr1:full}, {cred}  NPI {npi}  Fax {fax}
Drug: {drug} {dose} {freq}  Dx: {icd}
Reference # {id}. {phi} {clin}
=====
LEGAL / INSURANCE: Claimant {pt:full}, claim {id}, DOI {date:numeric}, employer {company}. VIN {vin}, plate {plate}. \
Adjuster {any1:full} {phone:other}. {clin} {phi}
=====
ASR TRANSCRIPT: this is doctor {dr1:last} dictating on {pt:full} medical record number {mrn} date of birth \
{dob:spoken} period the patient is a {aged} {sexword} comma {hpi} new paragraph {clin} {neg} seen on {date:spoken} by \
doctor {dr2:last} period {phi} end of dictation
=====
MEDICATION RECONCILIATION
Pharmacy: {pharmacy}, {street:other}, {phone:other}
{meds}
{meds}
Rx # {id} {drug} {dose} filled {date:slash} by Dr {dr2:last}
Verified with {any1:given} ({rel}) {phi} {neg}
=====
REFERRAL to {spec}: Dr. {dr2:full}, {hosp:other}, fax {fax}. Pt {pt:full} ({dob}) {hpi} {phi} Ins {insurer} {plan}.
=====
ADDENDUM {visit:clock} by {dr2:full}, {cred}: {clin} {phi}
ADDENDUM #2 {date:clock} {dr3:last}: {clin} {neg}
=====
Copied forward from {date:numeric} ({dr2:last}): {clin} {phi}
UPDATE {date:partial}: {clin} {phi}
=====
CLINICAL TRIAL VISIT: Subject {id} (initials {pt:initials}), visit 3, {date:clock}. Coordinator {staff1:full}, \
x{phone:ext}. {negnum} {phi}
=====
OPTOMETRY: {pt:reversed} {aged} {negnum} {phi} Glasses Rx given. {dr1:full}, OD
=====
TELEHEALTH: {pt:full} joined from {town} via {url}, IP {ip}; ID verified by <DL {dl}|face template {bio}|DOB {dob}>. \
{hpi} {clin} {phi}
=====
SUBSTANCE USE INTAKE: {pt:nick} ({pt:full}), {aged}. Last use {date:partial}. Probation officer {any1:full} \
{phone:other}. Case # {id}. {phi} {clin}
=====
NUTRITION: {pt:given_initial} {aged} wt {wt}. {negnum} {phi} RD {staff1:full}
=====
SPEECH THERAPY: {pt:last}, {pt:given}. {clin} {negname} {phi} {staff1:full}, CCC-SLP
=====
REGISTRATION: name {pt:full}, dob {dob}, ssn {ssn}, addr {addr}, ph {phone}, email {email}, ins {insurer} {plan}, DL \
{dl}, emerg {any1:full} {phone:other}
=====
BILLING NOTE: acct {acct}, {pt:reversed}. Card on file {acct2}. Guarantor {any1:full}. CPT {cpt}, dx {icd}. {phi}
=====
SECURITY LOG: user {user:staff1} badge {id} fingerprint {bio} workstation {ip} <MAC {mac}|device {device}> accessed \
chart {mrn} ({pt:last}) {date:stamp}. {phi}
=====
MESSAGE: pls call {pt:full} {phone} re {symptom}. thx {staff1:given}
=====
GENETICS: Proband {pt:full}; mother {mom:full} ({anyage}), father {dad:full}; sister {any1:given} affected. Pedigree \
#{id}. {phi} {neg}
=====
VACCINE RECORD {pt:full} {dob}: Tdap lot {vaxlot} {date:slash} L deltoid {rn1:initials}; flu lot {vaxlot} \
{date:slash}; {phi}
=====
CHIROPRACTIC: {pt:full} {date:slash} {negnum} MVA {date:partial} at {rural}. Driving {carcolor} {car} {plate}. {phi}
=====
SCHOOL NOTE: Please excuse {pt:full} from {school} {date:range}. {dr1:full}, {cred} {phone:other}
=====
Veteran {pt:full}, last 4 {ssn:last4}, seen at {hosp} {date:partial}. {hpi} {phi} {clin}
""")
