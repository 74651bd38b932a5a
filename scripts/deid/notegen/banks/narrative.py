"""Sentences in running prose with several identifiers in them."""

from .negatives import lines

NARRATIVE = lines("""
{mr} {pt:last} is a {aged} {sexword} from {town} who <was brought in by|was accompanied by|came with> {his} {rel} \
{any1:given} after <a fall|a syncopal episode|an MVC> on {date}.
{pt:full} is a {aged} {sexword} with {cond}, last seen by Dr. {dr2:last} at {hosp:other} on {date}.
{pt:full}, {aged}, <presents|presented> to {hosp} on {date} with {symptom}.
The patient, {pt:full}, was transferred from {hosp:other} in {town:other} on {date} under the care of Dr. {dr2:full}.
I saw {pt:full} in clinic <today|on {date}> for follow-up of {cond}.
I had the pleasure of seeing your patient {mr} {pt:full} in our {town:other} office on {date}.
{He} lives with {his} {rel} {any1:given} at {addr} and can be reached at {phone}.
{He} was working at {company} in {town:other} when {he} developed {symptom}.
EMS found {him} at {street:other}, {town:other}, <unresponsive|confused|c/o {symptom}>.
{His} {rel} {any1:full} (<cell |ph |>{phone:other}) states {he} <fell|was last normal|took too much {drug}> \
<on|around> {date}.
Spoke with {any1:full} at {phone:other} on {date:partial} at {time}; <she|he> will <call back|bring meds|pick up \
patient>.
Dr. {dr2:last} at {hosp:other} performed {proc} on {date}; op note faxed to {fax}.
Records from {hosp:other} (MRN {mrn}) show {proc} in {date:month_year}.
Dr {dr2:last} called from {hosp:other}, wants {dr1:last} to call {phone:other}.
{pt:given} told {rn1:given} that {any1:given} <hit him|stopped by|gave her pills> on {date:partial}.
Patient was seen by {dr2:full}, {cred}, who recommended {drug} {dose}; {dr3:full} concurs.
Since moving from {town:other} to {town:other} in {date:month_year}, {mr} {pt:last} has not had a PCP.
{He} served at {landmark} and receives care at the {town:other} VA, last 4 {ssn:last4}.
{his} wife {wife:given} died on {date}; lives now with son {son:given} and daughter-in-law {any1:given} in {town:other}.
{mom:full} delivered a baby boy at {hosp:other} on {date}; pediatrician will be Dr. {dr2:last}.
Per chart, {pt:last} was admitted {date:range} at {hosp:other}.
After discussion with {any1:given} and {any2:given} (children), {pt:given} was made DNR on {date:partial} by Dr. \
{dr1:last}.
{pt:given} reports that {he} drove his {carcolor} {car} (plate {plate}) into a pole on {street:other}.
{staff1:full} from {snf} called ({phone:other}) to report {symptom} since {date:partial}.
Pt's {device_kind} ({device_model}, serial {device}) was placed {date} by Dr. {dr2:last} at {hosp:other}.
{pt:full} (DOB {dob}, MRN {mrn}) <called|emailed {email}> asking for refill of {drug}; uses {pharmacy} on \
{street:other}.
{any1:full}, {rel}, lives in {town:other}, phone {phone:other}, e-mail {email:any1}.
Pt was arrested by {county} Sheriff, case {id}, officer {any1:last}.
Please fax results to Dr. {dr2:full} at {fax} and cc {dr3:full}.
Dr. {dr2:last}'s note of {date} reviewed. Dr. {dr3:last}'s plan noted.
<Mr. and Mrs.|Mr & Mrs> {any1:last} were <updated|present>. The {any1:last}s <agree|declined>.
{any1:given} and {any2:given} {any1:last} are the adoptive parents.
Drs. {dr1:last}, {dr2:last}, and {dr3:last} all agree.
{dr1:last} and {dr2:last} to discuss in AM.
per {dr1:last}/{dr2:last}
as per {dr1:initial_last}
PCP ({dr1:last}) aware; {spec} ({dr2:last}) following; {dr3:last} covering tonight.
Sister {any1:full}, a nun at {hosp:other}, visits daily.
Capt. {any1:last} of {town:other} Fire reports extrication x 20 min on {rural}.
Judge {any1:last} signed hold on {date:partial}, docket {id}.
Coach {any1:last} from {school} witnessed the injury on {date:partial}.
Prof. {any1:full} at {school} is {his} employer.
Pt is the {rel} of {any1:full}, also our patient.
Pt's name was misspelled as {any1:full} on the wristband; correct name {pt:full}.
Name alert: another pt {any1:given} {pt:last} on unit.
{pt:given} "{pt:nick}" {pt:last} wants to go home to {town:other}.
aka {pt:nick}
a.k.a. {any1:full}
In {his} {nineties}, still gardening.
Mother lived into her {nineties}.
{He} is a {nineties:noun} living independently in {town}.
In {month} {he} was <fine|hospitalized|started on {drug}>.
Not seen since <last |>{month}.
Surgery planned for {month}.
{He} turned {anyage:old} <last week|on {date:partial}|this year>; {rel} {any1:given} threw a party.
The patient's mother lived to be {anyage:old} and grandmother {anyage:old}.
She is a {anyage:old} y.o. widow, husband {husband:given} died in {year}.
Pt moved to {snf} in {date:month_year} after {rel} {any1:given} could no longer care for {him}.
Home visit made to {street}, gate code given by {rel} {any1:given}.
EMS called to {landmark}, {hood}.
Pt walked here from {hood}.
shelter near {landmark} in {town:other}
Was in {town:other} and {town:other} for work in {date:month_year}.
{date}: seen by {dr1:last}. {date}: seen by {dr2:last}. {date}: no show.
{date:slash} {dr1:initials}: {clin}
{date:partial} {time} {rn1:initials}: {clin}
{date:partial}- {dr1:last}- {clin}
Rx {drug} {dose} #30 called to {pharmacy} {town:other} ({phone:other}) per {dr1:last}, spoke w/ {any2:given}.
{pt:initials} is a {aged} {sexword}.
A {aged} {sexword}, {pt:given_initial}, <presented|was seen> with {symptom}.
{aged} {sexword} with {cond}, {pt:given_initial}, seen at {hosp:other} on {date}.
{aged} {sexword} named {pt:full} with {cond}.
pt {pt:given_initial} w/ {cond}, ref. Dr. {dr2:last_initial}
{pt:given_initial} is a {aged} {sexword} {hpi}
{pt:initial_last} {hpi}
{mr} {pt:last} {hpi}
{pt:given} {hpi}
{mr} {pt:last} {clin}
{pt:last} - {clin}
{pt:reversed} - {imp}
Will call {pt:given} at {phone} by {date:weekday}.
Will ask {dr2:last} to <see|eval|scope> <him|her|pt> <on Monday|tomorrow|{date:partial}>.
Long talk w/ {any1:given} re prognosis, {he} wants {any2:given} there.
OK to leave msg w/ {any1:given}.
Ride home: {any1:given}, {carcolor} {car}.
Jehovah's Witness, elder {any1:full} {phone:other}.
Pt's hx well known to me; first met in {date:month_year} at {hosp:other}.
Patient seen with student {staff1:full}.
Thank you for the consult. {dr1:last} x{phone:ext}
Please call with questions, {dr1:full}, p{phone:pager}
{dr1:full} for {dr2:full}
Supervising: {dr2:last}
on call: {dr3:last} until {time}
signed out to {dr2:last}
s/o from {dr2:last} at {time}
Crosscover {dr3:last}: {clin}
Tx plan reviewed with {pt:given}, {mom:given} and {dad:given}.
IEP meeting {date:partial} at {school} w/ {any1:full} (counselor).
Adopted from {country}; birth name {any1:full}.
{dad:full} (father, works at {company}) signed consent {date:clock}.
Custody: mother {mom:full}, {phone:other}; father {dad:full} incarcerated at {county} jail, inmate # {id}.
Claimant {pt:full} injured {date} while employed at {company}, {town:other}; claim {id}; adjuster {any1:full}, fax \
{fax}.
We discussed the {date:month_year} biopsy from {hosp:other} (accession {id}).
Slides {id} from {hosp:other} reviewed by Dr. {dr2:full}.
Donor kidney from {rel} {any1:given} ({any1:initials}).
{He} logs BP at {url} and messages from {email}.
Home monitor offline (IP {ip}); tech {staff1:given} reset it, s/n {device}.
Check-in kiosk: {bio} matched, photo {file} stored.
Scanned into chart by {user:staff1} on {date:clock}.
Guarantor {any1:full} pays with card {acct2}; acct {acct}.
{insurer} ({plan}) denied claim {id} on {date}; appeal faxed to {fax}.
Prescriber {dr1:full}, {cred}, DEA {dea}, lic {lic}, NPI {npi}.
Immunized at {pharmacy}, {town:other} on {date:slash}.
{any1:full} RN called report to {any2:full} at {snf}.
Pastor {any1:last} and wife {any2:given} at bedside.
Little {pt:given} was <playful|fussy|shy>.
Ms. {any1:last} (guardian) <late|no show|present>.
Tell {dr1:last} that {pt:last}'s K is {dec}.
{pt:last}'s <wife|son|INR|wound|film> <called|here|is 3.2|looks good|ok>.
""")

