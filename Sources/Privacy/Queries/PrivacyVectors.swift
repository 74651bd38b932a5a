internal import ConsiliumCore
public import Foundation

/// Many questions in one file, `{"vectors":[{"id","kind","phases",…}]}`, as used for known answers.
///
/// Kinds: `epsilon` (needs `delta`), `delta` (needs `epsilon`), `sigma` or `calibrate` (needs `target_epsilon` and
/// `delta`),
/// `rdp_curve` (needs `orders`); without phases `discrete_gaussian`, `distributed_discrete_gaussian`, `skellam` and
/// `rounded_l2`, with the numbers of ``DistributedNoise`` in snake case, and `audit` with `m`, `r`, `v`, `p` and `delta` of
/// ``OneRunAudit``. Audits may leave id and kind out; their id is then `m/r/v/p/delta`.
public struct PrivacyVectors: Sendable, Decodable {
    let vectors: [Item]

    struct Item: Sendable, Decodable {
        var id: String
        var kind: String
        var delta: Double?
        var epsilon: Double?
        var targetEpsilon: Double?
        var orders: [Double]?
        var query: Result<PrivacyQuery, PrivacyError>
        var noise: Result<Noise, PrivacyError>
        var audit: Audit

        private enum Keys: String, CodingKey {
            case id, kind, delta, epsilon, orders
            case targetEpsilon = "target_epsilon"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            audit = try Audit(from: decoder)
            if let name = audit.name {
                id = try container.decodeIfPresent(String.self, forKey: .id) ?? name
                kind = try container.decodeIfPresent(String.self, forKey: .kind) ?? "audit"
            } else {
                id = try container.decode(String.self, forKey: .id)
                kind = try container.decode(String.self, forKey: .kind)
            }
            delta = try container.decodeIfPresent(Double.self, forKey: .delta)
            epsilon = try container.decodeIfPresent(Double.self, forKey: .epsilon)
            targetEpsilon = try container.decodeIfPresent(Double.self, forKey: .targetEpsilon)
            orders = try container.decodeIfPresent([Double].self, forKey: .orders)
            query = Self.attempt("The phases of this question can't be read.") { try PrivacyQuery(from: decoder) }
            noise = Self.attempt("The numbers of this question can't be read.") { try Noise(from: decoder) }
        }

        private static func attempt<Value>(_ sentence: String, _ body: () throws -> Value) -> Result<
            Value, PrivacyError
        > {
            Result(catching: body).mapError { $0 as? PrivacyError ?? PrivacyError(.unsupported, sentence, cause: $0) }
        }
    }

    /// One answer: a number, a list, or one number for each accountant.
    public enum Answer: Sendable, Hashable, Encodable {
        case accountants(rdp: Double?, pld: Double?)
        case number(Double)
        case curve([Double])

        /// The figure that is reported: the smaller of the two, both being upper bounds of the same quantity.
        public var value: Double? {
            switch self {
            case .accountants(let rdp, let pld): [rdp, pld].compactMap { $0 }.min()
            case .number(let value): value
            case .curve: nil
            }
        }

        /// One number, or a list of numbers for a curve.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .accountants, .number: try container.encode(InfinityAsText(wrappedValue: value ?? .infinity))
            case .curve(let values): try container.encode(values.map(InfinityAsText.init(wrappedValue:)))
            }
        }
    }

    public struct Answers: Sendable {
        /// By id.
        public var answers: [String: Answer] = [:]
        /// By id: why a question has no answer here.
        public var unanswered: [String: String] = [:]
    }

    /// - Throws: `CoreError` `.malformedJSON` if the file is not of this form.
    public init(json data: Data) throws { self = try CanonicalJSON.decode(PrivacyVectors.self, from: data) }

    /// Answers what can be answered; one bad question never spoils the others.
    public func evaluate() -> Answers {
        var result = Answers()
        for item in vectors {
            do {
                result.answers[item.id] = try Self.answer(item)
            } catch let error as PrivacyError {
                result.unanswered[item.id] = error.message
            } catch {
                result.unanswered[item.id] = "This question can't be answered."
            }
        }
        return result
    }

    private static func answer(_ item: Item) throws -> Answer {
        func need(_ value: Double?, _ name: String) throws -> Double {
            guard let value else { throw PrivacyError(.invalidParameter, "“\(name)” is missing in this question.") }
            return value
        }
        switch item.kind {
        case "epsilon":
            let report = try item.query.get().epsilon(delta: need(item.delta, "delta"))
            return .accountants(rdp: report.rdp?.epsilon, pld: report.pld?.epsilon)
        case "delta":
            let report = try item.query.get().delta(epsilon: need(item.epsilon, "epsilon"))
            return .accountants(rdp: report.rdp, pld: report.pld)
        case "sigma", "calibrate":
            let target = try PrivacyBudget(
                epsilon: need(item.targetEpsilon, "target_epsilon"), delta: need(item.delta, "delta"))
            let report = try item.query.get().noiseMultiplier(target: target)
            return .accountants(rdp: report.rdp, pld: report.pld)
        case "rdp_curve":
            let orders = item.orders ?? RDPCurve.standardOrders
            guard orders.allSatisfy({ $0.isFinite && $0 > 1 && $0 <= 100_000 }) else {
                throw PrivacyError(.invalidParameter, "Rényi orders must be numbers greater than 1.")
            }
            return .curve(try RDPAccountant(item.query.get().events, orders: orders).curve.values)
        case "discrete_gaussian":
            let query = try item.noise.get().discreteGaussian()
            let report = try query.epsilon(delta: need(item.delta, "delta"))
            return .accountants(rdp: report.rdp?.epsilon, pld: report.pld?.epsilon)
        case "distributed_discrete_gaussian":
            return .accountants(
                rdp: try item.noise.get().distributedEpsilon(delta: need(item.delta, "delta")), pld: nil)
        case "skellam":
            return .accountants(rdp: try item.noise.get().skellamEpsilon(delta: need(item.delta, "delta")), pld: nil)
        case "rounded_l2": return .number(try item.noise.get().roundedNorm())
        case "audit": return .number(try item.audit.lowerBound())
        default:
            throw PrivacyError(.unsupported, "Questions of this kind are not answered here.")
        }
    }
}
