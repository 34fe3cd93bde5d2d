// Optional: everything works without it. A button appears only where it can do something.
const said = document.querySelector("[data-said]");

for (const button of document.querySelectorAll("[data-do=copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    said.textContent = "Link copied";
  });
}

for (const button of document.querySelectorAll("[data-do=print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
