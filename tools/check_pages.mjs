// Walks through the pages in a real browser: adds the example, looks at every page in both languages at two widths, with accessibility checks,
// changes a number of the forecast, reviews an item. Fails at the first thing that is not as it should be.
//
//     node tools/check_pages.mjs target/debug/majlis MODULES [SHOTS]
//
// MODULES is a folder with node_modules (playwright-core, @axe-core/playwright), SHOTS one for screenshots. CHROMIUM names the browser.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addExample, count, ended, expect, launched, served, sound, tools } from "./pages.mjs";

const [program, modules, shots] = process.argv.slice(2);
const { chromium, AxeBuilder } = tools(modules);
const folder = mkdtempSync(join(tmpdir(), "majlis-pages-"));
const PAGES = ["/", "/documents", "/documents/1", "/ledger?named=no", "/events", "/actors", "/actors/1", "/claims", "/claims/1", "/issues", "/forecast?draws=100",
  "/network", "/map", "/search?q=الهدنة", "/search?q=لاشيءكهذا", "/review", "/review/event/1", "/review/statement/1", "/outlets", "/standoff", "/sealed", "/actors/1/same?with=الحكومة", "/add", "/export", "/jobs", "/login", "/documents/999", "/events?page=x"];

// A page that is waiting for a job loads itself again.
async function settled(page) {
  await page.waitForFunction(() => document.readyState === "complete" && !document.querySelector("[data-job]"), null, { timeout: 120_000 });
}

async function look(page, origin, lang, width, path, scheme = "") {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${origin}/${lang}${path}`);
  await settled(page);
  const name = `${lang}-${width}${scheme}${path.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "") || "-overview"}`;
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${name}: the page is ${wide} pixels wider than the window`);
  const drawings = await page.evaluate(() => [...document.querySelectorAll("figure.drawing")].map((box) => ({
    over: box.scrollWidth - box.clientWidth,
    shown: [...box.querySelectorAll("svg[role=img]")].filter((svg) => svg.checkVisibility()).length,
  })));
  for (const { over, shown } of drawings) {
    expect(over <= 0, `${name}: a drawing is ${over} pixels wider than its box`);
    expect(shown === 1, `${name}: one form of each drawing is shown, not ${shown}`);
  }
  await sound(page, AxeBuilder, name);
}

const { server, origin } = await served(program, [join(folder, "iraq.case"), "--create", "--by", "سعاد"]);
const browser = await launched(chromium);
try {
  if (shots) mkdirSync(shots, { recursive: true });
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await context.newPage();
  const outside = [];
  const broken = [];
  page.on("request", (request) => request.url().startsWith(origin) || outside.push(request.url()));
  page.on("pageerror", (error) => broken.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/status of 40[04]/.test(message.text()) && broken.push(message.text()));

  await look(page, origin, "ar", 1280, "/");
  await addExample(page, origin);
  await settled(page);
  expect((await page.textContent("main")).includes("أضيف 12"), "twelve documents are added");

  for (const lang of ["ar", "en"]) {
    for (const width of [1280, 390]) {
      for (const path of PAGES) await look(page, origin, lang, width, path);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    for (const width of [1280, 390]) {
      for (const path of PAGES) await look(page, origin, lang, width, path, "-dark");
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${origin}/${lang}/forecast?draws=100`);
    await settled(page);
    const before = await page.innerText("#result");
    const tornado = () => page.locator("#result figure.drawing:has(rect[fill-opacity])").first().innerHTML();
    const drawn = await tornado();
    const slider = page.locator("#whatif input[type=range]").first();
    const name = await slider.getAttribute("name");
    await slider.focus();
    for (let i = 0; i < 30; i += 1) await page.keyboard.press(lang === "ar" ? "ArrowLeft" : "ArrowRight");
    await page.waitForFunction((text) => document.getElementById("result")?.innerText !== text && !document.querySelector("[aria-busy]"), before, { timeout: 120_000 });
    expect(page.url().includes(encodeURIComponent(name)), "the changed number stands in the address");
    expect((await page.locator("#result .changed").count()) === 1, "the page tells what was set");
    expect((await tornado()) !== drawn, "what the answer rests on is drawn anew");
    await page.goto(`${origin}/${lang}/events`);
    await page.locator("#f-from").focus();
    await page.keyboard.type("17/3/2021");
    expect(!(await page.locator("#f-from").evaluate((field) => field.checkValidity())), "a field tells in which form it wants a day");
    await page.locator("#f-from").fill("٢٠٢١-٠٣-٠١");
    await page.keyboard.press("Enter");
    await page.waitForURL(/from=/);
    expect((await page.locator("tbody tr").count()) > 0, "a day may be written in figures of either script");
    await page.goto(`${origin}/${lang}/events`);
    const ends = await page.evaluate(() => [...document.querySelectorAll("figure.drawing text")].map((text) => [text.textContent, text.getBoundingClientRect().x]).filter(([words, x]) => x > 0 && /[0-9]{4}/.test(words)));
    expect(ends[0][1] > ends[1][1] === (lang === "ar"), "a scale begins where one begins to read");
    await page.goto(`${origin}/${lang}/documents/1`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement.classList.contains("skip")), "the first key leads to the skip link");
    await page.goto(`${origin}/${lang}/actors/2`);
    await page.fill("#note", "ملاحظة <b>أولى</b>");
    await page.click("#remarks form:has(#note) button");
    await page.waitForLoadState();
    expect(page.url().endsWith("/actors/2") && (await page.locator(".note").count()) > 0, "a note stands on the page it was written on");
    await page.goto(`${origin}/${lang}/outlets`);
    await page.locator("main select").first().selectOption("B");
    await page.locator("main td button").first().click();
    await page.waitForLoadState();
    expect((await page.locator("main select").first().inputValue()) === "B", "an outlet is graded");
    await page.goto(`${origin}/${lang}/review`);
    await page.locator("main button[value=accept]").first().click();
    await page.waitForLoadState();
    expect(page.url().endsWith("/review"), "a judged item leads back to the queue");
  }

  for (const [address, told] of [["/ar/documents/999", "لا يوجد في الملف وثيقة رقم 999"], ["/en/documents/999", "no document 999"], ["/ar/events?page=x", "يُنتظر عدد"]]) {
    await page.goto(`${origin}${address}`);
    expect((await page.textContent("main")).includes(told), `${address} says what is wrong in its own language`);
  }

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${origin}/en/`);
  await still.locator("details.more summary").first().click();
  expect(await still.locator("details.more a").first().isVisible(), "folded citations open without scripts");
  await still.goto(`${origin}/en/forecast?draws=100`);
  await still.locator("#whatif input[type=range]").first().fill("35");
  await still.click("#whatif button");
  await still.waitForSelector("#result .changed", { timeout: 120_000 });
  expect(still.url().includes("=35"), "what-if runs again without scripts too");
  await still.goto(`${origin}/ar/forecast?draws=100&set.nobody.position=50`);
  expect((await still.textContent("main")).length > 20, "a wrong number is told without scripts too");
  await still.goto(`${origin}/ar/ledger`);
  expect((await still.locator("article.statement").count()) > 10, "pages work without scripts");

  expect(outside.length === 0, `nothing is asked for from elsewhere: ${outside}`);
  expect(broken.length === 0, `no script fails and nothing is refused: ${broken}`);
  console.log(`${count()} passed, 0 failed`);
} finally {
  await browser.close();
  await ended(server);
  rmSync(folder, { recursive: true, force: true });
}
