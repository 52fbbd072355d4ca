// Shows, under the box where somebody changes an article, what goes and what comes, word by word, as it is typed.
(() => {
  "use strict";
  const box = document.querySelector("textarea[data-wording]"), out = document.querySelector("[data-difference]");
  if (!box || !out) return;
  const before = JSON.parse(document.getElementById("wording-before").textContent);
  const MOST = 1500; // words on either side; beyond, the server shows it after sending
  const cut = (text) => text.split(/(\s+)/).filter((word) => word);

  // The longest common run of words (dynamic programming over what is left between equal beginnings and ends).
  const pieces = (old, fresh) => {
    let start = 0, end = 0;
    while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
    while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
    const a = old.slice(start, old.length - end), b = fresh.slice(start, fresh.length - end);
    const width = b.length + 1, table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    const found = [["same", old.slice(0, start)]];
    for (let i = 0, j = 0; i < a.length || j < b.length;) {
      if (i < a.length && j < b.length && a[i] === b[j]) { found.push(["same", [a[i]]]); i += 1; j += 1; }
      else if (i < a.length && (j >= b.length || table[(i + 1) * width + j] >= table[i * width + j + 1])) { found.push(["del", [a[i]]]); i += 1; }
      else { found.push(["ins", [b[j]]]); j += 1; }
    }
    found.push(["same", old.slice(old.length - end)]);
    return found;
  };

  const show = () => {
    const old = cut(before), fresh = cut(box.value);
    out.replaceChildren();
    if (old.length > MOST || fresh.length > MOST) return;
    let last = null;
    for (const [kind, words] of pieces(old, fresh)) {
      const text = words.join("");
      if (!text) continue;
      if (last && last.kind === kind) { last.node.append(text); continue; }
      const node = kind === "same" ? document.createElement("span") : document.createElement(kind);
      node.append(text);
      out.append(node);
      last = { kind, node };
    }
  };
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
  show();
})();
