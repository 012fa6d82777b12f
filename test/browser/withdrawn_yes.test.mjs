// Must-show 5: Oskar (BUP) has the child's page open; Sara takes back her yes; from that second his pages are closed.
import { LAST, must, person, test } from './house.mjs';
import { Keys } from './keys.mjs';

test('promise_05_a_withdrawn_yes_closes_open_pages_at_once', async (t) => {
	const oskar = person('bup_nurse'), sara = person('guardian');
	const child = `/children/${sara.child}`;
	const his = await t.open(), hers = await t.open({ width: 390 });
	const keys = new Keys(hers);
	await new Keys(his).enter(oskar);
	await his.goto(child);
	const before = await his.locator('main').innerText();
	must(before.includes('Extra stöd i klassrummet'), "he sees what the school shared while the yes holds");
	const count = await his.locator('.t-why').count();
	must(count > 3, 'and why he may');

	await keys.enter(sara);
	await hers.goto(`${child}/sharing`);
	await keys.press(hers.locator('a[href$="/withdraw"]'));
	await t.look(hers);
	must(await hers.locator('#happens').count() === 1, 'she sees what follows before she withdraws');
	await keys.press(hers.locator('main form button'));
	await keys.said();

	// His next click of every kind: refresh, print, the list, search, a step of the school's.
	await his.reload();
	const after = await his.locator('main').innerText();
	must(!after.includes('Väntar på dig') && !/Schema med bilder på bänken/.test(after.split(/har fått|fick/i)[0]), 'what the school shares is closed');
	must(await his.locator('.t-next').count() === 0, 'the next step of another drawer is closed');
	must(/tagit tillbaka/.test(after), 'what was received stands, marked with the withdrawal');
	await t.look(his);
	await his.emulateMedia({ media: 'print' });
	must(!/Jonas Bergman/.test((await his.locator('main').innerText()).split('tagit tillbaka')[0]), 'paper shows no more than the screen');
	await his.emulateMedia({ media: 'screen' });
	await his.goto('/work');
	const row = his.locator(`tr:has(a[href="${child}"])`);
	must(await row.count() === 1 && !/träffar Ella/.test(await row.innerText()), 'the list shows no next step of another drawer');
	await his.goto('/children/find');
	await new Keys(his).write(his.locator('#name'), 'Ella');
	await new Keys(his).press(his.locator('form:has(#name) button'));
	must(!/träffar Ella/.test(await his.locator('main').innerText()), 'search shows nothing either');
	// The family sees in the book that he asked.
}, LAST);
