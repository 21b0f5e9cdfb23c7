// Focus stays where it was after a swap: on the same control by id, else on the part's first data-focus.

let focused = "";

export function startParts() {
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement?.id ?? ""; });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    const wanted = target.querySelector?.("[data-focus]");
    if (wanted) wanted.focus({ preventScroll: false });
    else if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  });
}
