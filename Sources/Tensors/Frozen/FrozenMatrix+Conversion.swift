extension FrozenMatrix {
    /// The same weights in another format, in memory of their own. Going to a narrower format rounds.
    /// - Throws: as ``FrozenMatrixWriter/init(format:rows:columns:)``.
    public func converted(to format: Format) throws -> FrozenMatrix {
        let writer = try FrozenMatrixWriter(format: format, rows: rows, columns: columns)
        try RowPanels.forEach(rows: rows, columns: columns) { range, scratch in
            read(rows: range, into: scratch)
            writer.write(scratch, rows: range)
        }
        return writer.finish()
    }

    /// Fills a matrix with numbers in [-bound, bound) that depend on `key` alone. Quick, and of no statistical quality: for
    /// models that measure speed.
    /// - Throws: as ``FrozenMatrixWriter/init(format:rows:columns:)``.
    public static func random(
        format: Format, rows: Int, columns: Int, key: UInt64, bound: Float
    ) throws -> FrozenMatrix {
        let writer = try FrozenMatrixWriter(format: format, rows: rows, columns: columns)
        try RowPanels.forEach(rows: rows, columns: columns) { range, scratch in
            UniformNumbers.fill(
                scratch, count: range.count * columns, key: key, first: range.lowerBound * columns, bound: bound)
            writer.write(scratch, rows: range)
        }
        return writer.finish()
    }
}
