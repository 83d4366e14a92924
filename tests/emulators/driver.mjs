// Drives a page as a person would: reads one JSON object with its steps from standard input, and
// prints one with what came of them. Nothing but this machine is ever asked for.
//   { "url": "http://127.0.0.1:…", "width": 900, "steps": [ ["see", "Hello"], ["press", "Begin"], … ] }
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update'];
const LOCAL = ['127.0.0.1', 'localhost'];
const PATIENCE = 15000;

const browser = await chromium.launch({ executablePath: given.chromium, headless: true, args: FLAGS });
const page = await browser.newPage({ viewport: { width: given.width ?? 900, height: given.height ?? 900 } });
page.setDefaultTimeout(PATIENCE);
const complaints = [];
page.on('pageerror', error => complaints.push(String(error)));
await page.route('**/*', route => {
  const url = new URL(route.request().url());
  const local = LOCAL.includes(url.hostname) || ['data:', 'blob:'].includes(url.protocol);
  return local ? route.continue() : route.abort();
});

// The dialog hides what is behind it, so whatever is looked for is looked for in front.
const front = async () => (await page.locator('.dialog').count()) ? page.locator('.dialog') : page;
const last = found => found.last();

const steps = {
  see: async text => last((await front()).getByText(text, { exact: false })).waitFor(),
  gone: async text => last((await front()).getByText(text, { exact: false })).waitFor({ state: 'detached' }),
  press: async label => last((await front()).getByRole('button', { name: label, exact: true })).click(),
  more: async label => {
    await last((await front()).getByRole('button', { name: /^(\.\.\.|…|More.*)$/ })).click();
    await page.getByRole('menuitem', { name: label, exact: true }).click();
  },
  // A field with dots has no role of its own.
  type: async text => {
    const place = await front();
    await last(place.getByRole('textbox').or(place.locator('input[type=password]'))).fill(text);
  },
  say: async text => {
    const box = page.getByRole('textbox').last();
    await box.click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  },
  // A card of this text stands this many times in the page.
  count: async ([text, times]) => {
    await page.waitForFunction(([text, times]) => {
      const found = document.body.innerText.split(text).length - 1;
      return found === times;
    }, [text, times]);
  },
  closed: async () => page.locator('.dialog').waitFor({ state: 'detached' }),
  wait: async text => page.waitForFunction(text => document.body.innerText.includes(text), text),
  shot: async path => page.screenshot({ path, fullPage: true }),
};

let done = 0;
let failed = null;
try {
  await page.goto(given.url);
  for (const [name, value] of given.steps) {
    await steps[name](value);
    await page.waitForFunction(() => !window.busy);
    done += 1;
  }
} catch (error) {
  failed = `step ${done} ${JSON.stringify(given.steps[done])}: ${String(error).split('\n')[0]}`;
  if (given.failure) await page.screenshot({ path: given.failure, fullPage: true });
}
complaints.push(...(await page.evaluate(() => window.complaints ?? [])));
const text = await page.evaluate(() => document.body.innerText);
console.log(JSON.stringify({ done, failed, complaints, text }));
await browser.close();
