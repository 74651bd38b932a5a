extension SpecialtyPhrases {
    static let cardiology = SpecialtyPhrases(
        headings: ["HISTORY", "FINDINGS", "IMPRESSION", "PLAN"], headingAlone: true,
        kinds: ["Echocardiogram", "Cardiology clinic note", "Stress test"], facility: "Eastbrook Cardiac Institute",
        conditions: [
            Condition(
                history: [
                    "{age}-year-old {sex} with palpitations for {weeks} weeks and a known irregular pulse.",
                    "The patient reports {brief|prolonged} episodes of a racing heart, worse after {coffee|exertion|alcohol}.",
                ],
                findings: [
                    "Rhythm is atrial fibrillation with a ventricular rate of {rate} beats per minute.",
                    "Left atrium is dilated at {atrium} cm.",
                    "No thrombus is seen in the left atrial appendage.",
                    "Left ventricular ejection fraction is {normalEF} percent.",
                ],
                impression: [
                    "Atrial fibrillation with {controlled|rapid} ventricular response and a dilated left atrium ({atrium} cm).",
                    "Preserved left ventricular function, ejection fraction {normalEF} percent.",
                ],
                plan: [
                    "Start apixaban {2.5|5} mg twice daily after review of renal function.",
                    "Rate control with metoprolol succinate {25|50|100} mg daily; target below 100 beats per minute.",
                    "Discuss rhythm control by {cardioversion|catheter ablation} at the next visit.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with shortness of breath on {one flight|two flights} of stairs and ankle swelling.",
                    "Weight has risen by {gain} kg within {weeks} weeks despite a diuretic.",
                ],
                findings: [
                    "The left ventricle is enlarged with an end-diastolic diameter of {lvedd} cm.",
                    "Ejection fraction is reduced to {lowEF} percent with global hypokinesis.",
                    "There is {mild|moderate} functional mitral regurgitation.",
                    "Inferior vena cava measures {ivc} cm and collapses less than half on inspiration.",
                ],
                impression: [
                    "Dilated cardiomyopathy with an ejection fraction of {lowEF} percent.",
                    "Volume overload with functional mitral regurgitation.",
                ],
                plan: [
                    "Increase furosemide to {40|60|80} mg daily and check potassium and creatinine in one week.",
                    "Titrate sacubitril-valsartan and add {empagliflozin|dapagliflozin} 10 mg daily.",
                    "Refer for a defibrillator evaluation if the ejection fraction stays at or below 35 percent.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with exertional {dizziness|chest tightness} and a long-standing murmur.",
                    "No syncope; walking distance has fallen to about {distance} meters.",
                ],
                findings: [
                    "The aortic valve is {tricuspid|bicuspid} and heavily calcified.",
                    "Peak aortic velocity is {velocity} m/s with a mean gradient of {gradient} mmHg.",
                    "Calculated valve area is {area} square centimeters.",
                    "Concentric left ventricular hypertrophy with a septum of {septum} mm.",
                ],
                impression: [
                    "Severe calcific aortic stenosis, mean gradient {gradient} mmHg, valve area {area} square centimeters.",
                    "Left ventricular hypertrophy with preserved systolic function.",
                ],
                plan: [
                    "Present to the heart team for {surgical|transcatheter} aortic valve replacement.",
                    "Coronary angiography and CT of the aorta before the procedure.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with pressure-like chest pain on exertion relieved by rest.",
                    "Risk factors are {hypertension|diabetes|tobacco use} and high cholesterol.",
                ],
                findings: [
                    "Exercise time was {exercise} minutes on the Bruce protocol, reaching {percent} percent of predicted heart rate.",
                    "Horizontal ST depression of {depression} mm in the {inferior|lateral|anterior} leads at peak exercise.",
                    "Blood pressure rose from {restBP} to {peakBP} mmHg systolic.",
                ],
                impression: [
                    "Positive stress test for ischemia at {percent} percent of predicted heart rate.",
                    "Exercise capacity is {fair|reduced} at {exercise} minutes.",
                ],
                plan: [
                    "Coronary angiography within {two|three|four} weeks; aspirin 81 mg and atorvastatin {40|80} mg daily.",
                    "Sublingual nitroglycerin as needed; return at once for pain at rest.",
                ]),
        ],
        commonHistory: [
            "Past history is notable for {hypertension|type 2 diabetes|sleep apnea|hypothyroidism}.",
            "There is {a|no} family history of early coronary disease.",
            "The patient {never smoked|stopped smoking years ago|smokes half a pack a day}.",
            "Current medication includes {lisinopril|amlodipine|losartan} {5|10|20} mg daily.",
        ],
        commonFindings: [
            "Right ventricular size and function are normal.", "Estimated pulmonary artery pressure is {pap} mmHg.",
            "No pericardial effusion.", "Resting blood pressure is {restBP}/{diastolic} mmHg.",
            "Lungs are clear on auscultation.",
        ],
        commonPlan: [
            "Low-sodium diet and daily weights were explained.", "Repeat echocardiogram in {three|six|twelve} months.",
            "Call the office for new symptoms before the next visit.",
        ],
        values: { random in
            let percent = random.number(78...98)
            return [
                "weeks": "\(random.number(2...10))", "rate": "\(random.number(78...148))",
                "atrium": random.tenths(43...56),
                "normalEF": "\(random.number(52...66))", "lowEF": "\(random.number(18...38))",
                "lvedd": random.tenths(59...72),
                "gain": "\(random.number(2...8))", "ivc": random.tenths(22...28),
                "distance": "\(random.number(8...40) * 10)",
                "velocity": random.tenths(41...53), "gradient": "\(random.number(41...64))",
                "area": "0.\(random.number(5...9))",
                "septum": "\(random.number(13...17))", "exercise": "\(random.number(4...9))", "percent": "\(percent)",
                "depression": random.tenths(10...25), "restBP": "\(random.number(108...146))",
                "peakBP": "\(random.number(168...204))",
                "diastolic": "\(random.number(62...88))", "pap": "\(random.number(22...48))",
            ]
        })
}
