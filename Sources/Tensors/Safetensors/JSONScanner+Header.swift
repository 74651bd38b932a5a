/// What a safetensors header says about one tensor, before anything of it is checked.
struct SafetensorsHeaderEntry: Equatable {
    var type = ""
    var shape: [Int] = []
    var begin = 0
    var end = 0
}

extension JSONScanner {
    /// The JSON header of a safetensors file. Only what the format allows is understood: objects of strings and of entries
    /// with `dtype`, `shape` and `data_offsets`. A duplicate key is an error.
    ///
    /// - Throws: ``Fault``.
    mutating func header() throws -> (entries: [String: SafetensorsHeaderEntry], metadata: [String: String]) {
        var entries: [String: SafetensorsHeaderEntry] = [:]
        var metadata: [String: String]?
        try object { scanner, name in
            if name == "__metadata__" {
                guard metadata == nil else { throw Fault(reason: "the metadata appears twice") }
                metadata = try scanner.strings()
            } else {
                guard entries[name] == nil else { throw Fault(reason: "a tensor is listed twice") }
                entries[name] = try scanner.entry()
            }
        }
        try finish()
        return (entries, metadata ?? [:])
    }

    private mutating func strings() throws -> [String: String] {
        var values: [String: String] = [:]
        try object { scanner, key in
            guard values[key] == nil else { throw Fault(reason: "a metadata key appears twice") }
            values[key] = try scanner.string()
        }
        return values
    }

    private mutating func entry() throws -> SafetensorsHeaderEntry {
        var entry = SafetensorsHeaderEntry()
        var seen: Set<String> = []
        try object { scanner, key in
            guard seen.insert(key).inserted else { throw Fault(reason: "a field of a tensor appears twice") }
            switch key {
            case "dtype": entry.type = try scanner.string()
            case "shape": entry.shape = try scanner.integers(limit: 64)
            case "data_offsets":
                let offsets = try scanner.integers(limit: 2)
                guard offsets.count == 2 else { throw Fault(reason: "data_offsets are not two numbers") }
                (entry.begin, entry.end) = (offsets[0], offsets[1])
            default: throw Fault(reason: "a tensor has a field that is none of dtype, shape and data_offsets")
            }
        }
        guard seen.count == 3 else { throw Fault(reason: "a tensor lacks dtype, shape or data_offsets") }
        return entry
    }
}
