/* How the map is drawn: ground, borders, names, parcels, what is chosen. */
(function () {
  "use strict";
  const INK = "#1d1f21", QUIET = "#5f5d55", ACCENT = "#1f6b4f", PAPER = "#fffdf9";
  const TYPE = '"Noto Sans SC","Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';
  const { Style, Fill, Stroke, Text, Circle } = ol.style;
  const halo = new Stroke({ color: PAPER, width: 3 });
  const cache = new Map();
  const kept = (key, make) => {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
  };

  /** Borders and names of the territory. */
  function places(config) {
    const outlined = new Set(config.outlined);
    const own = config.outlined[0] || "";
    const lines = {
      places2: { color: "#8b8474", width: 1.8 },
      places4: { color: "#a39c8a", width: 1.2 },
      places6: { color: "#c3bcaa", width: 0.8 },
    };
    return (feature, resolution) => {
      const layer = feature.get("layer"), code = feature.get("code");
      if (lines[layer]) {
        const inside = !own || code.startsWith(own) || own.startsWith(code);
        const strong = outlined.has(code);
        return kept(`${layer}${inside}${strong}`, () => new Style({
          // Only one level is filled: the widest, so that the others lie on it.
          fill: layer === "places2" ? new Fill({ color: "#f6f3ea" }) : strong ? new Fill({ color: "#fdfbf5" }) : undefined,
          stroke: new Stroke(strong ? { color: ACCENT, width: 2 } : lines[layer]),
          zIndex: strong ? 9 : 8 - Number(layer.slice(6)),
        }));
      }
      const digits = feature.get("digits");
      if ((digits === 2 && resolution < 1200) || (digits === 4 && resolution < 220) || (digits === 6 && (resolution > 700 || resolution < 12))) return undefined;
      const name = config.language === "zh" ? feature.get("name") : feature.get("name_en");
      return kept(`name${name}${digits}`, () => new Style({
        text: new Text({
          text: name, font: `${digits === 6 ? "400 12px" : "600 14px"} ${TYPE}`,
          fill: new Fill({ color: digits === 6 ? QUIET : "#4c4a43" }), stroke: halo, overflow: true,
        }),
        zIndex: 20 - digits,
      }));
    };
  }

  /** Territories, counts and parcels of the land register in the colours of a theme. */
  function land(state) {
    return (feature, resolution) => {
      const layer = feature.get("layer");
      if (layer === "villages" || layer === "townships") {
        const strong = state.config.outlined.includes(feature.get("place"));
        const name = state.config.language === "zh" ? feature.get("name") : feature.get("name_en");
        const named = layer === "villages" && resolution < 40 && resolution > 3;
        return kept(`${layer}${strong}${named ? name : ""}`, () => new Style({
          stroke: new Stroke({ color: strong ? ACCENT : layer === "villages" ? "#b9b09a" : "#8b8474", width: strong ? 2 : layer === "villages" ? 0.8 : 1.4, lineDash: layer === "villages" && !strong ? [6, 3] : undefined }),
          text: named ? new Text({ text: name, font: `400 12px ${TYPE}`, fill: new Fill({ color: QUIET }), stroke: halo }) : undefined,
          zIndex: 30,
        }));
      }
      if (layer === "counts") return counts(feature, state, resolution);
      const value = feature.get(state.legend.code);
      const item = state.colours.get(value);
      const chosen = state.chosen.has(feature.get("code"));
      if (!item || (state.hidden.has(value) && !chosen)) return undefined;
      if (chosen) return undefined; // drawn exactly, above the tiles
      const hovered = state.hovered === feature.get("code");
      const who = resolution < 1.3 ? feature.get("who") || "" : "";
      const mu = resolution < 0.5 && feature.get("cmu") ? `${who ? "\n" : ""}${(feature.get("cmu") / 100).toFixed(2)}` : "";
      const edge = resolution < 1.5 ? 0.8 : resolution < 5 ? 0.5 : 0.3;
      return new Style({
        fill: kept(`fill${item.colour}`, () => new Fill({ color: item.colour })),
        stroke: kept(`edge${edge}${hovered}`, () => new Stroke({ color: hovered ? INK : "#8a897f", width: hovered ? 2 : edge })),
        text: who || mu ? new Text({ text: who + mu, font: `400 11px ${TYPE}`, fill: kept("who", () => new Fill({ color: "#4f4d45" })), overflow: false }) : undefined,
        zIndex: hovered ? 2 : 1,
      });
    };
  }

  /** One village or township: a circle as large as its land, coloured by its commonest exception. */
  function counts(feature, state, resolution) {
    let cmu = 0, n = 0, most = null;
    for (const item of state.legend.items) {
      if (state.hidden.has(item.value)) continue;
      const here = feature.get(`n_${state.legend.code}_${item.value}`) || 0;
      n += here;
      cmu += feature.get(`cmu_${state.legend.code}_${item.value}`) || 0;
      if (!most || here > most.n) most = { n: here, colour: item.colour };
    }
    if (!n) return undefined;
    const radius = Math.max(4, Math.min(26, Math.sqrt(cmu / 100) / 7));
    const name = state.config.language === "zh" ? feature.get("name") : feature.get("name_en");
    const text = radius > 9 || resolution < 60;
    return [
      new Style({
        image: new Circle({ radius, fill: new Fill({ color: most.colour }), stroke: new Stroke({ color: "#6d6b62", width: 1 }) }),
        text: text ? new Text({
          text: `${name}\n${n}`, font: `400 11px ${TYPE}`, offsetY: radius + 14,
          fill: new Fill({ color: "#3d3b35" }), stroke: halo,
        }) : undefined,
        zIndex: 40,
      }),
    ];
  }

  /** A chosen parcel: filled, mu inside, lengths along its edges. */
  function chosen(state) {
    return (feature, resolution) => {
      const main = feature.get("code") === state.selected || state.chosen.size === 1;
      const styles = [new Style({
        fill: new Fill({ color: main ? ACCENT : "#5f9c82" }),
        stroke: new Stroke({ color: "#0e3b2a", width: main ? 2.5 : 1 }),
        text: resolution < 2.5 ? new Text({
          text: `${feature.get("code").slice(-5)}\n${feature.get("mu")} ${state.config.words.mu}`,
          font: `600 12px ${TYPE}`, fill: new Fill({ color: "#fff" }), stroke: new Stroke({ color: main ? ACCENT : "#5f9c82", width: 3 }), overflow: resolution < 1,
        }) : undefined,
        zIndex: main ? 12 : 11,
      })];
      if (!main || resolution > 1.6) return styles;
      const rings = feature.getGeometry().getCoordinates();
      feature.get("lengths").forEach((lengths, r) => lengths.forEach((metres, i) => {
        const [a, b] = [rings[r][i], rings[r][i + 1]];
        if (Math.hypot(b[0] - a[0], b[1] - a[1]) / resolution < 38) return;
        let angle = -Math.atan2(b[1] - a[1], b[0] - a[0]);
        if (angle > Math.PI / 2) angle -= Math.PI;
        if (angle < -Math.PI / 2) angle += Math.PI;
        styles.push(new Style({
          geometry: new ol.geom.Point([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]),
          text: new Text({ text: metres.toFixed(2), font: `600 11px ${TYPE}`, rotation: angle, fill: new Fill({ color: "#0e3b2a" }), stroke: new Stroke({ color: PAPER, width: 4 }) }),
          zIndex: 14,
        }));
      }));
      return styles;
    };
  }

  const measure = () => [new Style({
    fill: new Fill({ color: "rgba(43,92,138,.12)" }),
    stroke: new Stroke({ color: "#2b5c8a", width: 2 }),
    image: new Circle({ radius: 4, fill: new Fill({ color: "#2b5c8a" }) }),
  })];

  window.chengxiangMapStyle = { places, land, chosen, measure };
})();
