// Comfort only: every page works without this.
"use strict";

// While something is worked out, the part of the page that shows it is brought up to date, and the page when it is done.
function watch(root) {
  const waiting = root.querySelector("[data-job]");
  if (!waiting) return;
  const source = new EventSource(`/api/v1/jobs/${waiting.dataset.job}/events`);
  source.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    const bar = waiting.querySelector("progress");
    if (bar && state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
    const steps = waiting.querySelector(".steps");
    if (steps) steps.textContent = steps.textContent.replace(/[0-9]+/, String(state.done));
    if (["done", "failed", "cancelled"].includes(state.stage)) {
      source.close();
      location.reload();
    }
  });
}

// Sliders show their values, and the forecast is run again in place.
function whatif() {
  const form = document.getElementById("whatif");
  if (!form) return;
  let running = null;
  form.addEventListener("input", (event) => {
    const shown = event.target.parentElement.querySelector("output");
    if (shown) shown.textContent = event.target.value;
  });
  form.addEventListener("change", () => rerun());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rerun();
  });

  async function rerun() {
    if (running) running.abort();
    running = new AbortController();
    const { signal } = running;
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    const result = document.getElementById("result");
    result.setAttribute("aria-busy", "true");
    try {
      const fresh = await settled(address, signal);
      const next = fresh.getElementById("result");
      if (next) {
        result.replaceChildren(...next.childNodes);
        history.replaceState(null, "", address);
        result.removeAttribute("aria-busy");
      } else {
        location.assign(address);
      }
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }
}

// The page at an address, once it is no longer waiting for a job.
async function settled(address, signal) {
  for (;;) {
    const answer = await fetch(address, { signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-job]")) return page;
    await new Promise((done) => setTimeout(done, 700));
  }
}

watch(document);
whatif();
