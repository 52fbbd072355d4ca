// The room's screen asks for itself again and shows what is new. Without this script the page reloads by itself.
(() => {
  "use strict";
  const room = () => document.querySelector(".room[data-refresh]");
  if (!room()) return;
  const again = async () => {
    const old = room();
    if (!old) return;
    try {
      const answer = await fetch(location.href, { cache: "no-cache", credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".room");
      if (!fresh) throw new Error("not the screen");
      old.querySelector(".stale").hidden = true;
      if (fresh.innerHTML !== old.innerHTML || !fresh.dataset.refresh) old.replaceWith(document.adoptNode(fresh));
      const heading = page.querySelector(".hero");
      const shown = document.querySelector(".hero");
      if (heading && shown && heading.innerHTML !== shown.innerHTML) shown.replaceWith(document.adoptNode(heading));
    } catch {
      old.querySelector(".stale").hidden = false;
    }
    if (room()) setTimeout(again, 1000 * Number(room().dataset.refresh));
  };
  setTimeout(again, 1000 * Number(room().dataset.refresh));
})();
