public import ConsiliumCore

/// One short window for each drawn patient: a random document of that patient and a random place in it.
///
/// One window bounds the work of a step and gives every patient the same weight, whoever has many reports.
public struct PatientWindows: Sendable {
    private let patients: [[[Int32]]]
    public let length: Int
    public private(set) var generator: ReproducibleGenerator

    /// - Parameter patients: for every patient the tokens of each document. Documents with fewer than two tokens don't count.
    public init(patients: [[[Int32]]], length: Int, generator: ReproducibleGenerator) throws {
        guard length >= 1 else {
            throw FineTuningError(.invalidSettings, "Windows need a length of at least 1.")
        }
        self.patients = patients.map { documents in documents.filter { $0.count >= 2 } }
        self.length = length
        self.generator = generator
    }

    /// Patients without a usable document count too: the sampling rate is over all of them.
    public var patientCount: Int { patients.count }

    /// The window of each of `drawn`, empty for a patient without a document. Numbers outside of 0..<patientCount are skipped.
    public mutating func windows(of drawn: [Int]) -> [[TrainingSequence]] {
        drawn.filter(patients.indices.contains).map { patient in
            guard let document = patients[patient].randomElement(using: &generator) else { return [] }
            let start = Int.random(in: 0..<max(1, document.count - length), using: &generator)
            let ids = Array(document[start..<min(start + length + 1, document.count)])
            return [TrainingSequence(inputIDs: ids, labels: ids)]
        }
    }
}
