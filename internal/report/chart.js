// A chart has a line for each variant, grouped by workers: a dot with its interval. It
// draws what it is given and computes nothing but places.

const lineHeight = 15, gap = 6, names = 118, right = 14, headRoom = 42;

function element(name, attributes, text) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  if (text !== undefined) e.textContent = text;
  return e;
}

// num is analysis.Num: the digits worth reading.
function num(x) {
  if (x === null) return "n/a";
  const a = Math.abs(x);
  if (a >= 1e6) return Number(x.toPrecision(3)).toExponential().replace(/e\+(\d)$/, "e+0$1"); // Go's %.3g
  const digits = a < 9.995 ? 2 : a < 99.95 ? 1 : 0, scaled = a * 10 ** digits;
  // Go rounds what lies just between two to the even one, toFixed up.
  const tie = (a * 2 ** (digits + 1)) % 1 === 0 && scaled % 1 === 0.5 && Math.floor(scaled) % 2 === 0;
  const text = (tie ? Math.sign(x) * Math.floor(scaled) / 10 ** digits : x).toFixed(digits);
  return text === "-0.00" ? "0.00" : text;
}

// even are round marks from lo to hi, six at most.
function even(lo, hi) {
  const span = hi - lo, power = 10 ** Math.floor(Math.log10(span));
  const step = [0.2, 0.5, 1, 2].map(s => s * power).find(s => span / s <= 5) ?? power * 2;
  const first = Math.ceil(lo / step);
  return Array.from({length: Math.floor(hi / step) - first + 1}, (_, i) => (first + i) * step);
}

// linear begins at 0. symlog is that of the paper's figures: linear within about 1, and
// marked so where nothing is beyond.
const scales = {
  linear: {of: x => x, ticks: even},
  symlog: {
    of: Math.asinh,
    ticks(lo, hi) {
      if (Math.max(-lo, hi) < 1) return even(lo, hi);
      const marks = [0];
      for (let p = 1; p <= Math.max(-lo, hi); p *= 10) marks.push(-p, p);
      return marks.filter(m => m >= lo && m <= hi);
    },
  },
};

// extent is what the axis must hold: all points with their intervals, the floor, and 0.
function extent(groups) {
  let lo = 0, hi = 0;
  for (const g of groups) {
    for (const v of [g.floor ?? 0, -(g.floor ?? 0), ...g.points.flatMap(p => [p.est, p.lo, p.hi])]) {
      if (v === null) continue;
      lo = Math.min(lo, v);
      hi = Math.max(hi, v);
    }
  }
  return lo === hi ? [lo, hi + 1] : [lo, hi];
}

// chart draws groups of {name, floor, points: [{name, color, est, lo, hi, hollow, words}]}
// into box.
function chart(box, title, scaleName, groups) {
  const width = Math.max(box.clientWidth, 260);
  const scale = scales[scaleName];
  const [lo, hi] = extent(groups);
  const from = scale.of(lo), span = scale.of(hi) - from;
  const x = v => names + 8 + (scale.of(v) - from) / span * (width - names - 8 - right);
  const lines = groups.reduce((n, g) => n + g.points.length + 1, 0);
  const bottom = headRoom + lines * lineHeight + groups.length * gap;
  const svg = element("svg", {viewBox: `0 0 ${width} ${bottom + 8}`, role: "img", "aria-label": title + "; the table below has the values"});
  svg.append(element("text", {x: 8, y: 16, class: "title"}, title));
  for (const t of scale.ticks(lo, hi)) {
    svg.append(element("line", {x1: x(t), x2: x(t), y1: headRoom - 4, y2: bottom, class: t === 0 ? "zero" : "grid"}));
    svg.append(element("text", {x: x(t), y: headRoom - 8, "text-anchor": "middle"}, String(Number(t.toPrecision(3)))));
  }
  let y = headRoom;
  for (const g of groups) {
    if (g.floor !== null) {
      const left = x(Math.max(-g.floor, lo));
      svg.append(element("rect", {x: left, y: y + 1, width: x(g.floor) - left, height: (g.points.length + 1) * lineHeight - 2, class: "floor", "fill-opacity": 0.7}));
    }
    svg.append(element("text", {x: 8, y: y + 11, class: "title"}, g.name));
    y += lineHeight;
    for (const p of g.points) {
      svg.append(point(p, x, y + lineHeight / 2));
      y += lineHeight;
    }
    y += gap;
  }
  box.replaceChildren(svg);
}

function point(p, x, y) {
  const g = element("g", {class: "point"});
  g.append(element("title", {}, `${p.name}: ${p.words}`));
  g.append(element("text", {x: names, y: y + 4, "text-anchor": "end"}, p.name));
  if (p.est === null) {
    g.append(element("text", {x: names + 12, y: y + 4}, p.words));
    return g;
  }
  if (p.lo !== null) g.append(element("line", {x1: x(p.lo), x2: x(p.hi), y1: y, y2: y, stroke: p.color, "stroke-width": 2}));
  g.append(element("circle", {cx: x(p.est), cy: y, r: 4, stroke: p.color, "stroke-width": 1.5, fill: p.hollow ? "#ffffff" : p.color}));
  return g;
}
