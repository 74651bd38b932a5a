import Foundation
import Synchronization

/// What is counted while the server runs. Everything else that ``MetricsPage`` shows is read from the store.
final class Metrics: Sendable {
    private struct Series: Hashable {
        var family: MetricFamily
        var labels: [String]
    }

    private struct State {
        var counters: [Series: Double] = [:]
        var histograms: [Series: MetricsHistogram] = [:]
    }

    private let state = Mutex(State())

    /// One answered request.
    ///
    /// - Parameters:
    ///   - route: the path with its parameters in braces, never the path itself: series must not grow with what clients send.
    ///   - seconds: until the answer began.
    func answered(method: String, route: String, status: Int, seconds: Double, received: Int, sent: Int) {
        state.withLock { state in
            state.counters[Series(family: .requests, labels: [method, route, String(status)]), default: 0] += 1
            if received > 0 {
                state.counters[Series(family: .requestBytes, labels: [route]), default: 0] += Double(received)
            }
            if sent > 0 { state.counters[Series(family: .responseBytes, labels: [route]), default: 0] += Double(sent) }
            Self.observe(Series(family: .requestSeconds, labels: [route]), seconds, in: &state)
        }
    }

    /// One answer that is no success.
    func refused(code: String) {
        state.withLock { $0.counters[Series(family: .errors, labels: [code]), default: 0] += 1 }
    }

    /// One averaged round.
    func averaged(seconds: Double) {
        state.withLock { Self.observe(Series(family: .averagingSeconds, labels: []), seconds, in: &$0) }
    }

    private static func observe(_ series: Series, _ value: Double, in state: inout State) {
        let bounds = series.family.buckets
        state.histograms[series, default: MetricsHistogram(bounds: bounds.count)].observe(value, bounds)
    }

    /// Adds everything in a fixed order.
    func write(to text: inout MetricsText) {
        let state = state.withLock { $0 }
        for family in MetricFamily.allCases {
            let names = Self.labelNames(of: family)
            func labelled(_ series: Series) -> [(name: String, value: String)] {
                Array(zip(names, series.labels)).map { (name: $0, value: $1) }
            }
            for (series, value) in Self.sorted(state.counters, family) { text.add(family, labelled(series), value) }
            for (series, value) in Self.sorted(state.histograms, family) { text.add(family, labelled(series), value) }
        }
    }

    private static func sorted<Value>(_ all: [Series: Value], _ family: MetricFamily) -> [(Series, Value)] {
        all.filter { $0.key.family == family }.sorted { $0.key.labels.lexicographicallyPrecedes($1.key.labels) }
            .map { ($0.key, $0.value) }
    }

    private static func labelNames(of family: MetricFamily) -> [String] {
        switch family {
        case .requests: ["method", "route", "status"]
        case .requestSeconds, .requestBytes, .responseBytes: ["route"]
        case .errors: ["code"]
        default: []
        }
    }
}
