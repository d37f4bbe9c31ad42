// A conversation opened by a code has no account to be told by: its page listens for its own events.
{
  let source = null;
  const direct = () => document.getElementById("thread")?.dataset.direct;
  const rest = () => { source?.close(); source = null; };
  const listen = () => {
    if (source || document.hidden || !direct()) return;
    source = new EventSource(direct());
    for (const event of ["open", "message"]) source.addEventListener(event, () => document.dispatchEvent(new CustomEvent("entraide:message")));
    source.addEventListener("fin", rest);
  };
  document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
}
