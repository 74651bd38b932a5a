import Testing

@testable import Deidentification

@Suite("Parts, scores and spans of time")
struct OrdinaryNumbersTests {
    private static func isOne(_ part: String, _ sentence: String) throws -> Bool {
        let (text, scalars) = try Fixtures.locate(part, in: sentence)
        return Ratios.isOne(text.tokenRange(scalars.lowerBound, scalars.upperBound), in: text)
    }

    @Test(
        "what a tagger takes for a date is none where the words around tell a part, a score or a span of time",
        arguments: [
            ("10-14", "sutures out 10-14 d"), ("8–12", "may take 8–12 wks"), ("1/2", "waited 3 1/2 hrs in triage"),
            ("1/2", "eats 1/2 banana at noon"), ("3/4", "boost 3/4 can left"),
            ("7/10", "pain is worse, maybe 7/10"),
            ("8/10", "itch maybe 8/10 today"), ("2/14", "missed 2/14 doses"), ("3/12", "PT auth 3/12 visits"),
            ("8/27", "PHQ-9 was 8/27, better"), ("11/21", "GAD-7 11/21"), ("6/13", "Bishop: 6/13; cook out"),
            ("2/4", "BCx 2/4 GPC"), ("3/5", "UE 1/5, LE 3/5, tone"), ("3/7", "NICU 27 3/7 wk"),
            ("2/3", "NAC bag 2/3 up"),
            ("7/10", "po oxy; 7/10 -> 3/10"), ("2/10", "NS 1 L. 8 → 2/10. Hold DHE"),
            ("4/5", "grip 4/5 throughout"), ("24/7", "may call 24/7. Dad"), ("14/28", "Fx 14/28, 50.4 Gy"),
        ])
    func ratios(_ part: String, _ sentence: String) throws { #expect(try Self.isOne(part, sentence)) }

    @Test(
        "dates, other numbers and longer finds are left to the tagger",
        arguments: [
            ("3/4", "seen 3/4 for cough"), ("10-14", "seen 10-14 for cough"), ("1/2", "on 1/2 she called"),
            ("7/10", "back on 7/10 if worse"), ("3/4/24", "seen 3/4/24 for cough"), ("7/10", "no pain.\n7/10 called"),
            ("cough", "seen 3/4 for cough"), ("1/2", "Otto Reuss, 90 1/2, retired"), ("24/12", "born 24/12 in Leeds"),
            ("8/1", "UAB visit 8/1, coord"), ("3/14", "PHQ-9 3/14: 12"), ("8/27", "PHQ-9 done 8/27"),
            ("4/5", "LAMS done.\n4/5 seen"), ("4/5", "moves all, seen 4/5"), ("5/7", "seen 5/7 by PT"),
            ("7/10", "seen 7/10 - better"),
            ("7/10", "pain since 7/10, worse"), ("7/10", "HA began on 7/10"),
            ("4/12", "pain better; 4/12 MRI"),
        ])
    func dates(_ part: String, _ sentence: String) throws { #expect(try !Self.isOne(part, sentence)) }

    @Test(
        "codes that name the same thing for everybody are nobody's number",
        arguments: [
            ("NCT04412998", "Protocol K-3 (NCT04412998) site 4"), ("000059", "HGVS, NM_000059.4, GRCh38"),
            ("2951-2", "OBX|1|NM|2951-2^SODIUM^LN"), ("32340301", "chr13:32340301; dose"), ("1800562", "HFE rs1800562"),
        ])
    func publicCodes(_ part: String, _ sentence: String) throws { #expect(try Self.isPublic(part, sentence)) }

    @Test(
        "other numbers are no public codes",
        arguments: [
            ("NCT0441", "case NCT0441 open"), ("2951-2", "acct 2951-2, paid"), ("32340301", "chart:32340301"),
            ("441-0098", "NM 441-0098"), ("NCT04412998 R20884", "NCT04412998 R20884"),
        ])
    func ownNumbers(_ part: String, _ sentence: String) throws { #expect(try !Self.isPublic(part, sentence)) }

    private static func isPublic(_ part: String, _ sentence: String) throws -> Bool {
        let (text, scalars) = try Fixtures.locate(part, in: sentence)
        return PublicCodes.isOne(text.tokenRange(scalars.lowerBound, scalars.upperBound), in: text)
    }

    @Test(
        "a find does not begin with the end of the word or the number before it",
        arguments: [
            ("s on Shallowford", "at LaTonya's on Shallowford til", "on Shallowford", IdentifierLabel.location),
            ("s, 1180 E 233rd St", "at Pat's, 1180 E 233rd St", "1180 E 233rd St", .location),
            ("9 Nov 3", "A1c 6.9 Nov 3", "Nov 3", .date), ("9 Nov", "seen 9 Nov", "9 Nov", .date),
            ("4.2024", "on 3.4.2024", "4.2024", .date), ("Sam Lee", "saw Sam Lee", "Sam Lee", .name),
            ("s", "Pat's", "s", .name),
        ])
    func edges(_ part: String, _ sentence: String, _ left: String, _ label: IdentifierLabel) throws {
        let (text, candidate) = try Fixtures.find(part, in: sentence, label)
        let mended = FindEdges.mended(candidate, in: text)
        #expect(text.string(mended.start, mended.end) == left)
    }

    private static func completed(_ part: String, _ sentence: String, _ label: IdentifierLabel) throws -> String {
        let (text, candidate) = try Fixtures.find(part, in: sentence, label)
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
