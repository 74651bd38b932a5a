import ConsiliumTesting
import Foundation
import Tensors
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func file(header: String, data: Int, claimedLength: UInt64? = nil) throws -> URL {
    var bytes = Data()
    withUnsafeBytes(of: (claimedLength ?? UInt64(header.utf8.count)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(contentsOf: header.utf8)
    bytes.append(Data(repeating: 0, count: data))
    return try folder.write("file.safetensors", bytes)
  }

  @Test("what is written is read again, sorted by name and aligned")
  func roundTrip() throws {
    let url = folder.path("round.safetensors")
    let tensors = [
      NamedTensor(name: "b", shape: [2, 3], values: [1, -2, 3.5, 0, .leastNormalMagnitude, 6]),
      NamedTensor(name: "a \"quoted\"\n/ü", shape: [], values: [7]),
      NamedTensor(name: "empty", shape: [0, 4], values: []),
    ]
    try SafetensorsWriter.write(tensors, metadata: ["key": "va\"lue"], to: url)
    let file = try SafetensorsFile(url: url)
    #expect(file.tensorNames == ["a \"quoted\"\n/ü", "b", "empty"])
    #expect(file.metadata == ["key": "va\"lue", "format": "pt"])
    for tensor in tensors {
      #expect(try file.entry(tensor.name).shape == tensor.shape)
      #expect(try file.entry(tensor.name).type == .float32)
      #expect(try file.floats(tensor.name) == tensor.values)
    }
    let length = try Data(contentsOf: url).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    #expect((8 + length) % 8 == 0)
    #expect(try SafetensorsWriter.encode(tensors.reversed()) == SafetensorsWriter.encode(tensors))
  }

  @Test("bfloat16 rounds to nearest even and keeps NaN and infinity")
  func bfloat16() throws {
    let url = folder.path("half.safetensors")
    let values: [Float] = [1, 1.00390625, 1.01171875, -3.1415927, .infinity, .nan, 3.4e38, 0]
    try SafetensorsWriter.write(
      [NamedTensor(name: "x", shape: [8], values: values)], type: .bfloat16, to: url)
    let found = try SafetensorsFile(url: url).floats("x")
    #expect(Array(found[0..<5]) == [1, 1, 1.015625, -3.140625, .infinity])
    #expect(found[5].isNaN && found[6] == .infinity && found[7] == 0)
  }

  @Test("float16 and float64 are widened and narrowed exactly")
  func otherFloats() throws {
    let halves: [UInt16] = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0xfc00, 0x8000]
    let header =
      #"{"h":{"dtype":"F16","shape":[8],"data_offsets":[0,16]},"d":{"dtype":"F64","shape":[1],"data_offsets":[16,24]}}"#
    var bytes = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header.utf8)
    halves.withUnsafeBytes { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: -0.25) { bytes.append(contentsOf: $0) }
    let file = try SafetensorsFile(url: folder.write("h.safetensors", bytes))
    #expect(
      try file.floats("h") == [1, -2, 0x1p-24, 0x3ffp-24, 65504, .infinity, -.infinity, 0])
    #expect(try file.floats("d") == [-0.25])
  }

  @Test("integers are listed but not read as floats")
  func integers() throws {
    let url = try file(header: #"{"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, data: 8)
    let file = try SafetensorsFile(url: url)
    #expect(try file.entry("i").type == .int64)
    #expect(throws: TensorsError(.unsupportedType, "")) { try file.floats("i") }
    #expect(throws: TensorsError(.missingTensor, "")) { try file.floats("j") }
  }

  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var header: String
    var data = 8
    var claimed: UInt64?
    var code = TensorsError.Code.malformedFile

    init(
      _ name: String, _ header: String, data: Int = 8, claimed: UInt64? = nil,
      code: TensorsError.Code = .malformedFile
    ) {
      testDescription = name
      self.header = header
      self.data = data
      self.claimed = claimed
      self.code = code
    }

    static func one(
      _ name: String, _ entry: String, data: Int = 8, code: TensorsError.Code = .malformedFile
    )
      -> Hostile
    {
      Hostile(name, "{\"a\":{\(entry)}}", data: data, code: code)
    }
  }

  @Test(
    "a hostile header is refused",
    arguments: [
      Hostile("absurd length", "{}", claimed: .max),
      Hostile("length above 100 MB", "{}", claimed: 100_000_001),
      Hostile("length beyond the file", "{}", claimed: 4000), Hostile("empty header", ""),
      Hostile("an array", "[1]"), Hostile("unclosed", #"{"a":{"dtype":"F32""#),
      Hostile("text after it", "{} x", data: 0),
      Hostile("data without tensors", "{}"),
      .one("negative offset", #""dtype":"F32","shape":[2],"data_offsets":[-8,0]"#),
      .one("negative shape", #""dtype":"F32","shape":[-2],"data_offsets":[0,8]"#),
      .one("fraction", #""dtype":"F32","shape":[2.0],"data_offsets":[0,8]"#),
      .one(
        "overflowing shape", #""dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]"#),
      .one(
        "number beyond 64 bits",
        #""dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]"#),
      .one("reversed offsets", #""dtype":"F32","shape":[2],"data_offsets":[8,0]"#),
      .one("offsets that don't fit the shape", #""dtype":"F32","shape":[3],"data_offsets":[0,8]"#),
      .one("truncated data", #""dtype":"F32","shape":[4],"data_offsets":[0,16]"#),
      .one("data behind", #""dtype":"F32","shape":[1],"data_offsets":[0,4]"#),
      .one("hole at the start", #""dtype":"F32","shape":[1],"data_offsets":[4,8]"#),
      .one("missing field", #""dtype":"F32","shape":[2]"#),
      .one("unknown field", #""dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1"#),
      .one("field twice", #""dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]"#),
      .one("three offsets", #""dtype":"F32","shape":[2],"data_offsets":[0,8,8]"#),
      .one(
        "unknown type", #""dtype":"F4","shape":[2],"data_offsets":[0,8]"#, code: .unsupportedType),
      Hostile(
        "overlap",
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
      ),
      Hostile(
        "two tensors in one place",
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
      ),
      Hostile(
        "duplicate key",
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}"#
      ),
      Hostile(
        "duplicate key by an escape",
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}"#
      ),
      Hostile("metadata that is no text", #"{"__metadata__":{"a":1}}"#, data: 0),
      Hostile("half a surrogate pair", #"{"__metadata__":{"a":"\ud800"}}"#, data: 0),
    ])
  func hostile(given: Hostile) throws {
    let url = try file(header: given.header, data: given.data, claimedLength: given.claimed)
    #expect(throws: TensorsError(given.code, "")) { try SafetensorsFile(url: url) }
  }

  @Test("every truncation of a sound file is refused")
  func truncated() throws {
    let whole = try SafetensorsWriter.encode([
      NamedTensor(name: "x", shape: [4], values: [1, 2, 3, 4])
    ])
    for length in 0..<whole.count {
      let url = try folder.write("cut.safetensors", whole.prefix(length))
      #expect(throws: TensorsError(.malformedFile, "")) { try SafetensorsFile(url: url) }
    }
  }

  @Test("a missing file and a folder are refused")
  func unreadable() throws {
    #expect(throws: TensorsError(.fileUnreadable, "")) {
      try SafetensorsFile(url: folder.path("none"))
    }
    #expect(throws: TensorsError(.fileUnreadable, "")) { try SafetensorsFile(url: folder.url) }
  }

  @Test("values that don't fit their shape and equal names are not written")
  func refusedWrites() throws {
    let wrong = NamedTensor(name: "x", shape: [3], values: [1])
    #expect(throws: TensorsError(.wrongShape, "")) { try SafetensorsWriter.encode([wrong]) }
    let twice = NamedTensor(name: "x", shape: [1], values: [1])
    #expect(throws: TensorsError(.malformedFile, "")) {
      try SafetensorsWriter.encode([twice, twice])
    }
    #expect(throws: TensorsError(.unsupportedType, "")) {
      try SafetensorsWriter.encode([twice], type: .float16)
    }
  }
}
