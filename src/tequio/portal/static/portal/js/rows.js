// Rows of a form that are added, taken out and moved on the spot; without script, the same buttons ask the server.
(() => {
  "use strict";
  document.querySelectorAll("[data-rows]").forEach((box) => {
    const total = box.querySelector("[name$=-TOTAL_FORMS]"), end = box.querySelector("[name=agregar]");
    const rows = () => [...box.querySelectorAll(".formrow")];
    const number = () => {
      rows().forEach((row, n, all) => {
        row.querySelectorAll("*").forEach((part) => ["name", "id", "for", "aria-describedby", "value"].forEach((key) => {
          const said = part.getAttribute(key);
          if (said && (key !== "value" || part.type === "submit")) part.setAttribute(key, said.replace(/-(\d+|__prefix__)/g, `-${n}`));
        }));
        row.querySelector("[data-n]").textContent = n + 1;
        row.querySelector("[name=subir]").hidden = !n;
        row.querySelector("[name=bajar]").hidden = n === all.length - 1;
      });
      total.value = rows().length;
    };
    const add = () => { end.parentElement.before(box.querySelector("template").content.cloneNode(true)); number(); };
    total.addEventListener("rows", ({ detail }) => {
      while (rows().length > detail) rows().pop().remove();
      while (rows().length < detail) add();
      number();
    });
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button"), row = event.target.closest(".formrow");
      if (!button || !["agregar", "quitar", "subir", "bajar"].includes(button.name)) return;
      event.preventDefault();
      let focus = button;
      if (button === end) { add(); focus = rows().pop().querySelector("[type=text], select, textarea"); }
      if (button.name === "quitar") { row.remove(); focus = end; }
      if (button.name === "subir") row.previousElementSibling.before(row);
      if (button.name === "bajar") row.nextElementSibling.after(row);
      number();
      (focus.hidden ? row.querySelector("button:not([hidden])") : focus).focus();
      total.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
})();
