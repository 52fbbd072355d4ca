// What takes long says so while it is on its way.
(() => {
  "use strict";
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
})();
