// What is written to an author: ready words fill the field, r and e choose what is decided, Ctrl and Enter send it.
window.addEventListener("entraide:ready", ({ detail: part }) => {
  const form = part.querySelector?.("[data-refuse]");
  if (!form) return;

  const { reason, canned, words } = form.elements;
  const ready = [...form.querySelectorAll("[data-words]")].map((option) => option.dataset.words.trim());
  const fill = (option) => {
    const typed = words.value.trim();
    if (typed && !ready.includes(typed)) return; // what was typed is never lost
    words.value = option.dataset.words;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  reason.addEventListener("change", () => { canned.value = ""; fill(reason.selectedOptions[0]); });
  canned.addEventListener("change", () => {
    const option = canned.selectedOptions[0];
    if (option.dataset.reason) reason.value = option.dataset.reason;
    fill(option.dataset.words ? option : reason.selectedOptions[0]);
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
