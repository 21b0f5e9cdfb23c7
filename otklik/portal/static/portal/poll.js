// A point on the map for a question of a ballot; words do as well, everything works without this file.

import { layGround } from "../common/ground.js";

const form = document.querySelector("form.ask[data-map]");
const PUT = "Нажмите на место или передвиньте метку; стрелки на клавиатуре тоже двигают её.";
const DROP = '<svg width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><path d="M13 33S2 20 2 12a11 11 0 0 1 22 0c0 8-11 21-11 21z" fill="currentColor"/><circle cx="13" cy="12" r="4" fill="var(--sheet)"/></svg>';
const STEPS = { ArrowUp: [0, -10], ArrowDown: [0, 10], ArrowLeft: [-10, 0], ArrowRight: [10, 0] };

let ready = null;
function leaflet() {
  ready ??= new Promise((done, fail) => {
    const base = form.dataset.leaflet;
    document.head.prepend(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}leaflet.css` }));
    document.head.append(Object.assign(document.createElement("script"), { src: `${base}leaflet.js`, onload: done, onerror: fail }));
  });
  return ready;
}

async function open(opener) {
  const box = opener.nextElementSibling, help = box.nextElementSibling;
  const lat = form.elements.namedItem(`${opener.dataset.point}_lat`);
  const lon = form.elements.namedItem(`${opener.dataset.point}_lon`);
  opener.hidden = true;
  await leaflet();
  const known = await (await fetch(form.dataset.map)).json();
  box.hidden = help.hidden = false;
  help.textContent = PUT;
  const L = window.L;
  const given = lat.value ? [Number(lat.value), Number(lon.value)] : null;
  const map = L.map(box, { attributionControl: Boolean(known.tiles || known.credit), scrollWheelZoom: false });
  map.attributionControl?.setPrefix(false);
  map.setView(given ?? known.centre ?? [55.75, 37.6], given ? 13 : 11);
  if (known.tiles) L.tileLayer(known.tiles, { maxZoom: 19 }).addTo(map);
  else layGround(map, known);
  const icon = L.divIcon({ className: "map-drop", html: DROP, iconSize: [26, 34], iconAnchor: [13, 33] });
  const mark = L.marker(given ?? map.getCenter(), { icon, draggable: true, keyboard: true, title: "Место. Стрелки на клавиатуре двигают метку", alt: "метка места" }).addTo(map);
  const take = (point) => { lat.value = point.lat.toFixed(5); lon.value = point.lng.toFixed(5); };
  mark.on("dragend", () => take(mark.getLatLng()));
  map.on("click", (event) => { mark.setLatLng(event.latlng); take(event.latlng); });
  mark.getElement().addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    mark.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(mark.getLatLng()).add(step)));
    take(mark.getLatLng());
  });
}

for (const opener of form?.querySelectorAll("[data-point]") ?? []) {
  opener.hidden = false;
  opener.addEventListener("click", () => open(opener));
}
