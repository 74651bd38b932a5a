internal import Foundation

/// The resources of one file that others may refer to: patients, encounters, practitioners, organizations, binaries.
struct FHIRContext {
    struct Entry {
        var resource: JSONTree
        /// Where it stands in the file: `Bundle.entry[2].resource`.
        var path: String
    }

    private static let kept: Set<String> = [
        "Patient", "RelatedPerson", "Encounter", "Practitioner", "PractitionerRole", "Organization", "Binary",
    ]
    private var index: [String: Entry] = [:]
    /// Links of attachments: a Binary behind one of them is no document of its own.
    private var links: Set<String> = []

    /// Takes a resource, or all of a bundle, into the index.
    mutating func add(_ resource: JSONTree, path: String, fullURL: String? = nil) {
        let type = resource["resourceType"]?.text ?? ""
        if type == "Bundle" {
            for (position, entry) in (resource["entry"]?.elements ?? []).enumerated() {
                guard let inner = entry["resource"] else { continue }
                add(inner, path: "\(path).entry[\(position)].resource", fullURL: entry["fullUrl"]?.text)
            }
            return
        }
        addLinks(of: resource)
        guard Self.kept.contains(type) else { return }
        let entry = Entry(resource: resource, path: path)
        if let fullURL { index[fullURL] = entry }
        if let id = resource["id"]?.text { index["\(type)/\(id)"] = entry }
    }

    private mutating func addLinks(of resource: JSONTree) {
        let forms = resource["presentedForm"]?.elements ?? []
        let contents = (resource["content"]?.elements ?? []).compactMap { $0["attachment"] }
        for attachment in forms + contents {
            guard let url = attachment["url"]?.text, !url.hasPrefix("data:") else { continue }
            links.insert(Self.relative(url) ?? url)
        }
    }

    /// Whether a document of this file has the binary as its attachment.
    func isReferenced(_ binary: JSONTree) -> Bool {
        guard let id = binary["id"]?.text else { return false }
        return links.contains("Binary/\(id)") || links.contains("urn:uuid:\(id)")
    }

    /// The resource that a reference means: contained (`#x`), by full URL, or by type and id.
    func resolve(_ reference: String, in container: JSONTree, at path: String) -> Entry? {
        if reference.hasPrefix("#") {
            let id = String(reference.dropFirst())
            for (position, resource) in (container["contained"]?.elements ?? []).enumerated()
            where resource["id"]?.text == id {
                return Entry(resource: resource, path: "\(path).contained[\(position)]")
            }
            return nil
        }
        return index[reference] ?? Self.relative(reference).flatMap { index[$0] }
    }

    /// `https://server/fhir/Patient/7/_history/2` → `Patient/7`; `nil` for UUIDs and fragments, which mean nothing outside
    /// their file.
    static func relative(_ reference: String) -> String? {
        guard !reference.hasPrefix("urn:"), !reference.hasPrefix("#") else { return nil }
        var parts = reference.split(separator: "/").map(String.init)
        if let history = parts.firstIndex(of: "_history") { parts = Array(parts[..<history]) }
        guard parts.count >= 2 else { return nil }
        return parts.suffix(2).joined(separator: "/")
    }
}
