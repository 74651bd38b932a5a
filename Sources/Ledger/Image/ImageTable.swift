internal import Foundation

/// Walks one table's tree and hands out its rows in order of their keys. Each page of the file may be used once.
struct ImageTable {
    let file: Data
    private(set) var used: Set<Int> = []

    init(_ file: Data) { self.file = file }

    /// - Parameter row: key, stored row, and the page it is on.
    mutating func walk(
        root: Int, _ row: (Int, Data, Int) throws(ImageFault) -> Void
    ) throws(ImageFault) {
        _ = try walk(root, depth: 0, row)
    }

    /// - Returns: the largest key below this page, `nil` if there is no row.
    private mutating func walk(
        _ number: Int, depth: Int, _ row: (Int, Data, Int) throws(ImageFault) -> Void
    ) throws(ImageFault) -> Int? {
        guard depth < 20 else { throw ImageFault(page: number, "the tree is deeper than any ledger's") }
        let page = try ImagePage(take(number), number: number)
        // When the inner pages of a tree are split, at more than 100,000 rows, SQLite leaves old numbers in their gaps.
        if page.isLeaf || depth == 0 && isLeaf(page.rightChild) { try page.requireEmptyGap() }
        var ends: [Int] = []
        ends.reserveCapacity(page.cells.count)
        var last: Int?
        for cell in page.cells {
            var reader = ImageReader(page.bytes, at: cell, page: number)
            let key: Int
            if page.isLeaf {
                let length = try reader.variable()
                key = try reader.variable()
                let payload = try payload(length, &reader, page: number)
                try row(key, payload, number)
            } else {
                let child = try reader.integer(4)
                key = try reader.variable()
                guard try walk(child, depth: depth + 1, row) == key else {
                    throw ImageFault(page: number, "a key is not that of the last row below it")
                }
            }
            ends.append(reader.position)
            if let last, key <= last { throw ImageFault(page: number, "the rows are out of order") }
            last = key
        }
        try page.requireCoverage(ends)
        return page.isLeaf ? last : try walk(page.rightChild, depth: depth + 1, row)
    }

    private func isLeaf(_ number: Int) -> Bool {
        guard number > 1, number <= file.count / LedgerImage.pageSize else { return false }
        return file[file.startIndex + (number - 1) * LedgerImage.pageSize] == 13
    }

    private mutating func take(_ number: Int) throws(ImageFault) -> Data {
        guard number >= 1, number <= file.count / LedgerImage.pageSize else {
            throw ImageFault("a page number leads out of the file")
        }
        guard used.insert(number).inserted else { throw ImageFault(page: number, "two places use this page") }
        let start = file.startIndex + (number - 1) * LedgerImage.pageSize
        return file[start..<start + LedgerImage.pageSize]
    }

    /// A row's bytes: what is on the page itself, and the chain of pages that holds the rest of a long one.
    private mutating func payload(
        _ length: Int, _ reader: inout ImageReader, page: Int
    ) throws(ImageFault) -> Data {
        let usable = LedgerImage.pageSize, largest = usable - 35
        guard length <= file.count else { throw ImageFault(page: page, "a row is longer than the file") }
        guard length > largest else { return try reader.data(length) }
        let smallest = (usable - 12) * 32 / 255 - 23
        let wanted = smallest + (length - smallest) % (usable - 4)
        var payload = try reader.data(wanted <= largest ? wanted : smallest)
        var next = try reader.integer(4)
        while payload.count < length {
            let number = next
            let bytes = try take(number)
            var overflow = ImageReader(bytes, at: 0, page: number)
            next = try overflow.integer(4)
            payload += try overflow.data(min(usable - 4, length - payload.count))
            guard bytes.isZero(overflow.position..<usable) else {
                throw ImageFault(page: number, "bytes that belong to nothing are not zero")
            }
        }
        guard next == 0 else { throw ImageFault(page: page, "a row goes on behind its end") }
        return payload
    }
}
