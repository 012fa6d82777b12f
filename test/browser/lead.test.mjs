// A lead hands over: asks one who may read the plan; the carrier stays until it is accepted (promise 2).
import { must, person } from './house.mjs';
import { Keys, walk } from './keys.mjs';

walk('lead_handing_over', 'lead', async ({ t, page, keys, child, who, script }) => {
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	await keys.press(page.locator(`a[href="/plans/${who.plan}/handover"]`));
	await t.look(page);
	if (script) {
		await keys.choose(page.locator('#to'), person('social_worker').assignment);
		await keys.write(page.locator('#words'), 'Familjen vill bli ringd efter fyra.');
		await keys.press(page.locator('main form button'));
		await keys.said();
		await t.look(page);
		await page.goto(child);
		must((await page.locator('.t-contact').innerText()).includes(who.name), 'the giver carries until it is accepted');
		return;
	}
	const receiver = await t.open({ script });
	const hers = new Keys(receiver);
	await hers.enter(person('social_worker'));
	await hers.press(receiver.locator('a[href="/handovers"]'));
	await t.look(receiver);
	await hers.press(receiver.locator('form[action$="/accept"] button').last());
	await hers.said();
	must((await receiver.locator('.t-contact').innerText()).includes(person('social_worker').name), 'who accepted carries');
});
