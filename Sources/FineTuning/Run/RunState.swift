/// How far a run is: everything that decides what the next step does, beside the parameters and the moments, and what the
/// summary counts.
struct RunState: Codable, Equatable {
    /// Finished steps, those that changed nothing included.
    var step = 0
    /// Batches that were given out with something to learn.
    var batches = 0
    /// The batcher's place.
    var epoch = 0
    var position = 0
    var tokens = 0
    var supervisedTokens = 0
    var firstLoss: Double?
    var lastLoss: Double?
    /// Over all sessions.
    var seconds = 0.0
    var skippedSteps = 0
    var skippedInARow = 0
    var bestLoss: Double?
    var bestStep: Int?
    var evaluationsSinceBest = 0
    var stoppedEarly = false
    /// The size of `metrics.jsonl` after the last finished step.
    var metricsBytes = 0
}
