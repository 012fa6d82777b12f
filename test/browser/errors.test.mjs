// Pages that say no: in the design, kind, with a way on, and the words given back (403, 404, 413, 422, 429).
import { ALONE, PAGES, must, person, test } from './house.mjs';
import { cookies_of, sign_in } from './crawl.mjs';

const sara = person('guardian'), leyla = person('social_worker');
const text = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
const words = 'Hej! Det här skrev jag i går kväll, och det tog en stund.';

/* Holds one page that says no to what holds for all of them. */
async function kind(t, page, status, says) {
	must(status.got === status.wanted, `${page.url()} answers ${status.got}, not ${status.wanted}`);
	must(says.test(await text(page)), `it says ${says}: ${await text(page)}`);
	must(await page.locator('main a.ds-button[href="/"]').count() === 1, 'a way on');
	must(await page.locator('main a[href="tel:112"]').count() === 1, 'help that never waits');
	await t.look_everywhere(page);
}

for (const lang of ['sv', 'sv-x-easy', 'en'])
	test(`no_dead_end_behind_a_wrong_address_in_${lang.replaceAll('-', '_')}`, async (t) => {
		const { session } = await sign_in(sara);
		const page = await t.open({ cookies: cookies_of(session, lang) });
		for (const [path, wanted, says] of [['/nowhere', 404, /./], ['/work', 403, lang === 'en' ? /ask your contact/ : /Fråga din kontakt/i]])
			await kind(t, page, { got: (await page.goto(path)).status(), wanted }, says);
		must(await page.locator('form[action="/leave"]').count() === 1, 'and the page can be left at once');
	}, PAGES);

test('no_for_staff_speaks_of_work', async (t) => {
	const page = await t.enter(leyla);
	await kind(t, page, { got: (await page.goto('/unit')).status(), wanted: 403 }, /fråga din chef/);
	must(!/din kontakt/.test(await text(page)), 'not of a contact');
}, PAGES);

test('promise_17_a_form_that_was_open_too_long_gives_the_words_back', async (t) => {
	const page = await t.enter(sara, { width: 390 });
	await page.goto(`/children/${sara.child}/story`);
	const before = await page.locator('#words').inputValue();
	await page.locator('main form input[name="csrf"]').first().evaluate((e) => { e.value = 'från en annan inloggning'; });
	await page.locator('#words').fill(words);
	const [answer] = await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
	await kind(t, page, { got: answer.status(), wanted: 403 }, /Inget har sparats/);
	must(!/Logga in/.test(await text(page)), 'who is signed in is not told to sign in');
	must(await page.locator('pre.t-copy').innerText() === words, 'the words are there, whole');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.locator('button[data-copy]').click();
	must(await page.evaluate(() => navigator.clipboard.readText()) === words, 'and can be copied');
	await page.goto(`/children/${sara.child}/story`);
	must(await page.locator('#words').inputValue() === before, 'nothing was saved');
}, ALONE);

test('what_is_too_large_is_told_kindly', async (t) => {
	const page = await t.enter(sara);
	await page.goto(`/children/${sara.child}/story`);
	await page.locator('#words').evaluate((e) => { e.value = 'Jag skrev mycket. '.repeat(120000); });
	const [answer] = await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
	await kind(t, page, { got: answer.status(), wanted: 413 }, /större än vi kan ta emot/);
}, ALONE);

test('too_many_tries_are_told_to_wait_and_keep_what_was_written', async (t) => {
	const page = await t.enter(person('preschool_teacher')); // whom no other test lets search
	await page.goto('/children/find');
	const form = page.locator('form:has(#number)');
	await form.evaluate(async (e) => {
		for (let i = 0; i < 31; i++) {
			const fields = new URLSearchParams(new FormData(e));
			fields.set('number', '201201042395');
			fields.delete('once');
			await fetch(e.action, { method: 'POST', body: fields });
		}
	});
	await page.locator('#number').fill('201201042395');
	const [answer] = await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
	must(answer.status() === 429 && /Vänta/.test(await text(page)), `${answer.status()}: ${await text(page)}`);
	must(await page.locator('#number').inputValue() === '201201042395', 'what was written is still there');
	await t.look_everywhere(page);
}, ALONE);

test('what_is_missing_is_said_beside_its_field', async (t) => {
	const page = await t.enter(leyla);
	await page.goto('/children/register');
	await page.locator('#given').fill('Provina');
	const [answer] = await Promise.all([page.waitForNavigation(), page.locator('main form button.ds-button:not([data-variant])').first().click()]);
	must(answer.status() === 422, `answers ${answer.status()}`);
	const links = await page.locator('.ds-error-summary a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
	must(links.length >= 2, `all that is missing at once: ${links}`);
	for (const link of links)
		must(await page.locator(link).count() === 1, `${link} leads to its field`);
	must(await page.locator('#given').inputValue() === 'Provina', 'what was written is still there');
	await t.look_everywhere(page);
}, ALONE);
