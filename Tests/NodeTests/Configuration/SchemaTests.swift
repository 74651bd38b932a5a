import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@testable import Node

/// `site-config/schema.json` is what editors check a configuration with; the loader is what counts. They must agree.
@Suite("The JSON schema and the loader")
struct SchemaTests {
    struct Setting: Sendable, CustomTestStringConvertible {
        let section: String
        let key: String
        /// A value that the schema allows, as YAML.
        let value: String
        var path: String { "\(section).\(key)" }
        var testDescription: String { path }
    }

    private static var schema: [String: Any] {
        let file = SharedData.packageRoot.appendingPathComponent("site-config/schema.json")
        let tree = (try? Data(contentsOf: file)).flatMap { try? JSONSerialization.jsonObject(with: $0) }
        return tree as? [String: Any] ?? [:]
    }

    private static func properties(_ tree: [String: Any]) -> [String: [String: Any]] {
        tree["properties"] as? [String: [String: Any]] ?? [:]
    }

    static let settings: [Setting] = properties(schema).flatMap { section, tree in
        properties(tree).map { Setting(section: section, key: $0, value: example($1)) }
    }.sorted { $0.path < $1.path }

    private static func example(_ property: [String: Any]) -> String {
        if let value = (property["examples"] as? [Any])?.first,
            let json = try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
        {
            // JSON is YAML.
            return String(decoding: json, as: UTF8.self)
        }
        if let values = property["enum"] as? [String] { return values.last ?? "" }
        switch property["type"] as? String {
        case "boolean": return property["default"] as? Bool == true ? "false" : "true"
        case "integer": return "2"
        case "number": return "0.0001"
        case "array": return "[/somewhere]"
        case "object": return "{text: body}"
        default:
            let pattern = property["pattern"] as? String ?? ""
            return pattern.contains("http") ? "\(pattern.dropFirst())example.org:8443" : "lakeside"
        }
    }

    @Test("the schema has all sections and leaves nothing open")
    func closed() {
        #expect(Self.settings.count == 37)
        #expect(Self.schema["additionalProperties"] as? Bool == false)
        #expect(Self.schema["required"] as? [String] == ["clinic"])
        for (_, tree) in Self.properties(Self.schema) { #expect(tree["additionalProperties"] as? Bool == false) }
    }

    @Test("the loader knows the schema's keys and no others")
    func sameKeys() throws {
        let site = SiteConfiguration(clinic: .init(id: try .init("lakeside")))
        var known: Set<String> = []
        for section in Mirror(reflecting: site).children {
            for setting in Mirror(reflecting: section.value).children {
                known.insert("\(section.label ?? "").\(setting.label ?? "")")
            }
        }
        #expect(known == Set(Self.settings.map(\.path)))
    }

    @Test("the loader takes every key with a value that the schema allows", arguments: settings)
    func accepted(setting: Setting) throws {
        let folder = try TemporaryFolder()
        let clinic = setting.section == "clinic" ? "" : "clinic:\n  id: lakeside\n"
        let identity = setting.path == "clinic.name" ? "  id: summit\n" : ""
        let yaml = "\(clinic)\(setting.section):\n\(identity)  \(setting.key): \(setting.value)\n"
        let site = try SiteConfiguration.load(from: folder.write("site.yaml", yaml))
        let plain = try SiteConfiguration.load(
            from: folder.write("plain.yaml", "clinic:\n  id: \(identity.isEmpty ? "lakeside" : "summit")\n"))
        // The key was not just let through: but for the id itself, something is different now.
        if setting.path != "clinic.id" { #expect(site != plain) }
    }

    @Test("what the schema calls the default is the loader's", arguments: settings)
    func defaults(setting: Setting) throws {
        let section = try #require(Self.properties(Self.schema)[setting.section])
        let property = try #require(Self.properties(section)[setting.key])
        let site = SiteConfiguration(clinic: .init(id: try .init("lakeside")))
        let encoded = try JSONSerialization.jsonObject(with: CanonicalJSON.encode(site)) as? [String: [String: Any]]
        let value = encoded?[setting.section]?[setting.key]
        if setting.section == "clinic" { return #expect(property["default"] == nil) }
        switch property["default"] {
        case nil: #expect(value == nil)
        case let expected as NSObject: #expect(expected.isEqual(value))
        default: Issue.record("The default of \(setting.path) is of a type that this test does not know.")
        }
    }
}
