// swift-tools-version:6.2
import PackageDescription

// The targets without dependencies outside of the toolchain, and their tests, as a package of their own: instrumenting
// all of the real package would compile its TLS library with every sanitizer. `make sanitize` builds it.
// The targets' folders are symbolic links, because SwiftPM builds nothing that lies outside of a package.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// One version of each kernel, the baseline's, which the tests on a newer processor otherwise never reach.
let kernelFlags: [CSetting] = [
    .unsafeFlags([
        "-O1", "-g", "-fno-omit-frame-pointer", "-fno-math-errno", "-ffp-contract=fast", "-Dtarget_clones(...)=",
        "-fsanitize=undefined,float-cast-overflow",
    ])
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["ConsiliumTesting", "ConsiliumCore"], resources: resources,
        swiftSettings: strict)
}

let tensors: [Target] = [
    .target(name: "CKernels", cSettings: kernelFlags),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
    module("ConsiliumCore", ["COpenSSL"]),
    module("Tensors", ["ConsiliumCore", "CKernels", "COpenBLAS"]),
    // Without what needs modules that are left out here.
    module("ConsiliumTesting", ["ConsiliumCore"], exclude: ["ThrowawayConsortium.swift"]),
    tests("TensorsTests", ["Tensors", "CKernels"]),
]

// Not built where threads are checked: only the tensors have their own.
let readers: [Target] = [
    module("Tokenizers", ["ConsiliumCore"]),
    module("LanguageModels", ["ConsiliumCore", "Tensors", "Tokenizers"]),
    tests("TokenizersTests", ["Tokenizers"], resources: [.copy("Vectors")]),
    tests("LanguageModelsTests", ["LanguageModels", "Tensors"], resources: [.copy("Vectors")]),
]

let package = Package(
    name: "sanitizers",
    targets: tensors + (Context.environment["CONSILIUM_SANITIZER"] == "thread" ? [] : readers),
    swiftLanguageModes: [.v6]
)
