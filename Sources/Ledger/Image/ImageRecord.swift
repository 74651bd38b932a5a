internal import Foundation

/// The values of one row as SQLite stores them; only the form that SQLite writes is accepted.
struct ImageRecord {
    enum Value: Equatable {
        case null
        case integer(Int)
        case blob(Data)
        case text(Data)
    }

    let values: [Value]

    init(_ payload: Data, columns: Int, page: Int) throws(ImageFault) {
        var header = ImageReader(payload, at: 0, page: page)
        let size = try header.variable()
        var kinds: [Int] = []
        while header.position < size { kinds.append(try header.variable()) }
        guard header.position == size, kinds.count == columns else {
            throw ImageFault(page: page, "a row has another number of columns than its table")
        }
        var body = ImageReader(payload, at: size, page: page)
        var values: [Value] = []
        for kind in kinds { values.append(try Self.value(kind, &body, page)) }
        guard body.position == payload.count else {
            throw ImageFault(page: page, "a row has bytes behind its last column")
        }
        self.values = values
    }

    private static func value(_ kind: Int, _ body: inout ImageReader, _ page: Int) throws(ImageFault) -> Value {
        switch kind {
        case 0: return .null
        case 8: return .integer(0)
        case 9: return .integer(1)
        case 1...6:
            let width = kind <= 4 ? kind : kind == 5 ? 6 : 8
            let shift = 64 - 8 * width
            let value = (try body.integer(width) << shift) >> shift
            guard self.kind(of: value) == kind else {
                throw ImageFault(page: page, "a number is stored in more bytes than it needs")
            }
            return .integer(value)
        case 12...:
            let content = try body.data((kind - 12) / 2)
            return kind % 2 == 0 ? .blob(content) : .text(content)
        default: throw ImageFault(page: page, "a column has a type that ledgers don't use")
        }
    }

    private static func kind(of value: Int) -> Int {
        if value == 0 { return 8 }
        if value == 1 { return 9 }
        for (kind, bits) in [(1, 7), (2, 15), (3, 23), (4, 31), (5, 47)] where value >> bits == 0 || value >> bits == -1
        {
            return kind
        }
        return 6
    }
}
