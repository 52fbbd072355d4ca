// A moment is told from now ("hace 12 minutos"); pages themselves are the same for everybody and say the date.
(() => {
  "use strict";
  const SPANS = [["day", 86400], ["hour", 3600], ["minute", 60]];
  document.querySelectorAll("time[data-ago]").forEach((time) => {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, length] = SPANS.find((span) => -seconds >= span[1]) || ["second", 1];
    if (!(seconds <= 0) || !Intl.RelativeTimeFormat) return;
    time.title = time.textContent;
    time.textContent = new Intl.RelativeTimeFormat(document.documentElement.lang).format(Math.round(seconds / length), unit);
  });
})();
