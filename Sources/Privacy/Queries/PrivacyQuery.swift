internal import ConsiliumCore
public import Foundation

/// A question about events, as auditors and scripts write it: `{"phases":[…],"neighbouring":"add_remove"}`.
public struct PrivacyQuery: Sendable, Decodable {
    /// In order; all with the relation of the document.
    public let events: [PrivacyEvent]
    /// Indices of the phases whose noise is asked for: those with multiplier 0 and without `"calibrate": false`.
    let calibrated: [Int]

    private enum Keys: String, CodingKey { case phases, neighbouring }
    private struct Phase: Decodable {
        var event: PrivacyEvent
        var isFixed: Bool
        private enum Keys: String, CodingKey { case calibrate }

        init(from decoder: any Decoder) throws {
            event = try PrivacyEvent(from: decoder)
            isFixed = try decoder.container(keyedBy: Keys.self).decodeIfPresent(Bool.self, forKey: .calibrate) == false
        }
    }

    public init(events: [PrivacyEvent]) {
        self.events = events
        calibrated = []
    }

    /// - Throws: ``PrivacyError`` or `CoreError` `.malformedJSON`, naming the field.
    public init(json data: Data) throws { self = try CanonicalJSON.decode(PrivacyQuery.self, from: data) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let phases = try container.decode([Phase].self, forKey: .phases)
        // No phases would answer "epsilon 0": a file that lost its content must not read as perfect privacy.
        guard !phases.isEmpty else {
            throw PrivacyError(.invalidParameter, "“phases” is empty. Give at least one mechanism with its steps.")
        }
        let relation = try container.decodeIfPresent(String.self, forKey: .neighbouring).map(
            NeighbouringRelation.init(named:))
        events = phases.map { phase in
            var event = phase.event
            if let relation { event.relation = relation }
            return event
        }
        calibrated = phases.indices.filter { !phases[$0].isFixed && phases[$0].event.mechanism.noiseMultiplier == 0 }
    }

    /// What both accountants say.
    ///
    /// - Throws: ``PrivacyError`` if neither accountant has a proof for these events.
    public func epsilon(delta: Double) throws -> EpsilonReport {
        try RDPCurve.check(delta: delta)
        let rdp = Result { try RDPAccountant(events).epsilon(delta: delta) }
        let pld = Result { try PLDAccountant(events).epsilon(delta: delta) }
        if case .failure(let error) = rdp, case .failure = pld { throw error }
        return EpsilonReport(delta: delta, rdp: try? rdp.get(), pld: try? pld.get())
    }

    /// The smallest delta for a given epsilon, by each accountant.
    public func delta(epsilon: Double) throws -> DeltaReport {
        let rdp = Result { try RDPAccountant(events).delta(epsilon: epsilon) }
        let pld = Result { try PLDAccountant(events).delta(epsilon: epsilon) }
        if case .failure(let error) = rdp, case .failure = pld { throw error }
        return DeltaReport(epsilon: epsilon, rdp: try? rdp.get(), pld: try? pld.get())
    }

    /// The noise multiplier for the phases that leave it open (multiplier 0).
    public func noiseMultiplier(target: PrivacyBudget) throws -> CalibrationReport {
        let open = calibrated
        guard !open.isEmpty else {
            throw PrivacyError(
                .invalidParameter, "No phase asks for its noise. Give the phase to calibrate the noise multiplier 0.")
        }
        func plan(_ noise: Double) -> [PrivacyEvent] {
            var events = events
            for index in open { events[index].mechanism = events[index].mechanism.with(noiseMultiplier: noise) }
            return events
        }
        let rdp = Result { try NoiseCalibration.noiseMultiplier(target: target, plan: plan) }
        let pld = Result {
            try NoiseCalibration.noiseMultiplier(
                target: target, near: (try? rdp.get()) ?? 1,
                accountant: { try PLDAccountant($0).upperEpsilon(delta: target.delta) }, plan: plan)
        }
        if case .failure(let error) = rdp, case .failure = pld { throw error }
        return CalibrationReport(target: target, rdp: try? rdp.get(), pld: try? pld.get())
    }
}
