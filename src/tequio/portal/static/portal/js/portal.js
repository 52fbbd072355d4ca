// Small comforts; every page works without them.
(() => {
  "use strict";
  // Filters apply as soon as they change; the button stays for keyboards and slow hands.
  document.querySelectorAll("form[data-autosubmit]").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
    });
  });
  // A form with changes asks before the page is left.
  document.querySelectorAll("form[data-guard]").forEach((form) => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  });
  // A double click sends a form once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  // What takes long says so while it is on its way.
  document.querySelectorAll("form[data-busy]").forEach((form) => {
    form.addEventListener("submit", () => {
      const line = document.createElement("p");
      line.className = "busy";
      line.setAttribute("role", "status");
      line.append(document.createElement("progress"), form.dataset.busy);
      line.firstChild.setAttribute("aria-label", form.dataset.busy);
      form.append(line);
    });
  });
  // A button that copies: says so on itself, and shows only where copying works.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) { button.hidden = true; return; }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      if (button.dataset.done) button.textContent = button.dataset.done;
    });
  });
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
  });
  // Escape closes the folded menu and goes back to its button.
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  // A moment is told from now ("hace 12 minutos"); pages themselves are the same for everybody and say the date.
  const SPANS = [["day", 86400], ["hour", 3600], ["minute", 60]];
  document.querySelectorAll("time[data-ago]").forEach((time) => {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, length] = SPANS.find((span) => -seconds >= span[1]) || ["second", 1];
    if (!(seconds <= 0) || !Intl.RelativeTimeFormat) return;
    time.title = time.textContent;
    time.textContent = new Intl.RelativeTimeFormat(document.documentElement.lang).format(Math.round(seconds / length), unit);
  });
  // Errors are read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
