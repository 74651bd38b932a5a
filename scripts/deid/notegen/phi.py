"""Sentences that carry identifiers, by theme, with and without the words that announce them.

Each is woven into notes of every kind. `{pt}` is the patient, `{dr1}` and so on are staff, `{any1}` anybody.
"""
from .negatives import lines

PEOPLE = lines("""
{rel} {any1:full} <at bedside|present|called|notified|updated by phone>.
<His|Her> {rel}, {any1:full}, <reports|states|confirms> that <he|she> has been <more confused|eating poorly|not taking meds>.
{rel} ({any1:given}) is <HCP|POA|the primary caregiver|driving him home|concerned>.
Lives with {rel} {any1:given} and {small} <kids|cats|dogs>.
Spoke with {any1:full}, {rel}, <re: goals of care|who agrees with plan|about discharge>.
Spoke w/ {any1:given} ({rel}) @ {time}.
D/w Dr. {dr2:last}<?, who agrees>.
Discussed with Dr {dr2:last} from {spec}.
Case d/w Drs. {dr2:last} and {dr3:last}.
Dr.{dr2:last} aware. Dr {dr3:last} to see pt.
Seen by <NP|PA|PT|RN> {dr3:full} <today|earlier>.
PCP: {dr1:full}, {cred}
PCP is Dr. {dr1:full}<? at {hosp:other}>.
Attending: {dr1:any} <MD|DO>. Resident: {dr2:any}<?, PGY-2>.
Surgeon: {dr1:any}. Assistant: {dr2:any}. Anesthesia: {dr3:any}<?, CRNA>.
{dr1:initial_last} notified at {time}.
RN {rn1:given} aware.
Report given to {rn1:given} <RN|LPN>.
Report received from {rn1:given_initial}, RN.
{rn1:full} RN, {rn2:full} LPN at bedside for turn.
per {dr2:last}, ok to <d/c|transfer|hold anticoagulation>.
per {any1:given}, pt <fell|refused meds|did not sleep>.
Referred by {dr2:full}, {cred}.
cc: {dr2:full}, {cred}<?; {dr3:full}, {cred}>
CC: Dr. {dr2:full}
Thank you, Dr. {dr2:last}, for allowing me to participate in the care of {mr} {pt:last}.
{mr} {pt:last} <is|was> <pleasant|cooperative|tearful|seen today>.
{mr} {pt:last_initial} was seen <today|again> in follow up.
{pt:given} <is doing well|states she feels fine|denies complaints|was smiling today>.
{pt:given}'s {rel} {any1:given} called.
{mr} {pt:last}'s <labs|CT|wound|daughter> <was reviewed|reviewed|noted>.
{pt:initials} <tolerated procedure|was cooperative|seen>.
Pt prefers to be called "{pt:nick}".
Patient goes by {pt:nick}.
{pt:quoted} was <admitted|seen|brought in by family>.
Patient's maiden name is {any1:last}.
Chart also under {pt:given} {any1:last} (<maiden|former|married> name).
Emergency contact: {any1:full} ({rel}) {phone:other}
Next of kin: {any1:full}, {rel}, {phone:other}
EC: {any1:given} {phone:other}
NOK {any1:full} {phone:other}
Interpreter {any2:full} <?(ID {id}) >used for visit.
Interpreter: {any2:given}, #{id}, {lang}.
Case manager {staff1:full} working on placement.
SW {staff1:given} following.
Social worker: {staff1:full}, LCSW, pager {phone:pager}
Roommate {any1:given} <heard him fall|called EMS|witnessed the seizure>.
Pt's boss, {any2:full}, <needs a note|faxed FMLA papers|called clinic>.
Teacher {mr:any2} {any2:last} at {school} reports inattention.
Accompanied by {rel} {any1:full} and {rel} {any2:given}.
Mother: {mom:full}. Father: {dad:full}.
Mom ({mom:given}) and dad ({dad:given}) <both present|at bedside|here today>.
Baby {pt:last} is <feeding well|rooming in>.
Baby <Boy|Girl> {pt:last} born to {mom:full}.
BB {pt:last} <voided x1|latching well>.
Family: wife {wife:given}, children {any1:given}, {any2:given} and {any3:given}.
Children: {any1:given} (<12|34|8>), {any2:given} (<9|41|5>).
Siblings {any1:given}, {any2:given}, {any3:given} all healthy.
He was in a fight with {any1:full} <at work|over money>.
Patient's ex, {any1:given}, has restraining order.
Officer {any1:last} at bedside<?, badge #{id}>.
Rev. {any1:last} visited. Chaplain {any2:full} called to bedside.
Fr. {any1:last} gave sacrament of the sick.
Dictated by: {dr1:full}, {cred}
Transcribed by {staff1:lower_initials}.
{dr1:initials}/{staff1:lower_initials}
{dr1:initials}:{staff1:lower_initials}
DD: {date:numeric} DT: {date:numeric} {dr1:initials}/{staff1:lower_initials}
Electronically signed by {dr1:full}, {cred} {visit:clock}
Electronically signed: {dr1:full} {cred} on {visit}
/es/ {dr1:caps}, {cred}
/s/ {dr1:full}
Signed: {dr1:initial_last}, {cred}
[{dr1:full} {cred}]
~{dr1:given}
- {rn1:initials}, RN
--{rn1:two_initials_last}, RN
({rn1:initials})
Authenticated by {dr1:reversed_mid} {cred} at {time}
Cosigned by: {dr2:full}, {cred}
Scribed by {staff1:full} for Dr. {dr1:last}.
I, {staff1:full}, am scribing for {dr1:full}, {cred}.
Provider: {dr1:reversed} <MD|NP|PA>
Ordering: {dr1:reversed_mid}
Ref MD: {dr2:caps_reversed}
Verified by: {staff1:caps_reversed}
Team: {dr1:last}/{dr2:last}/{dr3:last}
Consults: {dr1:last} (cards), {dr2:last} (renal), {dr3:last} (ID)
{spec}: Dr. {dr2:last}
Seen w/ {dr2:last} & {dr3:last} on rounds.
{any1:full} - {rel}
Pt was caring for {his} {rel} {any1:given}, who passed away <last month|{date:month_year}>.
{rel}'s name is {any1:given}.
Name on bottle: {any1:full}.
Two patient identifiers used: name {pt:full}, DOB {dob}.
Ms {any1:last} and Mr {any2:last} both signed.
Witness: {any1:full}
Witnessed by {any1:initial_last}, {any2:initial_last}.
Consent signed by {any1:full} (<mother|POA|guardian>).
Guardian ad litem {any1:full}, Esq.
Attorney {any1:full} of {any1:last} {any2:last} LLP requested records.
hx obtained from {any1:given} and {any2:given}
per daughter {daughter:given}
son {son:given} flying in from {town:other}
{son:given} (son) <can be reached at|cell|c:> {phone:other}
pt's neighbor {any1:given} checks on {him}
Dog named Biscuit keeps {him} company; neighbor {any2:given} feeds it.
Twin {any1:given} has same symptoms.
MD: {dr1:last}    RN: {rn1:given}
<Sincerely|Best regards|Regards|Respectfully>,\\n{dr1:full}, {cred}
Dear Dr. {dr2:last}:
Dear {dr2:given},
To: {dr2:full}, {cred}\\nFrom: {dr1:full}, {cred}
Hi Dr. {dr1:last}, this is {pt:given} {pt:last}.
-{pt:given}
Thanks, {pt:given} {pt:last_initial}
cc'd {dr1:last}, {dr2:last}, {dr3:last}
Nurse {rn1:last} gave report to Nurse {rn2:last}.
Midwife {staff1:given} {staff1:last}, CNM attending. Doula {any1:given} present.
Donor: {rel} {any1:full}.
Pt is s/p assault by {rel} "{any1:nick}".
Pt states "{any1:given} hit me".
Pt asking for {any1:given} repeatedly; reoriented.
{pt:given} {pt:last} {aged} {sexword}
""")

