public import Foundation

extension ClinicalTerms {
    /// Adds the active descriptions of a SNOMED CT RF2 snapshot, a file such as
    /// `sct2_Description_Snapshot-en_INT_20240101.txt` or a folder with one below it.
    ///
    /// The file is read twice: first for the fully specified names, whose ending such as “(disorder)” tells the kind of a
    /// concept, then for all terms.
    /// - Throws: ``ReportsError`` `.fileUnreadable`, or `.badTerminology` for a file of another kind.
    public mutating func loadSNOMED(_ url: URL) throws -> Loaded {
        let file = try Self.file(in: url) { $0.hasPrefix("sct2_Description_Snapshot") && $0.hasSuffix(".txt") }
        let wrong = ReportsError(
            .badTerminology,
            "\(file.path) is no SNOMED CT RF2 description file. Name the “sct2_Description_Snapshot-….txt” of the release, or its folder."
        )
        var kinds: [UInt64: Kind] = [:]
        try Self.forEachRow(of: file, separator: 9, header: "id\teffectiveTime\tactive\tmoduleId\tconceptId", wrong) {
            row in
            guard let row = SNOMEDRow(row) else { return false }
            if row.isActive, row.isFullName, let kind = row.kindOfName { kinds[row.concept] = kind }
            return true
        }
        var loaded = Loaded()
        loaded.badLines = try Self.forEachRow(
            of: file, separator: 9, header: "id\teffectiveTime\tactive\tmoduleId\tconceptId", wrong
        ) { row in
            guard let row = SNOMEDRow(row) else { return false }
            guard row.isActive, let kind = kinds[row.concept] else { return true }
            if add(row.isFullName ? row.nameWithoutKind : row.term, kind, concept: row.concept) {
                loaded.terms += 1
            } else if count >= Self.maximumTerms {
                loaded.beyondLimit += 1
            }
            return true
        }
        return loaded
    }

    /// Adds the ingredients and brand names of an RxNorm release: its `RXNCONSO.RRF`, or a folder with it below.
    /// - Throws: ``ReportsError`` `.fileUnreadable`, or `.badTerminology` for a file of another kind.
    public mutating func loadRxNorm(_ url: URL) throws -> Loaded {
        let file = try Self.file(in: url) { $0.uppercased() == "RXNCONSO.RRF" }
        let wrong = ReportsError(
            .badTerminology,
            "\(file.path) is no RxNorm concept file. Name the “RXNCONSO.RRF” of the release, or its folder.")
        var loaded = Loaded()
        loaded.badLines = try Self.forEachRow(of: file, separator: UInt8(ascii: "|"), header: nil, wrong) { fields in
            // RXCUI LAT TS LUI STT SUI ISPREF RXAUI SAUI SCUI SDUI SAB TTY CODE STR SRL SUPPRESS CVF, each with its bar.
            guard fields.count >= 18, let concept = UInt64(Self.text(fields[0])) else { return false }
            guard Self.text(fields[11]) == "RXNORM", Self.names.contains(Self.text(fields[12])),
                !["O", "Y", "E"].contains(Self.text(fields[16]))
            else { return true }
            let term = Self.text(fields[14])
            guard !term.isEmpty else { return false }
            if add(term, .drug, concept: concept) {
                loaded.terms += 1
            } else if count >= Self.maximumTerms {
                loaded.beyondLimit += 1
            }
            return true
        }
        return loaded
    }

    /// Ingredients, precise and multiple ones, brand names.
    private static let names: Set<String> = ["IN", "PIN", "MIN", "BN"]

    private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field, as: UTF8.self) }

    /// - Returns: the number of bad lines.
    @discardableResult
    private static func forEachRow(
        of file: URL, separator: UInt8, header: String?, _ wrong: ReportsError,
        _ visit: ([ArraySlice<UInt8>]) throws -> Bool
    ) throws -> Int {
        var number = 0
        var bad = 0
        try LineStream(file: file).forEach { line, isWhole in
            number += 1
            if number == 1, let header {
                let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
                guard line.starts(with: header.utf8) else { throw wrong }
                return
            }
            if isWhole, line.isEmpty { return }
            let isText = isWhole && line.withUnsafeBytes { String(validating: $0, as: UTF8.self) } != nil
            let isGood = try isText && visit(line.split(separator: separator, omittingEmptySubsequences: false))
            if !isGood { bad += 1 }
            // A file of another kind shows in its first lines.
            if header == nil, number == 20, bad == 20 { throw wrong }
        }
        guard number > (header == nil ? 0 : 1), bad < number - (header == nil ? 0 : 1) else { throw wrong }
        return bad
    }

    private static func file(in url: URL, _ isWanted: (String) -> Bool) throws -> URL {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw ReportsError(.fileUnreadable, "There is no \(url.path). Correct the path in “terminology”.")
        }
        guard isFolder.boolValue else { return url }
        let files =
            FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let found = files.filter { isWanted($0.lastPathComponent) }.sorted { $0.path < $1.path }
        guard let file = found.first(where: { $0.path.contains("-en") }) ?? found.first else {
            throw ReportsError(
                .badTerminology, "\(url.path) holds no terminology file. Name the release's folder or the file itself.")
        }
        return file
    }
}

/// A row of an RF2 description file.
private struct SNOMEDRow {
    let concept: UInt64
    let isActive: Bool
    let isFullName: Bool
    let term: String

    /// id effectiveTime active moduleId conceptId languageCode typeId term caseSignificanceId
    init?(_ fields: [ArraySlice<UInt8>]) {
        guard fields.count == 9, let concept = UInt64(String(decoding: fields[4], as: UTF8.self)), !fields[7].isEmpty,
            fields[2].elementsEqual("1".utf8) || fields[2].elementsEqual("0".utf8)
        else { return nil }
        self.concept = concept
        isActive = fields[2].elementsEqual("1".utf8)
        isFullName = fields[6].elementsEqual("900000000000003001".utf8)
        term = String(decoding: fields[7], as: UTF8.self)
    }

    private var tag: Substring? {
        guard term.hasSuffix(")"), let open = term.lastIndex(of: "(") else { return nil }
        return term[term.index(after: open)...].dropLast()
    }

    var nameWithoutKind: String {
        guard tag != nil, let open = term.lastIndex(of: "(") else { return term }
        return String(term[..<open])
    }

    /// `nil` for organisms, qualifiers, occupations and the like, which are no clinical terms of a report.
    var kindOfName: ClinicalTerms.Kind? {
        switch tag {
        case "disorder", "finding", "morphologic abnormality", "event": .finding
        case "procedure", "regime/therapy": .procedure
        case "product", "medicinal product", "substance", "clinical drug", "medicinal product form": .drug
        case "body structure", "cell structure": .anatomy
        case "observable entity", "physical object", "situation": .other
        default: nil
        }
    }
}
