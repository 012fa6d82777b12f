// Promises 9, 13, 16 and 19 as far as today's pages touch them: reports of concern, clocks, figures, a wrong child.
import { ALONE, CRAWL, LAST, PAGES, base, must, people, person, save, test } from './house.mjs';
import { crawl, sign_in } from './crawl.mjs';

const sara = person('guardian'), leyla = person('social_worker'), oskar = person('bup_nurse');
const ella = { child: `/children/${sara.child}`, plan: `/plans/${sara.plan}` };
const text = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
const go = (page, button) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.first().click()]);

/* The pages that a role reaches, one of each kind or all, as they came over the wire: { url, html }. */
async function pages_of(role, wanted, all = false) {
	const { session, found } = await crawl(role);
	const urls = [...new Map(found.map((f) => [all ? f.url : f.route, f.url])).values()].filter(wanted);
	must(urls.length > 0, `${role} reaches none of these pages`);
	const pages = [];
	for (const url of urls)
		pages.push({ url, html: await (await fetch(base + url, { headers: { cookie: `__Host-sprak=sv; __Host-tillsammans=${session}` } })).text() });
	return pages;
}

test('promise_09_a_report_is_one_step_from_every_page_of_staff', async () => {
	const roles = people.filter((p) => p.assignment).map((p) => p.role);
	must(roles.length >= 10, `the demo has only ${roles.length} who work`);
	for (const role of roles)
		for (const { url, html } of await pages_of(role, (u) => !u.startsWith('/left') && !u.endsWith('.ics')))
			must(/<a [^>]*href="\/report"/.test(html), `${role}: no way from ${url} to a report of concern`);
}, CRAWL);

test('promise_09_a_report_needs_no_sign_in_no_child_and_no_yes', async (t) => {
	for (const script of [true, false]) {
		const page = await t.open({ script, width: 390 });
		await page.goto('/help');
		await page.locator('main a[href="/report"]').click();
		must(new URL(page.url()).pathname === '/report', `one tap from the public page leads there, not to ${page.url()}`);
		const says = await text(page);
		for (const part of [/socialtjänsten/, /ingens ja/, /far illa/, /inte vänta på chefen/, /barn som inte finns här/])
			must(part.test(says), `it says ${part}: ${says}`);
		must(await page.locator('main a[href="tel:112"]').count() === 1, 'and 112 is one tap away');
		must(await page.locator('main :is(form, input, button)').count() === 0, 'nothing is asked before');
		if (script)
			await t.look_everywhere(page);
	}
}, PAGES);

test('promise_09_advice_not_to_share_holds_no_report_back', async (t) => {
	const page = await t.enter(leyla);
	await page.goto(`${ella.child}/disclose`);
	await page.locator('#what').selectOption({ index: 2 });
	const school = (await page.locator('#to option').allInnerTexts()).find((o) => /undervisning.*Flen/i.test(o));
	await page.locator('#to').selectOption({ label: school });
	await page.locator('#need').fill('Läraren behöver veta hur morgnarna är.');
	await go(page, page.locator('main form button'));
	must(/Råd: dela inte/.test(await page.locator('.ds-alert[data-color="warning"]').innerText()), 'the advice is not to share');
	await go(page, page.locator('.ds-alert a[href="/report"]'));
	must(/anmäla genast/.test(await text(page)), 'the way to a report stands in the advice itself');
}, ALONE);

test('promise_13_opening_a_page_does_not_end_a_silence', async (t) => {
	const hers = await t.enter(leyla), boss = await t.enter(person('manager'));
	const silent = async () => {
		await boss.goto('/unit');
		const row = boss.locator(`tbody tr:has(th:has-text("${leyla.name}"))`);
		return Number(await row.locator('td[data-th^="Inget nytt"]').innerText());
	};
	const before = await silent();
	must(before >= 1, `the manager sees that ${leyla.name} has something without news: ${before}`);
	await hers.goto('/work');
	const children = await hers.locator('.t-cell-link').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
	const threads = [];
	for (const child of children) {
		await hers.goto(child);
		threads.push(...await hers.locator('main a[href^="/threads/"][href$="/edit"]').evaluateAll((all) => all.map((a) => a.getAttribute('href'))));
	}
	for (const thread of threads)
		must((await hers.goto(thread)).status() === 200, `she opens ${thread}`);
	must(threads.length >= 2, `she has things that go on: ${threads.length}`);
	must(await silent() === before, 'opening the pages ended nothing: the silence goes on');
	// An answer does: "nothing new, back on that day" is one.
	for (const thread of threads) {
		await hers.goto(thread);
		await hers.locator('main input[type="date"]').first().fill('2027-01-14');
		await go(hers, save(hers));
	}
	must(await silent() === 0, `what she answered is silent no longer: ${await silent()}`);
}, LAST);

