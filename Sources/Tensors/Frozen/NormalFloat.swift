internal import CKernels

/// NF4: the sixteen values for numbers that are normally distributed.
public enum NormalFloat {
    /// Ascending, as printed in Dettmers et al. 2023 (QLoRA), appendix E.
    ///
    /// They are quantiles of the normal distribution divided by the largest of them: eight steps of equal probability from
    /// 0.9677083 down to one half on the positive side, seven on the negative side, and zero.
    public static let codebook: [Float] = [
        -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
        -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634,
        0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0,
    ]

    /// Undoes double quantization: map[codes[i]] · groupScales[i / group] + offset, each operation rounded.
    ///
    /// - Parameters:
    ///   - map: 256 values.
    ///   - groupScales: one for `group` codes; empty result if there are too few.
    public static func scales(
        codes: [UInt8], map: [Float], groupScales: [Float], group: Int, offset: Float
    ) -> [Float] {
        guard map.count == 256, group > 0, groupScales.count >= (codes.count + group - 1) / group else { return [] }
        return [Float](unsafeUninitializedCapacity: codes.count) { buffer, initialized in
            if let base = buffer.baseAddress {
                consilium_nf4_nested_scales(base, codes, map, groupScales, offset, group, codes.count)
            }
            initialized = codes.count
        }
    }

    /// Unpacks `count` elements whose blocks need not end with rows; the last block may be short.
    ///
    /// - Parameters:
    ///   - packed: (count + 1) / 2 bytes.
    ///   - scales: one a block of 64.
    ///   - codebook: 16 values.
    /// - Throws: ``TensorsError`` `.wrongShape` if one of them has another size.
    public static func unpack(
        _ packed: UnsafeRawBufferPointer, count: Int, scales: [Float], codebook: [Float],
        rounding: FrozenMatrix.Rounding
    ) throws -> [Float] {
        let block = FrozenMatrix.blockSize
        guard count > 0, packed.count == (count + 1) / 2, scales.count == (count + block - 1) / block,
            codebook.count == 16, let base = packed.baseAddress
        else {
            throw TensorsError(.wrongShape, "The bytes, scales and codebook are not those of \(count) weights in NF4.")
        }
        // Blocks run through the flat matrix, so that it may as well be one long row.
        return scales.withUnsafeBufferPointer { scales in
            codebook.withUnsafeBufferPointer { codebook in
                FrozenMatrix(
                    format: .nf4, rows: 1, columns: count, data: base, scales: scales.baseAddress,
                    codebook: codebook.baseAddress, rounding: rounding, owners: []
                ).floats()
            }
        }
    }
}
