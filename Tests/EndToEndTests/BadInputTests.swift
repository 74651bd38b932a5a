import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Input that is wrong: a sentence, the right exit code, and nothing lost.
    @Suite("Bad input", .timeLimit(.minutes(60)))
    struct BadInput {
        // MARK: Models and jobs

        @Test("a base model of which one byte differs is refused before training")
        func otherBaseModel() async throws {
            let consortium = try await Template.copy()
            let job = Reference.job
            try await consortium.agree(on: job)
            let model = try Self.copyOfModel(in: consortium.folder)
            try Self.change(model.appendingPathComponent("model.safetensors")) { $0[$0.count - 1] ^= 1 }
            try consortium.writeSite(Clinic.all[0], models: [model])
            let result = try await consortium.node("alpha", "run", "--once")
            expectRefusal(77, "holds the job's base model", result)
            #expect(!consortium.has("update-1.bin", job.id, of: "alpha"))
            // Mended, it goes on.
            try consortium.writeSite(Clinic.all[0])
            try await consortium.finish(consortium.startNodes(Clinic.ids))
        }

        @Test("a job of two clinics must say that the coordinator sees single updates")
        func secureAggregation() async throws {
            let consortium = try await Template.copy()
            var job = Reference.job
            job.clinics = ["alpha", "bravo"]
            job.secureAggregation = "on"
            expectRefusal(65, "secureAggregation: off", try await consortium.propose(job))
            #expect(try await expect(0, consortium.admin("job", "list")).output.contains(job.id) == false)
        }

        enum Damage: String, CaseIterable {
            case truncated, absurdHeader, negativeOffset, overlap, tooLong, unknownModelType, noConfiguration

            var code: Int32 { self == .noConfiguration ? 74 : 65 }
        }

        @Test("a damaged or hostile model is refused", arguments: Damage.allCases)
        func damagedModel(_ damage: Damage) async throws {
            let folder = try TemporaryFolder()
            let consortium = try Consortium(in: folder)
            let model = try Self.copyOfModel(in: folder)
            let weights = model.appendingPathComponent("model.safetensors")
            let configuration = model.appendingPathComponent("config.json")
            switch damage {
            case .truncated: try Self.change(weights) { $0 = $0.prefix($0.count / 2) }
            case .absurdHeader:
                try Self.change(weights) { $0.replaceSubrange(0..<8, with: Data(repeating: 0xFF, count: 8)) }
            case .negativeOffset: try Self.changeOffsets(weights) { _, to in "[-4,\(to)]" }
            case .overlap: try Self.changeOffsets(weights) { from, to in "[\(max(0, from - 4)),\(to)]" }
            case .tooLong: try Self.changeOffsets(weights) { from, _ in "[\(from),9223372036854775807]" }
            case .unknownModelType:
                let text = try String(contentsOf: configuration, encoding: .utf8)
                try Data(text.replacing("\"llama\"", with: "\"perceiver\"").utf8).write(to: configuration)
            case .noConfiguration: try FileManager.default.removeItem(at: configuration)
            }
            let out = folder.path("logits.safetensors")
            let result = try await consortium.run(
                .node, ["logits", "--model", model.path, "--ids", "1,2,3", "--out", out.path])
            #expect(result.code == damage.code, "\(result.text)")
            expectRefusal(result.code, "error: ", result)
            #expect(!FileManager.default.fileExists(atPath: out.path))
        }

        // MARK: Reports

        struct Source: Sendable, CustomTestStringConvertible {
            var name: String
            var data: Data
            /// In the message.
            var words: String

            init(_ name: String, _ text: String, _ words: String) {
                self.init(name, Data(text.utf8), words)
            }

            init(_ name: String, _ data: Data, _ words: String) {
                self.name = name
                self.data = data
                self.words = words
            }

            var testDescription: String { name }

            static let all = [
                Source("torn.hl7", "MSH|^~\\&|A|B\rPID|1||\rOBX|1|TX", "torn.hl7"),
                Source("other.hl7", "PID|1||123^^^X^MR\rOBX|1|TX|||Text||||||F\r", "other.hl7"),
                Source("torn.json", "[{\"mrn\": \"1\", \"text\": \"Findings", "torn.json"),
                Source("deep.json", String(repeating: "[", count: 200_000), "deep.json"),
                Source(
                    "fhir.json", "{\"resourceType\":\"DiagnosticReport\",\"presentedForm\":[{\"data\":\"%%%\"}]}",
                    "fhir.json"),
                Source("columns.csv", "a,b\n1,2\n", "columns.csv"),
                Source("quote.csv", "mrn,report\n1,\"never closed\n", "quote.csv"),
                Source("latin.csv", Data("mrn,report\n1,Gr".utf8) + Data([0xFC, 0xDF, 0x0A]), "latin.csv"),
                Source(
                    "line.csv", Data("mrn,report\n1,".utf8) + Data(repeating: 0x61, count: 100 << 20), "line breaks"),
                Source("binary.txt", Data([0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1, 2, 3]), "binary.txt"),
            ]
        }

        @Test(
            "a malformed file is rejected with its name, and the good file beside it is imported", arguments: Source.all
        )
        func malformedReports(_ source: Source) async throws {
            let consortium = try Consortium(in: TemporaryFolder())
            let clinic = Clinic.all[0]
            try await consortium.initialize(clinic)
            try consortium.folder.write("in/\(source.name)", source.data)
            try consortium.folder.write("in/good.csv", "mrn,report\n4711,The lungs are clear. No effusion.\n")
            let result = try await consortium.node(clinic.id, "import", consortium.folder.path("in").path)
            expectRefusal(65, source.words, result)
            #expect(result.output.contains("1 new"), "\(result.text)")
            #expect(result.text.utf8.count < 4000)
        }

        @Test("a report that names no patient is held back, an empty folder and a missing one are refused")
        func nothingToImport() async throws {
            let consortium = try Consortium(in: TemporaryFolder())
            let clinic = Clinic.all[0]
            try await consortium.initialize(clinic)
            let folder = consortium.folder.path("in")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            expectRefusal(65, "nothing to import", try await consortium.node(clinic.id, "import", folder.path))
            expectRefusal(74, "missing", try await consortium.node(clinic.id, "import", folder.path + "/missing"))
            try consortium.folder.write("in/a.txt", "FINDINGS:\nThe lungs are clear. No effusion.\n")
            let result = try await expect(0, consortium.node(clinic.id, "import", folder.path))
            #expect(result.output.contains("1 reports name no patient and are quarantined"), "\(result.output)")
        }

        // MARK: Making it wrong

        private static func copyOfModel(in folder: TemporaryFolder) throws -> URL {
            let copy = folder.path("model")
            try FileManager.default.copyItem(at: BaseModels.demo, to: copy)
            return copy
        }

        private static func change(_ file: URL, _ edit: (inout Data) -> Void) throws {
            var data = try Data(contentsOf: file)
            edit(&data)
            // Slices would keep their old indices.
            try Data(data).write(to: file)
        }

        /// Rewrites the offsets of a tensor in the middle of the header.
        private static func changeOffsets(_ file: URL, _ make: (Int, Int) -> String) throws {
            let data = try Data(contentsOf: file)
            let length = Int(
                data.prefix(8).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * $1.offset) })
            let header = String(decoding: data[8..<8 + length], as: UTF8.self)
            let found = header.matches(of: /"data_offsets":\[(\d+),(\d+)\]/)
            let match = try #require(found.dropFirst(found.count / 2).first)
            let (from, to) = (try #require(Int(match.1)), try #require(Int(match.2)))
            var changed = header
            changed.replaceSubrange(match.range, with: "\"data_offsets\":\(make(from, to))")
            while changed.utf8.count % 8 != 0 { changed += " " }
            let size = UInt64(changed.utf8.count)
            let prefix = Data((0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) })
            try (prefix + Data(changed.utf8) + data[(8 + length)...]).write(to: file)
        }
    }
}
