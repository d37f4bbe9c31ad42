// An open conversation: brings what is new, keeps the last message in view and what is being typed in the box.
{
  let [asking, again, leaving] = [false, false, false];
  let [sent, typedSince] = ["", ""];

  const box = () => document.querySelector("#thread-write textarea");
  const isAtEnd = () => (document.getElementById("thread-state")?.getBoundingClientRect().top ?? 0) < innerHeight + 40;
  const showEnd = () => document.getElementById("thread-state")?.scrollIntoView({ block: "end" });

  // One request at a time: two would bring the same messages twice.
  const catchUp = async () => {
    again = true;
    if (asking) return;
    asking = true;
    const wasAtEnd = isAtEnd();
    while (again || document.querySelector("#thread-next[data-more]")) {
      again = false;
      const next = document.getElementById("thread-next");
      if (!next) break;
      await htmx.ajax("GET", next.dataset.url, { source: next, target: next, swap: "outerHTML" }).catch(() => {});
      if (next.isConnected) break; // not answered: the next event tries again
    }
    asking = false;
    if (wasAtEnd) showEnd();
  };

  // Who hands a conversation over leaves its page, and hears of it on the way: what is there is no longer theirs.
  document.addEventListener("submit", (e) => { leaving = e.target.id !== "thread-write"; });
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("entraide:message", (e) => {
    const shown = document.getElementById("thread")?.dataset.conversation;
    if (shown && !leaving && (!e.detail || e.detail === shown)) catchUp();
  });
  document.addEventListener("entraide:sent", async () => {
    box()?.focus();
    await catchUp();
    showEnd();
  });

  // Who goes on typing while a message leaves keeps what they typed.
  document.addEventListener("htmx:beforeRequest", (e) => { if (e.target.id === "thread-write") sent = box().value; });
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.target.id !== "thread-write") return;
    const now = box().value;
    typedSince = now.startsWith(sent) ? now.slice(sent.length) : now;
  });
  window.addEventListener("entraide:ready", (e) => {
    if (e.detail === document) showEnd();
    else if (e.detail.id === "thread-write") { box().value += typedSince; typedSince = ""; }
  });

  // Gone for good (a block): the page says so. Anything else may pass.
  document.addEventListener("htmx:responseError", (e) => {
    if (e.detail.xhr.status === 404 && e.target.closest("#thread, #thread-write")) location.reload();
  });
  document.addEventListener("htmx:sendError", (e) => {
    const away = e.target.id === "thread-write" && document.getElementById("thread-away");
    if (away) away.hidden = false;
  });
}
