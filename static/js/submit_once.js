// A second click on "Publier" must not send the form twice.
{
  const senders = (form) => form.querySelectorAll("button:not([type=button])");
  document.addEventListener("submit", (e) => {
    if (e.defaultPrevented || e.target.method !== "post") return;
    setTimeout(() => senders(e.target).forEach((button) => { button.disabled = true; }));
  });
  window.addEventListener("pageshow", (e) => {
    if (e.persisted) document.querySelectorAll("form").forEach((form) => senders(form).forEach((button) => { button.disabled = false; }));
  });
}
