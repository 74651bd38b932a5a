"""Sentences that name people: patients, families, staff and strangers, with and without cues.

`{pt}` is the patient, `{dr1}` and so on are staff, `{any1}` anybody.
"""

from .negatives import lines

PEOPLE = lines("""
{rel} {any1:full} <at bedside|present|called|notified|updated by phone>.
<His|Her> {rel}, {any1:full}, <reports|states|confirms> that <he|she> has been <more confused|eating poorly|not \
taking meds>.
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
Hi Dr. {dr1:last}, this is {pt:full}.
-{pt:given}
Thanks, {pt:given} {pt:last_initial}
cc'd {dr1:last}, {dr2:last}, {dr3:last}
Nurse {rn1:last} gave report to Nurse {rn2:last}.
Midwife {staff1:full}, CNM attending. Doula {any1:given} present.
Donor: {rel} {any1:full}.
Pt is s/p assault by {rel} "{any1:nick}".
Pt states "{any1:given} hit me".
Pt asking for {any1:given} repeatedly; reoriented.
{pt:full} {aged} {sexword}
""")
