"""The shorthand of people in a hurry: no verbs, few cues, people by one name, numbers without announcement."""

from .negatives import lines

TERSE = lines("""
{pt:last} {agesex} {cond}
{pt:full} {agesex}, {hpi}
{room} {pt:last} {agesex}
{pt:reversed} {agesex} {mrn}
{pt:last} {mrn}. {proc} {date:partial}
{agesex} {symptom} x {ago}
({age}) {pt:last}
{agesex} from {snf}
d/w {dr2:last}
d/w {dr2:last} ({spec})
d/w {dr2:last} ({spec} fellow)
{dr2:last} ok w/ plan
{dr2:last} to staple, {dr3:last} to sign
pcp {dr1:last} called
pcp {dr1:last} {town}
f/u {dr1:last} {date:partial}
appt {dr1:last} {date:weekday}
accepted by {dr2:last} @ {hosp:other}
accepting {dr2:last}
paged {dr2:last} {time}, no cb
paged {dr2:last} x2
MD: {dr1:caps}
ord {dr2:last}
att {dr1:last} res {dr2:last} ms3 {staff1:given}
{dr1:last}/{dr2:last}/{dr3:last}
surg {dr1:last} asst {dr2:last} anes {dr3:last}
{proc} {date:partial} {dr2:last}
{proc} {date:slash} ({dr2:last}, {hosp:other})
GETA ({dr3:last})
medics {staff1:last} / {staff2:last}
crew {staff1:last}, {staff2:last} {county} EMS
interp {any1:given} {id}
scribe {staff1:given}
tech {staff1:given}
spec by {staff1:initials}
ofc {any1:last} badge {id}
det. {any1:last} {phone:other}
dep {any1:last} at door
CNA {rn1:given} sitting w/ pt
RN {rn1:given} aware {time}
{rn1:given} RN to {rn2:given} RN {time}
report from {rn1:given}
hgl {staff1:given} DDS {dr1:last}
{dr1:initial_last} {cred} / {staff1:initial_last} RDH
- {dr1:initial_last}
- {dr1:last}
{dr1:last} {cred}
{dr1:full} {cred} {date:partial} {time}
sign: {dr1:full}, lic {lic}
{rel} {any1:given}
{rel} {any1:given} here
{rel} {any1:given} {phone:other}
{rel} ({any1:given}) aware
({any1:given}) {rel}
{any1:given} ({rel})
{any1:full} ({rel}) {phone:other}
{any1:given}, {rel}, {phone:other}
son {son:given} dtr {daughter:given}
kids {any1:given}, {any2:given}, {any3:given}, {any4:given}
parents {mom:given}, {dad:given}
mom {mom:given} dad {dad:given} sibs {any1:given} {any2:given}
uncle {any1:given}, aunt {any2:given}
lives w/ {any1:given}
lives w {rel} {any1:given} {town}
wife {wife:given} 2 kids
ex {any1:given}
bf {any1:given} gf {any2:given}
roommate {any1:given} called
nbr {any1:given} found him
per {any1:given}
ride w/ {any1:given}
cc {any1:given} ({rel})
hcp {any1:full}
poa {any1:full} {phone:other}
ec {any1:given} {phone:other}
{pt:given} turns {anyage:old} {date:partial}
will be {anyage:old} on {date:partial}
{rel} {anyage:old}, frail
mom lived to {anyage:old}
mo {anyage:old} A&W, fa d. {anyage:old}
gma d {anyage:old}, gpa d 71 MI
{pt:given} wants to go home
{pt:given} says no
{pt:given} crying, {any1:given} left
{pt:nick} doing ok
called {pt:nick}
goes by {pt:nick}
mister {pt:last} up in chair
miss {pt:given} ate 50%
doctor {dr1:last} here
xr {date:partial} neg
ct {date:partial} stable
mri {date:partial} - {imp}
or {date:partial}
POD1 ({date:partial})
sutures out {date:partial}
on {drug} since {date:partial}
last {drug} {date:partial} {time}
({date:partial} {time})
{date:partial} {time} {vitals}
{date:partial} {dec} {date:partial} {dec} {date:partial} {dec}
cr {dec} {date:partial}, {dec} {date:partial}
wt {date:partial} {wt}
{date:partial}-{date:partial}
adm {date:partial} dc {date:partial}
rtc {month}
{date:partial}, {date:partial}, {date:partial}
clinic {date:partial}, {date:partial}; ns {date:partial}
{date:partial} - {date:partial} snf
{pt:given} turns {age} {date:partial}
{any1:given}, his {rel}
{any1:given}, her {rel}, called
{any1:given} says he is worse
{any1:given} will bring meds
{any1:given} may visit {dow}
{any1:given} hopes to take him home
{any1:given} and {any2:given} to decide
dr {dr1:last} will call {any1:given}
{dr1:last} may see {date:partial}
will ask {any1:given}
{rel} {any1:given} will drive
{any1:last} family here
the {any1:last} twins
names spelled {any1:full}
back in {month}
since {holiday}
s/p fall {holiday}
inr {dec} next {date:partial}
rx exp {date:expiry}
lot {lot} exp {date:expiry}
card exp {date:expiry}
seen {date:partial} @ {hosp:other}
tx from {hosp:other}
at {hosp:other} {date:partial}
to {snf} {date:partial}
snf: {snf}
{hosp:other} recs {fax}
from {town:other}
({town:other})
{any1:given} ({town:other})
dtr in {town:other}
works {town:other}
{company} in {town:other}
{school} 8th gr
attends {school}
{pharmacy} {town:other}
{pharmacy} {road}
found @ {road}
mva {road}
lives {street}
{street} {town}
{landmark} fall
VA {town:other}
{town:other} CBOC
{town:other} ortho
{surname_place}
seen at {surname_place}
{surname_place} f/u
ref to {surname_place}
{phone} ok to lv msg
{phone:other} cell
p {phone:pager}
{dr1:last} p{phone:pager}
pager {dr1:last} #{phone:pager}
x{phone:ext}
{phone:spoken}
call {phone:spoken}
ssn {ssn:spoken}
mrn {mrn}
#{mrn}
({mrn})
chart {mrn}
file {mrn}
rec {mrn}
{pt:last} ({mrn})
acct {acct}
stmt {acct}
bank {acct2}
card {acct2}
{insurer} {plan}
ins {insurer} {plan} grp {plan2}
mbr {plan}
sub {any1:given} {plan}
supp {plan2}
policy {plan}
va card {plan}
tag {plate}
car {plate}
reg {plate}
{carcolor} {car} {plate}
{car} ({plate})
van {plate}
lic {plate}
{state} {plate}
veh 2 {plate}
rental {plate}
placard {plate}
bus {plate}
tail {plate:tail}
plate starting {plate:part}
vin {vin}
sn {device}
ser {device}
s/n {device}
{device_kind} {device}
{device_model} {device}
tx {device}
hub {device}
pump {device}
valve {device}
fem {lot}, tib {lot}, poly {lot}
stem {lot} cup {lot}
wearable {device}
box {device}
dl {dl}
dea {dea}
npi {npi}
lic {lic}
rn {lic}
fp {bio}
print {bio}
palm {bio}
iris {bio}
voice {bio}
face {bio}
afis {bio}
gait {bio}
footprint {bio}
STR profile {bio}
{file}
photo {file}
clip {file}
img {file} ({date:partial})
acc {id}
case {id}
kit {id}
form {id}
site {id}
protocol {id}
emp {id}
badge {id}
login {user}
ref {id}
rpt {id}
file no {id}
docket {id}
app id {id}
unit {id} prbc
interp #{id}
csn {csn}
enc {csn}
ord {id}
clm {id}
auth {id}
bag {id}
ip {ip}
from {ip}
{url}
{email}
email {email}
""")

