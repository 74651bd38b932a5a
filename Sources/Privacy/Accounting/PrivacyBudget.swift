/// The most that may ever be spent: epsilon at a delta.
public struct PrivacyBudget: Sendable, Hashable, Codable {
    public var epsilon: Double
    public var delta: Double

    /// - Throws: ``PrivacyError`` `.invalidParameter`: a missing, infinite or zero budget never means "no limit".
    public init(epsilon: Double, delta: Double) throws {
        guard epsilon.isFinite, epsilon > 0 else {
            throw PrivacyError(
                .invalidParameter, "The privacy budget is \(epsilon); it must be a positive number, such as 8.")
        }
        try RDPCurve.check(delta: delta)
        self.epsilon = epsilon
        self.delta = delta
    }

    private enum Keys: String, CodingKey { case epsilon, delta }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        try self.init(
            epsilon: container.decode(Double.self, forKey: .epsilon),
            delta: container.decode(Double.self, forKey: .delta))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(epsilon, forKey: .epsilon)
        try container.encode(delta, forKey: .delta)
    }
}
