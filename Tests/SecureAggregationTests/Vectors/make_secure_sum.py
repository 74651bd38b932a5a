#!/usr/bin/env python3
"""Known answers for the secure sum, computed without any cryptographic library.

    python3 make_secure_sum.py > secure-sum.json

X25519 (RFC 7748), Ed25519 (RFC 8032), AES (FIPS 197) in counter mode and GCM, HKDF over the standard library's HMAC, and
sharing over GF(2^8) are written out below and checked against the vectors of their standards first.
"""
import hashlib
import hmac
import json
import struct

# ---- Fields and curves

P = 2**255 - 19


def x25519(scalar, u):
    k = int.from_bytes(scalar, "little") & ~7 & ((1 << 255) - 1) | (1 << 254)
    x1 = int.from_bytes(u, "little") & ((1 << 255) - 1)
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a, c * b
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        aa, bb = a * a, b * b
        e = aa - bb
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def edwards_add(p, q):
    (x1, y1), (x2, y2) = p, q
    k = D * x1 * x2 * y1 * y2
    return (
        (x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P,
    )


def edwards_multiply(n, p):
    result = (0, 1)
    while n:
        if n & 1:
            result = edwards_add(result, p)
        p = edwards_add(p, p)
        n >>= 1
    return result


def edwards_base():
    y = 4 * pow(5, P - 2, P) % P
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x % 2 else x, y)


B = edwards_base()


def edwards_encode(p):
    return (p[1] | (p[0] & 1) << 255).to_bytes(32, "little")


def ed25519_secret(seed):
    h = hashlib.sha512(seed).digest()
    a = int.from_bytes(h[:32], "little") & ~7 & ((1 << 255) - 1) | (1 << 254)
    return a, h[32:]


def ed25519_public(seed):
    return edwards_encode(edwards_multiply(ed25519_secret(seed)[0], B))


