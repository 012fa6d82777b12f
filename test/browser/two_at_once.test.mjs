// Two people at the same moment, each in a browser of their own: what the promises say when both have the page open.
// They change the demo, so they come last; those about one child leave what the next one needs.
import { ALONE, LAST, must, person, press, save, test } from './house.mjs';

const sara = person('guardian'), anna = person('counsellor'), leyla = person('social_worker'), oskar = person('bup_nurse');
const ella = { child: `/children/${sara.child}`, plan: `/plans/${sara.plan}` };
/* Official test numbers that the demo does not use. */
const NUMBERS = ['201201022397', '201201032396'];

const text = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

async function at(t, who, path, options) {
	const page = await t.enter(who, options);
	await page.goto(path);
	return page;
}

test('promise_01_two_tap_done_at_once_and_the_parent_sees_one_next_step', async (t) => {
	const hers = await at(t, anna, ella.child), other = await at(t, leyla, ella.child), home = await at(t, sara, `${ella.child}/plan`, { width: 390 });
	const before = await home.locator('.t-next-say').innerText();
	const done = (page) => press(page, page.locator('.t-next form[action$="/done"] button'));
	const answers = (await Promise.all([done(hers), done(other)])).sort();
	must(answers[0] === 200 && answers[1] === 409, `one is done, the other told that somebody was first: ${answers}`);
	for (const page of [hers, other, home])
		await page.goto(page === home ? `${ella.child}/plan` : ella.child);
	for (const page of [hers, other, home]) {
		must(await page.locator('.t-next').count() === 1, `${page.url()} shows exactly one next step`);
		const says = await page.locator('.t-next-say').innerText();
		must(says !== before && /Anna( Lindqvist)? berättar|Du berättar/.test(says) && /\d{1,2} [a-z]+/.test(says), `who carries it says what comes, by a day: ${says}`);
	}
	await t.look(home);
}, LAST);

test('promise_01_a_step_that_staff_names_is_the_parents_next_step_at_once', async (t) => {
	const hers = await at(t, anna, ella.child), home = await at(t, sara, '/home', { width: 390 });
	const words = 'Anna visar Ella det nya rummet';
	await press(hers, hers.locator('.t-next a[href$="/next"]'));
	await hers.locator('#words').fill(words);
	await hers.locator('#due').fill('2027-01-11');
	must(await press(hers, save(hers)) === 200, 'it is saved');
	must(!(await text(home)).includes(words), 'the page that was open is as it was');
	await home.reload();
	const parts = (await text(home)).split(words);
	must(parts.length === 2, `the parent reads the new sentence, once: ${parts.length - 1} times`);
	must(/^.{0,60}11 januari/.test(parts[1]), `with its day: ${parts[1].slice(0, 60)}`);
	must(await home.locator('.t-next').count() === 1, 'one step stands first of all');
	const first = (await home.locator('.t-next-say').innerText()).replace(/\s+/g, ' ');
	must((await text(home)).split(first).length === 2, `and is not said again in its child's box: ${first}`);
}, LAST);

test('promise_02_take_back_and_accept_at_once_leave_one_carrier', async (t) => {
	const petra = person('lead'), child = `/children/${petra.child}`, ask = `/plans/${petra.plan}/handover`;
	const carriers = async (page) => {
		await page.goto(child);
		return (await page.locator('.t-contact .t-name').allInnerTexts()).join();
	};
	// The lead's own walk may have handed over before this one: who carries today gives.
	let giver = petra, receiver = leyla, gives = await t.enter(petra), takes = await t.enter(leyla);
	if (await carriers(gives) === leyla.name)
		[giver, receiver, gives, takes] = [receiver, giver, takes, gives];
	/* The question stands on both pages; gives its number. */
	const asked = async () => {
		await gives.goto(ask);
		if (await gives.locator('#to').count()) {
			await gives.locator('#to').selectOption(receiver.assignment);
			await gives.locator('#words').fill('Familjen vill bli ringd efter fyra.');
			must(await press(gives, save(gives)) === 200, 'it is asked');
			await gives.goto(ask);
		}
		await takes.goto('/handovers');
		return /handovers\/(\d+)\//.exec(await gives.locator('form[action$="/take-back"]').getAttribute('action'))[1];
	};
	const take_back = () => press(gives, gives.locator('form[action$="/take-back"] button'));
	const accept = (id) => press(takes, takes.locator(`form[action="/handovers/${id}/accept"] button`));
	let id = await asked();
	must(await carriers(gives) === giver.name, 'the giver carries until it is accepted');
	await gives.goto(ask);
	must(await take_back() === 200, 'it is taken back while the other has the question open');
	const late = await accept(id);
	must(late === 409, `who accepts after that is told so: ${late}`);
	must(await carriers(gives) === giver.name, 'the giver carries still');

	id = await asked();
	const [back, yes] = await Promise.all([take_back(), accept(id)]);
	must([back, yes].filter((s) => s === 200).length === 1, `one of the two is carried out: take back ${back}, accept ${yes}`);
	const one = yes === 200 ? receiver.name : giver.name;
	must(await carriers(gives) === one, `one carrier, ${one}`);
	// Who took nothing over may not know of the child; who did is engaged from then on.
	must(yes !== 200 || await carriers(takes) === one, `and the receiver reads the same: ${one}`);
}, LAST);

