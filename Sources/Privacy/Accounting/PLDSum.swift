internal import Foundation

/// The losses of a whole plan in one direction: independent sums of the losses of its steps.
struct PLDSum: Sendable {
    enum Direction: Sendable {
        /// The patient is taken away: losses under P.
        case remove
        /// The patient is added: the losses under Q, with the sign changed.
        case add
    }

    /// A mechanism with its steps. Its points are kept, or made again each time where there are very many parts.
    struct Part: Sendable {
        let steps: Double
        let infinite: (with: Double, without: Double)
        let losses: ClosedRange<Double>
        private let kept: PLDPoints?
        private let make: @Sendable () -> PLDPoints

        var points: PLDPoints { kept ?? make() }

        init(steps: Double, keeps: Bool, _ make: @escaping @Sendable () -> PLDPoints) {
            self.steps = steps
            self.make = make
            let points = make()
            infinite = points.infinite
            let smallest = points.loss.min() ?? 0
            losses = smallest...max(smallest, points.loss.max() ?? 0)
            kept = keeps ? points : nil
        }
    }

    var parts: [Part]
    var direction: Direction

    /// The exponent of the likelihood ratio under Q that tilts the losses by `tilt`.
    func exponent(_ tilt: Double) -> Double { direction == .remove ? 1 + tilt : -tilt }

    /// log E[exp(tilt × loss)]
    func logMoment(_ tilt: Double) -> Double {
        let exponent = exponent(tilt)
        return parts.reduce(0) { $0 + $1.steps * $1.points.logMoment(exponent) }
    }

    /// At most so much mass has an infinite loss.
    var infiniteMass: Double {
        parts.reduce(0) {
            $0 + $1.steps * (direction == .remove ? $1.infinite.with : $1.infinite.without)
        }
    }

    /// The largest finite loss.
    var largestLoss: Double {
        parts.reduce(0) { $0 + $1.steps * (direction == .remove ? $1.losses.upperBound : -$1.losses.lowerBound) }
    }

    /// Chernoff's bound on epsilon at `delta`, with the factor of Canonne, Kamath, Steinke 2020, proposition 12, and the tilt that
    /// gives it.
    func chernoff(delta: Double, near start: Double) -> (epsilon: Double, tilt: Double) {
        let tilt = Self.minimum(near: start) { (logMoment($0) - log(delta) + Self.logFactor($0)) / $0 }
        return (max(0, (logMoment(tilt) - log(delta) + Self.logFactor(tilt)) / tilt), tilt)
    }

    /// Chernoff's bound on log delta at `epsilon`.
    func chernoff(epsilon: Double, near start: Double) -> (logDelta: Double, tilt: Double) {
        let tilt = Self.minimum(near: start) { logMoment($0) - $0 * epsilon + Self.logFactor($0) }
        return (min(0, logMoment(tilt) - tilt * epsilon + Self.logFactor(tilt)), tilt)
    }

    /// A loss that is exceeded with probability e^`logMass` at most, and the tilt that proves it.
    ///
    /// The tilt is at most 30 times `start`: where the losses have a largest one, any larger tilt would only be a little better.
    func top(logMass: Double, near start: Double) -> (loss: Double, tilt: Double) {
        let tilt = Self.minimum(near: start, limit: 30 * start) { (logMoment($0) - logMass) / $0 }
        return ((logMoment(tilt) - logMass) / tilt, tilt)
    }

    /// log of the largest (1 - e^-x) e^(-tilt x)
    static func logFactor(_ tilt: Double) -> Double { -tilt * log1p(1 / tilt) - log1p(tilt) }

    /// The place of the minimum of a function with one, over positive numbers, to about a tenth.
    private static func minimum(near start: Double, limit: Double = 1e6, _ value: (Double) -> Double) -> Double {
        var place = log(start)
        let width = log(3.0)
        var (left, middle, right) = (value(exp(place - width)), value(start), value(exp(place + width)))
        for _ in 0..<24 where left < middle || right < middle {
            guard left < middle || place + 2 * width < log(limit) else { break }
            if left < middle {
                (place, right, middle) = (place - width, middle, left)
                left = value(exp(place - width))
            } else {
                (place, left, middle) = (place + width, middle, right)
                right = value(exp(place + width))
            }
        }
        // Parabolas through the three, each narrower.
        var side = width
        for _ in 0..<3 {
            let curvature = left - 2 * middle + right
            let shift = curvature > 0 ? side * (left - right) / (2 * curvature) : 0
            guard shift.isFinite, abs(shift) > 0.05 else { break }
            let next = place + shift
            let found = value(exp(next))
            guard found < middle else { break }
            place = next
            middle = found
            side /= 3
            left = value(exp(place - side))
            right = value(exp(place + side))
            if left < middle || right < middle {
                place += left < right ? -side : side
                break
            }
        }
        return exp(place)
    }
}
