// New messages and unread counts arrive on the open page. Nothing depends on it: loading the page again shows the same.
{
  const NAMES = { "unread-messages": ["messages", "non lu", "non lus"], "unread-notifications": ["notifications", "non lue", "non lues"] };
  let source = null;
  let asking = false;
  let again = false;

  const showCounts = (unread) => {
    for (const [id, [what, one, many]] of Object.entries(NAMES)) {
      const badge = document.getElementById(id);
      if (!badge) continue;
      const words = document.createElement("span");
      words.className = "visually-hidden";
      words.textContent = ` ${unread[what] === 1 ? one : many}`;
      badge.replaceChildren(...(unread[what] ? [unread[what] < 100 ? `${unread[what]}` : "99+", words] : []));
    }
  };

  // One request at a time: two would bring the same messages twice.
  const catchUp = async () => {
    again = true;
    if (asking) return;
    asking = true;
    while (again || document.querySelector("#thread-next[data-more]")) {
      again = false;
      const next = document.getElementById("thread-next");
      if (!next) break;
      await htmx.ajax("GET", next.dataset.url, { target: next, swap: "outerHTML" }).catch(() => {});
    }
    asking = false;
  };

  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource("/direct");
    source.addEventListener("open", catchUp);
    source.addEventListener("badge", (e) => showCounts(JSON.parse(e.data)));
    source.addEventListener("message", (e) => {
      if (document.getElementById("thread")?.dataset.conversation === e.data) catchUp();
    });
    source.addEventListener("fin", rest);
  };
  const rest = () => { source?.close(); source = null; };

  // A browser opens six connections to a site: pages nobody looks at leave theirs.
  if (document.getElementById("unread-messages")) {
    document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
    window.addEventListener("pagehide", rest);
    window.addEventListener("pageshow", listen);
  }

  document.addEventListener("entraide:sent", catchUp);
  document.addEventListener("htmx:responseError", (e) => { if (e.target.closest("#thread, #thread-write")) location.reload(); });
  document.addEventListener("htmx:sendError", () => {
    const away = document.getElementById("thread-away");
    if (away) away.hidden = false;
  });
  window.addEventListener("entraide:ready", (e) => { if (e.detail === document) document.querySelector("#thread[data-conversation] > :nth-last-child(2)")?.scrollIntoView({ block: "nearest" }); });
}
