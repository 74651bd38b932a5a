import Admin
import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("The chain of signed results")
struct ResultChainTests {
    private let consortium: ThrowawayConsortium
    private let manifest: JobManifest
    private let jobHash = ContentHash(of: Data("job".utf8))

    init() async throws {
        consortium = try await ThrowawayConsortium(clinics: 3)
        manifest = JobManifest(
            id: try JobID("chain"), title: "Chain", purpose: "", consortium: "Test consortium",
            createdAt: consortium.date,
            expiresAt: consortium.date.addingTimeInterval(3600), clinics: consortium.clinics.compactMap(\.role.clinic),
            baseModel: JobManifest.BaseModel(name: "base", hash: Self.hash("base")),
            initialAdapter: JobManifest.InitialAdapter(
                hash: Self.hash("0"), layoutHash: Self.hash("layout"), parameters: 4),
            recipe: TrainingRecipe(localSteps: 1, optimizer: TrainingRecipe.Optimizer(learningRate: 0.1)), privacy: nil,
            aggregation: AggregationPlan(rule: .fedit, secureAggregation: .off, updateClipNorm: 1, minimumClinics: 2),
            rounds: 3,
            roundDeadlineSeconds: 60, egress: [.update])
    }

    private static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    private func result(_ round: Int, from previous: String, to next: String, clinics: Int = 3) -> RoundResult {
        RoundResult(
            job: manifest.id, jobHash: jobHash, round: round, previousAdapter: Self.hash(previous),
            adapter: Self.hash(next),
            participants: manifest.clinics.prefix(clinics).map {
                RoundResult.Participant(clinic: $0, updateRoot: Self.hash("root"), ledgerSequence: nil, ledgerHash: nil)
            }, missing: [], closedAt: consortium.date)
    }

    private func verify(_ results: [RoundResult], signer: PeerCredentials? = nil) async throws -> ResultChain {
        let signer = signer ?? consortium.coordinator
        let authority = consortium.authority.certificate
        let roster = try await consortium.roster.verify(
            kind: .roster, authority: authority, at: consortium.date, requiredRole: \.isAdmin)
        return try await ResultChain.verify(
            results.map { try signer.sign($0, kind: .roundResult) }, manifest: manifest, jobHash: jobHash,
            roster: roster,
            authority: authority, at: consortium.date)
    }

    @Test("rounds that follow each other lead to the last adapter")
    func complete() async throws {
        let chain = try await verify([result(1, from: "0", to: "1"), result(2, from: "1", to: "2")])
        #expect(chain.adapter == Self.hash("2"))
        #expect(chain.results.count == 2)
    }

    @Test("no round yet is the initial adapter")
    func empty() async throws {
        #expect(try await verify([]).adapter == manifest.initialAdapter.hash)
    }

    @Test("a first round that starts elsewhere, a gap, a swapped order, too few clinics and another job are refused")
    func broken() async throws {
        var foreign = result(1, from: "0", to: "1")
        foreign.jobHash = Self.hash("another job")
        var twice = result(1, from: "0", to: "1")
        twice.participants[1] = twice.participants[0]
        let wrong = [
            [result(1, from: "x", to: "1")], [result(2, from: "0", to: "1")],
            [result(1, from: "0", to: "1"), result(2, from: "0", to: "2")],
            [result(1, from: "0", to: "1", clinics: 1)], [foreign], [twice],
        ]
        for results in wrong {
            await #expect(throws: AdminError(.recordsDisagree, "")) { _ = try await verify(results) }
        }
    }

    @Test("a result that a clinic or the admin signed is refused")
    func wrongSigner() async throws {
        for signer in [consortium.clinics[0], consortium.admin] {
            await #expect(throws: IdentityError(.wrongRole, "")) {
                _ = try await verify([result(1, from: "0", to: "1")], signer: signer)
            }
        }
    }
}
