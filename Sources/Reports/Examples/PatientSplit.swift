public import Foundation

/// Which patients a clinic trains on, tunes on and is measured on. A patient is in exactly one part, with all reports.
///
/// A keyed hash of the pseudonym decides, so the same patient stays in the same part when others are added. Only a clinic
/// so small that a part would be empty differs: with three patients or more, each part gets at least one, and a patient may
/// change parts while the clinic grows out of that size.
public struct PatientSplit: Sendable, Hashable {
    public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
        case train, validation, test
    }

    private let parts: [PatientPseudonym: Part]

    /// - Parameters:
    ///   - key: ``VaultKey/splitting``, or any secret of the clinic.
    ///   - validation: the share of patients, 0...1.
    ///   - test: the share of patients, 0...1.
    /// - Throws: ``ReportsError`` `.badConfiguration` if the shares leave nothing to train on.
    public init(patients: some Sequence<PatientPseudonym>, key: Data, validation: Double = 0.1, test: Double = 0.1)
        throws
    {
        guard validation >= 0, test >= 0, validation + test < 1 else {
            throw ReportsError(
                .badConfiguration,
                "The shares of validation and test patients must be at least 0 and together below 1. Correct them in the site configuration."
            )
        }
        var positions: [(patient: PatientPseudonym, position: Double)] = []
        for patient in Set(patients) { positions.append((patient, Self.position(of: patient, key: key))) }
        positions.sort { ($0.position, $0.patient) < ($1.position, $1.patient) }
        var parts: [PatientPseudonym: Part] = [:]
        for (patient, position) in positions {
            parts[patient] = position < test ? .test : position < test + validation ? .validation : .train
        }
        if positions.count >= 3 {
            Self.fillEmptyParts(&parts, order: positions.map(\.patient), validation: validation, test: test)
        }
        self.parts = parts
    }

    /// `nil` for a patient who was not there when the split was made.
    public func part(of patient: PatientPseudonym) -> Part? { parts[patient] }

    public func patients(in part: Part) -> [PatientPseudonym] { parts.filter { $0.value == part }.keys.sorted() }

    /// Uniform in [0, 1) for anybody without the key.
    private static func position(of patient: PatientPseudonym, key: Data) -> Double {
        let code = MessageAuthentication.code(Data("consilium/split/v1/\(patient.hex)".utf8), key: key)
        let bits = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) * 0x1p-53
    }

    private static func fillEmptyParts(
        _ parts: inout [PatientPseudonym: Part], order: [PatientPseudonym], validation: Double, test: Double
    ) {
        let wanted: [Part] = [.train] + (validation > 0 ? [.validation] : []) + (test > 0 ? [.test] : [])
        for part in wanted where !parts.values.contains(part) {
            let sizes = Dictionary(grouping: order) { parts[$0] ?? .train }
            guard
                let largest = sizes.max(by: { ($0.value.count, $1.key.rawValue) < ($1.value.count, $0.key.rawValue) }),
                largest.value.count > 1, let moved = part == .train ? largest.value.last : largest.value.first
            else { continue }
            parts[moved] = part
        }
    }
}
