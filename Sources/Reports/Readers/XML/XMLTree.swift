internal import Foundation

/// An element of an XML document with its local name.
struct XMLTree {
    enum Child {
        case element(XMLTree)
        case text(String)
    }

    var name: String
    var attributes: [XMLAttribute]
    var children: [Child] = []

    /// The whole document, decoded by its byte order mark or declaration.
    /// - Throws: ``XMLScanner/Fault``, ``TextDecoding/Failure``.
    static func parse(_ data: Data) throws -> XMLTree {
        var scanner = XMLScanner(try XMLEncoding.utf8Bytes(of: data))
        var stack: [XMLTree] = []
        while true {
            switch try scanner.next() {
            case .start(let name, let attributes, let isEmpty):
                let element = XMLTree(name: name, attributes: attributes)
                if !isEmpty {
                    stack.append(element)
                } else if stack.isEmpty {
                    return try finished(element, &scanner)
                } else {
                    stack[stack.count - 1].children.append(.element(element))
                }
            case .text(let text): if !stack.isEmpty { stack[stack.count - 1].children.append(.text(text)) }
            case .end:
                guard let element = stack.popLast() else { throw XMLScanner.Fault.malformed(line: scanner.line) }
                if stack.isEmpty { return try finished(element, &scanner) }
                stack[stack.count - 1].children.append(.element(element))
            case .finish: throw XMLScanner.Fault.malformed(line: scanner.line)
            }
        }
    }

    /// Only comments may follow the root: half of another document would be dropped silently otherwise.
    private static func finished(_ root: XMLTree, _ scanner: inout XMLScanner) throws -> XMLTree {
        guard try scanner.next() == .finish else { throw XMLScanner.Fault.malformed(line: scanner.line) }
        return root
    }

    subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    var elements: some Sequence<XMLTree> {
        children.lazy.compactMap { child in
            if case .element(let element) = child { element } else { nil }
        }
    }

    /// The first child of that name.
    func first(_ name: String) -> XMLTree? { elements.first { $0.name == name } }

    func all(_ name: String) -> [XMLTree] { elements.filter { $0.name == name } }

    /// The first element at the end of a path of child names, looking through all branches.
    func at(_ path: String...) -> XMLTree? { path[...].isEmpty ? self : descend(path[...]) }

    private func descend(_ path: ArraySlice<String>) -> XMLTree? {
        guard let name = path.first else { return self }
        return elements.lazy.filter { $0.name == name }.compactMap { $0.descend(path.dropFirst()) }.first
    }

    /// All text below, as it stands.
    var text: String {
        var result = ""
        appendText(to: &result)
        return result
    }

    private func appendText(to result: inout String) {
        for child in children {
            switch child {
            case .text(let text): result += text
            case .element(let element): element.appendText(to: &result)
            }
        }
    }

    /// The text below with its white space collapsed, `nil` if there is none.
    var phrase: String? {
        let words = text.split { $0.isWhitespace }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
