"""Sentences that look as though they identified somebody and do not."""

NAME_LIKE = """
No Babinski sign; Romberg negative; Hoffmann's absent.
Foley catheter <in place|draining clear yellow urine|d/c'd at {time}>.
Kernig and Brudzinski signs negative.
Apgars 8 and 9 at 1 and 5 minutes.
Glasgow Coma Scale 15. Ranson criteria: {small}.
Murphy's sign <positive|negative>, McBurney's point <tender|nontender>, Rovsing negative.
Hx of Hodgkin lymphoma <?s/p ABVD>, in remission.
Graves' disease <on|off> methimazole, TSI elevated.
Possible Bell's palsy vs. Lyme.
Started on Sinemet for Parkinson's disease.
Crohn's <flare|colitis> on Humira<?, follows with GI>.
Lachman and McMurray tests are <positive|negative>.
Homans sign negative bilaterally. Wells score {small}.
Braden score {num}. Morse Fall Scale {num}. Ramsay {small}.
Tinel's and Phalen's positive on the <right|left>.
The patient may return to work on light duty.
Pt may shower. May march in place with PT. Will continue to monitor.
Will follow up with <cardiology|PCP|primary care|Dr. on call> <in 2 weeks|PRN>.
Hope is to wean O2 <today|tomorrow>. Grace period discussed with billing.
Skin: rose spots absent; early stage <II|III> ulcer on L heel.
Long discussion with family. Young appearing for stated age.
Price of medication is a barrier. Day shift RN aware.
Brown sputum, green drainage, white count stable, black stools denied.
Stone protocol CT ordered. Kidney stone {cm} at the UVJ.
Patient is a good historian. Poor dentition. Rich vascular supply.
The Doctor was notified. Doctor aware. MD at bedside. RN to RN report given.
Christmas tree pattern rash c/w pityriasis rosea. Strawberry tongue noted.
Bowel sounds x 4 quadrants. Gastric lavage per Ewald tube. Penrose drain left in place.
Swan-Ganz catheter floated to 50 cm; Cordis in R IJ.
Jackson-Pratt drain x2, output {num} mL serosanguineous.
A Kocher incision was made; Bovie electrocautery used for hemostasis; Kelly clamp applied.
Closed with 3-0 Vicryl and 4-0 Monocryl; Steri-Strips applied. Babcock and Allis clamps used.
A Gelpi retractor, then a Richardson retractor was placed. Trendelenburg position.
Allen's test normal prior to arterial line. Weber midline, Rinne AC>BC bilaterally.
Colles fracture of the <left|right> wrist. Boxer's fracture. Jones fracture, non-displaced.
Baker's cyst seen on US. Bartholin cyst drained. Meckel's scan negative.
Mallory-Weiss tear on EGD. Barrett's esophagus without dysplasia. Schatzki ring dilated.
Cheyne-Stokes respirations noted. Kussmaul breathing absent. Virchow's node not palpable.
Charcot joint of the <R|L> foot. Heberden nodes noted. Dupuytren contracture of 4th digit.
Takotsubo vs. ACS. Brugada pattern not seen. Wolff-Parkinson-White excluded.
Epstein-Barr IgG positive. Coxsackie negative. West Nile PCR pending. Norwalk virus.
Staph aureus, E. coli, Klebsiella, Pseudomonas, and Candida albicans grew <in|from> culture.
Salter-Harris II fracture. Gartland type III. Gustilo grade 2. Schatzker IV plateau fracture.
Gleason 3+4=7. Breslow depth {dec} mm, Clark level IV. Fuhrman grade 2. Bloom-Richardson 6/9.
Child-Pugh B; MELD {num}; Maddrey {num}. Hunt-Hess 2, Fisher 3. Killip class II.
Mini-Cog 3/5, PHQ-9 {num}, GAD-7 {small}, MoCA {num}/30, Beck Depression Inventory {num}.
Edinburgh Postnatal Depression Scale {small}. Denver II normal. Tanner stage III.
Snellen 20/<20|25|40|200> OD, 20/<20|30|50> OS. Goldmann applanation {num} OU. Schirmer normal.
Trial of Paxil; previously on Wellbutrin. Allergic to Percocet and Keflex (rash).
Pt uses Nicorette; likes Gatorade and Ensure. Ordered Glucerna and Boost.
Hill-Sachs lesion; Bankart tear. Hawkins and Neer positive. Spurling negative. Phalen +.
Patient lives with <spouse|family|roommates>. Mother and father alive and well. Lives alone w/ dog.
Virginia Mason protocol. Boston Diagnostic Aphasia Exam. Rancho level VI. Minnesota tube.
Lund and Browder chart used. Parkland formula calculated. Wong-Baker FACES {small}/10. Norton scale {num}.
Philadelphia collar in place. Miami J collar. Milwaukee brace discussed. Denver shunt patent. Cleveland score.
Patient speaks {lang}; interpreter used. Religion: {relig}. Race: <White|Black|Asian|Hispanic>. Born in {country}.
Patient is a {job} and lives in {state}.
Lasix Held This AM. Home Meds Reviewed. Fall Precautions In Place. Bed In Low Position. Call Light Within Reach.
DISPOSITION: HOME WITH FAMILY. CONDITION AT DISCHARGE: STABLE. CODE STATUS: FULL CODE. DIET: CARDIAC. ACTIVITY: AS \
TOLERATED.
Past Surgical History: Tonsillectomy, Appendectomy, Tubal Ligation. Review of Systems: Negative Except as Above.
Attending Physician Statement: I saw and examined the patient with the resident. Agree with plan.
Sent from {dept} to {dept}; report called to RN.
Transferred to the nursing home. Seen in the clinic. Resident of a group home. Discharged to rehab.
Followed by {spec} at an outside hospital. Local pharmacy called. Outside records requested.
Grant funding; Mark site with marker; Bill insurance; Rob of sleep; Art therapy; Jack knife position; Ray Amputation; \
Pat dry; Frank blood per rectum; Sue denied; Gene testing.
Drew blood x2. Frank pus. Ray of light through pupil. Dusky toes. Joy in daily life. Faith is important to pt. Sandy \
texture to skin. Iris intact. Dawn phenomenon discussed.
Miller-Abbott tube, Levin tube, Salem Sump to LIS. Hickman line flushed. Broviac intact. Quinton catheter. Groshong \
site CDI.
Levine's sign. Austin Flint murmur. Carey Coombs murmur. Osler nodes, Janeway lesions absent. Roth spots none. \
Kayser-Fleischer rings absent.
Fox Chase regimen; Mayo score {small}; Duke criteria not met; Framingham risk {pct}; Stanford type B dissection; \
Johns Hopkins fall risk tool used.
Bair Hugger applied. Hoyer lift x2 assist. Geri chair. Yankauer at bedside. Ambu bag at head of bed. Kerlix and Ace \
wrap applied. Doppler pulses +. Unna boots.
Thomas test +. Faber +. Patrick's test negative. Adson's +. Finkelstein's +. Ober's neg. Trendelenburg gait. Gower's \
sign absent. Moro, Babinski, Galant present.
Sjogren's Ab neg. Coombs negative. Western blot + . Giemsa stain. Gram stain GPCs in clusters. Wright stain. \
Ziehl-Neelsen neg. Hansel stain. Gomori.
Rx: Robaxin, Darvocet, Valium, Ritalin, Adderall, Concerta, Strattera, Provigil — none refilled. Will taper Klonopin.
"""

