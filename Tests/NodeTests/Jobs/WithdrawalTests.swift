import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("What a clinic leaves behind when it withdraws")
struct WithdrawalTests {
    private func result(_ round: Int, _ clinics: [String]) throws -> RoundResult {
        func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }
        return RoundResult(
            job: try JobID("cardiology-1"), jobHash: hash("job"), round: round, previousAdapter: hash("\(round - 1)"),
            adapter: hash("\(round)"),
            participants: try clinics.map {
                .init(clinic: try ClinicID($0), updateRoot: hash($0), ledgerSequence: nil, ledgerHash: nil)
            }, missing: [], closedAt: Date(timeIntervalSince1970: 1_800_000_000))
    }

    @Test("adapters with its updates, those made from them, and updates whose fate is not known")
    func parts() throws {
        let results = try [
            result(3, ["hillside"]), result(1, ["hillside"]), result(2, ["hillside", "lakeside"]),
            result(4, ["lakeside"]),
        ]
        let withdrawal = Withdrawal(
            job: try JobID("cardiology-1"), clinic: try ClinicID("lakeside"), results: results, sent: [2, 4, 5],
            epsilonSpent: 1.5)
        #expect(withdrawal.rounds.map(\.round) == [2, 3, 4, 5])
        #expect(withdrawal.rounds.map(\.part) == [.included, .builtOn, .included, .unknown])
        #expect(withdrawal.adapters == [2, 3, 4].map { ContentHash(of: Data("\($0)".utf8)) })
        for adapter in withdrawal.adapters { #expect(withdrawal.text.contains(adapter.hex)) }
        #expect(withdrawal.text.contains("1.500"))
        let other = Overview.Job.Withdrawal(of: try ClinicID("lakeside"), in: results)
        #expect(other?.rounds == [2, 4] && other?.adapters == withdrawal.adapters)
    }

    @Test("a clinic that has given nothing has touched nothing")
    func nothing() throws {
        let results = try [result(1, ["hillside"])]
        let withdrawal = Withdrawal(
            job: try JobID("cardiology-1"), clinic: try ClinicID("lakeside"), results: results, sent: [],
            epsilonSpent: 0)
        #expect(withdrawal.rounds.isEmpty && withdrawal.text.contains("no adapter is touched"))
        #expect(Overview.Job.Withdrawal(of: try ClinicID("lakeside"), in: results) == nil)
    }
}
