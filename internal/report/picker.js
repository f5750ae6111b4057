// The picker shows of one recording what is chosen: it filters, and computes nothing.

const data = JSON.parse(document.getElementById("page-data").textContent);
const form = document.getElementById("picker");
const {recording: recordingBox, workload: workloadBox} = form.elements;
const everything = ""; // of the choice of all workloads
const unpicked = {workers: new Set(), variants: new Set()}; // kept from recording to recording

const recorded = () => data.recordings[recordingBox.selectedIndex];
const distinct = list => [...new Set(list)];

function fill(box, options, wanted) {
  box.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  box.value = options.some(([value]) => value === wanted) ? wanted : options[0][0];
}

// boxes are a checkbox for each value, picked unless it was unpicked before.
function boxes(name, values, color) {
  const field = document.getElementById(name);
  field.querySelectorAll("label").forEach(l => l.remove());
  for (const value of values) {
    const label = document.createElement("label"), input = document.createElement("input");
    Object.assign(input, {type: "checkbox", name, value, checked: !unpicked[name].has(String(value))});
    label.append(input);
    if (color) label.append(swatch(value));
    label.append(String(value));
    field.append(label);
  }
}

function swatch(variant) {
  const s = document.createElement("span");
  s.className = "swatch";
  s.style.background = data.colors[variant];
  return s;
}

function picked(name) {
  return new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map(i => i.value));
}

// choices offers what the recording has.
function choices() {
  const r = recorded();
  const workloads = distinct(r.groups.map(g => g.workload));
  fill(workloadBox, [...workloads.map(w => [w, w]), [everything, "all (table only)"]], workloadBox.value || (workloads.includes("fib") ? "fib" : ""));
  boxes("workers", distinct(r.groups.map(g => g.workers)).sort((a, b) => a - b), false);
  boxes("variants", r.variants, true);
}

// chosen are the groups and rows that are picked.
function chosen() {
  const workers = picked("workers"), variants = picked("variants");
  return recorded().groups
    .filter(g => (workloadBox.value === everything || g.workload === workloadBox.value) && workers.has(String(g.workers)))
    .map(g => ({...g, rows: g.rows.filter(r => variants.has(r.variant))}))
    .filter(g => g.rows.length > 0);
}

function interval(i, unit) {
  return `${num(i.est)} ${unit}` + (i.lo === null ? "" : ` [${num(i.lo)}, ${num(i.hi)}]`);
}

// words of a row beside or instead of its point.
function words(r, result, unit) {
  if (r.ns === null || result.est === null && unit === "%") return r.verdict;
  if (result.est === null) return r.variant === data.nometrics ? "the zero" : `no ${data.nometrics} beside it`;
  return interval(result, unit);
}

function panels(groups) {
  const panel = (title, scale, floor, result, unit) => [title, scale, groups.map(g => ({
    name: g.workers === 1 ? "1 worker" : `${g.workers} workers`,
    floor: floor === null ? null : g[floor],
    points: g.rows.map(r => {
      const of = result(r);
      return {...of, name: r.variant, color: data.colors[r.variant], hollow: !of.claimed, words: words(r, of, unit)};
    }),
  }))];
  return [
    panel("ns per task", "linear", null, r => ({est: r.ns, lo: r.min, hi: r.max, claimed: true}), "ns"),
    panel(`% slower than ${data.base}`, "symlog", "floorPct", r => r.delta, "%"),
    panel(`ns per task above ${data.nometrics}`, "symlog", "floorNs", r => r.overhead, "ns"),
  ];
}

function draw(groups) {
  const box = document.getElementById("charts");
  box.replaceChildren();
  if (workloadBox.value === everything) return;
  const all = panels(groups).map(p => [box.appendChild(document.createElement("div")), ...p]);
  all.forEach(p => chart(...p)); // when all are there, and as wide as they will be
}

function cells(g, r) {
  const range = i => i.lo === null ? "" : `[${num(i.lo)}, ${num(i.hi)}]`;
  const n = (value, text, claimed) => ({value: value ?? "", text: value === null ? "" : text ?? num(value), number: true, claimed});
  return [{text: g.workload}, n(g.workers, String(g.workers)), {text: r.variant, color: true}, n(r.ns),
    n(r.delta.est, undefined, r.delta.claimed), n(r.delta.lo, range(r.delta), r.delta.claimed), n(g.floorPct),
    n(r.overhead.est, undefined, r.overhead.claimed), n(r.overhead.lo, range(r.overhead), r.overhead.claimed), n(g.cells, String(g.cells)), {text: r.verdict}];
}

function tableRows(groups) {
  const table = document.getElementById("rows");
  table.tBodies[0].replaceChildren(...groups.flatMap(g => g.rows.map(r => {
    const tr = document.createElement("tr");
    for (const c of cells(g, r)) {
      const td = tr.insertCell();
      if (c.color) td.append(swatch(c.text));
      td.append(c.text);
      if (c.number) {
        td.className = c.claimed === false ? "number unclaimed" : "number";
        td.dataset.value = c.value;
      }
    }
    return tr;
  })));
  sortAgain(table);
}

function update() {
  const groups = chosen(), r = recorded();
  const n = groups.reduce((sum, g) => sum + g.rows.length, 0);
  document.getElementById("picked").textContent = `${n} rows of ${r.name}, ${r.host}, ${r.cpus} CPUs. Run rules: ${r.rules}.`;
  draw(groups);
  tableRows(groups);
}

form.addEventListener("change", event => {
  const {name, value, checked} = event.target;
  if (unpicked[name]) unpicked[name][checked ? "delete" : "add"](value);
  if (event.target === recordingBox) choices();
  update();
});
for (const [id, on] of [["all", true], ["none", false]]) {
  document.getElementById(id).addEventListener("click", () => {
    for (const input of form.querySelectorAll("input[name=variants]")) {
      input.checked = on;
      unpicked.variants[on ? "delete" : "add"](input.value);
    }
    update();
  });
}
form.addEventListener("submit", event => event.preventDefault());
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === width) return; // a phone's address bar
  width = window.innerWidth;
  draw(chosen());
});

document.querySelectorAll("[data-needs-script]").forEach(e => { e.hidden = false; });
fill(recordingBox, data.recordings.map(r => [r.name, r.name.replace("results/", "")]), "");
choices();
update();
