/// How examples are made of a report, as the site configuration declares it.
public struct ExampleTemplate: Sendable, Hashable, Codable {
    /// Which reports it fits.
    public struct Condition: Sendable, Hashable, Codable {
        /// Sections that must be there, such as `findings` or `impression|assessment`. Those of the placeholders must be too.
        public var sections: [String] = []
        /// Words of the record's kind, such as `radiology`; a report of no such kind is left out. Empty: all kinds.
        public var kinds: [String] = []

        public init(sections: [String] = [], kinds: [String] = []) {
            self.sections = sections
            self.kinds = kinds
        }
    }

    /// As the data card names it: letters, digits, hyphens.
    public var name: String
    public var when: Condition
    /// What the model is given; `nil` for continued text.
    public var prompt: String?
    /// What it learns to write.
    public var response: String

    public init(name: String, when: Condition = Condition(), prompt: String?, response: String) {
        self.name = name
        self.when = when
        self.prompt = prompt
        self.response = response
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case name, when, prompt, response }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    /// Reads the name of a built-in template, or a template with its parts.
    /// - Throws: ``ReportsError`` `.badConfiguration` for a name or a key that does not exist.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard let template = Self.builtIn.first(where: { $0.name == name }) else {
                let known = Self.builtIn.map(\.name).joined(separator: ", ")
                throw Self.refused("“\(name.prefix(60))” is no built-in template; there are: \(known).")
            }
            self = template
            return
        }
        try Self.check(decoder, CodingKeys.allCases.map(\.rawValue), "a template")
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        guard let name = try fields.decodeIfPresent(String.self, forKey: .name),
            let response = try fields.decodeIfPresent(String.self, forKey: .response)
        else { throw Self.refused("a template needs “name” and “response”, or is the name of a built-in one.") }
        self.name = name
        self.response = response
        when = Condition()
        if fields.contains(.when) {
            try Self.check(fields.superDecoder(forKey: .when), ["sections", "kinds"], "“when”")
            let condition = try fields.nestedContainer(keyedBy: AnyKey.self, forKey: .when)
            for key in condition.allKeys {
                let list = try condition.decode([String].self, forKey: key)
                if key.stringValue == "kinds" { when.kinds = list } else { when.sections = list }
            }
        }
        prompt = try fields.decodeIfPresent(String.self, forKey: .prompt)
    }

    /// A built-in template is written as its name.
    public func encode(to encoder: any Encoder) throws {
        if Self.builtIn.contains(self) {
            var container = encoder.singleValueContainer()
            return try container.encode(name)
        }
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(when, forKey: .when)
        try fields.encodeIfPresent(prompt, forKey: .prompt)
        try fields.encode(response, forKey: .response)
    }

    private static func check(_ decoder: any Decoder, _ known: [String], _ place: String) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            let keys = known.joined(separator: ", ")
            throw refused("“\(key.stringValue.prefix(60))” is no key of \(place); there are: \(keys).")
        }
    }

    static func refused(_ sentence: String) -> ReportsError {
        // The path tells the reader of the configuration that this message names the place already.
        ReportsError(.badConfiguration, "“examples.templates”: \(sentence)")
    }
}
