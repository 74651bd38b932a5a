import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Node

/// Nodes without a model, each with its own folder, keys and connections.
struct Clinics: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run clinics that take part in the job without training; one line of JSON for each event.",
        discussion: "With --count 1 a clinic has its process for itself; with more they share one.")

    @Argument(help: "A folder made by “prepare”.") var folder: String
    @Option(help: "The number of the first clinic.") var first = 1
    @Option(help: "How many clinics.") var count = 1
    @OptionGroup var global: GlobalOptions

    private struct Outcome: Encodable {
        var clinics: Int
    }

    func run(_ output: Output) async throws {
        let place = BenchFolder(folder)
        let report = { @Sendable (event: BenchClinic.Event) in
            guard let line = try? CanonicalJSON.encode(event) else { return }
            FileHandle.standardError.write(line + Data("\n".utf8))
        }
        // All clinics together ask a hundred times a second at most.
        let pause = Duration.milliseconds(max(100, 10 * count))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in first..<first + count {
                let clinic = try BenchClinic(place.clinic(BenchFolder.id(number)))
                group.addTask { try await clinic.run(pause: pause, report) }
            }
            try await group.waitForAll()
        }
        try output.finish(Outcome(clinics: count)) { "\(count) clinics finished" }
    }
}
