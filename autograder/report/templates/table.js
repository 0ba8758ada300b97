"use strict";
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({
    row,
    name: row.cells[0].textContent.toLowerCase(),
    keys: Array.from(row.cells, (cell) => cell.textContent.trim()),
  }));
  const headers = Array.from(table.tHead.rows[0].cells);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = (text) => (text === "–" ? -1 : Number(text));

  const show = (sorted) => body.append(...sorted.map((each) => each.row));
  const sort = (column) => {
    const header = headers[column];
    const down = header.getAttribute("aria-sort") === "ascending" || (column > 0 && header.getAttribute("aria-sort") === "none");
    const compare = column === 0
      ? (a, b) => order.compare(a.keys[0], b.keys[0])
      : (a, b) => value(a.keys[column]) - value(b.keys[column]);
    headers.forEach((each) => each.setAttribute("aria-sort", "none"));
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    show(rows.slice().sort((a, b) => (down ? compare(b, a) : compare(a, b))));
  };
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(column));
    header.append(button);
  });

  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", () => {
    const wanted = words.value.trim().toLowerCase();
    let count = 0;
    for (const each of rows) {
      const match = each.name.includes(wanted);
      each.row.hidden = !match;
      count += match;
    }
    shown.textContent = String(count);
  });
})();
