// Conveniences of the form: a draft on this device, the place read from the text, a map on request.
// Everything works without this file.

const form = document.querySelector("form.ask");
const field = (name) => form.elements.namedItem(name);
const kept = `otklik:${form.dataset.keep}`;
const DRAFTED = ["text", "address"];

function restore() {
  let draft = {};
  try { draft = JSON.parse(localStorage.getItem(kept) || "{}"); } catch { return; }
  for (const name of DRAFTED) if (!field(name).value && draft[name]) field(name).value = draft[name];
}

function save() {
  try {
    localStorage.setItem(kept, JSON.stringify(Object.fromEntries(DRAFTED.map((name) => [name, field(name).value]))));
  } catch { /* a private window keeps no drafts */ }
}

restore();
form.addEventListener("input", save);
form.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("formaction")) try { localStorage.removeItem(kept); } catch { /* as above */ }
});

let asked = "";
async function readPlace() {
  const text = [field("text").value, field("address").value].join("\n").trim();
  if (text.length < 8 || text === asked) return;
  asked = text;
  const body = new FormData();
  body.append("text", text);
  body.append("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  const reply = await fetch(form.dataset.place, { method: "POST", body }).catch(() => null);
  if (!reply?.ok) return;
  const found = await reply.json();
  if (found.words) document.getElementById("address-help").textContent = `Поняли так: ${found.words}. Если не так, поправьте.`;
  if (found.lat !== null && !moved) put(found.lat, found.lon);
}
field("text").addEventListener("change", readPlace);
field("address").addEventListener("change", readPlace);

// The map: Leaflet comes only when asked for, so that a slow line pays nothing for it.
const opener = document.getElementById("map-open");
const box = document.getElementById("map");
let map = null, mark = null, point = null, moved = false;

function put(lat, lon) {
  point = [lat, lon];
  if (!map) return;
  mark.setLatLng(point);
  map.setView(point, Math.max(map.getZoom(), 14));
}

function take({ lat, lng }) {
  moved = true;
  field("lat").value = lat.toFixed(6);
  field("lon").value = lng.toFixed(6);
}

async function openMap() {
  opener.hidden = true;
  box.hidden = false;
  const base = opener.dataset.leaflet;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}leaflet.css` });
  document.head.append(style);
  await new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: `${base}leaflet.js`, onload: done, onerror: fail });
    document.head.append(script);
  });
  const known = await (await fetch(opener.dataset.map)).json();
  await readPlace();
  const start = point ?? known.centre ?? [55.75, 37.6];
  map = L.map(box, { attributionControl: Boolean(known.tiles) }).setView(start, point ? 15 : 11);
  if (known.tiles) L.tileLayer(known.tiles, { maxZoom: 19 }).addTo(map);
  for (const [name, lat, lon] of known.places) {
    L.circleMarker([lat, lon], { radius: 4, interactive: false }).addTo(map).bindTooltip(name, { permanent: true, direction: "right" });
  }
  L.Icon.Default.imagePath = `${base}images/`;
  mark = L.marker(start, { draggable: true, keyboard: true, title: "Место. Стрелки на клавиатуре двигают метку" }).addTo(map);
  mark.on("dragend", () => take(mark.getLatLng()));
  map.on("click", (event) => { mark.setLatLng(event.latlng); take(event.latlng); });
  mark.getElement().addEventListener("keydown", (event) => {
    const step = { ArrowUp: [0, -10], ArrowDown: [0, 10], ArrowLeft: [-10, 0], ArrowRight: [10, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    mark.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(mark.getLatLng()).add(step)));
    take(mark.getLatLng());
  });
}
opener.hidden = false;
opener.addEventListener("click", openMap);
