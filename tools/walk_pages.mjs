// Goes the whole way twice, by the keyboard alone and without scripts: adds a report, finds it, judges an item, changes a number of the forecast;
// and looks at what is told to who is refused. Fails at the first thing that is not as it should be.
//
//     node tools/walk_pages.mjs target/debug/majlis MODULES [SHOTS]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addExample, count, ended, expect, files, launched, served, sound, tools } from "./pages.mjs";

const [program, modules, shots] = process.argv.slice(2);
const { chromium, AxeBuilder } = tools(modules);
const folder = mkdtempSync(join(tmpdir(), "majlis-walk-"));
const reports = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
const PAGES = ["/", "/documents", "/documents/1", "/ledger", "/events", "/actors", "/actors/1", "/claims", "/issues", "/forecast?draws=100", "/network", "/map",
  "/search?q=الهدنة", "/review", "/review/event/1", "/outlets", "/standoff", "/sealed", "/add", "/export", "/jobs"];
// Argon2id of "majlis walk".
const PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$JDRt9Olpr6wKjv9faV4iOQ$399wYHsWKp/diMvweTvxH+I3FDghEsyps5tJcY/MxLI";

// Pages that wait for a job load themselves again, with scripts or without; whatever is asked of a page that is just going is asked again.
async function settled(page) {
  const end = Date.now() + 120_000;
  for (let calm = 0; calm < 3;) {
    const waits = await page.evaluate(() => document.readyState !== "complete" || document.querySelector("[data-job]") !== null).catch(() => true);
    calm = waits ? 0 : calm + 1;
    if (Date.now() > end) throw new Error(`${page.url()} goes on waiting`);
    await page.waitForTimeout(100);
  }
}

async function go(page, address) {
  await page.goto(address).catch(() => page.goto(address));
  await settled(page);
}

// Where the focus is: what it is, and whether one sees it and sees that it is there.
const focus = (page) => page.evaluate(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  if ((window.walked ??= []).includes(at)) return { again: true };
  window.walked.push(at);
  return { name: at.id || at.getAttribute("href") || at.name || at.textContent.trim().slice(0, 30), tag: at.localName, ring, seen: at.checkVisibility() && box.width > 0 && box.height > 0 };
});

// Presses the key until the focus is on what the selector finds.
async function reach(page, selector, most = 400) {
  for (let n = 0; n < most; n += 1) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${page.url()}: the keyboard does not come to ${selector}`);
}

async function byKeyboard(browser, origin, lang) {
  const page = await (await browser.newContext()).newPage();
  for (const path of PAGES) {
    await go(page, `${origin}/${lang}${path}`);
    const stops = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
      .filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0).length);
    let met = 0;
    for (let n = 0; n <= Math.min(stops, 250) + 5; n += 1) {
      await page.keyboard.press("Tab");
      const at = await focus(page);
      if (at === null || at.again) break;
      met += 1;
      expect(at.seen && at.ring, `${lang}${path}: the focus on ${at.tag} ${at.name} is not seen`);
    }
    // A group of radio buttons is one stop.
    expect(met >= Math.min(stops, 250) * 0.8, `${lang}${path}: of ${stops} things the keyboard comes to ${met}`);
  }
  await go(page, `${origin}/${lang}/add`);
  await reach(page, "#text");
  await page.keyboard.insertText(reports[lang === "ar" ? 0 : 1].text);
  await reach(page, "form.sheet button:not([type=button])");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/add"), { waitUntil: "commit" });
  await settled(page);
  await reach(page, "main a[href*='/documents/']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/documents\/\d+/);
  expect((await page.locator("main mark").count()) > 5, `${lang}: a report is added and opened by the keyboard`);
  await go(page, `${origin}/${lang}/review`);
  const first = await page.locator("main button[value=accept]").first().evaluate((button) => button.closest("form").action + (button.closest("article, li, tr")?.id ?? ""));
  await reach(page, "main button[value=accept]");
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  await settled(page);
  expect(page.url().endsWith("/review") && first.length > 0, `${lang}: an item is judged by the keyboard`);
  await go(page, `${origin}/${lang}/forecast?draws=100`);
  await reach(page, "#whatif input[type=range]");
  const before = await page.innerText("#result");
  for (let n = 0; n < 30; n += 1) await page.keyboard.press(lang === "ar" ? "ArrowLeft" : "ArrowRight");
  await page.waitForFunction((text) => document.getElementById("result")?.innerText !== text && !document.querySelector("[aria-busy]"), before, { timeout: 120_000 });
  expect((await page.locator("#result .changed").count()) === 1, `${lang}: a number of the forecast is changed by the keyboard`);
  await go(page, `${origin}/${lang}/events`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => location.hash.length > 1 && document.querySelector(location.hash) !== null), `${lang}: the skip link leads to the page's own part`);
  await page.context().close();
}

