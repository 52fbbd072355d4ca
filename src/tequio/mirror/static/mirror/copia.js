// The search of a copy: looks up what the address says (?q=) in the words that "indice.js" brought. No network.
(() => {
  "use strict";
  const index = globalThis.tequioIndex;
  const form = document.querySelector("main form[role=search]");
  if (!index || !form) return;
  const MOST = 50, SHORTEST = 3;
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const stop = new Set(index.stop);
  const every = Object.keys(index.words);
  // "bitacoras" and "bitacora" meet without a stemmer: the endings of the plural and of gender fall.
  const bare = (word) => (word.length > 4 ? word.replace(/(es|s)$/, "").replace(/[aeo]$/, "") : word);

  const stemsOf = (word, unfinished) => {
    const found = new Set();
    const take = (known) => index.words[known].forEach((stem) => found.add(stem));
    if (Object.hasOwn(index.words, word)) take(word);
    const short = bare(word);
    for (const known of every) {
      if (bare(known) === short || (unfinished && word.length >= SHORTEST && known.startsWith(word))) take(known);
    }
    return found;
  };

  const find = (said) => {
    const words = fold(said).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const kept = words.filter((word) => !stop.has(word));
    const asked = kept.length ? kept : words;
    const points = new Map();
    asked.forEach((word, place) => {
      const mine = new Map();
      for (const stem of stemsOf(word, place === asked.length - 1)) {
        const row = index.stems[stem];
        for (let at = 0; at < row.length; at += 2) mine.set(row[at], (mine.get(row[at]) || 0) + row[at + 1]);
      }
      for (const [thing, weight] of mine) {
        const [n, sum] = points.get(thing) || [0, 0];
        points.set(thing, [n + 1, sum + Math.log(1 + weight)]);
      }
    });
    const ranked = [...points].sort(([a, [an, as]], [b, [bn, bs]]) => bn - an || bs - as || a - b);
    const whole = ranked.filter(([, [n]]) => n === asked.length);
    return (whole.length ? whole : ranked).map(([thing]) => index.things[thing]);
  };

  const part = (name, text, kind) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  };

  const said = new URLSearchParams(location.search).get("q") || "";
  const field = form.querySelector("input[type=search]");
  field.value = said;
  const hint = document.getElementById("q-hint");  // quoted phrases need the portal's own search
  if (hint) hint.textContent = hint.textContent.replace(/\. .*/s, ".");
  const list = document.createElement("ol");
  list.className = "list results";
  const count = part("h2", "", "count");
  count.setAttribute("role", "status");
  form.parentElement.append(count, list);
  const show = () => {
    const things = field.value.trim() ? find(field.value) : [];
    const es = !document.documentElement.lang.startsWith("en");
    const n = things.length;
    const words = es ? [`${n} resultado${n === 1 ? "" : "s"}`, "Nada tiene esas palabras. Prueba con otras."]
      : [`${n} result${n === 1 ? "" : "s"}`, "Nothing has these words. Try others."];
    count.textContent = field.value.trim() ? (n ? words[0] : words[1]) : "";
    list.replaceChildren(...things.slice(0, MOST).map(([address, title, kind, body]) => {
      const row = part("li", "", "card pad");
      const head = document.createElement("h3");
      const link = part("a", title);
      link.href = address;
      head.append(link);
      row.append(part("p", kind, "eyebrow"), head, part("p", body, "excerpt"));
      return row;
    }));
  };
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  show();
})();
