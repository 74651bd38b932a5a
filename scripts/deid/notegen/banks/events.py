"""Sentences with dates, and with ages over 89."""

from .negatives import lines

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
