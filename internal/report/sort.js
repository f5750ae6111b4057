"use strict";

// A click on a header sorts the table by that column, a second one the other way
// round. A cell's value is data-value, or its text. Cells without a value are last.

const collator = new Intl.Collator("en");

// A number in a text; what follows a letter, a digit or a point is a dash, and no sign.
const numberRE = /((?:(?<![\w.])-)?\d+(?:\.\d+)?)/;

// compareTexts takes numbers in texts by value: 4.34 before 4.5 before 12, and -3 before 2.
function compareTexts(a, b) {
  const as = a.split(numberRE), bs = b.split(numberRE); // every second one is a number
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const order = i % 2 ? as[i] - bs[i] : collator.compare(as[i], bs[i]);
    if (order !== 0) return order;
  }
  return as.length - bs.length;
}

function valueOf(row, column, numeric) {
  const cell = row.cells[column];
  const text = (cell.dataset.value ?? cell.textContent).trim();
  if (text === "" || numeric && isNaN(text)) return null;
  return numeric ? Number(text) : text;
}

function sortTable(table, column, direction) {
  const heads = [...table.tHead.rows[0].cells];
  const numeric = heads[column].dataset.kind === "number";
  const body = table.tBodies[0];
  const keyed = [...body.rows].map(row => ({row, value: valueOf(row, column, numeric)}));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
    const order = numeric ? a.value - b.value : compareTexts(a.value, b.value);
    return direction === "descending" ? -order : order;
  });
  body.append(...keyed.map(k => k.row));
  heads.forEach((head, i) => head.setAttribute("aria-sort", i === column ? direction : "none"));
}

// sortAgain sorts new rows as the old ones were.
function sortAgain(table) {
  const heads = [...table.tHead.rows[0].cells];
  const column = heads.findIndex(h => ["ascending", "descending"].includes(h.getAttribute("aria-sort")));
  if (column >= 0) sortTable(table, column, heads[column].getAttribute("aria-sort"));
}

for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () =>
      sortTable(table, column, head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending"));
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
  });
}
