// Above a form of the desk that something must be mended in stands a list of it all. Each line leads
// to its field, on whatever tab and in whatever closed part that is, and says when it was changed.
(() => {
  const ERRORS = ".error-message, .help-critical";
  const FIELDS = "input:not([type=hidden]), select, textarea, [contenteditable=true]";

  const wrapperOf = (error) =>
    error.closest(".w-field__wrapper, [data-contentpath]") ?? error.closest("[data-panel]");

  function nameOf(error) {
    const label = error.closest(".w-field__wrapper")?.querySelector(".w-field__label, label");
    const heading = error.closest("[data-panel]")?.querySelector("[data-panel-heading-text]");
    return [heading, label]
      .map((each) => each?.textContent.replace("*", "").trim())
      .filter((each, place, all) => each && all.indexOf(each) === place)
      .join(", ");
  }

  function lead(error) {
    const tab = error.closest("[role=tabpanel]");
    if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    for (let panel = error.closest("[data-panel]"); panel; ) {
      const toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
      panel = panel.parentElement.closest("[data-panel]");
    }
    const place = wrapperOf(error) ?? error;
    place.scrollIntoView({ block: "center" });
    const fields = [...place.querySelectorAll(FIELDS), ...place.querySelectorAll("button")];
    fields.find((each) => each.offsetParent)?.focus({ preventScroll: true });
  }

  function line(error, changed) {
    const item = document.createElement("li");
    const link = document.createElement("button");
    const name = nameOf(error);
    const words = error.textContent.trim().replace(/\s+/g, " ");
    link.type = "button";
    link.textContent = name ? `${name}: ${words}` : words;
    link.addEventListener("click", () => lead(error));
    item.append(link);
    for (const kind of ["input", "change", "click"]) {
      wrapperOf(error)?.addEventListener(kind, ({ target }) => {
        if (kind === "click" && !target.closest("[contenteditable], [data-chosen]")) return;
        if (kind !== "click" || target.closest("[data-chosen]")) changed(item, error);
      });
    }
    return item;
  }

  function show(form) {
    const errors = [...form.querySelectorAll(ERRORS)].filter(
      (error) => !error.closest("template, [hidden]:not([role=tabpanel])") && error.textContent.trim(),
    );
    if (!errors.length) return;
    const box = document.createElement("section");
    const heading = document.createElement("h2");
    const list = document.createElement("ul");
    box.className = "publishing-errors";
    box.setAttribute("aria-labelledby", "publishing-errors");
    heading.id = "publishing-errors";
    heading.tabIndex = -1;

    function count() {
      const left = list.querySelectorAll("li:not([data-changed])").length;
      if (left) heading.textContent = left === 1 ? "One thing to mend" : `${left} things to mend`;
      else heading.textContent = "Everything here was changed: send it again";
    }
    function changed(item, error) {
      if ("changed" in item.dataset) return;
      item.dataset.changed = "";
      item.append(" (changed)");
      error.hidden = true;
      count();
    }
    list.append(...errors.map((error) => line(error, changed)));
    count();
    box.append(heading, list);
    form.prepend(box);
    heading.focus();
  }

  // The parts of a body are made by scripts, which run before this event is over.
  window.addEventListener("load", () => {
    const form = document.querySelector("#main form[data-edit-form]");
    if (form) show(form);
  });
})();
