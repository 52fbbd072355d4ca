#!/usr/bin/env python3
"""tequio_testigo: atestigua, copia y comprueba un registro público de Tequio.

Un solo archivo; basta Python 3.8 o más nuevo, sin instalar nada. No necesita servidor: córrelo con cron.

    python3 tequio_testigo.py preparar --registro https://portal.ejemplo --nombre vecinas.ejemplo/testigo
    python3 tequio_testigo.py atestiguar          revisa que el registro creció sin borrar nada, y lo firma
    python3 tequio_testigo.py espejo              además guarda una copia completa de actos y archivos
    python3 tequio_testigo.py comprobar CARPETA   comprueba una copia sin red
    python3 tequio_testigo.py comprobar-acto ACTO PRUEBA --llave LLAVE   comprueba un solo acto sin red
    python3 tequio_testigo.py sucesion CARTA      lee la carta que nombra una llave nueva; con --acepto, la firma
    python3 tequio_testigo.py mudar DIRECCIÓN     el registro vive ahora en otra dirección; sus llaves no cambian por eso
    python3 tequio_testigo.py comprobar-impreso TAMAÑO RAÍZ   compara un sello impreso con lo que se atestiguó

Todo queda en la carpeta «testigo» (o la que diga --carpeta): la llave secreta, que no sale de ahí, y lo que se ha visto.
Termina con 0 si todo coincide, con 1 si el registro se contradice (guarda las pruebas) y con 2 si algo faltó.
"""

import argparse
import base64
import contextlib
import hashlib
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

WIDTH, HASH = 256, 32
EM_DASH = "\u2014"
LARGEST = 64_000_000  # bytes of one answer
HEX = re.compile(r"[0-9a-f]{64}")


class Contradiction(Exception):
    """The log says something that cannot be true together with what it said before."""


class Missing(Exception):
    """Something is not there, or nobody answers."""


# --- Ed25519 (RFC 8032), slow and plain ------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741