def ed25519_sign(seed, message):
    a, prefix = ed25519_secret(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    point = edwards_encode(edwards_multiply(r, B))
    h = int.from_bytes(hashlib.sha512(point + ed25519_public(seed) + message).digest(), "little") % L
    return point + ((r + h * a) % L).to_bytes(32, "little")


# ---- GF(2^8), sharing


def gf(a, b):
    product = 0
    for _ in range(8):
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def gf_inverse(a):
    result = 1
    for _ in range(254):
        result = gf(result, a)
    return result


def share(coefficients, x):
    out = bytearray(len(coefficients[0]))
    power = 1
    for row in coefficients:
        for i, c in enumerate(row):
            out[i] ^= gf(c, power)
        power = gf(power, x)
    return bytes(out)


# ---- AES

SBOX = [0] * 256
for value in range(256):
    s = gf_inverse(value) if value else 0
    SBOX[value] = 0x63 ^ s ^ (s << 1 | s >> 7) & 255 ^ (s << 2 | s >> 6) & 255 ^ (s << 3 | s >> 5) & 255 ^ (s << 4 | s >> 4) & 255


def aes_block(key, block):
    nk = len(key) // 4
    rounds = nk + 6
    words = [key[4 * i:4 * i + 4] for i in range(nk)]
    rcon = 1
    for i in range(nk, 4 * (rounds + 1)):
        t = words[-1]
        if i % nk == 0:
            t = bytes(SBOX[b] for b in t[1:] + t[:1])
            t = bytes([t[0] ^ rcon]) + t[1:]
            rcon = gf(rcon, 2)
        elif nk > 6 and i % nk == 4:
            t = bytes(SBOX[b] for b in t)
        words.append(bytes(a ^ b for a, b in zip(words[i - nk], t)))
    keys = [b"".join(words[4 * r:4 * r + 4]) for r in range(rounds + 1)]
    state = bytes(a ^ b for a, b in zip(block, keys[0]))
    for r in range(1, rounds + 1):
        state = bytes(SBOX[b] for b in state)
        state = bytes(state[(i + 4 * (i % 4)) % 16] for i in range(16))
        if r < rounds:
            mixed = bytearray()
            for c in range(4):
                a = state[4 * c:4 * c + 4]
                for i in range(4):
                    mixed.append(gf(a[i], 2) ^ gf(a[(i + 1) % 4], 3) ^ a[(i + 2) % 4] ^ a[(i + 3) % 4])
            state = bytes(mixed)
        state = bytes(a ^ b for a, b in zip(state, keys[r]))
    return state


def aes_stream(key, length, offset=0):
    out = b"".join(aes_block(key, struct.pack(">QQ", 0, n)) for n in range(offset // 16, (offset + length + 15) // 16))
    return out[:length]


def gcm_seal(key, nonce, plain, aad):
    h = int.from_bytes(aes_block(key, bytes(16)), "big")

    def times(x):
        z, v = 0, h
        for i in range(127, -1, -1):
            if x >> i & 1:
                z ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
        return z

    pad = lambda b: b + bytes(-len(b) % 16)
    counter = lambda n: aes_block(key, nonce + struct.pack(">I", n))
    stream = b"".join(counter(n) for n in range(2, 2 + (len(plain) + 15) // 16))
    cipher = bytes(a ^ b for a, b in zip(plain, stream))
    y = 0
    for block in (pad(aad) + pad(cipher) + struct.pack(">QQ", 8 * len(aad), 8 * len(cipher)),):
        for i in range(0, len(block), 16):
            y = times(y ^ int.from_bytes(block[i:i + 16], "big"))
    tag = bytes(a ^ b for a, b in zip(y.to_bytes(16, "big"), counter(1)))
    return nonce + cipher + tag


def hkdf(secret, salt, info, length):
    prk = hmac.new(salt, secret, hashlib.sha256).digest()
    out, block, n = b"", b"", 1
    while len(out) < length:
        block = hmac.new(prk, block + info + bytes([n]), hashlib.sha256).digest()
        out += block
        n += 1
    return out[:length]


def check_standards():
    h = bytes.fromhex
    assert x25519(h("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                  h("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")).hex() == \
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    seed = h("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert ed25519_public(seed).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert ed25519_sign(seed, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    assert aes_block(h("000102030405060708090a0b0c0d0e0f"), h("00112233445566778899aabbccddeeff")).hex() == \
        "69c4e0d86a7b0430d8cdb78070b4c55a"
    assert aes_block(bytes(range(32)), h("00112233445566778899aabbccddeeff")).hex() == "8ea2b7ca516745bfeafc49904b496089"
    assert hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42).hex().startswith("3cb25f25faacd57a90434f64")
    # GCM test case 16 of the specification by McGrew and Viega.
    key = h("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    plain = h("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    aad = h("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert gcm_seal(key, h("cafebabefacedbaddecaf888"), plain, aad)[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"


# ---- The protocol's own definitions

sha = lambda data: hashlib.sha256(data).hexdigest()


def parameters(n):
    complete = n <= 64
    t = 2 * n // 3 + 1
    return {"clinics": n, "threshold": t, "neighbors": n - 1 if complete else 64, "shares": t if complete else 43,
            "colluding": max(1, (n - 1) // 3), "honest": 2}


def roster_hash(members):
    return sha("".join(f"{m} {k.hex()}\n" for m, k in members).encode())


def session_id(subject, attempt, members):
    p = parameters(len(members))
    clip = format(struct.unpack(">Q", struct.pack(">d", subject["clipNorm"]))[0], "x")
    lines = ["consilium-sa1", f"plan={subject['plan']}", f"round={subject['round']}", f"attempt={attempt}",
             f"roster={roster_hash(members)}", f"model={subject['model']}", f"layout={subject['layout']}",
             f"count={subject['count']}", f"clip={clip}"]
    lines += [f"{name}={p[name]}" for name in ("clinics", "threshold", "neighbors", "shares", "colluding", "honest")]
    return sha("".join(line + "\n" for line in lines).encode())


def holders(ids, sid):
    n = len(ids)
    if n <= 64:
        return {u: list(ids) for u in ids}
    ring = sorted(ids, key=lambda i: sha(f"graph\n{sid}\n{i}\n".encode()))
    return {u: sorted({ring[(p + s) % n] for s in range(-32, 33)}) for p, u in enumerate(ring)}


def words(data):
    return list(struct.unpack(f"<{len(data) // 4}I", data))


def main():
    check_standards()
    secret = lambda *parts: hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    subject = {"plan": sha(b"plan"), "round": 3, "model": sha(b"model"), "layout": sha(b"layout"), "count": 37,
               "clipNorm": 0.7}
    ids = ["clinic-a", "clinic-b", "clinic-c", "clinic-d", "clinic-e"]
    signing = {u: secret("sign", u) for u in ids}
    members = [(u, ed25519_public(signing[u])) for u in ids]
    sid = session_id(subject, 2, members)
    salt = bytes.fromhex(sid)
    seeds = {u: {"sharing": secret("sharing", u), "masking": secret("masking", u), "own": secret("own", u)} for u in ids}
    public = {u: {k: x25519(seeds[u][k], BASE) for k in ("sharing", "masking")} for u in ids}
    own = {u: hkdf(seeds[u]["own"], salt, b"self", 16) for u in ids}
    pair = lambda u, v: hkdf(x25519(seeds[u]["masking"], public[v]["masking"]), salt, b"mask", 16)
    box_key = lambda u, v: hkdf(x25519(seeds[u]["sharing"], public[v]["sharing"]), salt, f"share\n{u}\n{v}".encode(), 32)
    senders = ids[:4]          # clinic-e gives no shares
    survivors = ["clinic-a", "clinic-b", "clinic-d"]  # clinic-c delivers no update (below the threshold of 4: arithmetic only)
    count = subject["count"]
    values = {u: [int.from_bytes(secret("x", u, i)[:4], "big") % 4001 - 2000 for i in range(count)] for u in ids}
    masked = {}
    for u in senders:
        y = [x & 0xFFFFFFFF for x in values[u]]
        for i, m in enumerate(words(aes_stream(own[u], 4 * count))):
            y[i] = (y[i] + m) % 2**32
        for v in senders:
            if v == u:
                continue
            sign = 1 if u > v else -1
            for i, m in enumerate(words(aes_stream(pair(u, v), 4 * count))):
                y[i] = (y[i] + sign * m) % 2**32
        masked[u] = y
    rows = [secret("row", i) for i in range(4)]
    payload = json.dumps({"hello": "world"}, separators=(",", ":")).encode()
    many = [f"c{i:03}" for i in range(100)]
    many_members = [(u, secret("key", u)) for u in many]
    many_sid = session_id({**subject, "round": 1}, 1, many_members)
    context = f"{sid}\nclinic-a\nclinic-b\n{sha(b'keys')}\n".encode()
    print(json.dumps({
        "masks": [{"key": key.hex(), "offset": offset, "bytes": aes_stream(key, length, offset).hex()}
                  for key, offset, length in [(bytes(range(16)), 0, 64), (own["clinic-a"], 32, 40), (own["clinic-b"], 1 << 20, 36)]],
        "sharing": [{"threshold": t, "coefficients": b"".join(rows[:t]).hex(), "points": points,
                     "shares": [share(rows[:t], x).hex() for x in points]}
                    for t, points in [(1, [1, 9]), (3, [1, 2, 3]), (4, [1, 2, 7, 200, 255])]],
        "session": {"subject": subject, "attempt": 2,
                    "members": [{"id": u, "seed": signing[u].hex(), "key": k.hex()} for u, k in members],
                    "roster": roster_hash(members), "id": sid,
                    "seeds": {u: {k: v.hex() for k, v in seeds[u].items()} for u in ids},
                    "public": {u: {k: v.hex() for k, v in public[u].items()} for u in ids},
                    "own": {u: own[u].hex() for u in ids},
                    "pairs": [{"one": u, "other": v, "key": pair(u, v).hex()} for u in ids for v in ids if u < v],
                    "boxes": [{"from": u, "to": v, "key": box_key(u, v).hex()} for u in ids[:2] for v in ids if u != v],
                    "senders": senders, "survivors": survivors, "values": values, "masked": masked,
                    "sum": [sum(values[u][i] for u in survivors) for i in range(count)],
                    "keysHash": sha("".join(f"{u} {sha(u.encode())}\n" for u in ids).encode()),
                    "sendersHash": sha("".join(f"{u}\n" for u in senders).encode())},
        "box": {"key": box_key("clinic-a", "clinic-b").hex(), "context": context.decode(),
                "seed": rows[0].hex(), "share": rows[1].hex(),
                "sealed": gcm_seal(box_key("clinic-a", "clinic-b"), bytes(range(12)), rows[0] + rows[1], context).hex()},
        "signature": {"payload": payload.decode(), "step": "survivors",
                      "signature": ed25519_sign(signing["clinic-a"], b"consilium/secure-sum/survivors/v1\n" + payload).hex()},
        "graph": {"members": [{"id": u, "key": k.hex()} for u, k in many_members], "id": many_sid,
                  "holders": sha("".join(f"{u}: {' '.join(holders(many, many_sid)[u])}\n" for u in many).encode())},
        "parameters": [parameters(n) for n in (3, 4, 5, 6, 9, 10, 64, 65, 100, 200, 1000)],
    }, indent=1))


main()
