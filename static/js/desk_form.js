// What is written to an author: ready words fill the field, r and e choose what is decided, Ctrl and Enter send it.
window.addEventListener("entraide:ready", ({ detail: part }) => {
  const form = part.querySelector?.("[data-refuse]");
  if (!form) return;

  const { reason, canned, words } = form.elements;
  const ready = new Set([...reason.options].map((option) => option.dataset.words.trim()));
  const fill = (text) => {
    const typed = words.value.trim();
    if (typed && !ready.has(typed)) return; // what was typed is never lost
    words.value = text;
    ready.add(text.trim());
    words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const load = async () => (await fetch("/moderation/mots-prets")).json();
  reason.addEventListener("change", () => { canned.value = ""; fill(reason.selectedOptions[0].dataset.words); });
  canned.addEventListener("change", async () => {
    const option = canned.selectedOptions[0];
    if (option.dataset.reason) reason.value = option.dataset.reason;
    fill(option.value ? (await load())[option.value] : reason.selectedOptions[0].dataset.words);
  });

  let chosen = null;
  const buttons = [...form.querySelectorAll("[data-key]")];
  const said = form.querySelector("[data-chosen]");
  buttons.forEach((button) => button.addEventListener("click", (e) => {
    if (e.isTrusted) return; // pressed for real; the keys only choose, as there is something to say first
    e.preventDefault();
    chosen = button;
    buttons.forEach((one) => one.classList.toggle("is-chosen", one === button));
    said.hidden = false;
    said.textContent = `Ctrl + Entrée : ${button.querySelector("[data-says]").textContent.toLowerCase()}`;
    reason.focus();
  }));
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || !chosen) return;
    e.preventDefault();
    form.requestSubmit(chosen);
  });
});