DATES = lines("""
Last seen {date}.
LMP {date}<?, EDD {date:slash}>.
Seen on {date} for {cond}.
Admitted {date:numeric}, discharged {date:numeric}.
Admit date: {date:numeric}   D/C date: {date:numeric}
{proc} on {date}.
s/p {proc} {date}
s/p {proc} ({date:month_year})
{proc} in {date:month_year} <at {hosp:other}|without complication>.
f/u {date:partial} at {time}
Appt {date:weekday} {time}.
RTC {date:partial}.
MRI from {date} shows no change.
CT {date:slash}: stable.
Labs {date:partial}: Na {num}, K {dec}
{date:partial}: {drug} {dose} started
{date:slash} - pt called c/o {symptom}
{date:numeric} {time} - {clin}
Since {date:month_year}, {symptom} has <worsened|improved>.
Pt has not been seen since {holiday}.
Symptoms started around {holiday}.
Fell on {holiday}, hit head, no LOC.
Pt's birthday is {dob:partial}.
dob {dob}
DOB: {dob}
D.O.B. {dob}
Born {dob}.
born on {dob:written}
Sutures out on {date:partial}.
Next INR {date:slash}.
Immunizations: MMR {date:slash}, Tdap {date:slash}, flu {date:month_year}
Hospitalized {date:range} for {cond}.
on abx {date:range}
Course dates {date:range}.
STD from {date:numeric} to {date:numeric}.
Mammogram ({date:slash}) BI-RADS 2. Colonoscopy {date:month_year}. DEXA {date:month_year}.
Started dialysis {date}.
MVA on {date:written}.
Date of injury: {date:numeric}
DOI {date:slash}  DOS {date:slash}
DOS: {visit}
Date of death {date:numeric}, time {time}
Pronounced at {time} on {date}.
Expires {date:numeric}.
LKW {date:clock}
Last dose {date:clock}
Next appt: {date:weekday} w/ {spec}
HbA1c {dec} ({date:slash}), {dec} ({date:slash})
cr {dec} ({date:partial}) -> {dec} ({date:partial})
PPD placed {date:partial}, read {date:partial}: 0 mm
Echo {date:stamp} EF {ef}
Collected: {date:clock}  Received: {date:clock}  Reported: {date:clock}
Printed {date:clock}
Moved here in {date:month_year}<? from {country}>.
Sober since {date}.
Dx {date:month_year}, progressed {date:month_year}
The patient was first diagnosed on {date:written}, and underwent {proc} on {date:written}.
Pt d/c'd <back on|on> {date:partial}, bounced back {date:partial}.
Surgery rescheduled from {date:partial} to {date:partial}.
Expected back to work {date:weekday}.
EDC {date:numeric} by 8 wk US.
ROM {date:partial} {time}
Trach change due {date:slash}.
Seen <early|late|mid> {date:month_year} for {cond}.
Week of {date:slash}.
No menses since {date:month_year}.
{date:month_year}: {proc}. {date:month_year}: {cond}.
- {date:slash}: {clin}
{date:slash} - {date:slash}: {drug} {dose}
Chemo C1 {date:slash}, C2 {date:slash}, C3 due {date:slash}
Wt {wt} on {date:partial}, {wt} on {date:partial}
Cx {date:partial} NG; {date:partial} GPC
neg {date:partial}, pos {date:partial}
EGD ({date:month_year}), colo ({date:month_year}) - {spec}
Anniversary of {rel}'s death {date:partial}.
DNR signed {date:slash}.
Last Hgb {dec} on {date}, {dec} on {date}.
as of {date:slash} no fever
dc'd {date:partial}
{date:partial}- {date:partial} ICU
{date:iso} {time} {clin}
[{date:slash}] {clin}
({date:slash}) {imp}
{date:numeric} | {drug} {dose} | {freq}
{date:numeric}\t{labs}
Reviewed MRI ({date:numeric}) and EMG ({date:numeric}).
wound vac changed {date:partial}, {date:partial}, next {date:partial}
pt states "I was fine until {holiday}"
Bday {dob:partial}, turning {anyage}.
DOB {dob} ({age} <yo|y/o|yrs>)
{dob} ({aged})
""")

