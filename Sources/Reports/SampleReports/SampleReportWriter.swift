internal import ConsiliumCore
internal import Deidentification
public import Foundation

/// Writes sample reports in the formats that clinics export.
public struct SampleReportWriter: Sendable {
    /// One file, by its path below the output folder, and where each report stands in it.
    struct File {
        var name: String
        var content: String
        var locators: [String]
    }

    private let format: ReportFormat

    /// - Throws: ``ReportsError`` `.formatNotBuilt`.
    public init(format: ReportFormat) throws {
        guard [.txt, .csv, .json, .hl7, .fhir].contains(format) else {
            throw ReportsError(
                .formatNotBuilt,
                "Sample reports can't be written as \(format.rawValue). Choose txt, csv, json, hl7 or fhir.")
        }
        self.format = format
    }

    /// - Parameter truth: a JSON Lines file with file, locator, text, spans (in Unicode scalars) and clean text.
    /// - Returns: the written files, in order.
    @discardableResult
    public func write(_ reports: [SampleReport], to folder: URL, truth: URL? = nil) throws -> [URL] {
        try DurableFile.createFolder(folder)
        var urls: [URL] = []
        var lines = Data()
        var index = 0
        for file in files(reports) {
            let url = folder.appendingPathComponent(file.name)
            do {
                try Data(file.content.utf8).write(to: url)
            } catch {
                throw ReportsError(
                    .unwritable, "Can't write \(url.path). Check the space on the disk and this user's rights.",
                    cause: error)
            }
            urls.append(url)
            for locator in file.locators where index < reports.count {
                lines.append(try CanonicalJSON.encode(Truth(reports[index], file: file.name, locator: locator)))
                lines.append(10)
                index += 1
            }
        }
        if let truth { try DurableFile.write(lines, to: truth) }
        return urls
    }

    func files(_ reports: [SampleReport]) -> [File] {
        switch format {
        case .txt: reports.map { File(name: "\($0.accession).txt", content: $0.text + "\n", locators: [""]) }
        case .csv: [table(reports)]
        case .json: [list(reports)]
        case .hl7: chunks(reports, of: 25).enumerated().map { messages($1, number: $0 + 1) }
        default: reports.map(bundle)
        }
    }

    private struct Truth: Encodable {
        var file: String
        var locator: String
        var patient: String
        var text: String
        var spans: [SampleReport.Span]
        var clean: String

        init(_ report: SampleReport, file: String, locator: String) {
            self.file = file
            self.locator = locator
            patient = report.patientKey
            text = report.text
            spans = report.spans
            clean = report.clean
        }
    }

    private func chunks(_ reports: [SampleReport], of size: Int) -> [[SampleReport]] {
        stride(from: 0, to: reports.count, by: size).map { Array(reports[$0..<min($0 + size, reports.count)]) }
    }

