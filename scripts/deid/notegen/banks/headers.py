"""Headers, footers and signature blocks in the layouts of many systems."""

HEADERS = """
Patient: {pt} <?{aged} {sexword}>
MRN: {mrn}   DOB: {dob}
Date<? of Service>: {visit}
=====
Patient Name: {pt:reversed_mid}
Date of Birth: {dob}
Medical Record Number: {mrn}
Date of Visit: {visit}
Provider: {dr1:full}, {cred}
=====
NAME: {pt:caps_reversed}        MR#: {mrn}
DOB: {dob}   AGE: {age}   SEX: <M|F>
ADMIT DATE: {visit:adm}     ATTENDING: {dr1:caps_reversed}
=====
Name....: {pt} %| MRN: {mrn} %| DOB: {dob}
Acct....: {acct} %| Room: {room} %| Adm: {visit:adm}
=====
{hosp:caps}
{addr:other}
Phone: {phone:other}  Fax: {fax}

RE: {pt}
DOB: {dob}
MRN: {mrn}
=====
{pt:caps_reversed}  {mrn}  {dob:slash}  {aged} <M|F>
=====
{pt:reversed} (MRN {mrn}) DOB {dob}
=====
{pt:full} %| {dob} %| {mrn} %| {csn}
=====
Pt: {pt:given_initial}  MRN {mrn}  {visit}
=====
<DISCHARGE SUMMARY|PROGRESS NOTE|HISTORY AND PHYSICAL|OPERATIVE REPORT|CONSULTATION>

PATIENT NAME: {pt:caps}
ACCOUNT #: {acct}
DATE OF ADMISSION: {date:numeric}
DATE OF DISCHARGE: {visit:numeric}
ATTENDING PHYSICIAN: {dr1:full}, {cred}
=====
{visit}
{pt:full}
{addr:lines}
=====
Patient\t{pt:reversed}
DOB\t{dob}
MRN\t{mrn}
Encounter\t{csn}
PCP\t{dr1:full}
=====
**{pt:full}** - {aged} {sexword} - {mrn}
=====
Patient: {pt:full}    Date of birth: {dob}    Gender: <Male|Female>
Address: {addr}    Phone: {phone}
Insurance: {insurer} ID: {plan}
=====
Pt name:{pt:full} dob:{dob} mrn:{mrn}
=====
%<patient%>%<name%>{pt:full}%</name%>%<dob%>{dob:iso}%</dob%>%<id%>{mrn}%</id%>%</patient%>
=====
%<b%>Patient:%</b%> {pt:full}%<br%>%<b%>DOB:%</b%> {dob}%<br/%>
=====
PID|1||{mrn}||{pt:caps_reversed}||{dob:numeric}|<M|F>
=====
@NAME@ {pt:full} @AGE@ {age} @MRN@ {mrn} @TD@ {visit:numeric}
=====
Clinic: {hosp}    Location: {town}
Seen by: {dr1:full} {cred}
Patient: {pt:full}, {age} <M|F>
=====
{hosp}, {town}
{visit}
=====
*** {hosp:caps} - {dept} ***
Pt: {pt:caps_reversed}   Unit#: {mrn}   Acct: {acct}
Loc: {ward}   {room}   Admit: {date:slash}
=====
Re: {mr} {pt:full}
DOB {dob}, our ref {csn}<?, your ref {id}>
=====
Member: {pt:full}  Member ID: {plan}  Group: {plan2}
Claim: {id}  DOS: {visit:numeric}
=====
{visit:numeric}  {dept}  {dr1:initial_last}
=====
Last Name: {pt:last}  First Name: {pt:given}  DOB: {dob}
SSN: {ssn}  Phone: {phone}  Email: {email}
=====
Surname: {pt:last}
Forename(s): {pt:given}
D.O.B.: {dob}
Address: {addr}
=====
{aged} {sexword}, {pt:full}, seen {visit} at {hosp}.
"""

FOOTERS = """
{dr1:full}, {cred}
=====
Electronically signed by: {dr1:full}, {cred} {visit:clock}
=====
{dr1:full} {cred}
{visit:clock}
=====
Sincerely,

{dr1:full}, {cred}
{hosp}
{street:other}, {town:other} {phone:other}
=====
D: {date:slash} {time}  T: {date:slash} {time}
{dr1:initials}/{staff1:lower_initials}  Job# {id}
=====
cc: {dr2:full}, {cred}
    {dr3:full}, {cred}
=====
Dictated but not read. {dr1:initials}
=====
Page 1 of 2   {pt:caps_reversed}   MRN {mrn}
=====
{dr1:reversed} {cred} %| {spec} %| pager {phone:pager}
=====
Signed: {rn1:full}, RN {visit:clock}
=====
Attestation: I saw and evaluated {pt:full} with Dr. {dr2:last}. I agree with the plan. {dr1:full}, {cred}
=====
{dr1:full}, {cred}
{hosp}
NPI {npi}  Lic {lic}  DEA {dea}
Tel {phone:other}  Fax {fax}
{email:dr1}
=====
Addendum {visit}: {clin} {dr2:initial_last}, {cred}
=====
CONFIDENTIAL: intended only for {pt:full}. If received in error call {phone:other}.
=====
Printed by {user:staff1} on {date:clock} from {ip}
=====
Reviewed by: {staff1:full} {date:partial}
=====
-{rn1:given_initial} {cred}
=====
*Final Report* Verified {date:clock} by {dr1:caps_reversed}
"""


def blocks(text):
    """The templates of a list separated by `=====`."""
    return [block.strip("\n").replace("\\t", "\t") for block in text.strip("\n").split("=====\n")]


HEADERS, FOOTERS = [b.strip("\n") for b in blocks(HEADERS)], [b.strip("\n") for b in blocks(FOOTERS)]
