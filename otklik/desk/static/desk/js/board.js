// The board of posts: a card goes to another day and hour by the mouse or by keys; the server decides and answers.
// By keys: Space takes, arrows move (day, hour; with Shift a quarter), Enter puts, Esc gives back.

const DAYS = ["вс", "пн", "вт", "ср", "чт", "пт", "сб"];
const MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
const STEPS = { ArrowLeft: -1440, ArrowRight: 1440, ArrowUp: -60, ArrowDown: 60 };
const NOON = "12:00";
let taken = null;
let dragged = null;

// Local wall-clock moments are kept as UTC, so that no summer time of the browser moves them.
const read = (at) => new Date(`${at}:00Z`);
const write = (moment) => moment.toISOString().slice(0, 16);
const spoken = (at) => {
  const one = read(at);
  return `${DAYS[one.getUTCDay()]} ${one.getUTCDate()}\u00a0${MONTHS[one.getUTCMonth()]}, ${at.slice(11)}`;
};
const say = (words) => { document.getElementById("board-said").textContent = words; };
const board = () => document.querySelector("[data-board]");
const dayOf = (at) => board()?.querySelector(`[data-day="${at.slice(0, 10)}"]`);

function point(at) {
  for (const old of document.querySelectorAll(".plan__day.is-target")) old.classList.remove("is-target");
  if (at) dayOf(at)?.classList.add("is-target");
}

function send(link, at) {
  const id = link.id;
  say(`Переносим на ${spoken(at)}…`);
  const values = { at, query: board().dataset.query };
  window.htmx.ajax("POST", link.dataset.move, { target: "#screen", swap: "innerHTML", values }).then(() => {
    say("");
    document.getElementById(id)?.focus();
  });
}

function firstMoment(link) {
  if (link.dataset.at) return link.dataset.at;
  const today = board().querySelector(".plan__day.is-today") ?? board().querySelector("[data-day]");
  return `${today.dataset.day}T${NOON}`;
}

function take(link) {
  taken = { link, at: firstMoment(link) };
  link.closest(".pcard").classList.add("is-taken");
  point(taken.at);
  say(`Взято: ${link.dataset.title}. ${spoken(taken.at)}. Стрелки двигают, Enter ставит, Esc возвращает.`);
}

function drop(words) {
  taken?.link.closest(".pcard")?.classList.remove("is-taken");
  taken = null;
  point("");
  say(words);
}

function shift(minutes) {
  const moment = read(taken.at);
  moment.setUTCMinutes(moment.getUTCMinutes() + minutes);
  taken.at = write(moment);
  point(taken.at);
  say(dayOf(taken.at) ? spoken(taken.at) : `${spoken(taken.at)}, вне показанных дней`);
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (!taken) {
    const link = event.target.closest?.("[data-post]");
    if (link && event.code === "Space") { event.preventDefault(); event.stopPropagation(); take(link); }
    return;
  }
  const step = STEPS[event.key];
  if (step) shift(event.shiftKey && Math.abs(step) === 60 ? step / 4 : step);
  else if (event.key === "Enter" || event.code === "Space") {
    const { link, at } = taken;
    const stays = at === link.dataset.at;
    drop(stays ? "Запись осталась на месте." : "");
    if (!stays) send(link, at);
  } else if (event.key === "Escape") drop("Запись осталась на месте.");
  else if (event.key === "Tab") { drop("Запись осталась на месте."); return; }
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function slotsOf(day, at) {
  const [first, last] = board().dataset.hours.split("-").map(Number);
  const times = [at ? at.slice(11) : NOON];
  for (let hour = first; hour <= last; hour += 1) times.push(`${String(hour).padStart(2, "0")}:00`);
  const box = document.createElement("div");
  box.className = "plan__slots";
  box.setAttribute("aria-hidden", "true");
  box.replaceChildren(...times.map((time, place) => {
    const slot = document.createElement("div");
    slot.className = "plan__slot";
    slot.dataset.at = `${day.dataset.day}T${time}`;
    slot.textContent = place ? time : `${at ? "то же время" : "днём"}, ${time}`;
    return slot;
  }));
  return box;
}

function openDay(day) {
  if (dragged.day === day) return;
  closeDay();
  dragged.day = day;
  if (!day) return;
  day.classList.add("is-target");
  // A cell of a month is too low for hours: there only the day changes.
  if (board().classList.contains("plan--week")) day.append(slotsOf(day, dragged.link.dataset.at));
}

function closeDay() {
  for (const box of document.querySelectorAll(".plan__slots")) box.remove();
  point("");
  if (dragged) dragged.day = null;
}

function onDragOver(event) {
  if (!dragged) return;
  const day = event.target.closest?.("[data-day]");
  openDay(day ?? null);
  if (!day) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  const slot = event.target.closest(".plan__slot");
  for (const old of day.querySelectorAll(".plan__slot.is-over")) if (old !== slot) old.classList.remove("is-over");
  slot?.classList.add("is-over");
}

function onDrop(event) {
  const day = event.target.closest?.("[data-day]");
  if (!dragged || !day) return;
  event.preventDefault();
  const { link } = dragged;
  const own = `${day.dataset.day}T${link.dataset.at ? link.dataset.at.slice(11) : NOON}`;
  const at = event.target.closest(".plan__slot")?.dataset.at ?? own;
  closeDay();
  dragged = null;
  if (at !== link.dataset.at) send(link, at);
}

document.addEventListener("keydown", onKey, true);
document.addEventListener("focusout", (event) => { if (taken && event.target === taken.link && !event.relatedTarget) drop(""); });
document.addEventListener("dragstart", (event) => {
  const link = event.target.closest?.("[data-post]");
  if (!link) return;
  dragged = { link, day: null };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", link.dataset.title);
  link.closest(".pcard").classList.add("is-taken");
});
document.addEventListener("dragover", onDragOver);
document.addEventListener("drop", onDrop);
document.addEventListener("dragend", (event) => {
  event.target.closest?.(".pcard")?.classList.remove("is-taken");
  closeDay();
  dragged = null;
});
