extension PrivacyVectors {
    /// The numbers of a question about a one-run audit: m canaries, r guesses, v of them right, error rate p, delta.
    struct Audit: Sendable, Decodable {
        private let m: Int?
        private let r: Int?
        private let v: Int?
        private let p: Double?
        private let delta: Double?

        private enum Keys: String, CodingKey { case m, r, v, p, delta }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            // Other questions may use these letters for something else.
            m = try? container.decode(Int.self, forKey: .m)
            r = try? container.decode(Int.self, forKey: .r)
            v = try? container.decode(Int.self, forKey: .v)
            p = try? container.decode(Double.self, forKey: .p)
            delta = try? container.decode(Double.self, forKey: .delta)
        }

        /// What names the question where it has no id: `1000/100/95/0.05/1e-05`; `nil` if it is no audit.
        var name: String? {
            guard let m, let r, let v, let p, let delta else { return nil }
            return "\(m)/\(r)/\(v)/\(p)/\(delta)"
        }

        /// The largest epsilon that is refuted.
        func lowerBound() throws -> Double {
            guard let m, let r, let v, let p, let delta else {
                throw PrivacyError(.invalidParameter, "An audit's bound needs “m”, “r”, “v”, “p” and “delta”.")
            }
            return try OneRunAudit(canaries: m, guesses: r, errorRate: p, delta: delta).lowerBound(correct: v)
        }
    }
}
