internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import Foundation

struct BenchCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Time the accountants and the exact noise on this machine.",
        discussion: "One thread; every repetition asks about other numbers, so that nothing comes from a cache.")

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("How often each measure is taken; the median counts.", valueName: "n"))
    var repetitions = 5

    func validate() throws {
        guard (1...1000).contains(repetitions) else { throw ValidationError("--repetitions must be 1 to 1000.") }
    }

    func run(_ output: Output) async throws {
        let outcome = try PrivacyBench.run(repetitions: repetitions, progress: output.progress)
        try output.finish(outcome) {
            var table = TextTable([.init("measure"), .init("median", .right), .init("unit")])
            for figure in outcome.figures {
                table.add([figure.name, String(format: "%.4g", figure.median), figure.unit])
            }
            return table.render()
        }
    }
}
