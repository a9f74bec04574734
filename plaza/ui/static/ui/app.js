// The app: pages read last are kept for the way (service-worker.js). Without this everything works as well.
const list = document.querySelector("[data-kept]");
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}
if (list && "caches" in window) {
  caches.open("plaza-pages").then(async (kept) => {
    for (const request of (await kept.keys()).reverse()) {
      const page = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html");
      const link = document.createElement("a");
      link.href = request.url;
      link.lang = page.documentElement.lang;
      link.textContent = page.title;
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    document.querySelector("[data-kept-none]").hidden = list.children.length > 0;
  });
}
