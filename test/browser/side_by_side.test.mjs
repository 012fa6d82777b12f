// Two people change the same thing of a plan: who comes too late reads both versions side by side, what differs alone, and
// loses no word (promise 17). A step's own is in two_at_once; here what goes on, needs, goals and outside parties.
import { LAST, must, person, press, save, test } from './house.mjs';

const anna = person('counsellor'), child = `/children/${anna.child}`;
const text = async (at) => (await at.innerText()).replace(/\s+/g, ' ');

/* what: its name in the test. link: the way to its form. field: what both change. same: a field that neither does. */
const kinds = [
	{ what: 'thread', link: 'main a[href^="/threads/"][href$="/edit"]', field: '#next_words', same: '#title',
		one: 'Ella och Anna ses på måndagar', two: 'Ella och Anna ses på fredagar' },
	{ what: 'need', link: 'main a[href^="/needs/"][href$="/edit"]', field: '#words', same: '#area',
		one: 'Ella behöver få gå undan när det låter', two: 'Ella behöver hörselkåpor när det låter' },
	{ what: 'goal', link: 'main a[href^="/goals/"][href$="/edit"]', field: '#words', same: '#need',
		one: 'Ella säger till innan hon går ut', two: 'Ella vet vem hon går till' },
	{ what: 'party', link: 'main a[href*="/parties/"]:not([href$="/new"])', field: '#answered', same: '#phone',
		one: 'Per telefon: Ella kommer på tisdagar', two: 'Per brev: Ella tar en paus i vår' },
];

for (const { what, link, field, same, one, two } of kinds)
	test(`promise_17_two_change_the_same_${what}_and_read_both_side_by_side`, async (t) => {
		const desk = await t.enter(anna), phone = await t.enter(anna, { width: 390, script: false });
		await desk.goto(child);
		const form = await desk.locator(link).first().getAttribute('href');
		for (const [page, words] of [[desk, one], [phone, two]]) {
			must((await page.goto(form)).status() === 200, `${form} opens`);
			await page.locator(field).fill(words);
		}
		const untouched = await desk.locator(same).inputValue();
		const answers = await Promise.all([press(desk, save(desk)), press(phone, save(phone))]);
		must([...answers].sort().join() === '200,409', `one is saved, the other asked: ${answers}`);
		const [late, mine, theirs] = answers[0] === 409 ? [desk, one, two] : [phone, two, one];
		const sides = late.locator('.t-two > section');
		must(await sides.count() === 2, 'two versions stand side by side');
		must(await sides.nth(0).locator('dt').count() === 1, `what differs, alone: ${await text(sides.nth(0))}`);
		must(await sides.nth(0).locator('ins').innerText() === theirs, `what stands now: ${await text(sides.nth(0))}`);
		must(await sides.nth(1).locator('ins').innerText() === mine, `and the own: ${await text(sides.nth(1))}`);
		must(await late.locator(field).inputValue() === mine, 'the own words are still in the field');
		must(await late.locator(same).inputValue() === untouched, 'and what neither changed is as it was');
		await t.look(late);
		// Keep what stands there: nothing is written.
		await press(late, late.locator('main p > a.ds-button'));
		await desk.goto(form);
		must(await desk.locator(field).inputValue() === theirs, 'kept: the other\'s words stand');
		// Save the own: only after having read both.
		const other = `${mine}, sa vi`;
		await phone.goto(form);
		await phone.locator(field).fill(`${theirs}!`);
		await desk.locator(field).fill(other);
		must(await press(phone, save(phone)) === 200, 'somebody was first again');
		must(await press(desk, save(desk)) === 409, 'and asked again');
		must(await press(desk, save(desk)) === 200, 'the own is saved when both were read');
		await phone.goto(form);
		must(await phone.locator(field).inputValue() === other, 'and stands there, once');
	}, LAST);
