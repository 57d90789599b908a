// Opens an HTML report in Chromium and tells, as JSON, what is wrong with it.
//
// node page.js MODULES FILE PICTURES LOOK…: the directory that has playwright-core and axe-core, the
// report, the directory that pictures are put into, and how the page is to be looked at.
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const [modules, file, pictures, ...looks] = process.argv.slice(2);
const { chromium } = require(path.resolve(modules, 'playwright-core'));
const axe = require(path.resolve(modules, 'axe-core')).source;

async function look(browser, found, name, options) {
  // The page's policy would keep axe out; only here is it set aside, after the page was seen with it.
  for (const bypassCSP of [false, true]) {
    const context = await browser.newContext({ ...options, bypassCSP });
    const page = await context.newPage();
    const address = pathToFileURL(path.resolve(file)).href;
    page.on('console', (said) => found.console.push(`${name}: ${said.text()}`));
    page.on('pageerror', (error) => found.console.push(`${name}: ${error}`));
    page.on('request', (asked) => { if (asked.url() !== address) found.requests.push(asked.url()); });
    await page.goto(address);
    if (bypassCSP) {
      await page.evaluate(axe);
      const result = await page.evaluate(() => axe.run(document));
      for (const fault of result.violations) {
        const where = fault.nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`);
        found.axe.push(`${name}: ${fault.id}: ${where.join(' | ')}`);
      }
      found.rules = result.passes.length;
    } else {
      await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.layout.push(`${name}: ${wide} pixels wider than the window`);
      if (name === 'light') {
        await keys(page, found);
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 680, height: 900 });
        await page.screenshot({ path: path.join(pictures, 'print.png'), fullPage: true });
      }
    }
    await context.close();
  }
}

// Goes through the page with the tabulator key: everything that can be reached, must be, and be seen.
async function keys(page, found) {
  const all = await page.evaluate(() => document.querySelectorAll('a[href], [tabindex="0"]').length);
  const reached = new Set();
  for (let n = 0; n < all; n += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const own = document.activeElement;
      const place = [...document.querySelectorAll('a[href], [tabindex="0"]')].indexOf(own);
      return [place, getComputedStyle(own).outlineStyle !== 'none'];
    });
    if (!at[1]) found.focus.push(`no outline at ${at[0]}`);
    reached.add(at[0]);
  }
  reached.delete(-1);
  found.focusable = all;
  found.reached = reached.size;
  const lost = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.hash.slice(1)).filter((id) => !document.getElementById(decodeURIComponent(id))));
  found.lost.push(...lost);
}

(async () => {
  const found = { console: [], requests: [], axe: [], layout: [], focus: [], lost: [] };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'],
  });
  const wide = { width: 1100, height: 900 };
  const options = {
    light: { colorScheme: 'light', viewport: wide },
    dark: { colorScheme: 'dark', viewport: wide },
    narrow: { colorScheme: 'light', viewport: { width: 340, height: 700 } },
  };
  for (const name of looks) await look(browser, found, name, options[name]);
  await browser.close();
  process.stdout.write(JSON.stringify(found));
})().catch((error) => { console.error(error); process.exit(2); });
