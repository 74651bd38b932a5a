/// A patient's name inside the node: 64 hexadecimal digits that only the vault's key can link to a record number.
///
/// It groups reports for clipping and splitting. It never leaves the clinic.
public struct PatientPseudonym: Sendable, Hashable, Codable, Comparable {
    public let hex: String

    init(hex: String) { self.hex = hex }

    public static func < (left: PatientPseudonym, right: PatientPseudonym) -> Bool { left.hex < right.hex }
}
