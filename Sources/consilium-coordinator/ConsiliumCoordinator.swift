import ArgumentParser

struct ConsiliumCoordinator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consilium-coordinator",
        abstract: "Coordinates the rounds of a federation: it averages updates and never sees a report.",
        subcommands: [Start.self, Init.self, Serve.self, Status.self])
}
