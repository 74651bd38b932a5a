/// The families of models that are built, named as `model_type` in `config.json`.
public enum ModelFamily: String, Sendable, CaseIterable, Codable {
    case llama, mistral, mixtral, qwen2, qwen3, gemma, gemma2, phi, gpt2, biogpt, bert
}
