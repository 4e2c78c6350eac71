"use strict";
/* What of a drawing is to be seen: nodes and closed groups as things, links as lines between things. Nothing is drawn here. */
const Scene = (function () {
  const LOOKS = ["actor", "contact", "account", "company", "place", "person", "text", "group"];
  const GROUP = LOOKS.indexOf("group");
  const WEAK = 0.55; // ICD 203: up to here no more than a roughly even chance

  /* The answer of the server, ready to be looked up. */
  function prepare(told) {
    const { nodes, links } = told;
    const members = told.groups.map(() => []);
    nodes.group.forEach((group, node) => members[group].push(node));
    return { ...told, members, number: new Map(nodes.id.map((id, node) => [id, node])), pinned: new Set(nodes.pinned), noted: new Set(nodes.noted), count: nodes.id.length };
  }

  /* Whether a link is shown; one whose time nobody knows passes every time. */
  function passes(links, link, sieve) {
    return (
      links.sure[link] >= sieve.sure &&
      (!sieve.kinds || sieve.kinds.has(links.kind[link])) &&
      !(sieve.after !== null && links.last[link] !== null && links.last[link] < sieve.after) &&
      !(sieve.before !== null && links.first[link] !== null && links.first[link] > sieve.before)
    );
  }

  /* Things are columns: x, y, size, look, weight (what is labelled first), name, node (-1 for a group), group. Lines are pairs of things. */
  function build(drawing, sieve, opened) {
    const { nodes, links } = drawing;
    const passing = links.from.map((_, link) => link).filter((link) => passes(links, link, sieve));
    const degree = new Int32Array(drawing.count);
    for (const link of passing) {
      degree[links.from[link]] += 1;
      degree[links.to[link]] += 1;
    }
    const isShown = passing.length === links.from.length ? () => true : (node) => degree[node] > 0;
    const things = { x: [], y: [], size: [], look: [], weight: [], name: [], node: [], group: [], pinned: [], noted: [] };
    const thingOf = new Int32Array(drawing.count).fill(-1);
    let shown = 0;
    drawing.members.forEach((members, group) => {
      const seen = members.filter(isShown);
      shown += seen.length;
      if (!seen.length) return;
      if (opened.has(group) || members.length === 1) for (const node of seen) thingOf[node] = addNode(things, drawing, node, degree[node]);
      else {
        const thing = addGroup(things, drawing, group, seen);
        for (const node of seen) thingOf[node] = thing;
      }
    });
    return { things, thingOf, lines: linesBetween(links, passing, thingOf), shown, passing: passing.length, count: things.x.length };
  }

  function addNode(things, { nodes, pinned, noted }, node, degree) {
    const look = LOOKS.indexOf(nodes.look[node]);
    return add(things, [nodes.x[node], nodes.y[node], look ? 6 : 10, look, (look ? 0 : 1000) + degree, nodes.name[node], node, nodes.group[node], pinned.has(node), noted.has(node)]);
  }

  function addGroup(things, { nodes, groups }, group, seen) {
    const mean = (column) => seen.reduce((sum, node) => sum + column[node], 0) / seen.length;
    return add(things, [mean(nodes.x), mean(nodes.y), 8 + 15 * Math.sqrt(seen.length), GROUP, 1e6 + seen.length, groups[group] + " (" + seen.length + ")", -1, group, false, false]);
  }

  function add(things, values) {
    Object.keys(things).forEach((column, place) => things[column].push(values[place]));
    return things.x.length - 1;
  }

  /* Links between the same two things are one line: as sure as the surest, as heavy as they are many. */
  function linesBetween(links, passing, thingOf) {
    const lines = { from: [], to: [], weak: [], many: [] };
    const known = new Map();
    for (const link of passing) {
      const from = thingOf[links.from[link]];
      const to = thingOf[links.to[link]];
      if (from === to || from < 0 || to < 0) continue;
      const key = Math.min(from, to) * 1e6 + Math.max(from, to);
      const line = known.get(key);
      if (line === undefined) {
        known.set(key, lines.from.length);
        lines.from.push(from);
        lines.to.push(to);
        lines.weak.push(links.sure[link] <= WEAK);
        lines.many.push(1);
      } else {
        lines.weak[line] = lines.weak[line] && links.sure[link] <= WEAK;
        lines.many[line] += 1;
      }
    }
    return lines;
  }

  return { prepare, build, LOOKS, GROUP };
})();
