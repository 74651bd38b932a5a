internal import ConsiliumCore
public import Foundation

/// A safetensors file, mapped into memory and checked completely before anything of it is used.
///
/// The file counts as hostile input: the header may be at most 100 MB, keys must be unique, every range must fit its
/// shape, and all ranges together must cover the data without hole or overlap. Tensors are read on demand.
public struct SafetensorsFile: Sendable {
    /// What the header says about one tensor.
    public struct Entry: Sendable, Equatable {
        public let type: ElementType
        public let shape: [Int]
        let range: Range<Int>

        /// The number of elements.
        public var count: Int { range.count / type.size }
    }

    public let url: URL
    /// Sorted.
    public let tensorNames: [String]
    public let metadata: [String: String]
    private let entries: [String: Entry]
    let file: MappedFile
    private let dataStart: Int

    static let headerLimit = 100_000_000

    /// - Throws: ``TensorsError`` `.fileUnreadable`, `.malformedFile` or `.unsupportedType`; the message says what is wrong.
    public init(url: URL) throws {
        self.url = url
        file = try MappedFile(url)
        func malformed(_ reason: String) -> TensorsError {
            TensorsError(
                .malformedFile,
                "\(url.path) is not a sound safetensors file: \(reason). Get the file again from where it came from.")
        }
        let bytes = file.bytes
        guard bytes.count >= 8 else { throw malformed("it has only \(bytes.count) bytes") }
        let length = bytes.loadUnaligned(as: UInt64.self).littleEndian
        guard length <= UInt64(Self.headerLimit) else { throw malformed("its header claims \(length) bytes") }
        guard Int(length) <= bytes.count - 8 else { throw malformed("it ends inside of its header") }
        guard length >= 2, bytes[8] == UInt8(ascii: "{") else { throw malformed("its header is not a JSON object") }
        dataStart = 8 + Int(length)
        var scanner = JSONScanner(UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]))
        do {
            let header = try scanner.header()
            metadata = header.metadata
            entries = try header.entries.mapValues { try Self.check($0, malformed: malformed) }
        } catch let fault as JSONScanner.Fault {
            throw malformed(fault.reason)
        }
        var position = 0
        for range in entries.values.map(\.range).sorted(by: {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }) {
            guard range.lowerBound == position else {
                throw malformed(range.lowerBound > position ? "its data has a hole" : "two tensors overlap")
            }
            position = range.upperBound
        }
        guard position == bytes.count - dataStart else {
            throw malformed(
                position > bytes.count - dataStart ? "it is truncated" : "there is data after the last tensor")
        }
        tensorNames = entries.keys.sorted()
    }

    private static func check(_ raw: SafetensorsHeaderEntry, malformed: (String) -> TensorsError) throws -> Entry {
        guard let type = ElementType(rawValue: raw.type) else {
            throw TensorsError(
                .unsupportedType, "The safetensors element type “\(raw.type.prefix(16))” is not built yet.")
        }
        guard raw.begin <= raw.end else { throw malformed("a tensor ends before it begins") }
        guard let count = elementCount(of: raw.shape) else { throw malformed("a shape is too large") }
        let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
        guard !overflow, size == raw.end - raw.begin else {
            throw malformed("the offsets of a tensor don't fit its shape")
        }
        return Entry(type: type, shape: raw.shape, range: raw.begin..<raw.end)
    }

    public func contains(_ name: String) -> Bool { entries[name] != nil }

    /// - Throws: ``TensorsError`` `.missingTensor`.
    public func entry(_ name: String) throws -> Entry {
        guard let entry = entries[name] else {
            throw TensorsError(.missingTensor, "\(url.path) has no tensor “\(name)”.")
        }
        return entry
    }

    /// The tensor's bytes in the mapped file, valid as long as ``owner``. They may be unaligned.
    /// - Throws: ``TensorsError`` `.missingTensor`.
    public func bytes(_ name: String) throws -> UnsafeRawBufferPointer { bytes(of: try entry(name)) }

    /// What keeps ``bytes(_:)`` alive.
    public var owner: AnyObject { file }

    /// Of the whole file.
    public var size: Int { file.bytes.count }

    func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            rebasing: file.bytes[(dataStart + entry.range.lowerBound)..<(dataStart + entry.range.upperBound)])
    }

    /// The names in the order of the data.
    public var namesInFileOrder: [String] {
        entries.sorted { ($0.value.range.lowerBound, $0.key) < ($1.value.range.lowerBound, $1.key) }.map(\.key)
    }
}
