import Foundation

/// The three executables, as they were built beside these tests.
enum Program: String {
    case node = "consilium-node"
    case coordinator = "consilium-coordinator"
    case admin = "consilium-admin"

    /// Where they lie; `CONSILIUM_BINARIES` names another folder, such as that of a release build.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["CONSILIUM_BINARIES"] { return URL(fileURLWithPath: path) }
        let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return bundle.resolvingSymlinksInPath().deletingLastPathComponent()
    }()

    var url: URL { Self.folder.appendingPathComponent(rawValue) }
}
