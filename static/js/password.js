// Adds a button that shows what is typed in a password field.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("[data-reveal]").forEach((button) => {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}));