async function withoutScripts(browser, origin, lang) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await go(page, `${origin}/${lang}/add`);
  await page.fill("#text", reports[lang === "ar" ? 2 : 3].text);
  await page.click("form.sheet button:not([type=button])");
  await settled(page);
  await page.locator("main a[href*='/documents/']").first().click();
  await page.waitForURL(/documents\/\d+/);
  expect((await page.locator("main mark").count()) > 5, `${lang}: a report is added and opened without scripts`);
  await go(page, `${origin}/${lang}/search?q=${encodeURIComponent("الحكومة")}`);
  expect((await page.locator("main a[href*='/documents/']").count()) > 0, `${lang}: it is found without scripts`);
  await go(page, `${origin}/${lang}/review`);
  await page.locator("main button[value=accept]").first().click();
  await settled(page);
  expect(page.url().endsWith("/review"), `${lang}: an item is judged without scripts`);
  await go(page, `${origin}/${lang}/actors/1`);
  await page.fill("#note", `${lang} <i>بلا نص برمجي</i>`);
  await page.click("#remarks form:has(#note) button");
  await settled(page);
  expect((await page.textContent("#remarks")).includes(`${lang} <i>`), `${lang}: a note is written without scripts`);
  await go(page, `${origin}/${lang}/ledger`);
  await page.locator("main select[name=named]").selectOption("no");
  await page.locator("main form button").first().click();
  await settled(page);
  expect(page.url().includes("named=no"), `${lang}: the ledger is sifted without scripts`);
  await go(page, `${origin}/${lang}/forecast?draws=100`);
  await page.locator("#whatif input[type=range]").first().fill("35");
  await page.click("#whatif button");
  await settled(page);
  expect((await page.locator("#result .changed").count()) === 1, `${lang}: what-if runs without scripts`);
  await go(page, `${origin}/${lang}/export`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("main a[download], main form button").first().click()]);
  expect((await download.path()) !== null, `${lang}: the case is taken out without scripts`);
  await go(page, `${origin}/${lang}/`);
  await page.locator("a[hreflang], header a[lang]").first().click();
  await settled(page);
  expect(!new URL(page.url()).pathname.startsWith(`/${lang}/`), `${lang}: the language is changed without scripts`);
  await page.context().close();
}

// A page that says no says it in the reader's language, with a way on, and is as sound as any other.
async function refused(page, name, status, response, words) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  expect(response.status() === status, `${name}: ${response.status()}, not ${status}`);
  const told = await page.textContent("main");
  expect(words.test(told), `${name} tells: ${told.trim()}`);
  await sound(page, AxeBuilder, name);
}

// Posts a form from within a page of ours, as a browser does, and shows what comes back.
async function post(page, address, fields) {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.evaluate(([address, fields]) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: address });
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("textarea"), { name, value }));
    document.body.append(form);
    form.submit();
  }, [address, fields]);
  const response = await answer;
  await page.waitForLoadState();
  return response;
}

async function refusals(browser, origin) {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  for (const [lang, forbidden] of [["ar", /موقع|نموذج|صفحة/], ["en", /page|site|form/]]) {
    await page.goto(`${origin}/${lang}/add`);
    await refused(page, `${lang}-403`, 403, await post(page, `/${lang}/review`, { csrf: "wrong" }), forbidden);
    await refused(page, `${lang}-404`, 404, await page.goto(`${origin}/${lang}/nothing-here`), /./);
  }
  await page.context().close();
}

async function locked(browser) {
  writeFileSync(join(folder, "password"), PASSWORD);
  const { server, origin, url } = await served(program, [join(folder, "locked.case"), "--create", "--password-file", join(folder, "password")]);
  try {
    for (const javaScriptEnabled of [true, false]) {
      const page = await (await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } })).newPage();
      await page.goto(`${origin}/ar/ledger`);
      expect(new URL(page.url()).pathname === "/ar/login", "without the token one comes to the door");
      await page.fill("#secret", "not it");
      const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), page.click("form.sheet button")]);
      if (javaScriptEnabled) await refused(page, "ar-401", 401, answer, /كلمة|الرمز/);
      await page.goto(`${origin}/ar/login`);
      await page.fill("#secret", "majlis walk");
      await page.click("form.sheet button");
      await page.waitForURL((at) => !at.pathname.endsWith("/login"));
      expect((await page.goto(`${origin}/ar/ledger`)).status() === 200, "with the password one comes in");
      expect(url.searchParams.get("token") !== null, "the address that is printed bears the token");
      await page.context().close();
    }
  } finally {
    await ended(server);
  }
}

const { server, origin } = await served(program, [join(folder, "walk.case"), "--create", "--by", "سعاد"]);
const browser = await launched(chromium);
try {
  if (shots) mkdirSync(shots, { recursive: true });
  const page = await (await browser.newContext()).newPage();
  await addExample(page, origin);
  await settled(page);
  for (const lang of ["ar", "en"]) {
    await byKeyboard(browser, origin, lang);
    await withoutScripts(browser, origin, lang);
  }
  await refusals(browser, origin);
  await locked(browser);
  console.log(`${count()} passed, 0 failed`);
} finally {
  await browser.close();
  await ended(server);
  rmSync(folder, { recursive: true, force: true });
}
