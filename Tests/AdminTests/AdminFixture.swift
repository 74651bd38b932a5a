import Admin
import ConsiliumTesting
import Federation
import Foundation
import Identity

/// A founded consortium with keys of a coordinator and of clinics, all on this machine; no network.
struct AdminFixture {
    let folder: TemporaryFolder
    let home: AdminHome
    let made: AdminHome.Initialization
    let coordinator = PeerKeys()
    let date = Date(timeIntervalSince1970: 1_790_000_000)

    init() async throws {
        folder = try TemporaryFolder()
        home = AdminHome(folder.path("admin"))
        made = try await home.initialize(
            consortium: "Test", request: Self.request(coordinator), coordinatorURL: nil, at: date)
    }

    static func request(_ keys: PeerKeys, dnsNames: [String] = ["localhost"]) throws -> CoordinatorRequest {
        CoordinatorRequest(
            tlsRequest: try keys.tls.certificateRequest(), signingKey: keys.signing.publicKey, dnsNames: dnsNames,
            ipAddresses: [])
    }

    /// A token as `token create` makes it, without the upload.
    func token(_ clinic: String, validFor seconds: Double = 3600) throws -> EnrolmentToken {
        let token = try EnrolmentToken(clinic: ClinicID(clinic))
        let record = token.record(issued: date, expires: date.addingTimeInterval(seconds))
        try home.tokens.save(StoredToken(record: record, name: "Clinic \(clinic)"))
        return token
    }

    /// Enrols these clinics and returns their requests.
    @discardableResult
    func enrol(_ clinics: [String]) async throws -> [EnrolmentRequest] {
        let requests = try clinics.map { try EnrolmentRequest(token: token($0), keys: PeerKeys(), at: date) }
        let desk = EnrolmentDesk(home: home)
        _ = try await desk.admit(desk.review(requests, at: date).candidates, at: date)
        return requests
    }

    /// A base model's folder of which the job needs configuration and hash; the weights are no numbers of any use.
    func baseModel() throws -> URL {
        try folder.write(
            "model/config.json",
            """
            {"model_type":"llama","hidden_size":16,"intermediate_size":32,"num_hidden_layers":2,"num_attention_heads":2,
             "vocab_size":64,"max_position_embeddings":128,"hidden_act":"silu"}
            """)
        try folder.write("model/model.safetensors", "weights")
        return folder.path("model")
    }

    /// A complete draft; `change` may replace any text in it.
    func draftText(_ changes: [String: String] = [:]) -> String {
        changes.reduce(Self.draft) { $0.replacing($1.key, with: $1.value) }
    }

    static let draft = """
        id: test-job
        title: A test
        purpose: To see that drafts become jobs.
        baseModel:
          path: model
        recipe:
          rank: 4
          alpha: 8
          targets: attention
          localSteps: 3
          sequenceLength: 32
          optimizer:
            learningRate: 1e-2
          seed: 7
        privacy:
          epsilon: 8
          delta: 1e-5
          clipNorm: 0.3
          expectedPatients: 32
        aggregation:
          rule: fedit
          secureAggregation: off
          updateClipNorm: 50
          minimumClinics: 2
        rounds: 6

        """
}
