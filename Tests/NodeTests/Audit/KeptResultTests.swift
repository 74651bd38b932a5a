import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("Signed results that a node keeps")
struct KeptResultTests {
    let folder: TemporaryFolder
    let files: JobFiles
    let consortium: ThrowawayConsortium

    init() async throws {
        folder = try TemporaryFolder()
        files = try JobFiles(folder.path("job"))
        consortium = try await ThrowawayConsortium(clinics: 2)
    }

    private func result(_ adapter: String) throws -> SignedDocument<RoundResult> {
        func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }
        return try consortium.coordinator.sign(
            RoundResult(
                job: JobID("cardiology-1"), jobHash: hash("job"), round: 3, previousAdapter: hash("before"),
                adapter: hash(adapter), participants: [], missing: [], closedAt: consortium.date), kind: .roundResult)
    }

    @Test("a result is kept as it was signed, in the file that an audit reads, and keeping it again changes nothing")
    func kept() throws {
        let document = try result("after")
        try AdapterChain.keep(document, of: 3, in: files)
        let file = folder.path("job/result-3.json")
        #expect(try SignedDocument<RoundResult>(file: file).payload == document.payload)
        #expect(try SignedDocument<RoundResult>(file: file).signature == document.signature)
        let bytes = try Data(contentsOf: file)
        try AdapterChain.keep(document, of: 3, in: files)
        #expect(try Data(contentsOf: file) == bytes)
        files.removeOutdated(before: 9, keeping: ContentHash(of: Data()))
        #expect(FileManager.default.fileExists(atPath: file.path))
    }

    @Test("another result for the same round is refused, and the first one stays")
    func fork() throws {
        try AdapterChain.keep(result("after"), of: 3, in: files)
        let bytes = try Data(contentsOf: files.result(round: 3))
        let error = #expect(throws: NodeError.code(.resultInvalid)) {
            try AdapterChain.keep(result("another"), of: 3, in: files)
        }
        #expect(error?.message.contains("another result of round 3") == true)
        #expect(try Data(contentsOf: files.result(round: 3)) == bytes)
    }
}
