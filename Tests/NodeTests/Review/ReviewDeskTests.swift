import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Node
@testable import Reports

@Suite("The review desk")
struct ReviewDeskTests {
    let node: NodeFixture
    let desk: ReviewDesk
    let vault: Vault

    private static let french =
        "le patient est sorti avec son traitement et doit revenir dans une semaine pour un controle de la plaie."

    init() throws {
        // A text that goes on in French is a reason for review. “teal ribbon” is overlooked.
        let folder = try TemporaryFolder()
        let policy = try folder.write("strict.yaml", "name: strict\nversion: 1\nreviewBelow: 0\n")
        node = try NodeFixture("deidentification:\n  policy: \(policy.path)\n", folder: folder)
        try folder.write(
            "in/a.csv",
            "mrn,report\n100123,\"MRN 100123: Mr. Tanaka was seen today. He has the teal ribbon, stable. \(Self.french)\"\n100123,The heart is of normal size.\n"
        )
        _ = try IntakeService(node.services()).importReports([folder.path("in")])
        desk = try ReviewDesk(node.services())
        vault = try node.services().vault()
    }

    private func waiting() throws -> String {
        let list = try desk.list()
        #expect(list.waiting == list.reports.count)
        return try #require(list.reports.first).id
    }

    private func usable() throws -> [String] {
        var texts: [String] = []
        try node.services().vault().forEachDeidentified { _, report, _ in texts.append(report.text) }
        return texts
    }

    private func corrections(_ change: (inout ReviewCorrections) throws -> Void) rethrows -> ReviewCorrections {
        var corrections = ReviewCorrections()
        try change(&corrections)
        return corrections
    }

    @Test("the list has ids, counts and reasons, and nothing of the text")
    func list() throws {
        let list = try desk.list()
        let row = try #require(list.reports.first)
        #expect(list.reports.count == 1 && row.status == "review" && row.spans >= 2)
        #expect(row.risk > 0 && row.risk < 1 && row.reasons.count == 1)
        let json = String(decoding: try CanonicalJSON.encode(list), as: UTF8.self)
        for secret in ["Tanaka", "ribbon", "100123", "stable"] { #expect(!json.contains(secret)) }
        #expect(throws: NodeError.code(.badInput)) { try desk.list(limit: 0) }
        #expect(throws: NodeError.code(.badInput)) { try desk.list(offset: -1) }
        #expect(try desk.list(offset: 1).reports.isEmpty)
    }

    @Test("a page has the text only if it was asked for, cut at its spans without loss")
    func page() throws {
        let id = try waiting()
        let page = try desk.show(String(id.prefix(10)), withText: true)
        #expect(page.pieces.map(\.text).joined() == page.text)
        #expect(page.pieces.compactMap(\.span).count == page.spans.count)
        #expect(page.spans.contains { !$0.isWeak && $0.text?.hasPrefix("Tanaka") == true })
        #expect(page.output?.contains("Tanaka") == false)
        let bare = try desk.show(id, withText: false)
        #expect(bare.text == nil && bare.output == nil && bare.pieces.isEmpty)
        #expect(!String(decoding: try CanonicalJSON.encode(bare), as: UTF8.self).contains("Tanaka"))
    }

    @Test("an approval with corrections makes the report usable, and the receipt says who reviewed it")
    func approve() throws {
        let id = try waiting()
        let outcome = try desk.approve(
            id, corrections: corrections { $0.texts = [("teal ribbon", .other)] }, reviewer: " R. Officer ")
        #expect(outcome.added == 1 && outcome.removed == 0 && outcome.reviewer == "R. Officer")
        let text = try #require(try usable().first { $0.contains("stable") })
        #expect(text.contains("[OTHER_ID], stable."))
        let receipt = try #require(try vault.receipt(of: ContentHash(hex: id)))
        #expect(receipt.review?.reviewer == "R. Officer" && receipt.review?.added == 1 && receipt.status == .clean)
        #expect(try desk.list().reports.isEmpty)
        // Without something new there is nothing to decide.
        #expect(throws: NodeError.code(.nothingToDecide)) { try desk.approve(id, reviewer: "Second") }
    }

    @Test("a span that is no identifier keeps its text")
    func keep() throws {
        let id = try waiting()
        let page = try desk.show(id, withText: true)
        let number = try #require(page.spans.first { $0.text?.hasPrefix("Tanaka") == true }?.number)
        _ = try desk.approve(id, corrections: corrections { $0.kept = [number] }, reviewer: "R")
        #expect(try usable().contains { $0.contains("Mr. Tanaka was seen") })
    }

    @Test(
        "corrections that don't fit are refused, and the report still waits",
        arguments: [
            "0-9999:NAME", "10-10:NAME", "9-3:NAME", "-3-4:NAME", "a-b:NAME", "12", "1-2:SHOE", "1-2-3", ":", "",
            "99999999999999999999-3:NAME", "9223372036854775806-9223372036854775807:NAME",
        ])
    func badRange(_ text: String) throws {
        let id = try waiting()
        let error = #expect(throws: (any Error).self) {
            try desk.approve(id, corrections: corrections { try $0.addRange(text) }, reviewer: "R")
        }
        #expect(error is any ConsiliumError)
        #expect(try waiting() == id)
    }

