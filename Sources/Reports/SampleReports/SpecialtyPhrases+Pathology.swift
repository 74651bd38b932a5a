extension SpecialtyPhrases {
    static let pathology = SpecialtyPhrases(
        headings: ["CLINICAL HISTORY", "MICROSCOPIC FINDINGS", "FINAL DIAGNOSIS", "COMMENT"], headingAlone: true,
        kinds: ["Surgical pathology", "Biopsy report", "Cytology"], facility: "Lantern Hill Pathology Services",
        conditions: [
            Condition(
                history: [
                    "{age}-year-old {sex} with a {polypoid|flat} lesion of the {sigmoid|ascending|transverse} colon at {distance} cm.",
                    "Colonoscopy was done for {bleeding|anemia|screening}.",
                ],
                findings: [
                    "Sections show an invasive gland-forming carcinoma extending into the {submucosa|muscularis propria|pericolic fat}.",
                    "Tumor measures {tumor} cm; the nearest margin is {margin} mm away.",
                    "Metastatic carcinoma is found in {positive} of {nodes} lymph nodes.",
                    "Lymphovascular invasion is {present|absent}.",
                ],
                impression: [
                    "Adenocarcinoma of the colon, {moderately|poorly|well} differentiated, {tumor} cm.",
                    "Lymph nodes: {positive} of {nodes} involved; margins free by {margin} mm.",
                ],
                plan: [
                    "Mismatch repair proteins are {retained|lost} by immunohistochemistry.",
                    "Molecular testing for RAS and BRAF has been requested.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with a palpable mass of the breast at {clock} o'clock.",
                    "Mammography showed a spiculated density of {tumor} cm.",
                ],
                findings: [
                    "Infiltrating cords and nests of atypical ductal cells with {sparse|abundant} tubule formation.",
                    "Mitoses number {mitoses} per 10 high-power fields; Nottingham score is {nottingham} of 9.",
                    "Estrogen receptor is positive in {receptor} percent of nuclei.",
                    "Ki-67 labels {ki} percent of tumor cells.",
                ],
                impression: [
                    "Invasive ductal carcinoma of the breast, Nottingham score {nottingham}, {tumor} cm.",
                    "Estrogen receptor positive ({receptor} percent); Ki-67 {ki} percent.",
                ],
                plan: [
                    "HER2 is {negative (1+)|equivocal (2+)|positive (3+)} by immunohistochemistry.",
                    "Correlation with imaging is recommended.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with a changing pigmented lesion of the {back|shoulder|calf}.",
                    "The lesion had grown over {months} months.",
                ],
                findings: [
                    "Asymmetric proliferation of atypical melanocytes with pagetoid spread.",
                    "Breslow thickness is {breslow} mm without ulceration.", "The deep margin is clear by {margin} mm.",
                    "Mitotic rate is {mitoses} per square millimeter.",
                ],
                impression: [
                    "Malignant melanoma, Breslow thickness {breslow} mm, {superficial spreading|nodular} type.",
                    "Margins free by {margin} mm.",
                ],
                plan: ["Wide excision with {1|2} cm margins is advised.", "Sentinel node biopsy should be discussed."]),
            Condition(
                history: [
                    "{age}-year-old {sex} with elevated PSA of {psa} ng/mL.",
                    "{cores} systematic cores were submitted in separate containers.",
                ],
                findings: [
                    "Small crowded glands with prominent nucleoli infiltrate between benign glands in {involved} of {cores} cores.",
                    "The greatest involvement of a core is {percent} percent.",
                    "Perineural invasion is {seen|not seen}.",
                ],
                impression: [
                    "Acinar adenocarcinoma of the prostate, Gleason {3+3=6|3+4=7|4+3=7|4+4=8}, {involved} of {cores} cores.",
                    "Greatest core involvement {percent} percent.",
                ],
                plan: [
                    "High-molecular-weight cytokeratin shows loss of basal cells.",
                    "Staging should follow current guidelines.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with dyspepsia and antral erythema at endoscopy.",
                    "{cores} fragments were taken from antrum and body.",
                ],
                findings: [
                    "Gastric mucosa with a dense plasma cell infiltrate and {scattered|many} neutrophils.",
                    "Curved organisms are {seen|not seen} on the special stain.",
                    "No intestinal metaplasia or dysplasia.",
                ],
                impression: ["Chronic {active|inactive} gastritis.", "Negative for dysplasia and malignancy."],
                plan: ["Eradication therapy should be considered if organisms are confirmed."]),
        ],
        commonHistory: [
            "No earlier material is on file for comparison.",
            "The specimen was received {fresh|in formalin} and labeled with the patient's data.",
        ],
        commonFindings: [
            "Gross: a {tan|gray-white|pink} specimen measuring {gross} x {grossB} x {grossC} cm, submitted in {blocks} blocks.",
            "The background shows {mild|moderate} chronic inflammation.", "Necrosis is {focal|absent}.",
            "Controls for all stains reacted appropriately.", "Deeper levels were examined.",
        ],
        commonPlan: [
            "The case was reviewed at the department's consensus conference.",
            "The result was told to the surgeon by telephone.",
            "An addendum will follow when the remaining stains are complete.",
        ],
        values: { random in
            let nodes = random.number(12...28)
            let cores = random.number(6...14)
            return [
                "distance": "\(random.number(12...80))", "tumor": random.tenths(8...62),
                "margin": "\(random.number(2...30))",
                "nodes": "\(nodes)", "positive": "\(random.number(0...min(6, nodes)))",
                "clock": "\(random.number(1...12))",
                "mitoses": "\(random.number(1...14))", "nottingham": "\(random.number(5...9))",
                "receptor": "\(random.number(14...19) * 5)",
                "ki": "\(random.number(2...12) * 5)", "months": "\(random.number(2...14))",
                "breslow": random.tenths(4...38),
                "psa": random.tenths(42...188), "cores": "\(cores)", "involved": "\(random.number(1...cores))",
                "percent": "\(random.number(1...17) * 5)", "gross": random.tenths(12...118),
                "grossB": random.tenths(8...64),
                "grossC": random.tenths(4...38), "blocks": "\(random.number(2...14))",
            ]
        })
}
