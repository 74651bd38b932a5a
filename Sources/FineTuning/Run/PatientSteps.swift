internal import Foundation
internal import Privacy

/// A Poisson sample of the patients in every step.
struct PatientSteps {
    let privacy: TrainingRun.Privacy
    private let patients: [[TrainingSequence]]
    private var sampler: PoissonSampler?

    init(_ sequences: [TrainingSequence], privacy: TrainingRun.Privacy) throws {
        var byPatient: [String: [TrainingSequence]] = [:]
        for sequence in sequences {
            guard let patient = sequence.patient, !patient.isEmpty else {
                throw FineTuningError(
                    .missingPatient,
                    "A sequence has no patient. Differential privacy protects patients: give every line its \"patient\"."
                )
            }
            byPatient[patient, default: []].append(sequence)
        }
        patients = byPatient.sorted { $0.key < $1.key }.map(\.value)
        self.privacy = privacy
    }

    var expectedPatients: Double { privacy.samplingRate * Double(patients.count) }

    /// A senseless rate is refused by the sampler.
    var stepsInAnEpoch: Int {
        let rate = privacy.samplingRate
        return rate >= 1e-9 && rate <= 1 ? Int((1 / rate).rounded(.up)) : 1
    }

    /// Fresh samples for the steps that are left, whatever was drawn for them before.
    mutating func start(steps: Int) throws {
        sampler = steps > 0 ? try PoissonSampler(rate: privacy.samplingRate, steps: steps) : nil
    }

    mutating func next() throws -> [[TrainingSequence]] {
        guard var sampler else {
            throw FineTuningError(.stateMismatch, "All steps of this run were taken.")
        }
        // The step counts as drawn even if its randomness fails.
        defer { self.sampler = sampler }
        return try sampler.drawStep(patients: patients.count, source: privacy.random).map { patients[$0] }
    }
}
