import ArgumentParser
import Foundation
import Node

/// Where a server keeps token and feedback.
struct ServingStateOption: ParsableArguments {
    @Option(help: ArgumentHelp("Where token and feedback lie.", valueName: "dir")) var state: String?
    @OptionGroup var home: HomeOption

    /// Whether there is a node's folder.
    var hasHome: Bool { FileManager.default.fileExists(atPath: home.folder.configurationFile.path) }

    var folder: URL {
        if let state { return URL(typed: state) }
        if hasHome { return home.folder.folder.appendingPathComponent("serve") }
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".local/state")
        return base.appendingPathComponent("consilium")
    }
}