    private func table(_ reports: [SampleReport]) -> File {
        func quoted(_ value: String) -> String { "\"\(value.replacingOccurrences(of: "\"", with: "\"\""))\"" }
        var content = "accession,patient_name,mrn,date_of_birth,service_date,report_type,report\r\n"
        for report in reports {
            let cells = [
                report.accession, report.patient.lastFirst, report.patient.recordNumber, report.patient.born.iso,
                report.day.iso,
                report.kind, report.text,
            ]
            content += cells.map(quoted).joined(separator: ",") + "\r\n"
        }
        return File(
            name: "reports.csv", content: content, locators: reports.indices.map { "row=\($0 + 1);column=report" })
    }

    private func list(_ reports: [SampleReport]) -> File {
        let elements = reports.map { report in
            let patient = report.patient
            return JSONTree.object([
                ("id", .string(report.accession)),
                (
                    "patient",
                    .object([
                        ("name", .string(patient.full)), ("mrn", .string(patient.recordNumber)),
                        ("dob", .string(patient.born.iso)),
                        ("phone", .string(patient.phone)), ("email", .string(patient.email)),
                        ("address", .string(patient.address)),
                    ])
                ), ("date", .string(report.day.iso)), ("kind", .string(report.kind)), ("text", .string(report.text)),
            ])
        }
        let content = "[\n" + elements.map(\.serialized).joined(separator: ",\n") + "\n]\n"
        return File(name: "reports.json", content: content, locators: reports.indices.map { "[\($0)].text" })
    }

    private func messages(_ reports: [SampleReport], number: Int) -> File {
        let content = reports.map { report in
            let patient = report.patient, provider = report.provider
            var segments = [
                "MSH|^~\\&|SAMPLES|\(escaped(report.facility))|NODE|CLINIC|\(report.day.compact)1200||ORU^R01^ORU_R01|\(report.accession)|T|2.5.1|||||USA|UNICODE UTF-8",
                "PID|1||\(patient.recordNumber)^^^SAMPLES^MR||\(escaped(patient.last))^\(escaped(patient.first))^\(patient.middle)||\(patient.born.compact)|\(patient.isFemale ? "F" : "M")|||\(escaped(patient.street))^^\(escaped(patient.city))^\(patient.state)^\(patient.postalCode)||\(escaped(patient.phone))|||||||\(patient.socialSecurityNumber)",
                "OBR|1||\(report.accession)|11526-1^\(escaped(report.kind))^LN|||\(report.day.compact)1200|||||||||\(provider.recordNumber)^\(escaped(provider.last))^\(escaped(provider.first))",
            ]
            for (line, text) in report.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                segments.append("OBX|\(line + 1)|TX|11526-1^Report^LN||\(escaped(String(text)))||||||F")
            }
            return segments.map { $0 + "\r" }.joined()
        }
        return File(
            name: "messages-\(number < 10 ? "00" : number < 100 ? "0" : "")\(number).hl7", content: content.joined(),
            locators: reports.indices.map { "message=\($0 + 1);OBX-5 joined by line" })
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\E\\"
            case "|": result += "\\F\\"
            case "^": result += "\\S\\"
            case "&": result += "\\T\\"
            case "~": result += "\\R\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private func bundle(_ report: SampleReport) -> File {
        let patient = report.patient
        let person = JSONTree.object([
            ("resourceType", .string("Patient")), ("id", .string("patient-\(patient.recordNumber)")),
            (
                "identifier",
                .array([
                    .object([
                        ("type", .object([("coding", .array([.object([("code", .string("MR"))])]))])),
                        ("value", .string(patient.recordNumber)),
                    ])
                ])
            ),
            (
                "name",
                .array([
                    .object([
                        ("family", .string(patient.last)),
                        ("given", .array([.string(patient.first), .string(patient.middle)])),
                    ])
                ])
            ),
            (
                "telecom",
                .array([
                    .object([("system", .string("phone")), ("value", .string(patient.phone))]),
                    .object([("system", .string("email")), ("value", .string(patient.email))]),
                ])
            ), ("birthDate", .string(patient.born.iso)),
            (
                "address",
                .array([
                    .object([
                        ("line", .array([.string(patient.street)])), ("city", .string(patient.city)),
                        ("state", .string(patient.state)),
                        ("postalCode", .string(patient.postalCode)),
                    ])
                ])
            ),
        ])
        let document = JSONTree.object([
            ("resourceType", .string("DiagnosticReport")), ("id", .string(report.accession)),
            ("status", .string("final")),
            ("code", .object([("text", .string(report.kind))])),
            ("subject", .object([("reference", .string("Patient/patient-\(patient.recordNumber)"))])),
            ("effectiveDateTime", .string(report.day.iso)),
            ("performer", .array([.object([("display", .string(report.provider.full))])])),
            (
                "presentedForm",
                .array([
                    .object([
                        ("contentType", .string("text/plain; charset=utf-8")),
                        ("data", .string(Data(report.text.utf8).base64EncodedString())),
                    ])
                ])
            ),
        ])
        let bundle = JSONTree.object([
            ("resourceType", .string("Bundle")), ("type", .string("collection")),
            ("entry", .array([.object([("resource", person)]), .object([("resource", document)])])),
        ])
        return File(
            name: "\(report.accession).json", content: bundle.serialized + "\n",
            locators: ["Bundle.entry[1].resource.presentedForm[0].data (base64)"])
    }
}