NEAR_NEGATIVE = lines("""
Seen last {dow}; will return <on |next |>{dow}.
Next visit {dow} at {time}.
In the spring of {year}, diagnosed with {cond}.
Retired in {year}; moved to {state} in {year}.
Veteran, served in {country} in {year}.
Patient is {relig}, speaks {lang}, from {country}.
Was in {country} for 3 weeks.
Ex-smoker since the 1990s.
Mother had {cond} in her 60s; father d. at 72 of {cond}.
Works for {company} as a {job}.
Insured by {insurer}. {insurer} requires prior auth.
Rx to {pharmacy}.
{aged} {sexword} {hpi}
Lives in {state} in the winter.
Vaccinated with Johnson & Johnson; Pfizer booster; Moderna x2.
Drinks Dr. Pepper, eats Wendy's and McDonald's daily.
St. Jude valve; Edwards SAPIEN; Carpentier-Edwards; Starr-Edwards. Medtronic CoreValve.
Boston Scientific lead; Johnson & Johnson hip; Smith & Nephew dressing; Stryker bed; Hill-Rom.
Quest and LabCorp results pending. Epic downtime. Meditech. Cerner.
Uses Facebook and YouTube daily. Watches Fox News and Jeopardy. Reads the Bible.
Has a cat named Max and a dog. Plays golf.
May need SNF. March in place 10x. Will d/c in AM. Mark the site. Bill the plan. Grant leave.
Sat up in chair, sun exposure, wed ring removed, mon-fri schedule, jan itor work.
Baby aspirin; Tylenol PM; Icy Hot; Ben-Gay; Vicks; Tums; Alka-Seltzer; Aleve; Advil; Sudafed; Robitussin; Mucinex DM.
Angel wing stent; Christmas disease; St. Vitus dance; Alice in Wonderland syndrome; Munchausen; Prader-Willi; \
Cornelia de Lange.
Baker Act initiated. Good Samaritan law. Amber alert. Megan's Law registry. Laura's Law. Kendra's Law discussed. \
Medicare Part D. Section 8 housing. FMLA, HIPAA, EMTALA.
German measles; Spanish flu; Rocky Mountain spotted fever; Lyme; Ebola; Zika; Valley fever; Marburg; Hong Kong flu; \
Four Corners; Pontiac fever; Lassa; Norwalk.
Ringer's lactate 1 L; Hartmann's; Dakin's; Domeboro; Burow's; Betadine; Hibiclens; Lugol's; Schiller test.
Kegel exercises; Epley maneuver; Dix-Hallpike; Valsalva; Crede; Heimlich; Buteyko; Williams flexion; McKenzie; Codman \
pendulum; Otago.
Maslow; CAGE; Zung; Hamilton-D 14; Young Mania {num}; Barthel {num}; Katz 6/6; Lawton 8/8; Karnofsky 70; Rankin 3; \
Norton; Waterlow; Sunderland.
Metal: Kirschner wire, Steinmann pin, Hoffman ex-fix, Taylor Spatial Frame, Harrington rod, Austin Moore, Charnley, \
Birmingham hip, Oxford knee, Ilizarov.
Hegar dilators, Sims speculum, Graves speculum, Pederson, Babcock, Allis, Kelly, Kocher, Mayo, Metzenbaum, Adson, \
DeBakey, Army-Navy, Weitlaner, Balfour, Bookwalter, Deaver, Harrington, Pozzi.
Bard-Parker #15 blade. Malecot. Hemovac. Pleur-evac. Blake drain. Davol. Sengstaken-Blakemore. Dobhoff. Corpak. Moss. \
Shiley #6. Bivona. Passy-Muir. Jackson trach. Portex. LMA. Cook catheter. Tenckhoff. Mahurkar. Ash split.
Chief Complaint: Follow Up. History Of Present Illness: See Above. Social History: Denies Tobacco. Family History: \
Non-Contributory. Physical Exam: General Appearance: Well Nourished.
Assessment And Plan: Continue Current Medications. Patient Education Provided. Return Precautions Given. Verbal Order \
Read Back. High Alert Medication. Informed Consent Signed.
Kosher diet. Ramadan fasting. Sabbath observed. Last rites. Anointing of the sick done.
Code Blue. Code White. Rapid Response. Level 1 Trauma. Golden hour. Green Zone. Red flag. Black box warning. Pink \
frothy sputum. White coat HTN. Blue toe. Gray matter. Purple top tube. Gold top. Lavender tube. Brown recluse bite.
""")
