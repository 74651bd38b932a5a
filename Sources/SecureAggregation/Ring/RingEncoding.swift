public import ConsiliumCore
public import Foundation
internal import Privacy

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
/// With ``ClinicShare`` the grid is that of ``Privacy/ClinicNoise``: rounding is at random, and the clinic's share of the noise is
/// added to the integers.
///
/// This is the encoding alone. Without noise it hides nothing: masks are added to encoded updates by the secure sum.
public struct RingEncoding: Sendable, Hashable, Codable {
    /// The noise of a job that hides whole clinics.
    public struct ClinicShare: Sendable, Hashable, Codable {
        /// z of the sum, brought together by the honest clinics.
        public var noiseMultiplier: Double
        /// At least so many clinics in a sum add their share.
        public var honestClinics: Int

        public init(noiseMultiplier: Double, honestClinics: Int) {
            self.noiseMultiplier = noiseMultiplier
            self.honestClinics = honestClinics
        }
    }

    /// C, public and equal for all clinics.
    public let clipNorm: Double
    /// How many values an update has.
    public let count: Int
    /// At most so many clinics are added.
    public let clinics: Int
    /// `nil`: no noise is added here.
    public let share: ClinicShare?
    private let noise: ClinicNoise?

    /// - Throws: ``SecureAggregationError`` `.invalidParameter` for a clip norm that is no positive number, and when
    ///   a sum
    ///   could wrap around: clinics × (2^20 + √count / 2) must stay below 2^31; `PrivacyError` for a share that can't be made.
    public init(clipNorm: Double, count: Int, clinics: Int, share: ClinicShare? = nil) throws {
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
        self.share = share
        noise = try share.map {
            try ClinicNoise(
                clipNorm: clipNorm, noiseMultiplier: $0.noiseMultiplier, clinics: clinics,
                honestClinics: $0.honestClinics, count: count)
        }
    }

    private enum CodingKeys: String, CodingKey { case clipNorm, count, clinics, share }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            clipNorm: container.decode(Double.self, forKey: .clipNorm),
            count: container.decode(Int.self, forKey: .count),
            clinics: container.decode(Int.self, forKey: .clinics),
            share: container.decodeIfPresent(ClinicShare.self, forKey: .share))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(clipNorm, forKey: .clipNorm)
        try container.encode(count, forKey: .count)
        try container.encode(clinics, forKey: .clinics)
        try container.encodeIfPresent(share, forKey: .share)
    }

    private static let unitsPerNorm = Double(1 << 20)

    /// Grid units per unit of the update.
    public var scale: Double { (noise?.unitsPerNorm ?? Self.unitsPerNorm) / clipNorm }

    /// How many bytes an encoded update has.
    public var byteCount: Int { count * 4 }

    /// The L2 norm, in grid units, that no encoded update exceeds: the clip plus half a unit of rounding a value.
    private static func largestNorm(count: Int) -> Double { unitsPerNorm + Double(count).squareRoot() / 2 }

    /// The L2 norm, in the update's units, that no sum of so many encoded updates exceeds; with noise, that none does but with a
    /// probability below e^(−70).
    public func largestNorm(ofSumOf updates: Int) -> Double {
        guard let noise else { return Double(updates) * Self.largestNorm(count: count) / scale }
        let deviation = Double(1 << noise.log2Sigma) * Double(updates).squareRoot()
        return (Double(updates) * noise.integerNorm + deviation * (Double(count).squareRoot() + 12)) / scale
    }

    /// Clips and encodes, with the clinic's share of the noise if there is one.
    ///
    /// - Parameters:
    ///   - delta: `[count]`
    ///   - random: where noise comes from. Encode an update once and keep the bytes: the same update under fresh noise is a second
    ///     release.
    /// - Throws: ``SecureAggregationError`` `.wrongLength`, `.notFinite`; `PrivacyError` or `CoreError` without randomness.
    public func encode(delta: [Float], random: any SecureRandom = SystemRandom()) throws -> Data {
        guard delta.count == count else {
            throw SecureAggregationError(
                .wrongLength,
                "The update has \(delta.count) values; the job's adapter has \(count). Check rank and target "
                    + "modules.")
        }
        let norm = try delta.withUnsafeBufferPointer { try Self.norm($0) }
        if let noise {
            var words = try noise.protect(delta, source: random)
            for index in words.indices { words[index] = words[index].littleEndian }
            return words.withUnsafeBytes { Data($0) }
        }
        let scale = Self.unitsPerNorm / max(norm, clipNorm)
        var data = Data(count: byteCount)
        data.withUnsafeMutableBytes { (bytes: UnsafeMutableRawBufferPointer) in
            delta.withUnsafeBufferPointer { RingArithmetic.encode($0, scale: scale, into: bytes) }
        }
        return data
    }

    /// The squared L2 norm of a piece of one encoded update, in grid units: add those of all pieces, take the root and divide by
    /// ``scale``.
    ///
    /// - Parameter chunk: little-endian words of 32 bits, cut at whole words; bytes after the last whole word are left out.
    public static func squaredUnits(in chunk: Data) -> Double {
        chunk.withUnsafeBytes { RingArithmetic.signedSquaredNorm($0) }
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
