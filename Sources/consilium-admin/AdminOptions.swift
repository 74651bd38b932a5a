internal import Admin
internal import ArgumentParser
internal import Foundation

/// Which admin's folder.
struct HomeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The admin's folder (default: CONSILIUM_ADMIN_HOME, else ./consilium-admin).", valueName: "dir"))
    var home: String?

    var adminHome: AdminHome {
        let path = home ?? ProcessInfo.processInfo.environment["CONSILIUM_ADMIN_HOME"] ?? "consilium-admin"
        return AdminHome(URL(fileURLWithPath: path))
    }
}

/// Which admin's folder and which coordinator.
struct SessionOptions: ParsableArguments {
    @OptionGroup var folder: HomeOptions

    @Option(
        help: ArgumentHelp(
            "The coordinator's address, https://HOST:PORT (default: CONSILIUM_COORDINATOR_URL, else as at init).",
            valueName: "url"))
    var coordinatorURL: String?

    func with<Result>(_ body: (AdminSession) async throws -> Result) async throws -> Result {
        try await AdminSession.with(
            home: folder.adminHome,
            coordinatorURL: coordinatorURL ?? ProcessInfo.processInfo.environment["CONSILIUM_COORDINATOR_URL"], body)
    }
}
