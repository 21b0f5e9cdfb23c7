// Dialogs open by data-dialog="id"; popovers (<details>) close by a click outside; busy buttons say what they do.

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && opener.getAttribute("aria-disabled") !== "true") {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog)?.showModal();
    }
    if (event.target.closest("[data-dialog-close]")) { event.preventDefault(); event.target.closest("dialog").close(); }
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
    for (const open of document.querySelectorAll("details.picker[open], details.who[open]")) if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details.picker[open]")) return;
    for (const open of document.querySelectorAll("details.picker[open]")) if (open !== event.target && !open.contains(event.target)) open.open = false;
    event.target.querySelector("input[type=search]")?.focus();
  }, true);
  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.detail.target;
    if (!dialog.matches?.("dialog") || dialog.open) return;
    dialog.showModal();
    (dialog.querySelector(".field--bad input, .field--bad select, .field--bad textarea") ?? dialog.querySelector("select, textarea, input:not([type=hidden])"))?.focus();
  });
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || !button?.dataset.busy) return;
    setTimeout(() => { button.disabled = true; button.textContent = button.dataset.busy; });
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-filter-options]")) return;
    const typed = event.target.value.toLowerCase().replaceAll("ё", "е");
    for (const option of event.target.closest(".popover").querySelectorAll(".option")) option.hidden = !option.textContent.toLowerCase().replaceAll("ё", "е").includes(typed);
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit(); });
}
