"use strict";
/* Paints a scene, or some of it, onto a canvas. As a worker it paints whole scenes beside the page, which stays quick meanwhile. */
const Painter = (function () {
  const GROUP = 7; // the last of Scene.LOOKS
  const MOST_LABELS = 140;
  const LONGEST_LABEL = 30;

  /* How large a thing is on the screen, in pixels: groups grow with what is near, nodes less. */
  function radius(things, thing, zoom) {
    return things.look[thing] === GROUP ? Math.max(9, things.size[thing] * zoom) : things.size[thing] * Math.min(1.6, Math.max(0.3, Math.sqrt(zoom)));
  }

  function onScreen(view, width, height) {
    return [(x) => (x - view.x) * view.zoom + width / 2, (y) => (y - view.y) * view.zoom + height / 2];
  }

  /* `part` names some things and lines, and what is labelled at any rate; without it, all are painted. */
  function paint(context, scene, view, { width, height, palette, part }) {
    const [px, py] = onScreen(view, width, height);
    paintLines(context, scene, part ? part.lines : range(scene.lines.from.length), px, py, { width, height, palette, strong: Boolean(part) });
    const visible = (part ? part.things : range(scene.count)).filter((thing) => {
      const room = radius(scene.things, thing, view.zoom) + 2;
      const x = px(scene.things.x[thing]);
      const y = py(scene.things.y[thing]);
      return x > -room && y > -room && x < width + room && y < height + room;
    });
    paintThings(context, scene.things, visible, px, py, view.zoom, palette);
    paintLabels(context, scene.things, visible, px, py, view.zoom, { palette, all: Boolean(part) });
  }

  function range(count) {
    return Array.from({ length: count }, (_, index) => index);
  }

  function paintLines(context, { lines, things }, chosen, px, py, { width, height, palette, strong }) {
    const styles = new Map();
    const dashed = chosen.length < 3000; // more dashes than that make a picture slow, and nothing clearer
    for (const line of chosen) {
      const x1 = px(things.x[lines.from[line]]), y1 = py(things.y[lines.from[line]]);
      const x2 = px(things.x[lines.to[line]]), y2 = py(things.y[lines.to[line]]);
      if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height)) continue;
      const style = (lines.weak[line] ? 10 : 0) + Math.min(5, Math.round(Math.log2(lines.many[line])));
      if (!styles.has(style)) styles.set(style, []);
      styles.get(style).push(x1, y1, x2, y2);
    }
    context.strokeStyle = strong ? palette.accent : palette.line;
    context.globalAlpha = strong || chosen.length < 400 ? 1 : chosen.length < 3000 ? 0.5 : 0.3; // many lines: nodes and names must stay in front
    for (const [style, ends] of styles) {
      context.lineWidth = (strong ? 1.8 : chosen.length > 3000 ? 0.6 : 1) + (style % 10) * 0.7;
      context.setLineDash(style >= 10 && dashed ? [5, 4] : []);
      for (let start = 0; start < ends.length; start += 800) {
        context.beginPath(); // many short paths are quicker than one long one
        for (let at = start; at < Math.min(start + 800, ends.length); at += 4) {
          context.moveTo(ends[at], ends[at + 1]);
          context.lineTo(ends[at + 2], ends[at + 3]);
        }
        context.stroke();
      }
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /* Each kind has a shape besides its colour. */
  const CORNERS = { 1: [4, Math.PI / 4], 2: [4, Math.PI / 4], 3: [4, 0], 4: [3, -Math.PI / 2], 5: [6, 0], 6: [5, -Math.PI / 2] };
  function outline(context, look, x, y, size) {
    const [corners, turn] = CORNERS[look] || [0, 0];
    if (!corners) {
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
      return;
    }
    for (let corner = 0; corner <= corners; corner += 1) {
      const angle = turn + (2 * Math.PI * corner) / corners;
      context[corner ? "lineTo" : "moveTo"](x + size * Math.cos(angle), y + size * Math.sin(angle));
    }
  }

  function paintThings(context, things, visible, px, py, zoom, palette) {
    for (let look = palette.looks.length - 1; look >= 0; look -= 1) {
      const own = visible.filter((thing) => things.look[thing] === look);
      if (!own.length) continue;
      context.beginPath();
      for (const thing of own) {
        const size = radius(things, thing, zoom);
        const x = px(things.x[thing]), y = py(things.y[thing]);
        if (size < 2) context.rect(x - size, y - size, 2 * size, 2 * size);
        else outline(context, look, x, y, size);
      }
      context.fillStyle = palette.looks[look];
      context.fill();
      context.strokeStyle = look === GROUP ? palette.accent : palette.paper;
      context.lineWidth = 1.2;
      if (zoom > 0.25 || look === GROUP) context.stroke();
    }
    paintMarks(context, things, visible, px, py, zoom, palette);
  }

  /* A ring around what is held at its place, a dot at what somebody noted. */
  function paintMarks(context, things, visible, px, py, zoom, palette) {
    for (const thing of visible) {
      if (!things.pinned[thing] && !things.noted[thing]) continue;
      const size = radius(things, thing, zoom);
      const x = px(things.x[thing]), y = py(things.y[thing]);
      context.beginPath();
      if (things.pinned[thing]) context.arc(x, y, size + 3, 0, 2 * Math.PI);
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5;
      context.stroke();
      if (!things.noted[thing]) continue;
      context.beginPath();
      context.arc(x + size, y - size, 3.5, 0, 2 * Math.PI);
      context.fillStyle = palette.accent;
      context.fill();
    }
  }

  /* The heaviest first; a label that would cover another is left away. */
  function paintLabels(context, things, visible, px, py, zoom, { palette, all }) {
    const boxes = [];
    context.font = "13px " + palette.font;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineWidth = 3.5;
    context.lineJoin = "round";
    for (const thing of visible.slice().sort((a, b) => things.weight[b] - things.weight[a])) {
      if (boxes.length >= MOST_LABELS) break;
      const name = things.name[thing];
      const letters = Array.from(name);
      const label = letters.length > LONGEST_LABEL ? letters.slice(0, LONGEST_LABEL - 1).join("") + "…" : name;
      const wide = context.measureText(label).width / 2 + 3;
      const x = px(things.x[thing]);
      const size = radius(things, thing, zoom);
      const y = py(things.y[thing]) + (things.look[thing] === GROUP && size > wide ? -8 : size + 3); // a name that fits stands inside
      const box = [x - wide, y - 1, x + wide, y + 17];
      if (boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) && !(all && visible.length < 12)) continue;
      boxes.push(box);
      context.strokeStyle = palette.paper;
      context.strokeText(label, x, y);
      context.fillStyle = palette.ink;
      context.fillText(label, x, y);
    }
  }

  return { paint, radius };
})();

if (typeof importScripts === "function") {
  let scene = null;
  onmessage = ({ data }) => {
    if (data.scene) scene = data.scene;
    if (!scene || !data.view) return;
    const { width, height, ratio } = data.how;
    const surface = new OffscreenCanvas(Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio)));
    const context = surface.getContext("2d");
    context.scale(ratio, ratio);
    Painter.paint(context, scene, data.view, data.how);
    const picture = surface.transferToImageBitmap();
    postMessage({ picture, view: data.view, width, height, turn: data.turn }, [picture]);
  };
}
