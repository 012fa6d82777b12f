// An administrator: units, staff, assignments; no child anywhere.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('administrator', 'administrator', async ({ t, page, keys }) => {
	must(new URL(page.url()).pathname === '/admin', 'an administrator starts at /admin');
	await t.look(page);
	await keys.press(page.locator('main a').first());
	await t.look(page);
	await page.goto('/work');
	must(await page.locator('.t-cell-link').count() === 0, 'an administrator has no children to work with');
});
