import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("Update manifests")
struct UpdateManifestTests {
    private func validate(_ update: UpdateManifest) throws {
        try update.validate(
            for: FederationFixture.manifest(), jobHash: FederationFixture.hash("job"), round: 2,
            adapter: FederationFixture.hash("adapter"))
    }

    @Test(
        "a vector is cut into chunks of 8 MiB, the last one shorter",
        arguments: [
            (0, []), (4, [0..<4]), (8 << 20, [0..<8_388_608]), ((8 << 20) + 4, [0..<8_388_608, 8_388_608..<8_388_612]),
            (16 << 20, [0..<8_388_608, 8_388_608..<16_777_216]), (-4, []),
        ] as [(Int, [Range<Int>])])
    func chunkRanges(bytes: Int, ranges: [Range<Int>]) {
        #expect(UpdateManifest.chunkRanges(byteCount: bytes) == ranges)
    }

    @Test("chunks and root are the hashes of exactly those bytes, also of a slice")
    func hashes() throws {
        let size = UpdateManifest.chunkBytes
        var vector = Data(count: size + 8)
        vector[0] = 1
        vector[size] = 2
        let update = try FederationFixture.update(of: vector)
        #expect(update.count == size / 4 + 2)
        #expect(update.byteCount == size + 8)
        #expect(update.root == ContentHash(of: vector))
        #expect(
            update.chunks == [
                ContentHash(of: vector.prefix(size)), ContentHash(of: Data([2, 0, 0, 0, 0, 0, 0, 0])),
            ])
        // A slice has other indices than its bytes' positions.
        let slice = (Data([9, 9, 9]) + vector).dropFirst(3)
        #expect(try FederationFixture.update(of: slice) == update)
    }

    @Test("an update that fits the job, the round and the layout is accepted")
    func valid() throws { try validate(FederationFixture.update()) }

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let code: FederationError.Code
        let change: @Sendable (inout UpdateManifest) throws -> Void
        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "another job", code: .updateMalformed) { $0.job = try JobID("other-job") },
        Fault(name: "another version of the job", code: .updateMalformed) {
            $0.jobHash = FederationFixture.hash("old job")
        },
        Fault(name: "an earlier round", code: .roundClosed) { $0.round = 1 },
        Fault(name: "a later round", code: .roundClosed) { $0.round = 3 },
        Fault(name: "another adapter", code: .adapterMismatch) { $0.adapter = FederationFixture.hash("other") },
        Fault(name: "another layout", code: .updateMalformed) { $0.layoutHash = FederationFixture.hash("other") },
        Fault(name: "too few numbers", code: .updateMalformed) { $0.count = 4 },
        Fault(name: "a negative count", code: .updateMalformed) { $0.count = -5 },
        Fault(name: "a count that overflows", code: .updateMalformed) { $0.count = .max },
        Fault(name: "no chunks", code: .updateMalformed) { $0.chunks = [] },
        Fault(name: "too many chunks", code: .updateMalformed) { $0.chunks += $0.chunks },
    ]

    @Test("an update that does not fit is refused", arguments: faults)
    func refusals(fault: Fault) throws {
        let update = try FederationFixture.update(fault.change)
        #expect(throws: FederationError(fault.code, "")) { try validate(update) }
    }

    @Test("a round that has closed can be tried again; all else is wrong for good")
    func categories() {
        #expect(FederationError(.roundClosed, "").category == .tryAgain)
        #expect(FederationError(.updateMalformed, "").category == .badData)
    }

    @Test("on the wire an update reads as pinned")
    func golden() throws {
        let json = String(decoding: try CanonicalJSON.encode(FederationFixture.update()), as: UTF8.self)
        let zeros = "de47c9b27eb8d300dbb5f2c353e632c393262cf06340c4fa7f1b40c4cbd36f90"
        let hash = FederationFixture.hash
        #expect(
            json == """
                {"adapter":"\(hash("adapter"))","chunks":["\(zeros)"],"clinic":"lakeside","count":5,"job":"cardiology-1",\
                "jobHash":"\(hash("job"))","layoutHash":"\(hash("layout"))","ledgerHash":"\(hash("row"))","ledgerSequence":7,\
                "root":"\(zeros)","round":2}
                """)
        let update = try FederationFixture.update {
            $0.ledgerHash = nil
            $0.ledgerSequence = nil
        }
        #expect(try CanonicalJSON.decode(UpdateManifest.self, from: CanonicalJSON.encode(update)) == update)
    }
}
