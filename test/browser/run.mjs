// Runs every *.test.mjs beside it, each bounded by time; adds a line each to TEST_RESULTS. Tests that only read run two at a
// time; those that change the demo run alone and in order, so that every run meets the same.
import { appendFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ALONE, CRAWL, LAST, PAGES, Run, check_html, tests } from './house.mjs';

const SECONDS = 150;
const here = dirname(fileURLToPath(import.meta.url));
for (const file of readdirSync(here).filter((f) => f.endsWith('.test.mjs')).sort())
	await import(join(here, file));

async function launch() {
	const options = { executablePath: '/usr/bin/chromium', args: ['--disable-dev-shm-usage'] };
	try {
		return await chromium.launch({ ...options, chromiumSandbox: true });
	} catch (e) {
		console.log('browser: no sandbox is possible here (a chroot or container without user namespaces): going without it');
		return chromium.launch({ ...options, chromiumSandbox: false });
	}
}

const browser = await launch();
console.log(`browser: Chromium ${browser.version()}, ${tests.length} tests`);
const words = process.argv.slice(2);
let failed = 0, passed = 0;

async function one(name, run) {
	const began = Date.now();
	let timer;
	try {
		const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`took longer than ${SECONDS} s`)), SECONDS * 1000); });
		await Promise.race([run(), late]);
		passed++;
		appendFileSync(process.env.TEST_RESULTS, `pass\tbrowser\t${name}\tbrowser\t${Date.now() - began}\t\n`);
	} catch (e) {
		failed++;
		const reason = String(e.message).split('\n')[0].replaceAll('\t', ' ');
		console.log(`fail ${name} [browser]:\n${String(e.message).replace(/^/gm, '    ')}`);
		appendFileSync(process.env.TEST_RESULTS, `fail\tbrowser\t${name}\tbrowser\t${Date.now() - began}\t${reason}\n`);
	} finally {
		clearTimeout(timer);
	}
}

function whole(t) {
	return one(t.name, async () => {
		const run = new Run(browser, t.name);
		try {
			await t.run(run);
		} catch (e) {
			await run.end().catch((more) => { e.message += `\n${more.message}`; });
			throw e;
		}
		await run.end();
	});
}

tests.sort((a, b) => a.name < b.name ? -1 : 1);
for (const [phase, side_by_side] of [[CRAWL, 3], [PAGES, 3], [ALONE, 1], [LAST, 1]]) {
	const began = Date.now();
	const left = tests.filter((t) => t.phase === phase && (!words.length || words.some((w) => t.name.includes(w))));
	const n = left.length;
	await Promise.all(Array.from({ length: side_by_side }, async () => {
		while (left.length)
			await whole(left.shift());
	}));
	console.log(`browser: ${n} tests in ${Math.round((Date.now() - began) / 1000)} s`);
}
if (!words.length || words.includes('html'))
	await one('html_of_every_page_is_valid', async () => {
		console.log(`browser: ${check_html()} different pages through the Nu HTML checker`);
	});
await browser.close();
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
