// The reply: its way, its length against the network's limit. Pictures open in a dialog, arrows walk between them.

const counted = (text) => [...text].length;
const spaced = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");

function measure(form) {
  const state = form.querySelector("[data-limit]");
  if (!state) return;
  const chosen = form.querySelector("[name=way]:checked");
  const most = Number(chosen?.dataset.most ?? state.dataset.limit);
  const long = counted(form.elements.text.value);
  const over = long - most;
  state.textContent = over > 0 ? `лишних знаков: ${spaced(over)}` : `${spaced(long)} из ${spaced(most)} знаков`;
  state.classList.toggle("is-over", over > 0);
}

function walk(dialog, step) {
  const links = dialog.links;
  dialog.at = (dialog.at + step + links.length) % links.length;
  const small = links[dialog.at].querySelector("img");
  const whole = dialog.querySelector("img");
  whole.src = links[dialog.at].href;
  whole.alt = small.alt;
  dialog.querySelector(".pictures__where").textContent = small.alt;
}

function show(link) {
  const dialog = document.getElementById("pictures");
  if (!dialog) return false;
  dialog.links = [...link.closest("[data-gallery]").querySelectorAll("[data-picture]")];
  dialog.at = dialog.links.indexOf(link);
  for (const button of dialog.querySelectorAll("[data-step]")) button.hidden = dialog.links.length < 2;
  walk(dialog, 0);
  dialog.showModal();
  return true;
}

export function startTalk() {
  const all = () => document.querySelectorAll("form[data-draft]").forEach(measure);
  all();
  document.addEventListener("htmx:afterSettle", all);
  document.addEventListener("input", (event) => { const form = event.target.closest("form[data-draft]"); if (form) measure(form); });
  document.addEventListener("click", (event) => {
    const picture = event.target.closest("[data-picture]");
    if (picture && !event.ctrlKey && !event.metaKey && show(picture)) event.preventDefault();
    const step = event.target.closest("[data-step]");
    if (step) walk(step.closest("dialog"), Number(step.dataset.step));
    const way = event.target.closest("[data-take-way]");
    if (!way) return;
    const radio = document.querySelector(`form[data-draft] [name=way][value="${way.dataset.takeWay}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    measure(radio.form);
    radio.focus();
  });
  document.addEventListener("change", (event) => { if (event.target.matches("form[data-draft] [name=way]")) measure(event.target.form); });
  document.addEventListener("keydown", (event) => {
    const dialog = document.querySelector("dialog#pictures[open]");
    if (!dialog || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    walk(dialog, event.key === "ArrowLeft" ? -1 : 1);
  }, true);
}