    @Test("overlapping ranges, absent texts and unknown numbers are refused")
    func badCorrections() throws {
        let id = try waiting()
        #expect(throws: DeidentificationError(.badCorrection, "")) {
            try desk.approve(
                id,
                corrections: corrections {
                    try $0.addRange("3-8:NAME")
                    try $0.addRange("5-9:NAME")
                }, reviewer: "R")
        }
        for change in [
            { $0.texts = [("nowhere", .name)] }, { $0.texts = [("  ", .name)] }, { $0.kept = [0] }, { $0.kept = [99] },
        ]
            as [(inout ReviewCorrections) -> Void]
        {
            #expect(throws: NodeError.code(.badInput)) {
                try desk.approve(id, corrections: corrections(change), reviewer: "R")
            }
        }
        #expect(throws: NodeError.code(.badInput)) { try desk.approve(id, reviewer: "  ") }
        #expect(throws: NodeError.code(.badInput)) { try desk.reject(id, reason: " ", reviewer: "R") }
        #expect(try waiting() == id)
    }

    @Test(
        "an id that is unknown, empty or hostile is refused",
        arguments: ["ffffffffffff", "", "zz", "'; DROP TABLE reports"])
    func unknownID(_ id: String) {
        #expect(throws: ReportsError(.unknownReport, "")) { try desk.show(id, withText: false) }
        #expect(throws: ReportsError(.unknownReport, "")) { try desk.approve(id, reviewer: "R") }
    }

    @Test("restoring a known identifier is refused by its kind, never by its value")
    func knownLeak() throws {
        let id = try waiting()
        let page = try desk.show(id, withText: true)
        let record = try #require(page.spans.first { $0.label == "MRN" })
        let error = try #require(throws: NodeError.self) {
            try desk.approve(id, corrections: corrections { $0.kept = [record.number] }, reviewer: "R")
        }
        #expect(error.code == .stillIdentifying && error.message.contains("MRN") && !error.message.contains("100123"))
        #expect(try waiting() == id)
    }

    @Test("a quarantined report can be mended by redaction, and only so")
    func mend() throws {
        try node.folder.write("late/c.csv", "mrn,report\n2001,Nothing. Code AB.....77.....CD here.\n")
        let known = KnownIdentifier(value: "AB77CD", label: .other)
        let patient = try #require(try node.services().vaultKey().pseudonym(ofPatientKey: "2001"))
        try vault.remember([(patient, [known])])
        _ = try IntakeService(node.services()).importReports([node.folder.path("late")])
        #expect(try desk.list().quarantined == 1)
        let row = try #require(try desk.list(includingQuarantined: true).reports.first { $0.status == "quarantined" })
        #expect(row.risk == 1)
        #expect(throws: NodeError.code(.stillIdentifying)) { try desk.approve(row.id, reviewer: "R") }
        _ = try desk.approve(
            row.id, corrections: corrections { $0.texts = [("AB.....77.....CD", .other)] }, reviewer: "R")
        #expect(try usable().contains("Nothing. Code [OTHER_ID] here."))
    }

    @Test("of two reviewers the second is told, whatever they decide")
    func twoReviewers() throws {
        let id = try waiting()
        let seen = try desk.show(id, withText: true)
        _ = try ReviewDesk(node.services()).approve(
            id, corrections: corrections { $0.texts = [("teal ribbon", .other)] }, reviewer: "First", seen: seen)
        #expect(throws: ReportsError(.alreadyDecided, "")) {
            try desk.reject(id, reason: "late", reviewer: "Second", seen: seen)
        }
        #expect(throws: ReportsError(.alreadyDecided, "")) {
            try desk.approve(id, corrections: corrections { $0.kept = [1] }, reviewer: "Second", seen: seen)
        }
        #expect(try vault.receipt(of: ContentHash(hex: id))?.review?.reviewer == "First")
    }

    @Test("a rejected report is never used, also after another import")
    func reject() throws {
        let id = try waiting()
        #expect(try desk.reject(id, reason: "names a neighbor", reviewer: "R").decision == "rejected")
        #expect(throws: NodeError.code(.nothingToDecide)) { try desk.approve(id, reviewer: "R") }
        _ = try IntakeService(node.services()).importReports([node.folder.path("in")])
        #expect(try usable().count == 1)
        #expect(try vault.report(ContentHash(hex: id))?.reason == Vault.rejected)
    }

    @Test("an approval outlives newer rules with its corrections")
    func carriedOver() throws {
        let id = try waiting()
        _ = try desk.approve(id, corrections: corrections { $0.texts = [("teal ribbon", .other)] }, reviewer: "R")
        // Another threshold makes every receipt outdated.
        try vault.set(try tuning(0.99), as: ReviewTuning.setting)
        let outcome = try IntakeService(node.services()).importReports([node.folder.path("in")])
        #expect(outcome.deidentified.clean + outcome.deidentified.review == 2)
        let receipt = try #require(try vault.receipt(of: ContentHash(hex: id)))
        #expect(receipt.review?.reviewer == "R" && receipt.status == .clean && receipt.reviewBelow == 0.99)
        #expect(try usable().contains { $0.contains("[OTHER_ID], stable.") })
    }

    @Test("what a reviewer adds is searched in the patient's other reports")
    func learned() throws {
        let id = try waiting()
        _ = try desk.approve(id, corrections: corrections { $0.texts = [("teal ribbon", .other)] }, reviewer: "R")
        try node.folder.write(
            "in/b.csv", "mrn,report\n100123,then teal ribbon helped\n100124,then teal ribbon helped\n")
        _ = try IntakeService(node.services()).importReports([node.folder.path("in")])
        #expect(try usable().filter { $0.contains("then teal ribbon helped") }.count == 1)
        #expect(try usable().filter { $0.contains("then [OTHER_ID] helped") }.count == 1)
    }

    private func tuning(_ threshold: Double) throws -> ReviewTuning {
        let examples = (0..<60).map { ReviewTuning.Example(certainty: 0.3, isOverlooked: $0 < 15) }
        var tuning = try ReviewTuning(examples, current: 0.5, target: 0.95, date: Date(timeIntervalSince1970: 0))
        tuning.reviewBelow = threshold
        return tuning
    }

    @Test("an audit goes on where it stopped, a leak takes the report out of use, and the bound is printed")
    func audit() throws {
        let first = try desk.audit(count: 10)
        #expect(first.sample == 1 && first.left.count == 1 && first.upperBound == nil)
        #expect(try desk.audit(count: 10).number == first.number)
        let id = try #require(first.left.first)
        let report = try desk.recordAudit(id, leaked: true, reviewer: "R")
        #expect(report.leaks == 1 && report.left.isEmpty && report.upperBound == 1)
        #expect(report.text.contains("95 %"))
        #expect(try usable().isEmpty)
        #expect(try desk.list().waiting == 2)
        // It stays out of use until someone approves it.
        try vault.set(try tuning(0.4), as: ReviewTuning.setting)
        _ = try IntakeService(node.services()).importReports([node.folder.path("in")])
        #expect(try !usable().contains { $0.contains("heart") })
        _ = try ReviewDesk(node.services()).approve(id, reviewer: "R")
        #expect(try usable().contains { $0.contains("heart") })
        #expect(throws: NodeError.code(.badInput)) { try desk.audit(count: 0) }
        #expect(throws: ReportsError(.unknownReport, "")) { try desk.recordAudit("ffff", leaked: false, reviewer: "R") }
    }
}
