// swift-tools-version:6.2
import PackageDescription

// Language mode 6 brings complete concurrency checking; the three features make every import and every existential visible.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// Hot loops must be fast in debug builds too, or the tests crawl.
let kernelFlags: [CSetting] = [
    .unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=fast", "-Wall", "-Wextra", "-Werror"])
]

// `#embed` came with C23.
let embedFlags: [CSetting] = [.unsafeFlags(["-std=c23"])]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbirdPlain: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
]
let hummingbird = hummingbirdPlain + [.product(name: "HummingbirdTLS", package: "hummingbird")]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "consilium",
    products: [
        .executable(name: "consilium-node", targets: ["consilium-node"]),
        .executable(name: "consilium-coordinator", targets: ["consilium-coordinator"]),
        .executable(name: "consilium-admin", targets: ["consilium-admin"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // MARK: Numbers. Nothing here knows the network, the disk layout of a clinic, or text.
        .target(name: "CKernels", cSettings: kernelFlags),
        // The GPU kernels as texts (#embed): a machine with a GPU compiles them.
        .target(name: "CUDAKernels", exclude: ["kernels"], cSettings: kernelFlags + embedFlags),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        module("ConsiliumCore", ["COpenSSL"]),
        module("Tensors", ["ConsiliumCore", "CKernels", "COpenBLAS"]),
        // NVIDIA's libraries are opened at run time.
        module("CUDA", ["ConsiliumCore", "CUDAKernels", "Tensors"]),
        module("Tokenizers", ["ConsiliumCore"]),
        module("LanguageModels", ["ConsiliumCore", "Tensors", "Tokenizers"]),
        module("FineTuning", ["ConsiliumCore", "LanguageModels", "Tensors", "Tokenizers", "Privacy"]),
        module("Evaluation", ["ConsiliumCore", "LanguageModels", "Tokenizers"]),

        // MARK: Text. Only `Node` may see these.
        // The models of the learned tagger are compiled in (#embed), so that one program file has all it needs.
        .target(
            name: "CTaggers", exclude: ["english.tagger", "spanish.tagger"], cSettings: kernelFlags + embedFlags),
        module("Deidentification", ["ConsiliumCore", "CTaggers"]),
        .target(name: "CChildProcess", cSettings: kernelFlags),
        module("Reports", ["ConsiliumCore", "Deidentification", "CChildProcess", "COpenSSL", grdb]),

        // MARK: Privacy and identity.
        module("Privacy", ["ConsiliumCore", "CKernels", "COpenSSL"]),
        module("SecureAggregation", ["ConsiliumCore", "Privacy", "CKernels", "COpenSSL", crypto]),
        module("Ledger", ["ConsiliumCore", "Privacy", crypto, grdb]),
        module("Identity", ["ConsiliumCore", crypto, x509, asn1]),
        module("Federation", ["ConsiliumCore", "Tensors", "Identity", crypto]),

        // MARK: The wire and the three roles.
        module(
            "Transport",
            [
                "ConsiliumCore", "Federation", "Identity", "SecureAggregation", httpClient, nioCore, nioFoundation,
                nioHTTP1, nioSSL, nioPosix,
                logging, yams,
            ]),
        module(
            "Node",
            [
                "CUDA", "ConsiliumCore", "Deidentification", "Evaluation", "Federation", "FineTuning", "Identity",
                "LanguageModels",
                "Ledger", "Privacy", "Reports", "SecureAggregation", "Tensors", "Tokenizers", "Transport", crypto, grdb,
                httpTypes, logging, nioCore, nioFoundation, yams,
            ] + hummingbirdPlain),
        module(
            "Coordinator",
            [
                "ConsiliumCore", "Federation", "Identity", "SecureAggregation", "Tensors", "Transport", grdb, httpTypes,
                lifecycle, logging, nioCore, nioFoundation, nioSSL, yams,
            ] + hummingbird),
        module(
            "Admin",
            [
                "ConsiliumCore", "Evaluation", "Federation", "FineTuning", "Identity", "LanguageModels", "Ledger",
                "Privacy", "Tensors", "Tokenizers",
                "Transport",
                crypto, logging, yams,
            ]),
        module("CommandLineSupport", ["ConsiliumCore", argumentParser]),
        program(
            "consilium-node",
            [
                "CommandLineSupport", "ConsiliumCore", "Node", "Deidentification", "Evaluation", "Federation",
                "FineTuning", "Identity",
                "LanguageModels", "Ledger", "Reports", "Tensors", "Tokenizers", argumentParser, logging,
            ]),
        program(
            "consilium-coordinator",
            ["CommandLineSupport", "ConsiliumCore", "Coordinator", "Federation", argumentParser, logging]),
        program(
            "consilium-admin",
            [
                "CommandLineSupport", "ConsiliumCore", "Admin", "Federation", "Identity", "Ledger", "Privacy",
                "Transport", argumentParser,
                logging,
            ]),

        // Measures the federation (`make bench-federation`); no product.
        program(
            "consilium-bench",
            [
                "CommandLineSupport", "ConsiliumCore", "Federation", "Identity", "Node", "Privacy", "SecureAggregation",
                "Transport", argumentParser,
            ]),

        // MARK: Tests.
        module("ConsiliumTesting", ["ConsiliumCore", "Identity", "Federation"]),
        // The GPU kernels as functions of the processor.
        .target(
            name: "CUDAEmulation", path: "Tests/CUDAEmulation",
            cxxSettings: [
                .headerSearchPath("."),
                .unsafeFlags(["-std=c++17", "-O2", "-ftls-model=initial-exec", "-Wall", "-Wextra", "-Werror"]),
            ]),
        tests("ConsiliumCoreTests", ["ConsiliumCore", "ConsiliumTesting"]),
        tests("TensorsTests", ["Tensors", "CKernels", "ConsiliumTesting", "ConsiliumCore"]),
        // NVIDIA's libraries for tests: memory of the host, kernels in the emulation.
        .target(name: "CUDAFakes", dependencies: ["CUDAEmulation"], path: "Tests/CUDAFakes"),
        tests(
            "CUDATests",
            [
                "CUDA", "CUDAFakes", "FineTuning", "LanguageModels", "Tensors", "Privacy", "ConsiliumTesting",
                "ConsiliumCore",
            ]),
        tests("CUDAKernelsTests", ["CUDAKernels", "CUDAEmulation", "ConsiliumTesting", "ConsiliumCore"]),
        tests("TokenizersTests", ["Tokenizers", "ConsiliumTesting", "ConsiliumCore"], resources: [.copy("Vectors")]),
        tests(
            "LanguageModelsTests",
            ["LanguageModels", "Tensors", "ConsiliumTesting", "ConsiliumCore"], resources: [.copy("Vectors")]),
        tests(
            "FineTuningTests",
            ["FineTuning", "LanguageModels", "Privacy", "Tensors", "ConsiliumTesting", "ConsiliumCore"]),
        tests(
            "EvaluationTests", ["Evaluation", "LanguageModels", "Tokenizers", "ConsiliumTesting", "ConsiliumCore"],
            resources: [.copy("Vectors")]),
        tests(
            "DeidentificationTests", ["Deidentification", "CTaggers", "ConsiliumTesting", "ConsiliumCore"],
            exclude: ["Notes", "Vectors"]),
        tests("ReportsTests", ["Reports", "Deidentification", "ConsiliumTesting", "ConsiliumCore", grdb]),
        tests("PrivacyTests", ["Privacy", "ConsiliumTesting", "ConsiliumCore"], resources: [.copy("Vectors")]),
        tests(
            "SecureAggregationTests", ["SecureAggregation", "ConsiliumTesting", "ConsiliumCore", crypto],
            resources: [.copy("Vectors")]),
        tests("LedgerTests", ["Ledger", "Privacy", "ConsiliumTesting", "ConsiliumCore", crypto, grdb]),
        tests("IdentityTests", ["Identity", "ConsiliumTesting", "ConsiliumCore", crypto, x509]),
        tests("FederationTests", ["Federation", "Identity", "Tensors", "ConsiliumTesting", "ConsiliumCore"]),
        tests(
            "CoordinatorTests",
            [
                "Coordinator", "Transport", "Federation", "Identity", "Tensors", "SecureAggregation",
                "ConsiliumTesting",
                "ConsiliumCore", logging, nioCore, yams,
            ] + hummingbird),
        tests(
            "AdminTests",
            [
                "Admin", "Federation", "Identity", "LanguageModels", "Ledger", "Privacy", "Tensors", "ConsiliumTesting",
                "ConsiliumCore", crypto, grdb,
            ]),
        tests(
            "NodeTests",
            [
                "Node", "ConsiliumTesting", "ConsiliumCore", "Federation", "Identity", "Reports", "SecureAggregation",
                "Transport", grdb,
            ]),
        tests(
            "CLITests", ["CommandLineSupport", "ConsiliumTesting", "ConsiliumCore", argumentParser],
            resources: [.copy("Golden")]),
        tests(
            "ReliabilityTests",
            [
                "Node", "Coordinator", "Transport", "Federation", "Identity", "Ledger", "Privacy", "LanguageModels",
                "Reports",
                "SecureAggregation", "Tensors", "ConsiliumTesting", "ConsiliumCore", httpClient, httpTypes, logging,
                nioCore,
                nioEmbedded,
                nioFoundation, nioHTTP1,
            ] + hummingbirdPlain),
        tests("EndToEndTests", ["ConsiliumTesting", "ConsiliumCore", "Tensors", nioCore, nioPosix]),
    ],
    swiftLanguageModes: [.v6]
)
