import ConsiliumTesting
import Foundation

/// The customer's generator of clinics, and what it says about them.
enum RealClinics {
    struct Record: Decodable {
        struct Identifier: Decodable { var type, value: String }

        var id: String
        var file: String
        var text: String
        var spans: [Identifier]
        var structured: [Identifier]

        /// As the truth files call them.
        private enum CodingKeys: String, CodingKey {
            case id = "doc_id"
            case file, text, spans, structured
        }
    }

    static let reason = "needs ../shared/data/make_clinics.py and python3"

    static let isPresent: Bool = SharedData.file("data/make_clinics.py") != nil && run(["python3", "--version"])

    static let clinics = ["northshore-heart", "summit-ortho-neuro", "willow-family-care", "meridian-pathology"].map {
        Clinic(id: $0, specialty: "", format: "", epsilonCap: 10)
    }

    /// - Parameter limit: the most reports of a clinic.
    static func write(to folder: URL, limit: Int) throws -> [Clinic] {
        guard let script = SharedData.file("data/make_clinics.py"),
            run(["python3", script.path, folder.path, "--max", "\(limit)"])
        else { throw CocoaError(.fileNoSuchFile) }
        return clinics
    }

    static func truth(_ clinic: String, in folder: URL) throws -> [Record] {
        try Data(contentsOf: folder.appendingPathComponent("_truth/\(clinic).jsonl")).split(separator: 10).map {
            try JSONDecoder().decode(Record.self, from: Data($0))
        }
    }

    /// stories260K with its tokenizer, in one folder.
    static func stories(in folder: TemporaryFolder) throws -> URL {
        for name in ["models/stories260K/config.json", "models/stories260K/model.safetensors"]
            + ["tokenizers/llama2c-tok512/tok512.bin"]
        {
            guard let file = SharedData.file("data/\(name)") else { throw CocoaError(.fileNoSuchFile) }
            try folder.write("stories260K/\(file.lastPathComponent)", Data(contentsOf: file))
        }
        return folder.path("stories260K")
    }

    private static func run(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
