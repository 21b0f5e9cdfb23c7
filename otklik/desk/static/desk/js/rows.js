// Rows of a list: arrows move, Space chooses, Shift extends; the bar of bulk deeds follows the choice.

const boxes = () => [...document.querySelectorAll("[data-row] input[name=numbers]")];
const links = () => [...document.querySelectorAll("[data-row] .row__gist, a[data-row]")];
let anchor = null;

function bar() {
  const chosen = boxes().filter((box) => box.checked).length;
  const line = document.querySelector("[data-bulk]");
  if (!line) return;
  line.hidden = chosen === 0;
  line.querySelector("[data-bulk-count]").textContent = `Выбрано: ${chosen}`;
  for (const box of boxes()) box.closest("[data-row]").classList.toggle("is-chosen", box.checked);
  const all = document.querySelector("[data-choose-all]");
  if (all) { all.checked = chosen > 0 && chosen === boxes().length; all.indeterminate = chosen > 0 && !all.checked; }
}

function move(event, step) {
  const all = links();
  const here = all.indexOf(document.activeElement.closest("[data-row]")?.querySelector(".row__gist") ?? document.activeElement);
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  if (!next) return;
  event.preventDefault();
  if (event.shiftKey) choose(next.closest("[data-row]"), true);
  next.focus();
}

function choose(row, value) {
  const box = row?.querySelector("input[name=numbers]");
  if (!box) return;
  box.checked = value ?? !box.checked;
  bar();
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open], details.picker[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (!document.querySelector("[data-row]")) return;
  if (event.code === "ArrowDown") move(event, 1);
  if (event.code === "ArrowUp") move(event, -1);
  if (event.code === "Space" && event.target.matches(".row__gist")) { event.preventDefault(); choose(event.target.closest("[data-row]")); }
}

export function startRows() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-choose-all], [name=numbers]")) bar();
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("input[name=numbers]");
    if (box && event.shiftKey && anchor) {
      const all = boxes();
      const [from, to] = [all.indexOf(anchor), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      bar();
    }
    if (box) anchor = box;
    if (event.target.closest("[data-unchoose]")) { boxes().forEach((one) => { one.checked = false; }); bar(); }
  });
  document.addEventListener("htmx:afterSettle", bar);
  bar();
}
