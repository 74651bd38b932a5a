import ConsiliumTesting
import Foundation

/// The customer's five demo clinics, generated once a test run into a temporary folder; `nil` without `../shared` or Python.
enum ClinicCorpus {
    struct Truth: Decodable {
        var clinic: String
        var file: String
        var locator: String
        var text: String
        var structured: [Identifier]

        struct Identifier: Decodable {
            var type: String
            var value: String
        }
    }

    static let folder: TemporaryFolder? = {
        guard let script = SharedData.file("data/make_clinics.py"), let folder = try? TemporaryFolder() else {
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, folder.path("clinics").path, "--late-joiner"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? folder : nil
    }()

    static var isPresent: Bool { folder != nil }
    static let reason: String = "needs ../shared/data/make_clinics.py and python3"
    static let clinics = [
        "meridian-pathology", "northshore-heart", "riverbend-surgical", "summit-ortho-neuro", "willow-family-care",
    ]

    static func truth(_ clinic: String) throws -> [Truth] {
        guard let folder else { return [] }
        let data = try Data(contentsOf: folder.path("clinics/_truth/\(clinic).jsonl"))
        return try data.split(separator: 10).map { try JSONDecoder().decode(Truth.self, from: Data($0)) }
    }
}
