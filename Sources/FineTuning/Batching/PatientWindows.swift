public import ConsiliumCore

/// One short window for each drawn patient: a random document of that patient and a random place in it.
///
/// One window bounds the work of a step and gives every patient the same weight, whoever has many reports. Each window is drawn
/// by itself from secret randomness: with a shared sequential generator, adding or removing one patient would move the windows
/// of all others, and the step's sensitivity would be that of the whole sample instead of one clip norm.
public struct PatientWindows: Sendable {
    private let patients: [[[Int32]]]
    public let length: Int

    /// - Parameter patients: for every patient the tokens of each document. Documents with fewer than two tokens don't count.
    public init(patients: [[[Int32]]], length: Int) throws {
        guard length >= 1 else {
            throw FineTuningError(.invalidSettings, "Windows need a length of at least 1.")
        }
        self.patients = patients.map { documents in documents.filter { $0.count >= 2 } }
        self.length = length
    }

    /// Patients without a usable document count too: the sampling rate is over all of them.
    public var patientCount: Int { patients.count }

    /// The window of each of `drawn`, empty for a patient without a document. Numbers outside of 0..<patientCount are skipped.
    ///
    /// - Throws: `CoreError` `.randomnessUnavailable`.
    public func windows(of drawn: [Int], source: any SecureRandom = SystemRandom()) throws -> [[TrainingSequence]] {
        try drawn.filter(patients.indices.contains).map { patient in
            guard !patients[patient].isEmpty else { return [] }
            let document = patients[patient][try Self.uniform(below: patients[patient].count, source)]
            let start = try Self.uniform(below: max(1, document.count - length), source)
            let ids = Array(document[start..<min(start + length + 1, document.count)])
            return [TrainingSequence(inputIDs: ids, labels: ids)]
        }
    }

    /// Uniform in 0..<bound up to a bias of bound / 2^64 (Lemire 2019 without the rejection).
    private static func uniform(below bound: Int, _ source: any SecureRandom) throws -> Int {
        var word: UInt64 = 0
        try withUnsafeMutableBytes(of: &word) { try source.fill($0) }
        return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
    }
}
