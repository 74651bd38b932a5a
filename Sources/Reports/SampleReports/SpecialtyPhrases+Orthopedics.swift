extension SpecialtyPhrases {
    static let orthopedics = SpecialtyPhrases(
        headings: ["History", "Findings", "Impression", "Plan"], headingAlone: false,
        kinds: ["Orthopedic consultation", "Imaging report", "Operative follow-up"],
        facility: "Granite Valley Orthopedic Group",
        conditions: [
            Condition(
                history: [
                    "{age}-year-old {sex} with {side} knee pain for {months} months, worse on stairs.",
                    "There was a twisting injury while {skiing|playing soccer|getting out of a car}, followed by swelling.",
                ],
                findings: [
                    "MRI of the {side} knee shows a {horizontal|complex|radial} tear of the posterior horn of the medial meniscus.",
                    "Joint line tenderness is present medially; McMurray test is positive.",
                    "Range of motion is 0 to {flexion} degrees with a {small|moderate} effusion.",
                    "Cruciate ligaments are intact.",
                ],
                impression: [
                    "Medial meniscal tear of the {side} knee with effusion.",
                    "No ligament injury; flexion to {flexion} degrees.",
                ],
                plan: [
                    "Arthroscopic partial meniscectomy was discussed; the patient prefers {surgery|physical therapy first}.",
                    "Physical therapy {twice|three times} a week for {weeks} weeks.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with {side} hip pain and stiffness for {months} months.",
                    "Walking is limited to {blocks} blocks and sleep is disturbed by pain.",
                ],
                findings: [
                    "Radiographs of the {side} hip show joint space narrowing to {space} mm with osteophytes.",
                    "Internal rotation is limited to {rotation} degrees and painful.",
                    "Leg lengths differ by {legs} mm.",
                    "There is subchondral sclerosis of the acetabulum, grade {3|4}.",
                ],
                impression: [
                    "Advanced osteoarthritis of the {side} hip with a joint space of {space} mm.",
                    "Leg length difference of {legs} mm.",
                ],
                plan: [
                    "Total hip arthroplasty was recommended; preoperative clearance is arranged.",
                    "Acetaminophen {500|650} mg up to four times daily until surgery.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with {side} shoulder pain and weakness in overhead work.",
                    "Symptoms began {weeks} weeks ago after {lifting a box|a fall on the outstretched arm}.",
                ],
                findings: [
                    "Full-thickness tear of the supraspinatus measuring {tear} mm with {mild|moderate} retraction.",
                    "Active abduction is {abduction} degrees; the drop arm sign is {positive|negative}.",
                    "Biceps tendon is {normally placed|frayed}.",
                ],
                impression: [
                    "Full-thickness rotator cuff tear of the {side} shoulder, {tear} mm.",
                    "Weak abduction to {abduction} degrees.",
                ],
                plan: [
                    "Arthroscopic rotator cuff repair, followed by a sling for six weeks.",
                    "A single subacromial injection of {20|40} mg triamcinolone was given today.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with a fall onto the {side} wrist {days} days ago.",
                    "The wrist was splinted in the emergency department; fingers move freely.",
                ],
                findings: [
                    "Transverse fracture of the distal radius with {tilt} degrees of dorsal tilt.",
                    "Radial height is {height} mm; the ulnar styloid is {intact|fractured}.",
                    "Median nerve sensation is intact.",
                ],
                impression: [
                    "Distal radius fracture of the {side} wrist with {tilt} degrees of dorsal tilt.",
                    "Neurovascular status is intact.",
                ],
                plan: [
                    "{Closed reduction and a short arm cast|Volar plate fixation} this week.",
                    "Repeat radiographs in {7|10|14} days to confirm alignment.",
                ]),
            Condition(
                history: [
                    "{age}-year-old {sex} with low back pain radiating into the {side} leg for {weeks} weeks.",
                    "Pain is {vas} of 10 and worse with sitting and coughing.",
                ],
                findings: [
                    "MRI shows a {disc} mm disc protrusion at {L4-L5|L5-S1} contacting the {side} nerve root.",
                    "Straight leg raise is positive at {raise} degrees.",
                    "Motor strength is {4|5} of 5 in the extensor hallucis longus.",
                ],
                impression: ["Lumbar disc protrusion of {disc} mm with {side} radiculopathy."],
                plan: [
                    "Epidural steroid injection if there is no relief after {weeks} weeks of therapy.",
                    "Avoid lifting more than {5|10} kg; urgent return for bladder or bowel symptoms.",
                ]),
        ],
        commonHistory: [
            "No numbness or fever.",
            "Treatment so far was {ibuprofen|naproxen|rest and ice} with {little|partial} relief.",
            "Work is {sedentary|physical}, and the patient hopes to return to {hiking|tennis|gardening}.",
        ],
        commonFindings: [
            "Skin is intact without erythema.", "Distal pulses are palpable.", "Gait is {antalgic|normal}.",
            "Body mass index is {bmi}.", "Soft tissues are otherwise unremarkable.",
        ],
        commonPlan: [
            "Risks of infection, stiffness and thrombosis were explained.",
            "Follow-up in {two|four|six} weeks with repeat examination.",
            "A home exercise program was handed out.",
        ],
        values: { random in
            [
                "side": random.pick(["left", "right"]), "months": "\(random.number(2...18))",
                "weeks": "\(random.number(3...12))",
                "days": "\(random.number(1...9))", "flexion": "\(random.number(18...26) * 5)",
                "blocks": "\(random.number(1...6))",
                "space": "\(random.number(1...2))", "rotation": "\(random.number(0...3) * 5)",
                "legs": "\(random.number(3...15))",
                "tear": "\(random.number(8...32))", "abduction": "\(random.number(8...22) * 5)",
                "tilt": "\(random.number(8...30))",
                "height": "\(random.number(5...11))", "vas": "\(random.number(4...9))",
                "disc": "\(random.number(4...9))",
                "raise": "\(random.number(6...12) * 5)", "bmi": random.tenths(214...368),
            ]
        })
}
