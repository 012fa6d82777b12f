// A unit's manager: who is away, who covers, what has been silent; counts and names of staff, never content.
import { must, person } from './house.mjs';
import { walk } from './keys.mjs';

walk('manager', 'manager', async ({ t, page, keys }) => {
	must(new URL(page.url()).pathname === '/unit', 'a manager starts at the unit');
	await t.look(page);
	const answer = await page.request.get(`/children/${person('guardian').child}`, { maxRedirects: 0 });
	must(answer.status() === 404, `a manager gets ${answer.status()} for a child's page`);
	await keys.to(page.locator('main a, main button, main select, main input').first());
});
