// Тепловая карта: cells, points and weeks on our own ground; arrow keys in the matrix. Drawn anew after each swap.
// Data come by address when the map is looked at; the same figures stand in a table under it.

import { colour, layGround } from "../../common/ground.js";
import { pointsLayer } from "./points.js";

const RESOLUTION_AT = [[13, 9], [11, 8], [9, 7], [0, 6]];
// The nearest look at cells that hold cases known by their settlement alone.
const COARSE_TO = 10;
const LISTED = 40;
// Nearer than this single houses are asked for, in boxes of these degrees: moving inside a box asks nothing.
const HOUSES_AT = 15, TALL = 0.02, WIDE = 0.04;
const MOST_KEPT = 12;
const WAIT = 120;
// Where the hand left the map: a swap of the matrix must not move it.
const kept = { ground: "", view: null, layer: "cells" };

function words(n, one, few, many) {
  const tail = n % 100, last = n % 10;
  const form = tail > 10 && tail < 15 ? many : last === 1 ? one : last > 1 && last < 5 ? few : many;
  return `${n.toLocaleString("ru-RU")}\u00a0${form}`;
}

const cards = (n) => words(n, "карточка", "карточки", "карточек");

function withWords(address, changes) {
  const url = new URL(address, window.location.href);
  for (const [name, value] of Object.entries(changes)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  return url.toString();
}

class HeatMap {
  constructor(box) {
    this.box = box;
    this.days = "";
    this.cells = null;
    this.data = null;
    this.asking = null;
    this.answers = new Map();
    const L = window.L;
    this.map = L.map(box, { attributionControl: false, scrollWheelZoom: false, keyboard: true, zoomControl: false, maxZoom: 17 });
    L.control.zoom({ position: "topright", zoomInTitle: "Ближе", zoomOutTitle: "Дальше" }).addTo(this.map);
    // Above the ground's discs, which are drawn anew at each zoom, and under the names.
    this.map.createPane("cells").style.zIndex = "410";
    this.brush = L.canvas({ padding: 0.2, pane: "cells" });
    this.points = pointsLayer(L, (cell, n, at) => this.tell(cell, n, null, at));
    if (kept.ground !== box.dataset.ground) kept.view = null;
    kept.ground = box.dataset.ground;
    this.start();
  }

  async start() {
    const ground = fetch(this.box.dataset.ground).then((reply) => reply.json()).catch(() => ({}));
    const first = kept.view ? null : await this.ask("cells", { resolution: 7 });
    this.ground = await ground;
    this.look(first);
    if (this.ground.tiles) window.L.tileLayer(this.ground.tiles, { maxZoom: 17 }).addTo(this.map);
    else layGround(this.map, this.ground);
    this.map.on("moveend", () => {
      kept.view = [this.map.getCenter(), this.map.getZoom()];
      this.show();
    });
    new ResizeObserver(() => this.map.invalidateSize()).observe(this.box);
    await this.choose(this.box.dataset.points ? kept.layer : "cells");
    this.box.dataset.drawn = "yes";
  }

  look(answer) {
    if (kept.view) { this.map.setView(...kept.view); return; }
    const bounds = window.L.geoJSON(answer?.features ?? []).getBounds();
    // Where most cases are known by their settlement alone, small cells would be empty: the first look is from afar.
    if (bounds.isValid()) this.map.fitBounds(bounds, { maxZoom: answer.vague * 2 > answer.placed ? COARSE_TO : 14 });
    else this.map.setView(this.ground.centre ?? [58, 40], this.ground.centre ? 11 : 5);
  }

  // The newest question wins: an answer to an older one is dropped. A question asked again costs nothing.
  async ask(what, changes = {}) {
    this.asking?.abort();
    this.asking = new AbortController();
    const days = this.days ? { period: this.days, since: "", until: "" } : {};
    const address = withWords(this.box.dataset[what], { ...changes, ...days });
    if (this.answers.has(address)) return this.answers.get(address);
    try {
      const reply = await fetch(address, { signal: this.asking.signal });
      if (!reply.ok) throw new Error(String(reply.status));
      const answer = await reply.json();
      if (this.answers.size >= MOST_KEPT) this.answers.delete(this.answers.keys().next().value);
      this.answers.set(address, answer);
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") this.say("Данные карты не пришли. Обновите страницу.");
      return null;
    }
  }

  async choose(layer) {
    kept.layer = layer;
    for (const button of document.querySelectorAll("[data-layer]")) button.setAttribute("aria-pressed", String(button.dataset.layer === layer));
    this.map.closePopup();
    this.drawnAt = "";
    await this.show();
  }

  async show() {
    const wanted = kept.layer === "points" ? `points ${this.houses()}` : `cells ${this.resolution()}`;
    if (this.drawnAt === `${wanted} ${this.days}`) return;
    this.drawnAt = `${wanted} ${this.days}`;
    if (kept.layer === "points") await this.showPoints();
    else await this.showCells();
  }

  resolution() {
    return RESOLUTION_AT.find(([zoom]) => this.map.getZoom() >= zoom)[1];
  }

  // The box of houses around the view, its sides on whole steps; empty from afar.
  houses() {
    if (this.map.getZoom() < HOUSES_AT) return "";
    const view = this.map.getBounds(), low = (value, step) => Math.floor(value / step) * step, high = (value, step) => Math.ceil(value / step) * step;
    return [low(view.getSouth(), TALL), low(view.getWest(), WIDE), high(view.getNorth(), TALL), high(view.getEast(), WIDE)].map((side) => side.toFixed(2)).join();
  }

  async showCells() {
    const answer = await this.ask("cells", { resolution: this.resolution() });
    if (!answer) return;
    this.points.remove();
    this.cells?.remove();
    const name = this.box.dataset.mode === "growth" ? (step) => `--d${step + 4}` : (step) => `--h${Math.max(step, 1)}`;
    const edge = colour("--h3");
    this.cells = window.L.geoJSON(answer, {
      renderer: this.brush,
      pane: "cells",
      style: ({ properties }) => ({ color: edge, weight: 0.7, fillColor: colour(name(properties.step)), fillOpacity: 0.92 }),
      onEachFeature: ({ properties }, layer) => layer.on("click", () => {
        this.tell(properties.cell, properties.now, properties.before, layer.getBounds().getCenter());
        layer.bringToFront().setStyle({ color: colour("--pen"), weight: 3 });
        this.map.once("popupclose", () => layer.setStyle({ color: edge, weight: 0.7 }));
      }),
    }).addTo(this.map);
    const area = answer.area.toLocaleString("ru-RU", { maximumFractionDigits: answer.area < 10 ? 1 : 0 });
    const vague = answer.vague && this.map.getZoom() > COARSE_TO ? `; ${answer.vague.toLocaleString("ru-RU")} известны по населённому пункту, их видно издалека` : "";
    this.say(answer.total ? `ячейки H3, около ${area}\u00a0км²; на карте ${answer.placed.toLocaleString("ru-RU")} из ${answer.total.toLocaleString("ru-RU")}${vague}` : "за эти дни карточек нет");
    this.list(answer.features);
  }

  async showPoints() {
    const box = this.houses();
    const answer = await this.ask("points", { box });
    if (!answer) return;
    this.cells?.remove();
    this.points.addTo(this.map);
    const n = this.points.take(answer);
    this.say(n ? `${cards(n)} с точкой${box ? " поблизости" : ""}` : `точек ${box ? "поблизости" : "за эти дни"} нет`);
  }

  tell(cell, n, before, at) {
    const box = document.createElement("div");
    box.className = "heat-popup";
    const lines = [["b", this.near(at)], ["span", cards(n) + (before === null ? "" : `, было ${before.toLocaleString("ru-RU")}`)]];
    for (const [tag, text] of lines) box.append(Object.assign(document.createElement(tag), { textContent: text }));
    if (this.box.dataset.list && n) box.append(Object.assign(document.createElement("a"), { href: this.listOf(cell), textContent: `Открыть ${cards(n).replace("карточка", "карточку")}` }));
    window.L.popup({ closeButton: true, maxWidth: 260 }).setLatLng(at).setContent(box).openOn(this.map);
  }

  listOf(cell) {
    const [since, until] = this.days.split("..");
    return withWords(this.box.dataset.list, { cell, ...(this.days ? { since, until } : {}) });
  }

  near(at) {
    let name = "", least = Infinity;
    for (const [place, lat, lon] of this.ground?.places ?? []) {
      const far = this.map.distance(at, [lat, lon]);
      if (far < least) [least, name] = [far, place];
    }
    if (!name) return "Место без названия";
    return least < 3000 ? name : `${name}, ${Math.round(least / 1000)}\u00a0км`;
  }

  list(features) {
    const body = document.getElementById("heat-table");
    const rows = [...features].sort((one, other) => other.properties.now - one.properties.now).slice(0, LISTED);
    body.replaceChildren(...rows.map(({ properties, geometry }) => {
      const row = document.createElement("tr");
      const [lon, lat] = geometry.coordinates[0][0];
      row.insertCell().textContent = this.near([lat, lon]);
      const now = row.insertCell();
      now.className = "num";
      if (this.box.dataset.list && properties.now) now.append(Object.assign(document.createElement("a"), { href: this.listOf(properties.cell), textContent: properties.now.toLocaleString("ru-RU") }));
      else now.textContent = String(properties.now);
      const before = row.insertCell();
      before.className = "num";
      before.textContent = properties.before.toLocaleString("ru-RU");
      return row;
    }));
  }

  say(text) {
    document.getElementById("heat-says").textContent = text;
  }
}

function startSlider(heat) {
  const slider = document.getElementById("heat-slider");
  const bars = [...document.querySelectorAll(".heat__weeks [data-days]")];
  const size = Number(slider.dataset.weeks), first = Number(slider.value);
  const dayWords = (day) => new Date(`${day}T00:00`).toLocaleDateString("ru-RU", { day: "numeric", month: "short" }).replace(".", "");
  let timer = 0;
  const draw = () => {
    const at = Number(slider.value), from = Math.max(at - size + 1, 0);
    const since = bars[from].dataset.days.split("..")[0], until = bars[at].dataset.days.split("..")[1];
    bars.forEach((bar, place) => bar.classList.toggle("is-in", place >= from && place <= at));
    const frame = document.getElementById("heat-window");
    frame.setAttribute("x", String(from * 18));
    frame.setAttribute("width", String((at - from + 1) * 18));
    const says = `${dayWords(since)} – ${dayWords(until)}`;
    document.getElementById("heat-days").textContent = at === first ? "" : says;
    slider.setAttribute("aria-valuetext", says);
    document.getElementById("heat-shifted").hidden = at === first;
    document.getElementById("heat-follow").href = withWords(window.location.href, { period: `${since}..${until}`, since: "", until: "" });
    return at === first ? "" : `${since}..${until}`;
  };
  draw();
  slider.addEventListener("input", () => {
    const days = draw();
    clearTimeout(timer);
    timer = setTimeout(() => { heat.days = days; heat.show(); }, WAIT);
  });
  for (const bar of bars) bar.addEventListener("click", () => { slider.value = String(bars.indexOf(bar)); slider.dispatchEvent(new Event("input")); });
}

// One stop for Tab in the whole matrix; arrows walk over cells that hold something.
function startMatrix(table) {
  const cells = [...table.querySelectorAll("a.mx__cell")];
  const stop = table.querySelector("a.mx__cell[aria-current]") ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === stop ? 0 : -1;
  table.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const here = event.target.closest("a.mx__cell");
    if (!step || !here) return;
    event.preventDefault();
    const next = walk(table.rows, here.closest("td"), step);
    if (!next) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

function walk(rows, from, [down, right]) {
  let row = from.parentElement.rowIndex + down, column = from.cellIndex + right;
  while (rows[row]?.cells[column]) {
    const found = rows[row].cells[column].querySelector("a.mx__cell");
    if (found) return found;
    row += down;
    column += right;
  }
  return null;
}

function start() {
  const table = document.querySelector("[data-matrix]:not([data-walked])");
  if (table) { table.dataset.walked = "yes"; startMatrix(table); }
  const box = document.querySelector("[data-heat]:not([data-started])");
  if (!box || !window.L) return;
  box.dataset.started = "yes";
  const heat = new HeatMap(box);
  startSlider(heat);
  for (const button of document.querySelectorAll("[data-layer]")) button.addEventListener("click", () => heat.choose(button.dataset.layer));
}

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
document.addEventListener("htmx:afterSettle", start);
// The page is kept as text before a swap; Leaflet's inline styles in it would break the policy of styles.
document.addEventListener("htmx:beforeHistorySave", () => {
  for (const box of document.querySelectorAll("[data-heat]")) box.replaceWith(document.createElement("div"));
});