NUMBER_LIKE = """
BP {bp}, HR {hr}, RR {rr}, T {temp}, SpO2 {spo2} on RA.
Vitals: {temp} {bp} {hr} {rr} {spo2}.
Strength <3|4|5>/5 throughout, reflexes 2+/4, sensation intact.
Pain {small}/10 <at rest|w/ movement>. Pulses 2+ bilaterally. Cap refill %<2 sec.
Na {num} K {dec} Cl {num} CO2 {num} BUN {num} Cr {dec} Glu {num}.
WBC {dec} Hgb {dec} Hct {dec} Plt {num}.
Hgb A1c {dec}% (ref 4.0-5.6). TSH {dec} (0.45-4.50). PSA {dec} ng/mL.
Troponin %<0.01 x 3. BNP 1,{num}. Lactate {dec}. INR {dec} (goal 2-3). D-dimer 0.{num}.
{drug} {dose} {route} {freq}.
{drug} {dose} {freq} #30, 3 refills. {drug} {dose} - take 1-2 tabs {freq}.
Dx: {icd}, {icd}, {icd}. CPT {cpt}. LOINC 2345-7. SNOMED 44054006. NDC 0071-0155-23. RxCUI 197361.
L4-L5 disc herniation; C5-6 foraminal stenosis; T12 compression fx; S1 nerve root; L2/3 listhesis.
Rapid strep neg. UA: SG 1.015, pH 6.0, WBC 5-10/hpf, RBC 0-2/hpf, LE +, nitrite neg.
ABG 7.32/48/71/24 on 2L. Vent: AC 16/450/5/40%. PEEP 5, FiO2 40%. PIP {num}. CPAP 8.
I/O 1450/2100 net -650. UOP 30-40 cc/hr. NS @ 75 mL/hr. D5 1/2 NS @ 125. IV 20G L AC.
pT2b N0 M0; Stage IIIA; margins neg 0/{small} nodes. ER 90%, PR 80%, HER2 1+. Ki-67 {pct}.
EF {ef}. LAD 70-80%. RCA 50%. Gradient 24 mmHg. EDD 5.2. QTc 440. PR 160 ms. QRS 98.
G3P2012 at 38w4d, EFW 3200 g, FHT 140s, cervix 4/80/-2, membranes ruptured at {time}.
Wt {wt}, Ht 5'10", BMI {dec}. Growth: 75th percentile. HC 34.5 cm. Wt 8 lb 4 oz.
Follow-up in 2-4 weeks. RTC 3 mo. POD #{small}. Day 3 of 7 abx. Cycle 4/6. x 5 years. 2-3 times per week. 24/7 care.
Smoked 1-2 ppd x 30 yrs, quit {ago} ago. EtOH 2-3 drinks/wk. 40 pack-year.
Diet 1800 kcal, 2 g Na, fluid restrict 1.5 L/day. Carb ratio 1:10, ISF 1:50 > 150.
ROM 0-120 degrees; gait 150 ft x 2 w/ RW; TUG {num} sec; 6MWT 1,200 ft; Berg 48/56; 5xSTS 14.2.
Visual acuity 20/40 OD 20/25 OS, IOP 14/16. Rx -2.25 +0.50 x 090. C/D 0.3.
Teeth #3, #14, #19 and #30 with caries; PD 4-5 mm; BOP 20%. MOD composite #12. FMX taken.
Audiogram 500-4000 Hz, 25-40 dB HL. SRT 30. Tymp A.
CT with 100 mL Omnipaque 350. DLP 812.4 mGy-cm. CTDIvol 14.3. 5 mm slices. SUV max {dec}. Series 4 image 112.
Tourniquet 250 mmHg x 62 min. EBL 150 cc. Implanted size 5 femoral, 11 mm poly. 6.5 x 40 screws. 36 mm head.
Call 911 for chest pain. Text 988 crisis line. Poison control advised. Dial 0 for operator.
Seen at {time}. Time spent 35 min. Duration 1-2 hrs. Onset about 0300. Meds due 0900/2100. Started {time}, ended {time}.
Age 45-54 screening. Grade 3/6 SEM. NYHA III. ASA 3. Mallampati 2. ECOG 1. KPS 80. CHA2DS2-VASc 4. HAS-BLED 2. NIHSS \
7. mRS 2.
Blood cx 2/4 bottles GPC. 1/2 strength Dakin's. 10/10 pain. 12/14 items. 9/10 steps. 1/3 lower lobe.
1:1000 epi 0.3 mL. 1:40 ANA. 1:2 dilution. 5/8 inch needle. 25G x 1.5. 2x2 gauze. 4x4s. 18 Fr. 7.5 ETT at 22 cm.
Reference range 135-145, 3.5-5.1, 98-107, 22-29, 7-20, 0.6-1.2, 70-99.
Fingersticks 112, 118, 97, 143, 201. FSBS 145 / 182 / 220 / 166.
Pulse ox 94-96%. Temp 98.6-99.1. BP 120s-130s/70s-80s. HR 80s-90s. RR 16-18.
Tdap, MMR #2, PCV13, HepB 3/3, Flu 0.5 mL IM L deltoid. Td q10y. Shingrix 2/2.
HCPCS J1100, A4253, E0601. DRG 470. Modifier 25. Rev code 0450. POS 11. ICD-10-PCS 0DTJ4ZZ. Z79.4.
Total score 12/24. Item 9 = 0. Section 4.2. Page 2 of 3. Version 1.4. Table 3. Figure 2b. Protocol 12. Step 2. Level \
3. Room air. Option 1.
Dose 1 mg/kg q12; 15 mL/kg; 3 mg/kg/day div TID; 0.1 mcg/kg/min; 25,000 units/250 mL; 4-5 gtt; 5000u SQ.
Chol 212, TG 180, HDL 41, LDL 135. AST/ALT 34/41. Alk phos 88. T bili 0.9. Alb 3.8. Ca 9.1. Mg 1.9. Phos 3.2.
Bed rest x 24 h. Ice 20 min on/20 off. WBAT RLE. NWB LUE x 6 wks. PT 3x/wk x 4-6 wks. HEP 2 sets of 10. 3 x 12 reps.
PHQ-9: 2,1,1,0,2,1,0,0,0 = 7. AUDIT-C 3. COWS 11. CIWA 8, 6, 4. RASS -1. CAM neg. BIMS 13. FIM 4. ADL 5/6.
CD4 412, VL %<20. HCV RNA 1,240,000 IU/mL. HbsAg NR. RPR 1:4. QuantiFERON neg. HIV 4th gen NR. Titer 1:320.
Home O2 2-3 L. Neb q4. PFT: FEV1 1.82 (61%), FVC 2.91, ratio 0.62, DLCO 55%. Peak flow 250-300-350.
"""


def lines(text):
    """The sentences of a bank, one a line."""
    return [line for line in text.strip().split("\n") if line]


NAME_LIKE, NUMBER_LIKE = lines(NAME_LIKE), lines(NUMBER_LIKE)
SENTENCES = NAME_LIKE + NUMBER_LIKE
