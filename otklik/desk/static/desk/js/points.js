// A layer of many points on one canvas: near ones gather into a ring with their count. A hundred thousand stay smooth:
// each is projected once, a drawing only bins those in sight. Data as `analytics.heatmap.cells.pack` packs them.

import { colour } from "../../common/ground.js";

const GATHER = 56, NEAREST = 16, FULL = 6.283185307179586;
const MANY = 4_194_304;
// A ring over cases of more cells than one: it opens no list, the map comes nearer instead.
const SEVERAL = -1;

function radius(n) {
  return n === 1 ? 6 : 10 + 3 * Math.log10(n);
}

// Rings on both sides of a bin's edge may lie on each other: the smaller joins the larger.
function parted(rings) {
  const kept = [];
  for (const one of rings.sort((a, b) => b.n - a.n)) {
    const near = kept.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < other.radius + one.radius);
    if (!near) { kept.push(one); continue; }
    near.n += one.n;
    near.radius = radius(near.n);
    if (near.cell !== one.cell) near.cell = SEVERAL;
  }
  return kept;
}

export function pointsLayer(L, onOpen) {
  const Layer = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "heat-points leaflet-zoom-hide", map.getPane("cells"));
      this.canvas.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize", this.draw, this);
      map.on("click", this.open, this);
      this.draw();
    },

    onRemove(map) {
      this.canvas.remove();
      map.off("moveend zoomend resize", this.draw, this);
      map.off("click", this.open, this);
    },

    // Takes the answer in, gives the number of cases; x and y are parts of the whole Mercator square.
    take({ south, west, step, cells, points }) {
      const size = points.length / 4;
      this.x = new Float64Array(size);
      this.y = new Float64Array(size);
      this.n = new Uint32Array(size);
      this.cell = new Int32Array(size);
      this.cells = cells;
      let cell = 0, lat = 0, lon = 0, total = 0;
      for (let place = 0, at = 0; place < size; place += 1, at += 4) {
        cell += points[at];
        lat += points[at + 1];
        lon += points[at + 2];
        const sine = Math.sin(((south + lat * step) * Math.PI) / 180);
        this.x[place] = (west + lon * step + 180) / 360;
        this.y[place] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
        this.n[place] = points[at + 3];
        this.cell[place] = cell;
        total += points[at + 3];
      }
      this.draw();
      return total;
    },

    gather() {
      const map = this._map, world = 256 * 2 ** map.getZoom(), { min, max } = map.getPixelBounds();
      const step = map.getZoom() >= NEAREST ? GATHER / 4 : GATHER;
      const bins = new Map();
      for (let place = 0; place < (this.x?.length ?? 0); place += 1) {
        const x = this.x[place] * world, y = this.y[place] * world;
        if (x < min.x - step || x > max.x + step || y < min.y - step || y > max.y + step) continue;
        const key = Math.floor(x / step) * MANY + Math.floor(y / step), n = this.n[place];
        const bin = bins.get(key);
        if (!bin) bins.set(key, { x: x * n, y: y * n, n, cell: this.cell[place] });
        else {
          bin.x += x * n;
          bin.y += y * n;
          bin.n += n;
          if (bin.cell !== this.cell[place]) bin.cell = SEVERAL;
        }
      }
      return parted([...bins.values()].map((bin) => ({ x: bin.x / bin.n - min.x, y: bin.y / bin.n - min.y, n: bin.n, cell: bin.cell, radius: radius(bin.n) })));
    },

    draw() {
      if (!this._map) return;
      const size = this._map.getSize(), dense = window.devicePixelRatio || 1;
      this.canvas.width = size.x * dense;
      this.canvas.height = size.y * dense;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
      L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint([0, 0]));
      const pen = this.canvas.getContext("2d");
      pen.scale(dense, dense);
      const ink = colour("--ink"), sheet = colour("--sheet");
      pen.font = "700 11px 'PT Sans', 'Noto Sans', sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      this.drawn = this.gather();
      for (const one of this.drawn) {
        pen.beginPath();
        pen.arc(one.x, one.y, one.radius, 0, FULL);
        pen.fillStyle = one.n === 1 ? ink : sheet;
        pen.fill();
        pen.lineWidth = 2;
        pen.strokeStyle = ink;
        pen.stroke();
        if (one.n === 1) {
          pen.beginPath();
          pen.arc(one.x, one.y, 2, 0, FULL);
          pen.fillStyle = sheet;
          pen.fill();
        } else {
          pen.fillStyle = ink;
          pen.fillText(one.n < 1000 ? String(one.n) : `${Math.round(one.n / 100) / 10}т`.replace(".", ","), one.x, one.y);
        }
      }
    },

    open(event) {
      const { x, y } = event.containerPoint;
      const hit = this.drawn?.find((one) => Math.hypot(one.x - x, one.y - y) <= one.radius + 2);
      if (!hit) return;
      const at = this._map.containerPointToLatLng([hit.x, hit.y]);
      if (hit.cell !== SEVERAL) onOpen(this.cells[hit.cell], this.inCell(hit.cell), at);
      else this._map.setView(at, Math.min(this._map.getZoom() + 2, this._map.getMaxZoom()));
    },

    // The list is opened by cell, so the popup speaks of the whole cell.
    inCell(cell) {
      let total = 0;
      for (let place = 0; place < this.cell.length; place += 1) if (this.cell[place] === cell) total += this.n[place];
      return total;
    },
  });
  return new Layer();
}
