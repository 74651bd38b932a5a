"""Questions of clinicians to a search box, and sentences of everyday correspondence."""

from .negatives import lines

QUESTIONS = lines("""
<What is|What's> the <best|recommended|latest> <treatment|management|approach> for {cond} in a {aged} {sexword}, \
{pt:given_initial}<?, seen at {hosp} on {date:written}>?
<Guidelines|Best practices|Recommendations> for <managing|treating> {cond} in {pt:full}, a {aged} {sexword}<? with \
{cond}>, <admitted to|last seen at|treated at> {hosp} on {date:written}<? (MRN: {mrn})>.
Can I <prescribe|give|start> {drug} to {pt:given_initial}, {aged}, <on|taking> {drug}<?, allergic to {drug}>? \
<MRN|Chart|ID> {mrn}.
Drug interactions between {drug} and {drug} for patient {pt:full}, DOB {dob}.
tx options for {cond} in {aged} <male|female|pt>, {pt:given_initial}, seen {date:numeric} at {hosp:other}?
f/u <imaging|labs> for {pt:initial_last} after {proc} on {date:numeric}, insurance {plan}
How to <adjust|taper> {drug} for {mr} {pt:last} who lives in {town} and <missed|skipped> {his} appointment on \
{date:written}?
Prognosis for {cond} after {proc}<?, pt {pt:given_initial}>, <operated|diagnosed> by Dr. {dr1:full} at {hosp:other}, \
{date:month_year}?
<Is|Are> {drug} safe <in pregnancy|with CKD|after a stroke>? Patient: {pt:full}, contact {phone}.
Please summarize the evidence for {drug} in {cond}; my patient {pt:full} (SSN {ssn}) asked.
Interpretation of {negnum} in a {aged} {sexword}
What does a positive {negname} mean in a patient with {cond}?
First-line therapy for {cond} in <adults|children|pregnancy>?
Difference between {cond} and {cond}?
{drug} dosing in renal impairment with CrCl {num}?
management of {cond} in {aged} {sexword} with h/o {cond}, on {drug} {dose}
Evidence for {proc} versus medical therapy in {cond}, published since {year}?
Long-term outcomes of {proc} in patients over 60<?, e.g. {mr} {pt:last} operated at {hosp} on {date:written} (ID: \
{id})>?
Should {pt:full} of {town} (email {email}) be screened for {cond} given {his} {rel}'s history?
Patient <with account|account> {acct}, <license|DL> {dl}, IP {ip}: is telehealth consent valid for {cond}?
criteria for {cond} per {year} guidelines
Vaccination schedule for {aged} {sexword} {pt:given_initial} of {town}, next visit {date:written}
""")

EVERYDAY = lines("""
My name is {pt:full} and I live at {addr}.
Please send the package to {any1:full}, {addr:other}.
{any1:full} lives at {foreign}.
I'd like to change my address to {addr}.
You can reach me at {phone} or {email}.
Call {any1:given} on {phone:other} after 5 pm.
What's the balance on account {acct}?
My credit card {acct2} was <declined|stolen|lost in {town:other}>.
Please transfer the money to {acct2}.
I lost my driver's license, number {dl}, in {town:other}.
My social security number is {ssn}.
The server at {ip} is down since {date:clock}.
Check out {url} for more.
{any1:full} was born on {dob:written} in {town:other}, {country}.
{any1:full} and {any2:full} got married in {town:other} on {date:written}.
Dear {any1:given}, thank you for your letter of {date:written}. Yours, {any2:given}
The meeting with {any1:full} of {company} is on {date:weekday} at {time}.
{any1:last} moved from {town:other} to {town:other} in {year}.
Have you heard about {any1:full}? {he} won the race in {town:other}.
{company} opened a new office in {town:other}.
The band played songs by {any1:full} at {landmark}.
I will be travelling to {country} next week.
I bought it at {company} for $25 {ago} ago.
{any1:full}\\n{street:other}\\n{town:other}\\n{country}
{any1:full}\\n\\n{addr:other}
{any1:full}\\n{company}\\n{addr:other}\\n{phone:other} office\\n{fax} fax
How do I get from {road} to {landmark}?
We'll stay with {any1:given} at {street:other}.
Is {any1:full} there? No, this is {any2:given}.
The true gender of {any1:full} was never in question.
As promised, here is {any1:given}'s email: {email:any1}
{any1:full}: "I never said that", {date:written}.
{mr:any1} {any1:full} is {anyage} years old, {mr:any2} {any2:last} is {anyage}.
{any1:full} was head of {company} until {year}.
For my take on {any2:last}, see {any1:full}'s blog {url}
What are my options?
How much does it cost to open an account?
Who was the thirty-first president?
It's raining again, the third time this week.
Our team is {lang} and {relig}.
Billing address: {any1:full}\\n    {street:other}\\n    {town:other}
Unlike {any1:full}, {any2:full} stayed in {country}.
I once lived in {foreign}. I now live in {addr:other}
ID number {id}, card holder {any1:full}
""")

EVERYDAY = [line.replace("\\n", "\n") for line in EVERYDAY]
