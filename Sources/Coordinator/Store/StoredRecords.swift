import ConsiliumCore
import Federation
import Foundation
import Identity

/// A clinic's request under a token, and the admin's answer once there is one.
struct StoredEnrolment: Sendable, Equatable {
    var tokenID: String
    var request: EnrolmentRequest
    var grant: EnrolmentGrant?
}

/// A job that was accepted: its signed form, its content and how far it has come.
struct StoredJob: Sendable, Equatable {
    var document: SignedDocument<JobManifest>
    var manifest: JobManifest
    var hash: ContentHash
    var machine: JobStateMachine

    var id: JobID { manifest.id }
}

/// Which update is meant: one clinic delivers at most one a round.
struct UpdateKey: Sendable, Hashable {
    var job: JobID
    var round: Int
    var clinic: ClinicID
}

/// An update that was announced, with what has arrived of it.
struct StoredUpdate: Sendable, Equatable {
    var document: SignedDocument<UpdateManifest>
    var manifest: UpdateManifest
    var receivedChunks: Set<Int>
    var complete: Bool

    var status: UploadStatus { UploadStatus(receivedChunks: receivedChunks.sorted(), complete: complete) }
}

/// What is stored together with a change of a job's state: all of it, or nothing.
enum JobWrite: Sendable {
    case consent(ClinicID, SignedDocument<Consent>)
    case completedUpdate(UpdateKey)
    case result(round: Int, adapter: ContentHash, SignedDocument<RoundResult>)
}
