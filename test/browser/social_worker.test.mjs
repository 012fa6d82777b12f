// A social worker: rows, registering a child, asking the family for a yes, telling beforehand who reads.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('social_worker', 'social_worker', async ({ t, page, keys, child, script }) => {
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	await keys.press(page.locator('main a[href$="/sharing"]'));
	await t.look(page);
	await keys.press(page.locator('a[href$="/waivers/new"]'));
	await keys.press(page.locator('main form button.ds-button:not([data-variant])'));
	must(await page.locator('.ds-error-summary a').count() >= 1, 'what is missing is said');
	await t.look(page);
	await keys.choose(page.locator('#to1'), await page.locator('#to1 option').nth(script ? 3 : 6).getAttribute('value'));
	await keys.write(page.locator('#purpose'), 'För att de ska kunna hjälpa Ella på samma sätt.');
	await keys.tick(page.locator('#view-unknown'));
	await keys.write(page.locator('#view_how'), 'Vi frågar på måndag');
	await keys.press(page.locator('main form button.ds-button:not([data-variant])'));
	await keys.said();
	await t.look(page);
	await keys.press(page.locator('nav a[href="/work"]'));
	await keys.press(page.locator('nav a[href="/children/find"]'));
	await keys.press(page.locator('a[href="/children/register"]'));
	await keys.write(page.locator('#given'), script ? 'Ester' : 'Alvar');
	await keys.write(page.locator('#family'), 'Provsson');
	await keys.tick(page.locator('#protection-none'));
	await keys.write(page.locator('#reason'), 'Familjen ringde och bad om hjälp.');
	await keys.press(page.locator('main form button.ds-button:not([data-variant])'));
	await t.look(page);
});
