// Words that are capitalised for another reason than being a name: sentence starts, headings, drugs, eponyms.
extension WordLists {
    static let functionWords = """
        a an the this that these those he she it they we i you his her hers its their our my your him them us me who
        whom whose which what when where why how and or but nor so yet if then than because although though while
        whereas of in on at by for from to into onto with without within about above below under over after before
        during since until till between among through per via upon against toward towards as is are was were be been
        being am has have had having do does did done will would shall should can could may might must not no yes none
        also only very there here any all some each every both either neither other others another such same own out
        off up down again further once more most less least too just now please however therefore thus otherwise
        nevertheless additionally furthermore moreover overall currently today yesterday tomorrow tonight never always
        often sometimes
        """

    /// Ordinary words, those that are also names among them (such a word is a name only by its context).
    static let commonWords = """
        ability abnormal absent abuse access accident according account active activity acute add addition address
        admission admit admitted admitting advice advised afternoon age aged aggressive agreed aim air alcohol alert
        alive allergies allergy alone along already alternative ambulatory american amount analysis angel another
        answer anterior anxiety appeared appears appointment approach approximately april appropriate area arm art
        artery ask aspect assess assessed assessment assistant associated at-risk attempt attending august autumn
        available average awake aware away back bad baker balance ball bank barber barrier base based basic bass bath
        bay beach bear beautiful became bed began begin behavior being bell best better big bilateral bill billing
        biopsy bird birth bishop black bland blood blue board body bond bone book boot born bottom bowel box boy brain
        branch bread break breast breath brief bright bring brown brother bush business butler button calculated call
        called calls calm came can cane cannon canyon card cardiac care careful carpenter carrier case cash category
        cause cell center central certain change changes chart chase check chest chief child children choice choose
        chronic church clay clean clear clerk client clinical clip close closed closing closure code cold cole color
        colon come comfort comment comments common company compare comparison complaint complaints complete completed
        complex complication complications concern conclusion condition conditions confirm confirmed congestive
        consent consider consult consultation consulted contact contacts continue continued contrast control
        controlled cook cooper correct cost cough could counsel count country course cousin cover create credit
        critical cross crystal culture current customer cut daily damage dark data date dates daughter dawn day days
        dead dean dear death decision decrease decreased deep defect deficit delay delivery demographics denied denies
        dental department depth dermal describe described description despite destiny detail details determine develop
        developed device diabetes diabetic diagnosed diagnoses diagnosis diagnostic dictated diet difference different
        difficult difficulty direct discharge discharged disclosed discuss discussed discussion disease disposition
        distal distress district doctor document documentation documented dose door double draft drain drew drink drop
        drug dry due duke duration duty early earth east easter eat edema education effect effective effusion eight
        either elderly elective electronic electronically elevated email emergency emergent employee employer enclosed
        encounter end energy english enjoy ensure enter entire entry episode equipment error estimate estimated
        ethnicity evaluate evaluated evaluation evening event events evidence exam examination examined examiner
        example excellent except exercise exit expected expert explain explained exposure extended extensive external
        extra extremities extremity eye eyes face facility fact failure fair faith fall family far farmer fast father
        fax february feel feeling fees felt female fetal few field fields fifth figure file fill final find finding
        findings fine finger first fisher five flat floor florence flow flowers fluid focus follow followed following
        follow-up food foot force ford foreign form formal former forms forward foster found four fourth fox fracture
        frame frank free french frequency fresh friday friend front frost full function functional future gait gallery
        gardner gas gate gates gave gay gender general generic gentle gentleman genetic girl give given glass glucose
        go goal goals gold golden good grace grade grand grant graph graves gray great green grey grip gross ground
        group grow growth guarantor guidance guide guidelines guy gynecology hair half hall hand handle happy hard
        hardy harmony hate head heading healing health healthy hear heard heart heat heath heavy height held help
        hemorrhage hence high higher highest hill hip history hold hole holiday holly home honey hood hope horn horton
        hospice hospital host hot hour hours house housing however human hunt hunter husband hypertension ice idea
        identification identified identify illness image images imaging immediate impression improved improvement
        incidental incision include included includes including increase increased independent index indicated
        indication indications indicator individual infant infection inferior information initial injury inner
        inpatient inspection instructed instructions insurance insured intact intake intensive interim intermittent
        internal international interpretation interval intervention introduction investigation issue issues item items
        ivy january job join joint joy judge july june junior justice keep kent key kidney kin kind king knee knew
        knight know known lab labor laboratory labs lack lady lake lamb lane language large last lastly late lateral
        later law lead leave lectures left leg length letter level levels license lie life light like likely limit
        limited line lines list listed literature little live lived liver living local location long look lord loss
        lot love low lower lumbar lunch lung made mail main maintain major make male man manage management managing
        many march margin mark marked marks marsh martial mason mass match material maternal matter max maximum
        meadows mean means measurement measurements measures medial median medicaid medical medicare medication
        medications medicine medium meds meet member memory men mental mercy message method mid middle midline mild
        mile miles military miller mind minimal minor minute minutes misty mobile model moderate moderately mom monday
        monitor monitoring month monthly moon moore morning mother motor mouth move moved movement multiple muscle
        music nail name named narrative nasal national natural near neck need needed needs negative negatives nephew
        nerve neuro neurologic neurological neurology new newborn newman news next niece night nine noble non normal
        north nose notable note noted notes nothing notice notified november number numbers nurse nursing object
        objective observation observed obstetrics obtained obvious occupation occupational occurred october odd
        offered office officer old older oncology one ongoing online onset open operation operative opinion option
        optional oral order ordered orders organ orient oriented original orthopedic outcome outpatient outside
        outstanding overall overview own oxygen pace page pain palpable palpation panel paper par paragraph parent
        parents park parker parking parks part partial partner party passed past patch patent path pathologist
        pathology patience patient patients pattern pay payer pearl pediatric pelvic penny people percent perform
        performed period permanent permission person personal pharmacy phase phone photo physical physician physicians
        piece place placed plain plan planned plans plate play pleasant plus point police policy polly poor pope port
        porter portion position positive possible post posterior postoperative potter pound power powers practice pre
        precaution precautions predominantly pregnancy pregnant preliminary preoperative preparation prep prescribed
        prescription present presentation presented presenting presents pressure preston pretty prevent previous
        previously price primary prince prior priority private probable probably problem problems procedure procedures
        process product professional profile profession program progress prognosis prompt proper protein protocol
        provide provided provider providers province proximal psychiatric psychiatry public pulmonary pulse pupil
        pupils purpose put quality quarter queen query question questions quick quite race radiologist radiology rail
        raised ran random range rapid rare rate rather ratio ray reaction read ready real reason reasons receive
        received recent recently recommend recommendation recommendations recommended record records recovery
        recurrent red reed reduced reduction reed refer reference referral referred referring reflex reflexes
        regarding region regular rehab related relation relationship relative release relief religion remains
        remarkable remote removal removed renal repair repeat replaced reply report reported reportedly reports
        request requested required research resident residual respiratory response rest result results resume retired
        return returned revealed review reviewed revised rhythm rice rich right ring rise risk risks river rivers road
        robin robust rock role room root rose rosa routine ruby rule run rush said saint sale salt sample sandy
        satisfied saturday savage saw scale scalp scan scar schedule scheduled school scope score screen screening
        seasonal second secondary secretary section see seek seems seen select self send senior sensation sensory sent
        separate september series serious service services session set seven several severe severity sex shape sharp
        sheet shelter shields shift short shortness shot shoulder show showed shown shows side sided sign signal
        signature signed significant signs similar simple since sincerely single sinus sister site six size skilled
        skin skinner sleep slight slightly slow small smith-like smoke smoker smoking smooth snow social soft solid
        son soon sore sound source south space spanish spark speak special specialist specialty specific specimen
        speech spine split spoke spontaneous spoon spouse spring square stable staff stage stand standard star start
        started state stated statement states station status stay steady steel step steps sterile stiff still stomach
        stone stop stopped story straight strategy strength stress strong structure student studies study subject
        subjective subsequent subsequently sudden suggest suggested suggests summary summer sun sunday superior
        supervisor supine supply support sure surface surgeon surgery surgical surrounding suspect suspected
        suspicious swelling symptom symptoms system systemic systems table take taken takes talk tall task tech
        technique telephone tell temperature ten tender tenderness term test testing tests text thank thanks therapist
        therapy thick thin thing third thirty thorough thought three throat throughout thumb thursday thyroid time
        times tip tissue title tobacco together toe told tolerated tongue took tool top topic total touch town trace
        track trait transfer transferred transition trauma travel treated treatment tree trial trip true trunk try
        tube tuesday tumor turn twelve twenty twice two type typical ulcer unable unchanged uncle unclear underlying
        understand underwent unit united unknown unless unremarkable update updated upper urgent urinary urine use
        used user using usual usually utility vague valid value values various vascular venous verbal verified version
        very video view viola violet virtual viral visit visited visits vision vital vitals voice volume waiting wait
        walk walker wall want warm warn wash water waters way weak weakness wear weather webb wednesday week weekly
        weeks weight well went west wet wheelchair white widow wife wild winter wise wish witness wolf woman women
        wood woods word words work worked worker working workup world worse would wound wrist write writing written
        wrong year years yellow yesterday young zero accompanied accordingly adequate adjusted advance afraid agent
        agree agreement ambulation anesthesia anesthesiologist anesthesiology apparent applied assay assist assisted
        authorization auto beneficiary benefits block bronze bureau captain catholic caucasian african asian hispanic
        latino native indian european german italian russian chinese japanese korean mexican jewish muslim christian
        baptist protestant arabic portuguese polish vietnamese british irish canadian chair chairman channel chapter
        character charge christmas class classification clinician coach college combined commission committee
        communication community compliance comply component comprehensive concerning consistent contacted contract
        coordinator copies copy core corporation corrected council counselor coverage criteria database debit deceased
        declined degree demonstrated dependent designated dialysis director disability disclaimer display division
        donor dosage dosing download drive driver driving dystrophy economic effects efficacy eligible enrolled
        environment equivocal evaluations excuse exposed faculty federal fellow fellowship fields film finance
        financial fitness fixed flight foundation freedom gene government graduate greetings hello hi identifier
        implant impact implement import impressions income initials initially inquiry institution interaction
        interactions invoice kindly latest lecture legal library link log machine manager manual manufacturer marital
        married master mechanism media mentor met mission mixed module mr mri navy network nutrition occupational
        offer online organization orientation outline package palliative participant password payment phenotype pilot
        platform pool population portal potential president pressure priest principal print proceed production
        progressive project protected province psychology public publication publisher purchase qualified quarterly
        receptionist recheck recorded reform register registered registration registry regulation reminder rental
        requesting requisition residence residential resource respond responsible restaurant restricted retrospective
        reviewer rights safety sanitary scene science scientific script seal search secure security seeking sender
        sergeant serial server settings share sheriff single slide social society software special sponsor spiritual
        sports store street strictly string submitted success suite surveillance survey technician technologist
        technology thanksgiving theory therapeutic thorax tomography trainer training transcribed transcription
        transplant transport trip undersigned union university unspecified vaccination vaccine vehicle vendor venture
        verify veteran veterans volunteer voucher ward warning website welcome wellness window works yearly zone
        billed born chief dob dos fin mrn ssn id pcp pt hx rx tx dx sx fx cc hpi ros pmh psh
        """

