import ArgumentParser
import CommandLineSupport
import Evaluation
import Foundation
import Node

struct Personalise: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train some steps on this clinic's own reports from the common adapter.",
        discussion: """
            The result stays in the node's folder and is never sent. It is trained without noise and can repeat what it was \
            trained on. Base model, common adapter, local steps and, if there is one, the adapter of this clinic alone are \
            then measured on the same held-out patients.
            """)
    @Option(help: ArgumentHelp("The common adapter that a job brought.", valueName: "dir")) var adapter: String
    @Option(help: "Optimizer steps.") var steps: Int
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try await Personalisation(home.services()).run(
            adapter: URL(typed: adapter), steps: steps, progress: output.progress)
        try output.finish(outcome) {
            outcome.benefit.text + "\nAdapter with local steps, which stays here: \(outcome.adapterFolder)"
        }
    }
}
