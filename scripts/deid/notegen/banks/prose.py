"""Whole notes in connected prose, each in another hand."""

from .headers import blocks

TEMPLATES = blocks("""
{mr} {pt:full} is a {aged} {sexword} who was admitted to {hosp} on {date:written} with {symptom}. {He} had been in \
{his} usual state of health until {date:partial} when {his} {rel}, {any1:full}, noticed {symptom}. {any1:given} \
called 911 and EMS brought {him} from {his} home at {street}. In the ED {he} was seen by Dr. {dr2:full}. {vitals} \
{labs} {He} was started on {drug} {dose} {freq}. {negname} {spec} was consulted (Dr. {dr3:last}). On {date:partial}, \
{he} was transferred to {dept}. {He} was discharged on {visit:written} to {snf} in {town:other}. Follow up with \
{dr1:full}, {cred}, on {date:weekday} at {time}. Call {phone:other} with questions.
=====
pt is a {aged} {sexword} c h/o {cond}, {cond} bib {rel} {any1:given} for {symptom} since {date:partial}. seen at \
{hosp:other} {date:partial} for same, d/c'd on {drug}. pcp dr {dr1:last}. lives w {rel} in {town}. {vitals} {negnum} \
d/w {dr2:last} who rec {drug} {dose}. {rel} cell {phone:other}. will f/u {date:partial}. {dr3:initials}
=====
{pt:given} came in today with {his} {rel} {any1:given}. They drove from {town}. {any1:given} says {pt:given} has had \
{symptom} since {holiday}. {pt:given} denies it. {He} is worried about missing work at {company}. We talked about \
{cond} and {drug}. {pt:given} will call {staff1:given} at {phone:other} if worse. {neg} RTC {date:partial}. \
{dr1:full} {cred}
=====
Called to evaluate {pt:caps_reversed}, {aged}, {room}, for {symptom}. Nurse {rn1:last} reports onset at {time}. Pt \
A&Ox3, {vitals} {exam} Reviewed with {dr2:last}. Plan: {drug} {dose} {route} x1, repeat labs {time}. {rel} \
{any1:full} updated at {phone:other}. --{dr1:last} {phone:pager}
=====
This {aged} {sexword} resident of {snf} was sent to {hosp} because of {symptom}. According to {staff1:full}, {cred}, \
at the facility, {he} was last at baseline on {date:clock}. {His} {rel} and health care proxy, {any1:full} of \
{town:other}, was reached at {phone:other} and wishes {him} to be DNR. MOLST form dated {date:numeric} is on the \
chart, signed by Dr. {dr2:full}. {clin} {negname}
=====
I met with {pt:full} and {his} {rel} {any1:full} for {small}0 minutes in {room}. {pt:given} was born in {town:other} \
and moved to {town} in {date:month_year}. {He} worked for {company} until {year}. {He} is close to {his} {rel} \
{any3:given}, who lives in {town:other}. {He} was tearful when speaking of {his} late {rel} {any4:given}, who died on \
{date}. I left my card ({phone:other}, {email:staff1}). {staff1:full}, {cred}
=====
Dear {mr} {pt:last},

Your recent <mammogram|lab work|biopsy|stress test> performed on {date:written} at {hosp} was <normal|abnormal>. \
{clin} Please call our office at {phone:other} to schedule a visit with Dr. {dr1:last} before {date:written}. Your \
chart number is {mrn}. You may also log on to {url} using the email {email}.

{staff1:full}, RN
for {dr1:full}, {cred}
{addr:other}
=====
To Whom It May Concern: {pt:full} (DOB {dob}) has been under my care since {date:month_year} for {cond}. {He} was \
unable to work at {company} from {date:numeric} through {date:numeric}. Please contact my office, {phone:other}, fax \
{fax}. {dr1:full}, {cred}, Lic. {lic}
=====
{date:numeric} - {pt:given} no-showed. Called {phone}, LM with {any1:given}.
{date:numeric} - {any1:given} called back, states they were in {town:other} for a funeral ({rel} {any2:full}). \
Rescheduled to {date:weekday}. -{staff1:initials}
{date:numeric} - Pt seen, see note by {dr1:last}.
=====
Night float note: asked by RN {rn1:given} to see {pt:last} ({room}) for {symptom}. {aged} {sexword}, POD {small} from \
{proc} (Dr. {dr2:last}). {vitals} {exam} {negnum} A/P: likely {cond}. Gave {drug} {dose}. Will let {dr3:last} know at \
AM rounds. {dr1:given_initial} x{phone:ext}
=====
Patient identified by name ({pt:full}), date of birth ({dob}) and MRN ({mrn}); armband scanned. Time out at {time} \
with {dr1:full}, {rn1:full} RN, and {staff1:full} CRNA present. {negname} Implant: {device_model} serial {device}, \
lot {lot}. Specimen {id} to path. Family ({any1:given}, {phone:other}) updated at {time}.
=====
The patient drove himself in a {carcolor} {car} with plate {plate}, which security says is parked in the ambulance \
bay. Security officer {any1:full} (badge {id}) was notified. Pt's license ({dl}) lists {addr:other} which he says is \
an old address; he now stays with {any2:given} at {street:other}. {clin}
=====
Device check: {pt:full} seen in device clinic {date:numeric}. {device_model} (S/N {device}) implanted by {dr2:full} \
at {hosp:other} on {date:numeric}. Leads: RA {device}, RV {device}. {negnum} Home transmitter SN {device} connected, \
IP {ip}. Next check {date:month_year}. {staff1:full}, {cred}
=====
SOCIAL: {pt:given}, {aged}, married to {sp:given} for 30 yrs, {small} children ({any1:given} in {town:other}, \
{any2:given} in {town:other}). Retired from {company}. Attended {school}. {relig}. Enjoys fishing. Stays active at \
{landmark}. No tobacco.
FAMILY: mother {any3:given} d. age {anyage:old}; father lived to {anyage}; brother {any4:given} has {cond}.
=====
Pt seen via video from {his} home in {town}. Identity confirmed w/ photo ID {dl} and last 4 SSN {ssn:last4}. Consent \
to telehealth obtained. Connection from {ip} via {url}. {hpi} {clin} Rx {drug} {dose} sent to {pharmacy}, \
{street:other}. Next visit {date:weekday} at {time}. {dr1:full}, {cred} NPI {npi}
=====
BILLING/REG: pt {pt:reversed} acct {acct} ins {insurer} mem {plan} grp {plan2}; guar {any1:reversed} ssn {ssn}; card \
{acct2} declined {date:partial}; emailed {email} & mailed to {addr}; auth {id} exp {date:numeric}. {staff1:initials}
=====
Handoff (I-PASS): {pt:last}, {aged} {sexword}, {room}. Illness: watcher. Summary: {cond}, {cond}. To do: f/u {id} cx, \
call {rel} {any1:given} {phone:other}, recheck K at {time}. Contingency: if {symptom}, give {drug} {dose}. From \
{dr1:last} to {dr2:last}, {date:clock}.
=====
Procedure was performed at {hosp} on {date:written} by {dr1:full}, {cred}, assisted by {dr2:full}, {cred}. {mr} \
{pt:last} was placed in the supine position. {negname} {negname} {negnum} The patient was taken to recovery in stable \
condition. {any1:full} was informed.
=====
Mother ({mom:full}, {anyage} yo, {job}) states {pt:given} has had {symptom} since <returning from \
{town:other}|starting at {school}|{date:partial}>. Dad ({dad:given}) lives in {town:other}. Sib {any1:given} sick \
too. Immunizations from Dr. {dr2:last}'s office in {town:other}, {fax} for records. {negnum} {clin} Call mom \
{phone:other} w/ strep result. {dr1:last}
=====
Pt was restrained driver of {carcolor} {car} ({plate}) struck at {rural} in {county} at approx {time} on \
{date:partial}. Airbags deployed. {company} employee. Passenger {any1:full} taken to {hosp:other}. Trooper \
{any2:last} on scene, report {id}. {vitals} {exam} {imp}
=====
Lab called critical K {dec} on {pt:last} {mrn} at {time}; read back by {rn1:full} RN; Dr {dr1:last} paged \
{phone:pager}, responded {time}. Repeat specimen {id} drawn {time} by {staff1:initials}.
=====
Pt {pt:initials} enrolled {date:numeric} study {id} at {hosp}. Coordinator {staff1:full} ({email:staff1}, \
{phone:other}). PI {dr1:full}, {cred}. Consent v3 signed {date:clock}. Retinal image {bio}, voice sample {bio} \
stored; photos {file}. {negnum} Next {date:partial}.
=====
ER RECORD. {pt:full}. {dob}. {addr}. {phone}. Brought by {county} EMS, run {id}. Complaint: {symptom}. Hx: {cond}. \
Meds: {meds}. {vitals} Tx: {drug} {dose}. Dx: {cond}. Discharged {time} with {any1:full}. Instructions given. \
{dr1:full} {cred}/{rn1:full} RN.
=====
Consult requested by {dr2:full} re: {symptom} in this {aged} {sexword}. Chart reviewed; {pt:last} known to me from \
admission {date:range} at {hosp:other}. {hist} {exam} Impression: {cond}. Rec: {drug} {dose}. Thank you, {dr1:full}, \
{cred}, {spec}, pager {phone:pager}.
=====
Dialysis note: {pt:initial_last}, chair 7, {hosp}. Pre wt {wt}. Fistula placed {date:month_year} by {dr2:last}. Ran \
3.5h, UF 2.1L, BFR 400, K 2 Ca 2.5 bath. Machine s/n {device}. Transport by {any1:given} from {company}. Next run \
{dow}. RN {rn1:given_initial}
=====
Hospice visit {date:clock}: {pt:full}, {aged}, at {addr} w/ {rel} {any1:given}. PPS 30%. {drug} {dose} prn. \
{any1:given} exhausted; respite at {snf} from {date:range}. Chaplain {any2:full} to visit {dow}. {rn1:full} RN \
{phone:other}
=====
Pharmacy: spoke w/ {staff1:given} at {pharmacy} ({town:other}) {phone:other}. Rx {id} {drug} {dose} written \
{date:numeric} by {dr1:full}, DEA {dea}, last filled {date:numeric}. Insurance {insurer} {plan} rejects; PA {id} \
started. Pt {pt:given} aware.
=====
Pre-op phone call: pt {pt:full} reached at {phone}. Surgery {date:weekday} at {hosp}, arrive {time}. Dr. {dr1:last}, \
{proc}. NPO after midnight. Hold {drug}. Ride: {any1:full} ({rel}) {phone:other}. Address confirmed {addr}. \
{staff1:initials} RN
=====
Pathology addendum {id}: Slides sent to {hosp:other} for second opinion, Dr. {dr2:full}, on {date:numeric}. Their no. \
{id}. Diagnosis: {cond}. Reported to {dr3:last} by phone {date:partial} {time}. {dr1:full}, {cred}
=====
Foster care exam. {pt:given} placed with {any1:full} and {any2:full} at {street:other}, {town:other} on \
{date:numeric} by {county} DCF (worker {staff1:full}, {phone:other}, case {id}). Bio mom {mom:full} whereabouts \
unknown. School: {school}. {negnum} {clin}
=====
Jail medical: inmate {pt:reversed}, # {id}, DOB {dob:slash}, booked {date:slash} {county}. PMH {cond}. Deputy \
{any1:last} escort. {vitals} {drug} {dose} KOP. {rn1:initials}/LPN
=====
Returned call to {mr} {pt:last} at {phone}. {He} read about {drug} on {url} and asks if it's ok with {drug}. Advised \
per Dr. {dr1:last}. {He} asks that we also email {rel} {any1:given} at {email:any1}. -{staff1:given}
=====
Transplant: {aged} {sexword} (UNOS {id}) s/p living donor kidney from {rel} {any1:full} on {date:written} at {hosp}. \
Coordinator {staff1:full} x{phone:ext}. Tac {dec}. {negnum} BK neg {date:partial}. Next labs {date:partial} at \
{town:other} draw site.
=====
Cardiac rehab session {small}/36: {pt:given} {pt:last_initial}., {aged}. {negnum} Telemetry box {device}. {he} walked \
w/ {any1:given}. Next {dow}. {staff1:full}, MS, CEP
""")