    static let medicalWords = """
        parkinson parkinsonism alzheimer crohn foley huntington hodgkin graves hashimoto addison cushing marfan turner
        klinefelter tourette raynaud sjogren wilson bell barrett baker colles dupuytren guillain barre kaposi kawasaki
        korsakoff wernicke meniere menieres paget peyronie wegener whipple zollinger babinski romberg murphy mcburney
        rovsing phalen tinel trendelenburg valsalva glasgow apgar gleason braden norton mallampati lachman mcmurray
        spurling hoffmann kernig brudzinski homan homans doppler swan ganz hickman broviac groshong penrose jackson
        pratt hemovac kocher bovie kelly allis babcock metzenbaum debakey balfour bookwalter pfannenstiel mcvay nissen
        billroth roux hartmann lefort down asperger angelman prader willi ehlers danlos kussmaul cheyne stokes biot
        osler janeway roth heberden bouchard virchow troisier charcot joint mobitz wenckebach wolff brugada takotsubo
        eisenmenger fallot ebstein gram giemsa wright papanicolaou pap mantoux schirmer snellen rorschach beck
        hamilton epworth berg borg katz barthel rankin fitzpatrick breslow clark bosniak bethesda fuhrman nottingham
        bloom richardson ann arbor dukes child pugh meld chads vasc ranson willis cobb gehrig ana ted hep ii iii iv vi
        vii viii ix xi xii appendix slice block sodium potassium cytokeratin mucosa specimens gallbladder spleen
        pancreas kidneys lungs heart liver morton kessler elisa metastasis metastases vesicle vesicles ductal lobular
        invasive margins differentiated microscopic macroscopic gross apache sofa curb wells geneva framingham killip
        forrester duke jones light lights salter garden gustilo staphylococcus streptococcus escherichia klebsiella
        pseudomonas candida aspergillus clostridium enterococcus haemophilus helicobacter mycobacterium neisseria
        salmonella listeria legionella mycoplasma chlamydia trichomonas borrelia lyme epstein barr zika ebola covid
        sars cov influenza hepatitis herpes varicella zoster aspirin tylenol advil motrin aleve ibuprofen
        acetaminophen naproxen lipitor crestor zocor pravachol plavix coumadin warfarin heparin lovenox eliquis
        xarelto pradaxa lasix bumex demadex aldactone norvasc lopressor toprol coreg tenormin zestril prinivil vasotec
        altace diovan cozaar benicar micardis hyzaar metformin glucophage januvia jardiance farxiga invokana ozempic
        trulicity victoza lantus levemir humalog novolog humulin novolin actos amaryl glucotrol insulin synthroid
        levothyroxine levoxyl armour prednisone medrol decadron dexamethasone solu cortef hydrocortisone albuterol
        ventolin proair proventil advair symbicort flovent pulmicort spiriva combivent singulair atrovent xopenex
        zyrtec claritin allegra benadryl nasonex flonase astelin prilosec nexium protonix prevacid zantac pepcid
        reglan zofran phenergan compazine colace senna miralax dulcolax metamucil imodium lomotil prozac zoloft paxil
        lexapro celexa effexor cymbalta wellbutrin remeron trazodone elavil pamelor xanax ativan valium klonopin
        restoril ambien lunesta sonata seroquel zyprexa risperdal abilify geodon haldol lithium depakote lamictal
        tegretol dilantin keppra topamax neurontin gabapentin lyrica vicodin norco lortab percocet oxycontin oxycodone
        hydrocodone morphine dilaudid fentanyl duragesic ultram tramadol methadone suboxone narcan keflex ancef
        rocephin zosyn unasyn augmentin amoxicillin penicillin zithromax azithromycin biaxin levaquin cipro avelox
        bactrim septra vancomycin flagyl diflucan valtrex tamiflu humira enbrel remicade rituxan herceptin avastin
        keytruda opdivo methotrexate plaquenil imuran cellcept prograf flexeril soma robaxin skelaxin zanaflex
        baclofen fosamax boniva actonel prolia premarin provera depo mirena viagra cialis levitra flomax proscar
        avodart detrol ditropan botox lidocaine marcaine bupivacaine xylocaine sensorcaine propofol versed ketamine
        etomidate epinephrine norepinephrine dopamine dobutamine nitroglycerin amiodarone digoxin lanoxin cardizem
        verapamil diltiazem lisinopril losartan amlodipine metoprolol atenolol carvedilol furosemide
        hydrochlorothiazide spironolactone simvastatin atorvastatin rosuvastatin pravastatin omeprazole pantoprazole
        monocryl vicryl prolene ethibond dermabond steri strips mersilene nylon betadine chlorhexidine hibiclens
        bacitracin neosporin ensure jevity glucerna sigma stryker zimmer medtronic synthes depuy arthrex aorta carotid
        femoral popliteal brachial radial ulnar tibial fibular humerus femur tibia fibula patella cervical thoracic
        sacral coccyx pelvis abdomen abdominal cranial cerebellar cerebral hepatic gastric duodenal jejunal colonic
        rectal prostate bladder ureter uterus uterine ovarian adnexal vaginal breast axillary lymph nodes mediastinal
        hilar pleural pericardial mitral aortic tricuspid ventricular atrial coronary cardiovascular gastrointestinal
        genitourinary musculoskeletal integumentary hematologic endocrine psychiatric heent perrla eomi nad rrr ctab
        ctabl wnl nkda nka copd chf cad htn dm gerd uti dvt pe mi cva tia cabg pci ekg ecg eeg emg ct cta mra mri pet
        cxr kub us echo tee tte lvef ef cbc bmp cmp lft bun creatinine hgb hct wbc rbc plt inr ptt pt esr crp tsh psa
        hba bnp abg ph po iv im sq subq prn bid tid qid qhs qd qod npo hob oob sob doe pnd jvd lad rle lle rue lue bka
        aka orif tka tha acl mcl pcl lcl tmj hiv aids hpv rsv mrsa vre esbl tb ptsd adhd ocd gad mdd asd icu ccu micu
        sicu nicu picu er ed or pacu snf ltac rehab bp hr rr temp spo bmi bsa gcs nyha asa aha acc ada cdc fda nih who
        nsaid nsaids ssri snri ace arb maoi tca ppi glasgow coma framingham chaddock hoffman tanner stage grade type
        class ablation laparoscopic laparoscopy arthroscopic endoscopic colonoscopy endoscopy bronchoscopy cystoscopy
        hysteroscopy mammogram ultrasound radiograph fluoroscopy anesthesia sedation intubation extubation
        catheterization angiography stent pacemaker defibrillator dialysis hemodialysis transfusion chemotherapy
        radiation immunotherapy depression hypothyroidism hyperlipidemia asthma pneumonia sepsis cellulitis abscess
        anemia leukemia lymphoma carcinoma adenocarcinoma melanoma sarcoma glioma adenoma hernia stenosis obesity
        dementia delirium seizure stroke migraine neuropathy arthritis osteoarthritis osteoporosis fibromyalgia lupus
        gout psoriasis eczema epidural subdural subarachnoid intracranial intraoperative estimated fluids urine foley
        condition sponge counts trileptal vytorin zetia tricor niaspan lovaza amitriptyline nortriptyline citalopram
        fluoxetine sertraline bupropion mobic celebrex voltaren toradol indocin naprosyn darvocet demerol nubain
        robitussin mucinex sudafed afrin caltrate citracal ecotrin bayer centrum ferrous sulfate potassium chloride
        calcium magnesium zinc vitamin folate folic lactated ringer ringers saline dextrose gelfoam surgicel floseal
        bicillin tetanus diphtheria rocuronium sevoflurane anectine succinylcholine zemuron desflurane isoflurane
        robinul glycopyrrolate neostigmine
        """