/* A child that only Leyla's folder knows; gives the child's page. */
async function register(page, given, number, protection = 'none') {
	await page.goto('/children/register');
	await page.locator('#given').fill(given);
	await page.locator('#family').fill('Provsson');
	await page.locator('#number').fill(number);
	await page.locator(`#protection-${protection}`).check();
	await page.locator('#reason').fill('Familjen ringde och bad om hjälp.');
	must(await press(page, page.locator('main form button.ds-button:not([data-variant])').first()) === 200, `${given} is registered`);
	const path = /^\/children\/\d+$/.exec(new URL(page.url()).pathname);
	must(path, `registering leads to the child's page, not to ${page.url()}`);
	return path[0];
}

test('promise_03_what_one_drawer_holds_is_nobody_elses', async (t) => {
	const hers = await t.enter(leyla), colleague = await t.enter(person('lead')), school = await t.enter(anna), boss = await t.enter(person('manager'));
	const child = await register(hers, 'Algot', NUMBERS[0]);
	await hers.goto(`${child}/threads/new`);
	await hers.locator('#title').fill('Samtal om ekonomi');
	await hers.locator('#next').fill('2027-01-12');
	must(await press(hers, save(hers)) === 200, 'she writes down what goes on');
	must((await text(hers)).includes('Samtal om ekonomi'), 'and reads it');
	for (const page of [colleague, school, boss]) {
		const gone = await page.goto('/children/1');
		const none = await page.locator('main').innerText();
		const answer = await page.goto(child);
		must(answer.status() === 404 && gone.status() === 404, `${page.url()} answers ${answer.status()} to somebody without an engagement`);
		must(await page.locator('main').innerText() === none, 'the same as for a child that is not there');
	}
	await colleague.goto('/children/find');
	await colleague.locator('#name').fill('Algot');
	await press(colleague, colleague.locator('form:has(#name) button'));
	must(await colleague.locator(`a[href^="${child}"]`).count() === 0, 'a colleague does not find the name');
	await colleague.goto('/work');
	must(!(await text(colleague)).includes('Algot'), 'and has no row');
}, LAST);

test('promise_07_a_number_somebody_else_has_and_one_nobody_has_answer_the_same', async (t) => {
	const hers = await t.enter(leyla), other = await t.enter(oskar);
	await register(hers, 'Tilly', NUMBERS[1]);
	const asks = async (number) => {
		await other.goto('/children/find');
		await other.locator('#number').fill(number);
		const status = await press(other, other.locator('form:has(#number) button'));
		return `${status} ${(await other.locator('main').innerHTML()).replace(/name="(csrf|once)" value="[^"]*"/g, '').replaceAll(number, 'NUMBER')}`;
	};
	const known = await asks(NUMBERS[1]), unknown = await asks('201201042395');
	must(!known.includes('Tilly') && !known.includes('Provsson'), 'no name of a child he does not help');
	must(known === unknown, `the two answers differ:\n${known}\n${unknown}`);
}, LAST);

test('promise_04_save_shows_its_readers_and_a_step_goes_without_its_reason', async (t) => {
	const hers = await at(t, leyla, `${ella.plan}/steps/new`), his = await at(t, oskar, ella.child), home = await at(t, sara, `${ella.child}/plan`, { width: 390 });
	const readers = await hers.locator('.t-readers').innerText();
	for (const who of ['Sara', 'Erik', 'BUP Katrineholm', 'Ekbackens skola'])
		must(readers.includes(who), `before Save it says that ${who} can read`);
	await hers.locator('#words').fill('Leyla hör av sig om fredagens tid');
	await hers.locator('#due').fill('2027-01-15');
	await hers.locator('#reason').fill('Hemligt skäl: oro för ekonomin');
	must(await press(hers, save(hers)) === 200, 'it is saved');
	must((await text(hers)).includes('Hemligt skäl'), 'her own drawer has the reason');
	for (const page of [his, home]) {
		await page.reload();
		const says = await page.locator('body').innerText();
		must(says.includes('Leyla hör av sig om fredagens tid'), `${page.url()} has the step`);
		must(!says.includes('Hemligt skäl'), `${page.url()} has not the reason`);
	}
	must(await his.locator('li:has-text("fredagens tid") .t-why').count() === 1, 'and he reads why he may see it');
}, LAST);

