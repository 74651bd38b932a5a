"""Ordinary clinical words and numbers, which identify nobody."""

LISTS = {
    "cond": """hypertension|HTN|type 2 diabetes|DM2|COPD|CHF|atrial fibrillation|afib|CKD stage 3|asthma|GERD|
depression|anxiety|
hypothyroidism|osteoarthritis|hyperlipidemia|pneumonia|cellulitis|UTI|sepsis|migraine|Parkinson's disease|
Crohn's disease|
Graves' disease|Hodgkin lymphoma|Bell's palsy|Alzheimer's dementia|Raynaud's|Sjogren's syndrome|Addison's disease|
Marfan syndrome|Barrett's esophagus|Hashimoto's thyroiditis|Guillain-Barre|Kawasaki disease|Paget's disease|DVT|PE|
Huntington's disease|Lyme disease|Down syndrome|Cushing's|Wilson's disease|breast cancer|NSTEMI|CVA|gout|psoriasis|
Ewing sarcoma|Wernicke encephalopathy|Sheehan syndrome|Turner syndrome|Klinefelter|Dupuytren's contracture|
Baker's cyst|Osgood-Schlatter|Charcot foot|lupus|MS|ALS|C. difficile colitis|MRSA bacteremia""",
    "drug": """lisinopril|metformin|atorvastatin|Lipitor|amlodipine|metoprolol|Toprol XL|furosemide|Lasix|warfarin|
Coumadin|Eliquis|
apixaban|Plavix|aspirin|gabapentin|Neurontin|sertraline|Zoloft|Lexapro|Prozac|Seroquel|Abilify|lithium|Ativan|Xanax|
Norco|oxycodone|Percocet|tramadol|Tylenol|ibuprofen|naproxen|prednisone|albuterol|Advair|Symbicort|Spiriva|
insulin glargine|
Lantus|Humalog|Novolog|Jardiance|Ozempic|Trulicity|levothyroxine|Synthroid|omeprazole|Protonix|Zofran|Flomax|
finasteride|
amoxicillin|Augmentin|azithromycin|Z-Pak|Bactrim|ciprofloxacin|vancomycin|Zosyn|ceftriaxone|Rocephin|Keflex|Ancef|
heparin|
Lovenox|Keppra|Dilantin|Depakote|Sinemet|Aricept|Namenda|Humira|Enbrel|methotrexate|Plaquenil|Herceptin|Keytruda|Taxol|
Celebrex|Singulair|Claritin|Benadryl|Haldol|Cogentin|Remeron|Wellbutrin|Cymbalta|Lamictal|Paxil|Crestor|Zetia|Entresto|
Aldactone|digoxin|Cardizem|hydralazine|Catapres|Norvasc|Diovan|Cozaar|Hyzaar|Bumex|potassium chloride|K-Dur|Colace|
Senna|
Miralax|Ambien|trazodone|melatonin|Lyrica|Flexeril|Robaxin|Imitrex|Topamax|Premarin|Yaz|Mirena|Depo-Provera|Stelara""",
    "dept": """ED|ICU|MICU|SICU|PACU|Radiology|Cardiology|Pharmacy|Social Work|Case Management|the OR|the cath lab|
Oncology|
Neurology clinic|Infectious Disease|Physical Therapy|the floor|NICU|L&D|Med/Surg|Outpatient Surgery|
the Emergency Department|
Interventional Radiology|Home Health|Palliative Care|Hospitalist service|Wound Care|Anticoagulation Clinic""",
    "lang": """Spanish|Vietnamese|Mandarin|Cantonese|Haitian Creole|Russian|Arabic|Portuguese|Tagalog|Korean|Somali|
Hmong|Polish|
Nepali|Amharic|Farsi|Punjabi|Hindi|ASL""",
    "relig": "Catholic|Jewish|Muslim|Baptist|Jehovah's Witness|Buddhist|Hindu|Lutheran|Methodist|Mormon|Pentecostal|"
    "agnostic",
    "rel": """wife|husband|daughter|son|mother|father|sister|brother|niece|nephew|granddaughter|grandson|aunt|uncle|
partner|fiance|
caregiver|roommate|neighbor|friend|ex-husband|ex-wife|daughter-in-law|son-in-law|stepfather|stepson|cousin|guardian|POA|
HCP|
girlfriend|boyfriend|grandmother|foster mother|home health aide""",
    "job": """retired teacher|truck driver|nurse|electrician|farmer|cook|welder|retired postal worker|cashier|student|
carpenter|
accountant|bus driver|veteran|homemaker|machinist|janitor|software engineer|police officer|barber|seamstress""",
    "spec": """cardiology|neurology|orthopedics|urology|GI|pulmonary|nephrology|endocrinology|oncology|dermatology|
psychiatry|ENT|
ophthalmology|rheumatology|vascular surgery|neurosurgery|podiatry|OB/GYN|pain management|hematology|palliative care""",
    "insurer": """Medicare|Medicaid|Blue Cross Blue Shield|BCBS|Aetna|Cigna|UnitedHealthcare|UHC|Humana|Kaiser|Tricare|
Anthem|
Medi-Cal|MassHealth|Molina|Centene|Tufts Health Plan|Oscar|workers' comp""",
    "proc": """appendectomy|cholecystectomy|CABG x3|TKA|THA|colonoscopy|EGD|cardiac cath|hysterectomy|C-section|
Whipple procedure|
Nissen fundoplication|Roux-en-Y gastric bypass|Mohs surgery|Hartmann procedure|Bankart repair|LASIK|TURP|
laminectomy L4-L5|
PICC placement|lumbar puncture|Foley placement|thoracentesis|bronchoscopy|Fontan|Ivor Lewis esophagectomy|
Maze procedure""",
    "symptom": """chest pain|SOB|abdominal pain|headache|dizziness|fever|cough|n/v|back pain|leg swelling|rash|fatigue|
syncope|
palpitations|dysuria|weakness|numbness|falls|confusion|sore throat|knee pain|diarrhea|constipation|weight loss|
insomnia""",
    "freq": "daily|BID|TID|QID|q6h|q8h PRN|qhs|once daily|twice a day|q12h|weekly|at bedtime|PRN pain|q4-6h prn|"
    "every other day|qAM",
    "route": "PO|po|IV|SQ|subq|IM|by mouth|inh|topically|PR|SL",
    "device_kind": "pacemaker|ICD|insulin pump|CPAP|hip prosthesis|knee implant|cochlear implant|LVAD|port-a-cath|"
    "nerve stimulator|IOL|"
    "wheelchair|hearing aid|dialysis catheter|stent|defibrillator|infusion pump|glucometer|ventilator|mesh|loop "
    "recorder",
    "device_model": "Medtronic Azure XT DR|Boston Scientific Accolade|Abbott Assurity|St. Jude Ellipse|Medtronic "
    "MiniMed 770G|Biotronik Edora|"
    "Zimmer Persona|Stryker Triathlon|DePuy Pinnacle|Cochlear Nucleus 7|ResMed AirSense 10|Smith & Nephew Journey "
    "II|Dexcom G6|"
    "Medtronic Micra|Boston Scientific Emblem|Philips DreamStation|Alaris pump|HeartMate 3|Bard PowerPort|Reveal LINQ",
    "carcolor": "silver|red|blue|black|white|gray|green|tan",
    "car": "Toyota Camry|Honda Civic|Ford F-150|Chevy Tahoe|Nissan Altima|Jeep|Subaru Outback|Dodge Ram|minivan|"
    "pickup|Kia Soul|Tesla Model 3|SUV|sedan|Hyundai",
}
LISTS = {name: [item.strip() for item in text.replace("\n", "").split("|")] for name, text in LISTS.items()}