AGES = lines("""
Pt lives with <mother|father|aunt|grandmother>, age {anyage}.
<Mother|Father> died at {anyage:old}<? of old age>.
Father alive at {anyage}, mother deceased at age {anyage}.
FHx: mother d. {anyage:old} CVA, father d. 62 MI
Grandmother lived to {anyage:old}.
{anyage:old} y/o {rel} at home, also frail.
Wife is {anyage:old} and has dementia.
Just turned {anyage:old}.
At {anyage:old} years of age {he} still drives.
{He} is {anyage:old} years old and lives alone.
Age: {age}
{age}yo
Aged {anyage:old}, independent in ADLs.
A {anyage:old}-year-old neighbor was also injured.
Given age ({anyage:old}) family declines surgery.
Sister is {anyage:old}, brother {anyage:old}, both living.
""")

CONTACT = lines("""
Call {phone} with results.
Cell {phone}, home {phone:other}
Ph: {phone}  Fax: {fax}
Tel {phone:other} / Fax {fax}
phone # {phone}
can be reached at {phone}
Reach {rel} at {phone:other}<?, ok to leave message>.
LM at {phone} x2, no answer.
Pt called from {phone:other}.
Contact number on file: {phone}
pager {phone:pager}
Beeper {phone:pager}
pgr #{phone:pager}
Page me at {phone:pager} with questions.
{dr1:last} p{phone:pager}
x{phone:ext}
Call ext. {phone:ext} for <lab|pharmacy|results>.
Nurse line {phone:other}
Callback: {phone:other}
Pharmacy: {pharmacy} {phone:other}, fax {fax}
{pharmacy} on {street:other} {phone:other}
Faxed to {fax}.
F: {fax}
fax# {fax}
Records to be faxed to {hosp:other} at {fax}.
T {phone:other} F {fax}
(P) {phone:other} (F) {fax}
facsimile {fax}
Sent via fax ({fax}) at {time}.
Email: {email}
e-mail {email}
Pt emailed from {email}.
Send results to {email}.
{dr1:full} %<{email:dr1}%>
contact {staff1:given} at {email:staff1} or {phone:other}
Portal message sent to {email}.
Patient portal: {url}
See {url} for images.
Uploaded to {url}
pt's blog {url}
Images at {url}
Telehealth link: {url}
Pt's GoFundMe page is {url}.
Logged in from IP {ip}.
IP address {ip}
Remote session from {ip} at {time}.
src={ip} user={user}
Video visit; pt IP {ip}
Device MAC {mac}
Wi-Fi MAC address {mac}
Telemonitor at {ip} offline.
{phone} (c)
(h) {phone} (w) {phone:other}
H: {phone} C: {phone:other}
mom's cell {phone:other}
Text {phone} ok per pt.
{any1:full}: {phone:other}
pt's Instagram @{user:pt}
Username {user:staff1} accessed chart.
""")

