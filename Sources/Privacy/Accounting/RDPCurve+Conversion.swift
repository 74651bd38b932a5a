internal import Foundation

/// An epsilon together with the order that gave it.
public struct RDPBound: Sendable, Hashable, Codable {
    @InfinityAsText public var epsilon: Double
    public var order: Double

    public init(epsilon: Double, order: Double) {
        self.epsilon = epsilon
        self.order = order
    }
}

extension RDPCurve {
    /// The smallest epsilon that the curve proves for `delta`: Canonne, Kamath, Steinke 2020, proposition 12,
    /// ε = r + log(1 − 1/a) − log(δ a)/(a − 1), and 0 where δ ≥ √(1 − e^(−r)) already holds.
    ///
    /// - Throws: ``PrivacyError`` `.invalidParameter` unless 0 < delta < 1.
    public func epsilon(delta: Double) throws -> RDPBound {
        try Self.check(delta: delta)
        var best = RDPBound(epsilon: .infinity, order: orders.first ?? 0)
        for (order, value) in zip(orders, values) {
            let epsilon = Self.epsilon(order: order, divergence: value, delta: delta)
            if epsilon < best.epsilon { best = RDPBound(epsilon: epsilon, order: order) }
        }
        return best
    }

    /// The smallest delta that the curve proves for `epsilon` (the same two bounds, solved for delta).
    public func delta(epsilon: Double) throws -> Double {
        guard epsilon.isFinite, epsilon >= 0 else {
            throw PrivacyError(.invalidParameter, "Epsilon is \(epsilon); it must be a number that is not negative.")
        }
        var best = 1.0
        for (order, value) in zip(orders, values) where value.isFinite {
            let simple = value <= 0 ? 0 : sqrt(-expm1(-value))
            let exponent = (order - 1) * (value - epsilon + log1p(-1 / order)) - log(order)
            best = min(best, simple, exp(exponent))
        }
        return best
    }

    static func epsilon(order: Double, divergence: Double, delta: Double) -> Double {
        guard divergence.isFinite, divergence >= 0 else { return .infinity }
        if delta * delta + expm1(-divergence) > 0 { return 0 }
        return max(0, divergence + log1p(-1 / order) - log(delta * order) / (order - 1))
    }

    /// - Throws: ``PrivacyError`` `.invalidParameter` unless 0 < delta < 1.
    public static func check(delta: Double) throws {
        guard delta.isFinite, delta > 0, delta < 1 else {
            throw PrivacyError(
                .invalidParameter,
                "Delta is \(delta); it must be greater than 0 and less than 1, and at most 1 ÷ (10 × patients) "
                    + "to mean anything."
            )
        }
    }
}

/// JSON has no infinity: it is written as the text `"inf"`.
@propertyWrapper
public struct InfinityAsText: Sendable, Hashable, Codable {
    public var wrappedValue: Double

    public init(wrappedValue: Double) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard text == "inf" else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a number or \"inf\" is expected")
            }
            wrappedValue = .infinity
        } else {
            wrappedValue = try container.decode(Double.self)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if wrappedValue.isFinite { try container.encode(wrappedValue) } else { try container.encode("inf") }
    }
}
