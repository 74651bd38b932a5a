internal import CKernels
internal import Foundation

extension SafetensorsFile {
    /// All elements of a float tensor (F64, F32, F16, BF16), row-major, as float32.
    /// - Throws: ``TensorsError`` `.missingTensor`, or `.unsupportedType` for integers, booleans and 8-bit floats.
    public func floats(_ name: String) throws -> [Float] {
        let count = try entry(name).count
        var values = [Float](repeating: 0, count: count)
        try values.withUnsafeMutableBufferPointer { try read(name, into: $0) }
        return values
    }

    /// Like ``floats(_:)``, into memory of the caller, which must have exactly the tensor's count.
    public func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws {
        let entry = try entry(name)
        guard destination.count == entry.count else {
            throw TensorsError(
                .wrongShape,
                "“\(name)” in \(url.path) has \(entry.count) elements where \(destination.count) are expected.")
        }
        guard let target = destination.baseAddress else { return }
        try read(name, elements: 0..<entry.count, into: target)
    }

    /// Some elements of a float tensor, counted row by row, as float32.
    /// - Throws: as ``floats(_:)``, and `.wrongShape` if the tensor ends before.
    public func read(_ name: String, elements: Range<Int>, into target: UnsafeMutablePointer<Float>) throws {
        let entry = try entry(name)
        guard elements.lowerBound >= 0, elements.upperBound <= entry.count else {
            throw TensorsError(.wrongShape, "“\(name)” in \(url.path) has only \(entry.count) elements.")
        }
        guard entry.type.isFloat else {
            throw TensorsError(
                .unsupportedType, "“\(name)” in \(url.path) has the type \(entry.type.rawValue), which is no float.")
        }
        guard let start = bytes(of: entry).baseAddress else { return }
        entry.type.widen(start + elements.lowerBound * entry.type.size, count: elements.count, into: target)
    }

    /// Rows of the transpose: `columns` of a tensor [rows, width] as dense rows [columns, rows] of float32.
    /// - Throws: as ``read(_:elements:into:)``; `.wrongShape` unless the tensor is a matrix with these columns.
    public func readTransposed(_ name: String, columns: Range<Int>, into target: UnsafeMutablePointer<Float>) throws {
        let entry = try entry(name)
        guard entry.shape.count == 2, columns.lowerBound >= 0, columns.upperBound <= entry.shape[1] else {
            throw TensorsError(.wrongShape, "“\(name)” in \(url.path) is not a matrix with \(columns) columns.")
        }
        guard entry.type.isFloat else { return try read(name, elements: 0..<0, into: target) }
        let (rows, width) = (entry.shape[0], entry.shape[1])
        guard let data = bytes(of: entry).baseAddress else { return }
        let height = 64
        let piece = UnsafeMutablePointer<Float>.allocate(capacity: height * max(columns.count, 1))
        defer { piece.deallocate() }
        for top in stride(from: 0, to: rows, by: height) {
            let count = min(height, rows - top)
            for row in 0..<count {
                let start = ((top + row) * width + columns.lowerBound) * entry.type.size
                entry.type.widen(data + start, count: columns.count, into: piece + row * columns.count)
            }
            consilium_transpose(target + top, rows, piece, columns.count, count, columns.count)
        }
    }

    /// Gives the tensor's pages back to the system; reading them again is still right.
    public func release(_ name: String) {
        guard let entry = try? entry(name) else { return }
        file.release(bytes(of: entry))
    }
}
