// A youth of 15: what happens next, own words to a reader chosen before writing, quick leave (promise 11).
import { base, must } from './house.mjs';
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
	// How and when one meets: its own way, one tap when the time does not suit, a calendar file.
	await keys.press(page.locator('main a[href$="/meet"]').first());
	await t.look(page);
	await keys.tick(page.locator('#how-walk'));
	await keys.press(page.locator('main form[action$="/how"] button'));
	await keys.said();
	must(await page.locator('#how-walk').isChecked(), 'the way to meet is kept');
	const kind = await page.locator('main a[href$="/calendar.ics"]').evaluate(async (a) => (await fetch(a.href)).headers.get('content-type'));
	must(kind.startsWith('text/calendar'), `the calendar is a calendar file: ${kind}`);
	await keys.press(page.locator('main form[action$="/other-time"] button'));
	await keys.said();
	await t.look(page);
	await keys.page.goto('/home');
	await keys.press(page.locator(`a[href="${child}/plan"]`));
	await t.look(page);
	// The way out leads to another host, which the test does not visit.
	page.may_leave = true;
	await page.route((url) => url.hostname !== new URL(base).hostname, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="sv"><title>Väder</title><h1>Väder' }));
	await keys.to(page.locator('form[action="/leave"] button'));
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => url.hostname !== '127.0.0.1');
	const left = await (await fetch(`${base}/left`)).text();
	must(left.length > 50 && !left.includes('Tillsammans'), 'the page that leaves does not say where one was');
	await page.goto('/home');
	must(new URL(page.url()).pathname !== '/home', 'home is closed after leaving');
});
