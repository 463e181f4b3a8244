// The map of what a package would change: new, changed and gone parcels.
"use strict";
const colours = { new: "#1f6b4f", changed: "#b4771e", gone: "#a63a2b" };
for (const box of document.querySelectorAll(".preview-map")) {
  const source = new ol.source.Vector({ url: box.dataset.features, format: new ol.format.GeoJSON() });
  const style = (feature) => {
    const colour = colours[feature.get("change")];
    return new ol.style.Style({
      fill: new ol.style.Fill({ color: colour + "55" }),
      stroke: new ol.style.Stroke({ color: colour, width: 1 }),
    });
  };
  const map = new ol.Map({
    target: box,
    layers: [new ol.layer.Vector({ source, style })],
    view: new ol.View({ center: ol.proj.fromLonLat([123.5, 41.3]), zoom: 7 }),
    controls: [new ol.control.Zoom(), new ol.control.ScaleLine()],
  });
  source.once("featuresloadend", () => {
    if (source.getFeatures().length) {
      map.getView().fit(source.getExtent(), { padding: [20, 20, 20, 20], maxZoom: 16 });
    }
  });
}
