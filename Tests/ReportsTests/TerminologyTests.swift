import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

@Suite("Abbreviations and terms")
struct TerminologyTests {
    @Test("abbreviations are written out once each, and a second time nothing happens")
    func annotate() {
        let expander = AbbreviationExpander(mode: .annotate)
        let once = expander.expand("HTN and COPD. HTN again; NPO.")
        #expect(
            once.text
                == "HTN (hypertension) and COPD (chronic obstructive pulmonary disease). HTN again; NPO (nothing by mouth)."
        )
        #expect(once.count == 3)
        #expect(expander.expand(once.text).text == once.text)
        #expect(expander.expand("hypertension (HTN)").text == "hypertension (HTN)")
    }

    @Test("or in their place, with a capital at the beginning of a sentence")
    func normalize() {
        let expander = AbbreviationExpander(mode: .normalize)
        #expect(
            expander.expand("HTN, s/p CABG. COPD: take b.i.d. prn").text
                == "Hypertension, status post coronary artery bypass grafting. Chronic obstructive pulmonary disease: take twice a day as needed"
        )
        #expect(expander.expand("nothing here").count == 0)
        #expect(AbbreviationExpander(mode: .none).expand("HTN").text == "HTN")
    }

    @Test(
        "what means several things is decided by the words around it or stays",
        arguments: [
            ("MS with demyelinating plaques", "multiple sclerosis with demyelinating plaques"),
            ("severe MS murmur of the mitral valve", "severe mitral stenosis murmur of the mitral valve"),
            ("History of MS.", "History of MS."), ("saturation 97% on RA", "saturation 97% on room air"),
            ("RA was noted", "RA was noted"),
            ("PT and OT for gait", "physical therapy and OT for gait"),
            ("PT 12 INR 1.1", "prothrombin time 12 international normalized ratio 1.1"),
            ("no CVA tenderness", "no costovertebral angle tenderness"),
            ("PT for gait, INR pending", "PT for gait, international normalized ratio pending"),
        ])
    func ambiguous(text: String, expected: String) {
        #expect(AbbreviationExpander(mode: .normalize).expand(text).text.lowercased() == expected.lowercased())
    }

    @Test(
        "tags, parts of words and words in small letters stay",
        arguments: ["[URI] and [UTI]", "us and its aids", "MRI-guided", "T-ALL", "ESRDX", "hiv"])
    func untouched(text: String) {
        #expect(AbbreviationExpander(mode: .normalize).expand(text).text == text)
    }

    @Test("the list has at least 300 entries of one meaning, and none of them is ambiguous")
    func list() {
        #expect(Abbreviations.plain.count >= 300)
        #expect(Set(Abbreviations.plain.keys).isDisjoint(with: Abbreviations.ambiguous.keys))
        #expect(Abbreviations.plain.allSatisfy { !$0.value.isEmpty && !$0.key.contains(" ") })
    }

    @Test("the longest term wins, plurals count, and sentences separate")
    func longest() {
        let text = "Señor: congestive heart failure and nodules. Chronic kidney. Disease of insulin glargine"
        let scalars = Array(text.unicodeScalars)
        let found = ClinicalTerms.standard.matches(in: text).map { String(String.UnicodeScalarView(scalars[$0.range])) }
        #expect(found == ["congestive heart failure", "nodules", "insulin glargine"])
        #expect(ClinicalTerms.standard.matches(in: text).map(\.kind) == [.finding, .finding, .drug])
    }

    private static let header =
        "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId"
    private static let full = "900000000000003001", synonym = "900000000000013009"

    private static func row(_ id: Int, _ concept: Int, _ type: String, _ term: String, active: Int = 1) -> String {
        "\(id)\t20240101\t\(active)\t900000000000207008\t\(concept)\ten\t\(type)\t\(term)\t900000000000448009"
    }

    @Test("a SNOMED CT snapshot brings terms with the kind of their concept; bad lines are counted")
    func snomed() throws {
        let folder = try TemporaryFolder()
        let rows = [
            Self.header, Self.row(1, 1001, Self.synonym, "Wilting of the left ear"),
            Self.row(2, 1001, Self.full, "Left ear wilting (disorder)"),
            Self.row(3, 1002, Self.full, "Ear straightening (procedure)"),
            Self.row(4, 1003, Self.full, "Earwort (organism)"),
            Self.row(5, 1003, Self.synonym, "Earwort"),
            Self.row(6, 1001, Self.synonym, "Old name of wilting", active: 0), "broken\tline",
            "x\t1\t1\ta\tb\ten\tc\td\te",
        ]
        _ = try folder.write(
            "Snapshot/Terminology/sct2_Description_Snapshot-en_INT_20240101.txt",
            rows.joined(separator: "\r\n") + "\r\n")
        var terminology = ClinicalTerms()
        let loaded = try terminology.loadSNOMED(folder.url)
        #expect(loaded.badLines == 2)
        #expect(loaded.terms == 3)
        let matches = terminology.matches(
            in:
                "There is wilting of the left ear, left ear wilting; ear straightening of an earwort, old name of wilting"
        )
        #expect(matches.map(\.kind) == [.finding, .finding, .procedure])
        #expect(matches.map(\.concept) == [1001, 1001, 1002])
    }

    private static func drug(
        _ concept: String, _ name: String, source: String = "RXNORM", type: String = "IN", suppressed: String = "N"
    ) -> String {
        "\(concept)|ENG||||||9|\(concept)|\(concept)||\(source)|\(type)|\(concept)|\(name)||\(suppressed)|4096|"
    }

    @Test("RxNorm brings ingredients and brands of its own, not doses and other sources")
    func rxNorm() throws {
        let folder = try TemporaryFolder()
        let rows = [
            Self.drug("11", "zorbiprol"), Self.drug("12", "Zorbex", type: "BN"),
            Self.drug("13", "zorbiprol 10 MG Oral Tablet", type: "SCD"),
            Self.drug("14", "wrongsource", source: "MTHSPL"), Self.drug("15", "hiddenol", suppressed: "O"),
            "too|few|fields", Self.drug("abc", "noNumber"),
        ]
        let file = try folder.write("rrf/RXNCONSO.RRF", rows.joined(separator: "\n"))
        var terminology = ClinicalTerms()
        let loaded = try terminology.loadRxNorm(folder.url)
        #expect(
            loaded
                == {
                    var expected = ClinicalTerms.Loaded(); expected.terms = 2; expected.badLines = 2; return expected
                }())
        #expect(terminology.matches(in: "on Zorbiprol, ZORBEX, wrongsource and hiddenol").map(\.concept) == [11, 12])
        var again = ClinicalTerms()
        #expect(try again.loadRxNorm(file) == loaded)
    }

    @Test(
        "files of another kind are refused with what to give instead",
        arguments: ["", "a,b,c\n1,2,3\n", "\u{0}\u{0}\u{0}", String(repeating: "x", count: 100_000)])
    func wrongFiles(text: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("wrong.txt", text)
        var terminology = ClinicalTerms()
        #expect(throws: ReportsError(.badTerminology, "")) { try terminology.loadSNOMED(file) }
        #expect(throws: ReportsError(.badTerminology, "")) { try terminology.loadRxNorm(file) }
        #expect(throws: ReportsError(.badTerminology, "")) { try terminology.loadRxNorm(folder.url) }
        #expect(throws: ReportsError(.fileUnreadable, "")) { try terminology.loadSNOMED(folder.path("absent")) }
        #expect(terminology.count == 0)
    }

    @Test("a line longer than any row is skipped in bounded memory, and the rows around it are read")
    func longLine() throws {
        let folder = try TemporaryFolder()
        let rows = [
            Self.header, Self.row(1, 1001, Self.full, "Ear wilting (disorder)"),
            String(repeating: "y", count: 3_000_000), Self.row(2, 1001, Self.synonym, "Wilted ear"),
        ]
        let file = try folder.write("sct2_Description_Snapshot.txt", rows.joined(separator: "\n"))
        var terminology = ClinicalTerms()
        let loaded = try terminology.loadSNOMED(file)
        #expect(loaded.terms == 2)
        #expect(loaded.badLines == 1)
    }
}
