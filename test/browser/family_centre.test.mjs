// A family-centre worker: starts nothing that is not asked for; reads the plan of a small child she carries.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('family_centre_worker', 'family_centre', async ({ t, page, keys, child, script }) => {
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	if (!script)
		return;
	await keys.press(page.locator('.t-next form[action$="/done"] button'));
	await keys.said();
	must(await page.locator('.t-next').count() === 1, 'a done step leaves a next one (promise 1)');
	await t.look(page);
});
