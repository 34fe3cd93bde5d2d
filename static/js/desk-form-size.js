// A form with more in it than the server takes is not sent: it would come back empty. Every word
// stays on the screen, and a message says what to do.
((script) => {
  const { mostFields, mostBytes, words } = script.dataset;
  const encoder = new TextEncoder();

  function isTooLong(form) {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    if (fields.length > Number(mostFields)) return true;
    const bytes = fields.reduce(
      (sum, [name, value]) => sum + encoder.encode(name + value).length + 2,
      0,
    );
    return bytes > Number(mostBytes);
  }

  function stop(event) {
    if (!event.target.matches("form[data-edit-form]") || !isTooLong(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const detail = { text: words, type: "error", clear: true };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
    window.scrollTo({ top: 0 });
  }

  document.addEventListener("submit", stop, { capture: true });
})(document.currentScript);
