import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Privacy
import Testing

@testable import Node

@Suite("How a clinic keeps a job's guarantee")
struct PrivacyPlanTests {
    let folder: TemporaryFolder
    let files: JobFiles
    let jobHash = ContentHash(of: Data("job".utf8))

    init() throws {
        folder = try TemporaryFolder()
        files = try JobFiles(folder.path("job"))
    }

    private func plan(patients: Int, epsilon: Double = 8, expected: Int = 8, rounds: Int = 6) throws -> PrivacyPlan {
        let job = try NodeFixture.job {
            $0.rounds = rounds
            $0.privacy = PatientPrivacy(epsilon: epsilon, delta: 1e-5, clipNorm: 0.5, expectedPatients: expected)
        }
        return try PrivacyPlan(job: job, jobHash: jobHash, privacy: #require(job.privacy), patients: patients)
    }

    private func load(hash: ContentHash? = nil, patients: Int = 40, hasTrained: Bool = false) throws -> PrivacyPlan {
        let job = try NodeFixture.job()
        return try PrivacyPlan.load(
            files, job: job, jobHash: hash ?? jobHash, privacy: #require(job.privacy), patients: patients,
            hasTrained: hasTrained)
    }

    @Test(
        "all rounds together stay within the job's epsilon by the ledger's filter, and do not waste it",
        arguments: [(40, 8.0, 8, 6), (40, 1, 8, 6), (1000, 4, 16, 40), (8, 8, 8, 6), (5, 2, 8, 3)])
    func calibrated(patients: Int, epsilon: Double, expected: Int, rounds: Int) throws {
        let plan = try plan(patients: patients, epsilon: epsilon, expected: expected, rounds: rounds)
        let round = try plan.sampler(steps: plan.stepsPerRound).event(plan.mechanism())
        let all = Array(repeating: round, count: rounds)
        let spent = RDPFilter.epsilon(of: try RDPFilter.curve(of: all), delta: 1e-5)
        #expect(spent <= epsilon)
        #expect(spent > 0.98 * epsilon)
        let oneMore = RDPFilter.epsilon(of: try RDPFilter.curve(of: all + [round]), delta: 1e-5)
        #expect(oneMore > epsilon)
    }

    @Test("the sampling rate is expected patients by patients, at most one")
    func samplingRate() throws {
        let large = try plan(patients: 40)
        #expect(large.samplingRate == 0.2)
        #expect(large.expectedPatients == 8)
        let small = try plan(patients: 5)
        #expect(small.samplingRate == 1)
        // The sums are divided by the job's public constant, not by what this clinic has.
        #expect(small.expectedPatients == 8)
        #expect(large.totalSteps == 30)
        #expect(large.stepsPerRound == 5)
    }

    @Test("a smaller budget, fewer patients and more rounds need more noise")
    func monotone() throws {
        let noise = try plan(patients: 100).noiseMultiplier
        #expect(try plan(patients: 100, epsilon: 4).noiseMultiplier > noise)
        #expect(try plan(patients: 50).noiseMultiplier > noise)
        #expect(try plan(patients: 100, rounds: 12).noiseMultiplier > noise)
    }

    @Test("without patients there is no plan")
    func noPatients() throws {
        #expect(throws: NodeError.code(.tooFewPatients)) { try plan(patients: 0) }
    }

    @Test("a plan is made once and kept for all rounds, also when patients have come since")
    func kept() throws {
        let first = try load(patients: 40)
        #expect(try load(patients: 400, hasTrained: true) == first)
        #expect(first.patients == 40)
    }

    @Test("a plan that was lost after a training is not made anew")
    func lost() throws {
        let error = try #require(throws: NodeError.self) { try load(hasTrained: true) }
        #expect(error.code == .privacyStateMissing)
        #expect(error.category.exitCode == 77)
        #expect(error.message.contains("privacy-plan.json"))
        #expect(!FileManager.default.fileExists(atPath: files.privacyPlan.path))
    }

    @Test("the plan of another version of the job is not used")
    func otherJob() throws {
        _ = try load()
        #expect(throws: NodeError.code(.privacyStateMissing)) { try load(hash: ContentHash(of: Data("other".utf8))) }
    }

    @Test("a damaged plan is refused, not replaced")
    func damaged() throws {
        _ = try load()
        try DurableFile.write(Data("{\"patients\": 1}".utf8), to: files.privacyPlan)
        #expect(throws: CoreError(.malformedJSON, "")) { try load() }
    }
}
