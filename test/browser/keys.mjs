// Somebody without a mouse: Tab, arrows, Space, Enter and letters. Every place the focus stands on must be seen.
import { ALONE, must, person, test } from './house.mjs';

export class Keys {
	constructor(page) {
		this.page = page;
	}

	/* The focus is on an element that is inside the window and marked by more than its colour. */
	async seen() {
		const bad = await this.page.evaluate(() => {
			const e = document.activeElement;
			const s = getComputedStyle(e), r = e.getBoundingClientRect();
			if (r.width < 1 || r.height < 1 || r.bottom < 1 || r.top > innerHeight - 1)
				return `outside the window: ${e.outerHTML.slice(0, 120)}`;
			const marked = (of) => of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) >= 2 || of.boxShadow !== 'none';
			// A radio button's or check box's whole field is marked.
			const field = e.matches('[type=radio], [type=checkbox]') && e.closest('.ds-field');
			return marked(s) || field && marked(getComputedStyle(field)) ? '' : `the focus is not seen on ${e.outerHTML.slice(0, 120)}`;
		});
		must(!bad, `${this.page.url()}: ${bad}`);
	}

	/* Tab until the element has the focus; backwards gives Shift+Tab. */
	async to(locator, backwards = false) {
		const what = await locator.first().elementHandle({ timeout: 8000 }).catch(() => null);
		must(what, `${this.page.url()} has no ${locator}`);
		const before = [];
		for (let i = 0; i < 160; i++) {
			await this.page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
			if (await what.evaluate((e) => e === document.activeElement || e.matches('input[type=date]') && e.matches(':focus-within'))) {
				await this.seen();
				return;
			}
			before.push(1);
		}
		throw new Error(`not reached by Tab on ${this.page.url()}: ${locator}`);
	}

	/* Enter on a link or a button, and the next page. */
	async press(locator) {
		await this.to(locator);
		await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.page.keyboard.press('Enter')]);
	}

	/* Enter or Space on something that does not leave the page (a disclosure). */
	async open(locator) {
		await this.to(locator);
		await this.page.keyboard.press('Enter');
	}

	async write(locator, text) {
		await this.to(locator);
		await this.page.keyboard.press('Control+A');
		await this.page.keyboard.type(text);
		must(await locator.first().inputValue() === text, `${locator} does not hold what was typed`);
	}

	/* A date, typed part by part in the order the browser's own field has. */
	async date(locator, iso) {
		await this.to(locator);
		const [y, m, d] = iso.split('-');
		const order = await this.page.evaluate(() => new Intl.DateTimeFormat(navigator.language).formatToParts(new Date())
			.map((p) => p.type).filter((p) => p !== 'literal'));
		const parts = { year: y, month: m, day: d };
		const typed = async (list) => {
			for (const part of list) {
				await this.page.keyboard.type(parts[part]);
				if (part === 'year' && list.at(-1) !== 'year')
					await this.page.keyboard.press('ArrowRight');
			}
			return await locator.first().inputValue() === iso;
		};
		if (await typed(order))
			return;
		// The field follows the browser's own language, which need not be the page's.
		for (const list of [['month', 'day', 'year'], ['year', 'month', 'day'], ['day', 'month', 'year']]) {
			for (let i = 0; i < 3; i++)
				await this.page.keyboard.press('ArrowLeft');
			if (await typed(list))
				return;
		}
		throw new Error(`${locator} does not hold ${iso}`);
	}

	/* A radio button or check box. Of a group of radio buttons Tab reaches one; arrows move. */
	async tick(locator) {
		const box = locator.first();
		if (await box.getAttribute('type') === 'radio') {
			const name = await box.getAttribute('name');
			const group = this.page.locator(`input[type=radio][name="${name}"]`);
			const checked = this.page.locator(`input[type=radio][name="${name}"]:checked`);
			await this.to(await checked.count() ? checked : group);
			for (let i = await group.count(); i >= 0; i--) {
				if (await box.evaluate((e) => e === document.activeElement))
					break;
				await this.page.keyboard.press('ArrowDown');
			}
		} else {
			await this.to(box);
		}
		if (!await box.isChecked())
			await this.page.keyboard.press('Space');
		must(await box.isChecked(), `${locator} is not ticked`);
		await this.seen();
	}

	/* An option of a list, by its value or its words. */
	async choose(locator, wanted) {
		const list = locator.first();
		await this.to(list);
		const at = await list.evaluate((e, w) => [...e.options].findIndex((o) => o.value === w || o.text.trim() === w), wanted);
		must(at >= 0, `${locator} has no option ${wanted}`);
		await this.page.keyboard.press('Home');
		for (let i = 0; i < at; i++)
			await this.page.keyboard.press('ArrowDown');
		must(await list.evaluate((e) => e.selectedIndex) === at, `${locator} did not take ${wanted}`);
	}

	/* The notice after a form that was carried out. */
	async said() {
		const status = this.page.locator('main [role="status"]').first();
		must(await status.count() && (await status.innerText()).trim(), `${this.page.url()}: nothing says that it was done`);
	}

	/* Signs in at the demo's door, as everybody else does. */
	async enter(who) {
		await this.page.goto('/demo');
		await this.press(this.page.locator(`button[name="person"][value="${who.person}"]`));
		must(new URL(this.page.url()).pathname === who.start, `${who.role} starts at ${this.page.url()}, not at ${who.start}`);
	}
}

/* Somebody's main path, with keys alone: once as everybody meets it, once without script. */
export function walk(name, role, run, phase = ALONE) {
	for (const script of [true, false])
		test(`walk_of_${name}_by_keyboard${script ? '' : '_without_script'}`, async (t) => {
			const page = await t.open({ script, width: script ? 1280 : 390 });
			const keys = new Keys(page);
			const who = person(role);
			await keys.enter(who);
			await t.look(page);
			await run({ t, page, keys, who, script, child: `/children/${who.child}` });
		}, phase);
}
