"""Short jottings, machine output and tables."""

from .headers import blocks

TEMPLATES = blocks("""
{pt:last} {room} {symptom} {drug} {dose} given {time} {rn1:initials}
=====
{dob:slash} {pt:reversed} {mrn} {dr1:last} {date:slash} {proc}
=====
CALL {pt:given} BACK {phone}!!
=====
pls fax to {dr1:last} {fax} asap - {staff1:given}
=====
{pt:initials} / {age} / <M|F> / {cond} / {date:slash} / {dr1:initials}
=====
1) {pt:reversed} - {room} - {cond} - {dr1:last}
2) {any1:reversed} - {room} - {cond} - {dr2:last}
3) {any2:reversed} - {room} - s/p {proc} - {dr3:last}
=====
name,dob,mrn,phone
{pt:full},{dob:iso},{mrn},{phone}
{any1:full},{date:iso},{id},{phone:other}
=====
"patient": "{pt:full}", "dob": "{dob:iso}", "mrn": "{mrn}", "provider": "{dr1:full}", "visit": "{date:stamp}", "ip": \
"{ip}"
=====
PATIENT={pt:caps_reversed};DOB={dob:numeric};MRN={mrn};ACCT={acct};LOC={ward};ATT={dr1:caps_reversed}
=====
MSH|^~\\&|LAB|{hosp}|||{date:stamp}||ORU^R01
PID|1||{mrn}^^^||{pt:caps_reversed}||{dob:numeric}|<M|F>|||{street}^^{town}||{phone}
OBX|1|NM|HGB||{dec}|g/dL
=====
+-----------+----------------------+
| Patient   | {pt:full}
| MRN       | {mrn}
| DOB       | {dob}
| Surgeon   | {dr1:full}
| Implant   | {device_model} SN {device}
=====
Label: {pt:caps_reversed} {dob:slash} {mrn} Coll {date:clock} by {staff1:lower_initials} Acc {id}
=====
{date:stamp} user={user:staff1} action=VIEW mrn={mrn} src={ip}
{date:stamp} user={user:staff2} action=PRINT mrn={mrn} src={ip}
=====
Wristband: {pt:caps} / {dob} / {aged} / {dr1:last} / allergy: {drug}
=====
Appt card: {pt:given} - {date:weekday} {time} - Dr. {dr1:last} - {phone:other}
=====
Rx: {pt:full} {addr} {date:numeric}
{drug} {dose} Sig: {freq} #30
{dr1:full}, {cred} DEA# {dea} Lic# {lic}
=====
From: {staff1:full} %<{email:staff1}%>
Sent: {date:clock}
To: {dr1:reversed}; {dr2:reversed}
Cc: {staff2:full}
Subject: {pt:last} {id}

{dr1:given}, can you see {mr} {pt:last} on {date:partial}? {clin}
{staff1:given}
=====
TO DO: call {pt:last}; sign {dr2:last}'s note; d/c {any1:last}; path on {any2:last} ({id}); {clin}
=====
OR board: {time} {pt:last} {proc} {dr1:last}/{dr2:last} OR 4; {time} {any1:last} {proc} {dr3:last} OR 2
=====
Vaccine: MMR 0.5 mL SC {date:slash} lot {vaxlot} given by {rn1:initial_last}. VIS given. Mom {mom:given} consented.
=====
Telemetry strip {date:clock} {pt:last} {room} NSR 78. Read by {staff1:initials}.
=====
Visitor list: {any1:full} ({rel}), {any2:full} ({rel}), {any3:full}. Password "{any4:given}".
=====
Contacts:
{any1:full} ({rel}) C: {phone:other} W: {phone:other}
{any2:full} ({rel}) {phone:other} {email:any2}
{any3:given} - neighbor - {phone:other}
=====
Care team: {dr1:full}, {cred} (PCP) | {dr2:full}, {cred} ({spec}) | {rn1:full}, RN | {staff1:full}, MSW
=====
Insurance card copy: {insurer}  Member {pt:caps}  ID {plan}  GRP {plan2}  Customer service {phone:other}  {url}
=====
DL copy: {state} {dl} {pt:caps_reversed} {addr} DOB {dob:numeric} EXP {date:numeric}
=====
Problem list: {cond} ({date:month_year}), {cond} ({year}), s/p {proc} ({date:slash}, {dr1:last})
=====
Allergies verified {date:partial} {rn1:initials}. {meds}
=====
I&O 24h: 1450/1720. {negnum} {rn1:given} {time}
=====
VOICEMAIL {date:clock}: "hi this is {any1:full} calling about my {rel} {pt:given} birthday {dob:spoken} um my number \
is {phone:other} thank you"
=====
{pt:caps_reversed}
{addr:lines}
HM {phone}  WK {phone:other}
SS {ssn}  {insurer} {plan}
=====
Sticker: REF {negnum} SN {device} LOT {lot} {device_model}
=====
Photo {file} taken {date:clock} of {pt:initials} L leg by {staff1:given}
=====
Kiosk check-in {date:clock}: palm {bio} match; face {bio} match; pt {mrn}; {user:pt}
=====
Parking validation: plate {plate}, {carcolor} {car}, visitor {any1:full}
=====
Autopsy no. {id}; decedent {pt:full}; {aged}; DOD {date:numeric}; ME {dr1:full}; next of kin {any1:full}, {addr:other}
=====
Transport: {pt:initial_last} from {hosp:other} to {snf} {date:clock}, unit {id}, crew {staff1:last}/{staff2:last}
=====
PT: {pt:full}      PHYS: {dr1:last}
DOB: {dob:slash}   ORD: {id}
{labs}
=====
Reviewed {date:slash} {dr1:initials}. Reviewed {date:slash} {dr2:initials}.
""")
