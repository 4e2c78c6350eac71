"use strict";
/* Tables that sort and filter, posts that open when they are pointed at, and the drawing of the networks.
   All text that comes from posts is set as text, never as HTML. */
(function () {
  function make(name, attributes, text) {
    const element = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* Tables ------------------------------------------------------------------------------------------------------- */
  function valueOf(row, column) {
    const cell = row.cells[column];
    if (!cell) return "";
    if (cell.dataset.sort !== undefined) return cell.dataset.sort;
    const text = cell.textContent.trim();
    const number = Number(text.replace(/,/g, ""));
    return cell.classList.contains("number") && !Number.isNaN(number) ? number : text === "–" ? "" : text.toLowerCase();
  }

  function sortBy(table, column) {
    const heads = Array.from(table.tHead.rows[0].cells);
    const upward = heads[column].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", upward ? "ascending" : "descending");
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, (row) => [valueOf(row, column), row]);
    keyed.sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b))));
    if (!upward) keyed.reverse();
    body.append(...keyed.map(([, row]) => row));
  }

  document.querySelectorAll("table.sortable").forEach((table) => {
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      const button = make("button", { type: "button", title: "Sort by this column" }, head.textContent);
      button.addEventListener("click", () => sortBy(table, column));
      head.replaceChildren(button);
    });
    const rows = Array.from(table.tBodies[0].rows);
    if (rows.length < 8) return;
    const box = make("input", { type: "search", class: "filter", placeholder: "Filter these rows", "aria-label": "Filter these rows" });
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach((row) => {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      });
    });
    table.parentElement.before(box);
  });

  /* Posts -------------------------------------------------------------------------------------------------------- */
  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target) target.scrollIntoView({ block: "start" });
  }
  window.addEventListener("hashchange", openTarget);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#p"]');
    if (link && link.getAttribute("href") === location.hash) openTarget();
  });
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach((details) => (details.open = true));
  });
  window.addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
  if (location.hash) openTarget();

  /* The drawing ----------------------------------------------------------------------------------------------------- */
  const data = JSON.parse(document.getElementById("graph-data").textContent);
  const canvas = document.getElementById("graph-canvas");
  if (!canvas || !window.vis) return;
  document.documentElement.classList.add("scripted"); // the still drawings are for paper then
  const panel = document.getElementById("graph-panel");
  const list = document.getElementById("graph-list");
  const shapes = { actor: "dot", contact: "square", company: "diamond", place: "triangle", person: "hexagon", text: "star" };
  const colours = { actor: "#8a2b38", contact: "#d08a2c", company: "#2b5c93", place: "#2f7f86", person: "#74468e", text: "#5c7a2c" };
  let drawn = null;
  let nodes = [];

  function references(posts, total) {
    const holder = make("span", { class: "refs" });
    const known = posts.filter((post) => data.numbers[post]);
    known.forEach((post) => holder.append(make("a", { href: "#p" + data.numbers[post] }, "P" + data.numbers[post]), " "));
    const more = total - known.length;
    if (more) holder.append(make("span", { class: "quiet" }, known.length ? "and " + more + " more" : more + (more === 1 ? " post" : " posts") + " in the case"));
    return holder;
  }

  function tell(number) {
    const node = nodes[number];
    panel.replaceChildren(make("h3", { dir: "auto" }, node.name), make("p", { class: "quiet" }, node.kind));
    node.facts.forEach((fact) => panel.append(make("p", {}, fact)));
    const relations = make("ul");
    node.told.forEach((one) => {
      const item = make("li");
      const other = make("button", { type: "button", class: "link" }, one.other);
      other.addEventListener("click", () => choose(one.node));
      if (one.way === "out") item.append(one.words + " ", other);
      else item.append(other, " " + one.words + " this");
      item.append(" (", make("span", { class: "sure" }, one.certainty), ") ", references(one.posts, one.total));
      relations.append(item);
    });
    panel.append(relations);
  }

  function choose(number) {
    drawn.selectNodes([number]);
    tell(number);
  }

  function draw(index) {
    const graph = data.graphs[index];
    nodes = graph.nodes;
    panel.replaceChildren(make("p", { class: "hint" }, "Click on a node, or choose one from the list."));
    list.replaceChildren(
      ...nodes.map((node, number) => {
        const button = make("button", { type: "button", class: "link" }, node.name);
        button.addEventListener("click", () => choose(number));
        const item = make("li");
        item.append(button, make("span", { class: "quiet" }, " " + node.kind));
        return item;
      })
    );
    document.getElementById("graph-left-out").textContent = graph.left_out ? graph.left_out + " more nodes are not drawn." : "";
    if (drawn) drawn.destroy();
    drawn = new vis.Network(
      canvas,
      {
        nodes: nodes.map((node) => ({
          id: node.id, label: node.label, x: node.x, y: node.y, shape: shapes[node.look] || "dot",
          size: node.look === "actor" ? 17 : 11, color: { background: colours[node.look], border: "#ffffff", highlight: { background: colours[node.look], border: "#1c2330" }, hover: { background: colours[node.look], border: "#1c2330" } },
        })),
        edges: graph.edges.map((edge) => ({ from: edge.from, to: edge.to, width: edge.width, dashes: edge.weak ? [5, 5] : false })),
      },
      {
        physics: false,
        interaction: { hover: true, zoomView: false, hideEdgesOnDrag: nodes.length > 80, tooltipDelay: 200 },
        nodes: { borderWidth: 2, font: { face: getComputedStyle(document.body).fontFamily, size: 14, color: "#1c2330", strokeWidth: 4, strokeColor: "#fcfcfb" } },
        edges: { color: { color: "#b4bac3", highlight: "#1f4570", hover: "#1f4570" }, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.4 } }, selectionWidth: 1 },
      }
    );
    drawn.on("selectNode", (event) => tell(event.nodes[0]));
    drawn.on("hoverNode", () => (canvas.style.cursor = "pointer"));
    drawn.on("blurNode", () => (canvas.style.cursor = "default"));
    drawn.once("afterDrawing", () => {
      drawn.fit({ animation: false });
      /* In a large network the whole is drawn small; its labels should stay readable. */
      drawn.setOptions({ nodes: { font: { size: Math.min(19, 12 / Math.min(1, drawn.getScale())) } } });
    });
    canvas.network = drawn; // for whoever looks from the browser's console
  }

  /* The wheel belongs to the page until the drawing is clicked. */
  canvas.addEventListener("pointerdown", () => drawn.setOptions({ interaction: { zoomView: true } }));
  canvas.addEventListener("pointerleave", () => drawn.setOptions({ interaction: { zoomView: false } }));
  document.querySelectorAll("[data-zoom]").forEach((button) =>
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      if (factor) drawn.moveTo({ scale: drawn.getScale() * factor });
      else drawn.fit({ animation: false });
    })
  );
  document.getElementById("graph-network").addEventListener("change", (event) => draw(Number(event.target.value)));
  draw(0);
})();
