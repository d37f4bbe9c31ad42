// Tells the other scripts which part of the page is new: the whole page first, then what htmx brings.
{
  const ready = (part) => window.dispatchEvent(new CustomEvent("entraide:ready", { detail: part }));
  document.documentElement.classList.replace("no-js", "has-js");
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (e) => { if (e.detail.elt !== document.body) ready(e.detail.elt); });
}
