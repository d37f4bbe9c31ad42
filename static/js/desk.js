// The moderators' desk by keyboard. Every key does what a link or a button of the page does; one switch turns them off.
window.addEventListener("entraide:ready", ({ detail: part }) => {
  const desk = part.querySelector?.("[data-desk]");
  if (!desk) return;

  const OFF = "desk-keys-off";
  const SETTLED = 500; // milliseconds: a key pressed twice must not decide of the case that comes next
  const since = performance.now();
  const toggle = desk.querySelector("[data-keys-on]");
  const read = () => { try { return localStorage.getItem(OFF); } catch { return null; } };
  if (toggle) {
    toggle.checked = !read();
    toggle.addEventListener("change", () => { try { toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { /* private browsing: for this page only */ } });
  }

  const rows = () => [...desk.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
  const move = (step) => {
    const all = rows();
    const at = all.findIndex((row) => row === document.activeElement);
    const from = at < 0 ? all.findIndex((row) => row.hasAttribute("aria-current")) : at;
    all[Math.min(all.length - 1, Math.max(0, from + step))]?.focus();
    return all.length > 0;
  };
  const take = (link) => {
    if (!link) return false;
    const form = desk.querySelector("[data-take]");
    const to = new URL(link.href);
    form.action = `${to.pathname}/prise${to.search}`;
    form.requestSubmit();
    return true;
  };
  const chosen = () => rows().find((row) => row === document.activeElement);
  const beside = (key) => take(desk.querySelector(`[data-beside="${key}"]`)); // where there is no room for the list
  const does = {
    j: () => move(1) || beside("j"),
    k: () => move(-1) || beside("k"),
    c: () => take(chosen() ?? (desk.classList.contains("is-queue") ? rows()[0] : null)),
    "?": () => { desk.querySelector("[data-keys]")?.togglePopover?.(); return true; },
  };
  const press = (key) => {
    if (does[key]?.()) return true;
    const target = desk.querySelector(`[data-key="${CSS.escape(key)}"], [data-focus="${CSS.escape(key)}"]`);
    if (!target || (target.dataset.key && target.disabled)) return false;
    if (target.dataset.key) target.click();
    else target.focus();
    return true;
  };

  document.addEventListener("keydown", (e) => {
    if (!desk.isConnected || e.isComposing || !(toggle ? toggle.checked : !read())) return;
    const field = e.target.closest("input, textarea, select, [contenteditable]");
    if (field && e.key === "Escape" && desk.contains(field)) field.blur();
    if (field || e.ctrlKey || e.metaKey || e.altKey || e.repeat || performance.now() - since < SETTLED) return;
    if (e.key === "Enter" ? take(chosen()) : press(e.key)) e.preventDefault();
  });
});
