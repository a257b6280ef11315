// node drive.mjs URL FOLDER SCREENSHOT SETTINGS: what a person sees and does, in the window of VS Code. See run.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , address, folder, screenshot, settings] = process.argv;
const FILE = 'report.py';
const LONG = { timeout: 120_000 };
const MARK = '.margin .cgmr';
const begun = Date.now();
const said = (what) => console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${what}`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
page.setDefaultTimeout(LONG.timeout);

try {
  await open();
  const text = readFileSync(`${folder}/${FILE}`, 'utf8');
  await page.waitForSelector(MARK);
  await underlined(4);
  said('the finding and the hunks are underlined');
  await waiting(3);
  said('the gutter is marked, and the status bar counts the hunks');
  await page.screenshot({ path: screenshot });

  await command('Go to Next Problem (Error, Warning, Info)');
  await page.keyboard.press('Escape');
  await fixed(text.replace(', verify=False', ''));
  said('the fix was applied, and the file is right byte for byte');

  await command('Countermark: Go to the Next Unreviewed AI Hunk');
  await command('Countermark: Mark the AI Hunk at the Cursor Reviewed');
  await waiting(2);
  await underlined(2);
  decided('approve');
  said('the hunk is reviewed, in the ledger as well, and its mark is gone');

  await page.waitForSelector(lens('· reviewed by Ada')); // until then the first lens is that hunk's
  await page.locator(lens('Reject')).first().click();
  await page.waitForSelector(lens('rejected by Ada'));
  await underlined(2);
  await waiting(2);
  decided('approve', 'reject');
  said('a click on the lens rejects a hunk: it says so, and still waits');

  await command('Countermark: Go to the Next Unreviewed AI Hunk');
  await command('Countermark: Go to the Next Unreviewed AI Hunk');
  await command('Countermark: Waive the Review of the AI Hunk at the Cursor');
  await reason('');
  await waiting(2);
  decided('approve', 'reject');
  said('a waiver without a reason is none');

  await chosen('Waive the review of lines');
  await reason('It is replaced next week');
  await waiting(1);
  await underlined(1);
  decided('approve', 'reject', 'waive');
  expect(ledger()[2].reason === 'It is replaced next week' && ledger()[2].expires, `the waiver has reason and end: ${JSON.stringify(ledger()[2])}`);
  said('a quick fix waives a review for a reason, until a day');

  writeFileSync(settings, readFileSync(settings, 'utf8').replace('"countermark.codeLens": true', '"countermark.codeLens": false'));
  await page.waitForFunction((one) => document.querySelectorAll(one).length === 0, '.codelens-decoration a', LONG);
  said('settings hold at once: the lenses are gone');
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
  await underlined(3); // the hunks
  await page.keyboard.press('Control+S');
  const until = Date.now() + LONG.timeout;
  while (readFileSync(`${folder}/${FILE}`, 'utf8') !== wanted) {
    expect(Date.now() < until, `the file is another:\n${readFileSync(`${folder}/${FILE}`, 'utf8')}`);
    await page.waitForTimeout(100);
  }
}

/** Choose a quick fix where the cursor is, by how it begins. */
async function chosen(title) {
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row');
  const focused = () => page.locator('.action-widget .monaco-list-row.focused').innerText();
  for (let step = 0; !(await focused()).startsWith(title); step += 1) {
    expect(step < 20, `there is no quick fix "${title}"`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

/** Answer why a review may be waived, or, without words, do not. */
async function reason(words) {
  await page.waitForSelector('.quick-input-widget:has-text("Why may these lines pass")');
  await page.keyboard.type(words);
  await page.keyboard.press(words ? 'Enter' : 'Escape');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
}

/** Wait until so many hunks wait, by the status bar and by the marks in the gutter. */
async function waiting(count) {
  await page.waitForSelector(`.statusbar-item:has-text("${count} AI hunk${count === 1 ? '' : 's'} to review")`);
  expect((await page.locator(MARK).count()) > 0, 'the gutter has marks');
}

function lens(title) {
  return `.codelens-decoration a:has-text("${title}")`;
}

function ledger() {
  return readFileSync(`${folder}/.git/countermark/reviews.jsonl`, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

/** The ledger holds these decisions and no others. */
function decided(...wanted) {
  const found = ledger().map((entry) => entry.decision);
  expect(found.join() === wanted.join(), `the ledger has ${found.join()} instead of ${wanted.join()}`);
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
