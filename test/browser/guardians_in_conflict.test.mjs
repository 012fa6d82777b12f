// Two guardians in conflict: both read the same plan; what one writes is never shown to the other (promise 20).
import { must, person, test } from './house.mjs';
import { Keys, walk } from './keys.mjs';

walk('guardian_in_conflict', 'other_guardian', async ({ t, page, keys, child, script }) => {
	await keys.press(page.locator(`a[href="${child}/plan"]`));
	await keys.press(page.locator(`a[href*="/disagree?about="]`));
	await t.look(page);
	await keys.tick(page.locator(script ? '#kind-wrong' : '#kind-disagree'));
	await keys.write(page.locator('#words'), 'Hemligt för den andra: så var det inte.');
	await keys.press(page.locator('main form button'));
	await keys.said();
	await t.look(page);
});

test('promise_20_what_one_guardian_writes_is_not_seen_by_the_other', async (t) => {
	const erik = await t.open(), sara = await t.open();
	const keys = new Keys(erik);
	const one = person('other_guardian'), other = person('guardian');
	const child = `/children/${one.child}`;
	await keys.enter(one);
	await erik.goto(`${child}/write`);
	await keys.press(erik.locator(`main a[href^="${child}/write?to="]`));
	await keys.write(erik.locator('#words'), 'Bara för kuratorn: vi bråkar om helgerna.');
	await keys.press(erik.locator('main form button'));
	await keys.said();
	await new Keys(sara).enter(other);
	for (const path of ['/home', `${child}/plan`, `${child}/timeline`, `${child}/letters`, `${child}/sharing`, `${child}/hand-on`]) {
		const answer = await sara.goto(path);
		must(answer.status() === 200, `${path} answers ${answer.status()}`);
		const text = await sara.locator('body').innerText();
		must(!/bråkar om helgerna|Hemligt för den andra/.test(text), `${path} shows what the other guardian wrote`);
	}
});
