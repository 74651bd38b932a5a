import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("A job in the privacy officer's words")
struct JobExplanationTests {
    private func text(
        budgetLeft: Double = 3.25, fallback: String = "quarantine", canaries: Int = 0,
        _ change: (inout JobManifest) throws -> Void = { _ in }
    ) throws
        -> String
    {
        let job = try NodeFixture.job(clinics: ["lakeside", "summit"]) {
            $0.expiresAt = Date(timeIntervalSince1970: 1_790_000_000)
            try change(&$0)
        }
        var site = SiteConfiguration(clinic: .init(id: try ClinicID("lakeside")))
        site.reports.patientKeyFallback = fallback
        site.privacy.auditCanaries = canaries
        return JobExplanation(job, hash: "abc123", site: site, budgetLeft: budgetLeft, budgetCap: 10).text
    }

    @Test("the whole text")
    func golden() throws {
        #expect(
            try text() == """
                Cardiology (job cardiology-1, proposed by the consortium Test consortium)
                Purpose: To read echo reports better.
                Clinics: lakeside, summit.
                What happens here: your node trains a small add-on (LoRA adapter, 52,224 numbers) of the model “demo-base” on your \
                de-identified reports, in 6 rounds of 5 steps. No report and no text leaves.
                What leaves: in each round the change of those numbers, clipped to length 50.0 — about 1.3 MB in all, and mean \
                scores over at least 10 held-out patients. Each byte is kept for you: “consilium-node egress list”.
                Privacy: for every single patient the guarantee is epsilon 8.0 at delta 1e-05 over the whole job (unit: one patient \
                of your clinic, all reports together). Your clinic's cap is epsilon 10.0; 3.25 of it is left.
                The coordinator sees your clinic's update itself, not only the sum over clinics (the job says \
                “secureAggregation: off”).
                The job ends at the latest on 2026-09-21T14:13:20Z. You can deny it later; what has left stays outside.
                You approve exactly this text: SHA-256 abc123.
                """)
    }

    @Test("a job without a guarantee says so, and promises no epsilon")
    func noGuarantee() throws {
        let text = try text { $0.privacy = nil }
        #expect(text.contains("NO differential-privacy guarantee"))
        #expect(text.contains("may remember single phrases"))
        #expect(!text.contains("epsilon"))
    }

    @Test("the officer is told of synthetic patients, with their number, where there is a guarantee to test")
    func canaries() throws {
        let told = try text(canaries: 1000)
        #expect(told.contains("adds 1,000 synthetic patients") && told.contains("privacy.auditCanaries"))
        #expect(try !text().contains("synthetic"))
        #expect(try !text(canaries: 1000) { $0.privacy = nil }.contains("synthetic"))
    }

    @Test("whether the coordinator sees single updates is said in either case")
    func secureAggregation() throws {
        let on = try text { $0.aggregation.secureAggregation = .on }
        #expect(on.contains("learns only the sum over clinics"))
        #expect(!on.contains("sees your clinic's update itself"))
    }

    @Test("figures are promised only where the job lists them")
    func egress() throws {
        let text = try text { $0.egress = [.update] }
        #expect(!text.contains("held-out"))
        #expect(text.contains("about 1.3 MB in all. Each byte"))
    }

    @Test("the bytes are those of all rounds", arguments: [(1, 1, "4 kB"), (1, 10_000, "40.0 MB"), (250, 1, "1.0 MB")])
    func bytes(thousands: Int, rounds: Int, size: String) throws {
        let text = try text {
            $0.initialAdapter.parameters = thousands * 1000
            $0.rounds = rounds
        }
        #expect(text.contains("about \(size) in all"))
    }

    private func use(_ rule: AggregationPlan.Rule, _ job: inout JobManifest) {
        job.aggregation.rule = rule
        job.initialAdapter = .placeholder(hash: job.initialAdapter.hash, plan: job.aggregation, rank: job.recipe.rank)
        job.initialAdapter.parameters = 1000
        for part in (job.initialAdapter.updates ?? [:]).keys {
            job.initialAdapter.updates?[part]?.parameters = part == "a" ? 400 : 600
        }
    }

    @Test("where only one factor leaves, that is said, and the bytes are those of that factor")
    func factors() throws {
        let frozen = try text { use(.frozenA, &$0) }
        #expect(frozen.contains("(the matrices B; the matrices A never change)"))
        #expect(frozen.contains("about 14 kB in all"))
        let alternating = try text { use(.alternating, &$0) }
        #expect(alternating.contains("(the matrices B and the matrices A in turn)"))
        #expect(alternating.contains("about 12 kB in all"))
    }

    @Test("how much this clinic counts is said where clinics don't count the same")
    func weights() throws {
        let text = try text { $0.aggregation.weights = ["lakeside": 3, "summit": 1] }
        #expect(text.contains("yours counts 75.0 %"))
        #expect(try !self.text().contains("counts"))
    }

    @Test("without a purpose nothing is said of it")
    func leftOut() throws { #expect(try !text { $0.purpose = "" }.contains("Purpose")) }

    @Test("where reports without a patient count as patients, the guarantee is said to be weaker")
    func fallback() throws {
        #expect(try text(fallback: "report").contains("for those reports the guarantee is per report"))
        #expect(try !text().contains("per report"))
    }
}
