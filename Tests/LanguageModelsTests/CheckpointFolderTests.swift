import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Model folders in shards")
struct CheckpointFolderTests {
    typealias Fixture = CheckpointFixture

    static let first = Fixture.Tensor.floats("a", [2], [1, 2])
    static let second = Fixture.Tensor.floats("b", [2], [3, 4])

    func sharded() throws -> Fixture {
        let fixture = try Fixture()
        try fixture.write([Self.first], file: "one.safetensors")
        try fixture.write([Self.second], file: "two.safetensors")
        return fixture
    }

    @Test("tensors are found in their shards")
    func shards() throws {
        let fixture = try sharded()
        try fixture.writeIndex(["a": "one.safetensors", "b": "two.safetensors"])
        let source = try fixture.source()
        #expect(try source.vector("a", shape: [2]) == [1, 2])
        #expect(try source.vector("b", shape: [2]) == [3, 4])
    }

    @Test("a shard may be a link, as in the cache of Hugging Face")
    func link() throws {
        let fixture = try sharded()
        let blobs = try Fixture()
        let target = blobs.url.appendingPathComponent("blob")
        try FileManager.default.moveItem(at: fixture.url.appendingPathComponent("two.safetensors"), to: target)
        try FileManager.default.createSymbolicLink(
            at: fixture.url.appendingPathComponent("two.safetensors"), withDestinationURL: target)
        try fixture.writeIndex(["a": "one.safetensors", "b": "two.safetensors"])
        #expect(try fixture.source().vector("b", shape: [2]) == [3, 4])
    }

    @Test(
        "an index that leaves the folder is refused",
        arguments: [
            "../two.safetensors", "/etc/two.safetensors", "sub/two.safetensors", "..", "", "two.safetensors\\u0000",
            "..\\\\two.safetensors", "two.bin", "a..safetensors", "one.safetensors/../two.safetensors",
        ])
    func paths(name: String) throws {
        let fixture = try sharded()
        try fixture.writeIndex(["a": "one.safetensors", "b": name])
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
    }

    @Test("a missing shard, a tensor in another shard and a tensor in two shards are refused")
    func contradictions() throws {
        let fixture = try sharded()
        try fixture.writeIndex(["a": "one.safetensors", "b": "three.safetensors"])
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
        try fixture.writeIndex(["a": "two.safetensors", "b": "one.safetensors"])
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
        try fixture.writeIndex(["a": "one.safetensors", "b": "two.safetensors", "c": "two.safetensors"])
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
        try fixture.write([Self.first, Self.second], file: "two.safetensors")
        try fixture.writeIndex(["a": "one.safetensors", "b": "two.safetensors"])
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
    }

    @Test("a tensor that the index does not list must be used too")
    func unlisted() throws {
        let fixture = try sharded()
        try fixture.write([Self.second, .floats("bias", [1], [1])], file: "two.safetensors")
        try fixture.writeIndex(["a": "one.safetensors", "b": "two.safetensors"])
        let source = try fixture.source()
        _ = try source.vector("a", shape: [2])
        _ = try source.vector("b", shape: [2])
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try source.requireNothingElse { _ in false } }
    }

    @Test(
        "an index that is not sound is refused",
        arguments: [
            "", "[]", "{}", #"{"weight_map":{}}"#, #"{"weight_map":[]}"#, #"{"weight_map":{"a":1}}"#,
            #"{"weight_map":{"a":"one.safetensors","a":"two.safetensors"}}"#,
            #"{"weight_map":{"a":"one.safetensors"},"weight_map":{}}"#,
            #"{"weight_map":{"a":{"b":"one.safetensors"}}}"#,
            #"{"weight_map":"# + String(repeating: "[", count: 10_000),
        ])
    func malformed(text: String) throws {
        let fixture = try sharded()
        try fixture.folder.write("model.safetensors.index.json", text)
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try fixture.source() }
    }

    @Test("2,000 damaged indexes are read or refused")
    func damaged() throws {
        let fixture = try sharded()
        let sound = Array(
            #"{"metadata":{"total_size":16},"weight_map":{"a":"one.safetensors","b":"two.safetensors"}}"#.utf8)
        let pieces = [
            "{", "}", "\"", ",", ":", "[", "../", "/", "one", "\\u0000", "\\", "null", "1e999",
            "\"a\":\"two.safetensors\",",
            "\u{fe}",
        ]
        var generator = ReproducibleGenerator(seed: 1, label: "damaged indexes")
        let index = fixture.url.appendingPathComponent("model.safetensors.index.json")
        try Data().write(to: index)
        let handle = try FileHandle(forWritingTo: index)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[position] = UInt8.random(in: 0 ... .max, using: &generator)
                case 1:
                    bytes.removeSubrange(
                        position..<min(bytes.count, position + Int.random(in: 1...9, using: &generator)))
                case 2:
                    bytes.insert(contentsOf: Array((pieces.randomElement(using: &generator) ?? "").utf8), at: position)
                default: bytes.removeLast(bytes.count - position)
                }
            }
            try handle.truncate(atOffset: 0)
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: Data(bytes))
            do {
                let source = try fixture.source()
                #expect(try source.vector("a", shape: [2]) == [1, 2])
            } catch is any ConsiliumError {
                refused += 1
            }
        }
        try handle.close()
        #expect(refused > 1000)
    }

    @Test("a folder without weights is refused")
    func empty() throws {
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try Fixture().source() }
    }
}
