import Foundation
import Testing

@testable import Deidentification

@Suite("Parts, scores and spans of time")
struct OrdinaryNumbersTests {
    private static func isOne(_ part: String, _ sentence: String) throws -> Bool {
        let text = ScalarText(sentence)
        let range = try #require(sentence.range(of: part))
        let start = sentence.unicodeScalars.distance(from: sentence.startIndex, to: range.lowerBound)
        return Ratios.isOne(text.tokenRange(start, start + part.unicodeScalars.count), in: text)
    }

    @Test(
        "what a tagger takes for a date is none where the words around tell a part, a score or a span of time",
        arguments: [
            ("10-14", "sutures out 10-14 d"), ("8–12", "may take 8–12 wks"), ("1/2", "waited 3 1/2 hrs in triage"),
            ("1/2", "eats 1/2 banana at noon"), ("3/4", "boost 3/4 can left"),
            ("7/10", "pain is worse, maybe 7/10"),
            ("8/10", "itch maybe 8/10 today"), ("2/14", "missed 2/14 doses"), ("3/12", "PT auth 3/12 visits"),
            ("4/5", "grip 4/5 throughout"), ("24/7", "may call 24/7. Dad"), ("14/28", "Fx 14/28, 50.4 Gy"),
        ])
    func ratios(_ part: String, _ sentence: String) throws { #expect(try Self.isOne(part, sentence)) }

    @Test(
        "dates, other numbers and longer finds are left to the tagger",
        arguments: [
            ("3/4", "seen 3/4 for cough"), ("10-14", "seen 10-14 for cough"), ("1/2", "on 1/2 she called"),
            ("7/10", "back on 7/10 if worse"), ("3/4/24", "seen 3/4/24 for cough"), ("7/10", "no pain.\n7/10 called"),
            ("cough", "seen 3/4 for cough"), ("1/2", "Otto Reuss, 90 1/2, retired"), ("24/12", "born 24/12 in Leeds"),
            ("8/1", "UAB visit 8/1, coord"),
            ("4/12", "pain better; 4/12 MRI"),
        ])
    func dates(_ part: String, _ sentence: String) throws { #expect(try !Self.isOne(part, sentence)) }

    private static func completed(_ part: String, _ sentence: String, _ label: IdentifierLabel) throws -> String {
        let text = ScalarText(sentence)
        let range = try #require(sentence.range(of: part))
        let start = sentence.unicodeScalars.distance(from: sentence.startIndex, to: range.lowerBound)
        let candidate = Candidate(
            start: start, end: start + part.unicodeScalars.count, label: label, score: 0.9, stage: .tagger)
        let whole = IdentifierGroups.completed(candidate, in: text)
        #expect(whole.label == label && whole.score == candidate.score && whole.stage == candidate.stage)
        return text.string(whole.start, whole.end)
    }

    @Test(
        "a number in groups is taken whole",
        arguments: [
            ("4 1 7 7 0 2 8", "card says ID 9 4 1 7 7 0 2 8 1 W, blank", "9 4 1 7 7 0 2 8 1 W"),
            ("0044 71", "mbr 0044 71 8820.", "0044 71 8820"),
            ("44 090 117", "Excellus VYX 44 090 117.", "VYX 44 090 117"),
            ("8817 044", "PA Superior 52 8817 044, denied", "52 8817 044"),
        ])
    func groups(_ part: String, _ sentence: String, _ whole: String) throws {
        #expect(try Self.completed(part, sentence, .healthPlan) == whole)
    }

    @Test(
        "what announces a number, a measurement, a date, an age or another line is no group of it",
        arguments: [
            ("0044 718", "MBI 0044 718 44 yo"), ("0044 718", "ID 0044 718\n22 visits"), ("0044 718", "0044 718 12 mg"),
            ("0044 718", "0044 718 3/4/24"), ("0044718", "plan 0044718 22"), ("0044 718", "wt 7.5  0044 718"),
            ("0044 718", "Smith 0044 718"), ("0044 718", "0044 718 W today"),
        ])
    func others(_ part: String, _ sentence: String) throws {
        #expect(try Self.completed(part, sentence, .healthPlan) == part)
    }

    @Test("names and dates are never completed, telephone numbers only where their groups are no telephone number's")
    func kinds() throws {
        for label in [IdentifierLabel.name, .date, .location] {
            #expect(try Self.completed("44 090", "VYX 44 090 117 X", label) == "44 090")
        }
        #expect(try Self.completed("44 090", "VYX 44 090 117", .phone) == "VYX 44 090 117")
        #expect(try Self.completed("3 0 9 1", "plan 3 3 0 9 1 7.", .socialSecurityNumber) == "3 3 0 9 1 7")
        #expect(try Self.completed("406 555 0133", "2 406 555 0133 22", .phone) == "406 555 0133")
        #expect(try Self.completed("(406) 555 0133", "(406) 555 0133 22", .phone) == "(406) 555 0133")
    }
}
