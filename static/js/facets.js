// A filter applies as soon as it is chosen, in its place; the button "Appliquer" serves the sheet of a phone and those
// without scripts.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("form[data-apply]").forEach((form) => {
  const wide = matchMedia("(min-width: 56.25em)");
  // What was left empty has no place in an address that people share.
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) if (formData.getAll(name).join("") === "") formData.delete(name);
  });
  form.addEventListener("change", () => { if (wide.matches) form.dispatchEvent(new Event("entraide:apply")); });
}));
