// A text area grows with its text where the browser does not do it by itself (field-sizing).
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("textarea[data-autosize]").forEach((area) => {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => { area.rows = Math.max(Number(area.dataset.autosize), area.value.split("\n").length + 1); };
  area.addEventListener("input", fit);
  fit();
}));