PLACES = lines("""
Lives at {addr}.
Address: {addr}
Addr: {addr:lines}
Home address {addr}
pt lives on {street}
Resides in {town}<? with {rel}>.
Lives in {town}.
From {town:other}, here visiting {rel}.
Moved from {town:other} to {town:other} {ago} ago.
Born in {town:other}, raised in {country}.
Originally from {town:other}.
Transferred from {hosp:other}<?, {town:other}>.
Txfr from {hosp:other} for higher level of care.
Previously seen at {hosp:other}.
Had {proc} at {hosp:other} in {year}.
Followed at {hosp:other}.
outside records from {hosp:other} reviewed
brought in by EMS from {snf}
Resident of {snf}.
D/C to {snf} <today|in AM|when bed available>.
Accepted at {snf}, bed available.
Works at {company} in {town:other}.
Employed by {company}, {town:other}.
Attends {school}.
Student at {school}.
8th grader at {school}
Went to {school} in {town:other}.
ZIP {zip}
zip code {zip}
{county} <EMS|Sheriff|Health Department|DSS> notified.
Lives in {county}.
{hood} neighborhood
Found down near {landmark}.
MVC at {rural}.
Accident on {street:other}.
picked up at {street:other} by EMS
Staying at shelter on {street:other}.
Mailing: {rural}, {town:other}
Mail to {rural}
Address in {country}: {foreign}
Lives on a farm outside {town:other}.
Homeless, stays around {landmark}.
Drove from {town:other} <this morning|2 hours>.
Recent travel to {town:other}.
Traveled to {town:other}, {country} {ago} ago.
Pt in {room}, {ward}.
Transferred to {ward}.
Dialysis MWF at {hosp:other}.
Rx sent to {pharmacy} in {town:other}.
{pharmacy}, {street:other}, {town:other}
Seen at our {town:other} clinic.
{town:other} office
Lives 20 miles from {town:other}.
Daughter lives in {town:other}, son in {town:other}.
will stay w/ {rel} in {town:other} after d/c
VNA of {town:other} to follow.
Visit at {hosp}.
{hosp} ED
<MVC|accident|fell|found|jogging|hit by car|bike crash> <on|along|near|at> {road}.
lives <off|on|near> {road} in {town}
Works near {road}.
Clinic on {road}.
our {road} <office|location|clinic>
Attends <services|day program|AA|adult day care> at {landmark}.
Was hiking at {landmark} when {he} slipped.
Swims at {landmark}. Walks daily at {landmark}.
Incarcerated at {landmark} until {date:month_year}.
Lives at {landmark}, unit {small}.
Works as {job} at {landmark}.
Tick exposure near {landmark}, {town:other}.
Burial through {landmark}.
Camping <in|near> {town:other} last week.
Sent from {landmark} by nurse {rn2:last}.
Went to {town:other} for {holiday}.
{town:other} native.
Now in {town:other} w/ {any1:given}.
Flew in from {town:other} on {date:partial}.
{town:other} Fire Dept / {town:other} PD on scene.
{town:other}-based {job}
Seen at {town:other} VA.
{hosp:other} -> {hosp} transfer
OSH ({hosp:other}): CT neg.
Labs from {hosp:other}: Hgb {dec}
Had been at {snf} x {small} wks.
Bed at {snf} or {snf} per CM.
{ward} RN {rn1:given} called.
{hosp:other} records req'd; ph {phone:other} fax {fax}
Ship supplies to {addr:other}
Previous address {addr:other}
Utilities off at {street}.
APS visited {street}.
Forwarding address: {addr:other}
landlord at {street:other}
""")

