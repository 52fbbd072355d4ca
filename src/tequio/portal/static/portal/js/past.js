// The slider of the board's day; without it the date field does the same.
(() => {
  "use strict";
  document.querySelectorAll("form[data-past]").forEach((form) => {
    const slider = form.querySelector("input[type=range]");
    if (!slider) return;
    const date = form.elements.fecha, said = form.querySelector("output");
    const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    const first = Date.parse(form.dataset.past);
    let pointed = false;
    slider.closest("p").hidden = false;
    slider.addEventListener("input", () => {
      const day = new Date(first + slider.value * 864e5);
      date.value = day.toISOString().slice(0, 10);
      said.textContent = words.format(day);
      slider.setAttribute("aria-valuetext", said.textContent);
    });
    // Letting go of it shows the day; whoever moves it with the arrows asks for it with Enter.
    slider.addEventListener("pointerdown", () => { pointed = true; });
    slider.addEventListener("change", () => { if (pointed) form.requestSubmit(); });
    slider.addEventListener("keydown", (event) => {
      pointed = false;
      if (event.key === "Enter") { event.preventDefault(); form.requestSubmit(); }
    });
  });
})();
