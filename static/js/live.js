// New messages and unread counts reach the open page. Nothing depends on it: loading the page again shows the same.
{
  const BADGES = { "unread-messages": ["messages", "non lu", "non lus"], "unread-notifications": ["notifications", "non lue", "non lues"] };
  let source = null;

  const showCounts = (unread) => {
    for (const [id, [what, one, many]] of Object.entries(BADGES)) {
      const badge = document.getElementById(id);
      if (!badge) continue;
      const words = document.createElement("span");
      words.className = "visually-hidden";
      words.textContent = ` ${unread[what] === 1 ? one : many}`;
      badge.replaceChildren(...(unread[what] ? [unread[what] < 100 ? `${unread[what]}` : "99+", words] : []));
    }
  };

  const rest = () => { source?.close(); source = null; };
  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource("/direct");
    // What happened while nobody listened is asked for as soon as the line is open.
    source.addEventListener("open", () => document.dispatchEvent(new CustomEvent("entraide:message")));
    source.addEventListener("message", (e) => document.dispatchEvent(new CustomEvent("entraide:message", { detail: e.data })));
    source.addEventListener("badge", (e) => showCounts(JSON.parse(e.data)));
    source.addEventListener("fin", rest);
  };

  // A browser opens six connections to a site at most: pages nobody looks at leave theirs.
  if (document.getElementById("unread-messages")) {
    document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
    window.addEventListener("pagehide", rest);
    window.addEventListener("pageshow", listen);
  }
}
