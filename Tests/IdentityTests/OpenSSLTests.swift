import ConsiliumTesting
import Foundation
import Identity
import Testing

/// Another implementation of X.509 agrees with ours, both ways.
@Suite("Agreement with openssl", .enabled(if: OpenSSL.isInstalled, "The openssl command is not installed."))
struct OpenSSLTests {
    @Test("openssl accepts our TLS certificates for their purpose, and signing certificates for none in TLS")
    func ours() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        func verdict(_ peer: PeerCredentials, _ file: (KeyFiles) -> URL, _ purpose: String) throws -> Bool {
            let files = consortium.files(of: peer)
            return try OpenSSL.run(
                ["verify", "-x509_strict", "-purpose", purpose, "-CAfile", files.authority.path, file(files).path]) == 0
        }
        let clinic = consortium.clinics[0]
        #expect(try verdict(clinic, \.tlsCertificate, "sslclient"))
        #expect(try !verdict(clinic, \.tlsCertificate, "sslserver"))
        #expect(try verdict(consortium.coordinator, \.tlsCertificate, "sslserver"))
        #expect(try !verdict(consortium.coordinator, \.tlsCertificate, "sslclient"))
        for purpose in ["sslclient", "sslserver"] {
            #expect(try !verdict(clinic, \.signingCertificate, purpose))
        }
        #expect(try verdict(clinic, \.signingCertificate, "any"))
    }

    @Test("what certs/make-throwaway-ca.sh makes is read, believed and able to sign")
    func theirs() async throws {
        let folder = try TemporaryFolder()
        let script = SharedData.packageRoot.appendingPathComponent("certs/make-throwaway-ca.sh").path
        let target = folder.path("consortium")
        #expect(try OpenSSL.run("/bin/sh", [script, target.path, "lakeside"]) == 0)
        let authority = try CertificateAuthority(folder: target.appendingPathComponent("ca")).certificate
        let lakeside = PeerRole.clinic(try ClinicID("lakeside"))
        for (name, role) in [
            ("coordinator", PeerRole.coordinator), ("admin", .admin("throwaway")), ("lakeside", lakeside),
        ] {
            let peer = try KeyFiles(folder: target.appendingPathComponent(name)).loadCredentials()
            #expect(peer.role == role)
            // Certificates are cut to whole seconds.
            let now = Date().addingTimeInterval(2)
            try await authority.verify(peer.tlsCertificate, at: now)
            let signed = try peer.sign(["round": 1], kind: .update)
            #expect(
                try await signed.verify(kind: .update, authority: authority, at: now) { $0 == role } == ["round": 1])
        }
        #expect(try OpenSSL.run("/bin/sh", [script, target.path, "lakeside"]) == 77)
        #expect(try OpenSSL.run("/bin/sh", [script, folder.path("other").path, "Lakeside"]) == 65)
    }
}

private enum OpenSSL {
    static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static var isInstalled: Bool { path != nil }

    static func run(_ arguments: [String]) throws -> Int32 { try run(path ?? "openssl", arguments) }

    static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