NUMBERS = lines("""
MRN {mrn}
MRN: {mrn}
MR# {mrn}
MR #: {mrn}
Med Rec No. {mrn}
Medical record number {mrn}
Chart # {mrn}
Unit No: {mrn}
UHID {mrn}
Hosp # {mrn}
Pt ID {mrn}
EMR {mrn}
Patient number: {mrn}
SSN {ssn}
SSN: {ssn}
SS# {ssn}
Social security # {ssn}
soc sec {ssn}
last 4 of SSN {ssn:last4}
SSN ends in {ssn:last4}
last four {ssn:last4}
Verified by last 4 social: {ssn:last4}
TIN/SSN {ssn}
Insurance: {insurer}, ID {plan}
{insurer} ID# {plan}
Member ID: {plan}
Member # {plan}, Group # {plan2}
Medicare # {plan}
MBI {plan}
HICN {plan}
Medicaid ID {plan}
Medicaid {plan}
Policy no. {plan}
Subscriber ID: {plan}  Grp: {plan2}
subscriber {any1:full}, id {plan}
{insurer} policy {plan}
ins ID {plan}
Plan ID {plan}
Beneficiary number {plan}
RxBIN 610014 RxPCN MEDDPRIME ID {plan}
coverage under husband's plan {plan}
Primary: {insurer} {plan} Secondary: {insurer} {plan2}
Acct {acct}
Acct #: {acct}
Account number {acct}
Account No. {acct}
Billing acct {acct}
Guarantor acct: {acct}
HAR {acct}
Guarantor {any1:full}, account {acct}
Copay paid by card {acct2}
Visa ending in {acct2}
Charged to card {acct2}
Bank acct {acct2}
Fin # {acct}
FIN: {acct}
invoice {acct2}
Statement acct no {acct}
Driver's license {dl}
DL {dl}
DL# {dl}
ID checked: {state} DL {dl}
license no. {dl}
DEA {dea}
DEA# {dea}
NPI {npi}
NPI: {npi}
{dr1:full}, {cred}, NPI {npi}, DEA {dea}
Lic # {lic}
License {lic}
Medical license: {lic}
State lic. no. {lic}
RN license {lic}
{cred} Lic#{lic}
Pilot certificate {lic}
CDL {dl}
Plate {plate}
License plate {plate}
Driving a {carcolor} {car}, plate {plate}.
{car} ({plate})
tag # {plate}
tags {plate}
VIN {vin}
VIN: {vin}
VIN# {vin}
Vehicle: {carcolor} {car}, VIN {vin}
pt's vehicle reg {plate}
parking permit for {carcolor} {car} {plate}
{device_kind} S/N {device}
{device_kind} serial # {device}
Serial number: {device}
SN {device}
{device_model}, serial {device}
{device_model} s/n {device}, implanted {date}
{device_model} SN: {device} Lot: {lot}
Lot # {lot}
Lot {lot} exp {date:month_year}
UDI {device}
UDI: {device}
Model {device_model}; ser no {device}
Device ID {device}
RV lead {device}
Lead serial {device}
Implant: {device_model} REF 500-32 LOT {lot}
Ventilator unit {device}
Pump # {device}
COVID vaccine lot {vaxlot}
interrogated {device_kind} ({device})
Fingerprint ID {bio}
fingerprint template {bio}
Retinal scan {bio}
Retina scan ID: {bio}
Iris scan {bio}
Voiceprint {bio}
Voice print ID {bio}
Voice sample {bio}
Facial recognition ID {bio}
face template {bio}
Biometric ID {bio}
Biometric: {bio}
Palm vein scan {bio}
Identity verified by fingerprint ({bio}).
Checked in by palm scan #{bio}
Hand geometry {bio}
DNA profile {bio}
Thumbprint on file {bio}
Accession {id}
Accession #: {id}
Acc# {id}
Case # {id}
Specimen {id}
Specimen ID: {id}
Path # {id}
Surgical path {id}
CSN {csn}
Encounter # {csn}
Encounter: {csn}
Visit ID {csn}
Visit # {csn}
Order # {id}
Order ID {id}
Subject {id}
Study ID {id}
Enrolled in trial NCT0{num}, subject # {id}
Protocol subject ID {id}
Employee ID {id}
Employee # {id}
Badge # {id}
badge {id}
Claim # {id}
Claim no. {id}
WC claim {id}
Auth # {id}
Prior auth {id}
PA# {id}
Reference number {id}
Confirmation # {id}
Passport {id}
Passport no. {id}
A# {id}
Rx # {id}
Rx# {id}
Prescription no {id}
Photo {file}
Photo of wound saved as {file}
Photos: {file}, {file}
full-face photo {file}
Inmate # {id}
Booking no. {id}
Military ID {id}
DoD ID {id}
Police report # {id}
Incident report {id}
Run # {id}
EMS run {id}
Ticket {id}
Unique ID {id}
Donor ID {id}
UNOS ID {id}
Registry no {id}
Student ID {id}
Locker {id}
Requisition {id}
Bag # {id}
Unit # {id} PRBC transfused
Tracking # {id}
Job ID: {id}
Doc # {id}
Dictation ID {id}
DocID:{id}
MRN/CSN: {mrn}/{csn}
{mrn} / {csn}
#{mrn}
Pt # {mrn}, acct {acct}, SSN {ssn}
""")

THEMES = {name: [line.replace("\\n", "\n").replace("\\t", "\t") for line in bank] for name, bank in
          {"people": PEOPLE, "dates": DATES, "ages": AGES, "contact": CONTACT, "places": PLACES, "numbers": NUMBERS}.items()}
WEIGHTS = {"people": 34, "dates": 17, "ages": 4, "contact": 13, "places": 14, "numbers": 34}