test('promise_16_figures_name_no_child_and_lead_to_none', async () => {
	const names = new Set();
	for (const p of people.filter((one) => one.start === '/work')) {
		const { session } = await sign_in(p);
		const html = await (await fetch(`${base}/work`, { headers: { cookie: `__Host-sprak=sv; __Host-tillsammans=${session}` } })).text();
		for (const [, name] of html.matchAll(/class="t-cell-link" href="\/children\/\d+">([^<]+)</g))
			names.add(name.trim());
	}
	must(names.size >= 10, `staff's lists name only ${names.size} children`);
	for (const [role, wanted] of [['manager', /^\/unit/], ['administrator', /^\/admin/]]) {
		const pages = await pages_of(role, (u) => wanted.test(u), true);
		must(pages.length >= 2, `${role} has only ${pages.length} pages with figures`);
		for (const { url, html } of pages) {
			const words = html.replace(/<[^>]*>/g, ' ');
			for (const name of names)
				must(!words.includes(name), `${role}: ${url} names ${name}`);
			must(!/href="\/(children|plans|threads|steps)\/\d/.test(html), `${role}: ${url} leads to a child`);
			must(!/(?<!\d)(19|20)\d{6}-?[\d•]{4}/.test(words), `${role}: ${url} shows a personal number`);
		}
	}
}, CRAWL);

test('promise_19_what_stood_on_a_wrong_child_leaves_every_page_and_is_kept', async (t) => {
	const hers = await t.enter(leyla), his = await t.enter(oskar), home = await t.enter(sara, { width: 390 });
	const words = 'Leyla bokar tid hos tandläkaren i Malmköping';
	await hers.goto(`${ella.plan}/steps/new`);
	await hers.locator('#words').fill(words);
	await hers.locator('#due').fill('2027-01-18');
	await go(hers, save(hers));
	for (const [page, path] of [[his, ella.child], [home, `${ella.child}/plan`]]) {
		await page.goto(path);
		must((await text(page)).includes(words), `${path} has the step before`);
	}
	await hers.goto(`${ella.child}/correct`);
	await hers.locator('#item label', { hasText: words }).click();
	await hers.locator('#reason').fill('Två barn heter Ella.');
	await go(hers, save(hers));
	await home.goto(`${ella.child}/plan`);
	must(!(await text(home)).includes(words), 'the family reads it no longer');
	must(await home.locator('.t-next').count() === 1, 'and the plan has its next step still');
	await his.goto(ella.child);
	must(/Det här gällde fel barn/.test(await text(his)), 'who received it reads that it was a wrong child');
	await hers.goto(`${ella.child}/correct`);
	const kept = await text(hers);
	must(kept.includes(words) && kept.includes('Två barn heter Ella.'), 'the drawer keeps what stood there, and why it went');
	must(kept.includes(oskar.name), `and who had read it: ${kept}`);
	await t.look(hers);
}, ALONE); // before a yes is taken back, by which she may plan here

test('promise_19_a_family_takes_its_words_along', async (t) => {
	const page = await t.enter(sara, { width: 390 });
	await page.goto(`${ella.child}/hand-on`);
	const first = page.locator('#what input[type="checkbox"]').first();
	const chosen = await page.locator(`label[for="${await first.getAttribute('id')}"]`).innerText();
	const left = await page.locator('#what label').nth(1).innerText();
	await first.check();
	await page.locator('#other').fill('Farmor');
	await page.locator('#own').fill('Hej! Så här är det nu.');
	await go(page, page.locator('main form button.ds-button'));
	const out = await page.locator('#copy-1').innerText();
	must(out.includes('Hej! Så här är det nu.') && out.includes(chosen), `plain text to copy or print: ${out}`);
	must(!out.includes(left), `and nothing that was not chosen: ${out}`);
	await page.emulateMedia({ media: 'print' });
	must(await page.locator('#copy-1').isVisible() && !await page.locator('.t-leave').isVisible(), 'whole on paper, without the frame');
	await page.emulateMedia({ media: 'screen' });
	await t.look(page);
	const days = await page.evaluate((url) => fetch(url).then(async (r) => `${r.headers.get('content-type')} ${await r.text()}`), `${ella.child}/calendar.ics`);
	must(/^text\/calendar[^ ]*(; ?charset=utf-8)? BEGIN:VCALENDAR\r\n/i.test(days), `the days go along in an open format: ${days.slice(0, 80)}`);
}, ALONE);
