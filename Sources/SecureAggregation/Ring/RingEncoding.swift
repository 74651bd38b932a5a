public import Foundation

/// Updates as integers modulo 2^32, the form in which they are added: exact, the same on every machine, in any order.
///
/// An update is clipped to L2 norm C in double precision, multiplied by S = 2^20 / C, rounded to the nearest integer
/// (ties
/// to even) and stored in two's complement, four bytes little-endian a value. Rounding is deterministic: the
/// patients are
/// protected by the noise inside the clinic, before any of this. The error of a decoded mean is at most half a unit,
/// C / 2^21,
/// in each value.
///
/// This is the encoding alone. It hides nothing: masks are added to encoded updates by the secure sum.
public struct RingEncoding: Sendable, Hashable, Codable {
    /// C, public and equal for all clinics.
    public let clipNorm: Double
    /// How many values an update has.
    public let count: Int
    /// At most so many clinics are added.
    public let clinics: Int

    /// - Throws: ``SecureAggregationError`` `.invalidParameter` for a clip norm that is no positive number, and when
    ///   a sum
    ///   could wrap around: clinics × (2^20 + √count / 2) must stay below 2^31.
    public init(clipNorm: Double, count: Int, clinics: Int) throws {
        guard clipNorm.isFinite, clipNorm >= 1e-12, clipNorm <= 1e12 else {
            throw SecureAggregationError(
                .invalidParameter,
                "The clip norm of updates is \(clipNorm); it must be a positive number, often 0.1 to 10.")
        }
        guard count > 0, count <= 1 << 33 else {
            throw SecureAggregationError(.invalidParameter, "An update of \(count) values can't be encoded.")
        }
        guard clinics >= 1, Double(clinics) * Self.largestNorm(count: count) < 0x1p31 else {
            throw SecureAggregationError(
                .invalidParameter,
                "The sum of \(clinics) updates could wrap around in 32 bits. Split the federation into groups of "
                    + "at most 2000 clinics."
            )
        }
        self.clipNorm = clipNorm
        self.count = count
        self.clinics = clinics
    }

    private enum CodingKeys: String, CodingKey { case clipNorm, count, clinics }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            clipNorm: container.decode(Double.self, forKey: .clipNorm),
            count: container.decode(Int.self, forKey: .count),
            clinics: container.decode(Int.self, forKey: .clinics))
    }

    static let unitsPerNorm = Double(1 << 20)

    /// Grid units per unit of the update.
    public var scale: Double { Self.unitsPerNorm / clipNorm }

    /// How many bytes an encoded update has.
    public var byteCount: Int { count * 4 }

    /// The L2 norm, in grid units, that no encoded update exceeds: the clip plus half a unit of rounding a value.
    static func largestNorm(count: Int) -> Double { unitsPerNorm + Double(count).squareRoot() / 2 }

    /// Clips and encodes.
    ///
    /// - Parameter delta: `[count]`
    /// - Throws: ``SecureAggregationError`` `.wrongLength`, `.notFinite`.
    public func encode(delta: [Float]) throws -> Data {
        guard delta.count == count else {
            throw SecureAggregationError(
                .wrongLength,
                "The update has \(delta.count) values; the job's adapter has \(count). Check rank and target "
                    + "modules.")
        }
        let norm = try delta.withUnsafeBufferPointer { try Self.norm($0) }
        let scale = Self.unitsPerNorm / max(norm, clipNorm)
        var data = Data(count: byteCount)
        data.withUnsafeMutableBytes { (bytes: UnsafeMutableRawBufferPointer) in
            delta.withUnsafeBufferPointer { RingArithmetic.encode($0, scale: scale, into: bytes) }
        }
        return data
    }

    /// The L2 norm of an update before clipping, as egress records state it.
    /// - Throws: ``SecureAggregationError`` `.notFinite`.
    public static func norm(of delta: [Float]) throws -> Double { try delta.withUnsafeBufferPointer { try norm($0) } }

    private static func norm(_ values: UnsafeBufferPointer<Float>) throws -> Double {
        let squared = RingArithmetic.squaredNorm(values)
        guard squared.isFinite else {
            throw SecureAggregationError(
                .notFinite,
                "The update holds NaN or infinity, so it is not sent. Lower the learning rate and train the "
                    + "round again."
            )
        }
        return squared.squareRoot()
    }
}
