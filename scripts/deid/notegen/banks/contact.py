"""Sentences with telephones, addresses of mail and machines, and with places."""

from .negatives import lines

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
