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

/* Registers a test. Name it as in C: promise_05_..., or what it shows. */
export function test(name, run) {
	if (!/^[a-z0-9_]+$/.test(name) || tests.some((t) => t.name === name))
		throw new Error(`test name ${name}: letters, digits and _ only, and once`);
	tests.push({ name, run });
}

export function must(holds, what) {
	if (!holds)
		throw new Error(what);
}

/* The first demo person with that role. */
export function person(role) {
	const found = people.find((p) => p.role === role);
	must(found, `the demo has nobody with the role ${role}`);
	return found;
}

const pages_seen = new Map(); // hash of the HTML -> { url, html }

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

/* One running test: closes what it opened, gathers what went wrong in its pages. */
export class Run {
	constructor(browser, name) {
		this.browser = browser;
		this.name = name;
		this.contexts = [];
		this.wrong = [];
	}

	/* A fresh browser profile. options: lang ('sv'), dark, width, script (false: no JavaScript) */
	async open(options = {}) {
		const { lang = 'sv', dark = false, width = 1280, script = true } = options;
		const context = await this.browser.newContext({
			baseURL: base, locale: lang, colorScheme: dark ? 'dark' : 'light',
			viewport: { width, height: width < 600 ? 844 : 900 }, javaScriptEnabled: script,
			bypassCSP: false, reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(15000);
		this.contexts.push(context);
		const page = await context.newPage();
		page.on('console', (m) => {
			// A refusal that a test asks for (404, 403 ...) is told by status; the browser's own line about it is no error.
			if (m.type() === 'error' && !/the server responded with a status of/.test(m.text()))
				this.wrong.push(`console error on ${page.url()}: ${m.text()}`);
		});
		page.on('pageerror', (e) => this.wrong.push(`script error on ${page.url()}: ${e.message}`));
		page.on('request', (r) => {
			if (!r.url().startsWith(base) && !r.url().startsWith('data:'))
				this.wrong.push(`${page.url()} asks another host: ${r.url()}`);
		});
		page.on('response', async (r) => {
			if (r.request().resourceType() !== 'document' || r.status() >= 300 && r.status() < 400)
				return;
			const csp = r.headers()['content-security-policy'] ?? '';
			if (!/default-src 'none'|default-src 'self'/.test(csp) || /unsafe-inline|unsafe-eval/.test(csp))
				this.wrong.push(`${r.url()}: its content security policy is "${csp}"`);
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

	/* Holds the page to what holds for every page. */
	async look(page) {
		const answer = await page.request.get(page.url());
		const html = await answer.text();
		pages_seen.set(createHash('sha256').update(html).digest('hex').slice(0, 16), { url: page.url(), html });
		// Run beside the page's own policy: the driver's isolated world is not bound by it.
		await page.evaluate(axe + '; undefined');
		const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		}));
		for (const v of violations)
			this.wrong.push(`axe ${v.id} on ${page.url()}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')}`);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		if (wide > 1)
			this.wrong.push(`${page.url()} is ${wide} px wider than the window`);
	}

	/* Presses Tab until the element has the focus, as somebody without a mouse does. */
	async tab_to(page, locator, most = 120) {
		for (let i = 0; i < most; i++) {
			await page.keyboard.press('Tab');
			if (await locator.evaluate((e) => e === document.activeElement).catch(() => false))
				return;
		}
		throw new Error(`not reached by Tab: ${locator}`);
	}

	async shot(page, name) {
		await page.screenshot({ path: join(process.env.KEEP_SHOTS, `${name}.png`), fullPage: true });
	}

	async end() {
		for (const c of this.contexts)
			await c.close();
		must(this.wrong.length === 0, [...new Set(this.wrong)].slice(0, 15).join('\n'));
	}
}
