/// Phrases that announce an identifier, with the kind they announce.
enum IdentifierCues {
    struct Cue: Sendable {
        let words: [UInt64]
        let label: IdentifierLabel
        /// How many digits the value must have: few behind “MRN”, more behind a word with other meanings.
        let digits: Int
        /// The word has other meanings: the value must look like a code.
        var isWeak = false
    }

    /// By the first word, longest phrases first.
    static let table: [UInt64: [Cue]] = {
        var table: [UInt64: [Cue]] = [:]
        for (label, digits, phrases) in lists {
            for phrase in phrases.split(separator: "|") {
                let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) }
                guard let first = words.first else { continue }
                let isWeak = words.count == 1 && weak.contains(first)
                table[first, default: []].append(Cue(words: words, label: label, digits: digits, isWeak: isWeak))
            }
        }
        return table.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    /// What may stand between the announcement and the value.
    static let fillers = RuleScanner.words(
        """
        number numbers no num nr id ids identifier is was of code ending in as being with under card member policy
        record the last four digits plan on file ends end starting registered listed her his pt patient value
        """
    )

    /// Behind these, four digits are enough.
    static let shortNumbers = RuleScanner.words("badge emp empl passcode interp gate star no id")

    private static let weak = RuleScanner.words(
        """
        mr chart record file jacket social soc ss insurance ins insur supp mbr pol policy bcbs aetna cigna humana uhc kaiser
        tricare anthem mcr mcd mco grp group hmo ppo hic regence molina bupa healthpartners wellcare centene ambetter emblemhealth selecthealth premera highmark
        geisinger upmc caresource amerigroup mcare mcaid oxford supplement holder membership secondary medicare medicaid checking savings card visa mc check
        bank debit stmt statement billing paypal venmo autopay lic dl certificate cert certification permit ame crni clia
        cds csr cdl placard lot ser device pump generator tx transmitter tracker hub wearable robot equipment machine tag
        valve amp asset kiosk sensor receiver reader glucometer iris palm retina voice face gait template profile print
        finger tcn livescan enrolled footprints thumbprint footprint afis biometric biometrics order study case acc kit emp login run bag pedigree path pa
        interpreter interp docket police rpt report incident doc sid fbi birls band bands appr approval conf barcode req eob
        dispatch cad sample aliquot workstation terminal session log protocol site form employee empl voucher token pin
        locker photo photos slide slides block batch consent referral ref reference confirmation ticket job rx auth
        authorization passcode gate id subject participant encounter specimen badge har fin claim plate hull invoice member badge ein tin
        """)

    private static let lists: [(IdentifierLabel, Int, String)] = [
        (
            .medicalRecordNumber, 2,
            """
            mrn | mrns | medical record | medical records | mr no | mr number | hospital number | hospital no |
            chart number | chart no | chart id | patient id | patient identifier | patient number | patient no | pt
            id | med rec | medrec | unit number | unit no | emr | ehr id | emr id | hrn | record number | record no
            | record id | umrn | emrn | mr | chart | record | medical rec | med record | mr id | mrn id | nh chart |
            facility id | jacket | hospital id | pat id | patient mrn | hosp no | file
            """
        ),
        (.socialSecurityNumber, 4, "ssn|ssns|social security|soc sec|social|ss|sss|soc"),
        (
            .healthPlan, 3,
            """
            health plan | healthplan | insurance | insurance id | insurance policy | insurance member | insurance
            plan | insurance number | ins id | member id | member number | member no | member | subscriber |
            subscriber id | subscriber number | beneficiary | beneficiary id | beneficiary number | beneficiary no |
            medicare | medicaid | hicn | mbi | policy | policy id | policy number | policy no | group number | group
            no | group id | plan id | plan number | plan no | payer id | hpid | hpbn | hmo id | health insurance |
            coverage id | ins | insur | supp | mbr | mbr id | sub id | subscr | pol | medi cal | mainecare | masshealth |
            bcbs | bcbs id | aetna | cigna | humana | uhc | kaiser | tricare | anthem | blue cross | mcr | mcd | mco |
            medicaid id | medicare id | grp | group | va card | rxbin | rxgrp | rxpcn | secondary | hmo | ppo | hic | card id |
            regence | molina | bupa | healthpartners | wellcare | centene | ambetter | emblemhealth | selecthealth | premera |
            highmark | geisinger | upmc | caresource | amerigroup | mcare | mcaid | oxford | supplement | drug plan |
            plan holder | membership | new plan | sanford health plan | health net
            """
        ),
        (
            .account, 4,
            """
            account | accounts | acct | acc no | acct no | account number | bank account | checking | savings |
            credit card | debit card | card | card number | visa | mastercard | amex | routing | iban | invoice |
            invoice number | billing | billing id | billing number | guarantor number | fin | fin number | har |
            claim | claim number | claim no | bill number | stmt | statement | bank | routing number | debit | autopay |
            card on file | billing acct | patient account | pt acct | acct balance | venmo | paypal | mc | check no | check
            """
        ),
        (
            .license, 4,
            """
            license | licence | lic | license number | license no | drivers license | driver license | driver s
            license | driver s licence | driving licence | dl | dln | dea | dea number | dea no | npi | npi number |
            certificate | certificate number | cert | certification | state license | medical license | nursing
            license | passport | passport number | permit | registration number | upin | clia | cds | csr | board cert | license id | lic no | lic nr | dl no | d l |
            concealed carry | cdl | pilot | airman cert | ame | crni | state id | rn license | md license | cert no
            """
        ),
        (
            .vehicle, 2,
            """
            vin | vehicle identification | vehicle id | license plate | licence plate | plate number | license tag |
            tag number | registration plate | vehicle registration | vin number | tail number | hull | handicap placard |
            placard | lic plate
            """
        ),
        (
            .device, 3,
            """
            serial | serial number | serial no | sn | s n | udi | device id | device identifier | device serial |
            implant serial | model number | pacemaker serial | pump serial | imei | mac address | lot number | lot
            no | implant id | icd serial | lead serial | lot | ser | ser no | s n | sn | device | device no | model no | ra
            lead | rv lead | lv lead | pump | generator | tx | transmitter | tracker | hub | wearable | robot | monitor id |
            equipment | machine | tag | wander tag | hearing aid | stent lot | valve | amp | unit serial | asset | udi di |
            alarm pad | kiosk | sensor | receiver | reader | glucometer | meter sn
            """
        ),
        (
            .biometric, 2,
            """
            fingerprint | fingerprints | voiceprint | voice print | retinal scan | retina scan | iris scan | iris |
            biometric | biometrics | biometric id | facial recognition | face id | palm print | palm vein |
            handprint | faceprint | face scan | facial scan | genetic profile | dna profile | palm | palm scan | retinal
            image | retina | voice sample | voice | voice id | face match | face | iris id | footprint | footprint card |
            fingerprint id | fingerprint template | template | gait | afis | ten print | hla file | str profile | profile |
            scanner returned | thumbprint | thumbprint id | thumb print | print | biometric hash | ear print | photo id |
            live scan | livescan | fingerprint tcn | tcn | finger scan | finger | face geometry | iris match | iris cam |
            footprints | footprints sheet | footprint sheet | tattoo photo | palm id | enrolled
            """
        ),
        (
            .other, 3,
            """
            accession | accession number | accession no | acc | encounter | encounter id | encounter number | csn |
            visit number | visit id | study id | study number | study | case number | case no | case | case id |
            specimen | specimen number | specimen id | employee id | employee number | employee no | badge | badge
            number | badge id | order number | order id | requisition | reference | reference number | ref | ref no
            | confirmation | ticket | referral number | referral id | prior authorization | authorization | auth |
            rx number | rx | prescription number | protocol number | subject | subject id | subject number |
            participant | participant id | trial id | case ref | file number | file no | file id | document id |
            report id | report number | report no | job | job number | doc id | dictation id | confirmation number |
            unique id | unique identifier | identifier | id | uid | uuid | guid | national id | tax id | ein | tin |
            student id | military id | veteran id | dod id | edipi | alien number | visa number | inmate number |
            inmate id | surgical number | pathology number | tracking number | order | kit | emp | emp id | badge no | login |
            user id | run | ems run | run no | unit no | bag | doc no | pedigree | path | path no | pa | interpreter | interp
            | docket | court case | police | police report | rpt | rpt no | report | incident | incident report | app id | a
            no | service no | doc | sid | fbi | birls | pasrr | band | bands | bands no | hugs tag | appr | approval | conf |
            conf no | barcode | requisition no | req | req no | eob | dispatch | cad | sample | sample id | aliquot | donor
            id | recipient id | unos id | wait id | mom id | baby id | workstation | terminal | session | job no | log | log
            no | serial id | protocol | site | site id | form | univ id | school id | employee | empl | voucher | token | pin |
            access code | gate code | locker | photo | photos | slide | slides | block | batch | consent | ref code |
            authorization number | auth no | auth code | referral | passcode | gate | referral no | ticket no | reference no | control no
            """
        ),
    ]

    /// Behind “NDC”, “CPT” and the like stands a code of a public list.
    static let publicCodes = RuleScanner.words(
        "ndc cpt icd loinc snomed rxnorm hcpcs drg nct pmid doi omim atc ec cas icd10 icd9 rxcui")
}
