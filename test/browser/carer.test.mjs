// A placed child's carer: the child's plan, the own step done in one tap; decides nothing about sharing (FB 6:11).
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('carer', 'carer', async ({ t, page, keys, child, script }) => {
	if (script) {
		await keys.press(page.locator('form[action$="/done"] button'));
		await keys.said();
		must(await page.locator('.t-next').count() === 1, 'there is always a next step');
	}
	await keys.press(page.locator(`a[href="${child}/plan"]`));
	await t.look(page);
	await t.large_text(page);
	must(await page.locator('a[href$="/sharing"]').count() === 0, 'a carer is offered no yes to give');
	await page.goto(`${child}/sharing`);
	must(await page.locator('button[value="yes"], a[href$="/withdraw"]').count() === 0, 'a carer answers no question about sharing');
	await page.goto(`${child}/write`);
	await keys.press(page.locator(`main a[href^="${child}/write?to="]`));
	await keys.write(page.locator('#words'), 'Nils sover bättre nu.');
	await keys.press(page.locator('main form button'));
	await keys.said();
});
