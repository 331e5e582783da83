// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// drive.mjs FOLDER SERVER OPTION..: starts code-server, and in its VS Code opens the
// project of each case. The warning has to appear, with its notes, in the Problems
// panel; the fix is applied and saved, and the warning has to go.

import { createRequire } from "node:module";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { readFileSync } from "node:fs";

const [folder, server, ...options] = process.argv.slice(2);
const require = createRequire(folder + "/code-server/node_modules/");
const { chromium } = require("playwright-core");

// Enough for a machine that is busy with other things.
const PATIENCE = 300000;

const WARNING = "retried connect() can connect to itself when no server is listening";
const CASES = [
  {
    project: "flags", file: "client.c", fixed: "selfconnect_connect(fd",
    notes: ["a new socket is created on each iteration", "port 33334 comes from here",
            "reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new"],
  },
  {
    // Optimised, so that htons() is a macro.
    project: "database", file: "client.c", fixed: "selfconnect_connect(fd",
    notes: ["port 33334 comes from here",
            "port 33334 is inside the ephemeral port range 32768-60999, in its preferred half"],
  },
  { project: "across", file: "main.c", notes: ["dial() connects here", "dial.c"] },
];

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function answers(url) {
  for (;;) {
    try {
      if ((await fetch(url + "/healthz")).ok) return;
    } catch {
      // Not listening yet.
    }
    if (code.exitCode !== null) throw new Error("code-server has ended");
    await new Promise((done) => setTimeout(done, 200));
  }
}

// The rows of the Problems panel, all of them opened, in lower case: clangd begins a
// message with a capital.
async function problems(page) {
  const rows = page.locator(".markers-panel .monaco-list-row");
  for (const closed of await page.locator(
    ".markers-panel .monaco-tl-twistie.collapsible.collapsed").all())
    // A row may go meanwhile.
    await closed.click({ timeout: 2000 }).catch(() => {});
  return (await rows.allTextContents()).map((row) => row.replace(/\s+/g, " ").toLowerCase());
}

async function until(what, probe, timeout = PATIENCE) {
  const end = Date.now() + timeout;
  let last;
  while (Date.now() < end) {
    last = await probe();
    if (last.ok) return last;
    await new Promise((done) => setTimeout(done, 300));
  }
  throw new Error(what + ": " + JSON.stringify(last));
}

async function run(browser, url, one) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE);
  try {
    await followCase(page, url, one);
  } catch (error) {
    await page.screenshot({ path: `${folder}/shots/${one.project}-failed.png` });
    throw error;
  }
  await page.close();
}

async function followCase(page, url, { project, file, notes, fixed }) {
  const path = `${folder}/projects/${project}`;
  await page.goto(`${url}/?folder=${encodeURIComponent(path)}`,
                  { waitUntil: "domcontentloaded" });
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: file })
    .first().dblclick();
  await page.locator(".squiggly-warning").first().waitFor();
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  const seen = await until(`${project}: warning and notes`, async () => {
    const rows = await problems(page);
    const ok = [WARNING, ...notes].every(
      (text) => rows.some((row) => row.includes(text.toLowerCase())));
    return { ok, rows };
  });
  await page.screenshot({ path: `${folder}/shots/${project}.png` });
  if (fixed) {
    await page.locator(".markers-panel .monaco-list-row", { hasText: WARNING }).first().dblclick();
    const offered = page.locator(".action-widget .monaco-list-row", { hasText: WARNING });
    // The fixes are there some time after the warning.
    await until(`${project}: a fix is offered`, async () => {
      await page.keyboard.press("Control+.");
      const ok = await offered.first().waitFor({ timeout: 5000 }).then(() => true, () => false);
      if (!ok) await page.keyboard.press("Escape");
      return { ok };
    });
    await page.screenshot({ path: `${folder}/shots/${project}-fix.png` });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+S");
    await until(`${project}: the warning goes`, async () => {
      const rows = await problems(page);
      const text = readFileSync(`${path}/${file}`, "utf8");
      return { ok: !rows.some((row) => row.includes(WARNING)) && text.includes(fixed), rows, text };
    });
  }
  console.log(`vscode: ${project}: ${fixed ? "seen, fixed, gone" : "seen"}: ${seen.rows.length} rows`);
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const code = spawn(process.execPath, [server, ...options, "--auth", "none",
  "--bind-addr", `127.0.0.1:${port}`, "--disable-workspace-trust", "--disable-telemetry",
  "--disable-update-check"], { stdio: ["ignore", "ignore", "inherit"] });
let browser;
try {
  await answers(url);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
                                    args: ["--no-sandbox"] });
  for (const one of CASES) await run(browser, url, one);
} finally {
  await browser?.close();
  code.kill();
}
