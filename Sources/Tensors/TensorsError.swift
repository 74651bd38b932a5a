public import ConsiliumCore

/// Faults of tensor files and of the memory for tensors.
public struct TensorsError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case fileUnreadable = "tensors.file-unreadable"
        case malformedFile = "tensors.malformed-file"
        case missingTensor = "tensors.missing-tensor"
        case unsupportedType = "tensors.unsupported-type"
        case wrongShape = "tensors.wrong-shape"
        case outOfMemory = "tensors.out-of-memory"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory {
        switch code {
        case .fileUnreadable, .outOfMemory: .inputOutput
        case .malformedFile, .missingTensor, .unsupportedType, .wrongShape: .badData
        }
    }

    public static func == (left: TensorsError, right: TensorsError) -> Bool { left.code == right.code }
}
