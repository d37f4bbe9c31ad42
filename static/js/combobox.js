// A text field that suggests while one types. Without this script it is a plain text field.
{
  const OPTION = "[role=option]:not([aria-disabled])";

  const point = (input, list, option) => {
    list.querySelectorAll("[role=option]").forEach((o) => o.setAttribute("aria-selected", String(o === option)));
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id ||= `${list.id}-${[...list.querySelectorAll(OPTION)].indexOf(option)}`;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const choose = (input, close, option) => {
    if (option.dataset.href) return location.assign(option.dataset.href);
    input.value = option.dataset.value ?? option.textContent.trim();
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const enhance = (input) => {
    const list = document.getElementById(input.dataset.combobox);
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.entries(said).forEach(([name, value]) => input.setAttribute(name, value));
    input.autocomplete = "off";
    list.insertAdjacentHTML("afterend", '<p class="visually-hidden" role="status"></p>');
    const heard = list.nextElementSibling;
    let wanted = false, chosen; // what comes after Escape or a choice opens nothing; the chosen stays so while it is there
    const close = () => {
      wanted = false;
      list.replaceChildren();
      heard.textContent = "";
      input.setAttribute("aria-expanded", "false");
      point(input, list);
    };
    input.addEventListener("input", () => { wanted = true; });
    input.addEventListener("htmx:configRequest", (e) => {
      e.detail.parameters.q = input.value;
      if (!wanted || input.value.trim().length < 2) { e.preventDefault(); close(); }
    });
    list.addEventListener("htmx:beforeSwap", (e) => { chosen = list.querySelector("[aria-selected=true]")?.dataset.value; e.detail.shouldSwap &&= wanted; });
    list.addEventListener("htmx:afterSwap", () => {
      input.setAttribute("aria-expanded", String(list.querySelector("[role=option]") !== null));
      const many = list.querySelectorAll(OPTION).length;
      heard.textContent = many ? `${many} suggestion${many > 1 ? "s" : ""}. Choisissez avec les flèches.` : "Aucune suggestion.";
      point(input, list, chosen && [...list.querySelectorAll(OPTION)].find((o) => o.dataset.value === chosen));
    });
    list.addEventListener("mousedown", (e) => e.preventDefault());
    list.addEventListener("click", (e) => { const o = e.target.closest(OPTION); if (o) choose(input, close, o); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (e) => {
      const options = [...list.querySelectorAll(OPTION)], at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
      if (e.key === "Escape") { if (list.children.length) e.preventDefault(); close(); }
      if (e.key === "Enter" && at >= 0) { e.preventDefault(); choose(input, close, options[at]); }
      const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1 }[e.key];
      if (to !== undefined && options.length) { e.preventDefault(); point(input, list, options.at(to % options.length)); }
    });
  };

  window.addEventListener("entraide:ready", (e) => e.detail.querySelectorAll("[data-combobox]").forEach(enhance));
}
