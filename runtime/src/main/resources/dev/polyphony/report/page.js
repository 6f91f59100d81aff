// A click on a heading sorts its table by that column, a second one the other way round.
for (const button of document.querySelectorAll("thead button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th");
    const body = head.closest("table").tBodies[0];
    const column = head.cellIndex;
    const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
    const order = (a, b) => {
      const [x, y] = [Number(a), Number(b)];
      if (a === "" || b === "") { return (a === "") - (b === ""); }
      const less = Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
      return way === "ascending" ? less : -less;
    };
    for (const other of head.parentNode.cells) { other.removeAttribute("aria-sort"); }
    head.setAttribute("aria-sort", way);
    body.append(...[...body.rows].sort((r, s) => order(key(r), key(s))));
  });
}
