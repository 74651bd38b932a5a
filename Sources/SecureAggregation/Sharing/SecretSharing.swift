internal import CKernels
public import ConsiliumCore
public import Foundation

/// Shamir's secret sharing over GF(2^8), byte by byte (Shamir 1979; the field of AES, polynomial x^8 + x^4 + x^3 + x + 1).
///
/// Fewer than `threshold` shares say nothing about the secret. Whether a share is right can't be told from one share: the
/// owner of the secret commits to it beforehand.
public enum SecretSharing {
    /// Points are not 0, where the secret stands.
    public static let largestPoint = 255

    /// A share for each point.
    ///
    /// - Throws: ``SecureAggregationError`` `.invalidParameter` for a threshold or points that can't be; ``CoreError`` from
    ///   the source of randomness.
    public static func share(_ secret: Data, threshold: Int, points: [Int], random: any SecureRandom) throws -> [Data] {
        guard !secret.isEmpty, threshold >= 1 else { throw impossible }
        return try share(
            coefficients: secret + random.bytes(secret.count * (threshold - 1)), threshold: threshold, points: points)
    }

    /// - Parameter coefficients: `[threshold, length]`, the first row the secret.
    static func share(coefficients: Data, threshold: Int, points: [Int]) throws -> [Data] {
        guard threshold >= 1, threshold <= points.count, coefficients.count % threshold == 0 else { throw impossible }
        let length = coefficients.count / threshold
        let places = try bytes(points)
        return coefficients.withUnsafeBytes { coefficients in
            places.map { place in
                var share = Data(count: length)
                share.withUnsafeMutableBytes {
                    consilium_shares_evaluate(
                        coefficients.bindMemory(to: UInt8.self).baseAddress, threshold, length, place,
                        $0.bindMemory(to: UInt8.self).baseAddress)
                }
                return share
            }
        }
    }

    /// The secret, from as many shares as the threshold. Too few, or false ones, give other bytes: compare them with what
    /// the owner committed to.
    public static func combine(_ shares: [(point: Int, share: Data)]) throws -> Data {
        try interpolate(shares, at: 0)
    }

    /// The sharing polynomial at a point.
    static func interpolate(_ shares: [(point: Int, share: Data)], at point: UInt8) throws -> Data {
        guard let length = shares.first?.share.count, shares.allSatisfy({ $0.share.count == length }) else {
            throw impossible
        }
        let points = try bytes(shares.map(\.point))
        let all = [UInt8](shares.map(\.share).joined())
        var value = Data(count: length)
        value.withUnsafeMutableBytes {
            consilium_shares_interpolate(
                all, points, points.count, length, point, $0.bindMemory(to: UInt8.self).baseAddress)
        }
        return value
    }

    private static func bytes(_ points: [Int]) throws -> [UInt8] {
        guard Set(points).count == points.count, points.allSatisfy({ (1...largestPoint).contains($0) }) else {
            throw impossible
        }
        return points.map { UInt8(truncatingIfNeeded: $0) }
    }

    private static var impossible: SecureAggregationError {
        SecureAggregationError(
            .invalidParameter,
            "A secret can't be shared like this: the threshold is 1 to the number of shares, and points differ and are "
                + "1 to \(largestPoint).")
    }
}
