internal import Foundation

/// The exponential function within bounds that keep products of it finite.
enum Exponential {
    static func of(_ value: Float) -> Float { exp(max(-20, min(20, value))) }
}
