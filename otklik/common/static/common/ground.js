// The quiet ground of our maps, drawn by ourselves: boundary, a square grid, built-up places, names large first.
// Needs Leaflet as `window.L`; data as `places.ground.ground_of` gives them.

const METRES_A_DEGREE = 111_320;
const STEPS = [0.5, 1, 2, 5, 10, 20, 50, 100].map((km) => km * 1000);
const FEWEST_PIXELS = 70;
// How densely people live in a small town, a square kilometre: gives a place its size where no plan is known.
const DENSITY = 1500;
const WIDEST_DISC = 110;
const QUIET = { interactive: false, bubblingMouseEvents: false };
const SILENT = { interactive: false, keyboard: false };

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function drawBoundary(map, ground) {
  for (const ring of ground.boundary ?? []) {
    window.L.polygon(ring, { ...QUIET, color: colour("--ink2"), weight: 1.4, dashArray: "10 4 2 4", fill: false }).addTo(map);
  }
}

export function layGround(map, ground) {
  const L = window.L;
  drawBoundary(map, ground);
  const grid = L.layerGroup().addTo(map);
  map.on("moveend", () => drawGrid(map, grid));
  const discs = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  map.on("zoomend", () => { drawPlaces(map, discs, ground); drawNames(map, names, ground); });
  russianScale().addTo(map);
  if (ground.credit) map.attributionControl?.addAttribution(ground.credit);
  drawGrid(map, grid);
  drawPlaces(map, discs, ground);
  drawNames(map, names, ground);
}

function russianScale() {
  const L = window.L;
  const Scale = L.Control.Scale.extend({
    _updateScale(line, words, ratio) {
      L.Control.Scale.prototype._updateScale.call(this, line, words.replace("km", "км").replace("m", "м"), ratio);
    },
  });
  return new Scale({ imperial: false, position: "bottomright" });
}

// The built-up land of a place as a disc; nearer than a town's width it would only hide the grid.
function drawPlaces(map, discs, ground) {
  const L = window.L;
  discs.clearLayers();
  for (const [, lat, lon, people] of ground.places ?? []) {
    const radius = Math.sqrt((people || 300) / DENSITY / Math.PI) * 1000;
    const pixels = map.latLngToLayerPoint([lat, lon]).distanceTo(map.latLngToLayerPoint([lat + radius / METRES_A_DEGREE, lon]));
    if (pixels > WIDEST_DISC) continue;
    L.circle([lat, lon], { ...QUIET, radius, color: colour("--road-edge"), weight: 1, fillColor: colour("--road"), fillOpacity: 1 }).addTo(discs);
  }
}

function drawGrid(map, grid) {
  const L = window.L;
  grid.clearLayers();
  const size = map.getSize(), box = map.getBounds().pad(0.3), middle = map.getCenter();
  const metres = map.distance(map.containerPointToLatLng([0, size.y / 2]), map.containerPointToLatLng([size.x, size.y / 2]));
  const step = STEPS.find((one) => (one / metres) * size.x >= FEWEST_PIXELS) ?? STEPS.at(-1);
  const line = { ...QUIET, color: colour("--road-edge"), weight: 1, opacity: 0.5 };
  const tall = step / METRES_A_DEGREE;
  // One width of a square for the whole picture: lines stay straight while the map is dragged along a parallel.
  const wide = tall / Math.cos((Math.round(middle.lat) * Math.PI) / 180);
  for (let lat = Math.floor(box.getSouth() / tall) * tall; lat < box.getNorth(); lat += tall) {
    L.polyline([[lat, box.getWest()], [lat, box.getEast()]], line).addTo(grid);
  }
  for (let lon = Math.floor(box.getWest() / wide) * wide; lon < box.getEast(); lon += wide) {
    L.polyline([[box.getSouth(), lon], [box.getNorth(), lon]], line).addTo(grid);
  }
}

// A name that would lie on a larger one is left out until the map is nearer.
function drawNames(map, names, ground) {
  const L = window.L;
  names.clearLayers();
  const taken = [];
  const streets = map.getZoom() >= 14 ? (ground.streets ?? []) : [];
  for (const [name, lat, lon] of [...(ground.places ?? []), ...streets]) {
    const { x, y } = map.project([lat, lon]);
    const width = name.length * 7.5 + 16;
    if (taken.some((one) => Math.abs(one.y - y) < 16 && x < one.x + one.width && one.x < x + width)) continue;
    taken.push({ x, y, width });
    L.marker([lat, lon], { ...SILENT, icon: L.divIcon({ className: "map-word", html: text(name), iconSize: null, iconAnchor: [-6, 9] }) }).addTo(names);
  }
}

function text(words) {
  return Object.assign(document.createElement("span"), { textContent: words });
}
