public import ConsiliumCore

/// One short window for each drawn patient: a random document of that patient and a random place in it.
///
/// One window bounds the work of a step and gives every patient the same weight, whoever has many reports. Each window is drawn
/// by itself from secret randomness: with a shared sequential generator, adding or removing one patient would move the windows
/// of all others, and the step's sensitivity would be that of the whole sample instead of one clip norm.
public struct PatientWindows: Sendable {
    private let patients: [[SupervisedDocument]]
    public let length: Int

    /// - Parameter patients: for every patient the tokens of each document. Documents with fewer than two tokens don't count.
    public init(patients: [[[Int32]]], length: Int) throws {
        try self.init(
            documents: patients.map { $0.map { TrainingSequence(inputIDs: $0, labels: $0) } }, length: length)
    }

    /// - Parameter documents: for every patient each document with its labels. A window always has a token to learn from;
    ///   documents without one don't count.
    public init(documents: [[TrainingSequence]], length: Int) throws {
        guard length >= 1 else {
            throw FineTuningError(.invalidSettings, "Windows need a length of at least 1.")
        }
        self.patients = documents.map { $0.compactMap { SupervisedDocument($0, length: length) } }
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
            let start = document.starts.lowerBound + (try Self.uniform(below: document.starts.count, source))
            return [document.window(from: start)]
        }
    }

    /// Uniform in 0..<bound up to a bias of bound / 2^64 (Lemire 2019 without the rejection).
    private static func uniform(below bound: Int, _ source: any SecureRandom) throws -> Int {
        var word: UInt64 = 0
        try withUnsafeMutableBytes(of: &word) { try source.fill($0) }
        return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
    }
}
