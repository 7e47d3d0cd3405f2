// What the checks of the pages share: the program that serves, the browser, and how a check fails.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const example = resolve("examples/iraq-2021");
export const files = readdirSync(example).filter((name) => name.endsWith(".json")).map((name) => join(example, name));

let passed = 0;

export function expect(holds, what) {
  if (!holds) throw new Error(what);
  passed += 1;
}

export const count = () => passed;

// MODULES is a folder with node_modules (playwright-core, @axe-core/playwright).
export function tools(modules) {
  const require = createRequire(join(resolve(modules), "here.js"));
  return { ...require("playwright-core"), ...require("@axe-core/playwright") };
}

export const launched = (chromium) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

export async function served(program, args) {
  const server = spawn(program, ["serve", ...args, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((done, failed) => {
    server.stdout.once("data", (line) => done(new URL(String(line).trim())));
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return { server, origin: url.origin, url };
}

export async function ended(server) {
  server.kill("SIGTERM");
  await new Promise((done) => (server.exitCode === null ? server.once("exit", done) : done()));
}

// Adds the shipped example by the page's own form; what is waited for is the caller's.
export async function addExample(page, origin) {
  await page.goto(`${origin}/ar/add`);
  await page.setInputFiles("#file", files);
  await page.click("form.sheet button");
}

// Whether the accessibility checks find nothing serious.
export async function sound(page, AxeBuilder, name) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  expect(serious.length === 0, `${name}: ${serious.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).slice(0, 3).join(" | ")}`).join("; ")}`);
}
