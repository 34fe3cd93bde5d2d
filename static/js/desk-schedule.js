// The button that submits says when it goes live. While another time is being typed the button
// says nothing of time; once that is saved, the side of the form has the server's words for it.
const PANEL = '[data-side-panel="status"]';

function say() {
  const field = document.querySelector("#id_go_live_at");
  const saved = document.querySelector("[data-goes-live]");
  const isSaved = saved && (!field || field.value.trim() === saved.dataset.time);
  for (const words of document.querySelectorAll("[data-submits]")) {
    const { submits } = words.dataset;
    const text = isSaved ? `${submits}, ${saved.dataset.goesLive}` : submits;
    if (words.textContent !== text) words.textContent = text;
  }
}

for (const kind of ["input", "change"]) document.addEventListener(kind, say);
const panel = document.querySelector(PANEL);
if (panel) new MutationObserver(say).observe(panel, { childList: true, subtree: true });
