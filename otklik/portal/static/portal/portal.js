// Conveniences of the form: a draft on this device, the place read from the text, a map on request.
// Everything works without this file.

import { layGround } from "../common/ground.js";

const form = document.querySelector("form.ask");
const field = (name) => form.elements.namedItem(name);
const kept = `otklik:${form.dataset.keep}`;
const DRAFTED = ["text", "address"];

// The key `once` goes with the draft: the same words sent again after a cut line make no second message.
function restore() {
  let draft = {};
  try { draft = JSON.parse(localStorage.getItem(kept) || "{}"); } catch { return; }
  for (const name of DRAFTED) if (!field(name).value && draft[name]) field(name).value = draft[name];
  if (draft.once && draft.text === field("text").value) field("once").value = draft.once;
}

function save() {
  try {
    const names = [...DRAFTED, "once"];
    localStorage.setItem(kept, JSON.stringify(Object.fromEntries(names.map((name) => [name, field(name).value]))));
  } catch { /* a private window keeps no drafts */ }
}

// Nothing leaves by itself: without a line the draft stays here until its writer presses the button again.
const NO_LINE = "Связи нет. Написанное сохранено на этом устройстве: нажмите «Отправить», когда связь появится.";
const lineHelp = document.getElementById("line");
function tellLine() {
  lineHelp.textContent = navigator.onLine ? "" : NO_LINE;
}

restore();
tellLine();
addEventListener("online", tellLine);
addEventListener("offline", tellLine);
form.addEventListener("input", save);
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  save();
  if (!navigator.onLine) {
    event.preventDefault();
    tellLine();
  }
});
if ("serviceWorker" in navigator) navigator.serviceWorker.register(form.dataset.worker).catch(() => {});

// The place and like messages, read while the citizen writes; the answer to an older text is thrown away.
const like = document.getElementById("like");
const PAUSE = 900;
let asked = "", timer = 0;
async function readPlace() {
  clearTimeout(timer);
  const text = [field("text").value, field("address").value].join("\n").trim();
  if (text.length < 8 || text === asked) return;
  asked = text;
  const body = new FormData();
  body.append("text", text);
  body.append("joins", field("joins")?.value ?? "");
  body.append("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  const reply = await fetch(form.dataset.place, { method: "POST", body }).catch(() => null);
  if (!reply?.ok || text !== asked) return;
  const found = await reply.json();
  if (like.innerHTML !== found.like && !like.contains(document.activeElement)) like.innerHTML = found.like;
  if (found.words) document.getElementById("address-help").textContent = `Поняли так: ${found.words}. Если не так, поправьте.`;
  if (found.lat === null || moved) return;
  put(found.lat, found.lon);
  if (!isSlow) openMap();
}
function readSoon() {
  clearTimeout(timer);
  timer = setTimeout(readPlace, PAUSE);
}
for (const name of DRAFTED) {
  field(name).addEventListener("input", readSoon);
  field(name).addEventListener("change", readPlace);
}

// The map: Leaflet comes when asked for; on a quick line also with the first place read, on a wide screen with the
// first touch of the form.
const line = navigator.connection;
const isSlow = line?.saveData || ["slow-2g", "2g", "3g"].includes(line?.effectiveType);
const opener = document.getElementById("map-open");
const box = document.getElementById("map");
const help = document.getElementById("map-help");
const CORRECT = "Передвиньте метку, если мы ошиблись. Стрелки на клавиатуре тоже двигают её.";
const PUT = "Передвиньте метку туда, где это случилось. Стрелки на клавиатуре тоже двигают её.";
let map = null, mark = null, point = null, moved = false;

function put(lat, lon) {
  point = [lat, lon];
  if (!map) return;
  mark.setLatLng(point);
  help.textContent = CORRECT;
  map.setView(point, Math.max(map.getZoom(), 13));
}

function take({ lat, lng }) {
  moved = true;
  field("lat").value = lat.toFixed(6);
  field("lon").value = lng.toFixed(6);
}

function addMark(where) {
  const L = window.L;
  const drop = L.divIcon({ className: "map-drop", html: DROP, iconSize: [26, 34], iconAnchor: [13, 33] });
  mark = L.marker(where, { icon: drop, draggable: true, keyboard: true, title: "Место. Стрелки на клавиатуре двигают метку", alt: "метка места" }).addTo(map);
  mark.on("dragend", () => take(mark.getLatLng()));
  mark.getElement().addEventListener("keydown", (event) => {
    const step = { ArrowUp: [0, -10], ArrowDown: [0, 10], ArrowLeft: [-10, 0], ArrowRight: [10, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    mark.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(mark.getLatLng()).add(step)));
    take(mark.getLatLng());
  });
}
const DROP = '<svg width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><path d="M13 33S2 20 2 12a11 11 0 0 1 22 0c0 8-11 21-11 21z" fill="currentColor"/><circle cx="13" cy="12" r="4" fill="var(--sheet)"/></svg>';

async function openMap() {
  if (opener.hidden) return;
  opener.hidden = true;
  const base = opener.dataset.leaflet;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}leaflet.css` });
  document.head.prepend(style);
  await new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: `${base}leaflet.js`, onload: done, onerror: fail });
    document.head.append(script);
  });
  const known = await (await fetch(opener.dataset.map)).json();
  box.hidden = help.hidden = false;
  const L = window.L;
  map = L.map(box, { attributionControl: Boolean(known.tiles || known.credit), scrollWheelZoom: false });
  map.attributionControl?.setPrefix(false);
  const given = field("lat").value ? [Number(field("lat").value), Number(field("lon").value)] : null;
  map.setView(given ?? point ?? known.centre ?? [55.75, 37.6], given || point ? 13 : 11);
  if (known.tiles) L.tileLayer(known.tiles, { maxZoom: 19 }).addTo(map);
  else layGround(map, known);
  addMark(given ?? point ?? map.getCenter());
  help.textContent = given || point ? CORRECT : PUT;
  map.on("click", (event) => {
    mark.setLatLng(event.latlng);
    take(event.latlng);
  });
}
opener.hidden = false;
opener.addEventListener("click", openMap);
if (matchMedia("(width >= 72em)").matches && !isSlow) form.addEventListener("focusin", openMap, { once: true });
if (form.elements.text.value) readPlace();
