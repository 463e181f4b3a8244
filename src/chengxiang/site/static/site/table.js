// Tables: rows by keyboard, and which columns are shown, kept in this browser per table.
(function () {
  "use strict";

  // Arrow keys (or j and k) walk the rows of a <div class="table">; Enter opens the row's first link.
  document.querySelectorAll(".table tbody").forEach(function (body) {
    const rows = Array.from(body.rows).filter((row) => row.querySelector("a"));
    rows.forEach((row, i) => (row.tabIndex = i === 0 ? 0 : -1));
    body.addEventListener("keydown", function (event) {
      const row = event.target;
      const i = rows.indexOf(row);
      if (i < 0) return;
      let to = null;
      if (event.key === "ArrowDown" || event.key === "j") to = rows[i + 1];
      else if (event.key === "ArrowUp" || event.key === "k") to = rows[i - 1];
      else if (event.key === "Home") to = rows[0];
      else if (event.key === "End") to = rows[rows.length - 1];
      else if (event.key === "Enter") return row.querySelector("a").click();
      else return;
      event.preventDefault();
      if (!to) return;
      row.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    });
  });

  document.querySelectorAll("details[data-columns]").forEach(function (choice) {
    const table = document.querySelector("#" + choice.dataset.columns + " table");
    if (!table || !table.tHead) return;
    const key = "columns:" + choice.dataset.columns;
    let hidden = [];
    try { hidden = JSON.parse(localStorage.getItem(key) || "[]"); } catch { hidden = []; }
    const heads = Array.from(table.tHead.rows[0].cells);
    const show = function (index, on) {
      Array.from(table.rows).forEach(function (row) {
        const cell = row.cells[index];
        // A row of one wide cell ("nothing here") and totals over several columns stay whole.
        if (cell && row.cells.length === heads.length) cell.hidden = !on;
      });
    };
    const sheet = choice.querySelector(".columns-choice");
    heads.forEach(function (head, index) {
      if (index === 0) return;
      const name = head.dataset.name || head.textContent.trim();
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !hidden.includes(name);
      label.append(box, " " + name);
      const line = document.createElement("p");
      line.append(label);
      sheet.append(line);
      if (!box.checked) show(index, false);
      box.addEventListener("change", function () {
        show(index, box.checked);
        hidden = box.checked ? hidden.filter((n) => n !== name) : hidden.concat(name);
        localStorage.setItem(key, JSON.stringify(hidden));
      });
    });
    choice.hidden = false;
  });
})();
