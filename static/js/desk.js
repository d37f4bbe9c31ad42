// The moderators' desk by keyboard. Every key does what a link or a button of the page does; one switch turns them off.
window.addEventListener("entraide:ready", ({ detail: part }) => {
  const desk = part.querySelector?.("[data-desk]");
  if (!desk) return;

  const OFF = "desk-keys-off";
  const toggle = desk.querySelector("[data-keys-on]");
  const read = () => { try { return localStorage.getItem(OFF); } catch { return null; } };
  if (toggle) {
    toggle.checked = !read();
    toggle.addEventListener("change", () => { try { toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { /* private browsing: for this page only */ } });
  }

  const reason = desk.querySelector("[data-ready-words] select");
  const words = desk.querySelector("[data-ready-words] textarea");
  reason?.addEventListener("change", () => {
    const ready = [...reason.options].map((option) => option.dataset.words);
    const typed = words.value.trim();
    if (!typed || ready.includes(typed)) words.value = reason.selectedOptions[0].dataset.words;
  });

  const move = (step) => {
    const rows = [...desk.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
    const at = rows.findIndex((row) => row === document.activeElement);
    const from = at < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : at;
    rows[Math.min(rows.length - 1, Math.max(0, from + step))]?.focus();
  };
  const help = () => {
    const keys = desk.querySelector("[data-keys]");
    if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); }
  };
  const does = { j: () => move(1), k: () => move(-1), "?": help };

  document.addEventListener("keydown", (e) => {
    if (!desk.isConnected || !(toggle ? toggle.checked : !read())) return;
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    const target = desk.querySelector(`[data-key="${CSS.escape(e.key)}"], [data-focus="${CSS.escape(e.key)}"]`);
    if (!does[e.key] && !target) return;
    e.preventDefault();
    if (does[e.key]) does[e.key]();
    else if (target.dataset.key) target.click();
    else target.focus();
  });
});
