// Sheets are kept on this device until the portal has them, and sent again until it says so: it knows each by its code, so
// that sending one twice does no harm. Without script the form sends each sheet at once.
(() => {
  "use strict";
  const form = document.querySelector("form[data-capture]");
  if (!form || !window.indexedDB) return;
  const say = form.dataset, note = document.querySelector("[data-note]"), list = document.querySelector("[data-sheets]");
  const SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY", LAB = say.capture;
  let busy = false, again = false, kept = false;

  const open = new Promise((done, fail) => {
    const asked = indexedDB.open("tequio-labs", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("sheets", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const store = async (mode, work) => {
    const all = (await open).transaction("sheets", mode), asked = work(all.objectStore("sheets"));
    return new Promise((done, fail) => {
      all.oncomplete = () => done(asked && asked.result);
      all.onerror = all.onabort = () => fail(all.error);
    });
  };
  const put = (row) => store("readwrite", (sheets) => sheets.put(row));
  const rows = async () => (await store("readonly", (sheets) => sheets.getAll())).filter((row) => row.lab === LAB);

  // The last sign tells a slip of the pen at once, while the paper is still at hand.
  const read = (words) => {
    const code = words.toUpperCase().replace(/[^A-Z0-9]/g, "");
    if (code.length !== 8 || [...code].some((sign) => !SIGNS.includes(sign))) return "";
    const sum = [...code.slice(0, 7)].reduce((total, sign, place) => total + (place + 1) * SIGNS.indexOf(sign), 0);
    return SIGNS[sum % 29] === code[7] ? code : "";
  };
  const told = (words) => { note.textContent = words; };
  const fault = (name, words) => {
    const field = form.elements[name];
    field.setCustomValidity(words);
    field.reportValidity();
    field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
  };

  // A photo of a telephone is many times larger than what is needed to read a sheet.
  const smaller = async (file) => {
    if (!file || !file.size) return null;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => { canvas.toBlob((made) => done(made || file), "image/jpeg", 0.8); });
    } catch { return file; }
  };

  const button = (words, code, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${code}`);
    made.addEventListener("click", work);
    return made;
  };
  const show = async () => {
    const all = await rows(), waiting = all.filter((row) => row.state !== "sent");
    list.replaceChildren(...all.sort((one, other) => other.at - one.at).map((row) => {
      const item = document.createElement("li"), code = `${row.code.slice(0, 4)}-${row.code.slice(4)}`;
      item.dataset.state = row.state;
      item.append(`${code} · ${say[row.state]}${row.words ? `: ${row.words}` : ""} `);
      if (row.state === "refused") {
        item.append(
          button(say.mend, code, async () => {
            Object.entries(row.fields).forEach(([name, value]) => {
              const field = form.elements[name];
              if (field.type === "checkbox") field.checked = true; else field.value = value;
            });
            await store("readwrite", (sheets) => sheets.delete(row.id));
            form.elements.title.focus();
            show();
          }),
          " ",
          button(say.drop, code, async () => {
            if (confirm(say.sure)) { await store("readwrite", (sheets) => sheets.delete(row.id)); show(); }
          }),
        );
      }
      return item;
    }));
    document.querySelector("[data-waiting]").textContent = waiting.length;
    document.querySelector("[data-sent]").textContent = all.length - waiting.length;
    document.querySelector("[data-queue]").hidden = !all.length;
  };

  async function send() {
    if (busy) { again = true; return; } // a sheet saved meanwhile, or somebody who asks, is not left waiting
    busy = true;
    let lost = false;
    for (const row of (await rows()).filter(({ state }) => state === "waiting").sort((one, other) => one.at - other.at)) {
      const body = new FormData();
      Object.entries(row.fields).forEach(([name, value]) => body.append(name, value));
      if (row.photo) body.append("photo", row.photo, `${row.code}.jpg`);
      try {
        const answer = await fetch(`${location.pathname}enviar/`, { method: "POST", body });
        const heard = await answer.json();
        // What the portal has is forgotten here; the code stays, to see that it went.
        if (answer.ok) await put({ id: row.id, lab: LAB, code: row.code, at: row.at, state: "sent" });
        else await put({ ...row, state: "refused", words: heard.words });
      } catch {
        lost = true;
        break;
      }
    }
    busy = false;
    told(lost || !navigator.onLine ? say.offline : kept ? say.ready : "");
    show();
    if (again) { again = false; send(); }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = read(form.elements.code.value);
    if (!code) { fault("code", say.wrong); return; }
    if (form.elements.title.value.trim().length < 8) { fault("title", say.short); return; }
    if (form.elements.text.value.trim().length < 15) { fault("text", say.short); return; }
    if ((await rows()).some((row) => row.code === code && row.state !== "refused")) { fault("code", say.again); return; }
    const data = new FormData(form), file = data.get("photo");
    data.delete("photo");
    const fields = { ...Object.fromEntries(data), code };
    await put({ id: `${LAB}:${code}`, lab: LAB, code, at: Date.now(), state: "waiting", fields, photo: await smaller(file) });
    const { stop } = fields;
    form.reset();
    if (stop) form.elements.stop.value = stop;
    form.elements.code.focus();
    told(say.saved.replace("%s", `${code.slice(0, 4)}-${code.slice(4)}`));
    await show();
    send();
  });
  document.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("online", send);
  setInterval(() => { if (navigator.onLine) send(); }, 60000);

  if (location.hash) form.elements.code.value = location.hash.slice(1);
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.addEventListener("message", () => { kept = true; told(say.ready); });
    navigator.serviceWorker.register(`${location.pathname}sw.js`).then(() => navigator.serviceWorker.ready).then(({ active }) => {
      const drawn = performance.getEntriesByType("resource").map(({ name }) => name.split("#")[0]);
      active.postMessage([...new Set([location.href.split("#")[0], ...drawn.filter((name) => name.startsWith(`${location.origin}/static/`))])]);
    }).catch(() => {});
  }
  show();
  send();
})();
