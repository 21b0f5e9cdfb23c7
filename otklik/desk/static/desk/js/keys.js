// Keyboard by physical keys (event.code), so that a Russian layout is no obstacle.
// An element answers to a key by data-key="KeyJ"; places to go by data-go="KeyL" (after Г).

const LETTERS = {
  KeyA: "Ф", KeyB: "И", KeyC: "С", KeyD: "В", KeyE: "У", KeyF: "А", KeyG: "П", KeyH: "Р", KeyI: "Ш", KeyJ: "О", KeyK: "Л",
  KeyL: "Д", KeyM: "Ь", KeyN: "Т", KeyO: "Щ", KeyP: "З", KeyQ: "Й", KeyR: "К", KeyS: "Ы", KeyT: "Е", KeyU: "Г", KeyV: "М",
  KeyW: "Ц", KeyX: "Ч", KeyY: "Н", KeyZ: "Я", Enter: "Enter", Escape: "Esc", Slash: "/", ArrowLeft: "←", ArrowRight: "→",
};
// Г then Д Л Р К П, by the places of these letters on the Russian keyboard.
const PLACES = { KeyL: "/", KeyK: "/cases/", KeyH: "/triage/", KeyG: "/charter/" };
let waitingForPlace = 0;

const inField = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const singleKeysOn = () => document.body.dataset.keys !== "off";
export const letterOf = (code) => LETTERS[code] ?? code.replace("Digit", "");

function press(code) {
  // A screen's own key outweighs the frame's: in Разбор «Н» is «ответ не нужен», elsewhere a new card.
  const seen = [...document.querySelectorAll(`[data-key~="${code}"]`)].filter((one) => one.offsetParent !== null && !one.closest("[hidden]"));
  const target = seen.find((one) => one.closest("main")) ?? seen[0];
  if (!target) return false;
  if (target.matches("summary")) { target.parentElement.open = !target.parentElement.open; target.focus(); return true; }
  if (target.matches("textarea, input:not([type=radio]):not([type=checkbox]), section, [tabindex='-1']")) { target.focus(); target.scrollIntoView({ block: "center" }); return true; }
  target.focus();
  target.click();
  return true;
}

function showKeys() {
  const list = document.getElementById("keys-list");
  const rows = [["/", "поиск"], ["Г, затем Д Л Р П", "Мой день, Лента, Разбор, Положение"], ["Esc", "назад"], ["Я", "отменить последнее"], ["?", "клавиши страницы"]];
  for (const one of document.querySelectorAll("[data-key][data-key-title]")) rows.push([one.dataset.key.split(" ").map(letterOf).join(" "), one.dataset.keyTitle]);
  for (const one of document.querySelectorAll("[data-keys-help]")) for (const pair of one.dataset.keysHelp.split(";")) rows.push(pair.split("="));
  list.replaceChildren(...rows.map(([key, title]) => {
    const item = document.createElement("li");
    const mark = document.createElement("kbd");
    mark.textContent = key.trim();
    item.append(mark, document.createTextNode(title.trim()));
    return item;
  }));
  document.getElementById("keys").showModal();
}

function escape(event) {
  const open = document.querySelector("details.picker[open], details.who[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); event.preventDefault(); return; }
  if (inField(event.target)) { event.target.blur(); return; }
  document.querySelector("[data-back]")?.click();
}

function submitNearest(event) {
  const form = event.target.closest?.("form") ?? document;
  const button = form.querySelector("[data-ctrl-enter]") ?? document.querySelector("[data-ctrl-enter]");
  if (button) { event.preventDefault(); button.click(); }
}

function onKey(event) {
  if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) return submitNearest(event);
  if (event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && !inField(event.target)) {
    const undo = document.querySelector("[data-undo]");
    if (undo) { event.preventDefault(); undo.click(); }
    return;
  }
  if (event.code === "Escape" && !document.querySelector("dialog[open]")) return escape(event);
  if (event.ctrlKey || event.altKey || event.metaKey || inField(event.target) || document.querySelector("dialog[open]") || !singleKeysOn()) return;
  if (event.key === "?" || (event.shiftKey && event.code === "Digit7" && event.key === "?")) { event.preventDefault(); return showKeys(); }
  if (event.key === "/" || event.code === "NumpadDivide" || (event.code === "Slash" && !event.shiftKey)) {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
    return;
  }
  if (Date.now() < waitingForPlace && PLACES[event.code]) { waitingForPlace = 0; location.assign(PLACES[event.code]); return; }
  if (event.code === "KeyU" && !event.shiftKey) { waitingForPlace = Date.now() + 1500; return; }
  if (event.code === "KeyZ") { document.querySelector("[data-undo]")?.click(); return; }
  if (event.code === "Enter" && event.target.closest("a, button, summary")) return;
  const code = event.code.replace("Numpad", "Digit");
  // Arrows belong to a map or a scrolled strip while it has the focus.
  if (code.startsWith("Arrow") && event.target.closest(".map, [role=group]")) return;
  if (/^(Key|Digit|Enter|Arrow(Left|Right))/.test(code) && !event.shiftKey && press(code)) event.preventDefault();
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
}
