import ArgumentParser

/// A clinic's program.
struct ConsiliumNode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consilium-node",
        abstract:
            "A clinic's node: reports in, identifiers out, training on site, only a clipped and noised update leaves.",
        discussion: """
            A node's folder is named by --home, else by CONSILIUM_NODE_HOME, else it is the current folder.
            Exit codes: 0 done, 1 a check found violations, 64 usage, 65 bad data, 69 peer unavailable, 70 internal, \
            74 input/output, 75 try again, 77 refused by policy.
            """,
        groupedSubcommands: [
            CommandGroup(name: "Setting up", subcommands: [Doctor.self, Join.self, Initialize.self, Enroll.self]),
            CommandGroup(
                name: "Reports",
                subcommands: [
                    ImportReports.self, Review.self, DeidentifyFilter.self, DataCardCommand.self, TaggerTools.self,
                    SampleReports.self,
                ]),
            CommandGroup(name: "Taking part", subcommands: [Jobs.self, Run.self, Egress.self]),
            CommandGroup(
                name: "Models",
                subcommands: [
                    Train.self, Personalise.self, Evaluate.self, Generate.self, Chat.self, Serve.self, Feedback.self,
                    Merge.self, Export.self,
                    Logits.self, Tokenize.self,
                    Bench.self,
                ]),
        ])
}
