import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Receipts, quarantine and the filter")
struct DeidentifierTests {
    @Test("a receipt states policy, counts and the hash of the output, and nothing of the input")
    func receipt() throws {
        let result = try Fixtures.deidentifier().deidentify(
            text: "Mr. Tanaka, Dr. Roe, 03/04/2021", known: [], patient: "p")
        #expect(result.status == .clean)
        #expect(
            result.receipt.policyName == "safe-harbor"
                && result.receipt.policyVersion == DeidentificationPolicy.safeHarbor.version)
        #expect(result.receipt.counts == [.name: 2, .date: 1])
        #expect(result.receipt.output == ContentHash(of: Data(result.text.utf8)))
        #expect(result.receipt.date == Date(timeIntervalSince1970: 1_767_323_045))
        let data = try CanonicalJSON.encode(result.receipt)
        #expect(try CanonicalJSON.decode(DeidentificationReceipt.self, from: data) == result.receipt)
        #expect(!String(decoding: data, as: UTF8.self).contains("Tanaka"))
        #expect(result.receipt.inputTag != ContentHash(of: Data("Mr. Tanaka, Dr. Roe, 03/04/2021".utf8)))
    }

    @Test("restore gives the report back and refuses another text, another subject, another key and another status")
    func restore() throws {
        let authority = try ReceiptAuthority(key: Data(repeating: 5, count: 32))
        let result = try Fixtures.deidentifier().deidentify(text: "Mr. Tanaka is well.")
        let sealed = try authority.seal(result.receipt, for: "report 1")
        #expect(
            try DeidentifiedReport.restore(text: result.text, receipt: sealed, for: "report 1", by: authority)
                == result.report)
        #expect(throws: DeidentificationError(.receiptMismatch, "")) {
            try DeidentifiedReport.restore(text: result.text + " ", receipt: sealed, for: "report 1", by: authority)
        }
        #expect(throws: DeidentificationError(.receiptForged, "")) {
            try DeidentifiedReport.restore(text: result.text, receipt: sealed, for: "report 2", by: authority)
        }
        let other = try ReceiptAuthority(key: Data(repeating: 6, count: 32))
        #expect(throws: DeidentificationError(.receiptForged, "")) {
            try DeidentifiedReport.restore(text: result.text, receipt: sealed, for: "report 1", by: other)
        }
        var policy = DeidentificationPolicy.safeHarbor
        policy.requireKnownIdentifiers = true
        let review = try Fixtures.deidentifier(policy).deidentify(text: "He is well.")
        #expect(review.status == .review && review.report == nil && review.reasons.count == 1)
        let held = try authority.seal(review.receipt, for: "report 1")
        #expect(throws: DeidentificationError(.notClean, "")) {
            try DeidentifiedReport.restore(text: review.text, receipt: held, for: "report 1", by: authority)
        }
        // By hand from “review” to “clean”.
        let edited = SealedReceipt(
            receipt: held.receipt.replacing(#""status":"review""#, with: #""status":"clean""#), seal: held.seal)
        #expect(edited != held)
        #expect(throws: DeidentificationError(.receiptForged, "")) {
            try DeidentifiedReport.restore(text: review.text, receipt: edited, for: "report 1", by: authority)
        }
        #expect(throws: DeidentificationError(.weakKey, "")) { try ReceiptAuthority(key: Data(count: 15)) }
    }

    @Test(
        "what can't be read is quarantined without a text",
        arguments: ["a\u{0}b", "bad \u{fffd} bytes", String(repeating: "x", count: (1 << 20) + 1)])
    func unreadable(_ text: String) throws {
        let result = try Fixtures.deidentifier().deidentify(text: text)
        #expect(
            result.status == .quarantine && result.report == nil && result.text.isEmpty && result.reasons.count == 1)
        #expect(result.receipt.status == .quarantine)
    }

    @Test("the re-scan finds what the stages left")
    func rescan() {
        let known = [
            KnownIdentifier(value: "Zorgiebel^Anouk", label: .name),
            KnownIdentifier(value: "H0012345", label: .medicalRecordNumber),
            KnownIdentifier(value: "a.z@example.org", label: .email),
        ]
        let check = OutputCheck(known: known)
        #expect(check.reasons("All is \u{1} well.") == [])
        #expect(check.reasons("then zorgiebel left").count == 1)
        #expect(check.reasons("see h-001-2345 there").count == 1)
        #expect(check.reasons("x@y.example") == ["Something like an e-mail address is still in the output."])
        #expect(check.reasons("no 987-65-4321").count == 1)
        #expect(check.reasons("no 312.555.0142").count == 1)
        #expect(!check.reasons("then zorgiebel left").joined().lowercased().contains("zorgiebel"))
        #expect(check.reasons("H00\u{1}12345") == [])
    }

    @Test("an identifier that no stage replaces sends the text to quarantine")
    func leak() throws {
        // Sixteen separators in the middle: too far apart for the search, found by the re-scan.
        let known = [KnownIdentifier(value: "AB77CD", label: .other)]
        let result = try Fixtures.deidentifier().deidentify(text: "code AB.....77.....CD here", known: known)
        #expect(result.status == .quarantine && result.text.isEmpty && result.report == nil)
        #expect(result.reasons == ["A known identifier of the kind OTHER_ID is still in the output."])
    }

    @Test("a short key and an invalid policy are refused")
    func refused() throws {
        #expect(throws: DeidentificationError(.weakKey, "")) { try Fixtures.deidentifier(key: Data(count: 15)) }
        var policy = DeidentificationPolicy.safeHarbor
        policy.restrictedPrefixes = ["36"]
        #expect(throws: DeidentificationError(.invalidPolicy, "")) { try Fixtures.deidentifier(policy) }
        policy = .limitedDataSet
        policy.maximumShiftDays = 0
        #expect(throws: DeidentificationError(.invalidPolicy, "")) { try Fixtures.deidentifier(policy) }
    }

    @Test("the filter names malformed lines, goes on, and ends with 65")
    func filter() throws {
        var filter = DeidentifyFilter(try Fixtures.deidentifier())
        let known =
            Data(#"{"id":"b","known":[{"value":"Zorgiebel","label":"NAME"}]}"#.utf8) + Data("\n{\"id\":1}\n".utf8)
        let input =
            Data(
                "{\"id\":\"a\",\"text\":\"Mr. Tanaka\"}\n\nnot json\n{\"id\":\"b\",\"text\":\"so zorgiebel said\"}\n"
                    .utf8) + Data([0x22, 0xff, 0x0a])
        var output = Data()
        filter.process(known: known, input: input) { output.append($0) }
        let lines = output.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
        #expect(
            lines == [
                #"{"id":"a","spans":[{"end":10,"label":"NAME","score":0.95,"start":4}],"status":"clean","text":"Mr. [NAME]"}"#,
                #"{"id":"b","spans":[{"end":12,"label":"NAME","score":0.99,"start":3}],"status":"clean","text":"so [NAME] said"}"#,
            ])
        #expect(filter.summary.exitCode == 65 && filter.summary.lines == 2)
        #expect(
            filter.summary.errors.map { String($0.message.prefix(20)) } == [
                "Line 2 of the known ", "Line 3 of the input ", "Line 5 of the input ",
            ])
        #expect(!filter.summary.errors.map(\.description).joined().contains("not json"))
    }

    @Test("any text gives valid, sorted, disjoint spans and never a crash", arguments: 0..<60)
    func fuzz(_ seed: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "deidentification fuzz")
        let pieces = [
            "Dr. ", "Smith", ",", " ", "\n", "12/", "3-", "555", "(", ")", "MRN", ":", "@", ".com", "::", "May ", "'s",
            "’", "-", "MD", "St. ", "Suite ",
            "9", "0", "ß", "é", "e\u{301}", "\u{200b}", "ب", "中", "\u{1F600}", "^", "#", "+", "\t", "\r\n", "Hospital",
            "of ", "A.", "…", "ninety-", "ZIP ",
            "Box ", "2021", "[", "]", "\u{feff}", "٣", "https://",
        ]
        var text = ""
        for _ in 0..<(20 + Int(generator.next() % 200)) {
            if generator.next() % 5 == 0, let scalar = Unicode.Scalar(UInt32(1 + generator.next() % 0x10fffe)),
                scalar.value != 0xfffd
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += pieces[Int(generator.next() % UInt64(pieces.count))]
            }
        }
        let labels = IdentifierLabel.allCases
        let known = (0..<6).map { _ in
            let value = (0..<3).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
            return KnownIdentifier(value: value, label: labels[Int(generator.next() % UInt64(labels.count))])
        }
        for policy in [DeidentificationPolicy.safeHarbor, .limitedDataSet] {
            let result = try Fixtures.deidentifier(policy).deidentify(text: text, known: known, patient: "p")
            var end = 0
            for span in result.spans {
                #expect(span.start >= end && span.end > span.start && (0...1).contains(span.score))
                end = span.end
            }
            #expect(end <= text.unicodeScalars.count)
        }
    }
}
