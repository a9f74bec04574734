// The player and the words in step. Without this file the page still opens at the words and the player at the second.
(() => {
  const media = document.querySelector("[data-player]");
  const said = [...document.querySelectorAll(".said[data-start]")];
  const starts = said.map((line) => Number(line.dataset.start));
  let current = null;

  // `#t=754`, `#t=12.4,18`, and the clock form `#t=0:12:34` of media fragments.
  function secondsIn(fragment) {
    const match = /^#t=(?:npt:)?(?:(?:(\d+):)?(\d+):)?(\d{1,9}(?:\.\d*)?)(?=[,&]|$)/.exec(fragment);
    return match && Number(match[1] || 0) * 3600 + Number(match[2] || 0) * 60 + Number(match[3]);
  }

  function lineAt(seconds) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds + 0.05) low = middle + 1; else high = middle;
    }
    return said[low - 1] || null;
  }

  function show(line, scroll) {
    if (line === current) return;
    if (current) current.removeAttribute("aria-current");
    current = line;
    if (!line) return;
    line.setAttribute("aria-current", "true");
    const box = line.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (scroll || box.top < 120 || box.bottom > innerHeight) {
      line.scrollIntoView({ block: "center", behavior: calm || scroll ? "auto" : "smooth" });
    }
  }

  function open() {
    const seconds = secondsIn(location.hash);
    if (seconds === null) return;
    const line = lineAt(seconds);
    const last = said[said.length - 1];
    const beyond = last && seconds >= Number(last.dataset.end);
    const list = document.querySelector("[data-more]");
    const asked = Number(new URLSearchParams(location.search).get("t")) === seconds;
    if ((!line || beyond) && list && !asked) {
      // The words of this second stand in another part of a long transcript; which one, the server knows.
      location.replace(`${location.pathname}?t=${seconds}${location.hash}`);
      return;
    }
    show(line, true);
    if (media) {
      const seek = () => { media.currentTime = seconds; };
      if (media.readyState > 0) seek(); else { media.addEventListener("loadedmetadata", seek, { once: true }); media.load(); }
    }
  }

  if (media) {
    media.addEventListener("timeupdate", () => { if (!media.paused) show(lineAt(media.currentTime), false); });
  }
  addEventListener("hashchange", () => { open(); if (media && secondsIn(location.hash) !== null) media.play().catch(() => {}); });
  open();
})();
