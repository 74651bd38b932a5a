/// The numbers of a secure sum. They follow from the number of clinics alone, so that no coordinator can choose weaker
/// ones: each side computes them and refuses others.
public struct SecureSumParameters: Codable, Sendable, Equatable {
    /// With fewer there is nothing to hide among.
    public static let fewestClinics = 3
    /// From here on each clinic shares masks with some others, not with all (Bell et al. 2020).
    public static let completeUpTo = 64
    /// With how many others, then.
    public static let sparseNeighbors = 64
    public static let mostClinics = 2000
    /// After so many attempts a round is given up. It also bounds how often a coordinator may draw the graph anew.
    public static let mostAttempts = 1000

    /// n
    public let clinics: Int
    /// How many must go on at every step, t = ⌊2n/3⌋ + 1: with up to n/3 corrupt clinics, two sets of survivors can't both
    /// be signed by so many.
    public let threshold: Int
    /// With how many others each clinic shares a mask.
    public let neighbors: Int
    /// How many of the holders of a clinic's shares can restore its secrets.
    public let shareThreshold: Int
    /// How many clinics are assumed to collude with the coordinator: ⌊(n-1)/3⌋, at least one.
    public let colluding: Int
    /// How many honest clinics must be in a sum, so that none of them stands alone in it.
    public let fewestHonest: Int

    /// - Throws: ``SecureAggregationError`` `.invalidParameter` for fewer than three clinics, or too many.
    public init(clinics: Int) throws {
        guard (Self.fewestClinics...Self.mostClinics).contains(clinics) else {
            throw SecureAggregationError(
                .invalidParameter,
                "A secure sum is over \(Self.fewestClinics) to \(Self.mostClinics) clinics; these are \(clinics).")
        }
        self.clinics = clinics
        threshold = 2 * clinics / 3 + 1
        let isComplete = clinics <= Self.completeUpTo
        neighbors = isComplete ? clinics - 1 : Self.sparseNeighbors
        shareThreshold = isComplete ? threshold : 2 * Self.sparseNeighbors / 3 + 1
        colluding = max(1, (clinics - 1) / 3)
        fewestHonest = 2
    }
}
