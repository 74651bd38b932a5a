/// How frozen weights are kept in memory. All arithmetic with them is in float32.
public enum BaseStorage: String, Sendable, CaseIterable, Codable {
    /// As the checkpoint has them, but small models in float32.
    case automatic = "auto"
    case float32 = "fp32"
    case bfloat16 = "bf16"
    /// One signed byte a weight, one scale a row.
    case int8
    /// Four bits a weight, one scale for 64 of them: the layout of bitsandbytes.
    case nf4
}
