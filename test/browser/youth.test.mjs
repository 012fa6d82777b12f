// A youth of 15: what happens next, own words to a reader chosen before writing, quick leave (promise 11).
import { must } from './house.mjs';
import { walk } from './keys.mjs';

walk('youth', 'youth', async ({ t, page, keys, child, script }) => {
	await keys.press(page.locator('main a[href="/voice"]'));
	await t.look(page);
	await keys.press(page.locator(`main a[href^="${child}/voice?to="]`));
	await t.look(page);
	const words = script ? 'Det är för högt i matsalen.' : 'Jag vill träffas ute.';
	await keys.tick(page.locator('#mood-tired'));
	await keys.write(page.locator('#words'), words);
	await keys.press(page.locator('main form button'));
	await keys.said();
	must(!(await page.locator('body').innerText()).includes(words), 'what was sent is not readable again by login alone');
	await keys.page.goto('/home');
	await keys.press(page.locator(`a[href="${child}/plan"]`));
	await t.look(page);
	await keys.press(page.locator('form[action="/leave"] button'));
	must(!(await page.content()).includes('Tillsammans'), 'the page that leaves does not say where one was');
	const back = await page.request.get('/home', { maxRedirects: 0 });
	must(back.status() !== 200, `home is open after leaving: ${back.status()}`);
});
