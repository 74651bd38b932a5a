/// Clinical abbreviations and what they mean. Written for this program from general knowledge.
enum Abbreviations {
    struct Meaning: Sendable {
        let meaning: String
        /// Words near the abbreviation that decide for this meaning.
        let cues: Set<String>
    }

    /// One meaning in clinical notes. Case counts: `US` is not “us”.
    static let plain: [String: String] = {
        var entries: [String: String] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            entries[String(parts[0])] = String(parts[1])
        }
        return entries
    }()

    /// Several meanings: expanded only where the words around decide.
    static let ambiguous: [String: [Meaning]] = [
        "MS": [
            Meaning(
                meaning: "multiple sclerosis",
                cues: ["demyelinating", "plaques", "interferon", "relapsing", "neurology", "sclerosis", "flare"]),
            Meaning(meaning: "mitral stenosis", cues: ["mitral", "valve", "murmur", "gradient", "rheumatic"]),
            Meaning(meaning: "morphine sulfate", cues: ["mg", "iv", "prn", "analgesia"]),
            Meaning(meaning: "mental status", cues: ["altered", "orientation", "confused"]),
        ],
        "RA": [
            Meaning(
                meaning: "rheumatoid arthritis",
                cues: ["methotrexate", "rheumatology", "joints", "seropositive", "synovitis", "arthritis"]),
            Meaning(meaning: "right atrium", cues: ["atrium", "rv", "lv", "la", "dilated", "catheter", "pressure"]),
            Meaning(meaning: "room air", cues: ["saturation", "sat", "spo2", "o2", "breathing", "oxygen", "sats"]),
        ],
        "PT": [
            Meaning(
                meaning: "physical therapy",
                cues: ["therapy", "ot", "rehab", "exercises", "gait", "strengthening", "therapist"]),
            Meaning(meaning: "prothrombin time", cues: ["inr", "ptt", "aptt", "coagulation", "seconds"]),
        ],
        "PE": [
            Meaning(
                meaning: "pulmonary embolism",
                cues: ["dvt", "anticoagulation", "embolus", "angiogram", "heparin", "saddle", "embolism"]),
            Meaning(meaning: "physical examination", cues: ["heent", "vitals", "unremarkable"]),
        ],
        "CP": [
            Meaning(
                meaning: "chest pain",
                cues: ["sob", "exertional", "denies", "radiating", "troponin", "dyspnea", "palpitations"]),
            Meaning(meaning: "cerebral palsy", cues: ["spastic", "quadriplegia", "developmental", "palsy"]),
        ],
        "MR": [
            Meaning(
                meaning: "mitral regurgitation",
                cues: ["mitral", "regurgitation", "tr", "valve", "lvef", "murmur", "jet"]),
            Meaning(
                meaning: "magnetic resonance",
                cues: ["t1", "t2", "gadolinium", "sequences", "imaging", "flair", "angiography"]),
        ],
        "AS": [
            Meaning(meaning: "aortic stenosis", cues: ["aortic", "valve", "gradient", "tavr", "murmur"]),
            Meaning(meaning: "ankylosing spondylitis", cues: ["hla", "sacroiliitis", "spondylitis", "spine"]),
        ],
        "AI": [
            Meaning(meaning: "aortic insufficiency", cues: ["aortic", "valve", "regurgitation", "murmur"]),
            Meaning(meaning: "adrenal insufficiency", cues: ["cortisol", "hydrocortisone", "adrenal", "cosyntropin"]),
        ],
        "BS": [
            Meaning(meaning: "bowel sounds", cues: ["abdomen", "soft", "nontender", "normoactive", "hypoactive"]),
            Meaning(meaning: "blood sugar", cues: ["insulin", "glucose", "fasting", "diabetes"]),
            Meaning(meaning: "breath sounds", cues: ["lungs", "clear", "wheezes", "bases"]),
        ],
        "CA": [
            Meaning(
                meaning: "cancer", cues: ["breast", "lung", "colon", "prostate", "metastatic", "chemotherapy", "tumor"]),
            Meaning(meaning: "calcium", cues: ["mg", "phos", "k", "na", "electrolytes"]),
        ],
        "DM": [
            Meaning(
                meaning: "diabetes mellitus",
                cues: ["insulin", "metformin", "htn", "a1c", "type", "glucose", "hyperlipidemia"]),
            Meaning(meaning: "dermatomyositis", cues: ["myositis", "heliotrope", "gottron"]),
        ],
        "OD": [
            Meaning(meaning: "right eye", cues: ["os", "ou", "visual", "acuity", "eye", "vision", "retina"]),
            Meaning(meaning: "overdose", cues: ["ingestion", "suicide", "naloxone", "intentional"]),
        ],
        "ED": [
            Meaning(
                meaning: "emergency department",
                cues: ["presented", "transferred", "arrival", "triage", "brought", "visit", "seen"]),
            Meaning(meaning: "erectile dysfunction", cues: ["sildenafil", "libido", "erections"]),
        ],
        "LAD": [
            Meaning(
                meaning: "left anterior descending artery",
                cues: ["stent", "rca", "circumflex", "coronary", "occlusion", "proximal"]),
            Meaning(meaning: "lymphadenopathy", cues: ["neck", "cervical", "supple", "axillary", "supraclavicular"]),
        ],
        "SOB": [
            Meaning(
                meaning: "shortness of breath",
                cues: ["denies", "cp", "chest", "cough", "exertion", "wheezing", "worsening", "dyspnea", "edema"])
        ],
        "PCP": [
            Meaning(
                meaning: "primary care physician",
                cues: ["follow", "followup", "visit", "referred", "office", "her", "his"]),
            Meaning(meaning: "Pneumocystis pneumonia", cues: ["hiv", "cd4", "bactrim", "prophylaxis"]),
        ],
        "RT": [
            Meaning(meaning: "radiation therapy", cues: ["gy", "chemotherapy", "oncology", "fractions"]),
            Meaning(meaning: "respiratory therapy", cues: ["nebulizer", "ventilator", "extubated"]),
        ],
        "CVA": [
            Meaning(
                meaning: "cerebrovascular accident",
                cues: ["stroke", "hemiparesis", "tia", "prior", "infarct", "aphasia"]),
            Meaning(meaning: "costovertebral angle", cues: ["tenderness", "flank", "percussion"]),
        ],
        "IM": [Meaning(meaning: "intramuscular", cues: ["mg", "injection", "deltoid", "ceftriaxone", "ml"])],
        "UA": [
            Meaning(
                meaning: "urinalysis", cues: ["urine", "leukocyte", "nitrite", "nitrites", "culture", "dysuria", "uti"])
        ],
        "ROM": [
            Meaning(
                meaning: "range of motion",
                cues: ["knee", "shoulder", "hip", "flexion", "full", "passive", "active", "limited"]),
            Meaning(meaning: "rupture of membranes", cues: ["labor", "weeks", "fluid", "gestation"]),
        ],
    ]
}
