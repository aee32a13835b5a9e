"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const film = byId("film");
  const surface = byId("surface");
  const inner = byId("inner");
  const scroll = byId("scroll");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let now = 0;
  let zoom = 1;
  let filmWorks = Boolean(film);

  // A path is written in milliseconds and tenths of a degree (render/charts.py): the drawing is the data.
  function readTrace(path) {
    const samples = [];
    let x = 0;
    let y = 0;
    for (const [, step, dx, dy] of path.getAttribute("d").matchAll(/([ml])(-?\d+)[ ]?(-?\d+)/g)) {
      if (step === "l" && dx === "0" && dy === "0") continue;
      x += Number(dx);
      y += Number(dy);
      samples.push({ time: x / 1000, value: -y / 10, starts: step === "m" });
    }
    return samples;
  }

  const traces = Array.from(document.querySelectorAll("[data-trace]"), (path) => ({
    samples: readTrace(path),
    name: path.closest(".plot").previousElementSibling.querySelector("b").textContent,
    output: document.querySelector(`[data-readout="${path.dataset.trace}"]`),
  }));

  // Null where nothing was observed: between the pieces of a trace, before and after it.
  function valueAt(samples, time) {
    let low = 0;
    let high = samples.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (samples[middle].time < time) low = middle + 1;
      else high = middle;
    }
    const after = samples[low];
    if (after && after.time - time < 0.0006) return after.value;
    const before = samples[low - 1];
    if (!before || !after || after.starts) return before && time - before.time < 0.02 ? before.value : null;
    const share = (time - before.time) / (after.time - before.time);
    return before.value + share * (after.value - before.value);
  }

  const degrees = (value) => (value === null ? "–" : `${Math.round(value)}°`.replace("-", "−"));
  const within = (span) => span.start_s <= now && now < span.end_s;

  function clock(time) {
    const tenths = Math.round(time * 10);
    const seconds = String(Math.floor((tenths % 600) / 10)).padStart(2, "0");
    return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
  }

  function markCurrent(number) {
    for (const element of document.querySelectorAll(".card[data-rep], .rep-jump[data-rep]")) {
      if (Number(element.dataset.rep) === number) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
  }

  let shownRepetition = null;
  function show(time) {
    now = Math.min(Math.max(time, 0), data.duration_s);
    const repetition = data.repetitions.find(within);
    const phase = data.phases.find(within);
    const number = repetition ? repetition.number : null;
    if (number !== shownRepetition) {
      shownRepetition = number;
      markCurrent(number);
    }
    if (!surface) return;
    const where = repetition ? `repetition ${number}${phase ? `, ${phase.name.toLowerCase()}` : ""}` : "between repetitions";
    const values = traces.map((trace) => {
      const text = degrees(valueAt(trace.samples, now));
      trace.output.textContent = text;
      return `${trace.name} ${text}`;
    });
    byId("playhead").style.left = `${(100 * now) / data.duration_s}%`;
    byId("now-clock").textContent = clock(now);
    byId("now-phase").textContent = where[0].toUpperCase() + where.slice(1);
    surface.setAttribute("aria-valuenow", now.toFixed(2));
    surface.setAttribute("aria-valuetext", `${clock(now)}, ${where}; ${values.join(", ")}`);
    keepInView();
  }

  function keepInView() {
    if (zoom === 1) return;
    const x = (inner.clientWidth * now) / data.duration_s;
    const margin = scroll.clientWidth * 0.15;
    if (x < scroll.scrollLeft + margin || x > scroll.scrollLeft + scroll.clientWidth - margin) {
      scroll.scrollLeft = x - scroll.clientWidth * 0.3;
    }
  }

  function seek(time) {
    show(time);
    if (filmWorks) film.currentTime = now;
  }

  function lookAt(element) {
    const box = element.getBoundingClientRect();
    if (box.top >= 0 && box.top < window.innerHeight / 2) return;
    element.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-seek]");
    if (!button) return;
    seek(Number(button.dataset.seek) + 0.001);
    const stage = document.querySelector(".stage");
    if (!stage.contains(button)) lookAt(stage);
  });

  if (surface) {
    const timeAt = (event) => {
      const box = inner.getBoundingClientRect();
      return ((event.clientX - box.left) / box.width) * data.duration_s;
    };
    surface.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      surface.setPointerCapture(event.pointerId);
      seek(timeAt(event));
    });
    surface.addEventListener("pointermove", (event) => {
      if (surface.hasPointerCapture(event.pointerId)) seek(timeAt(event));
    });
    surface.addEventListener("keydown", (event) => {
      const starts = data.repetitions.map((repetition) => repetition.start_s);
      const step = event.shiftKey ? 1 : 0.1;
      const target = {
        ArrowLeft: () => now - step,
        ArrowDown: () => now - step,
        ArrowRight: () => now + step,
        ArrowUp: () => now + step,
        PageUp: () => Math.max(0, ...starts.filter((start) => start < now - 0.3)),
        PageDown: () => Math.min(data.duration_s, ...starts.filter((start) => start > now + 0.01)) + 0.001,
        Home: () => 0,
        End: () => data.duration_s,
      }[event.key];
      if (target) seek(target());
      else if (event.key === " " && filmWorks) film.paused ? film.play() : film.pause();
      else return;
      event.preventDefault();
    });
    const setZoom = (factor) => {
      zoom = Math.min(16, Math.max(1, factor));
      document.documentElement.style.setProperty("--zoom", zoom);
      byId("zoom-out").disabled = zoom === 1;
      byId("zoom-in").disabled = zoom === 16;
      keepInView();
    };
    // Wide enough from the start that every repetition can be hit with a finger (WCAG 2.5.8).
    const shortest = Math.min(data.duration_s, ...data.repetitions.map((r) => r.end_s - r.start_s));
    const targetWidth = (inner.clientWidth * shortest) / data.duration_s;
    if (targetWidth > 0 && targetWidth < 25) setZoom(2 ** Math.ceil(Math.log2(25 / targetWidth)));
    byId("zoom-out").addEventListener("click", () => setZoom(zoom / 2));
    byId("zoom-in").addEventListener("click", () => setZoom(zoom * 2));
    for (const id of ["zoom-out", "zoom-in"]) byId(id).removeAttribute("tabindex");
    byId("zoom-in").closest(".now").removeAttribute("aria-hidden");
  }

  if (film) {
    const loop = byId("loop");
    let looped = null;
    const follow = () => {
      if (looped && (film.currentTime >= looped.end_s || film.currentTime < looped.start_s - 0.5)) {
        film.currentTime = looped.start_s + 0.001;
      }
      show(film.currentTime);
      if (!film.paused && !film.ended) window.requestAnimationFrame(follow);
    };
    film.addEventListener("play", follow);
    film.addEventListener("seeked", () => show(film.currentTime));
    film.addEventListener("timeupdate", () => { if (film.paused) show(film.currentTime); });
    film.addEventListener("error", () => {
      filmWorks = false;
      film.hidden = true;
      document.querySelector(".speed").hidden = true;
      byId("film-missing").hidden = false;
    });
    const rates = document.querySelectorAll("[data-rate]");
    for (const button of rates) {
      button.addEventListener("click", () => {
        film.playbackRate = Number(button.dataset.rate);
        for (const other of rates) other.setAttribute("aria-pressed", String(other === button));
      });
    }
    loop?.addEventListener("click", () => {
      looped = looped ? null : data.repetitions.find((repetition) => now < repetition.end_s) || null;
      loop.setAttribute("aria-pressed", String(Boolean(looped)));
      loop.textContent = looped ? `Repeating ${looped.number}` : "Repeat this repetition";
      if (looped) film.play();
    });
    if (film.error) film.dispatchEvent(new Event("error"));
  }

  show(0);
})();
