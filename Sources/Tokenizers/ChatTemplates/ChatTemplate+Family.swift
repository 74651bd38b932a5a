extension ChatTemplate {
    /// Families with a built-in template, for folders that carry none.
    public enum Family: String, Sendable, CaseIterable {
        /// `<s>[INST] … [/INST] … </s>` with the system message in `<<SYS>>`, Llama 2.
        case llama2
        /// `<|start_header_id|>role<|end_header_id|>`, Llama 3. Without the dates that later versions put in front.
        case llama3
        /// `<s>[INST] … [/INST] …</s>`; a system message goes before the first question.
        case mistral
        /// `<|im_start|>role`, also Qwen 2 and 2.5. No system message is made up where there is none.
        case chatML
        /// ChatML with Qwen 3's rules about `<think>`: only the answer to the last question keeps its reasoning.
        case qwen3
        /// `<start_of_turn>role`, the assistant being `model`; a system message goes before the first question.
        case gemma
        /// `Instruct: … Output: …`, Phi 2.
        case phi

        /// The family that a model belongs to by its `model_type` and its control tokens, if that is certain.
        ///
        /// Llama 2 and Mistral have no control tokens for chats; for them the type and the vocabulary decide, and a
        /// model that was trained with another format is not told from one that wasn't. A template in the folder always
        /// counts more.
        static func of(modelType: String?, tokenizer: Tokenizer) -> Family? {
            func has(_ tokens: String...) -> Bool { tokens.allSatisfy { tokenizer.id(of: $0) != nil } }
            switch modelType {
            case "qwen3" where has("<|im_start|>", "<|im_end|>"): return .qwen3
            case _ where has("<|im_start|>", "<|im_end|>"): return .chatML
            case "llama" where has("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"): return .llama3
            case "llama" where has("<s>", "</s>", "<0x0A>"): return .llama2
            case "mistral" where has("<s>", "</s>"), "mixtral" where has("<s>", "</s>"): return .mistral
            case "gemma" where has("<start_of_turn>", "<end_of_turn>"),
                "gemma2" where has("<start_of_turn>", "<end_of_turn>"):
                return .gemma
            case "phi": return .phi
            default: return nil
            }
        }
    }
}
