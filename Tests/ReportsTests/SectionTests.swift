import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

@Suite("Sections")
struct SectionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let kinds: [SectionKind]
        var testDescription: String { name }
    }

    static let styles: [Case] = [
        Case(
            name: "capitals with a colon", text: "FINDINGS:\nA tear.\n\nIMPRESSION:\nTear.",
            kinds: [.findings, .impression]),
        Case(
            name: "capitals alone", text: "CHIEF COMPLAINT\n\nCough.\n\nPHYSICAL EXAM\n\nClear.",
            kinds: [.chiefComplaint, .exam]),
        Case(
            name: "mixed case", text: "History: Pain.\nFindings: A tear.\nImpression: Tear.",
            kinds: [.history, .findings, .impression]),
        Case(
            name: "bold", text: "**Findings:** A tear.\n**Impression**: Tear.\n**Plan**\nRest.",
            kinds: [.findings, .impression, .plan]),
        Case(
            name: "wiki and Markdown", text: "== Findings ==\nA tear.\n## Impression\nTear.\n# Plan\nRest.",
            kinds: [.findings, .impression, .plan]),
        Case(
            name: "numbered", text: "1. History\nPain.\n2. Findings: A tear.\n3) IMPRESSION\nTear.",
            kinds: [.history, .findings, .impression]),
        Case(
            name: "Roman", text: "I. INDICATION: Pain.\nII. TECHNIQUE: Axial.\nIV. FINDINGS: None.",
            kinds: [.indication, .technique, .findings]),
        Case(
            name: "underlined", text: "Findings\n--------\nA tear.\n\nImpression\n==========\nTear.",
            kinds: [.findings, .impression]),
        Case(
            name: "abbreviated", text: "CC: Cough.\nHPI: Three weeks.\nPMH: HTN.\nROS: Negative.\nA&P: Rest.\n",
            kinds: [
                .chiefComplaint, .historyOfPresentIllness, .pastMedicalHistory, .reviewOfSystems, .assessmentAndPlan,
            ]),
        Case(
            name: "SOAP", text: "S: Cough.\nO: Clear.\nA: Bronchitis.\nP: Fluids.",
            kinds: [.subjective, .objective, .assessment, .plan]),
        Case(
            name: "inside a paragraph", text: "TECHNIQUE: Axial images. FINDINGS: There is a tear. IMPRESSION: Tear.",
            kinds: [.technique, .findings, .impression]),
        Case(
            name: "inside a paragraph, mixed case", text: "Seen today for pain. Impression: Meniscal tear. Plan: Rest.",
            kinds: [.impression, .plan]),
        Case(
            name: "with a comma behind the colon", text: "SUBJECTIVE:,  He coughs.,MEDICATIONS:,  None.",
            kinds: [.subjective, .medications]),
        Case(
            name: "dictated", text: "Findings colon there is a tear period new paragraph impression colon tear period",
            kinds: [.findings, .impression]),
        Case(
            name: "without a colon", text: "GROSS DESCRIPTION Received in formalin.\nFINAL DIAGNOSIS Benign nevus.",
            kinds: [.gross, .diagnosis]),
        Case(name: "with a dash", text: "Findings - a tear\nImpression - tear", kinds: [.findings, .impression]),
        Case(
            name: "Spanish",
            text:
                "MOTIVO DE CONSULTA:\nTos.\n\nExploración física: Normal.\n\nDiagnóstico: Bronquitis.\n\nPLAN:\nReposo.",
            kinds: [.chiefComplaint, .exam, .diagnosis, .plan]),
        Case(
            name: "a study, not an examination", text: "EXAM: CT chest.\nFINDINGS: Clear.",
            kinds: [.procedure, .findings]),
        Case(name: "an examination", text: "EXAM: Alert, no distress.\nPLAN: Rest.", kinds: [.exam, .plan]),
        Case(
            name: "with qualifiers", text: "CT FINDINGS:\nClear.\nFINAL IMPRESSION:\nNormal.",
            kinds: [.findings, .impression]),
        Case(
            name: "parts of an examination stay in it",
            text:
                "PHYSICAL EXAMINATION:\nVITAL SIGNS: Stable.\nHEENT: Normal.\nNECK: Supple.\n\nLUNGS: Clear.\n\nASSESSMENT:\nWell.",
            kinds: [.exam, .assessment]),
        Case(
            name: "problems stay in the plan",
            text: "ASSESSMENT AND PLAN\n\nCOPD\nInhaler.\n\nDIABETES\nMetformin.\n\nFOLLOW-UP\nTwo weeks.",
            kinds: [.assessmentAndPlan, .followUp]),
    ]

    @Test("headings are found in every style", arguments: styles)
    func findsHeadings(sample: Case) {
        #expect(ReportSections(of: sample.text).sections.compactMap(\.kind) == sample.kinds)
    }

    @Test(
        "what is no heading",
        arguments: [
            "Aspirin: 81 mg\nMetoprolol: 25 mg daily\nLisinopril: 10 mg", "Sodium: 131\nPotassium: 4.1\nWBC: 12.3",
            "HEENT: normal\nLungs: clear",
            "Time: 10:30\nDate: 2024-01-02\nBP: 120/80", "We discussed the plan: rest and fluids.",
            "The impression: a good one, is that of calm.",
            "She has a history of sigmoid colon cancer.", "Screening of the colon was normal.", "NORMAL STUDY",
            "He said: no plan.",
            "Her findings\nwere normal.", "- Activity: as tolerated\n- Diet: regular", "ASPIRIN 81 MG DAILY",
            "http://example.org: a page",
            "The procedure was long and the diagnosis unclear.", "Note: see above.",
            "Blood loss was small. It was noted: none.",
            "Family history: ", "Resp: 16\nTemp: 37.1", "His assessment was poor, with findings of note.",
        ])
    func noHeading(text: String) {
        let kinds = ReportSections(of: text).kinds
        #expect(kinds.isEmpty)
    }

    @Test("body and heading stand where the ranges say, in Unicode scalars", arguments: styles)
    func ranges(sample: Case) {
        let text = "Señora Ñandú 🙂\n\n" + sample.text
        let scalars = Array(text.unicodeScalars)
        let sections = ReportSections(of: text).sections
        #expect(sections.count >= sample.kinds.count)
        for section in sections {
            func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
            #expect(part(section.bodyRange) == section.body)
            #expect(part(section.headingRange) == section.heading)
        }
    }

    @Test("no letter outside of a heading is lost between the sections", arguments: styles)
    func complete(sample: Case) {
        func letters(_ text: String) -> Int { text.utf8.count { ASCII.isLetter($0) } }
        let sections = ReportSections(of: sample.text).sections
        let kept = sections.reduce(0) { $0 + letters($1.body) + letters($1.heading) }
        let spoken = sample.name == "dictated" ? 2 * "colon".utf8.count : 0
        // A Roman number before a title belongs to neither.
        let numbers = sample.name == "Roman" ? 5 : 0
        #expect(kept == letters(sample.text) - spoken - numbers)
    }

    @Test("a clinic's own headings are known, in any spelling, and win over the built-in ones")
    func ownHeadings() throws {
        let catalog = try SectionCatalog(adding: [
            "impression": ["Beurteilung", "Zusammenfassung"], "findings": ["Befund"], "plan": ["Conclusion"],
        ])
        let sections = ReportSections(
            of: "BEFUND:\nRiss.\n\nBeurteilung: Riss.\n\nCONCLUSION:\nRuhe.", catalog: catalog)
        #expect(sections.kinds == [.findings, .impression, .plan])
        #expect(catalog.kind(of: "impresión diagnóstica") == .impression)
        #expect(SectionCatalog.standard.kind(of: "Befund") == nil)
    }

    @Test("headings for a section that does not exist, or without letters, are refused by name")
    func badHeadings() throws {
        let unknown = try #require(throws: ReportsError.self) { try SectionCatalog(adding: ["befund": ["x"]]) }
        #expect(unknown.code == .badConfiguration)
        #expect(unknown.message.contains("befund"))
        #expect(unknown.message.contains("impression"))
        #expect(throws: ReportsError(.badConfiguration, "")) { try SectionCatalog(adding: ["plan": ["--"]]) }
    }

    @Test("every title of the catalog is in its normal form and means one section")
    func titles() {
        for table in [SectionTitles.english, SectionTitles.spanish] {
            var owners: [String: SectionKind] = [:]
            for (kind, titles) in table {
                for title in titles {
                    #expect(TitleForm.normalized(title) == title)
                    #expect(owners.updateValue(kind, forKey: title).map { $0 == kind } ?? true, "\(title)")
                }
            }
        }
        #expect(SectionTitles.english.count > 45)
    }

    @Test("random text never traps, and its ranges hold", arguments: 0..<10)
    func fuzz(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "sections")
        let pieces =
            Self.styles.map(\.text) + [
                "\n", ":", " ", "**", "==", "1.", "colon", "é", "🙂", "IMPRESSION", "Plan", "-", "\t", "S:", "\u{0}",
                "#", "(", "•",
            ]
        for _ in 0..<100 {
            let text = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
            let scalars = Array(text.unicodeScalars)
            var last = 0
            for section in ReportSections(of: text).sections {
                #expect(section.headingRange.lowerBound >= last || section.headingRange.isEmpty)
                #expect(section.bodyRange.upperBound <= scalars.count)
                #expect(String(String.UnicodeScalarView(scalars[section.bodyRange])) == section.body)
                last = section.bodyRange.upperBound
            }
            let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = ReportSections(of: String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(
        "time grows with the length, not with its square", .timeLimit(.minutes(60)),
        arguments: [
            "FINDINGS: a tear. ", "A ", ":", "a: ", "IMPRESSION ", "colon comma period ", "\n", "** ", "IMPRESSION:\n",
            "1. Plan: x\n",
        ])
    func linear(piece: String) {
        func seconds(_ bytes: Int) -> Double {
            let text = String(repeating: piece, count: bytes / piece.utf8.count)
            let start = ContinuousClock.now
            _ = ReportSections(of: text)
            return (ContinuousClock.now - start) / .seconds(1)
        }
        let small = seconds(100_000), large = seconds(400_000)
        #expect(large < 0.25 + 12 * small)
    }
}
