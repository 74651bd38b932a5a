import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@Suite("Keys and their files")
struct KeyFileTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("keys are born with 0600, certificates may be read by all")
    func permissions() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let files = consortium.files(of: consortium.clinics[0])
        for (url, expected) in [
            (files.tlsKey, 0o600), (files.signingKey, 0o600), (files.tlsCertificate, 0o644),
            (files.signingCertificate, 0o644),
            (files.authority, 0o644),
        ] {
            #expect(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int == expected)
        }
    }

    @Test("creating keys again keeps them, also after a crash between the two")
    func stable() throws {
        let folder = try TemporaryFolder()
        let files = KeyFiles(folder: folder.path("node"))
        let first = try files.createKeys()
        #expect(try files.createKeys().signing.publicKey == first.signing.publicKey)
        try FileManager.default.removeItem(at: files.signingKey)
        let second = try files.createKeys()
        #expect(second.tls.pem == first.tls.pem)
        #expect(second.signing.publicKey != first.signing.publicKey)
    }

    @Test("a key that other users can read is refused", arguments: [0o640, 0o604, 0o644, 0o660])
    func exposed(mode: Int) throws {
        let folder = try TemporaryFolder()
        let files = KeyFiles(folder: folder.path("node"))
        _ = try files.createKeys()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: files.signingKey.path)
        #expect(throws: IdentityError(.exposedKeyFile, "")) { try files.loadKeys() }
    }

    @Test("a folder of the first version opens, with keys that openssl wrote; one of a later version is left alone")
    func formats() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let files = consortium.files(of: consortium.clinics[0])
        let bytes = try [files.tlsKey, files.signingKey].map { try Data(contentsOf: $0) }
        // Folders that were made before versions were written have no such file.
        try FileManager.default.removeItem(at: files.format)
        #expect(try files.loadCredentials().role == consortium.clinics[0].role)
        _ = try files.createKeys()
        #expect(try String(contentsOf: files.format, encoding: .utf8) == "1\n")
        for text in ["2\n", "0", "", "one"] {
            try Data(text.utf8).write(to: files.format)
            #expect(throws: IdentityError(.newerFormat, "")) { _ = try files.loadCredentials() }
            #expect(throws: IdentityError(.newerFormat, "")) { _ = try files.createKeys() }
        }
        #expect(try [files.tlsKey, files.signingKey].map { try Data(contentsOf: $0) } == bytes)
        try Data("1\n".utf8).write(to: files.format)
        let made = Process()
        made.executableURL = URL(fileURLWithPath: "/bin/sh")
        made.arguments = [
            "-c",
            "umask 077; openssl genpkey -algorithm ed25519 -out \(files.signingKey.path); "
                + "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out \(files.tlsKey.path) 2>/dev/null",
        ]
        try made.run()
        made.waitUntilExit()
        #expect(made.terminationStatus == 0)
        let keys = try files.loadKeys()
        #expect(Data(keys.signing.pem.utf8) == (try Data(contentsOf: files.signingKey)))
    }

    @Test("a folder without certificates says that it is not enrolled")
    func notEnrolled() throws {
        let folder = try TemporaryFolder()
        let files = KeyFiles(folder: folder.path("node"))
        _ = try files.createKeys()
        #expect(!files.isEnrolled)
        #expect(throws: IdentityError(.notEnrolled, "")) { try files.loadCredentials() }
    }

    @Test("certificates for other keys, another role or another authority are not installed")
    func mismatches() async throws {
        let folder = try TemporaryFolder()
        let files = KeyFiles(folder: folder.path("node"))
        let keys = try files.createKeys()
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let role = PeerRole.clinic(try ClinicID("lakeside"))
        let other = try CertificateAuthority(consortium: "Radiology", at: date)
        for (grant, code) in [
            (try authority.grant(PeerKeys(), role: role, at: date), IdentityError.Code.keyMismatch),
            (try authority.grant(keys, role: .clinic(try ClinicID("hillside")), at: date), .wrongRole),
            (try other.grant(keys, role: role, at: date), .untrustedCertificate),
        ] {
            await #expect(throws: IdentityError(code, "")) {
                try await files.install(grant, role: role, authority: authority.certificate, at: date)
            }
        }
        #expect(!files.isEnrolled)
        let good = try authority.grant(keys, role: role, at: date)
        _ = try await files.install(good, role: role, authority: authority.certificate, at: date)
        #expect(try files.loadCredentials().role == role)
    }

    @Test("keys and tokens show nothing of themselves when printed or dumped")
    func secrecy() throws {
        let keys = PeerKeys()
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"), random: SeededRandom(seed: 1))
        let secret = try #require(token.text.split(separator: ".").last.map(String.init))
        for value in [keys, keys.tls, keys.signing, token] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            let shown = "\(value) \(String(reflecting: value)) \(dumped)"
            #expect(!shown.contains(secret))
            #expect(!shown.contains("PRIVATE"))
            #expect(shown.contains("secret") || value is PeerKeys)
        }
    }

    @Test("an Ed25519 key reads back from its PEM text and signs as RFC 8032, test 1")
    func knownAnswer() throws {
        let seed = try #require(Data(hexadecimal: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let key = try SigningKey(pem: SigningKey(seed: seed).pem)
        #expect(
            "\(key.publicKey)" == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = try #require(
            Data(
                hexadecimal:
                    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                    + "d25bf5f0595bbe24655141438e7a100b"))
        #expect(key.publicKey.isValidSignature(signature, for: Data()))
        #expect(!key.publicKey.isValidSignature(signature, for: Data([0])))
        #expect(!key.publicKey.isValidSignature(signature.dropLast(), for: Data()))
        #expect(key.publicKey.isValidSignature(try key.sign(Data("x".utf8)), for: Data("x".utf8)))
    }
}
