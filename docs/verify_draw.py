#!/usr/bin/env python3
"""verify_draw.py BUNDLE works a drawn bundle out again by docs/draw.md, with Python's standard library alone."""
import collections, hashlib, json, re, struct, sys, unicodedata
def rotl(x, n): return (x << n % 32 | (x & 0xFFFFFFFF) >> 32 - n % 32) & 0xFFFFFFFF
def sm3(data):  # GB/T 32905-2016
    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    data += b"\x80" + bytes(-(len(data) + 9) % 64) + (len(data) * 8).to_bytes(8, "big")
    for at in range(0, len(data), 64):
        w = list(struct.unpack(">16I", data[at:at + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)
            w.append(x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            s = rotl(rotl(a, 12) + e + rotl(0x79CC4519 if j < 16 else 0x7A879D8A, j), 7)
            t = (a ^ b ^ c if j < 16 else a & b | a & c | b & c) + d + (s ^ rotl(a, 12)) + (w[j] ^ w[j + 4]) & 0xFFFFFFFF
            u = (e ^ f ^ g if j < 16 else e & f | ~e & g) + h + s + w[j] & 0xFFFFFFFF
            a, b, c, d, e, f, g, h = t, a, rotl(b, 9), c, u ^ rotl(u, 9) ^ rotl(u, 17), e, rotl(f, 19), g
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *v)
def sha256(data): return hashlib.sha256(data).digest()
def both(data): return sha256(data) + sm3(data)
def hmac(hash, key, data):  # the key is 32 bytes here, the block of both hashes 64
    return hash(bytes(x ^ 0x5C for x in key.ljust(64, b"\0")) + hash(bytes(x ^ 0x36 for x in key.ljust(64, b"\0")) + data))
def canonical(v): return json.dumps(v, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def need(ok, what): ok or sys.exit("REFUSED: " + what)
def values_a(g, seed, n):  # section 5, mode A
    x = int(seed) % g["modulus"]
    need((x or g["increment"]) and n <= g["modulus"], "seed or modulus")
    for i in range(g["skip"] + 200 * n + 10000):
        x = (g["multiplier"] * x + g["increment"]) % g["modulus"]
        if i >= g["skip"]: yield x
def values_b(hash, seed):  # section 5, mode B: HMAC_DRBG
    key, v, marks = bytes(32), b"\1" * 32, (b"\0", b"\1")
    while True:
        for mark in marks: key = hmac(hash, key, v + mark + seed); v = hmac(hash, key, v)
        for _ in range(128): v = hmac(hash, key, v); yield from struct.unpack(">8I", v)
        marks, seed = (b"\0",), b""
def order(n, values, m, way, how):
    below = lambda k: next(x * k // m if way == "scale" else x % k for x in values if way != "reject" or x < m - m % k)
    drawn, a = {}, list(range(n))
    while how == "pick" and len(drawn) < n: drawn.setdefault(below(n))
    for i in range(n - 1 if how == "shuffle" else 0): j = i + below(n - i); a[i], a[j] = a[j], a[i]
    return list(drawn) or a
def result(rows, types, by_rank):  # section 6
    if not types: return ["code"] + [rows[i]["code"] for i in by_rank]
    left, given, lines = {}, collections.Counter(), {}
    for t in types:
        left.update({(t["type"], r["group"]): r["homes"] for r in t["reserved"]})
        left[t["type"], ""], left[t["type"], ":wait"] = t["homes"] - sum(r["homes"] for r in t["reserved"]), t["waiting"]
    rest = {t["type"]: [r["group"] for r in t["reserved"] if r["rest"] == "open"] for t in types}
    for outcome in "home", "rest", "wait", "none":
        for i in [i for i in by_rank if i not in lines]:
            code, t, g = rows[i]["code"], rows[i].get("type", types[0]["type"]), rows[i].get("group", "")
            pools = {"home": [g, ""], "rest": rest[t], "wait": [":wait"], "none": []}[outcome]
            if outcome == "none": lines[i] = f"{code},none,{t},,"
            for p in [p for p in pools if left.get((t, p), 0) > 0][:1]:
                left[t, p] -= 1; given[t, p] += 1
                lines[i] = f"{code},{outcome},{t},{p.replace(':wait', '')},{given[t, p]}"
    return ["code,outcome,type,pool,place"] + [lines[i] for i in by_rank]
b = json.loads((raw := open(sys.argv[1], "rb").read()).decode())
o, g, seed = b["opening"], b["opening"]["generator"], b""
need(canonical(b) == raw and unicodedata.is_normalized("NFC", raw.decode()) and b["format"] == "gewu-draw-1", "not the canonical form of a bundle")
parts = {k: v for k, v in b.items() if k not in ("digests", "format", "opening")} | {"opening." + k: v for k, v in o.items()}
for k in sorted(parts | b["digests"]): need(k in parts and b["digests"].get(k) == sha256(canonical(parts[k])).hex(), k + " and its digest")
header, text = b["list"][0].split(","), "".join(line + "\n" for line in b["list"]).encode()
rows = [dict(zip(header, line.split(","), strict=True)) for line in b["list"][1:]]
for column in {"code", "household"} & set(header): need(len({r[column] for r in rows}) == len(rows), "a " + column + " twice")
need(both(text).hex() == o["list_sha256"] + o["list_sm3"] and len(rows) == o["list_count"], "the list is not that of the opening")
for c, r, p in zip(b["commits"], b["reveals"], o["parties"], strict=True) if o["mode"] == "B" else []:  # section 7
    secret = bytes.fromhex(r["secret"]) if re.fullmatch("[0-9a-f]{64}", r["secret"]) else b""
    agrees = secret and both(b"gewu-draw-1/commit\0" + both(canonical(o)) + p["id"].encode() + b"\0" + secret).hex() == c["sha256"] + c["sm3"]
    need(bool(agrees) == (r["how"] in ("party", "envelope")) and c["party"] == r["party"] == p["id"], "the secret of " + p["id"])
    seed += secret if agrees else sha256(b"gewu-draw-1/absent\0" + bytes.fromhex(c["sha256"] + c["sm3"]))
if o["mode"] == "A": by_rank = order(len(rows), values_a(g, b["seed"], len(rows)), g["modulus"], g["range"], g["order"])
else:
    seed += both(canonical({"commits": b["commits"], "opening": o})) + b"gewu-draw-1\0" + b.get("public_number", "").encode()
    by_rank = order(len(rows), values_b({"sha256": sha256, "sm3": sm3}[g["hash"]], seed), 2**32, "reject", "shuffle")
for rank, (want, got) in enumerate(zip(result(rows, o["rules"]["types"], by_rank), b["result"], strict=True)): need(want == got, f"{rank}: {want}, not {got}")
print("VERIFIED", len(rows), "codes; SHA-256 of the file", sha256(raw).hex(), "of the opening", sha256(canonical(o)).hex())
