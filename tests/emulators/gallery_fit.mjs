// Opens a page in a browser and looks at every frame of the gallery: nothing may stick out at the side.
// Reads { "url", "chromium", "width", "shot" }, prints { "frames", "wide": [names], "blank": [names] }.
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const browser = await chromium.launch({
  executablePath: given.chromium, headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: given.width, height: 900 } });
await page.goto(given.url);
const found = await page.evaluate(() => {
  const frames = [...document.querySelectorAll('.frame')];
  const wide = frames.filter(each => each.scrollWidth > each.clientWidth + 1);
  const blank = frames.filter(each => !each.innerText.trim());
  return { blank: blank.map(each => each.previousElementSibling.textContent), frames: frames.length, wide: wide.map(each => each.previousElementSibling.textContent) };
});
if (given.shot) await page.screenshot({ path: given.shot });
console.log(JSON.stringify(found));
await browser.close();
