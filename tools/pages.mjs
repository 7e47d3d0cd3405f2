// What the checks of the pages share: the program that serves, the browser, and how a check fails.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

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
