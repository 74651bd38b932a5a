/// The runs that every other one is compared with: one for each shape of job.
enum Undisturbed {
    struct Reference: Sendable {
        var ending: Ending
        /// What was said in it.
        var messages: [Message]
    }

    private static let made = Cache()

    static func run(_ shape: Blueprint.Shape) async throws -> Reference { try await made.reference(shape) }

    private actor Cache {
        private var tasks: [Blueprint.Shape: Task<Reference, any Error>] = [:]

        func reference(_ shape: Blueprint.Shape) async throws -> Reference {
            if let task = tasks[shape] { return try await task.value }
            let task = Task {
                let run = try await FederationRun(shape)
                let ending = try await run.run()
                return Reference(ending: ending, messages: await run.board.log)
            }
            tasks[shape] = task
            return try await task.value
        }
    }
}
