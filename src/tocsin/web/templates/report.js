(() => {
  "use strict";
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const one = (query, root = document) => root.querySelector(query);
  const rows = all("tbody tr");
  const events = all(".event");
  const handles = all("[data-events]");
  const held = node => node.dataset.events.split(" ").map(Number);
  const roles = {trigger: "event word", actor: "actor", place: "place", date: "date", number: "number",
    demand: "demand", source: "source", cue: "word of saying", evidence: "evidence"};
  let current = -1;

  // Marks: of all that use a word, only what the chosen event makes of it is shown.
  function mark(article, n) {
    for (const node of all("mark", article)) {
      const uses = node.dataset.m.split(" ").map(use => use.split(":")).filter(use => Number(use[0]) === n);
      node.className = uses.length ? "m r-" + uses[0][1] : "m";
      if (uses.length) node.title = roles[uses[0][1]]; else node.removeAttribute("title");
    }
  }

  function bringUp(node) {
    const box = node.closest(".text");
    if (getComputedStyle(box).overflowY === "auto") {
      box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
    } else {
      node.scrollIntoView({block: "center"});
    }
  }

  function light() {
    for (const node of handles) node.classList.toggle("on", held(node).includes(current));
  }

  function select(n, go) {
    if (!events[n]) return;
    current = n;
    rows.forEach((row, i) => {
      row.classList.toggle("on", i === n);
      if (i === n) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    });
    events.forEach((event, i) => event.classList.toggle("on", i === n));
    light();
    const number = events[n].dataset.article;
    for (const text of all(".text")) text.classList.toggle("on", text.id === "a" + number);
    const text = document.getElementById("a" + number);
    mark(text, n);
    events[n].scrollTop = 0;
    const first = one(".r-trigger", text) || one(".r-evidence", text);
    if (first && (go || getComputedStyle(text).overflowY === "auto")) bringUp(first);
    if (go) {
      history.replaceState(null, "", "#e" + n);
      const bar = one(".timeline a.on");
      if (bar) bar.scrollIntoView({block: "nearest", inline: "nearest"});
      if (!matchMedia("(min-width: 1080px)").matches) events[n].scrollIntoView({block: "start"});
    }
  }

  function shown(n) { return rows[n] && !rows[n].hidden; }

  function step(by) {
    for (let n = current + by; n >= 0 && n < rows.length; n += by) {
      if (shown(n)) { select(n, true); return; }
    }
  }

  document.addEventListener("click", click => {
    const button = click.target.closest("[data-step]");
    if (button) { step(Number(button.dataset.step)); one(`.event.on [data-step="${button.dataset.step}"]`).focus(); return; }
    const holder = click.target.closest("[data-events]");
    if (holder && !(dragged && holder.closest(".map"))) {
      // A place with several events gives the next one at each click.
      const numbers = held(holder).filter(shown);
      click.preventDefault();
      if (numbers.length) select(numbers[(numbers.indexOf(current) + 1) % numbers.length], true);
      return;
    }
    const link = click.target.closest('a[href^="#"]');
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (target && target.matches(".event")) { click.preventDefault(); select(Number(target.dataset.n), true); }
      if (target && target.matches("mark")) {
        click.preventDefault();
        bringUp(target);
        for (const old of all(".flash")) old.classList.remove("flash");
        target.classList.add("flash");
      }
      return;
    }
    const row = click.target.closest("tbody tr");
    if (row && !String(getSelection())) select(Number(row.dataset.n), true);
  });

  const table = one("table");
  if (table) table.addEventListener("keydown", key => {
    const by = {ArrowDown: 1, ArrowUp: -1, j: 1, k: -1}[key.key];
    const row = key.target.closest("tbody tr");
    if (!by || !row) return;
    let next = Number(row.dataset.n) + by;
    while (rows[next] && rows[next].hidden) next += by;
    if (!rows[next]) return;
    key.preventDefault();
    one("a", rows[next]).focus();
    select(next, true);
  });

  // Filters
  const form = one(".filters");
  function filter() {
    const {type, factuality, country, search} = form.elements;
    const sought = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const d = row.dataset;
      row.hidden = !((!type.value || d.type === type.value) && (!factuality.value || d.factuality === factuality.value)
        && (!country.value || d.country === country.value) && sought.every(word => d.search.includes(word)));
      count += !row.hidden;
    }
    for (const node of handles) {
      const off = !held(node).some(shown);
      node.classList.toggle("off", off);
      if (node.matches("a")) node.tabIndex = off ? -1 : 0;
    }
    for (const node of all(".incident")) node.hidden = !node.dataset.rows.split(" ").map(Number).some(shown);
    one("output", form).textContent = count === rows.length ? "" : `${count} of ${rows.length} events`;
    const none = one(".none");
    if (none) none.hidden = count > 0;
    if (count && !shown(current)) select(rows.findIndex(row => !row.hidden), false);
    label();
  }
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", submit => submit.preventDefault());

  // Map: the view box is the zoom; --u is map units to a pixel, so that dots and words keep their size.
  const map = one(".map svg");
  let box = map.dataset.home.split(" ").map(Number);
  let dragged = false;
  const world = map.dataset.world.split(" ").map(Number);

  function view(x, y, width, height) {
    box = [x, y, width, height];
    map.setAttribute("viewBox", box.map(part => part.toFixed(2)).join(" "));
    fit();
  }
  function fit() {
    const scale = Math.min(map.clientWidth / box[2], map.clientHeight / box[3]);
    if (scale > 0) map.style.setProperty("--u", 1 / scale);
    merge(scale);
    label();
  }
  // Dots that would cover each other become one, until a nearer view parts them.
  const dots = all(".dots a").map(node => ({node, own: node.dataset.events, name: one(".name", node).textContent, x: node.transform.baseVal[0].matrix.e, y: node.transform.baseVal[0].matrix.f}));
  dots.sort((a, b) => b.own.split(" ").length - a.own.split(" ").length);
  function merge(scale) {
    const kept = [];
    for (const dot of dots) {
      const host = kept.find(other => Math.hypot(other.x - dot.x, other.y - dot.y) * scale < 17);
      dot.node.classList.toggle("merged", Boolean(host));
      dot.node.dataset.events = dot.own;
      dot.more = new Set();
      if (host) { host.node.dataset.events += " " + dot.own; host.more.add(dot.name); } else kept.push(dot);
    }
    for (const {node, name, more} of kept) {
      const count = held(node).length;
      node.style.setProperty("--n", Math.min(count, 9));
      one(".count", node).textContent = count > 1 ? count : "";
      more.delete(name);
      one(".name", node).textContent = more.size ? `${name} +${more.size}` : name;
    }
    light();
  }
  function zoom(factor) {
    const width = Math.min(world[2] * 1.1, Math.max(30, box[2] * factor));
    const height = width * box[3] / box[2];
    // Towards the chosen event, where it has a dot.
    const chosen = factor < 1 && dots.find(dot => dot.own.split(" ").includes(String(current)));
    const x = chosen ? chosen.x : box[0] + box[2] / 2, y = chosen ? chosen.y : box[1] + box[3] / 2;
    view(x - width / 2, y - height / 2, width, height);
  }
  // Where names would cover each other or another dot, the place with more events keeps its name.
  function label() {
    const links = all(".dots a:not(.merged)").sort((a, b) => b.dataset.events.length - a.dataset.events.length);
    const taken = links.map(link => one(".dot", link).getBoundingClientRect());
    const frame = map.getBoundingClientRect();
    links.forEach((link, i) => {
      const name = one(".name", link);
      name.style.display = "";
      const rect = name.getBoundingClientRect();
      const clash = () => rect.right > frame.right
        || taken.some((other, j) => j !== i && rect.left < other.right && rect.right > other.left && rect.top < other.bottom && rect.bottom > other.top);
      if (link.classList.contains("off") || clash()) name.style.display = "none"; else taken.push(rect);
    });
    for (const name of all(".countries text")) {
      name.style.display = "";
      const rect = name.getBoundingClientRect();
      if (taken.some(other => rect.left < other.right && rect.right > other.left && rect.top < other.bottom && rect.bottom > other.top)) name.style.display = "none";
    }
  }
  one(".tools").addEventListener("click", click => {
    const kind = click.target.dataset.zoom;
    if (kind === "in") zoom(.6);
    if (kind === "out") zoom(1 / .6);
    if (kind === "home") view(...map.dataset.home.split(" ").map(Number));
    if (kind === "world") view(...world);
  });
  let grip = null;
  map.addEventListener("pointerdown", down => { grip = [down.clientX, down.clientY, ...box]; dragged = false; });
  addEventListener("pointermove", move => {
    if (!grip) return;
    const scale = box[2] / map.clientWidth;
    const [dx, dy] = [(move.clientX - grip[0]) * scale, (move.clientY - grip[1]) * scale];
    if (Math.hypot(move.clientX - grip[0], move.clientY - grip[1]) > 4) dragged = true;
    if (dragged) view(grip[2] - dx, grip[3] - dy, box[2], box[3]);
  });
  addEventListener("pointerup", () => { grip = null; });
  map.addEventListener("dragstart", drag => drag.preventDefault());
  map.addEventListener("wheel", wheel => {
    if (!wheel.ctrlKey) return;
    wheel.preventDefault();
    zoom(wheel.deltaY > 0 ? 1.15 : 1 / 1.15);
  }, {passive: false});
  addEventListener("resize", fit);
  fit();

  const save = one(".save");
  save.hidden = false;
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([one("#data").textContent], {type: "application/json"}));
    link.download = "tocsin-events.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  const start = /^#e(\d+)$/.exec(location.hash);
  if (events.length) select(start ? Number(start[1]) : 0, Boolean(start));
  // On a wide screen the chosen event is in view as it is; the browser's own jump would only hide the heading.
  if (matchMedia("(min-width: 1080px)").matches && !location.hash.startsWith("#i")) addEventListener("load", () => setTimeout(() => window.scrollTo(0, 0)));
})();
