"""Hard negatives of people in a hurry, composed anew: bare eponyms with a result, acronyms, brands, code lists, \
ledgers.

A surname stands alone before a result (`Rasmussen no`, `Leopold vtx`), letters stand for words (`IIH, OP 31`), a brand
stands for a thing. None of it identifies anybody.
"""

from . import identifiers as ids
from .composed import drug, eponymous
from .names import invented

_RESULTS = """no|neg|negative|n/a|ok|+|++|-|pos|positive|intact|up|down|gone|absent|none|excluded|not met|met|not done|
pending|
R side|L side|b/l|bilat|low|high|mild|equivocal|borderline|I|II|III|IV|class A|type B|later|changed|wnl|nl|normal|
unremarkable|limited|
deferred|repeat|today|x2|?|? no|-ve|+ve|trace|stable|reviewed|not ready|out|in place|resolved|as before""".replace(
    "\n", ""
).split("|")
_THINGS = """click|ring|spots|carrier|antibody|a-|b+|pentad|triad|drill|style|clip|wire|bodies|knots|lines|nodes|rash|
band|
sling|pad|cast|view|series|maneuver|risk|curve|nomogram|grid|chart|board|prep|diet|bed|mask|frame|stocking""".replace(
    "\n", ""
).split("|")
_ACRONYMS = """GETA IIH SHIM IRBBB URI ASA SANE SAE RPM PED NKDA CTAB RRR NAD MMM PERRL EOMI JVD LAD HSM CVA TIA DVT \
PE MI CHF
COPD CKD ESRD HTN HLD DM GERD BPH OSA OA RA SLE MS ALS TBI SDH SAH ICH AVM PFO ASD VSD TOF PDA AVR MVR TAVR CABG PCI \
STEMI
NSTEMI AF RVR VT SVT LBBB RBBB PVC PAC QTC EF LVH TTE TEE RHC LHC SBO LBO GIB UGIB EGD ERCP MRCP HIDA KUB CTA MRA MRV \
MRI
CT US XR CXR PET DXA EMG NCS EEG LP OP CSF OCB PFT DLCO BIPAP CPAP HFNC NRB NC RA ABG VBG PRVC SIMV PSV RSBI PEEP TV \
RR FIO2 HME
OGT NGT PEG JP PICC CVC HD CRRT PD UF AVF AVG NS LR DNR DNI AND POLST MOLST NPO TF TPN PPX SCD SSI FSBS POC UA UCX \
BCX CBC BMP CMP
LFT INR PTT TSH HCG PSA CEA AFP ANA RF CCP ESR CRP CK LDH BNP PRBC FFP TXM ABO RH TOLAC VBAC NSVD CS NST BPP AFI EFM \
SROM AROM GBS IUD
OCP LMP EDD EDC PPROM PTL IVF FET IUI NICU PICU MICU SICU CCU ED OR PACU SNF LTAC IRF ALF PT OT SLP RT SW CM ADL IADL \
MOCA MMSE PHQ GAD
AUDIT CIWA COWS RASS CAM GCS NIHSS MRS FIM TUG BERG ROM WBAT NWB TTWB AFO KAFO TLSO ORIF THA TKA ACL MCL PCL TFCC \
ACDF PLIF TLIF EVD VPS
ICP CPP ONSD BWX FMX PA MOD RCT SRP EXT OHI ICR CGM TDD DKA HHS RPM DME CPT ICD REBILL INPT OUTPT RETRO ADJ PMT EOB \
BAL COPAY""".split()
_PRODUCTS = """dressing|pump|foam|ring|pouch|flange|gel|cream|lens|implant|screw|plate|mesh|stent|catheter|monitor|
sensor|meter|
mask|vent|bed|walker|brace|boot|cement|graft|patch|kit|tube|filter|suture|glue|sealant|paste|wafer|system""".replace(
    "\n", ""
).split("|")
_BUGS = """Ebola Lassa Marburg Zika Dengue Lyme Babesia Ehrlichia Anaplasma Bartonella Brucella Coxiella Giardia \
Shigella
Salmonella Yersinia Legionella Bordetella Chlamydia Gonorrhea Trichomonas Candida Aspergillus Histoplasma Blastomyces
Cryptococcus Coccidioides Strongyloides Schistosoma Toxoplasma Echinococcus Rickettsia Borrelia Leptospira Treponema
Norovirus Rotavirus Adenovirus Parvovirus Coxsackie Rubella Mumps Measles Varicella RSV HMPV CMV EBV HSV \
HHV-6""".split()
_ANTIGENS = "Kell Duffy Kidd Lewis Lutheran Diego Colton Cartwright Dombrock Fya Fyb Jka Jkb Lea Leb".split()
_VACCINES = (
    "DTaP Tdap MMR HepA HepB Hib IPV PCV13 PCV20 Prevnar Varivax Gardasil Menactra Bexsero Shingrix Flu "
    "COVID RotaTeq Pneumovax BCG"
).split()
_LEDGER = """BAL {money}|COPAY {money}|PMT {money}|ADJ {money}|RTN MAIL|SKIP TRACE|REBILL UB04|BILL TYPE 131|PT CLD IN|
CLD PT, NO ANS|
LM X2|SPK W PT|VERIF LAST4|INPT AGAIN|DENIED CO-97|APPEAL SENT|FLAG REMOVED|RETRO ELIG|EFF TODAY|NEW ADDR ON FILE|
ASKED TO HOLD|
PROMISE TO PAY {money}|CHECK CLEARED|EOB RECD|COB UPDATED|PRE-COLLECT|BAD DEBT W/O|TRANSFER TO AGENCY|EXTRICATED|
ON SCENE|
DELIVERED TO TRAUMA BAY|CARE TRANSFERRED|GCS {n}|C-COLLAR ON|LSB|IV 18G L AC|BP {bp}|FENT {n} X2|NO LOC|WALKED ON SCENE|
HOSP NOTIFIED|ETA {n} MIN|
CODE 3|MM {n}|WB LANES CLOSED|DISCHARGED AMA|BED REQUESTED|TRANSPORT DUE|NPO|FALL RISK|ISOLATION: CONTACT""".replace(
    "\n", ""
).split("|")
_WARDS = (
    "{n} West|{n} North|{n}W|{n}E-{n}|{n} South|Tower {n}|rm {n}|bed {n}|bay {n}|OR {n}|pod B|hall bed {n}|"
    "chair {n}|slot {n}"
).split("|")