def _x_of(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def _add(a, b):
    n = (a[1] - a[0]) * (b[1] - b[0]) % P
    m = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = m - n, d - c, d + c, m + n
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(n, point):
    total = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            total = _add(total, point)
        point = _add(point, point)
        n >>= 1
    return total


_y = 4 * pow(5, P - 2, P) % P
_x = _x_of(_y, 0)
BASE = (_x, _y, 1, _x * _y % P)


def _pack(point):
    z = pow(point[2], P - 2, P)
    x, y = point[0] * z % P, point[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _unpack(data):
    n = int.from_bytes(data, "little")
    y, sign = n & (1 << 255) - 1, n >> 255
    x = _x_of(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _mod(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def _secret(seed):
    data = hashlib.sha512(seed).digest()
    n = int.from_bytes(data[:32], "little") & (1 << 254) - 8 | 1 << 254
    return n, data[32:]


def public_key(seed):
    return _pack(_times(_secret(seed)[0], BASE))


def sign(seed, message):
    n, prefix = _secret(seed)
    public = public_key(seed)
    r = _mod(prefix, message)
    point = _pack(_times(r, BASE))
    return point + ((r + _mod(point, public, message) * n) % L).to_bytes(32, "little")


def verifies(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, point, s = _unpack(public), _unpack(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or point is None or s >= L:
        return False
    left, right = _times(s, BASE), _add(point, _times(_mod(signature[:32], public, message), key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Notes, checkpoints, trees (C2SP signed-note, tlog-checkpoint, tlog-cosignature; RFC 6962) -----------------------


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64")
    return data


def key_id(name, kind, public):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def parse_vkey(line):
    name, identity, data = line.strip().split("+", 2)
    data = unbase64(data)
    if len(data) != 33 or key_id(name, data[0], data[1:]).hex() != identity:
        raise ValueError("vkey")
    return name, data[0], data[1:]


def vkey_of(name, kind, public):
    return "%s+%s+%s" % (name, key_id(name, kind, public).hex(), base64.b64encode(bytes([kind]) + public).decode())


def open_note(data):
    """The text of a note and its signature lines."""
    text, gap, lines = data.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise ValueError("note")
    found = []
    for line in lines[:-1].split("\n"):
        dash, name, blob = line.split(" ")
        if dash != EM_DASH:
            raise ValueError("signature line")
        found.append((name, unbase64(blob)))
    return text + "\n", found


def statement(data):
    """Text, signature lines, origin, size and root of a checkpoint, whoever signed it."""
    try:
        text, lines = open_note(data)
        origin, size, root = text.split("\n")[:3]
        root = unbase64(root)
    except ValueError as error:
        raise Contradiction("el sello no tiene la forma de un sello") from error
    if not size.isdigit() or len(root) != HASH:
        raise Contradiction("el sello es de otro registro")
    return text, lines, origin, int(size), root


def checked(data, keys):
    """Text, size and root of a checkpoint that the log signed. ``keys`` are rows of (position of the act that named it, key);
    of a tree of so many acts, the last key named in it signs."""
    text, lines, origin, size, root = statement(data)
    name, kind, public = parse_vkey(([key for start, key in keys if start < size] or [keys[0][1]])[-1])
    own = [blob[4:] for who, blob in lines if who == name and blob[:4] == key_id(name, kind, public)]
    if kind != 1 or not own or not all(verifies(public, text.encode(), one) for one in own):
        raise Contradiction("la firma del sello no es la de la llave que conoces")
    if origin != name:
        raise Contradiction("el sello es de otro registro")
    return text, size, root


def confirmed(text, lines, name, public):
    """Whether a witness's line under a note is right (C2SP tlog-cosignature)."""
    identity = key_id(name, 4, public)
    for who, blob in lines:
        if who == name and blob[:4] == identity:
            time_said = int.from_bytes(blob[4:12], "big")
            return verifies(public, ("cosignature/v1\ntime %d\n" % time_said).encode() + text.encode(), blob[12:])
    return False


def quorum(policy, text, lines):
    """Whether the lines under a note are those that a policy asks for (C2SP tlog-policy)."""
    good, asked = {}, "none"
    for line in policy.split("\n"):
        words = line.partition("#")[0].split()
        if words[:1] == ["witness"]:
            name, kind, public = parse_vkey(words[2])
            good[words[1]] = kind == 4 and confirmed(text, lines, name, public)
        elif words[:1] == ["group"]:
            members = words[3:]
            needed = {"any": 1, "all": len(members)}.get(words[2]) or int(words[2])
            good[words[1]] = sum(good[member] for member in members) >= needed
        elif words[:1] == ["quorum"]:
            asked = words[1]
    return asked != "none" and good[asked]


def chain(acts):
    """The log's keys through time, as rows of (position, key): the first act names one and the hash of the next, each later
    one is named by the one before, or by the witnesses' quorum when all were lost. ``acts`` are rows of (position, act)."""
    found, following, policies = [], "", []
    for position, said in acts:
        kind, state = said["kind"], said.get("state", {})
        if kind == "policy.set":
            policies.append((position, state["text"]))
        elif kind == "log.started" and not found:
            found.append((position, state["key"]))
            following = state["next_key_hash"]
        elif kind == "key.rotated" and found:
            if "sha256:" + hashlib.sha256(state["key"].encode()).hexdigest() != following:
                raise Contradiction("la llave nueva no es la que el registro anunció")
            found.append((position, state["key"]))
            following = state["next_key_hash"]
        elif kind == "host.succeeded" and found:
            text, lines = open_note(state["note"])
            rows = text.split("\n")
            rule = [policy for place, policy in policies if place < int(rows[2])][-1:]
            if rows[:2] != ["tequio succession v1", parse_vkey(found[0][1])[0]] or not rule:
                raise Contradiction("la carta de la llave nueva no es de este registro")
            if not quorum(rule[0], text, lines):
                raise Contradiction("a la carta de la llave nueva le faltan firmas de testigos")
            found.append((position, rows[4]))
            following = rows[5]
    if not found or len({parse_vkey(key)[0] for _position, key in found}) != 1:
        raise Contradiction("el registro no dice cuál es su llave")
    return found


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Frontier:
    """The perfect subtrees of a tree that grows leaf by leaf."""

    def __init__(self):
        self.stack, self.size = [], 0

    def add(self, leaf):
        level, value = 0, leaf
        while self.stack and self.stack[-1][0] == level:
            value = node_hash(self.stack.pop()[1], value)
            level += 1
        self.stack.append((level, value))
        self.size += 1

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        value = self.stack[-1][1]
        for _level, peak in reversed(self.stack[:-1]):
            value = node_hash(peak, value)
        return value


def grew(old, old_root, new, new_root, proof):
    """Whether the proof shows that the tree of ``new`` grew out of that of ``old`` (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not proof or any(len(node) != HASH for node in proof):
        return False
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old_root and second == new_root


def place_of(index):
    """The path of a tile: ``x001/x234/067``."""
    parts = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        parts.append("x%03d" % (index % 1000))
    return "/".join(reversed(parts))


def bundle(data):
    """The entries of a bundle, each with its length in two bytes before it."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + size]
        if len(entry) < size:
            raise Contradiction("un paquete de actos está cortado")
        found.append(entry)
        at += 2 + size
    return found


# --- The witness's own folder and the network ------------------------------------------------------------------------


def fetch(url, body=None):
    request = urllib.request.Request(url, body, {"User-Agent": "tequio-testigo/1"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read(LARGEST)
    except urllib.error.HTTPError as error:
        with error:
            raise Missing("%s contestó %s: %s" % (url, error.code, error.read(300).decode("utf-8", "replace").strip()))
    except (OSError, ValueError) as error:
        raise Missing("%s no contesta: %s" % (url, error))


def write(path, data):
    """The file is whole under its name or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".nuevo")
    draft.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.replace(draft, path)


class Folder:
    """What the witness keeps: settings, key, and the largest tree seen."""

    def __init__(self, path):
        self.path = Path(path)

    def settings(self):
        try:
            return json.loads((self.path / "testigo.json").read_text())
        except (OSError, ValueError):
            raise Missing("Primero prepara el testigo: python3 tequio_testigo.py preparar --registro … --nombre …")

    def seed(self):
        return base64.b64decode((self.path / "llave-secreta").read_text().strip())

    def seen(self):
        path = self.path / "visto.json"
        if not path.exists():
            return 0, hashlib.sha256(b"").digest()
        data = json.loads(path.read_text())
        return data["size"], bytes.fromhex(data["root"])

    def keys(self):
        """The log's keys that this witness knows; before the first change, the one that it was given."""
        said = self.settings()
        return [tuple(row) for row in said.get("keys", [])] or [(-1, said["log"])]

    def remember(self, size, root, note):
        write(self.path / "sellos" / ("%012d" % size), note)
        write(self.path / "visto.json", json.dumps({"size": size, "root": root.hex(), "time": int(time.time())}))


def prepare(folder, url, name):
    """Makes the key and asks the log for its own, once."""
    if not re.fullmatch(r"[^\s+]+", name):
        raise Missing("El nombre va sin espacios ni signo +, por ejemplo vecinas.ejemplo/testigo.")
    settings = folder.path / "testigo.json"
    if not settings.exists():
        url = url.rstrip("/")
        log = fetch(url + "/registro/llaves").decode().split()[0]
        parse_vkey(log)
        folder.path.mkdir(parents=True, exist_ok=True)
        key = folder.path / "llave-secreta"
        if not key.exists():
            handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(handle, base64.b64encode(os.urandom(32)))
            os.close(handle)
        write(settings, json.dumps({"url": url, "name": name, "log": log}, indent=1) + "\n")
    said = folder.settings()
    print("Registro: %s" % said["log"])
    print("Compara esa llave con la que está impresa en las minutas o te dio un aliado.")
    print("\nTu llave pública; envíala a quien administra el portal:\n")
    print(vkey_of(said["name"], 4, public_key(folder.seed())))


def follow(folder):
    """Fetches the newest seal and checks that the tree grew out of the one seen last."""
    note = fetch(folder.settings()["url"] + "/registro/checkpoint").decode()
    learn(folder, note)
    said = folder.settings()
    text, size, root = checked(note, folder.keys())
    old, old_root = folder.seen()
    if size < old:
        raise_with_proof(folder, note, "el registro dice tener menos actos (%s) que antes (%s)" % (size, old))
    if old:
        proof = []
        if size > old:
            lines = fetch("%s/registro/consistencia/%s/%s" % (said["url"], old, size)).decode().split()
            proof = [unbase64(line) for line in lines]
        if not grew(old, old_root, size, root, proof):
            raise_with_proof(
                folder, note, "el registro de %s actos no salió del de %s que ya habías visto" % (size, old)
            )
    return said, note, text, size, root


def learn(folder, note):
    """Where a seal bears a key of the log that this witness does not know, follows the keys from the first act on.

    All acts are fetched for it and hashed to the seal's root; the key known so far must be one of the chain.
    """
    said, known = folder.settings(), folder.keys()
    name = parse_vkey(said["log"])[0]
    ids = {key_id(*parse_vkey(key)) for _start, key in known}
    _text, lines, _origin, size, root = statement(note)
    if {blob[:4] for who, blob in lines if who == name} <= ids:
        return
    tree, acts = Frontier(), []
    for index in range((size + WIDTH - 1) // WIDTH):
        for entry in fetch_entries(said["url"], index, size)[1]:
            if b'"registro/' in entry:
                acts.append((tree.size, json.loads(entry)))
            tree.add(leaf_hash(entry))
    if tree.root() != root:
        return  # its signature is looked at next
    found = chain((position, act) for position, act in acts if act["on"] in ("registro/log", "registro/policy"))
    if said["log"] not in [key for _start, key in found]:
        raise Contradiction("la llave que conoces no está entre las del registro")
    if found != known:
        write(folder.path / "testigo.json", json.dumps({**said, "log": found[-1][1], "keys": found}, indent=1) + "\n")
        print("El registro cambió de llave, como lo había anunciado o como lo firmaron los testigos: %s" % found[-1][1])


def fetch_entries(url, index, size):
    """A bundle of entries as the log gives it: its place, its entries, its bytes."""
    width = min(WIDTH, size - index * WIDTH)
    name = place_of(index) + ("" if width == WIDTH else ".p/%d" % width)
    data = fetch("%s/registro/tile/entries/%s" % (url, name))
    return name, bundle(data)[:width], data


def raise_with_proof(folder, note, words):
    """Keeps the two signed seals that cannot both be true, says so, and hands the portal the one that it should know: a host
    that was put back from an old copy stops there, and its pages say why."""
    place = folder.path / "contradicciones" / str(int(time.time()))
    write(place, note)
    kept = sorted((folder.path / "sellos").glob("*"))[-1:]
    with contextlib.suppress(Missing):  # it refuses a seal that it does not know, and has seen it
        fetch(folder.settings()["url"] + "/registro/cosignatures", kept[0].read_bytes() if kept else b"")
    raise Contradiction("%s. Guardé el sello firmado en %s; junto con los de «sellos» lo demuestra." % (words, place))


def cosign(folder, said, note, text, size, root):
    """Signs what was checked, keeps it, and hands the signature in."""
    now = int(time.time())
    seed = folder.seed()
    message = ("cosignature/v1\ntime %d\n" % now).encode() + text.encode()
    public = public_key(seed)
    blob = key_id(said["name"], 4, public) + now.to_bytes(8, "big") + sign(seed, message)
    line = "%s %s %s\n" % (EM_DASH, said["name"], base64.b64encode(blob).decode())
    own = (
        text
        + "\n"
        + "".join(
            "%s %s %s\n" % (EM_DASH, who, base64.b64encode(one).decode())
            for who, one in open_note(note)[1]
            if who == parse_vkey(said["log"])[0]
        )
    )
    folder.remember(size, root, own + line)
    origin = text.split("\n")[0]
    # For the ally's own web site: what it confirms, under an address that anybody can work out.
    write(folder.path / "publicar" / hashlib.sha256(origin.encode()).hexdigest() / "checkpoint", own + line)
    answer = fetch(said["url"] + "/registro/cosignatures", (own + line).encode()).decode().strip()
    print("Atestiguado: %s actos. %s" % (size, "El portal recibió tu firma." if answer != "0" else "Ya la tenía."))


def mirror(folder, said, note, size, root):
    """Keeps every entry and every file that an entry names, and checks the root over all of them."""
    place = folder.path / "espejo"
    tree = Frontier()
    files = set()
    for index in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        name = place_of(index) + ("" if width == WIDTH else ".p/%d" % width)
        path = place / "registro" / "tile" / "entries" / name
        if not path.exists():
            write(path, fetch("%s/registro/tile/entries/%s" % (said["url"], name)))
        entries = bundle(path.read_bytes())
        if len(entries) < width:
            raise Contradiction("faltan actos en el paquete %s" % name)
        for entry in entries[:width]:
            tree.add(leaf_hash(entry))
            files |= files_of(entry)
    if tree.root() != root:
        raise_with_proof(folder, note, "los actos que entrega el registro no son los que selló")
    absent = 0
    for sha256 in sorted(files):
        path = place / "registro" / "blobs" / "sha256" / sha256
        if path.exists():
            continue
        try:
            data = fetch("%s/registro/blobs/sha256/%s" % (said["url"], sha256))
        except Missing:
            absent += 1  # withdrawn, or held back since: the act stays, the file is not public any more
            continue
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Contradiction("el archivo %s no es el que nombra su acto" % sha256)
        write(path, data)
    write(place / "registro" / "checkpoint", note)
    write(place / "registro" / "llaves", "".join("%s\n" % key for _start, key in reversed(folder.keys())))
    write(place / "comprobar.py", Path(__file__).read_bytes())
    print("Espejo: %s actos y %s archivos en %s." % (size, len(files) - absent, place))
    if absent:
        print("%s archivos que los actos nombran ya no son públicos." % absent)


def files_of(entry):
    """The files that an act names: any fingerprint in its state that stands for a file."""
    found = set()

    def walk(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str) and key in ("sha256", "file", "blob") and HEX.fullmatch(value):
            found.add(value)

    said = json.loads(entry)
    walk(said.get("state", {}))
    walk(said.get("files", []), "sha256")
    return found


def check(place, vkey=""):
    """Checks a mirror without any network: signature, root over all entries, each object's chain, each file."""
    place = Path(place)
    log = vkey or (place / "registro" / "llaves").read_text().split()[0]
    note = (place / "registro" / "checkpoint").read_text()
    _text, _lines, _origin, size, root = statement(note)
    tree, last, files, wrong, keys = Frontier(), {}, set(), [], []
    for index in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        path = place / "registro" / "tile" / "entries" / (place_of(index) + ("" if width == WIDTH else ".p/%d" % width))
        if not path.exists():
            raise Missing("falta %s" % path)
        for entry in bundle(path.read_bytes())[:width]:
            leaf = leaf_hash(entry)
            said = json.loads(entry)
            before = last.get(said["on"], (0, ""))
            if said["rev"] != before[0] + 1 or said.get("prev", "") != before[1]:
                wrong.append("el acto %s no sigue al anterior sobre %s" % (tree.size, said["on"]))
            last[said["on"]] = (said["rev"], leaf.hex())
            if said["on"] in ("registro/log", "registro/policy"):
                keys.append((tree.size, said))
            tree.add(leaf)
            files |= files_of(entry)
    if tree.size != size or tree.root() != root:
        wrong.append("los actos no son los que selló el registro")
    known = chain(keys)
    if log not in [key for _start, key in known]:
        raise Contradiction("la llave que conoces no está entre las del registro")
    checked(note, known)
    held = 0
    for sha256 in files:
        path = place / "registro" / "blobs" / "sha256" / sha256
        if path.exists():
            held += 1
            if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                wrong.append("el archivo %s cambió" % sha256)
    if wrong:
        raise Contradiction("; ".join(wrong))
    print("Todo coincide: %s actos sobre %s asuntos, %s archivos, y la firma del registro." % (size, len(last), held))
    print("Raíz: %s" % root.hex())


def included(leaf, index, size, path, root):
    """Whether the path leads from the leaf at ``index`` to the root of ``size`` acts (RFC 9162, 2.1.3.2)."""
    fn, sn, value = index, size - 1, leaf
    if index >= size or any(len(node) != HASH for node in path):
        return False
    for node in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            value = node_hash(node, value)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = node_hash(value, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and value == root


def check_act(entry, proof, keys):
    """Checks one act with its proof (C2SP tlog-proof) without any network; one of the keys must have signed."""
    try:
        head, gap, note = proof.partition("\n\n")
        lines = head.split("\n")
        if not gap or lines.pop(0) != "c2sp.org/tlog-proof@v1":
            raise ValueError("proof")
        if lines and lines[0].startswith("extra "):
            unbase64(lines.pop(0)[6:])
        word, index = lines.pop(0).split(" ")
        if word != "index" or str(int(index)) != index or int(index) < 0:
            raise ValueError("index")
        path = [unbase64(line) for line in lines]
    except (ValueError, IndexError) as error:
        raise Contradiction("la prueba no tiene la forma de una prueba") from error
    signers = {blob[:4] for _who, blob in statement(note)[1]}
    mine = [key for key in keys if key_id(*parse_vkey(key)) in signers] or keys
    _text, size, root = checked(note, [(-1, mine[0])])
    if not included(leaf_hash(entry), int(index), size, path, root):
        raise Contradiction("el acto no es el que el registro selló, o la prueba es de otro acto")
    print("Todo coincide: es el acto %s de un registro de %s, que firmó ese sello." % (index, size))


def check_printed(folder, size, root):
    """Compares a printed seal with what this witness saw, or with what the log proves of it now."""
    size = int(size)
    wanted = printed(root)
    said = folder.settings()
    kept = folder.path / "sellos" / ("%012d" % size)
    if kept.exists():
        found = checked(kept.read_text(), folder.keys())[2]
        if found != wanted:
            raise Contradiction("el sello impreso de %s actos no es el que atestiguaste" % size)
    else:
        _said, _note, _text, now, now_root = follow(folder)
        lines = (
            fetch("%s/registro/consistencia/%s/%s" % (said["url"], size, now)).decode().split() if now > size else []
        )
        if size > now or not grew(size, wanted, now, now_root, [unbase64(line) for line in lines]):
            raise Contradiction("el registro de hoy no salió del sello impreso de %s actos" % size)
    print("El sello impreso coincide: %s actos." % size)


def succession(folder, path, accepted):
    """Shows the letter that names a new key for the log, checks its tree against what this witness saw, and signs it."""
    said = folder.settings()
    text = Path(path).read_text(encoding="utf-8").split("\n\n")[0].rstrip("\n") + "\n"
    rows = text.split("\n")
    if len(rows) != 9 or rows[0] != "tequio succession v1" or rows[1] != parse_vkey(said["log"])[0]:
        raise Contradiction("la carta no es de este registro")
    size, root = int(rows[2]), unbase64(rows[3])
    parse_vkey(rows[4])
    seen, seen_root = folder.seen()
    kept = folder.path / "sellos" / ("%012d" % size)
    if size == seen:
        known = seen_root
    elif kept.exists():
        known = checked(kept.read_text(), folder.keys())[2]
    else:
        raise Missing(
            "no atestiguaste un árbol de %s actos (el último fue de %s): no firmes sin comprobarlo" % (size, seen)
        )
    if known != root:
        raise Contradiction("el árbol de la carta no es el que atestiguaste")
    print("Registro: %s\nActos: %s (coincide con lo que atestiguaste)" % (rows[1], size))
    print("Llave nueva: %s\nCasa nueva: %s\nMotivo: %s" % (rows[4], rows[6], rows[7]))
    if not accepted:
        print("\nHabla con quien te la envió, por teléfono o en persona. Si estás de acuerdo, repite con --acepto.")
        return
    now = int(time.time())
    seed = folder.seed()
    message = ("cosignature/v1\ntime %d\n" % now).encode() + text.encode()
    blob = key_id(said["name"], 4, public_key(seed)) + now.to_bytes(8, "big") + sign(seed, message)
    print("\nEnvía este renglón completo:\n")
    print("%s %s %s" % (EM_DASH, said["name"], base64.b64encode(blob).decode()))


def printed(root):
    """A root as it is printed: base32 in groups of five, or hexadecimal."""
    words = root.replace(" ", "").replace("-", "")
    if HEX.fullmatch(words.lower()):
        return bytes.fromhex(words)
    return base64.b32decode(words.upper() + "=" * (-len(words) % 8))


def main(words=None):
    parser = argparse.ArgumentParser(
        prog="tequio_testigo.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--carpeta", default="testigo", help="dónde guarda lo suyo")
    verbs = parser.add_subparsers(dest="verb", required=True)
    first = verbs.add_parser("preparar")
    first.add_argument("--registro", required=True, metavar="DIRECCIÓN")
    first.add_argument("--nombre", required=True)
    moved = verbs.add_parser("mudar")
    moved.add_argument("url", metavar="DIRECCIÓN")
    verbs.add_parser("atestiguar")
    verbs.add_parser("espejo")
    one = verbs.add_parser("comprobar")
    one.add_argument("copia")
    one.add_argument("--llave", default="", help="la llave del registro que conoces por otra vía")
    act = verbs.add_parser("comprobar-acto")
    act.add_argument("act", metavar="ACTO")
    act.add_argument("proof", metavar="PRUEBA")
    act.add_argument("--llave", required=True, action="append", help="la llave del registro; repítela si cambió")
    letter = verbs.add_parser("sucesion")
    letter.add_argument("carta")
    letter.add_argument("--acepto", action="store_true", help="firma la carta")
    two = verbs.add_parser("comprobar-impreso")
    two.add_argument("size", metavar="TAMAÑO")
    two.add_argument("root", metavar="RAÍZ")
    said = parser.parse_args(words)
    folder = Folder(said.carpeta)
    try:
        if said.verb == "preparar":
            prepare(folder, said.registro, said.nombre)
        elif said.verb == "mudar":
            write(
                folder.path / "testigo.json",
                json.dumps({**folder.settings(), "url": said.url.rstrip("/")}, indent=1) + "\n",
            )
        elif said.verb == "comprobar":
            check(said.copia, said.llave)
        elif said.verb == "comprobar-acto":
            check_act(Path(said.act).read_bytes(), Path(said.proof).read_bytes().decode(), said.llave)
        elif said.verb == "sucesion":
            succession(folder, said.carta, said.acepto)
        elif said.verb == "comprobar-impreso":
            check_printed(folder, said.size, said.root)
        else:
            settings, note, text, size, root = follow(folder)
            if said.verb == "espejo":
                mirror(folder, settings, note, size, root)
            cosign(folder, settings, note, text, size, root)
    except Contradiction as wrong:
        print("ALERTA: %s" % wrong, file=sys.stderr)
        return 1
    except (Missing, OSError, ValueError) as wrong:
        print("No se pudo: %s" % wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
