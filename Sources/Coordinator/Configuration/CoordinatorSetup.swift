internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import NIOCore

/// The first steps of a new coordinator: its keys and its request to the admin.
public enum CoordinatorSetup {
    /// Makes the folder: keys, `request.json` for the admin, `coordinator.yaml`. Keys and a configuration that are there stay.
    ///
    /// - Parameters:
    ///   - hosts: DNS names and IP addresses under which clinics dial the coordinator; they go into its certificate.
    ///   - listen: `ADDRESS:PORT`, for the configuration.
    /// - Throws: ``CoordinatorError`` `.invalidHost`; `.alreadyInitialized` when the folder has its grant already.
    public static func initialize(_ folder: CoordinatorFolder, hosts: [String], listen: String) throws {
        guard !FileManager.default.fileExists(atPath: folder.grant.path) else {
            throw CoordinatorError(
                .alreadyInitialized,
                "\(folder.url.path) has the admin's grant already. Choose another folder, or go on with “serve”.")
        }
        var dnsNames: [String] = []
        var addresses: [String] = []
        for host in hosts {
            if (try? SocketAddress(ipAddress: host, port: 0)) != nil {
                addresses.append(host)
            } else {
                guard isHostName(host) else {
                    throw CoordinatorError(.invalidHost, "“\(host)” is neither a DNS name nor an IP address.")
                }
                dnsNames.append(host)
            }
        }
        guard !hosts.isEmpty else {
            throw CoordinatorError(
                .invalidHost, "Give at least one --host: the name or address under which clinics dial the coordinator.")
        }
        let keys = try KeyFiles(folder: folder.url).createKeys()
        let request = CoordinatorRequest(
            tlsRequest: try keys.tls.certificateRequest(), signingKey: keys.signing.publicKey, dnsNames: dnsNames,
            ipAddresses: addresses)
        try DurableFile.write(
            CanonicalJSON.encodePretty(request) + Data("\n".utf8), to: folder.request, permissions: 0o644)
        if !FileManager.default.fileExists(atPath: folder.configuration.path) {
            try DurableFile.write(
                Data(configurationText(listen: listen).utf8), to: folder.configuration, permissions: 0o644)
        }
        // A wrong --listen shows now, not at the first start.
        _ = try CoordinatorConfiguration(file: folder.configuration)
    }

    /// - Throws: ``CoordinatorError`` `.notGranted`.
    static func readGrant(in folder: CoordinatorFolder) throws -> CoordinatorGrant {
        guard FileManager.default.fileExists(atPath: folder.grant.path) else {
            throw CoordinatorError(
                .notGranted,
                "\(folder.grant.path) is missing. Give \(folder.request.path) to the consortium's admin "
                    + "(“consilium-admin init … --coordinator-request”) and put the answer there as grant.json.")
        }
        return try CanonicalJSON.decode(CoordinatorGrant.self, from: DurableFile.read(folder.grant, limit: 16 << 20))
    }

    private static func isHostName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy {
                        ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90) || ($0 >= 48 && $0 <= 57) || $0 == 45
                    }
            }
    }

    private static func configurationText(listen: String) -> String {
        """
        # Configuration of a Consilium coordinator. Every key but "listen" may be left out; coordinator/coordinator.yaml in the
        # source tree explains all of them.
        listen: "\(listen)"
        folder: .
        logLevel: info

        """
    }
}
