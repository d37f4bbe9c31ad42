// How long a moderator still holds a case. Without scripts the page says until when.
window.addEventListener("entraide:ready", ({ detail: part }) => {
  const claim = part.querySelector?.("[data-seconds-left]");
  if (!claim) return;

  const ENDING = 120; // seconds
  const until = performance.now() + claim.dataset.secondsLeft * 1000; // the clock of the machine may be wrong
  const shown = claim.querySelector("[data-left]");
  const said = claim.querySelector("[data-left-said]");
  let last = Infinity;
  const count = () => {
    if (!claim.isConnected) return clearInterval(timer);
    const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    shown.textContent = left ? ` · encore ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : " · c’est passé";
    claim.classList.toggle("is-ending", left <= ENDING);
    if (left <= ENDING && last > ENDING) said.textContent = "Il vous reste deux minutes pour ce dossier.";
    if (!left) {
      said.textContent = "Votre quart d’heure est passé : gardez le dossier plus longtemps pour décider.";
      clearInterval(timer);
    }
    last = left;
  };
  const timer = setInterval(count, 1000);
  count();
});
