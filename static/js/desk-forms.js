// The small forms of the desk: a decision, a reason, a measurement. One press sends one of them once,
// and none is left with words in it before its person was asked. Edit forms have desk-saving.js.
(() => {
  const SENT_AT_MOST = 30_000; // milliseconds: as long as Wagtail's own buttons are busy
  const sent = new Map(); // forms, and when they were

  const isSmall = (form) =>
    form.method === "post" && !form.matches("[data-edit-form], [data-controller~=w-unsaved]");
  const isOnItsWay = (form) => Date.now() - (sent.get(form) ?? -SENT_AT_MOST) < SENT_AT_MOST;
  const isTyped = (field) =>
    field.value !== field.defaultValue || (field.value && field.closest(".w-field--error"));

  // Beside the button: that it was heard, also when it is pressed again.
  function say(form, words, button) {
    let box = form.querySelector("[data-being-sent]");
    if (!box && words) {
      box = document.createElement("span");
      box.dataset.beingSent = "";
      box.setAttribute("role", "status");
      (button ?? form.lastElementChild).after(box);
    }
    if (box) setTimeout(() => { box.textContent = words; }); // a region that is new is not read out
  }

  // After all other listeners: what those stop, or send themselves, is not sent here.
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isSmall(form)) return;
    if (isOnItsWay(form)) {
      event.preventDefault();
      say(form, "Still being sent…");
      return;
    }
    sent.set(form, Date.now());
    say(form, "Being sent…", event.submitter);
    setTimeout(() => say(form, ""), SENT_AT_MOST);
  });
  window.addEventListener("pageshow", () => { // led back to, as it was
    for (const form of sent.keys()) say(form, "");
    sent.clear();
  });

  window.addEventListener("beforeunload", (event) => {
    const forms = [...document.querySelectorAll("#main form")].filter(isSmall);
    if (forms.some(isOnItsWay)) return;
    const fields = forms.flatMap((form) => [...form.querySelectorAll("textarea, [type=text]")]);
    if (fields.some(isTyped)) event.preventDefault();
  });
})();
