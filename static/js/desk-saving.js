// An edit form of the desk: its buttons wait for the autosave that is on its way, so that one save
// makes one thing; and it says when it cannot be saved, before anything typed is lost.
const ASK_EVERY = 15_000; // milliseconds
const ASK_WHILE_OUT = 3_000;
const ASK_AT_MOST = 10_000;
const HAND_OVER = 350; // rich text hands its words to the form a quarter of a second after a key
const SEEN_AFTER = 1_000; // and Wagtail looks at the form every half second
const AUTOSAVE_AT_MOST = 30_000;
const LEAVE_AT_MOST = 30_000; // as long as Wagtail's own buttons say that they are busy

const NO_WORDS = /^(csrfmiddlewaretoken|(loaded|overwrite)_revision_\w+|comments-.*)$/;

const box = document.querySelector("form[data-edit-form] [data-saving]");
if (box) {
  const form = box.closest("form");
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  // --- Whether it can be saved -----------------------------------------------------------------

  let state = "";
  let timer;

  async function find() {
    try {
      const options = { cache: "no-store", signal: AbortSignal.timeout(ASK_AT_MOST) };
      const response = await fetch(box.dataset.saving, options);
      if (!response.ok) return "out-of-reach";
      const { user, token } = await response.json();
      if (user === null) return "signed-out";
      if (String(user) !== box.dataset.user) return "somebody-else";
      // Signing in makes new tokens: every form of the page, and Wagtail's own script, take them.
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
      window.wagtailConfig.CSRF_TOKEN = token;
      return "";
    } catch {
      return "out-of-reach";
    }
  }

  function say(words) {
    const template = form.querySelector(`template[data-says="${words}"]`);
    box.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
  }

  async function ask() {
    clearTimeout(timer);
    const before = state;
    state = await find();
    if (state !== before) say(state || "back");
    clearTimeout(timer);
    timer = setTimeout(ask, state ? ASK_WHILE_OUT : ASK_EVERY);
    if (before && !state) autosaveAgain();
    return !state;
  }

  ask();
  for (const kind of ["online", "offline"]) window.addEventListener(kind, ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());

  // --- Autosave --------------------------------------------------------------------------------

  let isOnItsWay = false; // an autosave
  let isRefused = false; // the last one was
  let isStuck = false; // autosave gave up because the network did
  let isOwed = false; // what was typed was to be saved, and is not yet
  let isHeld = false; // a button waits
  let isLeaving = false; // the form was sent

  let sent; // by the last autosave

  // What a form says, but for what the site itself puts into it after a save.
  function words(data, updates) {
    const said = [...data].filter(([name]) => !(NO_WORDS.test(name) || name in updates));
    return JSON.stringify(said.map(([name, value]) => [name, value.name ?? value]));
  }

  function autosaveAgain() {
    if (isStuck) form.dataset.wAutosaveActiveValue = "true";
    isStuck = false;
    if (!isOwed && form.dataset.wUnsavedHasEditsValue !== "true") return;
    const detail = { type: "edits" };
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail }));
  }

  // All before Wagtail's own listeners.
  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (isHeld || isLeaving) {
        event.preventDefault();
        event.stopImmediatePropagation();
        isOwed = true;
        return;
      }
      isOnItsWay = true;
      sent = event.detail.formData;
    },
    true,
  );
  document.addEventListener(
    "w-autosave:success",
    ({ detail: { response } }) => {
      isOnItsWay = isRefused = false;
      // Wagtail now counts all that the form says as saved, what was typed meanwhile too.
      const updates = response.field_updates ?? {};
      isOwed = Boolean(sent) && words(sent, updates) !== words(new FormData(form), updates);
      if (isOwed) setTimeout(autosaveAgain);
      if (!state) say("");
      // It overwrote nobody, or it had been refused: a conflict that is noted is with oneself.
      setIntercept("conflict", "");
    },
    true,
  );
  document.addEventListener(
    "w-autosave:error",
    async ({ detail: { response } }) => {
      isOnItsWay = false;
      isOwed = true;
      if (response && !response.is_signed_out) return; // the site answered, and says why not
      const isFirst = !isRefused;
      isRefused = Boolean(response); // signed out, or with a token from before signing in again
      if ((await ask()) && isRefused && isFirst) autosaveAgain();
    },
    true,
  );
  document.addEventListener("w-autosave:deactivated", (event) => {
    isStuck = event.detail.response?.success === true;
  });

  // A comment becomes part of the form only once its own button was pressed.
  function unfinishedComments() {
    const fields = [...document.querySelectorAll("#comments textarea")];
    return fields.filter((field) => field.value.trim());
  }

  // Wagtail asks before a form is left only while it counts edits. It counts those as saved that were
  // typed while an earlier autosave was on its way, and does not know yet of the last second's.
  let typedAt = 0;
  for (const kind of ["beforeinput", "input", "paste", "drop"])
    form.addEventListener(kind, () => { typedAt = Date.now(); }, true);
  window.addEventListener("beforeunload", (event) => {
    const isUnseen = Date.now() - typedAt < SEEN_AFTER;
    if ((isOwed || isUnseen || unfinishedComments().length) && !isLeaving) event.preventDefault();
  });

  // --- Wagtail's dialog before a button --------------------------------------------------------

  function setIntercept(from, to) {
    const session = document.querySelector(`[data-w-session-intercept-value="${from}"]`);
    if (session) session.dataset.wSessionInterceptValue = to;
  }

  // A version that this form saved itself is no other window's.
  document.addEventListener(
    "w-swap:json",
    (event) => {
      for (const session of event.detail?.data?.other_sessions ?? []) {
        const isOwn = String(session.revision_id) === form.dataset.wAutosaveRevisionIdValue;
        if (isOwn) session.revision_id = null;
      }
    },
    true,
  );
  // The words above say more of a lost network, and before it is lost on the way.
  document.addEventListener("click", () => setIntercept("network", ""), true);

  // --- Buttons ---------------------------------------------------------------------------------

  async function send(button) {
    isHeld = true;
    for (const field of unfinishedComments()) field.form?.requestSubmit();
    await pause(HAND_OVER);
    const since = Date.now();
    while (isOnItsWay && Date.now() - since < AUTOSAVE_AT_MOST) await pause(50);
    const canBeSaved = await ask();
    isHeld = false;
    if (!canBeSaved) {
      if (button?.hasAttribute("data-w-progress-loading-value"))
        button.dataset.wProgressLoadingValue = "false"; // it can be pressed again
      box.scrollIntoView({ block: "nearest" });
      return;
    }
    isLeaving = true;
    const isDisabled = button?.disabled;
    if (button) button.disabled = false; // or the form would not say which button it was
    form.requestSubmit(button);
    if (button) button.disabled = isDisabled;
    form.inert = true; // what is typed now would not be in what was sent
    await pause(LEAVE_AT_MOST);
    isLeaving = form.inert = false;
    autosaveAgain();
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || isLeaving) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isHeld) send(event.submitter);
    },
    true,
  );
}
