internal import ConsiliumCore
internal import Deidentification

/// Makes synthetic reports for demos and tests: patients who do not exist (one visit in four is by one who came before),
/// identifiers in header and text, and clinical sentences whose findings and impression belong together.
///
/// The same specialty, seed and number give the same reports; a larger number only adds reports at the end.
/// They teach the style of a specialty. They are no medical knowledge and prove nothing about real reports.
public struct SampleReportGenerator: Sendable {
    private let specialty: Specialty
    private let seed: UInt64

    public init(specialty: Specialty, seed: UInt64) {
        self.specialty = specialty
        self.seed = seed
    }

    public func reports(_ count: Int) -> [SampleReport] {
        var random = SampleRandom(seed: seed, label: "sample-reports/\(specialty.rawValue)")
        let providers = (0..<6).map { _ in SamplePatient(&random) }
        var patients: [SamplePatient] = []
        var reports: [SampleReport] = []
        for index in 0..<max(count, 0) {
            let patient: SamplePatient
            if !patients.isEmpty, random.chance(25) {
                patient = patients[random.below(patients.count)]
            } else {
                patient = SamplePatient(&random)
                patients.append(patient)
            }
            let digits = String(index)
            let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            let provider = providers[random.below(providers.count)]
            reports.append(report(patient, provider, "\(specialty.rawValue)-\(number)", &random))
        }
        return reports
    }

    private func report(
        _ patient: SamplePatient, _ provider: SamplePatient, _ accession: String, _ random: inout SampleRandom
    ) -> SampleReport {
        let phrases = specialty.phrases
        let offset = random.number(0...699)
        let day = SampleDay(offset: offset)
        let kind = random.pick(phrases.kinds)
        var text = SampleText()
        header(patient, provider, phrases.facility, day, kind, &text, &random)
        body(phrases, patient, day, &text, &random)
        for _ in 0..<random.number(0...2) where text.length < 1200 {
            mention(patient, provider, SampleDay(offset: offset + random.number(5...45)), &text, &random)
        }
        return SampleReport(
            text: text.text, spans: text.spans, accession: accession, kind: kind, facility: phrases.facility,
            patient: patient,
            provider: provider, day: day)
    }

    private func header(
        _ patient: SamplePatient, _ provider: SamplePatient, _ facility: String, _ day: SampleDay, _ kind: String,
        _ text: inout SampleText, _ random: inout SampleRandom
    ) {
        func line(_ title: String, _ value: String, _ label: IdentifierLabel, after: String = "\n") {
            text.add(title)
            text.add(value, label)
            text.add(after)
        }
        switch random.below(3) {
        case 0:
            line("", facility, .location)
            line("Patient: ", patient.lastFirst, .name, after: "   ")
            line("MRN: ", patient.recordNumber, .medicalRecordNumber)
            line("Birth date: ", patient.born.american, .date, after: "   ")
            line("Visit date: ", day.american, .date)
            line("Attending: ", "\(provider.full), MD", .name, after: "\n\n")
        case 1:
            text.add("\(kind)\n")
            line("Name: ", patient.full, .name)
            line("Medical Record Number: ", patient.recordNumber, .medicalRecordNumber, after: " | ")
            line("SSN: ", patient.socialSecurityNumber, .socialSecurityNumber)
            line("Date of birth: ", patient.born.iso, .date, after: " | ")
            line("Service date: ", day.iso, .date)
            line("Address: ", patient.address, .location, after: "\n\n")
        default:
            line("Re: ", patient.full, .name, after: " (")
            line("", patient.recordNumber, .medicalRecordNumber, after: ")\n")
            line("Date of birth: ", patient.born.long, .date)
            line("Seen: ", day.long, .date, after: " at ")
            line("", facility, .location)
            line("Phone: ", patient.phone, .phone)
            line("E-mail: ", patient.email, .email, after: "\n\n")
        }
    }

    private func body(
        _ phrases: SpecialtyPhrases, _ patient: SamplePatient, _ day: SampleDay, _ text: inout SampleText,
        _ random: inout SampleRandom
    ) {
        var values = phrases.values(&random)
        values["age"] = "{age}"
        values["sex"] = patient.isFemale ? "woman" : "man"
        let condition = phrases.conditions[random.below(phrases.conditions.count)]
        let sections = [
            Array(condition.history) + random.some(phrases.commonHistory, random.number(1...2)),
            random.some(condition.findings, max(2, condition.findings.count - random.below(2)))
                + random.some(phrases.commonFindings, random.number(1...3)),
            condition.impression,
            random.some(condition.plan, random.number(1...2)) + random.some(phrases.commonPlan, random.number(1...2)),
        ]
        let age = day.year - patient.born.year - ((day.month, day.day) < (patient.born.month, patient.born.day) ? 1 : 0)
        for (index, section) in sections.enumerated() {
            if index > 0 { text.add("\n\n") }
            text.add(phrases.headings[index] + (phrases.headingAlone ? ":\n" : ": "))
            let isNumbered = index == 2 && section.count > 1
            for (number, template) in section.enumerated() {
                if number > 0 { text.add(isNumbered ? "\n" : " ") }
                if isNumbered { text.add("\(number + 1). ") }
                let pieces = SampleText.expand(template, values, &random).components(separatedByAge: "{age}")
                text.add(pieces.0)
                if let after = pieces.1 {
                    // Up to 89 an age identifies nobody; above, it is an identifier.
                    if age > 89 { text.add(String(age), .ageOver89) } else { text.add(String(age)) }
                    text.add(after)
                }
            }
        }
    }

    private func mention(
        _ patient: SamplePatient, _ provider: SamplePatient, _ later: SampleDay, _ text: inout SampleText,
        _ random: inout SampleRandom
    ) {
        text.add("\n\n")
        switch random.below(5) {
        case 0:
            text.add("\(patient.title) ")
            text.add(patient.last, .name)
            text.add(" can be called at ")
            text.add(patient.phone, .phone)
            text.add(" until ")
            text.add(later.american, .date)
        case 1:
            text.add("Next appointment with Dr. ")
            text.add(provider.full, .name)
            text.add(" on ")
            text.add(later.long, .date)
        case 2:
            text.add("Results will be mailed to ")
            text.add(patient.address, .location)
        case 3:
            text.add("A copy goes to ")
            text.add(patient.email, .email)
            text.add(", as ")
            text.add(patient.full, .name)
            text.add(" asked")
        default:
            text.add("Signed by ")
            text.add("\(provider.full), MD", .name)
            text.add(" on ")
            text.add(later.iso, .date)
            text.add("; record ")
            text.add(patient.recordNumber, .medicalRecordNumber)
        }
        text.add(".")
    }
}

extension String {
    /// The parts before and after the first mark; the second is `nil` without one.
    fileprivate func components(separatedByAge mark: String) -> (String, String?) {
        guard let range = firstRange(of: mark) else { return (self, nil) }
        return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
    }
}
