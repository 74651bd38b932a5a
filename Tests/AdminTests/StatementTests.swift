import Admin
import Foundation
import Identity
import Ledger
import Privacy
import Testing

@Suite("The privacy officer's statement")
struct StatementTests {
    private static let date = Date(timeIntervalSince1970: 1_790_000_000)

    private func parsed(_ text: String) -> Bool {
        let parser = XMLChecker()
        return parser.accepts(text)
    }

    @Test("one page: who, what, verdict, tables and a picture, and nothing from outside")
    func page() async throws {
        let fixture = try await ReceiptFixture()
        let report = try fixture.audit()
        var audit = OfflineAudit()
        audit.trust(fixture.roster)
        let shared = try SharedPatients(report, clinics: 3)
        let statement = PrivacyStatement(
            report, document: audit.document(report, sharedPatients: shared), date: Self.date)
        let html = statement.html()
        for text in [
            "In order", "receipts", fixture.clinicID.text, "reports", "1e-05", "<svg", "cap 8", "Patients of several",
        ] {
            #expect(html.contains(text), "\(text)")
        }
        for outside in ["src=", "href=", "@import", "url(", "<script"] { #expect(!html.contains(outside)) }
        let svg = statement.svg()
        #expect(svg.hasPrefix("<svg") && parsed(svg))
    }

    @Test("violations are on the page, and what stands in a file can't break it")
    func violations() async throws {
        let fixture = try await ReceiptFixture()
        try fixture.editCoordinator("DELETE FROM results WHERE round = 2")
        var report = try fixture.audit()
        report.ledgers[0].clinic = "<script>alert(1)</script>"
        report.ledgers[0].budget?.clinic = "<script>alert(1)</script>"
        let html = PrivacyStatement(report, document: OfflineAudit().document(report), date: Self.date).html()
        #expect(html.contains("Not in order") && html.contains("sequence-gap"))
        #expect(!html.contains("<script"))
    }

    @Test("a patient of one clinic, of m of them, and of more than there are")
    func sharedPatients() async throws {
        let fixture = try await ReceiptFixture()
        var report = try fixture.audit()
        var second = report.ledgers[0]
        second.clinic = "other"
        report.ledgers.append(second)
        let one = try #require(try SharedPatients(report, clinics: 1))
        let two = try #require(try SharedPatients(report, clinics: 2))
        let five = try #require(try SharedPatients(report, clinics: 5))
        #expect(one.single == one.multiple && one.single == two.single)
        let both = report.ledgers.flatMap(\.mechanisms)
        #expect(abs(two.multiple - (try RDPAccountant(both).epsilon(delta: 1e-5).epsilon)) < 1e-9)
        #expect(two.multiple > one.multiple && five.multiple == two.multiple)
        #expect(throws: AdminError(.invalidOption, "")) { try SharedPatients(report, clinics: 0) }
    }

    @Test("a plan's rounds that fit are those that the filter admits, and the noise it names is enough")
    func plan() throws {
        let cap = try PrivacyBudget(epsilon: 3, delta: 1e-5)
        let spent = [PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .poisson(rate: 0.1), steps: 50)]
        let question = BudgetPlan.Question(samplingRate: 0.1, noiseMultiplier: 1.5, stepsPerRound: 20, rounds: 30)
        let plan = try BudgetPlan(question, after: spent, cap: cap)
        #expect(plan.roundsThatFit > 0 && plan.roundsThatFit < 30)
        let filter = RDPFilter(cap: cap)
        let round = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 1.5), sampling: .poisson(rate: 0.1), steps: 20)
        for (count, fits) in [(plan.roundsThatFit, true), (plan.roundsThatFit + 1, false)] {
            let all = Array(repeating: round, count: count)
            #expect(try filter.admits(spent: spent, proposal: all).isAdmitted == fits)
        }
        #expect(plan.rounds.filter(\.fits).last?.round == plan.roundsThatFit)
        #expect(plan.rounds.last?.round == 30)
        #expect(zip(plan.rounds, plan.rounds.dropFirst()).allSatisfy { $0.epsilon < $1.epsilon })
        #expect(plan.rounds.allSatisfy { $0.epsilon <= $0.rdp && $0.rdp <= $0.charged })
        let noise = try #require(plan.noiseNeeded)
        let enough = try BudgetPlan(
            .init(samplingRate: 0.1, noiseMultiplier: noise, stepsPerRound: 20, rounds: 30), after: spent, cap: cap)
        #expect(enough.roundsThatFit >= 30)
        #expect(parsed(plan.svg()))
    }

    @Test(
        "a plan that makes no sense is refused",
        arguments: [(0.0, 1.0, 5, 3), (1.5, 1, 5, 3), (0.1, 0, 5, 3), (0.1, -1, 5, 3), (0.1, 1, 0, 3), (0.1, 1, 5, 0)])
    func badPlans(rate: Double, noise: Double, steps: Int, rounds: Int) throws {
        let cap = try PrivacyBudget(epsilon: 3, delta: 1e-5)
        #expect(throws: (any Error).self) {
            try BudgetPlan(
                .init(samplingRate: rate, noiseMultiplier: noise, stepsPerRound: steps, rounds: rounds), cap: cap)
        }
    }
}

/// Whether tags are closed in the order in which they were opened: enough to know that a picture is no broken XML.
private struct XMLChecker {
    func accepts(_ text: String) -> Bool {
        var open: [Substring] = []
        var rest = text[...]
        while let begin = rest.firstIndex(of: "<") {
            guard let end = rest[begin...].firstIndex(of: ">") else { return false }
            let tag = rest[rest.index(after: begin)..<end]
            rest = rest[rest.index(after: end)...]
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
        }
        return open.isEmpty
    }
}
