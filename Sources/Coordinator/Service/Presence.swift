import Federation
import Foundation
import Identity

/// When each clinic was last heard of. Written at most every ten seconds a clinic: it is for people, and each write is a flush.
actor Presence {
    private let store: any CoordinatorStore
    private var written: [ClinicID: Date] = [:]

    init(store: any CoordinatorStore) { self.store = store }

    func saw(_ clinic: ClinicID, at date: Date) async {
        if let last = written[clinic], date.timeIntervalSince(last) < 10 { return }
        written[clinic] = date
        // Losing it harms nobody, and a full disk will be reported by what matters.
        try? await store.saw(clinic, at: date)
    }
}
