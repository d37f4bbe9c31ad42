// Adds a button that prints the page.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}));
