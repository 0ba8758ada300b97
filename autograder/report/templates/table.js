"use strict";
(() => {
  const STEP = 250; // rows laid out at once: a class of any size is sorted and filtered as quickly; style.css knows it
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
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const more = document.getElementById("more");

  let sorted = rows;
  let matching = rows;
  let most = STEP;
  const show = (count) => {
    body.replaceChildren(...matching.slice(0, count).map((each) => each.row));
    shown.textContent = String(matching.length);
    more.hidden = matching.length <= count;
  };
  const filter = () => {
    const wanted = words.value.trim().toLowerCase();
    matching = sorted.filter((each) => each.name.includes(wanted));
    most = STEP;
    show(most);
  };
  const sort = (column) => {
    const header = headers[column];
    const isText = column === 0 || "text" in header.dataset;
    const down = header.getAttribute("aria-sort") === "ascending" || (!isText && header.getAttribute("aria-sort") === "none");
    const compare = isText
      ? (a, b) => order.compare(a.keys[column], b.keys[column])
      : (a, b) => value(a.keys[column]) - value(b.keys[column]);
    headers.forEach((each) => each.setAttribute("aria-sort", "none"));
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    sorted = rows.slice().sort((a, b) => (down ? compare(b, a) : compare(a, b)));
    filter();
  };
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(column));
    header.append(button);
  });

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", filter);
  more.addEventListener("click", () => {
    most += STEP;
    show(most);
  });
  window.addEventListener("beforeprint", () => show(matching.length));
  window.addEventListener("afterprint", () => show(most));
  show(most);
  table.dataset.ready = "";
})();
