// Forms that save themselves. What is typed stays on this device until the server has it; without script, the button saves.
(() => {
  "use strict";
  const PREFIX = "tequio:draft:", MONTH = 2592000000, OURS = ["csrfmiddlewaretoken", "revision"];
  let store;
  try { store = localStorage; store.length; } catch { store = {}; }
  const read = (key) => { try { return JSON.parse(store[key]); } catch { return null; } };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // What the server took (it led to another page), and what nobody came back for, is forgotten.
  Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
    const entry = read(key), led = entry?.sent && entry.path !== location.pathname && document.referrer.split(/[?#]/)[0] === location.origin + entry.path;
    if (led || !entry || Date.now() - entry.at > MONTH) delete store[key];
  });

  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const one = (selector) => form.querySelector(selector);
    const note = one("[data-saved]"), revision = one("[name=revision]"), found = one("[data-found]");
    let address = form.getAttribute("action") || location.href, path = location.pathname;
    let timer, dirty, busy, stopped, tried, wanted;
    const key = () => PREFIX + form.dataset.autosave + path;
    const say = (state, words) => { note.textContent = words || note.dataset[state]; note.dataset.state = state; };
    const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS.includes(name));
    const keep = (sent) => {
      try { store[key()] = JSON.stringify({ at: Date.now(), path, revision: revision.value, rows: typed(), sent }); return true; } catch { return false; }
    };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const touched = () => { dirty = true; keep(); if (!stopped) later(2500); };

    async function save() {
      clearTimeout(timer);
      if (busy || stopped || !(dirty || tried)) return;
      busy = true;
      say("busy");
      try {
        // An attempt whose answer was lost goes again word for word: the server may have it already.
        if (!tried) {
          tried = { body: new FormData(form), rows: typed() };
          form.querySelectorAll("[type=file]").forEach(({ name }) => tried.body.delete(name));
        }
        const answer = await fetch(address, { method: "POST", body: tried.body, headers: { "X-Autosave": "1" }, redirect: "manual" });
        if (answer.status >= 500) throw answer;
        const said = await answer.json().catch(() => ({}));
        if (said.revision !== undefined) {
          revision.value = said.revision;
          if (said.address) {
            delete store[key()];
            address = path = said.address;
            history.replaceState(history.state, "", address);
          }
          dirty = !same(typed(), tried.rows);
          if (dirty || said.pending) keep(); else delete store[key()];
          if (dirty) later(2500);
          say(said.pending ? "pending" : "done", said.pending);
        } else {
          // Somebody else saved, or the session ended: the text stays, the button says what to do.
          stopped = answer.status !== 422;
          keep();
          say("bad", said.error);
        }
        tried = null;
      } catch {
        keep();
        say("offline");
        later(10000);
      }
      busy = false;
      if (wanted && !tried) form.requestSubmit(wanted.form ? wanted : undefined);
      wanted = null;
    }

    const fill = (rows) => {
      const place = {}, said = (name) => rows.filter((row) => row[0] === name).map((row) => row[1]);
      form.querySelectorAll("[name$=-TOTAL_FORMS]").forEach((total) => {
        total.dispatchEvent(new CustomEvent("rows", { detail: said(total.name)[0] }));
      });
      [...form.elements].forEach((part) => {
        const { name, type } = part, values = said(name);
        if (!name || OURS.includes(name) || ["file", "submit", "button", "fieldset"].includes(type)) return;
        if (type === "checkbox" || type === "radio") part.checked = values.includes(part.value);
        else if (part.multiple) [...part.options].forEach((option) => { option.selected = values.includes(option.value); });
        else part.value = values[place[name] = (place[name] ?? -1) + 1] ?? part.value;
      });
    };

    const entry = read(key());
    if (one(".summary, .wrong")) keep();
    else if ("unsaved" in form.dataset) touched();
    else if (entry && same(entry.rows, typed())) delete store[key()];
    else if (entry?.revision === revision.value) { fill(entry.rows); touched(); say("restored"); }
    else if (entry) found.hidden = false;
    one("[data-recover]").addEventListener("click", () => { fill(entry.rows); touched(); found.hidden = true; });
    one("[data-drop]").addEventListener("click", () => { delete store[key()]; found.hidden = true; });

    ["input", "change"].forEach((kind) => form.addEventListener(kind, touched));
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) stopped = false; });
    window.addEventListener("beforeunload", (event) => { if (dirty && !keep()) event.preventDefault(); });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      // An answer that is still under way decides which revision the button sends; without a line, nothing leaves the page.
      if (navigator.onLine && (stopped || !(busy || tried))) { keep(true); dirty = false; stopped = true; return; }
      event.preventDefault();
      keep();
      if (!navigator.onLine) { say("offline"); return; }
      wanted = event.submitter || {};
      save();
    });
  });
})();
