// A create form that somebody comes back to: it was saved before, so it leads to what it made.
// The browser would fill it with old words again, and saving them would make a second thing.
const key = document.querySelector("form[data-edit-form] [name=creation_key]");
if (key) {
  const before = history.state?.creationKey;
  if (before && before !== key.value) {
    const address = key.dataset.created.replace(key.value, before);
    fetch(address, { cache: "no-store" })
      .then((response) => (response.ok ? response.json() : {}))
      .then(({ url }) => url && location.replace(url))
      .catch(() => {});
  }
  key.form.addEventListener("submit", () => {
    history.replaceState({ ...history.state, creationKey: key.value }, "");
  });
}
