// What every browser test uses: test() registers one, t.enter() signs a demo person in, t.look() holds a page to the
// rules that hold for all pages (axe, no console error, strict CSP; the HTML checker at the end of the run).
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

const need = createRequire(import.meta.url);
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');
export const base = process.env.TEST_BASE;
/* One person per role, as `tillsammans demo people --json` says. */
export const people = JSON.parse(readFileSync(process.env.TEST_PEOPLE, 'utf8'));
export const tests = [];

export const routes = JSON.parse(readFileSync(process.env.TEST_ROUTES, 'utf8'));

/* When a test runs. What only reads comes first and side by side; what changes the demo runs alone, after it;
 * LAST is what takes something away that others need. */
export const CRAWL = 1, PAGES = 2, ALONE = 3, LAST = 4;

/* Registers a test. Name it as in C: promise_05_..., or what it shows. */
export function test(name, run, phase = ALONE) {
	if (!/^[a-z0-9_]+$/.test(name) || tests.some((t) => t.name === name))
		throw new Error(`test name ${name}: letters, digits and _ only, and once`);
	tests.push({ name, run, phase });
}

export function must(holds, what) {
	if (!holds)
		throw new Error(what);
}

/* The button's form is sent; the status of the page that answers in the end. */
export async function press(page, button) {
	let status = 0;
	const seen = (r) => {
		if (r.request().isNavigationRequest() && (r.status() < 300 || r.status() >= 400))
			status = r.status();
	};
	page.on('response', seen);
	await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.first().click()]);
	page.off('response', seen);
	return status;
}

/* The form's own main button: the one that saves. */
export const save = (page) => page.locator('main form button.ds-button:not([data-variant])').last();

/* The first demo person with that role. */
export function person(role) {
	const found = people.find((p) => p.role === role);
	must(found, `the demo has nobody with the role ${role}`);
	return found;
}

const pages_seen = new Map(); // hash of the HTML -> { url, html }

/* Keeps a page for the HTML checker. */
export function keep_html(url, html) {
	pages_seen.set(createHash('sha256').update(html).digest('hex').slice(0, 16), { url, html });
}

/* The Nu HTML checker over every different page the tests have looked at. */
export function check_html() {
	const dir = join(process.env.TEST_DIR, 'html');
	mkdirSync(dir, { recursive: true });
	const urls = new Map();
	for (const [hash, seen] of pages_seen) {
		writeFileSync(join(dir, `${hash}.html`), seen.html);
		urls.set(hash, seen.url);
	}
	must(urls.size > 0, 'no page was looked at');
	const jar = join(need.resolve('vnu-jar/package.json'), '..', 'build', 'dist', 'vnu.jar');
	const out = execFileSync('java', ['-Xss1m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', dir],
		{ maxBuffer: 64 << 20, timeout: 180000 }).toString();
	const errors = JSON.parse(out).messages.filter((m) => m.type === 'error' || m.type === 'non-document-error');
	const told = errors.slice(0, 20).map((m) => {
		const hash = /([0-9a-f]+)\.html$/.exec(m.url ?? '')?.[1];
		return `${urls.get(hash) ?? m.url}:${m.lastLine ?? ''}: ${m.message} (${(m.extract ?? '').replace(/\s+/g, ' ')})`;
	});
	must(errors.length === 0, `${errors.length} errors in HTML:\n${told.join('\n')}`);
	return urls.size;
}

/* What no address and no title may carry: they stay in histories, logs and on shared screens. */
export function personal(text) {
	return /(?<!\d)(?:(?:19|20)\d{6}|\d{6})[-+]?\d{4}(?!\d)/.test(text) ||
		people.some((p) => p.name.split(' ').some((word) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(text)));
}

/* One running test: closes what it opened, gathers what went wrong in its pages. */
export class Run {
	constructor(browser, name) {
		this.browser = browser;
		this.name = name;
		this.contexts = [];
		this.wrong = [];
		this.bodies = [];
	}

