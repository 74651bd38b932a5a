import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

/// Thousands of damaged files: each must be read whole or refused with this module's error. A crash ends the test run.
@Suite("Damaged safetensors files")
struct SafetensorsFuzzTests {
    static func sound() throws -> Data {
        let folder = try TemporaryFolder()
        let url = folder.path("sound.safetensors")
        let stream = try SafetensorsStream(
            [
                .init(name: "model.a", type: .float32, shape: [2, 3]), .init(name: "b", type: .bfloat16, shape: [4]),
                .init(name: "c", type: .uint8, shape: [3]), .init(name: "d", type: .float64, shape: []),
            ], metadata: ["note": "x"], to: url)
        try [UInt8](repeating: 0x3f, count: 24 + 8 + 3 + 8).withUnsafeBytes { try stream.append($0) }
        try stream.finish()
        return try Data(contentsOf: url)
    }

    /// One random change of a file.
    static func mutate(_ data: Data, _ generator: inout ReproducibleGenerator) -> Data {
        var bytes = [UInt8](data)
        guard bytes.count > 8 else { return data + Data([UInt8(ascii: "{")]) }
        let header = 8 + Int(min(length(bytes), UInt64(bytes.count - 8)))
        func position(_ range: Range<Int>, _ generator: inout ReproducibleGenerator) -> Int {
            range.isEmpty ? 0 : Int.random(in: range, using: &generator)
        }
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "-1", "0", "18446744073709551615", "9223372036854775807", "1e9", "null",
            "\"dtype\"", "\"F32\"", "\"I8\"", "\"b\"", "\\u0000", "\\ud800", "\u{ff}", " ", "\"shape\":[0],",
            "\"data_offsets\":[0,24],",
        ]
        switch Int.random(in: 0..<8, using: &generator) {
        case 0:
            let index = position(0..<bytes.count, &generator)
            bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes.removeLast(position(0..<bytes.count, &generator))
        case 2: bytes.append(contentsOf: (0..<position(1..<64, &generator)).map { UInt8($0) })
        case 3:
            let length = UInt64.random(in: 0 ... .max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
            withUnsafeBytes(of: length.littleEndian) { bytes.replaceSubrange(0..<8, with: $0) }
        case 4:
            let index = position(8..<header, &generator)
            bytes.insert(contentsOf: Array(pieces.randomElement(using: &generator)?.utf8 ?? "".utf8), at: index)
            fixLength(&bytes, by: bytes.count - data.count, &generator)
        case 5:
            let start = position(8..<header, &generator)
            bytes.removeSubrange(start..<min(header, start + position(1..<12, &generator)))
            fixLength(&bytes, by: bytes.count - data.count, &generator)
        case 6:
            // A digit of a shape or an offset.
            let digits = (8..<header).filter { bytes[$0] >= 48 && bytes[$0] <= 57 }
            if let index = digits.randomElement(using: &generator) {
                bytes[index] = UInt8.random(in: 48...57, using: &generator)
            }
        default:
            // A part of the header twice.
            let start = position(8..<header, &generator)
            let part = Array(bytes[start..<min(header, start + position(1..<80, &generator))])
            bytes.insert(contentsOf: part, at: start)
            fixLength(&bytes, by: part.count, &generator)
        }
        return Data(bytes)
    }

    /// Mostly the header's length follows its change, so that damage gets further than the first check.
    private static func fixLength(_ bytes: inout [UInt8], by change: Int, _ generator: inout ReproducibleGenerator) {
        guard Int.random(in: 0..<4, using: &generator) > 0, bytes.count >= 8 else { return }
        withUnsafeBytes(of: (length(bytes) &+ UInt64(bitPattern: Int64(change))).littleEndian) {
            bytes.replaceSubrange(0..<8, with: $0)
        }
    }

    private static func length(_ bytes: [UInt8]) -> UInt64 {
        bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    @Test("6,000 damaged files are read whole or refused", arguments: 0..<6)
    func damaged(part: Int) throws {
        let sound = try Self.sound()
        let folder = try TemporaryFolder()
        let url = folder.path("damaged.safetensors")
        try Data().write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        var generator = ReproducibleGenerator(seed: UInt64(part), label: "damaged files")
        var refused = 0
        for _ in 0..<1000 {
            var data = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) { data = Self.mutate(data, &generator) }
            try handle.truncate(atOffset: 0)
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: data)
            do {
                let file = try SafetensorsFile(url: url)
                for name in file.tensorNames {
                    let entry = try file.entry(name)
                    #expect(try file.bytes(name).count == entry.count * entry.type.size)
                    guard entry.type.isFloat else { continue }
                    #expect(try file.floats(name).count == entry.count)
                    file.release(name)
                }
            } catch let error as TensorsError {
                refused += 1
                #expect(error.message.hasSuffix(".") && error.message.utf8.count < 600)
            }
        }
        // Damage of the data alone is no damage of the form; most of the rest must be found.
        #expect(refused > 600)
    }
}
