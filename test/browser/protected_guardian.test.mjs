// A guardian with protected identity: nothing digital, no dead end, no trace of the child (promise 8).
import { must, person } from './house.mjs';
import { walk } from './keys.mjs';

walk('protected_guardian', 'guardian_protected', async ({ page, keys, child }) => {
	must(await page.locator('.t-next, .t-child, .t-contact').count() === 0, 'home shows nothing of the child');
	must(await page.locator('#paper').count() === 1, 'home says how the family gets the plan on paper');
	for (const path of ['/plan', '/timeline', '/letters', '/sharing', '/write', '/looks']) {
		const answer = await page.goto(`${child}${path}`);
		must(answer.status() === 403 || answer.status() === 404, `${path} answers ${answer.status()}`);
		must(!(await answer.text()).includes('Haddad'), `${path} names somebody`);
	}
	must(person('guardian_protected').plan === null, 'there is no digital plan');
	await keys.press(page.locator('a[href="/help"]'));
	must(await page.locator('a[href="tel:112"]').count() >= 1, 'help names 112');
});