test('promise_06_a_look_stands_among_who_has_read_when_the_page_is_shown', async (t) => {
	const his = await t.enter(oskar), hers = await t.enter(sara, { width: 390 });
	const rows = async () => {
		await hers.goto(`${ella.child}/looks`);
		return hers.locator('tbody tr').evaluateAll((all) => all.map((r) => r.innerText.replace(/\s+/g, ' ')));
	};
	await rows();
	const before = await rows();
	await his.goto(ella.child);
	must((await text(his)).includes('Ella'), 'he reads the page');
	const after = await rows();
	// Her own looks of today stand above it in one row.
	const newest = after.slice(0, 2).find((r) => r.includes('BUP Katrineholm'));
	must(newest && /De hjälper Ella|ja till/.test(newest), `his look stands there, and why: ${after.slice(0, 3).join(' | ')}`);
	const alike = (all) => all.filter((r) => r === newest).length; // another test of him may have been here in this minute
	must(alike(after) === alike(before) + 1, 'it did not before');
}, LAST);

test('promise_17_two_change_the_same_step_and_neither_loses_a_word', async (t) => {
	const desk = await at(t, anna, ella.child), phone = await at(t, anna, ella.child, { width: 390 });
	const edit = await desk.locator('a[href^="/steps/"][href$="/edit"]').first().getAttribute('href');
	await desk.goto(edit);
	await phone.goto(edit);
	await desk.locator('#words').fill('Anna ringer på måndag förmiddag');
	await phone.locator('#words').fill('Anna ringer på tisdag eftermiddag');
	const answers = await Promise.all([press(desk, save(desk)), press(phone, save(phone))]);
	must([...answers].sort().join() === '200,409', `one is saved, the other is asked: ${answers}`);
	const [late, mine, theirs] = answers[0] === 409 ? [desk, 'måndag förmiddag', 'tisdag eftermiddag'] : [phone, 'tisdag eftermiddag', 'måndag förmiddag'];
	must((await text(late)).includes(theirs), 'what the other wrote stands there');
	const beside = (await late.locator('.t-two').first().innerText()).replace(/\s+/g, ' ');
	must(beside.includes(theirs) && beside.includes(mine), `the two stand side by side: ${beside}`);
	must((await late.locator('#words').inputValue()).includes(mine), 'and the own words are still in the field');
	await t.look(late);
	must(await press(late, save(late)) === 200, 'saved again, it counts');
	await desk.goto(ella.child);
	must((await text(desk)).includes(mine) && !(await text(desk)).includes(theirs), 'and stands there once');
}, LAST);

test('promise_17_a_form_sent_twice_is_carried_out_once', async (t) => {
	const hers = await at(t, sara, `${ella.child}/write`), again = await t.open();
	await press(hers, hers.locator(`main a[href^="${ella.child}/write?to="]`));
	const words = 'Det här brevet ska bara finnas en gång.';
	const form = await hers.locator('main form').last().evaluate((f, w) => [f.getAttribute('action'), [...new FormData(f)].map(([k, v]) => [k, k === 'words' ? w : v])], words);
	await again.context().addCookies(await hers.context().cookies());
	await again.goto('/help');
	const sent = await again.evaluate(([action, fields]) => Promise.all([0, 1, 2].map(() => fetch(action, { method: 'POST', body: new URLSearchParams(fields) }).then((r) => r.status))), form);
	must(sent.every((s) => s === 200), `each answer leads to the letters: ${sent}`);
	await hers.goto(`${ella.child}/letters`);
	must((await hers.locator('main').innerText()).split(words).length === 2, 'the letter stands there once');
}, LAST);

test('promise_10_a_need_moves_no_row_and_marks_no_child', async (t) => {
	const hers = await at(t, leyla, '/work'), other = await at(t, anna, `/plans/${person('youth').plan}/needs/new`);
	const rows = () => hers.locator('tbody tr').evaluateAll((all) => all.map((r) => `${r.id} ${r.querySelector('th').outerHTML}`).join('\n'));
	const before = await rows();
	must(before.split('\n').length >= 4, 'she has rows');
	await other.locator('#area').selectOption('safety');
	await other.locator('#words').fill('Alva har varit rädd på vägen hem');
	must(await press(other, save(other)) === 200, 'the need is saved');
	await hers.reload();
	must(await rows() === before, 'the list stands as it stood: no order, no mark');
}, LAST);

