/// FedAvg (McMahan et al. 2017) on adapter deltas with equal weights.
///
/// A weight that depends on a clinic's data would be private information and would break the sensitivity of the sum.
public enum FederatedAveraging {
    /// adapter ← adapter + mean of the deltas, in layout order.
    ///
    /// - Parameter meanDelta: the decoded mean over the participants.
    /// - Throws: ``FederationError`` `.adapterMismatch` if the lengths differ or a value is not finite.
    public static func apply(meanDelta: [Float], to adapter: inout AdapterFile) throws {
        guard meanDelta.count == adapter.values.count else {
            throw FederationError(
                .adapterMismatch, "The average has \(meanDelta.count) numbers; the adapter has \(adapter.values.count)."
            )
        }
        guard meanDelta.allSatisfy(\.isFinite) else {
            throw FederationError(
                .updateMalformed, "The average contains NaN or infinite values; the round is not published.")
        }
        for index in meanDelta.indices { adapter.values[index] += meanDelta[index] }
    }
}
