// Keeps the capture page and what it is drawn with, so that it opens without a network. The network comes first.
"use strict";
const NAME = "tequio-capture";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
const keep = async (request, answer) => {
  if (answer.ok) await (await caches.open(NAME)).put(request, answer.clone());
  return answer;
};
self.addEventListener("message", (event) => event.waitUntil(
  Promise.all(event.data.map((address) => fetch(address).then((answer) => keep(address, answer)).catch(() => {})))
    .then(() => event.source.postMessage("kept")),
));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    fetch(request).then((answer) => keep(request, answer))
      .catch(async () => (await caches.match(request, { ignoreSearch: request.mode === "navigate" })) || Response.error()),
  );
});
