// Shows the chosen photos before they are sent, and says at once when there are too many.
window.addEventListener("entraide:ready", (ready) => ready.detail.querySelectorAll("input[data-photos]").forEach((input) => {
  const shown = document.getElementById(input.dataset.photos);
  input.addEventListener("change", () => {
    shown.querySelectorAll("img").forEach((img) => URL.revokeObjectURL(img.src));
    const files = [...input.files].filter((file) => file.type.startsWith("image/"));
    shown.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      const img = document.createElement("img");
      img.src = URL.createObjectURL(file);
      img.alt = file.name;
      item.append(img);
      return item;
    }));
    const room = Number(input.dataset.max);
    input.setCustomValidity(files.length > room ? `Choisissez ${room} photos au plus.` : "");
    input.reportValidity();
  });
}));
