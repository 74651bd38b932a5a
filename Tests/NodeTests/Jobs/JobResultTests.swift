import ConsiliumTesting
import Federation
import Foundation
import Testing

@testable import Node

@Suite("A job's result for one clinic")
struct JobResultTests {
    private func result(
        base: Double = 20, federated: Double = 10, local: Double? = 12, spent: Double = 6.125, bytes: Int = 1_253_376
    ) throws -> JobResult {
        JobResult(
            report: try NodeFixture.report(
                job: JobID("cardiology-1"), base: base, federated: federated, local: local),
            epsilonSpent: spent, epsilonLeft: 10 - spent, epsilonCap: 10, delta: 1e-5, bytesSent: bytes)
    }

    @Test("the row has fixed columns: clinic, base, local, federated, gain, spent, left, sent")
    func row() throws {
        #expect(
            try result().row
                == "lakeside                    20.00        12.00       10.00    -50.0 %      6.12      3.88    1.3 MB"
        )
        #expect(
            try result(local: nil, bytes: 900).row
                == "lakeside                    20.00            -       10.00    -50.0 %      6.12      3.88      1 kB"
        )
        #expect(try result(federated: 25).row.contains(" +25.0 %"))
    }

    @Test("the row has the widths of the demo's heading")
    func widths() throws {
        // printf '%-24s %8s %12s %11s %10s %9s %9s %9s'
        #expect(try result().row.count == 24 + 9 + 13 + 12 + 11 + 10 + 10 + 10)
    }

    @Test("a job passes if the federated adapter beats the base model and the cap is kept")
    func passes() throws {
        #expect(try result().passes)
        #expect(try result(spent: 10).passes)
        #expect(try !result(spent: 10.01).passes)
        #expect(try !result(federated: 20).passes)
        #expect(try !result(federated: 21).passes)
        #expect(try result(base: 20, federated: 10).gain == 0.5)
        #expect(try result(base: 20, federated: 30).gain == -0.5)
    }

    @Test(
        "the text says plainly which model reads this clinic's reports best",
        arguments: [
            (20.0, 10.0, 12.0, "The common adapter reads your reports best."),
            (20, 12, 10, "federation does not help every clinic"), (10, 12, 20, "this job did not help your clinic"),
        ])
    func best(base: Double, federated: Double, local: Double, sentence: String) throws {
        #expect(try result(base: base, federated: federated, local: local).text.contains(sentence))
    }

    @Test("the text has the figures with their interval, the budget with its unit, and the bytes")
    func text() throws {
        let text = try result().text
        for part in [
            "Job cardiology-1 in clinic lakeside: 6 rounds, measured on 16 reports",
            "base model                          perplexity    20.000   bits per byte 1.080 (95 %: 0.500–1.500)",
            "federated adapter                   perplexity    10.000",
            "local only (same steps, same noise) perplexity    12.000",
            "epsilon 6.125 of 10 spent at delta 1.0e-05 (unit: patient), 3.875 left", "Sent: 1.3 MB",
        ] { #expect(text.contains(part)) }
        #expect(try !result(local: nil).text.contains("local only"))
    }
}