def _word(rng):
    return eponymous(rng).split("-")[0]


def _filled(text, rng):
    n = rng.randrange(1, 60)
    return (
        text.replace("{money}", f"${rng.randrange(5, 4000):,}.{rng.randrange(100):02d}")
        .replace("{n}", str(n))
        .replace("{bp}", f"{rng.randrange(80, 190)}/{rng.randrange(40, 110)}")
    )


def bare_eponym(rng):
    """A name of a sign, score or disease alone before its result."""
    name = _word(rng)
    pick = rng.random()
    if pick < 0.2:
        name += rng.choice(["-", "-", " & ", "/", " "]) + _word(rng)
    elif pick < 0.22:
        name = f"{_word(rng)} {rng.choice(['de', 'von', 'van'])} {_word(rng)}"
    elif pick < 0.25:
        name = "St. " + name
    pick = rng.random()
    if pick < 0.5:
        result = rng.choice(_RESULTS)
    elif pick < 0.7:
        result = rng.choice(
            [
                str(rng.randrange(0, 60)),
                f"{rng.randrange(0, 12)}/{rng.randrange(4, 30)}",
                f"{rng.uniform(0, 9):.1f}",
                f"level {rng.randrange(1, 5)}",
                f"stage {rng.randrange(1, 5)}",
                f"grade {rng.randrange(1, 5)}",
                f"class {rng.choice('ABC')}",
                f"{rng.randrange(10, 100)}%",
            ]
        )
    elif pick < 0.9:
        result = rng.choice(_THINGS)
    else:
        result = (
            rng.choice(["vs ", "or ", "and ", "& ", "/ ", "not ", "r/o "])
            + _word(rng)
            + rng.choice([" dz", " neg", " no", "?", " later", " excluded"])
        )
    lead = rng.choice(
        ["", "", "", "", "No ", "no ", "neg ", "? ", "? ", "r/o ", "anti-", "old ", "s/p ", "If pos -> ", "c/w ", "- "]
    )
    return f"{lead}{name} {result}"


def acronyms(rng):
    """Letters that stand for words, with and without values."""
    out = []
    for _ in range(rng.randrange(1, 6)):
        word = rng.choice(_ACRONYMS) if rng.random() < 0.85 else ids.letters(rng, rng.choice([2, 3, 3, 4]))
        out.append(
            word
            + rng.choice(
                [
                    "",
                    "",
                    " ok",
                    " neg",
                    f" {rng.randrange(1, 150)}",
                    f" {rng.uniform(0, 20):.1f}",
                    " nl",
                    " +",
                    " x2",
                    " I",
                    " III",
                    "?",
                ]
            )
        )
    text = rng.choice([", ", ". ", " ", "; ", "/"]).join(out)
    return text + (
        " " + rng.choice(["REPORT", "EXAM", "NOTE", "f/u", "WEEKLY", "new pt", "consult", "eval", "recheck", "sheet"])
        if rng.random() < 0.15
        else ""
    )


