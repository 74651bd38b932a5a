import Foundation

/// Machines of their own on a network of their own: a namespace for each, joined by a bridge in the first one's.
final class NetworkNamespaces: Sendable {
    /// Where the first machine is reached.
    let address = "10.213.77.1"
    private let prefix: String
    private let machines: [String]
    private static let tool = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// - Returns: `nil` where this user may not make any.
    init?(_ machines: [String]) {
        guard Self.tool != nil, let hub = machines.first else { return nil }
        let prefix = "cns\(ProcessInfo.processInfo.processIdentifier)"
        self.prefix = prefix
        self.machines = machines
        func name(_ machine: String) -> String { "\(prefix)-\(machine)" }
        var steps = [
            ["netns", "add", name(hub)], ["-n", name(hub), "link", "set", "lo", "up"],
            ["-n", name(hub), "link", "add", "br0", "type", "bridge"],
            ["-n", name(hub), "addr", "add", "\(address)/24", "dev", "br0"],
            ["-n", name(hub), "link", "set", "br0", "up"],
        ]
        for (number, machine) in machines.enumerated().dropFirst() {
            let port = "port\(number)"
            steps += [
                ["netns", "add", name(machine)], ["-n", name(machine), "link", "set", "lo", "up"],
                ["-n", name(hub), "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name(machine)],
                ["-n", name(hub), "link", "set", port, "master", "br0"], ["-n", name(hub), "link", "set", port, "up"],
                ["-n", name(machine), "addr", "add", "10.213.77.\(number + 1)/24", "dev", "eth0"],
                ["-n", name(machine), "link", "set", "eth0", "up"],
            ]
        }
        for step in steps {
            guard Self.ip(step) else {
                remove()
                return nil
            }
        }
    }

    deinit { remove() }

    /// Words that put a program onto a machine.
    func wrapper(_ machine: String) -> [String] {
        [Self.tool ?? "ip", "netns", "exec", "\(prefix)-\(machine)"]
    }

    private func remove() {
        for machine in machines { _ = Self.ip(["netns", "del", "\(prefix)-\(machine)"]) }
    }

    private static func ip(_ arguments: [String]) -> Bool {
        guard let tool else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
