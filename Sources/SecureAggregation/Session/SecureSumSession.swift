public import ConsiliumCore
internal import Foundation

/// What a sum is about: the same for every clinic and every attempt of a round.
public struct SecureSumSubject: Codable, Sendable, Equatable {
    /// The hash of the signed job.
    public var plan: ContentHash
    public var round: Int
    /// The hash of the adapter from which the clinics trained.
    public var model: ContentHash
    /// The hash of the order of the values.
    public var layout: ContentHash
    /// How many values.
    public var count: Int
    /// To which L2 norm each clinic clipped.
    public var clipNorm: Double

    public init(plan: ContentHash, round: Int, model: ContentHash, layout: ContentHash, count: Int, clipNorm: Double) {
        self.plan = plan
        self.round = round
        self.model = model
        self.layout = layout
        self.count = count
        self.clipNorm = clipNorm
    }
}

/// One attempt at one sum. Its id is in every message and in every derived key, so that nothing of one attempt is worth
/// anything in another.
public struct SecureSumSession: Codable, Sendable, Equatable {
    public let subject: SecureSumSubject
    /// From 1.
    public let attempt: Int
    public let roster: SecureSumRoster
    public let parameters: SecureSumParameters

    /// - Throws: ``SecureAggregationError`` `.invalidParameter` for numbers that can't be, also for a sum that could wrap
    ///   around in 32 bits.
    public init(subject: SecureSumSubject, attempt: Int, roster: SecureSumRoster) throws {
        parameters = try SecureSumParameters(clinics: roster.members.count)
        guard (1...SecureSumParameters.mostAttempts).contains(attempt), (1...1_000_000).contains(subject.round) else {
            throw SecureAggregationError(
                .invalidParameter,
                "An attempt at a sum is 1 to \(SecureSumParameters.mostAttempts), a round 1 to 1,000,000.")
        }
        _ = try RingEncoding(clipNorm: subject.clipNorm, count: subject.count, clinics: roster.members.count)
        self.subject = subject
        self.attempt = attempt
        self.roster = roster
    }

    private enum CodingKeys: String, CodingKey { case subject, attempt, roster, parameters }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            subject: container.decode(SecureSumSubject.self, forKey: .subject),
            attempt: container.decode(Int.self, forKey: .attempt),
            roster: container.decode(SecureSumRoster.self, forKey: .roster))
        guard try container.decode(SecureSumParameters.self, forKey: .parameters) == parameters else {
            throw SecureAggregationError(
                .wrongSession,
                "The session has another threshold or graph than \(parameters.clinics) clinics have by the rules.")
        }
    }

    /// SHA-256 over lines of text that name everything above.
    public var id: ContentHash {
        let lines = [
            "consilium-sa1", "plan=\(subject.plan)", "round=\(subject.round)", "attempt=\(attempt)",
            "roster=\(roster.hash)", "model=\(subject.model)", "layout=\(subject.layout)", "count=\(subject.count)",
            "clip=\(String(subject.clipNorm.bitPattern, radix: 16))", "clinics=\(parameters.clinics)",
            "threshold=\(parameters.threshold)", "neighbors=\(parameters.neighbors)",
            "shares=\(parameters.shareThreshold)", "colluding=\(parameters.colluding)",
            "honest=\(parameters.fewestHonest)",
        ]
        return ContentHash(of: Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// - Throws: ``SecureAggregationError`` `.tooFewHonest`.
    func requireEnoughHonest(_ survivors: Int) throws {
        guard survivors - parameters.colluding >= parameters.fewestHonest else {
            throw SecureAggregationError(
                .tooFewHonest,
                "A sum over \(survivors) clinics of which \(parameters.colluding) may collude would not hide the others."
            )
        }
    }

    /// - Throws: ``SecureAggregationError`` `.tooFew`.
    func requireThreshold(_ count: Int, _ what: String) throws {
        guard count >= parameters.threshold else {
            throw SecureAggregationError(
                .tooFew, "\(count) of \(parameters.clinics) clinics \(what); \(parameters.threshold) are needed.")
        }
    }
}
