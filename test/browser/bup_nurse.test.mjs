// A child psychiatry nurse: answers "in queue, back by then" in the table, reads what is shared, disclosing is tried first.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('bup_nurse', 'bup_nurse', async ({ t, page, keys, child }) => {
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	await keys.press(page.locator('a[href$="/disclose"]'));
	await keys.choose(page.locator('#what'), await page.locator('#what option').nth(1).getAttribute('value'));
	await keys.choose(page.locator('#to'), await page.locator('#to option').nth(2).getAttribute('value'));
	await keys.write(page.locator('#need'), 'Skolan behöver veta när samtalet är, så att Ella kan gå ifrån.');
	await keys.press(page.locator('main form button[value="check"]'));
	must(await page.locator('main .ds-alert').count() >= 1, 'the rule answers with words');
	await t.look(page);
});
