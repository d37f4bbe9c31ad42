// A filter applies as soon as it is chosen, in its place; the button "Appliquer" serves the sheet of a phone and those
// without scripts.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("form[data-apply]").forEach((form) => {
  const wide = matchMedia("(min-width: 56.25em)");
  let chosen; // the filters are drawn anew with their counts: who chose by keyboard goes on from the same one
  // What was left empty has no place in an address that people share.
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) if (formData.getAll(name).join("") === "") formData.delete(name);
  });
  form.addEventListener("change", ({ target }) => {
    if (!wide.matches) return;
    chosen = target;
    form.dispatchEvent(new Event("entraide:apply"));
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!chosen || chosen.isConnected || document.activeElement !== document.body) return;
    const same = [...form.elements].filter((one) => one.name === chosen.name);
    (same.find((one) => one.value === chosen.value) ?? same[0])?.focus({ preventScroll: true });
    chosen = null;
  });
}));