test('promise_11_own_words_reach_the_chosen_reader_and_nobody_else', async (t) => {
	const alva = person('youth'), child = `/children/${alva.child}`;
	const hers = await at(t, alva, `${child}/voice`, { width: 390 }), his = await at(t, oskar, `${child}/voice`), lead = await at(t, anna, `${child}/voice`);
	await press(hers, hers.locator(`main a[href="${child}/voice?to=${oskar.assignment}"]`));
	const told = await hers.locator('.t-readers').innerText();
	must(/Oskar/.test(told) && /112/.test(await hers.locator('main').innerText()) && /116 111/.test(await hers.locator('main').innerText()), 'before she writes she sees who reads, 112 and Bris');
	const words = 'Hemligt ord om söndagarna';
	await hers.locator('#words').fill(words);
	must(await press(hers, save(hers)) === 200, 'it is sent');
	must(!(await hers.locator('body').innerText()).includes(words), 'and not shown again to whoever is signed in');
	await his.reload();
	must(!(await text(his)).includes(words), 'he sees that there is something, and opens it himself');
	for (let i = 0; i < 5 && !(await text(his)).includes(words); i++)
		await press(his, his.locator('form[action$="/open"] button'));
	must((await text(his)).includes(words), 'he reads it');
	await hers.goto(`${child}/voice`);
	must(/Oskar Lund läste/.test(await text(hers)), 'she sees that he has read');
	for (const path of [`${child}/voice`, `${child}/letters`, child]) {
		await lead.goto(path);
		must(!(await lead.locator('body').innerText()).includes(words), `${path}: the plan's lead reads nothing of it`);
	}
}, LAST);

test('promise_12_both_guardians_say_yes_before_anything_is_shared', async (t) => {
	const asks = await at(t, leyla, `${ella.child}/waivers/new`), hers = await t.enter(sara, { width: 390 }), his = await t.enter(person('other_guardian'), { width: 390 });
	const purpose = 'För att tandvården ska veta vad som hjälper Ella.';
	await asks.locator('#to1').selectOption({ index: 5 });
	await asks.locator('#purpose').fill(purpose);
	await asks.locator('#view-unknown').check();
	await asks.locator('#view_how').fill('Vi frågar på måndag');
	must(await press(asks, save(asks)) === 200, 'the question is asked');
	const find = async (page) => {
		await page.goto(`${ella.child}/sharing`);
		const all = await page.locator('#main section:has(#waiting) a[href^="/waivers/"]').evaluateAll((as) => as.map((a) => a.getAttribute('href')));
		for (const href of all) {
			await page.goto(href);
			if ((await text(page)).includes(purpose))
				return href;
		}
		return null;
	};
	const waiver = await find(hers);
	must(waiver && await find(his) === waiver, 'both guardians have the question');
	const yes = 'main form button[value="yes"]', no = 'main form button[value="no"]';
	must(await hers.locator(yes).count() === 1 && await hers.locator(no).count() === 1, 'yes and no stand side by side');
	await press(hers, hers.locator(yes));
	await hers.goto(waiver);
	must(!(await hers.locator('main').innerText()).includes('Gäller\n') && /svar/i.test(await text(hers)), 'her yes alone opens nothing: it waits for him');
	await asks.goto(waiver);
	must(await asks.locator('.t-pill[data-state="yes"]').count() === 0, 'the one who asked sees no yes that holds');
	await his.goto(waiver);
	must(await his.locator(yes).count() === 1, 'he still answers himself');
	await press(his, his.locator(yes));
	for (const page of [hers, asks]) {
		await page.goto(waiver);
		must(await page.locator('.t-pill[data-state="yes"]').count() === 1, `${page.url()}: now it holds`);
	}
	await t.look(hers);
}, LAST);

test('promise_15_a_similar_measure_is_caught_when_it_is_planned', async (t) => {
	const his = await at(t, oskar, `${ella.plan}/measures/new`), hers = await t.enter(person('family_centre'));
	await his.locator('#kind').selectOption({ label: 'Samtal hos kuratorn' });
	await his.locator('#words').fill('Samtal på BUP om hur skoldagen känns');
	const answer = await press(his, save(his));
	const warns = await his.locator('.ds-alert[data-color="warning"]').innerText();
	must(/liknande/i.test(warns) && /kuratorn/i.test(warns), `${answer}: the planner reads what is like it: ${warns}`);
	must(await his.locator('input[type="radio"]').count() === 3, 'and chooses: instead of it, beside it, or the same');
	must((await his.locator('#words').inputValue()).includes('skoldagen'), 'the words are still there');
	await t.look(his);
	// Who helps another child of the family gets neither the plan nor a hint.
	const gone = await hers.goto(`${ella.plan}/measures/new`);
	must(gone.status() === 404 && !/kuratorn/i.test(await hers.locator('body').innerText()), `she gets ${gone.status()}`);
}, ALONE);
