internal import CKernels

/// Operations on flat parameter vectors of the host: norms, sums and the optimizer's update.
public enum VectorOperations {
    /// The L2 norm, accumulated in double precision.
    public static func norm(_ values: UnsafeBufferPointer<Float>) -> Double {
        guard let base = values.baseAddress else { return 0 }
        return consilium_squared_norm(base, values.count).squareRoot()
    }

    /// values *= factor
    public static func scale(_ values: UnsafeMutableBufferPointer<Float>, by factor: Float) {
        guard let base = values.baseAddress else { return }
        consilium_scale(base, factor, values.count)
    }

    /// sum += factor · values, in double precision and in the order of the indices.
    public static func add(_ values: UnsafeBufferPointer<Float>, times factor: Double, to sum: inout [Double]) {
        guard let base = values.baseAddress else { return }
        let count = min(values.count, sum.count)
        consilium_add_scaled_to_double(&sum, base, factor, count)
    }

    /// sum += values
    public static func add(_ values: UnsafeBufferPointer<Float>, to sum: inout [Float]) {
        guard let base = values.baseAddress else { return }
        let count = min(values.count, sum.count)
        consilium_add(&sum, base, count)
    }

    /// What one AdamW update needs beside the vectors.
    public struct AdamStep: Sendable {
        public var rate: Float
        public var beta1: Float
        public var beta2: Float
        public var epsilon: Float
        public var weightDecay: Float
        /// The number of this update, from 1, for the bias correction.
        public var number: Int

        public init(rate: Float, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float, number: Int) {
            self.rate = rate
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.weightDecay = weightDecay
            self.number = number
        }
    }

    /// AdamW (Loshchilov & Hutter 2019) on `range` of the vectors.
    public static func adamW(
        _ parameters: inout [Float], gradient: [Float], first: inout [Float], second: inout [Float],
        range: Range<Int>, step: AdamStep
    ) {
        let last = min(parameters.count, gradient.count, first.count, second.count)
        guard range.lowerBound >= 0, range.upperBound <= last, !range.isEmpty else { return }
        let correction1 = 1 - power(Double(step.beta1), step.number)
        let correction2 = 1 - power(Double(step.beta2), step.number)
        let start = range.lowerBound
        parameters.withUnsafeMutableBufferPointer { parameters in
            first.withUnsafeMutableBufferPointer { first in
                second.withUnsafeMutableBufferPointer { second in
                    gradient.withUnsafeBufferPointer { gradient in
                        guard let p = parameters.baseAddress, let m = first.baseAddress, let v = second.baseAddress,
                            let g = gradient.baseAddress
                        else { return }
                        consilium_adamw(
                            p + start, g + start, m + start, v + start, range.count, step.rate, step.beta1, step.beta2,
                            step.epsilon, step.weightDecay, Float(correction1), Float(correction2))
                    }
                }
            }
        }
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        var square = base
        var rest = max(exponent, 0)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
