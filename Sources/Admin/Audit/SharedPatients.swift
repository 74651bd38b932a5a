internal import Foundation
public import Ledger
public import Privacy

/// What a patient may have been exposed to who is in the data of several clinics.
///
/// Epsilons of one person add up over clinics (the events of m ledgers compose). Nobody knows who is where, so the worst m
/// ledgers count: at each Rényi order the m largest divergences are added, which bounds every choice of m ledgers.
public struct SharedPatients: Sendable, Encodable {
    /// In so many clinics a patient may be.
    public let clinics: Int
    public let delta: Double
    /// The largest epsilon of a single clinic: for a patient in one clinic.
    @InfinityAsText public private(set) var single: Double
    /// For a patient in `clinics` of them.
    @InfinityAsText public private(set) var multiple: Double

    /// - Parameter delta: for all ledgers; the smallest of their own by default.
    /// - Returns: `nil` if there is no readable ledger.
    /// - Throws: ``AdminError`` `.invalidOption` unless `clinics` is at least 1.
    public init?(_ report: AuditReport, clinics: Int, delta: Double? = nil) throws {
        guard clinics >= 1 else {
            throw AdminError(
                .invalidOption, "A patient is in at least 1 clinic; say so with --max-clinics-per-patient 1 or more.")
        }
        let ledgers = report.ledgers.filter { $0.budget?.unit == .patient }
        guard let delta = delta ?? ledgers.compactMap(\.budget?.cap.delta).min() else { return nil }
        self.clinics = clinics
        self.delta = delta
        // Several datasets of one clinic hold the same people: they count together as that clinic.
        let byClinic = Dictionary(grouping: ledgers, by: \.clinic).mapValues { $0.flatMap(\.mechanisms) }
        let curves = byClinic.values.map { try? RDPAccountant($0).curve }
        guard !curves.contains(where: { $0 == nil }) else {
            single = .infinity
            multiple = .infinity
            return
        }
        let known = curves.compactMap { $0 }
        single = try known.map { try $0.epsilon(delta: delta).epsilon }.max() ?? 0
        var sum = RDPCurve()
        for index in sum.values.indices {
            sum.values[index] = known.map { $0.values[index] }.sorted(by: >).prefix(clinics).reduce(0, +)
        }
        multiple = try sum.epsilon(delta: delta).epsilon
    }
}
