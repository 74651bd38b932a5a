#!/usr/bin/env python3
"""Uses a running `consilium-node serve` through OpenAI's own client, unchanged: pip install openai

    check-openai-client.py http://127.0.0.1:8081/v1 TOKEN MODEL

Prints one JSON object; exits with 1 at the first thing that is not as the interface promises.
"""
import json
import sys
import threading
import time

import openai

base, token, model = sys.argv[1:4]
client = openai.OpenAI(base_url=base, api_key=token, max_retries=0)
checked = []


def check(what, holds):
    if not holds:
        print(f"failed: {what}", file=sys.stderr)
        sys.exit(1)
    checked.append(what)


def refused(what, kind, call):
    try:
        call()
    except kind as error:
        check(what, error.message != "")
        return error
    check(what, False)


check("models", [item.id for item in client.models.list()] == [model])
check("one model", client.models.retrieve(model).id == model)

messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What helps against pain?"}]
whole = client.chat.completions.create(model=model, messages=messages, max_tokens=24, temperature=0)
text = whole.choices[0].message.content
check("chat", whole.choices[0].finish_reason in ("stop", "length") and isinstance(text, str))
check("usage", whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens > 0)

pieces, reasons, usage = [], [], None
for chunk in client.chat.completions.create(
    model=model, messages=messages, max_tokens=24, temperature=0, stream=True, stream_options={"include_usage": True}
):
    usage = chunk.usage or usage
    for choice in chunk.choices:
        pieces.append(choice.delta.content or "")
        if choice.finish_reason:
            reasons.append(choice.finish_reason)
check("a stream adds up to the whole", "".join(pieces) == text and reasons == [whole.choices[0].finish_reason])
check("a stream's usage", usage.completion_tokens == whole.usage.completion_tokens)
check("known prefixes are told", usage.prompt_tokens_details.cached_tokens > 0)

drawn = [
    client.chat.completions.create(model=model, messages=messages, max_tokens=24, temperature=1.2, top_p=0.95, seed=5)
    .choices[0].message.content
    for _ in range(2)
]
check("equal seeds give equal text", drawn[0] == drawn[1])

probabilities = client.chat.completions.create(
    model=model, messages=messages, max_tokens=6, temperature=0, logprobs=True, top_logprobs=3
).choices[0].logprobs.content
check(
    "logprobs",
    all(len(item.top_logprobs) == 3 and item.logprob <= 0 and item.top_logprobs[0].logprob >= item.logprob
        for item in probabilities) and len(probabilities) > 0,
)

completion = client.completions.create(model=model, prompt="The patient", max_tokens=24, temperature=0)
continued = completion.choices[0].text
check("completion", isinstance(continued, str))
streamed = client.completions.create(model=model, prompt="The patient", max_tokens=24, temperature=0, stream=True)
check("a streamed completion", "".join(chunk.choices[0].text for chunk in streamed if chunk.choices) == continued)
if len(continued) > 6:
    stop = continued[3:6]
    cut = client.completions.create(model=model, prompt="The patient", max_tokens=24, temperature=0, stop=[stop])
    check("a stop string", cut.choices[0].text == continued[: continued.index(stop)])
    check("its reason", cut.choices[0].finish_reason == "stop")
several = client.completions.create(model=model, prompt=["The patient", "The"], max_tokens=8, temperature=0, logprobs=2)
check("several prompts", [item.index for item in several.choices] == [0, 1])
check("completion logprobs", len(several.choices[0].logprobs.tokens) == len(several.choices[0].logprobs.token_logprobs))

refused("a wrong token", openai.AuthenticationError,
        lambda: openai.OpenAI(base_url=base, api_key="wrong", max_retries=0).models.list())
refused("an unknown model", openai.NotFoundError,
        lambda: client.chat.completions.create(model="other", messages=messages))
error = refused("a prompt that is too long", openai.BadRequestError,
                lambda: client.completions.create(model=model, prompt="pain " * 40000))
check("its code", error.code == "context_length_exceeded")
refused("two answers", openai.BadRequestError,
        lambda: client.chat.completions.create(model=model, messages=messages, n=2))
refused("a tool", openai.BadRequestError, lambda: client.chat.completions.create(
    model=model, messages=messages, tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}]))

# Clients that hang up in the middle of a stream must not stay in the way of others.
for _ in range(8):
    stream = client.completions.create(model=model, prompt="The", max_tokens=400, temperature=1.5, stream=True)
    next(iter(stream))
    stream.close()
begun = time.monotonic()
client.completions.create(model=model, prompt="The", max_tokens=2)
check("after hang-ups", time.monotonic() - begun < 60)

# A hundred at once: each is answered, or told to come back.
outcomes = []


def ask(number):
    try:
        reply = openai.OpenAI(base_url=base, api_key=token, max_retries=0, timeout=300).chat.completions.create(
            model=model, messages=[{"role": "user", "content": f"Question {number % 7}"}], max_tokens=8, temperature=0)
        outcomes.append(("answered", number % 7, reply.choices[0].message.content))
    except (openai.RateLimitError, openai.InternalServerError) as error:
        outcomes.append(("busy", error.status_code, None))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
        outcomes.append(("broken", type(error).__name__, None))


threads = [threading.Thread(target=ask, args=(number,)) for number in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
kinds = [outcome[0] for outcome in outcomes]
check("a hundred at once", "broken" not in kinds and kinds.count("answered") >= 4)
for number in range(7):
    check("equal questions get equal answers",
          len({text for kind, of, text in outcomes if kind == "answered" and of == number}) <= 1)
print(json.dumps({"checked": len(checked), "client": openai.__version__, "answered": kinds.count("answered"),
                  "busy": kinds.count("busy")}))
