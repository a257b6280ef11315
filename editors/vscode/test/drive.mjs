// node drive.mjs URL FOLDER SCREENSHOT: what a person sees and does, in the window of VS Code. See run.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , address, folder, screenshot] = process.argv;
const FILE = 'report.py';
const LONG = { timeout: 120_000 };
const MARK = '.margin .cgmr';
const STATUS = '.statusbar-item:has-text("to review")';
const begun = Date.now();
const said = (what) => console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${what}`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 560 } });
page.setDefaultTimeout(LONG.timeout);

try {
  await open();
  const text = readFileSync(`${folder}/${FILE}`, 'utf8');
  await page.waitForSelector(MARK);
  await underlined(2);
  said('the finding and the hunk are underlined');
  await page.waitForSelector(STATUS);
  said(`the gutter is marked, and below: ${(await page.locator(STATUS).first().innerText()).trim()}`);
  await page.screenshot({ path: screenshot });

  await command('Go to Next Problem (Error, Warning, Info)');
  await page.keyboard.press('Escape');
  await fixed(text.replace(', verify=False', ''));
  said('the fix was applied, and the file is right byte for byte');

  await command('Countermark: Go to the Next Unreviewed AI Hunk');
  await command('Countermark: Mark the AI Hunk at the Cursor Reviewed');
  await page.waitForFunction((mark) => document.querySelectorAll(mark).length === 0, MARK, LONG);
  await page.waitForSelector(STATUS, { state: 'detached' });
  await underlined(0);
  const [entry, ...more] = readFileSync(`${folder}/.git/countermark/reviews.jsonl`, 'utf8').trim().split('\n');
  expect(more.length === 0 && entry.includes('"approve"'), `the ledger has one approval: ${entry}`);
  said('the hunk is reviewed, in the ledger as well, and the mark is gone');
} catch (fault) {
  await page.screenshot({ path: `${screenshot}.failed.png` });
  console.error(`FAILED: ${fault.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

async function open() {
  await page.goto(`${address}/?folder=${folder}`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.monaco-workbench');
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');
  await page.locator(`.explorer-folders-view .monaco-list-row:has-text("${FILE}")`).dblclick();
  await page.waitForSelector('.monaco-editor .view-line');
  said('the file is open');
}

/** Run a command by its name, as a person does. */
async function command(name) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input', { state: 'visible' });
  await page.keyboard.type(name);
  await page.locator(`.quick-input-list .monaco-list-row:has-text("${name}")`).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
}

/** Take the first quick fix where the cursor is, save, and wait until the file is `wanted`. */
async function fixed(wanted) {
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row');
  await page.keyboard.press('Enter'); // a click is caught by .context-view-pointerBlock
  await underlined(1); // the hunk
  await page.keyboard.press('Control+S');
  const until = Date.now() + LONG.timeout;
  while (readFileSync(`${folder}/${FILE}`, 'utf8') !== wanted) {
    expect(Date.now() < until, `the file is another:\n${readFileSync(`${folder}/${FILE}`, 'utf8')}`);
    await page.waitForTimeout(100);
  }
}

/** Wait until so many places are underlined. */
async function underlined(count) {
  await page.waitForFunction((wanted) => document.querySelectorAll('.squiggly-error').length === wanted, count, LONG);
}

function expect(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}
