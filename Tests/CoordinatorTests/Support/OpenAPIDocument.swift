import ConsiliumTesting
import Foundation
import Yams

/// `coordinator/openapi.yaml`, as far as tests compare it with the server.
struct OpenAPIDocument {
    struct Operation {
        /// `GET /v1/jobs/{job}`
        var name: String
        var path: String
        var method: String
        /// Whether a request needs no certificate.
        var isOpen: Bool
        /// By status.
        var responses: [Int: [String: Any]]
    }

    let operations: [Operation]
    private let root: [String: Any]

    init() throws {
        let file = SharedData.packageRoot.appendingPathComponent("coordinator/openapi.yaml")
        root = try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? [String: Any] ?? [:]
        var operations: [Operation] = []
        for (path, value) in root["paths"] as? [String: [String: Any]] ?? [:] {
            for (method, content) in value where method != "parameters" {
                let content = content as? [String: Any] ?? [:]
                var responses: [Int: [String: Any]] = [:]
                for (status, response) in content["responses"] as? [String: Any] ?? [:] {
                    responses[Int(status) ?? 0] = resolved(response, in: root)
                }
                operations.append(
                    Operation(
                        name: "\(method.uppercased()) \(path)", path: path, method: method.uppercased(),
                        isOpen: (content["security"] as? [Any])?.isEmpty == true, responses: responses))
            }
        }
        self.operations = operations.sorted { $0.name < $1.name }
    }

    /// What is wrong with the JSON of an answer by the operation's schema; empty for one that fits or has no schema.
    func faults(in json: Any, of operation: Operation, status: Int) -> [String] {
        let content = operation.responses[status]?["content"] as? [String: Any]
        let media = content?["application/json"] as? [String: Any]
        guard let schema = media?["schema"] else { return ["a body where none is described"] }
        return faults(json, schema, at: "$")
    }

    private func faults(_ value: Any, _ schema: Any, at place: String) -> [String] {
        let schema = resolved(schema, in: root)
        var found: [String] = []
        func expect(_ holds: Bool, _ what: String) { if !holds { found.append("\(place): \(what)") } }
        switch schema["type"] as? String {
        case "object":
            guard let object = value as? [String: Any] else { return ["\(place): no object"] }
            let known = schema["properties"] as? [String: Any] ?? [:]
            for name in schema["required"] as? [String] ?? [] { expect(object[name] != nil, "lacks \(name)") }
            if let least = schema["minProperties"] as? Int { expect(object.count >= least, "too few properties") }
            if let most = schema["maxProperties"] as? Int { expect(object.count <= most, "too many properties") }
            for (name, part) in object {
                if let inner = known[name] {
                    found += faults(part, inner, at: "\(place).\(name)")
                } else {
                    expect(schema["additionalProperties"] as? Bool != false, "has \(name)")
                }
            }
        case "array":
            guard let list = value as? [Any] else { return ["\(place): no array"] }
            if let items = schema["items"] {
                for (index, item) in list.enumerated() { found += faults(item, items, at: "\(place)[\(index)]") }
            }
        case "string":
            guard let text = value as? String else { return ["\(place): no string"] }
            if let pattern = schema["pattern"] as? String {
                expect(text.range(of: pattern, options: .regularExpression) != nil, "does not match \(pattern)")
            }
        case "integer":
            guard let number = value as? Int else { return ["\(place): no integer"] }
            if let least = schema["minimum"] as? Int { expect(number >= least, "is below \(least)") }
        case "number": expect(value is Double || value is Int, "no number")
        case "boolean": expect(value is Bool, "no boolean")
        default: break
        }
        if let words = schema["enum"] as? [String] {
            expect((value as? String).map(words.contains) == true, "\(value)")
        }
        if let word = schema["const"] as? String { expect(value as? String == word, "is not \(word)") }
        return found
    }
}

/// The content behind a `$ref`.
private func resolved(_ value: Any, in root: [String: Any]) -> [String: Any] {
    guard let object = value as? [String: Any] else { return [:] }
    guard let reference = object["$ref"] as? String else { return object }
    var place: Any = root
    for part in reference.split(separator: "/").dropFirst() { place = (place as? [String: Any])?[String(part)] ?? [:] }
    return resolved(place, in: root)
}
