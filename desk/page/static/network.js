"use strict";
/* The drawing of one network. All text that comes from posts is set as text, never as HTML. */
(function () {
  const section = document.querySelector(".drawing");
  if (!section || !window.vis) return;
  const canvas = section.querySelector(".canvas");
  const panel = section.querySelector(".panel");
  const sieve = section.querySelector(".sieve");
  const say = section.dataset;
  const shapes = { actor: "dot", contact: "square", account: "square", company: "diamond", place: "triangle", person: "hexagon", text: "star" };
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();

  function make(name, attributes, ...inside) {
    const element = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...inside);
    return element;
  }
  const addressOf = (id) => "/node/" + encodeURIComponent(id).replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%2B/g, "+");

  function proof(link) {
    const holder = make("span", { class: "refs" });
    link.posts.forEach((id) => holder.append(make("a", { href: "/post/" + id }, id.slice(0, 8)), " "));
    if (link.total > link.posts.length) holder.append("+" + (link.total - link.posts.length));
    return holder;
  }

  function draw(data) {
    const named = new Map(data.nodes.map((node) => [node.id, node]));
    const nodes = new vis.DataSet(
      data.nodes.map((node) => ({
        id: node.id, label: node.label, x: node.x, y: node.y, shape: shapes[node.look] || "dot", size: node.look === "actor" ? 17 : 11,
        color: { background: colour("--n-" + node.look) || colour("--n-contact"), border: colour("--paper"), highlight: { background: colour("--n-" + node.look), border: colour("--ink") } },
      }))
    );
    const links = data.links.map((link) => ({ ...link, width: 1 + 2 * link.confidence, dashes: link.weak ? [5, 5] : false }));
    const shown = new vis.DataSet(links);
    const drawn = new vis.Network(canvas, { nodes, edges: shown }, {
      physics: false,
      interaction: { hover: true, hideEdgesOnDrag: data.links.length > 400, keyboard: { enabled: false } },
      nodes: { borderWidth: 2, font: { face: style.fontFamily, size: 14, color: colour("--ink"), strokeWidth: 4, strokeColor: colour("--paper") } },
      edges: { color: { color: colour("--line"), highlight: colour("--accent"), hover: colour("--accent") }, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.4 } }, selectionWidth: 1 },
    });
    canvas.network = drawn; // for whoever looks from the browser's console

    function hint() {
      panel.replaceChildren(make("p", { class: "quiet" }, say.hint));
    }
    function tellNode(id) {
      const node = named.get(id);
      const list = make("ul");
      const own = shown.get({ filter: (link) => link.from === id || link.to === id });
      own.sort((a, b) => b.confidence - a.confidence);
      own.slice(0, 40).forEach((link) => {
        const other = named.get(link.from === id ? link.to : link.from);
        const button = make("a", { href: addressOf(other.id), dir: "auto" }, other.name);
        list.append(make("li", {}, (link.from === id ? "→ " : "← ") + link.words + " ", button, " " + link.confidence.toFixed(2) + " ", proof(link)));
      });
      if (own.length > 40) list.append(make("li", { class: "quiet" }, say.more));
      panel.replaceChildren(make("h3", { dir: "auto" }, node.name), make("p", {}, make("a", { href: addressOf(id) }, say.open)), list);
    }
    function tellLink(id) {
      const link = shown.get(id);
      panel.replaceChildren(
        make("h3", { dir: "auto" }, named.get(link.from).name + " → " + named.get(link.to).name),
        make("p", {}, link.words + ", " + link.confidence.toFixed(2)),
        make("p", {}, say.proof + ": ", proof(link))
      );
    }
    drawn.on("select", (event) => {
      if (event.nodes.length) tellNode(event.nodes[0]);
      else if (event.edges.length) tellLink(event.edges[0]);
      else hint();
    });
    hint();

    const kinds = Array.from(new Set(links.map((link) => link.words))).sort();
    kinds.forEach((words) => sieve.querySelector(".kinds").append(make("label", {}, make("input", { type: "checkbox", name: "kind", value: words, checked: "" }), " " + words)));
    function sift() {
      const least = Number(sieve.elements.sure.value);
      const wanted = new Set(Array.from(sieve.querySelectorAll("[name=kind]:checked"), (box) => box.value));
      sieve.querySelector("output").value = least.toFixed(2);
      const kept = links.filter((link) => link.confidence >= least && wanted.has(link.words));
      const tied = new Set(kept.flatMap((link) => [link.from, link.to]));
      shown.clear();
      shown.add(kept);
      nodes.update(data.nodes.map((node) => ({ id: node.id, hidden: kept.length < links.length && !tied.has(node.id) })));
    }
    sieve.addEventListener("input", sift);
    sieve.addEventListener("submit", (event) => event.preventDefault());
    sieve.elements.whole.addEventListener("click", () => drawn.fit({ animation: false }));
    drawn.once("afterDrawing", () => {
      drawn.fit({ animation: false });
      /* A large network is drawn small as a whole; its labels should stay readable. */
      drawn.setOptions({ nodes: { font: { size: Math.min(22, 13 / Math.min(1, drawn.getScale())) } } });
    });
  }

  section.hidden = false;
  panel.replaceChildren(make("p", { class: "quiet" }, say.wait));
  fetch("/api/v1/network/" + encodeURIComponent(say.network) + "/drawing")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(draw)
    .catch(() => (section.hidden = true)); // the table below says the same
})();
