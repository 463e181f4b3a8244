/* The map: boundaries, contracted land, legend, chosen parcels, measuring, finding, printing. */
(function () {
  "use strict";
  const S = window.chengxiangMapStyle, G = window.chengxiangGeodesy;
  const MVT = () => new ol.format.MVT({ layerName: "layer" });
  const MOST_ROWS = 200;

  for (const box of document.querySelectorAll("[data-map]")) begin(box);

  function begin(box) {
    const config = JSON.parse(document.getElementById(box.dataset.map).textContent);
    const part = (name) => box.querySelector(`[data-part="${name}"]`);
    const area = Object.keys(config.areas)[0];
    const routes = area ? config.areas[area] : {};
    const state = {
      config, hidden: new Set(), chosen: new Set(config.chosen), selected: "", hovered: "",
      legend: config.legends.find((l) => l.code === config.legend) || { code: "", items: [] },
      colours: new Map(),
    };
    const recolour = () => { state.colours = new Map(state.legend.items.map((i) => [i.value, i])); };
    recolour();

    const tiles = (url, style, options) => new ol.layer.VectorTile({
      source: new ol.source.VectorTile({ format: MVT(), url, maxZoom: options.maxZoom }),
      style, declutter: options.declutter, zIndex: options.zIndex,
    });
    const layers = [tiles(config.places, S.places(config), { maxZoom: 13, zIndex: 1 })];
    let land = null;
    if (routes.tiles) {
      const query = config.place ? `?place=${encodeURIComponent(config.place)}` : "";
      land = tiles(routes.tiles + query, S.land(state), { maxZoom: 17, zIndex: 2 });
      layers.push(land);
    }
    const exact = new ol.source.Vector();
    layers.push(new ol.layer.Vector({ source: exact, style: S.chosen(state), zIndex: 5 }));
    const drawn = new ol.source.Vector();
    layers.push(new ol.layer.Vector({ source: drawn, style: S.measure(), zIndex: 6 }));

    const view = new ol.View({ center: [0, 0], zoom: 7, maxZoom: 20, minZoom: 5, enableRotation: false });
    const map = new ol.Map({
      target: box.querySelector(".map-view"), layers, view,
      controls: [
        new ol.control.Zoom({ zoomInTipLabel: config.words.zoom_in, zoomOutTipLabel: config.words.zoom_out }),
        new ol.control.ScaleLine({ minWidth: 80 }),
      ],
      keyboardEventTarget: box.querySelector(".map-view"),
    });
    const fit = (extent, maxZoom) => view.fit(
      ol.proj.transformExtent(extent, "EPSG:4326", "EPSG:3857"),
      { padding: [24, 24, 24, 24], maxZoom: maxZoom || 18, size: map.getSize() },
    );
    fit(config.extent, config.zoomLimit || 18);
    map.once("rendercomplete", () => { const wait = part("wait"); if (wait) wait.hidden = true; box.dataset.ready = "yes"; });
    // For tests and for whoever looks at the page's console.
    box.chengxiangMap = map;

    async function showExact(codes) {
      if (!routes.map_shapes || !codes.length) return;
      const answer = await fetch(`${routes.map_shapes}?codes=${codes.join(",")}`);
      if (!answer.ok) return;
      const found = new ol.format.GeoJSON().readFeatures(await answer.json(), { featureProjection: "EPSG:3857" });
      for (const feature of found) {
        const known = exact.getFeatureById(feature.getId());
        if (known) exact.removeFeature(known);
        exact.addFeature(feature);
      }
    }
    showExact(config.chosen);
    if (!config.tools) return;

    /* Legend: every class with how many are in view; a click takes it out. */
    const legendBox = part("legend");
    function inView() {
      const seen = new Map();
      if (!land) return seen;
      const visible = view.calculateExtent(map.getSize());
      for (const feature of land.getFeaturesInExtent(visible)) {
        if (feature.get("layer") !== "parcels") continue;
        const code = feature.get("code");
        const [west, south, east, north] = feature.getExtent();
        if (!seen.has(code) && ol.extent.intersects(visible, [west, south, east, north])) seen.set(code, feature);
      }
      return seen;
    }
    function counted() {
      const counts = new Map(), visible = view.calculateExtent(map.getSize()), places = new Set();
      if (!land) return counts;
      for (const feature of land.getFeaturesInExtent(visible)) {
        if (feature.get("layer") !== "counts" || places.has(feature.get("place"))) continue;
        places.add(feature.get("place"));
        for (const item of state.legend.items) {
          const n = feature.get(`n_${state.legend.code}_${item.value}`) || 0;
          counts.set(item.value, (counts.get(item.value) || 0) + n);
        }
      }
      return counts;
    }
    function drawLegend() {
      if (!legendBox || !state.legend.code) return;
      const parcels = inView();
      const counts = parcels.size ? new Map() : counted();
      for (const feature of parcels.values()) {
        const value = feature.get(state.legend.code);
        counts.set(value, (counts.get(value) || 0) + 1);
      }
      const total = [...counts.values()].reduce((a, b) => a + b, 0);
      legendBox.querySelector("b").textContent = state.legend.title;
      legendBox.querySelector("span").textContent = ` ${total.toLocaleString()} ${config.words.parcels}`;
      const list = legendBox.querySelector("ul");
      list.replaceChildren(...state.legend.items.map((item) => {
        const line = document.createElement("li"), button = document.createElement("button");
        button.type = "button";
        button.setAttribute("aria-pressed", String(!state.hidden.has(item.value)));
        const swatch = document.createElement("i");
        swatch.style.background = item.colour;
        button.append(swatch, `${item.title}\u2003${(counts.get(item.value) || 0).toLocaleString()}`);
        button.addEventListener("click", () => {
          if (!state.hidden.delete(item.value)) state.hidden.add(item.value);
          land.changed();
          drawLegend();
        });
        line.append(button);
        return line;
      }));
      drawTable(parcels);
    }
    const table = document.querySelector(`[data-table="${box.dataset.map}"]`);
    function drawTable(parcels) {
      if (!table) return;
      const rows = [...parcels.values()].slice(0, MOST_ROWS);
      table.querySelector('[data-part="table-count"]').textContent = parcels.size ? String(parcels.size) : config.words.zoom_for_parcels;
      const head = document.createElement("tr");
      for (const word of [config.words.code, config.words.who, config.words.contracted]) {
        const cell = document.createElement("th");
        cell.textContent = word;
        head.append(cell);
      }
      table.querySelector("thead").replaceChildren(head);
      table.querySelector("tbody").replaceChildren(...rows.map((feature) => {
        const row = document.createElement("tr");
        const link = document.createElement("a");
        link.href = `/${area}/parcels/${feature.get("code")}/`;
        link.textContent = feature.get("code");
        for (const content of [link, feature.get("who") || "", feature.get("cmu") ? (feature.get("cmu") / 100).toFixed(2) : ""]) {
          const cell = document.createElement("td");
          cell.append(content);
          row.append(cell);
        }
        return row;
      }));
    }
    map.on("rendercomplete", drawLegend);
    const theme = part("theme");
    if (theme) theme.addEventListener("change", () => {
      state.legend = config.legends.find((l) => l.code === theme.value);
      state.hidden.clear();
      recolour();
      if (land) land.changed();
      drawLegend();
    });

    /* Click: the parcel's panel; hover: its outline. */
    const at = (pixel) => {
      let found = null;
      map.forEachFeatureAtPixel(pixel, (feature) => {
        if (feature.get("code") && (feature.get("layer") === "parcels" || exact.hasFeature(feature))) { found = feature; return true; }
        return false;
      });
      return found;
    };
    let measuring = null;
    map.on("pointermove", (event) => {
      if (event.dragging || measuring) return;
      const code = (at(event.pixel) || { get: () => "" }).get("code") || "";
      if (code !== state.hovered) {
        state.hovered = code;
        map.getTargetElement().style.cursor = code ? "pointer" : "";
        if (land) land.changed();
      }
    });
    const panel = part("panel");
    async function choose(code) {
      if (state.selected && !config.chosen.includes(state.selected)) {
        state.chosen.delete(state.selected);
        const old = exact.getFeatureById(state.selected);
        if (old) exact.removeFeature(old);
      }
      state.selected = code;
      state.chosen.add(code);
      await showExact([code]);
      if (land) land.changed();
      exact.changed();
      const answer = await fetch(`${routes.map_panel}?code=${encodeURIComponent(code)}`);
      if (answer.ok) {
        panel.innerHTML = await answer.text();
        panel.hidden = false;
      }
    }
    map.on("singleclick", (event) => {
      if (measuring) return;
      const feature = at(event.pixel);
      if (feature) choose(feature.get("code"));
      else panel.hidden = true;
    });
    panel.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) panel.hidden = true; });

    /* Measure: a line gives its length, a closed ring its area, on the ellipsoid. */
    const measure = part("measure"), measured = part("measured");
    measure.addEventListener("click", () => {
      if (measuring) return stop();
      drawn.clear();
      measured.hidden = false;
      measured.textContent = config.words.measure_hint;
      measure.setAttribute("aria-pressed", "true");
      measuring = new ol.interaction.Draw({ source: drawn, type: "LineString" });
      measuring.on("drawstart", (start) => {
        drawn.clear();
        start.feature.getGeometry().on("change", (change) => tell(change.target.getCoordinates()));
      });
      map.addInteraction(measuring);
    });
    function tell(points) {
      const lonlat = points.map((p) => ol.proj.toLonLat(p));
      let text = `${config.words.length} ${G.length(lonlat).toFixed(1)} m`;
      if (lonlat.length > 2) {
        const m2 = G.area(lonlat);
        text += ` · ${config.words.area} ${m2.toFixed(1)} m² = ${(m2 * 0.0015).toFixed(2)} ${config.words.mu}`;
      }
      measured.textContent = text;
    }
    function stop() {
      map.removeInteraction(measuring);
      measuring = null;
      measure.setAttribute("aria-pressed", "false");
    }
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && measuring) stop(); });

    /* Find, locate, print. */
    const find = part("find");
    if (find) find.addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = new FormData(find).get("q").trim();
      if (!text || !routes.map_find) return;
      const answer = await fetch(`${routes.map_find}?q=${encodeURIComponent(text)}`);
      measured.hidden = false;
      if (!answer.ok) { measured.textContent = config.words.not_found; return; }
      const found = await answer.json();
      measured.hidden = true;
      fit(found.extent, 18);
      if (found.code.length > 12) choose(found.code);
    });
    const here = part("here");
    if (here) here.addEventListener("click", () => navigator.geolocation && navigator.geolocation.getCurrentPosition(
      (position) => view.animate({ center: ol.proj.fromLonLat([position.coords.longitude, position.coords.latitude]), zoom: 17, duration: 0 }),
    ));
    const print = part("print");
    if (print && routes.map_print) {
      const link = part("print-link");
      const address = () => {
        const [lon, lat] = ol.proj.toLonLat(view.getCenter());
        const query = new URLSearchParams({
          center: `${lon.toFixed(6)},${lat.toFixed(6)}`, theme: state.legend.code,
          scale: print.querySelector('[name="scale"]').value, paper: print.querySelector('[name="paper"]').value,
          parcels: [...state.chosen].join(","),
        });
        link.href = `${routes.map_print}?${query}`;
      };
      print.addEventListener("toggle", address);
      print.addEventListener("change", address);
      map.on("moveend", address);
    }
  }
})();
