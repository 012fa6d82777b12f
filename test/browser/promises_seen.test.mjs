// Promises that one page shows by itself: protection, languages, the journal, a pasted plan.
import { ALONE, LAST, PAGES, must, person, test } from './house.mjs';
import { cookies_of, sign_in } from './crawl.mjs';

const sara = person('guardian');

test('promise_18_the_next_step_is_a_sentence_in_each_language', async (t) => {
	const { session } = await sign_in(sara);
	const says = {};
	for (const [lang, month] of [['sv', /december|november|januari/], ['sv-x-easy', /december|november|januari/], ['en', /December|November|January/]]) {
		for (const script of [true, false]) {
			const page = await t.open({ script, width: 390, cookies: cookies_of(session, lang) });
			await page.goto('/home');
			must(await page.locator('html').getAttribute('lang') === lang, `home is in ${lang}`);
			const sentence = await page.locator('.t-next-say').innerText();
			must(month.test(sentence), `${lang}: the sentence says its day: ${sentence}`);
			must(!says[lang] || says[lang] === sentence, `${lang}: the same without script`);
			says[lang] = sentence;
		}
	}
	must(/ will /.test(says.en) && !/[åäö]n? /.test(says.en.split(' on ')[0].split(' to ')[0]), `English is a sentence of its own, not Swedish with an English day: ${says.en}`);
}, PAGES);

test('promise_18_the_plan_is_whole_on_paper', async (t) => {
	const { session } = await sign_in(sara);
	const page = await t.open({ cookies: cookies_of(session, 'sv') });
	await page.goto(`/children/${sara.child}/plan`);
	const shown = await page.locator('.t-next-say').innerText();
	await page.emulateMedia({ media: 'print' });
	must(await page.locator('.t-next-say').innerText() === shown, 'the next step stands on the paper');
	must(await page.locator('.t-print').isVisible(), 'the paper says when it was printed');
	for (const gone of ['.t-nav', '.t-leave', '.t-no-print a'])
		must(!await page.locator(gone).first().isVisible(), `${gone} is not on the paper`);
}, PAGES);

test('promise_21_each_step_can_be_copied_for_the_journal', async (t) => {
	const anna = person('counsellor');
	const page = await t.enter(anna);
	await page.goto(`/children/${anna.child}`);
	const says = (await page.locator('.t-next-say').innerText()).replace(/\s+/g, ' ');
	must((await page.locator('#copy').innerText()).includes(says.replace(/^Du /, 'Anna Lindqvist ')) || (await page.locator('#copy').innerText()).includes(says.slice(3)), `the copy holds the step: ${says}`);
	const copies = await page.locator('details pre.t-copy').count();
	must(copies === await page.locator('section:has(#later) li').count() && copies > 0, `each later step has its own: ${copies}`);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.locator('button[data-copy="copy"]').click();
	must(await page.locator('#copied').isVisible(), 'it says that it was copied');
	must(await page.evaluate(() => navigator.clipboard.readText()) === await page.locator('#copy').innerText(), 'and it was');
}, PAGES);

test('promise_21_a_pasted_plan_fills_the_form_and_nothing_is_saved_before', async (t) => {
	const petra = person('lead');
	const page = await t.enter(petra);
	await page.goto(`/plans/${petra.plan}/paste`);
	await page.locator('#text').fill('Behov\nTilde behöver lugnare morgnar\nMål\nTilde kommer i tid varje dag\nInsatser\nPetra ringer hem 2027-01-12');
	await Promise.all([page.waitForNavigation(), page.locator('main form button').last().click()]);
	const values = await page.locator('main form').last().evaluate((f) => [...f.elements].map((e) => e.value).join('\n'));
	for (const words of ['lugnare morgnar', 'kommer i tid varje dag', 'ringer hem', '2027-01-12'])
		must(values.includes(words), `the form holds "${words}":\n${values}`);
	await t.look(page);
	await page.goto(`/children/${petra.child}`);
	must(!(await page.locator('main').innerText()).includes('lugnare morgnar'), 'nothing is saved by reading the text');
}, ALONE);

test('promise_08_a_child_registered_with_a_protected_person_gets_no_digital_plan', async (t) => {
	const page = await t.enter(person('social_worker'));
	await page.goto('/children/register');
	await page.locator('#given').fill('Skyddad');
	await page.locator('#family').fill('Provsson');
	await page.locator('#number').fill('201201052394');
	await page.locator('#protection-unknown').check();
	await page.locator('#reason').fill('Familjen ringde och bad om hjälp.');
	await Promise.all([page.waitForNavigation(), page.locator('main form button.ds-button:not([data-variant])').first().click()]);
	const says = await page.locator('main').innerText();
	must(/rutin/.test(says) && /skydd/i.test(says), `"unknown" is not "none": the page says to follow the routine: ${says}`);
	await page.goto('/work');
	const row = page.locator('tbody tr:has-text("Följ")');
	must(await page.locator('a[href^="/children/"]:has-text("Skyddad")').count() === 0, 'no link leads to the child');
	must(!(await page.locator('main').innerText()).includes('Provsson') || await row.count() >= 1, 'her list shows the mark alone');
	const plan = await page.goto(`/children/${person('guardian_protected').child}/plan/start`);
	must(plan.status() === 404 || plan.status() === 403, `no plan is started for a child with a protected person: ${plan.status()}`);
}, LAST);
