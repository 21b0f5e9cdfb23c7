// Maps work with no tiles: a quiet ground, the case as an ink drop, similar cases as hollow rings.
// Data stand in a <script type="application/json"> beside the box; Leaflet is loaded only where a map is.

import { colour, drawBoundary, layGround } from "../../common/ground.js";

function draw(box) {
  const L = window.L;
  if (!L || box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  const data = JSON.parse(document.getElementById(box.dataset.map).textContent);
  const map = L.map(box, { zoomControl: true, attributionControl: Boolean(data.tiles), scrollWheelZoom: false, keyboard: true });
  if (data.tiles) L.tileLayer(data.tiles, { maxZoom: 18 }).addTo(map);
  const points = [];
  for (const near of data.near ?? []) {
    L.circleMarker([near.lat, near.lon], { radius: 5, color: colour("--ink"), weight: 2, fillColor: colour("--sheet"), fillOpacity: 1 }).addTo(map).bindTooltip(`${near.number}: ${near.gist}`);
    points.push([near.lat, near.lon]);
  }
  for (const mark of data.points ?? []) {
    const drop = L.divIcon({ className: "map-drop", html: `<svg width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><path d="M13 33S2 20 2 12a11 11 0 0 1 22 0c0 8-11 21-11 21z" fill="currentColor"/><circle cx="13" cy="12" r="${mark.label ? 0 : 4}" fill="var(--sheet)"/><text x="13" y="16" text-anchor="middle" font-size="12" font-weight="700" fill="var(--sheet)">${mark.label ?? ""}</text></svg>`, iconSize: [26, 34], iconAnchor: [13, 33] });
    L.marker([mark.lat, mark.lon], { icon: drop, keyboard: false, title: mark.title ?? "", alt: mark.title ?? "место" }).addTo(map);
    if (data.radius) L.circle([mark.lat, mark.lon], { radius: data.radius, color: colour("--ink"), weight: 1, dashArray: "5 4", fill: false, interactive: false }).addTo(map);
    points.push([mark.lat, mark.lon]);
  }
  if (data.bounds) map.fitBounds(data.bounds, { padding: [24, 24], maxZoom: data.zoom });
  else if ((data.points ?? []).length > 1) map.fitBounds(L.latLngBounds(data.points.map((one) => [one.lat, one.lon])).pad(0.4), { maxZoom: 15 });
  else if (points.length) map.setView(points.at(-1), data.zoom ?? 15);
  else if (data.centre) map.setView(data.centre, data.zoom);
  if (box.dataset.ground) fetch(box.dataset.ground).then((reply) => reply.json()).then((ground) => (data.tiles ? drawBoundary : layGround)(map, ground)).catch(() => {});
  if (data.pick) pickOn(map, box.closest("form"));
  new ResizeObserver(() => map.invalidateSize()).observe(box);
}

// A click names the point; numbers typed in the form's own fields show where they lie.
function pickOn(map, form) {
  const { lat, lon } = form.elements;
  const ring = window.L.circleMarker([0, 0], { radius: 8, color: colour("--pen"), weight: 3, fill: false });
  map.on("click", ({ latlng }) => {
    lat.value = latlng.lat.toFixed(6);
    lon.value = latlng.lng.toFixed(6);
    ring.setLatLng(latlng).addTo(map);
  });
  form.addEventListener("input", ({ target }) => {
    if (target !== lat && target !== lon) return;
    const typed = [lat, lon].map((field) => Number.parseFloat(field.value.replace(",", ".")));
    if (!typed.every(Number.isFinite)) return;
    ring.setLatLng(typed).addTo(map);
    if (!map.getBounds().contains(typed)) map.panTo(typed);
  });
}

function drawAll() {
  for (const box of document.querySelectorAll("[data-map]:not([data-drawn])")) if (box.offsetParent !== null) draw(box);
}

export function startMaps() {
  drawAll();
  window.addEventListener("load", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-dialog]")) setTimeout(drawAll, 50); });
}
