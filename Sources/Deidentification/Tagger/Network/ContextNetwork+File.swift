internal import ConsiliumCore
public import Foundation

/// A network's file, little-endian, as `scripts/deid/context_network.py` writes it:
///
///     magic "CNSLNETW" · features UInt16 · channels UInt16 · kinds UInt8, each a name (UInt8 length, UTF-8)
///     layers UInt8, the reach of each UInt8 · scale, bias Float32 [channels]
///     weights Float32 [3, channels, channels], bias Float32 [channels] of each layer
///     weights Float32 [channels, 1 + kinds], bias Float32 [1 + kinds] · table Int8 [rows, channels]
extension ContextNetwork {
    static let magic = Array("CNSLNETW".utf8)
    /// What a token may see, what a tile of the kernels computes, and what their sums hold.
    private static let largestReach = 64
    private static let mostChannels = 128
    private static let bound: ClosedRange<Float> = -1e4...1e4

    /// Reads a file that the script has written.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if it is damaged, or was trained with other features.
    public init(file: Data) throws {
        let damaged = DeidentificationError(
            .invalidTagger, "The network's file is damaged. Train it again with “scripts/deid/context_network.py”.")
        var reader = TaggerFileReader(unsealed: file)
        do { try reader.check(Self.magic) } catch { throw damaged }
        guard try reader.integer(UInt16.self) == NetworkFeatures.version else {
            throw DeidentificationError(
                .invalidTagger, "The network was trained with other features. Train it again with this program.")
        }
        let channels = Int(try reader.integer(UInt16.self))
        guard channels >= 16, channels <= Self.mostChannels, channels % 16 == 0 else { throw damaged }
        var kinds: [IdentifierLabel] = []
        for _ in 0..<(try reader.integer(UInt8.self)) {
            guard let kind = IdentifierLabel(rawValue: try reader.text()), !kinds.contains(kind) else { throw damaged }
            kinds.append(kind)
        }
        guard !kinds.isEmpty, kinds.count < 64 else { throw damaged }
        let reaches = try (0..<(try reader.integer(UInt8.self))).map { _ in Int(try reader.integer(UInt8.self)) }
        guard reaches.allSatisfy({ $0 > 0 }), reaches.reduce(0, +) <= Self.largestReach else { throw damaged }
        func numbers(_ count: Int) throws -> [Float] {
            guard reader.remaining >= 4 * count else { throw damaged }
            return try (0..<count).map { _ in try reader.number(Self.bound) }
        }
        self.channels = channels
        self.kinds = kinds
        scale = try numbers(channels)
        bias = try numbers(channels)
        layers = try reaches.map {
            Layer(reach: $0, weights: try numbers(3 * channels * channels), bias: try numbers(channels))
        }
        outWeights = try numbers(channels * (1 + kinds.count))
        outBias = try numbers(1 + kinds.count)
        table = try reader.bytes(NetworkFeatures.rows * channels).map { Int8(bitPattern: $0) }
        guard reader.remaining == 0 else { throw damaged }
        self.file = file
    }
}

extension ContextNetwork: Equatable {
    public static func == (left: Self, right: Self) -> Bool { left.file == right.file }
}
