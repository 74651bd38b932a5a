"""Every category announced in many ways: cue words x separators x values, and values with the cue behind them.

A category is picked first, so the rare ones are as frequent as the common ones.
"""

CUES = {
    "{mrn}": """MRN|mrn|MR|MR#|MR No|Med Rec|Med Rec #|Medical Record|Medical Record Number|medical record no.|Chart|
Chart No|chart number|Patient ID|
Pt ID|PID|Patient No|Unit Number|Unit No.|Hospital Number|Hosp No|EMRN|EPI|Record #|record number|Clinic #|clinic no|
Case MRN|Enterprise ID|UMRN|History #|Hx#""",
    "{ssn}": """SSN|ssn|SS#|SS No|Soc Sec|Social|Social Security|Social Security Number|Social Security No.|
soc. sec. no.|
S.S.N.|Soc Sec #|SSN (verified)|TIN|social sec #""",
    "{ssn:last4}": "last 4|last four|last 4 SSN|last four of social|SSN last 4|L4|SSN ending|SSN xxx-xx|last 4 "
    "digits of SSN",
    "{plan}": """Member ID|member id|Member No|Member #|Subscriber ID|Subscriber #|Policy|Policy #|Policy Number|
policy no|Group|Group No|Grp #|Group Number|Insurance ID|Ins ID|Ins #|
Insurance #|Medicare|Medicare ID|Medicare #|MBI|HIC|HICN|HIC#|Medicaid|Medicaid ID|Medicaid #|Medi-Cal ID|MassHealth ID|
Plan ID|Plan #|Health plan ID|Health Plan #|Beneficiary ID|
Beneficiary #|Contract #|Contract No|Cert #|Certificate #|Cardholder ID|Card ID|RxID|Rx ID|BCBS #|Aetna ID|Cigna #|
UHC ID|Humana ID|Tricare ID|Kaiser #|HMO #|PPO ID|Coverage ID|Enrollee ID|
Payer ID #|insurance number|Ins. Policy|Recipient ID|CIN""",
    "{acct}": """Account|Acct|Acct #|Account #|Account No|Account Number|acct no.|Acct Num|A/C|A/C No|Patient account|
Pt Acct|Billing #|Billing acct|Billing account|Guarantor #|Guar Acct|
HAR|Hosp Acct|Hospital Account|FIN|Fin #|Financial #|Invoice|Invoice #|Statement #|Bill No|Bank acct|Checking acct|
Savings account|Routing/acct|IBAN|Credit card|CC#|Card #|Visa|MC|
Amex|Debit card|card on file|HSA acct|FSA acct #|payment acct|collections acct""",
    "{dl}": "DL|DL#|D.L.|Driver License|Driver's license|Driver's Lic #|Drivers license no.|driver's lic|Drivers "
    "Lic|Operator license|State ID|State ID #|OLN|CDL|CDL #|DMV #|DLN|Lic (driver)",
    "{lic}": """License|License #|License No|License Number|Lic|Lic #|Lic. No.|Lic no|Medical License|Med Lic|
Medical Lic #|State License|State Lic|Board license|RN Lic|RN license #|Nursing license|
PA license|PT Lic #|LCSW #|Pharmacist lic|RPh #|Cert #|Certification no|Teaching license|CNA cert|EMT #|
Paramedic cert #|Concealed carry permit|pilot cert|Fishing license""",
    "{dea}": "DEA|DEA #|DEA#|DEA No|DEA Number|DEA Reg|DEA registration|prescriber DEA",
    "{npi}": "NPI|NPI #|NPI#|NPI No|Prov NPI|Provider NPI|Rendering NPI|Ordering NPI|National Provider ID",
    "{plate}": """plate|Plate #|License plate|Lic plate|lic. plate|plates|tag|Tag #|tags|Tag no|Vehicle tag|car tag|
registration|Reg|Reg #|vehicle reg|reg no|plate number|Vehicle plate|
{carcolor} {car}, plate|{car} w/ plate|{carcolor} {car} tag|parking permit, plate|handicap placard for plate|
{car} license plate|{state} plate|{state} tag""",
    "{vin}": "VIN|VIN #|VIN#|VIN No|Vehicle ID|Vehicle identification number|Vehicle ID No.|veh id|{car} VIN|"
    "vehicle VIN|Chassis no",
    "{device}": """Serial|Serial #|Serial No|Serial Number|serial no.|S/N|SN|SN#|S.N.|ser #|Ser. No.|UDI|UDI #|DI|
Device ID|Device #|Device serial|Device SN|{device_kind} SN|{device_kind} serial|
{device_kind} #|{device_kind} ID|{device_kind} S/N|{device_model} SN|{device_model} S/N|{device_model} serial number|
{device_model} #|{device_kind} serial no|Generator SN|Lead SN|RV lead SN|RA lead s/n|LV lead|
Implant ID|Implant serial|Asset tag|Equipment #|Pump SN|Monitor SN|CPAP S/N|Transmitter ID|transmitter SN|sensor SN|
Reader SN|Ref/Serial|valve serial|graft serial|IOL SN|aid serial (L)""",
    "{lot}": "Lot|Lot #|LOT|Lot No|lot number|Implant lot|mesh lot|{device_kind} lot|graft lot #|screw lot|cement lot",
    "{ip}": "IP|IP address|IP addr|ip|IPv4|IPv6|Source IP|src ip|client IP|login IP|from IP|Host|Remote host|"
    "Workstation IP|Network address|logged from|accessed from|remote addr|Session IP",
    "{mac}": "MAC|MAC address|MAC addr|Device MAC|WiFi MAC|BT address|Bluetooth MAC|Eth0",
    "{url}": "URL|Website|Web|web site|Link|link|Portal|Portal link|See|Images at|Video at|Blog|Telehealth link|"
    "Visit|Homepage|Web page|Results at|posted at|Join at|uploaded to|Photo album",
    "{email}": "Email|E-mail|email|e-mail addr|Email address|EMAIL|Contact email|Pt email|em|Mail|Personal email|"
    "email on file|MyChart email|reply to|send to",
    "{phone}": """Phone|Ph|Ph.|Tel|Tel.|Telephone|Telephone #|Phone #|Phone No|Cell|Cell #|Cell phone|Mobile|Mob|Home|
Home phone|Home #|Home Ph|Work|Work ph|Contact|Contact #|Call|Callback|
Call back #|CB#|C|H|W|Office|Ofc|Direct line|Voicemail|Text|SMS|Alt phone|Alt #|Day phone|Eve ph|Emergency phone|
Landline|TTY|reach at|number""",
    "{phone:pager}": "Pager|pager|pgr|Pgr #|Beeper|bpr|Page|pg|pager #|Pager no.|on-call pager|Resident pager|"
    "Spectralink|Vocera|Zone phone",
    "{phone:ext}": "ext|ext.|Ext|extension|x|Extension #|desk ext|ofc ext",
    "{fax}": "Fax|FAX|fax|Fax #|Fax No|Fax number|F|Facsimile|Fx|fax to|Fax results to|Office fax|Secure fax|efax|"
    "eFax #|Fax back|RightFax",
    "{bio}": """Fingerprint|Fingerprint ID|Finger print|fingerprint hash|Fingerprint template|FP ID|thumbprint ID|
Thumb print|Palm print|Palm vein ID|Palm scan|Hand scan|Retina|Retinal scan|
Retina scan ID|Retinal print|Iris|Iris scan|Iris ID|iris code|Voice print|Voiceprint|Voiceprint ID|voice ID|
voice biometric|Face ID|Facial scan|Facial recognition|Face template|face print|Face geometry ID|
Biometric|Biometric ID|Biometric hash|biometric template|Biometrics|Gait ID|DNA profile|DNA ID|Ear print|vein pattern|
Bio-ID|live scan|LiveScan #""",
    "{id}": """Accession|Accession #|Acc #|Acc No|ACC|Access #|Case|Case #|Case No|Case Number|Specimen|Specimen #|
Specimen ID|Spec #|Sample ID|Path #|Surg Path #|Cyto #|Encounter|Encounter #|Enc #|
Enc ID|Visit|Visit #|Visit ID|Visit No|CSN|Contact serial #|Order|Order #|Order No|Ord #|Req #|Requisition #|Study ID|
Study #|Subject ID|Subject #|Participant ID|Participant #|Trial ID|Protocol #|
Randomization #|Screening #|Registry ID|Employee ID|Employee #|Emp ID|EID|Badge|Badge #|Badge No|Staff ID|User ID|
Username|Login|Claim|Claim #|Claim No|Claim Number|WC claim #|Auth|Auth #|
Authorization #|PA #|Prior auth #|Precert #|Referral #|Ref #|Ref No|Reference #|Ref ID|Confirmation #|Confirmation No|
Ticket #|Incident #|Incident No|Event #|Report #|Report No|Police report|
Run #|PCR #|Trip #|Passport|Passport #|Passport No|Visa no|Alien #|Military ID|DOD ID|Student ID|Inmate #|Booking #|
DOC #|Rx #|Rx No|Prescription #|RX|Script #|Tracking #|Job #|Job ID|Doc ID|
Document #|Doc #|Dictation #|Transaction #|Photo ID|Image ID|Film #|Donor #|Donor ID|UNOS #|Unit # (PRBC)|Bag #|Block #|
Slide #|Cassette|Barcode|Locker #|Wristband #|Band #|Armband|Family ID|
Pedigree #|Kit #|Tissue ID|Voucher #|Docket|Docket #|Court case|CPS case #|DCF #|APS case|Warrant #|Permit #|Tax ID|EIN|
Key fob #|Loan #|Waitlist #|Queue #|MyChart ID|Portal ID|Device order #""",
    "{dob}": "DOB|D.O.B.|dob|Date of Birth|Birth date|Birthdate|DoB|Born|b.|birthday|BD|Birth Dt|DOB/Age|date of "
    "birth (verified)",
    "{date}": """Date|DOS|Date of service|D/S|Service date|Visit date|Seen|Adm|Admit|Admitted|Admission date|Adm date|
ADM|D/C|D/C date|Disch|Discharge date|DC'd|Surgery date|DOS/Surg|OR date|Procedure date|
Exam date|Study date|Collected|Coll|Received|Rec'd|Reported|Resulted|Printed|Dictated|Transcribed|DD|DT|Signed|
Date signed|Last visit|Last seen|Next appt|Appt|F/U|f/u on|RTC|Due|Due date|EDD|EDC|
LMP|Onset|Onset date|DOI|Injury date|Accident date|DOD|Date of death|Expired|Expires|Exp|Implanted|Placed|Removed|
Last dose|Started|Stopped|Start|End|Eff|Effective|Term date|Last BM|Last menses|
Last Pap|Last mammo|Last colo|Vaccinated|Tdap|Flu shot|PPD|Updated|Revised|Created|Time stamp|Orders entered|
Death certificate date|as of|through|until|since|before|after|on|dated""",
    "{addr}": "Address|Addr|Home address|Mailing address|Mail to|Residence|Resides at|Res|Lives at|Pt address|"
    "Current address|Billing address|Ship to|Home|Street address|Adr|service address|last known address",
    "{town}": "City|Town|City/State|Hometown|Residence|Lives in|Place of birth|Birthplace|From|POB|Site|Location|"
    "Clinic site|Municipality|Traveled to|Origin",
    "{zip}": "ZIP|Zip|Zip code|ZIP code|zip|Postal code|ZIP+4",
    "{county}": "County|Cnty|County of residence|Jurisdiction|Sheriff, |Health Dept,",
    "{hosp:other}": "Hospital|Facility|Hosp|Facility name|Clinic|Site|Location|Transferred from|Tx from|Txfr to|"
    "From|To|Sending facility|Referring facility|Performing lab|Outside hospital|OSH|Provider org|"
    "Place of service|Seen at|Birth hospital|Dialysis unit|ED|Lab|admitted to|@",
    "{snf}": "SNF|NH|Nursing home|ALF|Facility|Resides at|Dispo|D/C to|Placement|Group home|Hospice|Rehab|Return to|"
    "LTC",
    "{school}": "School|Attends|Education|Employer|College|HS|Daycare|Preschool|grade 4 at",
    "{pt:any}": "Patient|Pt|Name|Patient Name|Pt Name|PATIENT|NAME|Re|RE|Subject|Client|Member|Claimant|Resident|"
    "Child|Infant|Veteran|Consumer|Insured|Subscriber|Beneficiary|Mr/Ms|Proband|Deceased|pt|patient",
    "{dr1:any}": """Attending|Attending MD|Provider|PCP|Physician|MD|Dr|Dr.|Surgeon|Assistant|Anesthesia|
Anesthesiologist|Radiologist|Pathologist|Cardiologist|Oncologist|Consultant|Resident|Intern|Fellow|
Ordering MD|Ordering provider|Referring|Ref MD|Referring physician|Admitting|Adm MD|Primary|Interpreted by|Read by|
Reviewed by|Signed by|E-signed|Electronically signed by|Authenticated by|Cosign|Dictated by|
Prepared by|Performed by|Ordered by|Entered by|Documented by|Author|cc|CC|c/o|Attn|ATTN|From|To|Seen by|Rounded w/|
Discussed w/|d/w|notified|paged|per|Operator|1st assist|Scrub|Circulator|Midwife|Dentist|Hospitalist""",
    "{rn1:any}": "RN|Nurse|LPN|CNA|NP|PA|PA-C|MA|Tech|RT|PT|OT|SLP|SW|CM|Case manager|Care coordinator|Pharmacist|"
    "RPh|Dietitian|RD|Phlebotomist|Chaplain|Scribe|Student RN|Sitter|Transport|Charge RN|Triage RN|"
    "Coordinator|Interpreter|Doula|Hygienist|Clerk|report to|report from|handoff to",
    "{any1:any}": """Mother|Father|Mom|Dad|Wife|Husband|Spouse|Son|Daughter|Brother|Sister|Sibling|Guardian|Parent|
Parents|NOK|Next of kin|Emergency contact|EC|ICE|POA|HCP|HCPOA|Health care proxy|Surrogate|
Caregiver|Caller|Informant|Historian|Accompanied by|Guarantor|Policy holder|Subscriber|Responsible party|Contact|
Contact person|Partner|Friend|Roommate|Neighbor|Employer contact|Attorney|Adjuster|Witness|
Officer|PO|Probation officer|CPS worker|Teacher|Principal|Coach|Landlord|Donor|Support person|Signed (parent)|
Foster parent|Grandmother|Uncle|DPOA""",
    "{any2:given}": "wife|husband|son|daughter|mom|dad|sister|brother|dtr|sis|bf|gf|partner|friend|niece|nephew|"
    "grandson|caregiver|aide|neighbor|roommate|cousin|nurse|RN|tech|sitter|twin|baby|kids|spouse|aunt",
    "{age}": "Age|AGE|age|Age/Sex|aged|Pt age",
    "{holiday}": "Last seen|Since|Fell on|Onset|Appt|on|surgery planned for|d/c'd",
    "{file}": "Photo|photo|Image|Img|File|Picture|Photograph|full face photo|face photo|Attachment|attached|see|"
    "saved as|Wound photo|uploaded",
    "{user}": "User|user|Username|User ID|Login|login|by|entered by|Printed by|accessed by|verified by|Epic ID|NT "
    "login|acct login",
}
CUES = {value: [cue.strip() for cue in cues.replace("\n", "").split("|")] for value, cues in CUES.items()}

