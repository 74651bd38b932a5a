import ArgumentParser

/// The parts of `scripts/bench/federation.py`. Not a product: consortia that it makes keep all keys in one folder.
struct ConsiliumBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consilium-bench",
        abstract: "Clinics, an admin and sums for measuring what a federation costs besides training.",
        subcommands: [Prepare.self, Propose.self, Clinics.self, Sums.self])
}
