// Checks the proof of an act in the browser, without any network: the act's hash, its path to the seal's root, the log's
// signature (C2SP tlog-proof, signed-note, tlog-checkpoint; RFC 9162, 2.1.3.2), and counts the witnesses' cosignatures.
(() => {
  "use strict";
  const utf8 = new TextEncoder();
  const ED25519 = 1, COSIGNATURE = 4, HASH = 32;
  // What a check stopped at, as the name of the step whose words the page shows.
  class Wrong extends Error {
    constructor(step) { super(step); this.step = step; }
  }
  const need = (condition, step) => { if (!condition) throw new Wrong(step); };

  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  };
  const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const encode64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  // Strict base64: what does not encode back to the very same text is refused.
  const decode64 = (text, step) => {
    need(/^[A-Za-z0-9+/]*={0,2}$/.test(text), step);
    let bytes;
    try { bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); } catch { throw new Wrong(step); }
    need(encode64(bytes) === text, step);
    return bytes;
  };
  const whole = (text, step) => {
    need(/^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)), step);
    return Number(text);
  };

  // A key line: name+id+base64 of kind and key.
  async function parseKey(line, kind, step) {
    const parts = line.trim().match(/^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/);
    need(parts, step);
    const data = decode64(parts[3], step);
    need(data.length === 33 && data[0] === kind, step);
    const id = (await sha256(utf8.encode(`${parts[1]}\n`), data)).slice(0, 4);
    need(hex(id) === parts[2], step);
    return { name: parts[1], id, raw: data.slice(1) };
  }

  async function signed(key, message, signature) {
    const known = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  }

  function parseProof(text) {
    const gap = text.indexOf("\n\n");
    need(gap > 0, "form");
    const lines = text.slice(0, gap).split("\n");
    need(lines.shift() === "c2sp.org/tlog-proof@v1", "form");
    if (lines.length && lines[0].startsWith("extra ")) decode64(lines.shift().slice(6), "form");
    need(lines.length && lines[0].startsWith("index "), "form");
    const index = whole(lines.shift().slice(6), "form");
    const path = lines.map((line) => decode64(line, "form"));
    need(path.length < 64 && path.every((node) => node.length === HASH), "form");
    return { index, path, note: text.slice(gap + 2) };
  }

  function parseNote(text) {
    need(!/[\x00-\x09\x0b-\x1f]/.test(text), "form");
    const gap = text.lastIndexOf("\n\n");
    need(gap > 0 && text.endsWith("\n") && text.length > gap + 2, "form");
    const lines = text.slice(gap + 2, -1).split("\n").map((line) => {
      const parts = line.match(/^\u2014 ([^\s+]+) (\S+)$/);
      need(parts, "form");
      const blob = decode64(parts[2], "form");
      need(blob.length > 4, "form");
      return { name: parts[1], id: blob.slice(0, 4), signature: blob.slice(4) };
    });
    const body = text.slice(0, gap + 1);
    const [origin, size, root, ...rest] = body.split("\n");
    need(origin && rest.length, "form");
    const tree = { size: whole(size, "form"), root: decode64(root, "form") };
    need(tree.root.length === HASH, "form");
    return { body, lines, origin, ...tree };
  }

  // Whether the path leads from the leaf to the root; sizes may pass 2^32, where bits of JavaScript end.
  async function leads(leaf, index, size, path, root) {
    if (index >= size) return false;
    let [fn, sn, value] = [index, size - 1, leaf];
    const half = (n) => Math.floor(n / 2);
    for (const node of path) {
      if (sn === 0) return false;
      if (fn % 2 || fn === sn) {
        value = await sha256([1], node, value);
        while (fn % 2 === 0 && fn) { fn = half(fn); sn = half(sn); }
      } else {
        value = await sha256([1], value, node);
      }
      fn = half(fn); sn = half(sn);
    }
    return sn === 0 && same(value, root);
  }

  async function cosignatures(note, policy) {
    const keys = [];
    for (const line of policy.split("\n")) {
      const words = line.split("#")[0].trim().split(/\s+/);
      if (words[0] === "witness") keys.push(await parseKey(words[2] || "", COSIGNATURE, "witness"));
    }
    let confirmed = 0;
    for (const key of keys) {
      const line = note.lines.find((one) => one.name === key.name && same(one.id, key.id));
      if (!line) continue;
      need(line.signature.length === 72, "witness");
      const time = new DataView(line.signature.buffer, line.signature.byteOffset, 8).getBigUint64(0);
      const message = utf8.encode(`cosignature/v1\ntime ${time}\n${note.body}`);
      need(await signed(key, message, line.signature.slice(8)), "witness");
      confirmed += 1;
    }
    return { confirmed, witnesses: keys.length };
  }

  // Resolves to {ok: true, index, size, confirmed, witnesses} or to {ok: false, step}; never rejects.
  // "older" are the log's earlier keys, first ones first, a line each: the key, and the largest tree that it signs.
  async function verify(entry, proofText, vkey, policy = "", older = "") {
    try {
      need(globalThis.crypto && crypto.subtle, "browser");
      const newest = await parseKey(vkey, ED25519, "key");
      const proof = parseProof(proofText);
      const note = parseNote(proof.note);
      const before = older.split("\n").map((line) => line.split(" ")).find(([, size]) => size && note.size <= Number(size));
      const key = before ? await parseKey(before[0], ED25519, "key") : newest;
      const own = note.lines.filter((line) => line.name === key.name && same(line.id, key.id));
      need(own.length && note.origin === key.name, "signature");
      for (const line of own) need(await signed(key, utf8.encode(note.body), line.signature), "signature");
      const leaf = await sha256([0], entry);
      need(await leads(leaf, proof.index, note.size, proof.path, note.root), "path");
      return { ok: true, index: proof.index, size: note.size, ...(await cosignatures(note, policy)) };
    } catch (error) {
      return { ok: false, step: error instanceof Wrong ? error.step : "browser" };
    }
  }
  globalThis.tequioVerify = verify;

  // --- The page: words are in the template, here they are only shown -------------------------------------------------
  const shown = (box, result) => {
    box.querySelectorAll("[data-said]").forEach((part) => { part.hidden = part.dataset.said !== (result.ok ? "good" : result.step); });
    for (const name of ["index", "size", "confirmed", "witnesses"]) {
      box.querySelectorAll(`[data-${name}]`).forEach((part) => { part.textContent = result[name] ?? ""; });
    }
    box.querySelectorAll("[data-watched]").forEach((part) => { part.hidden = !result.witnesses; });
    box.dataset.result = result.ok ? "good" : result.step;
    box.hidden = false;
  };
  const text = (name) => document.querySelector(`template[data-${name}]`)?.content.textContent ?? "";

  // A copy of the portal has the policy once, beside all its pages.
  const policy = () => text("policy") || (globalThis.tequioCopy?.policy ?? "");

  const button = document.querySelector("[data-verify]");
  const box = document.querySelector("[data-verified]");
  if (!box) return;
  if (button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const entry = Uint8Array.from(atob(text("entry")), (c) => c.charCodeAt(0));
      shown(box, await verify(entry, text("proof"), text("key").trim(), policy()));
    });
  }

  // The page of the verifier: two files, chosen or dropped, in any order.
  const form = document.querySelector("[data-verifier]");
  if (!form) return;
  form.hidden = false;
  const held = {};
  const take = async (files) => {
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const words = new TextDecoder().decode(bytes);
      if (words.startsWith("c2sp.org/tlog-proof")) held.proof = words; else held.entry = bytes;
    }
    await check();
  };
  const check = async () => {
    if (!held.entry || !held.proof) { shown(box, { ok: false, step: held.entry ? "no-proof" : held.proof ? "no-act" : "no-files" }); return; }
    const said = form.querySelector("textarea");
    const older = said.value === said.defaultValue ? text("older") : "";
    shown(box, await verify(held.entry, held.proof, said.value, policy(), older));
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); check(); });
  form.querySelector("input[type=file]").addEventListener("change", (event) => take(event.target.files));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
})();
