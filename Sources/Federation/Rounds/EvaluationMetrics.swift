public import ConsiliumCore
public import Identity

/// What leaves a clinic of a job's ``EvaluationPlan``: how many items, and means over them, of the base model and the common
/// adapter.
///
/// Over a clinic's own patients a mean is rounded to a hundredth of its range and a count down to a multiple of ten: two exact
/// means over nearly the same patients would tell the score of the one that differs. Over public items both are exact.
public struct EvaluationMetrics: Codable, Sendable, Equatable {
    /// Figures over fewer patients (or items, where each is its own) stay in the clinic.
    public static let minimumUnits = HeldOutMetrics.minimumPatients

    public struct Figure: Codable, Sendable, Equatable {
        public var name: String
        public var base: Double
        public var common: Double

        public init(name: String, base: Double, common: Double) {
            self.name = name
            self.base = base
            self.common = common
        }
    }

    public struct Task: Codable, Sendable, Equatable {
        public var name: String
        public var items: Int
        /// Patients, or items where each is its own.
        public var units: Int
        /// In the order of the kind's list.
        public var figures: [Figure]

        public init(name: String, items: Int, units: Int, figures: [Figure]) {
            self.name = name
            self.items = items
            self.units = units
            self.figures = figures
        }

        /// What may leave of what was measured.
        ///
        /// - Parameter figures: all that were measured; those that are not on the kind's list stay.
        /// - Returns: `nil` if too few patients stand behind it, or if nothing of it may leave.
        public init?(of task: EvaluationPlan.Task, items: Int, units: Int, measured figures: [Figure]) {
            guard units >= EvaluationMetrics.minimumUnits, items >= units else { return nil }
            func count(_ value: Int) -> Int { task.isPublic ? value : value / 10 * 10 }
            let steps = task.isPublic ? 1e4 : 100.0
            let allowed = task.kind.figures.compactMap { name, largest -> Figure? in
                func rounded(_ value: Double) -> Double { (value / largest * steps).rounded() / steps * largest }
                return figures.first { $0.name == name && $0.base.isFinite && $0.common.isFinite }.map {
                    Figure(name: name, base: rounded($0.base), common: rounded($0.common))
                }
            }
            guard !allowed.isEmpty else { return nil }
            self.init(name: task.name, items: count(items), units: count(units), figures: allowed)
        }
    }

    public var job: JobID
    public var clinic: ClinicID
    /// The last round whose adapter was measured.
    public var round: Int
    public var adapter: ContentHash
    public var tasks: [Task]

    public init(job: JobID, clinic: ClinicID, round: Int, adapter: ContentHash, tasks: [Task]) {
        self.job = job
        self.clinic = clinic
        self.round = round
        self.adapter = adapter
        self.tasks = tasks
    }

    /// - Throws: ``FederationError`` `.malformedMessage` for anything that the job does not ask for, too few patients, counts
    ///   that are not rounded, or figures outside of their range.
    public func validate(job manifest: JobManifest, clinic sender: ClinicID?) throws {
        guard job == manifest.id, clinic == sender, (0...manifest.rounds).contains(round) else {
            throw FederationError(
                .malformedMessage, "The figures must be this clinic's, of a round of the job “\(manifest.id)”.")
        }
        guard let plan = manifest.evaluation, manifest.egress.contains(.evaluationMetrics) else {
            throw FederationError(
                .malformedMessage,
                "The job “\(manifest.id)” does not list evaluation metrics among what leaves a clinic.")
        }
        guard !tasks.isEmpty, Set(tasks.map(\.name)).count == tasks.count,
            tasks.allSatisfy({ task in plan[task.name].map { task.fits($0) } ?? false })
        else {
            throw FederationError(
                .malformedMessage,
                "The figures must be of the job's evaluation tasks, over at least \(Self.minimumUnits) patients, and in their range."
            )
        }
    }
}

extension EvaluationMetrics.Task {
    fileprivate func fits(_ task: EvaluationPlan.Task) -> Bool {
        let largest = Dictionary(uniqueKeysWithValues: task.kind.figures.map { ($0.name, $0.largest) })
        let isRounded = task.isPublic || (items % 10 == 0 && units % 10 == 0)
        return units >= EvaluationMetrics.minimumUnits && items >= units && isRounded && !figures.isEmpty
            && Set(figures.map(\.name)).count == figures.count
            && figures.allSatisfy { figure in
                guard let most = largest[figure.name] else { return false }
                // A sum of rounding errors may lie above.
                return (0...most + 1e-9).contains(figure.base) && (0...most + 1e-9).contains(figure.common)
            }
    }
}
