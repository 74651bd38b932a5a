import ConsiliumCore
import Foundation
import LanguageModels
import Testing
import Tokenizers

@testable import Node

@Suite("Requests of the OpenAI interface")
struct RequestDecodingTests {
    private func chat(_ json: String) throws -> ChatCompletionRequest {
        try WireJSON.decode(ChatCompletionRequest.self, from: Data(json.utf8))
    }

    @Test("all that a client may say arrives")
    func whole() throws {
        let request = try chat(
            """
            {"model": "m", "messages": [{"role": "developer", "content": "Be brief."},
              {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "name": "x"},
              {"role": "assistant", "content": null}],
             "max_tokens": 5, "max_completion_tokens": 7, "temperature": 0.5, "top_p": 0.9, "top_k": 40, "seed": -1,
             "stop": "END", "stream": true, "stream_options": {"include_usage": true}, "n": 1, "user": "u",
             "frequency_penalty": 0, "tools": [], "response_format": {"type": "text"}, "logprobs": true,
             "top_logprobs": 3, "metadata": {"anything": [1, null]}}
            """)
        #expect(
            request.messages == [
                ChatMessage(role: .system, content: "Be brief."), ChatMessage(role: .user, content: "ab"),
                ChatMessage(role: .assistant, content: ""),
            ])
        #expect(request.alternatives == 3)
        #expect(request.sampling.isStreamed && request.sampling.includesUsage)
        #expect(
            request.sampling.settings(fallback: 99)
                == SamplingSettings(
                    maximumTokens: 7, temperature: 0.5, topK: 40, topP: 0.9, seed: .max, stopStrings: ["END"]))
    }

    @Test("what is left out has a default")
    func defaults() throws {
        let request = try chat(#"{"model": "m", "messages": [{"role": "user", "content": "a"}], "stop": null}"#)
        #expect(request.alternatives == nil && !request.sampling.isStreamed)
        #expect(request.sampling.settings(fallback: 99) == SamplingSettings(maximumTokens: 99))
    }

    @Test(
        "what can't be done is refused by name, without a word of the text",
        arguments: [
            ("", nil), ("secret", nil), ("[1]", nil), (#"{"model": "m", "max_tokens": 1e99}"#, nil), ("{}", "model"),
            (#"{"model": 5}"#, "model"),
            (#"{"model": "m"}"#, "messages"), (#"{"model": "m", "messages": []}"#, "messages"),
            (#"{"model": "m", "messages": "secret"}"#, "messages"),
            (#"{"model": "m", "messages": [{"content": "secret"}]}"#, "messages.0.role"),
            (#"{"model": "m", "messages": [{"role": "secret", "content": "a"}]}"#, "messages"),
            (#"{"model": "m", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}"#, "messages"),
        ]
            + [
                (#""n": 2"#, "n"), (#""max_tokens": 0"#, "max_tokens"), (#""max_tokens": "5""#, "max_tokens"),
                (#""temperature": 2.5"#, "temperature"),
                (#""temperature": -1"#, "temperature"), (#""top_p": 0"#, "top_p"),
                (#""presence_penalty": 1"#, "presence_penalty"), (#""logit_bias": {"5": 1}"#, "logit_bias"),
                (#""tools": [{"type": "function"}]"#, "tools"), (#""top_logprobs": 2"#, "top_logprobs"),
                (#""logprobs": true, "top_logprobs": 21"#, "top_logprobs"), (#""stop": [""]"#, "stop"),
                (#""stop": 5"#, "stop"), (#""response_format": {"type": "json_object"}"#, "response_format"),
                (#""stream": "yes""#, "stream"),
            ].map { (#"{"model": "m", "messages": [{"role": "user", "content": "secret"}], \#($0)}"#, $1) })
    func refused(json: String, parameter: String?) throws {
        do {
            _ = try chat(json)
            Issue.record("taken")
        } catch let fault as OpenAIFault {
            #expect(fault.status == 400)
            #expect(fault.body.param == parameter)
            #expect(fault.body.type == "invalid_request_error")
            #expect(!fault.body.message.contains("secret") && fault.body.message.hasSuffix("."))
        }
    }

    @Test(
        "a completion's prompt has four forms",
        arguments: [
            (#""a""#, [CompletionRequest.Prompt.text("a")]), (#"["a", "b"]"#, [.text("a"), .text("b")]),
            ("[1, 2]", [.tokens([1, 2])]), ("[[1], [2, 3]]", [.tokens([1]), .tokens([2, 3])]),
        ])
    func prompts(json: String, expected: [CompletionRequest.Prompt]) throws {
        let body = #"{"model": "m", "prompt": \#(json), "logprobs": 2}"#
        let request = try WireJSON.decode(CompletionRequest.self, from: Data(body.utf8))
        #expect(request.prompts == expected && request.alternatives == 2)
    }

    @Test("damaged requests are refused, and never more than that")
    func fuzz() throws {
        let good = Array(
            #"{"model":"m","messages":[{"role":"user","content":"text"}],"max_tokens":5,"stop":["x"],"stream":true}"#
                .utf8)
        var generator = ReproducibleGenerator(seed: 7)
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: place)
                }
            }
            do {
                _ = try WireJSON.decode(ChatCompletionRequest.self, from: Data(bytes))
            } catch let fault as OpenAIFault {
                #expect(fault.status == 400)
            }
        }
    }

    @Test("a client that hangs up is no failure of the server")
    func hangUp() {
        let fault = FaultMiddleware.translate(CancellationError())
        #expect((400..<500).contains(fault.status) && fault.retryAfter == nil)
    }
}
