/// Terms that most clinics write, for the counts of a data card.
enum CommonTerms {
    static let all: [(ClinicalTerms.Kind, [String])] = [(.drug, drugs), (.finding, findings), (.procedure, procedures)]

    private static func list(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { String($0).trimmingSpaces }
    }

    private static let drugs = list(
        """
        acetaminophen, acyclovir, albuterol, alendronate, allopurinol, alprazolam, amiodarone, amitriptyline, amlodipine,
        amoxicillin, apixaban, aripiprazole, aspirin, atenolol, atorvastatin, azathioprine, azithromycin, baclofen, bisoprolol,
        budesonide, bupropion, carbamazepine, carvedilol, cefazolin, ceftriaxone, celecoxib, cephalexin, cetirizine,
        ciprofloxacin, citalopram, clindamycin, clonazepam, clonidine, clopidogrel, codeine, colchicine, cyclobenzaprine,
        dabigatran, dexamethasone, diazepam, diclofenac, digoxin, diltiazem, diphenhydramine, docusate, donepezil, doxycycline,
        duloxetine, empagliflozin, enalapril, enoxaparin, escitalopram, esomeprazole, estradiol, famotidine, fentanyl,
        ferrous sulfate, finasteride, fluconazole, fluoxetine, fluticasone, folic acid, furosemide, gabapentin, glimepiride,
        glipizide, glyburide, haloperidol, heparin, hydralazine, hydrochlorothiazide, hydrocodone, hydromorphone,
        hydroxychloroquine, hydroxyzine, ibuprofen, insulin, insulin glargine, insulin lispro, ipratropium, isosorbide,
        ketorolac, labetalol, lactulose, lamotrigine, levetiracetam, levofloxacin, levothyroxine, lidocaine, lisinopril,
        lithium, loratadine, lorazepam, losartan, lovastatin, magnesium sulfate, meloxicam, memantine, metformin,
        methotrexate, methylprednisolone, metoclopramide, metoprolol, metronidazole, midazolam, mirtazapine, montelukast,
        morphine, mycophenolate, naproxen, nifedipine, nitrofurantoin, nitroglycerin, olanzapine, omeprazole, ondansetron,
        oxycodone, pantoprazole, paroxetine, penicillin, phenytoin, pioglitazone, piperacillin, potassium chloride,
        pravastatin, prednisone, pregabalin, promethazine, propofol, propranolol, quetiapine, ramipril, ranitidine,
        risperidone, rivaroxaban, rosuvastatin, senna, sertraline, sildenafil, simvastatin, sitagliptin, spironolactone,
        sulfamethoxazole, sumatriptan, tacrolimus, tamoxifen, tamsulosin, ticagrelor, tiotropium, topiramate, torsemide,
        tramadol, trazodone, trimethoprim, valacyclovir, valproic acid, valsartan, vancomycin, venlafaxine, verapamil,
        warfarin, zolpidem
        """)

    private static let findings = list(
        """
        abdominal pain, abscess, acute kidney injury, adenocarcinoma, anemia, aneurysm, angina, anxiety, aortic stenosis,
        appendicitis, arrhythmia, arthritis, ascites, asthma, atelectasis, atrial fibrillation, back pain, bacteremia,
        bradycardia, bronchitis, calcification, carcinoma, cardiomegaly, cardiomyopathy, cellulitis, chest pain, cholecystitis,
        cholelithiasis, chronic kidney disease, chronic obstructive pulmonary disease, cirrhosis, colitis, confusion,
        congestive heart failure, consolidation, constipation, coronary artery disease, cough, cyst, deep vein thrombosis,
        dehydration, delirium, dementia, depression, dermatitis, diabetes, diabetes mellitus, diarrhea, diverticulitis,
        diverticulosis, dizziness, dysphagia, dyspnea, edema, effusion, emphysema, endocarditis, epilepsy, fatigue, fever,
        fibrosis, fracture, gastritis, gastroesophageal reflux disease, glaucoma, gout, headache, heart failure, hematoma,
        hematuria, hemorrhage, hepatitis, hepatomegaly, hernia, herniation, hydronephrosis, hyperkalemia, hyperlipidemia,
        hypertension, hyperthyroidism, hypokalemia, hyponatremia, hypotension, hypothyroidism, hypoxia, infarction, infection,
        inflammation, insomnia, ischemia, jaundice, lesion, leukemia, leukocytosis, lymphadenopathy, lymphoma, mass, melanoma,
        meningitis, metastasis, migraine, mitral regurgitation, myocardial infarction, nausea, necrosis, neoplasm,
        nephrolithiasis, neuropathy, nodule, obesity, obstruction, osteoarthritis, osteomyelitis, osteoporosis, pain,
        palpitations, pancreatitis, paralysis, pericardial effusion, peripheral vascular disease, pleural effusion, pneumonia,
        pneumothorax, polyp, pulmonary edema, pulmonary embolism, pyelonephritis, rash, renal failure, respiratory failure,
        rheumatoid arthritis, sarcoma, schizophrenia, seizure, sepsis, shortness of breath, sinusitis, sleep apnea,
        spinal stenosis, splenomegaly, stenosis, stroke, subdural hematoma, syncope, tachycardia, tendinitis, thrombosis,
        tuberculosis, tumor, ulcer, urinary tract infection, urinary retention, varices, vertigo, vomiting, weakness,
        weight loss
        """)

    private static let procedures = list(
        """
        angiography, angioplasty, appendectomy, arthroplasty, arthroscopy, biopsy, bronchoscopy, cardiac catheterization,
        cesarean section, chemotherapy, cholecystectomy, colectomy, colonoscopy, computed tomography,
        coronary artery bypass grafting, craniotomy, cystoscopy, dialysis, echocardiogram, electrocardiogram, endoscopy,
        hemodialysis, hysterectomy, intubation, laminectomy, laparoscopy, lumbar puncture, magnetic resonance imaging,
        mastectomy, nephrectomy, paracentesis, physical therapy, prostatectomy, radiation therapy, resection, stent placement,
        thoracentesis, thyroidectomy, tracheostomy, transfusion, ultrasound, ureteroscopy, vasectomy
        """)
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
