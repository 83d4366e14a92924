// Drives the window of local-slack as a person would: reads one JSON object with its steps from standard
// input, and prints one with what came of them. Every step that should change something waits for it.
//   { "url": "http://127.0.0.1:…", "width": 900, "zoom": 1.3, "steps": [ ["home", ""], ["press", "Begin"] ] }
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update'];
const LOCAL = ['127.0.0.1', 'localhost'];
const PATIENCE = 15000;

const browser = await chromium.launch({ executablePath: given.chromium, headless: true, args: FLAGS });
const page = await browser.newPage({ viewport: { width: given.width ?? 1000, height: given.height ?? 900 } });
page.setDefaultTimeout(PATIENCE);
const complaints = [];
page.on('pageerror', error => complaints.push(String(error)));
await page.route('**/*', route => {
  const url = new URL(route.request().url());
  const local = LOCAL.includes(url.hostname) || ['data:', 'blob:'].includes(url.protocol);
  return local ? route.continue() : route.abort();
});

const modal = page.locator('.modal');
const place = async () => (await modal.count()) ? modal : page.locator('main');
const shown = () => page.evaluate(() => {
  const front = document.querySelector('.modal') ?? document.querySelector('main');
  return front ? front.innerText + front.querySelectorAll('*').length : '';
});

// Do something, and wait until what stands in front has changed by it.
const changing = async act => {
  const before = await shown();
  await act();
  await page.waitForFunction(before => {
    const front = document.querySelector('.modal') ?? document.querySelector('main');
    return (front ? front.innerText + front.querySelectorAll('*').length : '') !== before;
  }, before);
};
const button = async label => (await place()).getByRole('button', { name: label, exact: true }).last();

const steps = {
  home: async () => {
    await page.locator('.sidebar-item', { hasText: '🏠' }).click();
    await page.locator('.home .bk-button').first().waitFor();
    if (given.narrow) await page.addStyleTag({ content: '.sidebar, .topbar { display: none !important; }' });
  },
  dm: async () => page.locator('.sidebar-item', { hasText: 'alice' }).last().click(),
  press: async label => changing(async () => (await button(label)).click()),
  choose: async label => modal.getByText(label, { exact: true }).last().click(),
  pick: async value => modal.locator('select.bk-select').first().selectOption(value),
  type: async text => modal.locator('textarea, input[type=text], input:not([type])').first().fill(text),
  send: async () => changing(async () => modal.locator('.modal-btn.primary').click()),
  close: async () => {
    await modal.locator('.modal-x').click();
    await modal.waitFor({ state: 'detached' });
  },
  say: async text => changing(async () => {
    const box = page.locator('textarea.composer-input').last();
    await box.fill(text);
    await box.press('Enter');
  }),
  see: async text => (await place()).getByText(text, { exact: false }).last().waitFor(),
  gone: async text => (await place()).getByText(text, { exact: false }).last().waitFor({ state: 'detached' }),
  shot: async path => page.screenshot({ path }),
};

let done = 0;
let failed = null;
try {
  await page.goto(given.url);
  await page.locator('.sidebar-item').first().waitFor();
  if (given.zoom) await page.addStyleTag({ content: `main, .modal { zoom: ${given.zoom}; }` });
  for (const [name, value] of given.steps) {
    await steps[name](value);
    done += 1;
  }
} catch (error) {
  failed = `step ${done} ${JSON.stringify(given.steps[done])}: ${String(error).split('\n')[0]}`;
  if (given.failure) await page.screenshot({ path: given.failure });
}
const text = await page.evaluate(() => document.body.innerText);
console.log(JSON.stringify({ done, failed, complaints, text }));
await browser.close();
