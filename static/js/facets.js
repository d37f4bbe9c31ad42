// A filter applies as soon as it is ticked; the button "Appliquer" serves those without scripts and the sheet of a phone.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("form[data-apply]").forEach((form) => {
  const wide = matchMedia("(min-width: 56.25em)");
  form.addEventListener("change", () => { if (wide.matches) form.requestSubmit(); });
}));
