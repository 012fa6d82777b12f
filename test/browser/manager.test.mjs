// A unit's manager: who is away, who covers, what has been silent; counts and names of staff, never content.
import { must, person } from './house.mjs';
import { walk } from './keys.mjs';

walk('manager', 'manager', async ({ t, page, keys }) => {
	must(new URL(page.url()).pathname === '/unit', 'a manager starts at the unit');
	await t.look(page);
	await keys.press(page.locator('main a[href^="/unit/"]'));
	await t.look(page);
	const answer = await page.goto(`/children/${person('guardian').child}`);
	must(answer.status() === 404, `a manager gets ${answer.status()} for a child's page`);
});