TERSE_NEGATIVE = lines("""
{sur} {small}
{sur} ok
{sur} neg
{sur} not done
{sur} {small}/{num}
{sur}-{sur} neg
{sur} & {sur} class {small}
{sur} antibody neg
{sur} borderline
{sur} prep {small}
{sur} score {num}, {sur} {small}
{sur} stim 2 Hz
{sur} lens, {sur} loupe
{sur} x2 out
may shower, may drive in 2 wk
will call, will hold {drug}
hope for dc, faith important
mark site, grant pass
art line, rose colored urine
march in place x10
{dow} {time} clinic
dc {dow}
q{small}h
pain {small}/10
{small}/5 bl
20/40 ou
wk 5/8
day 4/10
bp {bp} hr {hr} t {temp}
{bp} {hr} {rr} {spo2}
{newdrug} {dose} {freq}
{newdrug} held
{drug}/{newdrug}
k {dec} cr {dec}
{dec}/{dec}/{num}/{num}
ef {ef}
l4-5, s1
icd {icd}
cpt {cpt}
2+ dp/pt
Dr. Scholl's inserts, Dr. Brown's bottle
will to live, may to june course
hope, faith, joy per chaplain
rose gold ring in safe, pearl earring to family
ray amputation, dean's tray, page on call
grace period, mark q shift, bill to ins
iris intact, ivy rash, lily allergy, holly berry ingestion
sandy stools, misty vision, amber urine, ruby red tongue
chase with water, drew labs, rob of rest
summer job, april showers, winter coat
st john's wort, king's evil
st jude valve ok
siemens on, edwards line
good color, young for age, long hx
early sat, late decels
brown sputum, green bile, gray stool
white count up, black eschar
summer cough, winter itch, spring allergies
price too high
dr to see
md aware, rn aware
np here
pt/ot
lives alone
lives w spouse, 2 dogs
from home, from snf, from ed
to or, to pacu, to icu
{lang} speaking
{relig}
{job}, {state}
born {country}
dx {year}
quit {year}
x30 yrs
in her 60s
87F
{imp}
""")
