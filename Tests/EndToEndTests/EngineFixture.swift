import ConsiliumTesting
import Foundation
import Tensors
import Testing

/// The tiny checkpoints of LanguageModelsTests, and `consilium-node` in a folder of its own.
struct EngineFixture {
    static let vectors = SharedData.packageRoot.appendingPathComponent("Tests/LanguageModelsTests/Vectors")

    let programs: Consortium

    init() throws { programs = try Consortium(in: TemporaryFolder()) }

    static func model(_ name: String) -> String { vectors.appendingPathComponent(name).path }
    static func adapter(_ name: String) -> String { model(name) + "/adapter" }

    private struct Tokens: Decodable {
        struct Labels: Decodable {
            var values: [Int32]

            /// A classifier has one for a sequence.
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                values = try (try? container.decode([Int32].self)) ?? [container.decode(Int32.self)]
            }
        }

        var ids: [[Int32]]
        var labels: [Labels]
    }

    private static func tokens(_ name: String) throws -> Tokens {
        try JSONDecoder().decode(
            Tokens.self, from: Data(contentsOf: vectors.appendingPathComponent("\(name)/tokens.json")))
    }

    /// Where a file or folder of this test is.
    func path(_ name: String) -> String { programs.folder.path(name).path }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func write(_ name: String, _ text: String) throws -> String { try programs.folder.write(name, text).path }

    func node(_ arguments: [String]) async throws -> ProgramResult { try await programs.run(.node, arguments) }

    /// A copy that can be broken.
    func copy(_ name: String) throws -> URL {
        let copy = programs.folder.path("model")
        try FileManager.default.copyItem(at: Self.vectors.appendingPathComponent(name), to: copy)
        return copy
    }

    /// The fixture's batch as lines of ids.
    func lines(_ name: String) throws -> String {
        let tokens = try Self.tokens(name)
        let lines = zip(tokens.ids, tokens.labels).map { "{\"input_ids\":\($0),\"labels\":\($1.values)}\n" }
        return try write("\(name).jsonl", lines.joined())
    }

    /// The first sequence as the command line has it.
    static func ids(_ name: String) throws -> String {
        try #require(tokens(name).ids.first).map(String.init).joined(separator: ",")
    }

    func logits(_ model: String, adapter: String? = nil, ids: String, _ more: String...) async throws -> [Float] {
        let out = path("\(UUID().uuidString).safetensors")
        let adapter = adapter.map { ["--adapter", $0] } ?? []
        let arguments = ["logits", "--model", model, "--ids", ids, "--out", out]
        _ = try await expect(0, node(arguments + adapter + more))
        return try SafetensorsFile(url: URL(fileURLWithPath: out)).floats("logits")
    }

    static func expected(_ name: String, _ tensor: String) throws -> [Float] {
        try SafetensorsFile(url: vectors.appendingPathComponent("\(name)/expected.safetensors")).floats(tensor)
    }

    /// The largest difference, relative to the largest expected value.
    static func difference(_ found: [Float], _ expected: [Float]) -> Float {
        guard found.count == expected.count else { return .infinity }
        return (zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity) / (expected.map(abs).max() ?? 0)
    }
}
