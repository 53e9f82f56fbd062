// The way from a cell of a mark sheet to its history: one link that comes to the cell under the pointer or in focus.
// F4 opens it. Without script the result at the end of the row leads to the same page.

export function start(link) {
  const sheet = document.querySelector(".mark-sheet");

  function address(input) {
    const page = input.closest("tr").querySelector("a[data-result]");
    return page && `${page.href}#m${input.dataset.assessment}`;
  }

  function come({ target }) {
    const input = target.closest("tbody td")?.querySelector("input");
    const href = input && address(input);
    if (!href) return;
    link.href = href;
    link.setAttribute("aria-label", link.dataset.label.replace("{cell}", input.getAttribute("aria-label")));
    link.hidden = false;
    if (link.previousElementSibling !== input) input.after(link);
  }

  sheet?.addEventListener("pointerover", come);
  sheet?.addEventListener("focusin", come);
  sheet?.addEventListener("keydown", (event) => {
    if (event.key !== "F4" || event.altKey || !event.target.matches("input")) return;
    event.preventDefault();
    location.assign(address(event.target));
  });
}