    static let eponymNouns = """
        disease diseases syndrome syndromes sign signs test tests testing palsy maneuver manoeuvre catheter score
        scores scale classification criteria criterion lymphoma thyroiditis stain cyst fracture contracture phenomenon
        reaction reflex procedure operation repair incision position tube drain clamp forceps retractor ligament node
        nodes body bodies syndromic dementia esophagus oesophagus sarcoma hernia ulcer ring line lines grade stage
        staging index respiration breathing anomaly malformation tetralogy murmur law triad rule ataxia chorea
        encephalopathy nodule nodes duct gland tendon canal muscle space fascia membrane tubercle angle plane point
        lesion deformity dissection needle pouch bag cannula speculum suture sutures knot splint brace collar cast
        traction frame nail plate screw prosthesis approach technique method equation formula estimate coma inventory
        questionnaire rod rods prosthesis tear exam protocol flu fever spots murmurs forceps boot wire pack dilator pin pins
        osteotomy tumor tumour tumors risk regimen shunt virus sump rings lesions purpura exercise exercises maneuver hugger
        stocking stockings walker chair lift block blocks nodule bed mattress monitor valve graft stent filter balloon mask
        antibody antibodies antigen factor prep nomogram staging chart charts clip clips trocar port bandage wrap hose
        chorea crisis pouch patch flap arch bundle fibers cells bodies granules space loop plexus nerve nerves artery vein
        trial study score's wort water whistle bodies islets corpuscle diet method medium agar level levels contractions
        gait posture paralysis neuropathy dystrophy anemia thalassemia nephritis thrombocytopenia hemophilia glands papilla
        ampulla sphincter valve membrane chorioretinitis cardiomyopathy myelitis choroiditis amaurosis carcinoma cancer
        """
}