def brand(rng):
    """A brand and its thing."""
    name = invented(rng) if rng.random() < 0.6 else _word(rng)
    name = rng.choice(
        [
            name,
            name,
            name + " " + invented(rng),
            name.upper(),
            name + rng.choice([" 2", " XL", "-i", " Pro", " One", " 3D", " G7"]),
        ]
    )
    return f"{name} {rng.choice(_PRODUCTS)}" + rng.choice(
        [
            "",
            "",
            f" {rng.randrange(1, 40)} mm",
            f" size {rng.randrange(1, 9)}",
            " in place",
            " changed",
            " ordered",
            " #2",
            " trial",
        ]
    )


def lists(rng):
    """Organisms, antigens, vaccines and codes in rows."""
    pick = rng.randrange(6)
    if pick == 0:
        return rng.choice([" / ", ", ", "/", " & "]).join(rng.sample(_BUGS, rng.randrange(1, 4))) + rng.choice(
            [" neg", " PCR neg", " IgG +", " pending", " titers 1:64", " no growth", " PUI neg"]
        )
    if pick == 1:
        return ", ".join(
            f"{rng.choice(['', 'anti-'])}{a}{rng.choice(['', '-', '+', ' neg', ' a-', ' b+'])}"
            for a in rng.sample(_ANTIGENS, rng.randrange(1, 4))
        )
    if pick == 2:
        return (
            f"{rng.choice(_VACCINES)} "
            f"{rng.choice(['#1', '#2', 'x3', 'UTD', 'due', 'declined', 'given L delt', '0.5 mL'])}"
        )
    if pick == 3:
        codes = [
            ids.pattern(rng, "99999") + rng.choice(["", "", "-25", "-59", " x2"]) for _ in range(rng.randrange(1, 4))
        ]
        return f"{rng.choice(['CPT ', 'CPT: ', 'billed ', 'codes '])}{', '.join(codes)}"
    if pick == 4:
        return rng.choice(
            [
                f"REF {ids.pattern(rng, '9999-99-999')}",
                f"cat no {ids.pattern(rng, '999-999')}",
                f"NDC {ids.pattern(rng, '99999-9999-99')}",
                f"RxNorm {ids.pattern(rng, '999999')}, {ids.pattern(rng, '999999')}",
                f"CLIA {ids.pattern(rng, '99D9999999')}",
                f"model {ids.pattern(rng, 'A99')}",
                f"size {ids.pattern(rng, '9-9')}",
                f"form {ids.pattern(rng, 'AA-9')} rev {ids.pattern(rng, '9')}",
            ]
        )
    scheme = "-".join(str(rng.randrange(1, 20)) for _ in range(3))
    return f"{drug(rng)} {scheme}{rng.choice([' ac', ' units', '', ' w/ meals'])}"


def ledger(rng):
    """Telegraphic capitals of billing, ambulances and bed boards."""
    return rng.choice([", ", ". ", " ", "  "]).join(
        _filled(item, rng) for item in rng.sample(_LEDGER, rng.randrange(1, 5))
    )


def figures(rng):
    """Numbers that are neither dates nor telephones."""
    n = rng.randrange
    return rng.choice(
        [
            f"d{n(1, 9)}/{n(9, 22)}",
            f"p {n(1, 4)}/{n(4, 9)}",
            f"pg {n(1, 4)} of {n(4, 9)}",
            f"basal {n(0, 2)}.{n(10, 99)}/{n(0, 2)}.{n(1, 9)}/{n(0, 2)}.{n(1, 9)}",
            f"pH {n(6, 8)}.{n(10, 60)}/{n(20, 80)}/{n(40, 200)}",
            f"AC {n(10, 24)}/{n(300, 600)}/{n(5, 16)}/{n(30, 100)}",
            f"FSBS {n(70, 200)}-{n(200, 400)}",
            f"T-score -{n(1, 4)}.{n(0, 9)}",
            f"{n(40, 160)} mL clear",
            f"{n(1, 20)}cm {n(1, 20)}cm",
            f"pk yrs {n(1, 60)}",
            f"{n(1, 13)}-{n(1, 13)}-{n(1, 13)} u ac",
            f"{n(20, 100)}th %ile",
            f"x{n(2, 60)} yrs",
            f"{n(2, 60)} min",
            f"ETA {n(2, 60)} min",
            f"plan {n(1, 3)}/{n(3, 6)} visits",
            f"{n(100, 999)} cc/{n(8, 24)}h",
            f"wk {n(1, 40)}/{n(40, 42)}",
            f"on {_filled(rng.choice(_WARDS), rng)}",
            f"({n(100, 300)})",
            f"{n(20, 80)}F x {n(60, 110)}A",
            f"seat {n(1, 40)}{rng.choice('ABCDEF')}",
            f"Rh {rng.choice(['pos', 'neg'])}",
        ]
    )


def sentence(rng):
    """A few of the above in a row."""
    parts = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        make = rng.choices([bare_eponym, acronyms, brand, lists, ledger, figures], [5, 3, 2, 2, 1.5, 3])[0]
        parts.append(make(rng))
    return rng.choice([". ", ", ", "; ", " "]).join(parts)
