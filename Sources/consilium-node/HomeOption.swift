import ArgumentParser
import Foundation
import Node

/// Which clinic's folder a command works on.
struct HomeOption: ParsableArguments {
    @Option(help: ArgumentHelp("The node's folder.", valueName: "dir"))
    var home: String?

    var folder: NodeHome {
        let path = home ?? ProcessInfo.processInfo.environment["CONSILIUM_NODE_HOME"] ?? "."
        return NodeHome(URL(fileURLWithPath: path))
    }

    func services() throws -> NodeServices { try NodeServices(home: folder) }
}

extension URL {
    /// A path as typed, relative to the current folder.
    init(typed path: String) {
        self.init(fileURLWithPath: path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst(1) : path)
    }
}