#: How often a value is picked against the others.
WEIGHTS = {
    "{id}": 3,
    "{pt:any}": 3,
    "{dr1:any}": 3,
    "{rn1:any}": 2,
    "{any1:any}": 3,
    "{any2:given}": 2,
    "{date}": 3,
    "{dob}": 2,
    "{device}": 2,
    "{plan}": 2,
    "{mrn}": 2,
    "{phone}": 2,
    "{addr}": 2,
    "{hosp:other}": 2,
    "{bio}": 2,
    "{plate}": 2,
    "{acct}": 2,
    "{lic}": 1,
    "{mac}": 0.3,
    "{lot}": 0.5,
    "{age}": 0.5,
    "{holiday}": 0.5,
}

SEPARATORS = [
    ": ",
    ": ",
    ": ",
    " ",
    " ",
    " ",
    ":",
    " - ",
    "= ",
    "=",
    " #",
    "# ",
    " #: ",
    ".: ",
    "\t",
    "   ",
    "....: ",
    " is ",
    " (",
    "- ",
    ":  ",
    " = ",
    " – ",
    "; ",
]

AFTER = """
{plan} is {his} member ID.
{plan} (member #)
{mrn} is the MRN on file.
{mrn} (MRN)
{acct} is the account to bill.
charged to {acct}, guarantor aware.
{ssn} given as social by registration.
{phone} is the best number for {him}.
{phone} (cell)
{phone:other} - wife's cell
{phone:other} rings to voicemail.
{fax} is the fax for records.
{email} is the best email.
{plate} on a {carcolor} {car} in the ambulance bay.
The car ({carcolor} {car}) with {plate} was towed.
{vin} per tow company.
{device} etched on the {device_kind}.
{device_kind} bears number {device}.
The {device_kind} {device} was recalled.
{ip} appears in the access log.
{bio} matched at check-in kiosk.
Enrolled by iris ({bio}) at kiosk.
Scanner returned {bio} for the left thumb.
{id} was the accession used.
{id} (accession)
Specimen labeled {id} sent to lab.
label reads {id}
{url} has the discharge video.
{dl} on the license shown at check-in.
Presented {state} license {dl}.
wallet held license {dl} and insurance card {plan}.
{dea} used on the controlled Rx.
{npi} listed as rendering.
{npi} (NPI)
{any1:full} ({phone:other}) is the emergency contact.
{any1:full}, {phone:other}, {email:any1}
{dob} confirmed by wristband.
{dob} {aged}
{street} is where EMS found {him}.
{addr} (confirmed)
""".strip().split("\n")


def sentence(rng):
    """A template of one cued value, or of a value with its cue behind it."""
    if rng.random() < 0.12:
        return rng.choice(AFTER)
    values = list(CUES)
    value = rng.choices(values, [WEIGHTS.get(v, 1) for v in values])[0]
    cue = rng.choice(CUES[value])
    pick = rng.random()
    if pick < 0.06:
        cue = cue.upper() if "{" not in cue else cue
    elif pick < 0.14:
        cue = cue.lower()
    joint = rng.choice(SEPARATORS)
    if cue[-1] in "#.,@" or cue[0].islower() and rng.random() < 0.5:
        joint = rng.choice([" ", " ", ": "]) if cue[-1] != "#" else rng.choice(["", " ", ": ", ":"])
    text = cue + joint + value
    return text + ")" if joint == " (" else text
