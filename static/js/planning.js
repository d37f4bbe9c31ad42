// On a calendar of weeks, the name of a week notes what "Noter d’un coup" says, a mouse held down notes several, and the
// shortcuts tick without a trip to the server. What is not saved yet is said at the foot of the form.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("form[data-planning]").forEach((form) => {
  const said = form.querySelector("[data-said]");
  const weeks = new Map([...form.querySelectorAll(".plan-week")].map((week) => [week.querySelector("input").value, week]));
  const note = (noted) => {
    const mark = form.elements.mark.value;
    for (const week of noted) {
      const [home, away] = week.querySelectorAll("input");
      home.checked = mark === "both" || mark === "home";
      away.checked = mark === "both" || mark === "away";
    }
    said.textContent = `${noted.length > 1 ? `${noted.length} semaines notées` : "Semaine notée"}. Pas encore enregistré.`;
  };
  form.addEventListener("change", ({ target }) => {
    if (!["mark", "zone", "scope"].includes(target.name)) said.textContent = "Pas encore enregistré.";
  });
  form.addEventListener("click", (click) => {
    const name = click.target.closest(".plan-week legend");
    if (name && click.pointerType !== "mouse") note([name.parentElement]);
    const shortcut = click.target.closest("button[name=do]");
    const noted = shortcut?.dataset.weeks?.split(" ").map((day) => weeks.get(day)).filter(Boolean)
      ?? [...shortcut?.closest(".plan-month")?.querySelectorAll(".plan-week") ?? []];
    if (!noted.length) return;
    click.preventDefault();
    note(noted);
  });
  let painting = false;
  form.addEventListener("pointerdown", (press) => {
    const name = press.pointerType === "mouse" && press.button === 0 && press.target.closest(".plan-week legend");
    painting = Boolean(name);
    if (name) note([name.parentElement]);
  });
  form.addEventListener("pointerover", (over) => {
    if (!painting || !(over.buttons & 1)) { painting = false; return; }
    const week = over.target.closest(".plan-week");
    if (week) note([week]);
  });
}));
