import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing
import Transport

@testable import Coordinator

@Suite("A job that is accepted can be averaged")
struct JobBoundsTests {
    static func manifest(_ change: (inout JobManifest) throws -> Void) async throws -> JobManifest {
        let test = try await TestCoordinator(clinics: 2)
        let (file, adapter) = try test.initialAdapter()
        var manifest = try test.manifest(adapter: adapter, file: file)
        try change(&manifest)
        return manifest
    }

    @Test(
        "a clip norm that updates can't be encoded with is refused before anybody trains",
        arguments: [0, -1, 1e-300, 9e-7, 1.1e6, 1e300, .infinity, .nan])
    func clipNorm(value: Double) async throws {
        let manifest = try await Self.manifest { $0.aggregation.updateClipNorm = value }
        #expect(manifest.problems().map { $0.hasPrefix("aggregation.updateClipNorm") } == [true])
    }

    @Test("the number of clinics has a bound", arguments: [(1000, []), (1001, [true])] as [(Int, [Bool])])
    func clinics(count: Int, expected: [Bool]) async throws {
        let manifest = try await Self.manifest { $0.clinics = try (1...count).map { try ClinicID("clinic-\($0)") } }
        #expect(manifest.problems().map { $0.hasPrefix("clinics must name 1 to 1000") } == expected)
    }

    @Test("at the bounds updates can be encoded and added", arguments: [1e-6, 1e6])
    func bounds(norm: Double) async throws {
        let manifest = try await Self.manifest {
            $0.aggregation.updateClipNorm = norm
            $0.initialAdapter.parameters = 1 << 33
            $0.clinics = try (1...1000).map { try ClinicID("clinic-\($0)") }
        }
        #expect(manifest.problems().isEmpty)
        #expect(try RingEncoding(job: manifest, round: 1, clinic: manifest.clinics[0]).clipNorm == norm)
    }
}
