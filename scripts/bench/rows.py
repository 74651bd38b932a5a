"""What is compared, and the bounds that are promised."""


def runs(threads, steps):
    """(name, kind, arguments) of every program that is run once in a round, a peer next to what it is compared with.

    Kinds: `own` is our `bench` command, `peer` a script in the peers' folder, `mixed` one in this folder that imports
    from it, `peak` the multiply-add loop.
    """
    common = ["--threads", str(threads), "--steps", str(steps)]
    many = ["--threads", str(threads), "--steps", str(3 * steps)]

    def own(name, what, *arguments):
        return (f"own {name}", "own", [what, *arguments, *common])

    def peft(name, *arguments):
        return (f"peft {name}", "peer", ["peft_lora.py", *arguments, *common, "--json", "-"])

    def opacus(name, mode):
        return (f"opacus {name}", "peer", ["opacus_lora.py", "--mode", mode, *private, *common])

    smol = ["--shape", "smol", "--batch", "4", "--seq", "256"]
    qwen = ["--shape", "qwen05", "--batch", "1", "--seq", "256"]
    small = ["--shape", "smol", "--batch", "1", "--seq", "64"]
    mixed = ["--shape", "smol", "--batch", "8", "--lengths", "32-256", "--supervised", "0.25"]
    private = ["--shape", "smol", "--batch", "8", "--seq", "128"]
    decode = ["--shape", "smol", "--threads", str(threads)]
    return [
        ("peak", "peak", []),
        own("smol", "train", *smol), peft("smol", *smol),
        own("qwen05", "train", *qwen), peft("qwen05", *qwen),
        # A step takes a second: more of them cost little and steady the median.
        ("own small", "own", ["train", *small, *many]),
        ("peft small", "peer", ["peft_lora.py", *small, *many, "--json", "-"]),
        own("mixed", "train", *mixed), ("peft mixed", "mixed", ["peft_mixed.py", *mixed, *common]),
        own("checkpointing", "train", *smol, "--checkpointing"), peft("checkpointing", *smol, "--checkpointing"),
        own("dp", "dp", *private),
        opacus("hooks", "hooks"), opacus("loop", "loop"),
        ("own decode", "own", ["decode", *decode]), ("peer decode", "peer", ["generate.py", *decode]),
        ("own decode int8", "own", ["decode", *decode, "--dtype", "int8"]),
    ]


def row(key, title, own, peer, must, aim, better="higher", unit="×"):
    """`own` and `peer` are a run and the field of its result that is compared."""
    return dict(key=key, title=title, own=own[0], own_field=own[1], peer=peer and peer[0], peer_field=peer and peer[1],
                must=must, aim=aim, better=better, unit=unit)


RATE = "tokens_per_second"
PEER_RATE = "tokens_per_s"
MEMORY = "peak_rss_mib"
ROWS = [
    row("smol", "tokens/s, smol 4 × 256, all supervised", ("own smol", RATE), ("peft smol", PEER_RATE), 1.30, 1.5),
    row("qwen05", "tokens/s, qwen05 1 × 256", ("own qwen05", RATE), ("peft qwen05", PEER_RATE), 1.30, 1.5),
    row("small", "tokens/s, smol 1 × 64", ("own small", RATE), ("peft small", PEER_RATE), 1.6, 1.9),
    row("mixed", "useful tokens/s, 8 lengths in 32–256, 25 % supervised", ("own mixed", "useful_tokens_per_second"),
        ("peft mixed", "useful_tokens_per_s"), 2.2, 2.6),
    row("memory", "peak RSS in MiB, smol 4 × 256", ("own smol", MEMORY), ("peft smol", MEMORY), 0.40, 0.30, "lower"),
    row("checkpointing", "peak RSS in MiB, smol 4 × 256, both with checkpointing", ("own checkpointing", MEMORY),
        ("peft checkpointing", MEMORY), 0.35, 0.22, "lower"),
    row("dp-time", "private step ÷ own ordinary step, 8 × 128", ("own dp", "time_ratio"), None, 1.05, 1.02, "lower"),
    row("dp-memory", "memory that the private step adds", ("own dp", "extra_mib"), None, 90, None, "lower", "MiB"),
    row("dp-opacus", "tokens/s of the private step against Opacus hooks", ("own dp", RATE), ("opacus hooks", PEER_RATE),
        1.3, 1.45),
    row("dp-loop", "tokens/s of the private step against one example at a time", ("own dp", RATE),
        ("opacus loop", PEER_RATE), 1.3, 1.45),
    row("peak", "GFLOP/s, smol 4 × 256, as a share of the multiply-add peak", ("own smol", "gflops"),
        ("peak", "fma_gflops"), 0.72, 0.80, unit="%"),
    row("decode", "decoded tokens/s, smol, fp32", ("own decode", RATE), ("peer decode", "decode_tokens_per_s"), 1.3, 1.5),
    row("decode-int8", "decoded tokens/s, smol, int8 against fp32", ("own decode int8", RATE),
        ("peer decode", "decode_tokens_per_s"), 3, 5),
]
