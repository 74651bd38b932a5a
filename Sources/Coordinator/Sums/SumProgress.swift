import Foundation
import Identity

/// The adding of a round's masked updates, as the job's state remembers it. What the clinics said in an attempt is stored
/// apart, see ``SecureSumDesk``.
struct SumProgress: Codable, Sendable, Equatable {
    /// Those who were ready when the sum began: the same in all attempts.
    var clinics: [ClinicID]
    /// From 1.
    var attempt: Int
    /// When the job is given up if no attempt has been opened.
    var until: Date
}