NUMBERS = {
    "bp": lambda rng: f"{rng.randrange(88, 190)}/{rng.randrange(44, 110)}",
    "hr": lambda rng: str(rng.randrange(48, 130)),
    "rr": lambda rng: str(rng.randrange(10, 30)),
    "temp": lambda rng: f"{rng.uniform(96, 103):.1f}",
    "spo2": lambda rng: f"{rng.randrange(86, 101)}%",
    "wt": lambda rng: rng.choice(
        [f"{rng.randrange(45, 140)} kg", f"{rng.randrange(98, 320)} lbs", f"{rng.uniform(45, 130):.1f}kg"]
    ),
    "dose": lambda rng: rng.choice(
        [
            "5 mg",
            "10mg",
            "20 mg",
            "40 mg",
            "81 mg",
            "0.5 mg",
            "500mg",
            "1 g",
            "25 mcg",
            "100 mcg",
            "12.5 mg",
            "2 puffs",
            "10 units",
            "1/2 tab",
            "1-2 tabs",
            "5/325",
            "875/125 mg",
            "4 mL",
            "90 mcg",
            "37.5-25 mg",
            "1,000 mg",
            "50,000 units",
            "2.5 mg/3 mL",
        ]
    ),
    "small": lambda rng: str(rng.randrange(1, 12)),
    "num": lambda rng: str(rng.randrange(2, 200)),
    "dec": lambda rng: f"{rng.uniform(0.1, 15):.1f}",
    "time": lambda rng: rng.choice(
        [
            f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
            f"{rng.randrange(24):02d}{rng.randrange(60):02d}",
            f"{rng.randrange(1, 13)}:{rng.randrange(60):02d} {rng.choice(['AM', 'PM', 'a.m.', 'pm'])}",
            f"{rng.randrange(1, 12)}{rng.choice(['am', 'pm', ' am'])}",
        ]
    ),
    "icd": lambda rng: (
        f"{rng.choice('EFGHIJKLMNRSZ')}{rng.randrange(10, 99)}"
        + rng.choice(["", f".{rng.randrange(10)}", f".{rng.randrange(10, 99)}", f".{rng.randrange(100, 999)}A"])
    ),
    "cpt": lambda rng: str(
        rng.choice(
            [99213, 99214, 99203, 99232, 99285, 93000, 71046, 36415, 80053, 85025, 45378, 27447, 90834, 97110, 70450]
        )
    ),
    "ef": lambda rng: rng.choice([f"{rng.randrange(15, 70)}%", f"{rng.randrange(30, 60)}-{rng.randrange(60, 70)}%"]),
    "ago": lambda rng: (
        f"{rng.randrange(2, 15)} {rng.choice(['days', 'weeks', 'months', 'years', 'hours', 'yrs', 'wks'])}"
    ),
    "cm": lambda rng: rng.choice(
        [
            f"{rng.uniform(0.2, 9):.1f} cm",
            f"{rng.randrange(2, 40)} mm",
            f"{rng.uniform(0.5, 6):.1f} x {rng.uniform(0.5, 6):.1f} x {rng.uniform(0.5, 6):.1f} cm",
            f"{rng.randrange(1, 9)}x{rng.randrange(1, 9)} cm",
        ]
    ),
    "pct": lambda rng: f"{rng.randrange(1, 100)}%",
}
