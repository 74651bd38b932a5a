extension TrainingRun {
    /// What a run did, over all its sessions.
    public struct Summary: Sendable, Equatable {
        public var steps = 0
        /// Private steps that were started, lost ones included: what epsilon is to be computed of. Equal to ``steps`` in an
        /// uninterrupted run, and without privacy.
        public var startedSteps = 0
        public var supervisedTokens = 0
        /// All tokens that were read.
        public var tokens = 0
        /// Of the first and the last step with a finite loss.
        public var firstLoss = 0.0
        public var lastLoss = 0.0
        public var seconds = 0.0
        /// Steps that changed nothing because the loss or the gradient was not finite.
        public var skippedSteps = 0
        /// Sequences without a token to learn from; they change nothing.
        public var silentSequences = 0
        public var bestValidationLoss: Double?
        /// The step, from 1, after which the validation loss was lowest.
        public var bestStep: Int?
        public var stoppedEarly = false
        /// The step of the checkpoint that this session went on from.
        public var resumedAt: Int?
    }
}
