extension SpecialtyPhrases {
    static let familyMedicine = SpecialtyPhrases(
        headings: ["Subjective", "Objective", "Assessment", "Plan"], headingAlone: false,
        kinds: ["Office visit", "Annual physical", "Telephone encounter"], facility: "Cedar Crossing Family Practice",
        conditions: [
            Condition(
                history: [
                    "{age}-year-old {sex} here for diabetes follow-up; fasting sugars at home run {glucose} to {glucoseHigh} mg/dL.",
                    "The patient {has|has not} kept to the diet and walks {days} days a week.",
                ],
                findings: [
                    "Hemoglobin A1c is {a1c} percent, earlier {a1cBefore} percent.",
                    "Monofilament testing is {normal|reduced at both great toes}.",
                    "Urine albumin is {albumin} mg/g.",
                ],
                impression: [
                    "Type 2 diabetes with hemoglobin A1c of {a1c} percent, {not at goal|improving}.",
                    "Urine albumin {albumin} mg/g.",
                ],
                plan: [
                    "Increase metformin to {1000|1500|2000} mg a day and recheck A1c in three months.",
                    "Referral for eye examination and diabetes education.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with {days} days of sore throat, cough and a runny nose.",
                    "A {child|coworker|spouse} at home had the same symptoms last week.",
                ],
                findings: [
                    "Throat is red without exudate; rapid strep test is negative.",
                    "Lungs are clear and tympanic membranes are {normal|dull}.",
                    "Cervical nodes are {small and tender|not enlarged}.",
                ],
                impression: ["Viral upper respiratory infection.", "No sign of pneumonia or strep throat."],
                plan: [
                    "Fluids, rest and {acetaminophen|ibuprofen} as needed; no antibiotic is indicated.",
                    "Return if fever lasts more than three days.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} for blood pressure check; home readings average {systolic}/{diastolic}.",
                    "Takes {lisinopril|amlodipine|hydrochlorothiazide} {most days|every day} and reports no {cough|dizziness}.",
                ],
                findings: [
                    "Blood pressure today is {systolic}/{diastolic} mmHg in the right arm.",
                    "Heart sounds are regular without murmur.",
                    "Creatinine is {creatinine} mg/dL and potassium {potassium} mmol/L.",
                ],
                impression: ["Essential hypertension, {systolic}/{diastolic} mmHg, {above|near} goal."],
                plan: [
                    "Add chlorthalidone {12.5|25} mg in the morning and check electrolytes in two weeks.",
                    "Reduce salt below 2 g a day; keep a log of home readings.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with low mood, poor sleep and little energy for {weeks} weeks.",
                    "Stress at {work|home} has grown; there are no thoughts of self-harm.",
                ],
                findings: [
                    "PHQ-9 score is {phq} and GAD-7 score is {gad}.",
                    "Speech is {soft|normal} and affect is {flat|tearful|reactive}.",
                    "Thyroid-stimulating hormone is {tsh} mIU/L.",
                ],
                impression: ["Major depressive episode, PHQ-9 {phq}.", "Anxiety symptoms, GAD-7 {gad}."],
                plan: [
                    "Start sertraline {25|50} mg daily and refer for cognitive behavioral therapy.",
                    "Safety plan reviewed; telephone check in {one|two} weeks.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} for a yearly physical without new complaints.",
                    "Exercise is {walking|swimming|cycling} {days} days a week.",
                ],
                findings: [
                    "General examination is normal; body mass index is {bmi}.",
                    "LDL cholesterol is {ldl} mg/dL and HDL {hdl} mg/dL.",
                    "Skin check shows {no suspicious lesions|two benign nevi}.",
                ],
                impression: ["Healthy adult; LDL cholesterol {ldl} mg/dL.", "Preventive care is {up to date|due}."],
                plan: [
                    "{Influenza|Tetanus|Pneumococcal} vaccine given today.",
                    "Screening for colon cancer was {ordered|discussed}.",
                ]),
        ],
        commonHistory: [
            "Medication list was reviewed and there are {no|two} changes.",
            "Allergies: {none known|penicillin (rash)|sulfa (hives)}.",
            "Appetite is {good|fair} and sleep is {restful|broken}.", "Does not smoke and drinks {rarely|socially}.",
        ],
        commonFindings: [
            "Temperature {temperature} F, pulse {pulse}, respirations {respirations}.", "Alert and in no distress.",
            "Abdomen is soft and not tender.", "Weight is {weight} kg.", "No leg edema.",
        ],
        commonPlan: [
            "Questions were answered and the patient agrees with the plan.",
            "Return visit in {two weeks|three months|one year}.",
            "Laboratory results will be sent by the patient portal.",
        ],
        values: { random in
            let before = random.number(74...98)
            let glucose = random.number(108...150)
            return [
                "glucose": "\(glucose)", "glucoseHigh": "\(glucose + random.number(20...60))",
                "days": "\(random.number(2...6))",
                "a1c": "\((before - 4) / 10).\((before - 4) % 10)", "a1cBefore": "\(before / 10).\(before % 10)",
                "albumin": "\(random.number(8...120))", "systolic": "\(random.number(128...168))",
                "diastolic": "\(random.number(74...98))",
                "creatinine": "0.\(random.number(7...9))", "potassium": random.tenths(36...48),
                "weeks": "\(random.number(3...12))",
                "phq": "\(random.number(10...21))", "gad": "\(random.number(6...17))", "tsh": random.tenths(8...39),
                "bmi": random.tenths(206...334), "ldl": "\(random.number(82...158))",
                "hdl": "\(random.number(36...66))",
                "temperature": random.tenths(974...1003), "pulse": "\(random.number(58...98))",
                "respirations": "\(random.number(12...18))",
                "weight": "\(random.number(52...118))",
            ]
        })
}
