// The protocol: a suggested day goes into its field by a press; saving it is the draft's own work.

document.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-fill]");
  if (!offer) return;
  const field = offer.closest("form")?.elements[offer.dataset.fill];
  if (!field) return;
  field.value = offer.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});
