// A tired parent of two: one home, the nearest next step, the plan, a letter to one reader.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('parent_of_two', 'guardian', async ({ t, page, keys, child, script }) => {
	must(await page.locator('.t-child').count() === 2, 'both children stand on one page');
	const next = await page.locator('.t-next').innerText();
	must(/\d{1,2} [a-zåäö]+/.test(next), `the next step says no day: ${next}`);
	await keys.to(page.locator('.t-contact a[href^="tel:"]'));
	await keys.press(page.locator(`a[href="${child}/plan"]`));
	await t.look(page);
	await keys.press(page.locator('.t-back'));
	await keys.open(page.locator('.t-child:has(a[href="' + child + '/plan"]) details:has(.t-doors) summary'));
	await keys.press(page.locator(`a[href="${child}/write"]`));
	await keys.press(page.locator(`main a[href^="${child}/write?to="]`));
	await t.look(page);
	const words = script ? 'Hur gick det i dag? Ella sov gott.' : 'En fråga till, utan skript.';
	await keys.tick(page.locator('#kind-question'));
	await keys.write(page.locator('#words'), words);
	await keys.press(page.locator('main form button'));
	await keys.said();
	if (script) {
		await page.goto(`${child}/hand-on`);
		await keys.tick(page.locator('input[name="what"]'));
		await keys.press(page.locator('main form button'));
		await t.look_everywhere(page);
		await page.setViewportSize({ width: 1280, height: 900 });
	}
	await page.goto(`${child}/letters`);
	await t.look(page);
	must((await page.locator('main').innerText()).includes('Anna Lindqvist'), 'the letter stands among the letters sent');
	await keys.press(page.locator('.t-back'));
	must(new URL(page.url()).pathname === '/home', 'back leads home');
});