	/* A fresh browser profile. options: lang ('sv'), dark, width, script (false: no JavaScript) */
	async open(options = {}) {
		const { lang = 'sv', dark = false, width = 1280, script = true, cookies = [] } = options;
		const context = await this.browser.newContext({
			baseURL: base, locale: lang, colorScheme: dark ? 'dark' : 'light',
			viewport: { width, height: width < 600 ? 844 : 900 }, javaScriptEnabled: script,
			bypassCSP: false, reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(15000);
		this.contexts.push(context);
		if (cookies.length)
			await context.addCookies(cookies);
		const page = await context.newPage();
		page.with_script = script;
		page.on('console', (m) => {
			// A refusal that a test asks for (404, 403 ...) is told by status; the browser's own line about it is no error.
			if (m.type() === 'error' && !/the server responded with a status of/.test(m.text()))
				this.wrong.push(`console error on ${page.url()}: ${m.text()}`);
		});
		page.on('pageerror', (e) => this.wrong.push(`script error on ${page.url()}: ${e.message}`));
		page.on('request', (r) => {
			if (!r.url().startsWith(base) && !r.url().startsWith('data:') && !page.may_leave)
				this.wrong.push(`${page.url()} asks another host: ${r.url()}`);
		});
		page.on('response', async (r) => {
			if (r.request().resourceType() !== 'document' || r.status() >= 300 && r.status() < 400 || !r.url().startsWith(base))
				return;
			const csp = r.headers()['content-security-policy'] ?? '';
			if (!/default-src 'none'|default-src 'self'/.test(csp) || /unsafe-inline|unsafe-eval/.test(csp))
				this.wrong.push(`${r.url()}: its content security policy is "${csp}"`);
			if (personal(decodeURIComponent(r.url().slice(base.length))))
				this.wrong.push(`something personal in the address ${r.url()}`);
			if (/^text\/html/.test(r.headers()['content-type'] ?? ''))
				this.bodies.push(r.text().then((html) => keep_html(r.url(), html), () => undefined));
		});
		return page;
	}

	/* Signs somebody of the demo in, by the page itself, and stands on the person's start page. */
	async enter(who, options = {}) {
		const page = await this.open(options);
		await page.goto('/demo');
		await page.locator(`form[action="/demo/enter"]:has(input[name="person"][value="${who.person}"]) button,
			form[action="/demo/enter"] button[name="person"][value="${who.person}"]`).first().click();
		await page.waitForURL((u) => !u.pathname.startsWith('/demo'));
		return page;
	}

	/* axe over the page as it stands. Dark or light changes colours alone, so then `rules` may name only contrast. */
	async axe(page, rules) {
		if (!page.with_script) // axe itself is script; the same pages are held to it with script on
			return;
		// Run beside the page's own policy: the driver's isolated world is not bound by it.
		if (!await page.evaluate(() => Boolean(globalThis.axe)))
			await page.evaluate(axe + '; undefined');
		const options = rules ? { runOnly: { type: 'rule', values: rules } } :
			{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
		const { violations } = await page.evaluate((o) => globalThis.axe.run(document, { ...o, resultTypes: ['violations'] }), options);
		for (const v of violations)
			this.wrong.push(`axe ${v.id} on ${page.url()}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')}`);
	}

	async narrow(page) {
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		if (wide > 0)
			this.wrong.push(`${page.url()} is ${wide} px wider than its window of ${page.viewportSize().width} px`);
	}

	/* Holds the page to what holds for every page. */
	async look(page) {
		await this.axe(page);
		await this.narrow(page);
		const heads = await page.locator('h1').count();
		if (heads !== 1)
			this.wrong.push(`${page.url()} has ${heads} headings of the first order`);
		if (personal(await page.title()))
			this.wrong.push(`something personal in the title of ${page.url()}: ${await page.title()}`);
	}

	/* The same page as each reader may meet it: phone and desk, light and dark, and at 320 px (400 % zoom). */
	async look_everywhere(page, shot) {
		for (const width of [1280, 390]) {
			await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
			await page.emulateMedia({ colorScheme: 'light' });
			await this.look(page);
			if (shot)
				await this.shot(page, `${shot}_${width}_light`);
			await page.emulateMedia({ colorScheme: 'dark' });
			await this.axe(page, ['color-contrast', 'link-in-text-block']);
			if (shot)
				await this.shot(page, `${shot}_${width}_dark`);
		}
		await page.setViewportSize({ width: 320, height: 640 });
		await this.narrow(page);
	}

	/* A phone of 390 px with everything at 200 %: nothing is wider than the window, and a status is read as words, not as a
	 * column of letters under something else (WCAG 1.4.4, 1.4.10). */
	async large_text(page) {
		const before = page.viewportSize();
		await page.setViewportSize({ width: 195, height: 422 });
		await this.narrow(page);
		for (const told of await page.evaluate(() => [...document.querySelectorAll('.t-pill')].filter((p) => p.checkVisibility() &&
			p.getBoundingClientRect().height > 4 * parseFloat(getComputedStyle(p).lineHeight)).map((p) => p.textContent)))
			this.wrong.push(`${page.url()}: with large text the status "${told}" is a column of letters`);
		await page.setViewportSize(before);
	}

	async shot(page, name) {
		await page.screenshot({ path: join(process.env.KEEP_SHOTS, `${name}.png`), fullPage: true });
	}

	async end() {
		await Promise.all(this.bodies);
		for (const c of this.contexts)
			await c.close();
		must(this.wrong.length === 0, [...new Set(this.wrong)].slice(0, 15).join('\n'));
	}
}
