/* Lengths and areas on the ellipsoid of CGCS2000, for the measuring tool.
   Area: on the sphere of equal area by authalic latitudes (Snyder 1987, 3-11 and 3-12).
   Length: by the radii of curvature at the middle of each piece; pieces are short. */
(function () {
  "use strict";
  const A = 6378137, F = 1 / 298.257222101, E2 = F * (2 - F), E = Math.sqrt(E2);
  const q = (phi) => {
    const s = Math.sin(phi);
    return (1 - E2) * (s / (1 - E2 * s * s) + Math.log((1 + E * s) / (1 - E * s)) / (2 * E));
  };
  const POLE = q(Math.PI / 2);
  const RADIUS2 = (A * A * POLE) / 2;
  const radians = (degrees) => (degrees * Math.PI) / 180;

  /** Square metres inside a ring of [longitude, latitude]; its last point may repeat the first. */
  function area(ring) {
    let sum = 0;
    const base = radians(ring[0][0]);
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i], b = ring[(i + 1) % ring.length];
      const x1 = radians(a[0]) - base, x2 = radians(b[0]) - base;
      sum += (x2 - x1) * (q(radians(a[1])) + q(radians(b[1]))) / POLE;
    }
    return Math.abs((sum * RADIUS2) / 2);
  }

  /** Metres along a line of [longitude, latitude]. */
  function length(line) {
    let sum = 0;
    for (let i = 1; i < line.length; i++) {
      const pieces = Math.max(1, Math.ceil(Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]) / 0.05));
      const dx = (line[i][0] - line[i - 1][0]) / pieces, dy = (line[i][1] - line[i - 1][1]) / pieces;
      for (let k = 0; k < pieces; k++) {
        const phi = radians(line[i - 1][1] + dy * (k + 0.5)), s = Math.sin(phi), w = 1 - E2 * s * s;
        const north = (A * (1 - E2)) / (w * Math.sqrt(w)), east = A / Math.sqrt(w);
        sum += Math.hypot(north * radians(dy), east * Math.cos(phi) * radians(dx));
      }
    }
    return sum;
  }

  window.chengxiangGeodesy = { area, length };
})();
