"use strict";
/* The drawing of a network: moved by mouse, touch and keys. Its state is its address; what is told at the side comes from the server. */
(function () {
  const section = document.querySelector(".drawing");
  const canvas = section.querySelector(".canvas");
  const context = canvas.getContext("2d");
  const stage = section.querySelector(".stage");
  const status = section.querySelector(".status");
  const sieveForm = section.querySelector(".sieve");
  const base = section.dataset.address;
  const MARGIN = 1.4; // what is painted, in sizes of the canvas: a drag finds more beyond the edge
  const painter = new Worker("/static/painter.js");
  let drawing, scene, palette, front;
  let view = { x: 0, y: 0, zoom: 1 };
  let turn = 0; // of the scene that is painted
  let isPainting = false, isStale = false, isAsked = false;
  let hovered = -1;
  let marked = { things: [], lines: [] }; // what is told at the side

  // The state: what the address says ------------------------------------------------------------------------------
  const asked = () => new URLSearchParams(location.search);
  const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || "") ? Date.parse(text) / 864e5 : null);

  function sieveOf(state) {
    const kinds = state.getAll("kind").map((kind) => drawing.kinds.indexOf(kind)).filter((kind) => kind >= 0);
    return { sure: Number(state.get("sure")) || 0, kinds: kinds.length ? new Set(kinds) : null, after: dayOf(state.get("after")), before: dayOf(state.get("before")) };
  }
  function openedIn(state) {
    const told = state.get("open") || (drawing.large ? "none" : "all");
    return new Set(told === "all" ? drawing.groups.keys() : told === "none" ? [] : told.split(",").map(Number));
  }
  function changed(state, changes) {
    for (const [name, value] of Object.entries(changes)) value === null ? state.delete(name) : state.set(name, value);
    return state;
  }
  const LET_GO = { chosen: null, with: null, from: null, to: null };

  /* Go to another state; `keep` replaces the present one, so that Back does not lead through every step of a slider. */
  function go(state, keep) {
    if (state.toString() === asked().toString()) return;
    history[keep ? "replaceState" : "pushState"](null, "", base + (state.toString() ? "?" + state : ""));
    show();
  }
  function show() {
    rebuild();
    tellSide();
  }

  // What is painted -----------------------------------------------------------------------------------------------
  function rebuild() {
    const state = asked();
    scene = Scene.build(drawing, sieveOf(state), openedIn(state));
    turn += 1;
    painter.postMessage({ scene });
    hovered = -1;
    remark();
    const told = { nodes: scene.shown, all: drawing.count, lines: scene.passing };
    status.textContent = status.dataset.shown.replace(/\{(\w+)\}/g, (_, name) => told[name].toLocaleString(document.documentElement.lang));
    repaint();
  }
  function repaint() {
    isStale = true;
    ask();
  }
  function ask() {
    if (!isAsked) requestAnimationFrame(frame);
    isAsked = true;
  }
  const wide = () => canvas.clientWidth;
  const high = () => canvas.clientHeight;

  function frame() {
    isAsked = false;
    if (isStale && !isPainting && scene) {
      isPainting = true;
      isStale = false;
      painter.postMessage({ view, turn, how: { width: wide() * MARGIN, height: high() * MARGIN, ratio: devicePixelRatio, palette } });
    }
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, wide(), high());
    if (front) {
      const scale = view.zoom / front.view.zoom;
      const x = (front.view.x - view.x) * view.zoom + wide() / 2;
      const y = (front.view.y - view.y) * view.zoom + high() / 2;
      context.globalAlpha = marked.things.length ? 0.3 : 1;
      context.drawImage(front.picture, x - (front.width * scale) / 2, y - (front.height * scale) / 2, front.width * scale, front.height * scale);
      context.globalAlpha = 1;
    }
    const things = hovered < 0 || marked.things.includes(hovered) ? marked.things : [...marked.things, hovered];
    if (things.length) Painter.paint(context, scene, view, { width: wide(), height: high(), palette, part: { things, lines: marked.lines } });
  }
  painter.onmessage = ({ data }) => {
    isPainting = false;
    if (front) front.picture.close();
    front = data;
    canvas.dataset.painted = data.turn; // for whoever waits until it is painted
    ask();
  };

  function fit() {
    const { x, y } = scene.things;
    if (!x.length) return;
    const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
    const zoom = Math.min(2, (wide() - 90) / (right - left + 60), (high() - 90) / (bottom - top + 60));
    move({ x: (left + right) / 2, y: (top + bottom) / 2, zoom });
  }
  let keeping = 0;
  function move(next) {
    view = { ...next, zoom: Math.min(8, Math.max(0.02, next.zoom)) };
    repaint();
    clearTimeout(keeping);
    keeping = setTimeout(() => history.replaceState(null, "", base + "?" + changed(asked(), { at: [view.x, view.y, view.zoom].map((value) => +value.toPrecision(5)).join(",") })), 300);
  }
  function zoomAt(factor, x = wide() / 2, y = high() / 2) {
    const zoom = Math.min(8, Math.max(0.02, view.zoom * factor));
    const shift = (1 / view.zoom - 1 / zoom);
    move({ x: view.x + (x - wide() / 2) * shift, y: view.y + (y - high() / 2) * shift, zoom });
  }
  function viewIn(state) {
    const told = (state.get("at") || "").split(",").map(Number);
    return told.length === 3 && told.every(Number.isFinite) && told[2] > 0 ? { x: told[0], y: told[1], zoom: told[2] } : null;
  }

  // What is told at the side --------------------------------------------------------------------------------------
  let latest = 0;
  function tellSide() {
    const mine = (latest += 1);
    fetch(base + "/beside" + location.search)
      .then((answer) => answer.text())
      .then((html) => {
        if (mine !== latest) return;
        const told = new DOMParser().parseFromString(html, "text/html");
        for (const part of [".panel", ".twin"]) {
          const now = told.querySelector(part);
          if (now) document.querySelector(part).replaceChildren(...now.childNodes);
        }
        remark();
        ask();
      })
      .catch(() => setTimeout(() => mine === latest && tellSide(), 3000)); // the desk was stopped, or is busy
  }

  /* Which things and lines the side tells of. */
  function remark() {
    const panel = section.querySelector(".panel");
    const thingOf = (id) => (drawing.number.has(id) ? scene.thingOf[drawing.number.get(id)] : -1);
    const chain = panel.querySelector("[data-path]");
    const one = panel.querySelector("[data-node]");
    const group = /^group:(\d+)$/.exec(asked().get("chosen") || "");
    const { from, to } = scene.lines;
    let things = [];
    let isMarked = () => false;
    if (chain) {
      things = chain.dataset.path.split("\n").map(thingOf);
      const steps = new Set(things.slice(1).map((thing, step) => [thing, things[step]].sort().join()));
      isMarked = (line) => steps.has([from[line], to[line]].sort().join());
    } else if (one && one.dataset.other) {
      things = [thingOf(one.dataset.node), thingOf(one.dataset.other)];
      isMarked = (line) => things.includes(from[line]) && things.includes(to[line]);
    } else if (one || group) {
      const centre = one ? thingOf(one.dataset.node) : scene.things.group.findIndex((number) => number === Number(group[1]));
      isMarked = (line) => from[line] === centre || to[line] === centre;
      things = [centre];
      from.forEach((_, line) => isMarked(line) && things.push(from[line] === centre ? to[line] : from[line]));
    }
    things = things.filter((thing) => thing >= 0);
    marked = { things: Array.from(new Set(things)), lines: things.length ? Array.from(from.keys()).filter(isMarked) : [] };
  }

  // Choosing ------------------------------------------------------------------------------------------------------
  function choose(thing) {
    const state = asked();
    const node = scene.things.node[thing];
    if (thing < 0) return go(changed(state, LET_GO));
    if (node >= 0 && state.get("from") && !state.get("to")) return go(changed(state, { to: drawing.nodes.id[node] }));
    go(changed(state, { ...LET_GO, chosen: node < 0 ? "group:" + scene.things.group[thing] : drawing.nodes.id[node] }));
  }
  function chooseLine(line) {
    const [one, other] = [scene.lines.from[line], scene.lines.to[line]].map((thing) => scene.things.node[thing]);
    if (one >= 0 && other >= 0) go(changed(asked(), { ...LET_GO, chosen: drawing.nodes.id[one], with: drawing.nodes.id[other] }));
    else choose(one < 0 ? scene.lines.from[line] : scene.lines.to[line]);
  }
  function turnGroup(group) {
    const opened = openedIn(asked());
    opened.has(group) ? opened.delete(group) : opened.add(group);
    go(changed(asked(), { ...LET_GO, open: Array.from(opened).sort((a, b) => a - b).join(",") || "none" }));
  }
  function chosenThing() {
    return marked.things.length && section.querySelector(".panel [data-node]:not([data-other])") ? marked.things[0] : /^group:/.test(asked().get("chosen") || "") ? marked.things[0] ?? -1 : -1;
  }
  /* What was chosen outside of the drawing is brought before the eye, its group opened. */
  function reveal() {
    const node = drawing.number.get(asked().get("chosen"));
    if (node === undefined) return;
    const thing = scene.thingOf[node];
    if (thing >= 0 && scene.things.node[thing] < 0) {
      const opened = openedIn(asked()).add(drawing.nodes.group[node]);
      history.replaceState(null, "", base + "?" + changed(asked(), { open: Array.from(opened).sort((a, b) => a - b).join(",") }));
      rebuild();
    }
    move({ x: drawing.nodes.x[node], y: drawing.nodes.y[node], zoom: Math.max(view.zoom, 0.8) });
  }

  // Where the pointer is ------------------------------------------------------------------------------------------
  const worldOf = (x, y) => [(x - wide() / 2) / view.zoom + view.x, (y - high() / 2) / view.zoom + view.y];
  function thingAt(x, y) {
    const [wx, wy] = worldOf(x, y);
    let best = -1, nearest = Infinity;
    for (let thing = 0; thing < scene.count; thing += 1) {
      const away = Math.hypot(scene.things.x[thing] - wx, scene.things.y[thing] - wy) * view.zoom - Painter.radius(scene.things, thing, view.zoom);
      if (away < 5 && away < nearest) [best, nearest] = [thing, away];
    }
    return best;
  }
  function lineAt(x, y) {
    const [wx, wy] = worldOf(x, y);
    const { from, to } = scene.lines;
    let best = -1, nearest = 6 / view.zoom;
    for (let line = 0; line < from.length; line += 1) {
      const x1 = scene.things.x[from[line]], y1 = scene.things.y[from[line]];
      const dx = scene.things.x[to[line]] - x1, dy = scene.things.y[to[line]] - y1;
      const along = Math.min(1, Math.max(0, ((wx - x1) * dx + (wy - y1) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(x1 + along * dx - wx, y1 + along * dy - wy);
      if (away < nearest) [best, nearest] = [line, away];
    }
    return best;
  }

  const pointers = new Map();
  let held = -1, began = null, hasMoved = false;
  canvas.addEventListener("pointerdown", (event) => {
    if (!scene || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    began = [event.offsetX, event.offsetY];
    hasMoved = false;
    held = pointers.size === 1 ? thingAt(...began) : -1;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!scene) return;
    const now = [event.offsetX, event.offsetY];
    const before = pointers.get(event.pointerId);
    if (!before) {
      const under = thingAt(...now);
      canvas.classList.toggle("over", under >= 0);
      if (under !== hovered) ask((hovered = under));
      return;
    }
    hasMoved = hasMoved || Math.hypot(now[0] - began[0], now[1] - began[1]) > 4;
    if (!hasMoved) return;
    if (pointers.size === 2) pinch(event.pointerId, before, now);
    else if (held >= 0 && scene.things.node[held] >= 0) drag(held, now);
    else move({ ...view, x: view.x - (now[0] - before[0]) / view.zoom, y: view.y - (now[1] - before[1]) / view.zoom });
    pointers.set(event.pointerId, now);
  });
  function pinch(pointer, before, now) {
    const [other] = Array.from(pointers).filter(([id]) => id !== pointer).map(([, at]) => at);
    const apart = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]) || 1;
    zoomAt(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  }
  function drag(thing, at) {
    const node = scene.things.node[thing];
    [scene.things.x[thing], scene.things.y[thing]] = worldOf(...at);
    [drawing.nodes.x[node], drawing.nodes.y[node]] = [scene.things.x[thing], scene.things.y[thing]];
    painter.postMessage({ scene });
    hovered = thing;
    repaint();
  }
  const letGo = (event) => {
    if (!pointers.delete(event.pointerId) || event.type === "pointercancel" || hasMoved) return;
    const line = held < 0 ? lineAt(...began) : -1;
    line >= 0 ? chooseLine(line) : choose(held);
  };
  canvas.addEventListener("pointerup", letGo);
  canvas.addEventListener("pointercancel", letGo);
  canvas.addEventListener("pointerleave", () => hovered >= 0 && ask((hovered = -1)));
  canvas.addEventListener("dblclick", (event) => {
    const thing = thingAt(event.offsetX, event.offsetY);
    if (thing >= 0 && scene.things.node[thing] < 0) turnGroup(scene.things.group[thing]);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? 0.03 : 0.0015)), event.offsetX, event.offsetY);
  }, { passive: false });

  // Keys ----------------------------------------------------------------------------------------------------------
  function walk(step) {
    const order = Array.from(scene.things.x.keys()).sort((a, b) => scene.things.weight[b] - scene.things.weight[a]);
    const at = order.indexOf(chosenThing());
    const next = order[at < 0 ? 0 : (at + step + order.length) % order.length];
    choose(next);
    move({ ...view, x: scene.things.x[next], y: scene.things.y[next] });
  }
  function enter() {
    const thing = chosenThing();
    if (thing < 0) return;
    if (scene.things.node[thing] < 0) turnGroup(scene.things.group[thing]);
    else section.querySelector(".panel .onward a").click();
  }
  const KEYS = {
    ArrowLeft: () => move({ ...view, x: view.x - 60 / view.zoom }),
    ArrowRight: () => move({ ...view, x: view.x + 60 / view.zoom }),
    ArrowUp: () => move({ ...view, y: view.y - 60 / view.zoom }),
    ArrowDown: () => move({ ...view, y: view.y + 60 / view.zoom }),
    "+": () => zoomAt(1.3),
    "=": () => zoomAt(1.3),
    "-": () => zoomAt(1 / 1.3),
    0: fit,
    n: () => walk(1),
    p: () => walk(-1),
    h: () => section.querySelector(".pinning button")?.click(),
    Enter: enter,
    Escape: () => choose(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  });

  // Buttons, links and forms around it ----------------------------------------------------------------------------
  const DOES = { in: () => zoomAt(1.3), out: () => zoomAt(1 / 1.3), whole: fit };
  section.addEventListener("click", (event) => DOES[event.target.dataset.does]?.());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!scene || !link || decodeURIComponent(link.pathname) !== decodeURIComponent(base) || !link.closest(".drawing, .twin") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const state = new URLSearchParams(link.search);
    if (viewIn(asked())) state.set("at", asked().get("at"));
    go(state);
    if (!link.closest(".twin")) return;
    reveal();
    section.scrollIntoView({ block: "nearest" });
  });
  function sieveChanged() {
    sieveForm.querySelector("output").value = Number(sieveForm.elements.sure.value).toFixed(2);
    const state = asked();
    state.delete("kind");
    for (const box of sieveForm.querySelectorAll("[name=kind]:checked")) state.append("kind", box.value);
    const told = { sure: Number(sieveForm.elements.sure.value) ? sieveForm.elements.sure.value : null };
    for (const name of ["after", "before"]) told[name] = sieveForm.elements[name].value || null;
    go(changed(state, told), true);
  }
  sieveForm.addEventListener("input", sieveChanged);
  sieveForm.addEventListener("submit", (event) => event.preventDefault());
  const figure = section.querySelector(".figure");
  figure.addEventListener("submit", () => (figure.elements.state.value = base + location.search));
  function showSieve() {
    const state = asked();
    sieveForm.elements.sure.value = state.get("sure") || 0;
    sieveForm.querySelector("output").value = Number(sieveForm.elements.sure.value).toFixed(2);
    for (const name of ["after", "before"]) sieveForm.elements[name].value = state.get(name) || "";
    for (const box of sieveForm.querySelectorAll("[name=kind]")) box.checked = state.getAll("kind").includes(box.value);
  }

  section.querySelector(".panel").addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    const told = new URLSearchParams(new FormData(form));
    if (form.method === "get") return go(changed(asked(), { ...LET_GO, from: told.get("from"), to: told.get("to") }));
    const node = drawing.number.get(told.get("on"));
    if (form.matches(".pinning") && node !== undefined) {
      told.set("x", drawing.nodes.x[node]);
      told.set("y", drawing.nodes.y[node]);
    }
    fetch(form.action, { method: "POST", body: told, redirect: "manual" }).then((answer) => {
      if (answer.type !== "opaqueredirect") return form.submit(); // refused: the page of the server says why
      if (form.matches(".pinning")) drawing.pinned[told.get("away") ? "delete" : "add"](node);
      if (form.matches(".noting")) drawing.noted.add(node);
      show();
    });
  });

  // The beginning -------------------------------------------------------------------------------------------------
  function readPalette() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    palette = { ink: colour("--ink"), paper: colour("--paper"), line: colour("--line"), accent: colour("--accent"), font: style.fontFamily, looks: Scene.LOOKS.map((look) => colour("--n-" + look)) };
  }
  function resize() {
    if (!wide()) return;
    canvas.width = Math.round(wide() * devicePixelRatio);
    canvas.height = Math.round(high() * devicePixelRatio);
    if (scene) repaint();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readPalette();
    repaint();
  });
  addEventListener("popstate", () => {
    showSieve();
    view = viewIn(asked()) || view;
    show();
  });

  section.classList.add("is-drawn");
  stage.hidden = false;
  status.textContent = status.dataset.wait;
  fetch(base + "/drawing")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((told) => {
      drawing = Scene.prepare(told);
      readPalette();
      resize();
      rebuild();
      const known = viewIn(asked());
      known ? move(known) : fit();
      if (!known) reveal();
      new ResizeObserver(resize).observe(canvas);
    })
    .catch(() => {
      stage.hidden = true; // the table below says the same
      section.classList.remove("is-drawn");
    });
})();
