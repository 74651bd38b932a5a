/// Which column of a table holds which field: from the configuration, else by common header names.
struct ColumnMapping {
    struct Missing: Error {
        var sentence: String
    }

    let columns: [RecordField: Int]
    let width: Int
    let text: Int
    private let header: [String]

    init(header: [String], configured: [RecordField: String]) throws {
        let plain = header.map(RecordField.plain)
        var columns: [RecordField: Int] = [:]
        var taken: Set<Int> = []
        for (field, name) in configured {
            let index = header.firstIndex(of: name) ?? plain.firstIndex(of: RecordField.plain(name))
            guard let index else {
                throw Missing(
                    sentence:
                        "The column that the configuration names for “\(field.rawValue)” is missing. Correct “columns” in the site configuration."
                )
            }
            columns[field] = index
            taken.insert(index)
        }
        for field in RecordField.allCases where columns[field] == nil {
            for name in field.commonNames {
                guard let index = plain.firstIndex(of: name), !taken.contains(index) else { continue }
                columns[field] = index
                taken.insert(index)
                break
            }
        }
        guard let text = columns[.text] else {
            throw Missing(
                sentence:
                    "No column holds the report's text. Name it under “columns: text:” in the site configuration, or call it “report”."
            )
        }
        self.columns = columns
        self.text = text
        self.header = header
        width = header.count
    }

    /// The header of a field's column.
    func name(_ field: RecordField) -> String? { columns[field].map { header[$0] } }

    var shown: [String: String] {
        var shown: [String: String] = [:]
        for (field, index) in columns { shown[field.rawValue] = header[index] }
        return shown
    }
}
