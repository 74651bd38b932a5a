/// Phrases that announce an identifier, with the kind they announce.
enum IdentifierCues {
    struct Cue: Sendable {
        let words: [UInt64]
        let label: IdentifierLabel
        /// How many digits the value must have: few behind “MRN”, more behind a word with other meanings.
        let digits: Int
    }

    /// By the first word, longest phrases first.
    static let table: [UInt64: [Cue]] = {
        var table: [UInt64: [Cue]] = [:]
        for (label, digits, phrases) in lists {
            for phrase in phrases.split(separator: "|") {
                let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) }
                guard let first = words.first else { continue }
                table[first, default: []].append(Cue(words: words, label: label, digits: digits))
            }
        }
        return table.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    /// What may stand between the announcement and the value.
    static let fillers = RuleScanner.words(
        """
        number numbers no num nr id ids identifier is was of code ending in as being with under card member policy
        record the last four digits plan
        """
    )

    private static let lists: [(IdentifierLabel, Int, String)] = [
        (
            .medicalRecordNumber, 2,
            """
            mrn | mrns | medical record | medical records | mr no | mr number | hospital number | hospital no |
            chart number | chart no | chart id | patient id | patient identifier | patient number | patient no | pt
            id | med rec | medrec | unit number | unit no | emr | ehr id | emr id | hrn | record number | record no
            | record id | umrn | emrn
            """
        ),
        (.socialSecurityNumber, 4, "ssn|ssns|social security|soc sec|social|ss"),
        (
            .healthPlan, 3,
            """
            health plan | healthplan | insurance | insurance id | insurance policy | insurance member | insurance
            plan | insurance number | ins id | member id | member number | member no | member | subscriber |
            subscriber id | subscriber number | beneficiary | beneficiary id | beneficiary number | beneficiary no |
            medicare | medicaid | hicn | mbi | policy | policy id | policy number | policy no | group number | group
            no | group id | plan id | plan number | plan no | payer id | hpid | hpbn | hmo id | health insurance |
            coverage id
            """
        ),
        (
            .account, 4,
            """
            account | accounts | acct | acc no | acct no | account number | bank account | checking | savings |
            credit card | debit card | card | card number | visa | mastercard | amex | routing | iban | invoice |
            invoice number | billing | billing id | billing number | guarantor number | fin | fin number | har |
            claim | claim number | claim no | bill number
            """
        ),
        (
            .license, 4,
            """
            license | licence | lic | license number | license no | drivers license | driver license | driver s
            license | driver s licence | driving licence | dl | dln | dea | dea number | dea no | npi | npi number |
            certificate | certificate number | cert | certification | state license | medical license | nursing
            license | passport | passport number | permit | registration number
            """
        ),
        (
            .vehicle, 2,
            """
            vin | vehicle identification | vehicle id | license plate | licence plate | plate number | license tag |
            tag number | registration plate | vehicle registration
            """
        ),
        (
            .device, 3,
            """
            serial | serial number | serial no | sn | s n | udi | device id | device identifier | device serial |
            implant serial | model number | pacemaker serial | pump serial | imei | mac address | lot number | lot
            no | implant id | icd serial | lead serial
            """
        ),
        (
            .biometric, 2,
            """
            fingerprint | fingerprints | voiceprint | voice print | retinal scan | retina scan | iris scan | iris |
            biometric | biometrics | biometric id | facial recognition | face id | palm print | palm vein |
            handprint | faceprint | face scan | facial scan | genetic profile | dna profile
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
            inmate id | surgical number | pathology number | tracking number | order
            """
        ),
    ]

    /// Behind “NDC”, “CPT” and the like stands a code of a public list.
    static let publicCodes = RuleScanner.words(
        "ndc cpt icd loinc snomed rxnorm hcpcs drg nct pmid doi omim atc ec cas icd10 icd9 rxcui")
}
