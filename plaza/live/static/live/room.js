// The room: every ten seconds it is asked whether there is anything new, and what is new is put in, without moving what
// somebody reads or writes. Without this file everything works as well, by loading the page again.
(() => {
  const board = document.querySelector("[data-live]");
  if (!board) return;
  // The board that everybody is handed may be two seconds old: what somebody has just pressed may not be in it.
  const EVERY = 10000, LONGEST = 80000, SOON = 2500;
  const { live, ticket, said, wrong } = board.dataset;
  const isWhole = "whole" in board.dataset;
  const [news, lost, gone] = ["news", "lost", "gone"].map((name) => document.querySelector(`[data-${name}]`));
  let seen = board.dataset.etag, timer = 0, failed = 0, isLooking = false;

  async function look() {
    if (isLooking || document.hidden) return;
    isLooking = true;
    clearTimeout(timer);
    try {
      // No cookie goes with it: neither a session nor an account is looked for.
      const answer = await fetch(live, {
        credentials: "omit", cache: "no-store", headers: { "Plaza-Ticket": ticket, "If-None-Match": seen },
      });
      if (answer.status === 403) { gone.hidden = false; return; }
      if (answer.status === 200) {
        put(isWhole ? await whole() : fragment(await answer.text()));
        seen = answer.headers.get("ETag");
      } else if (answer.status !== 304) throw new Error(answer.status);
      failed = 0;
    } catch {
      failed += 1;
    } finally {
      isLooking = false;
      lost.hidden = failed < 3;
    }
    // Not all of a thousand in the same instant.
    timer = setTimeout(look, Math.min(EVERY * 2 ** failed, LONGEST) * (0.9 + Math.random() / 5));
  }

  function fragment(markup) {
    const box = document.createElement("div");
    box.innerHTML = markup;
    return box;
  }

  async function whole() {
    const answer = await fetch(location.href, { cache: "no-store" });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
    if (!there) throw new Error("another page");
    return there;
  }

  function press(button, isPressed) {
    button.setAttribute("aria-pressed", isPressed);
    button.name = isPressed ? "take-back" : "second";
  }

  // Her own is counted at once; the true number comes with the next look.
  function count(button, more) {
    const shown = button.querySelector("b");
    if (/^\d+$/.test(shown.textContent)) shown.textContent = Number(shown.textContent) + more;
  }

  // What is one's own is not in the markup that everybody is handed: it is carried over from what stands here.
  function put(fresh) {
    const twin = (old) => fresh.querySelector(`#${old.id}`);
    for (const old of board.querySelectorAll("[aria-pressed=true]")) if (twin(old)) press(twin(old), true);
    for (const old of board.querySelectorAll("[data-own]")) if (twin(old)) twin(old).dataset.own = "";
    for (const old of board.querySelectorAll("input[id]")) if (twin(old)) twin(old).checked = old.checked;
    for (const old of board.querySelectorAll("details[open]")) {
      const same = [...fresh.querySelectorAll("details")].find((each) => each.dataset.heap === old.dataset.heap);
      if (same) same.open = true;
    }
    const things = "li[id], fieldset[id]";
    const had = new Set([...board.querySelectorAll(things)].map((thing) => thing.id));
    const isNew = [...fresh.querySelectorAll(things)].some((thing) => !had.has(thing.id));
    const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
    const isInside = board.getBoundingClientRect().top < 0;
    const read = isInside && [...board.querySelectorAll("li[id]")].find((line) => line.getBoundingClientRect().bottom > 0);
    const top = read && read.getBoundingClientRect().top;
    board.replaceChildren(...fresh.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const there = read && document.getElementById(read.id);
    if (there) scrollBy(0, there.getBoundingClientRect().top - top);
    if (isNew) tell(said);
  }

  function tell(sentence) {
    news.hidden = false;
    news.textContent = sentence;
  }

  const form = document.getElementById("room");
  form?.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    data.append(button.name, button.value);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "text/plain" } });
      const sentence = await answer.text();
      if (!(answer.headers.get("Content-Type") || "").startsWith("text/plain")) throw new Error(answer.status);
      if (answer.ok && button.hasAttribute("aria-pressed")) {
        count(button, button.name === "second" ? 1 : -1);
        press(button, button.name === "second");
      }
      tell(sentence);
      clearTimeout(timer);
      timer = setTimeout(look, SOON);
    } catch {
      tell(wrong);
    }
  });
  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, EVERY);
})();
