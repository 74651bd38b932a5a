import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

@Suite("Public samples of FHIR, HL7 v2 and C-CDA", .enabled(if: SharedData.isPresent, "needs ../shared"))
struct SharedSampleTests {
    @Test("every file gives reports or rejections, also when it is cut off", arguments: ["fhir", "hl7v2", "ccda"])
    func folder(name: String) throws {
        let folder = try #require(SharedData.file("data/\(name)"))
        let formats: [String: ReportFormat] = ["fhir": .fhir, "hl7v2": .hl7, "ccda": .ccda]
        let format = try #require(formats[name])
        let importer = try ReportImporter()
        var files = 0
        var reports = 0
        var rejections = 0
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard [".json", ".hl7", ".xml", ".ccda"].contains(where: file.lowercased().hasSuffix) else { continue }
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            for length in [data.count, data.count / 2, data.count * 9 / 10] {
                var outcomes = 0
                try importer.read(SourceFile(name: file, data: data.prefix(length)), format: format) { outcome in
                    if case .mapping = outcome { return }
                    outcomes += 1
                    guard length == data.count else { return }
                    if case .report = outcome { reports += 1 } else { rejections += 1 }
                }
                #expect(outcomes > 0, "\(file) gave nothing")
            }
            files += 1
        }
        #expect(files > 50)
        // Most FHIR and HL7 samples are no documents; half of the C-CDA samples are entries without a narrative.
        #expect(reports >= (name == "ccda" ? 140 : 2))
        #expect(rejections > 0)
    }
}
