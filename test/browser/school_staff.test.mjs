// The teacher, the school counsellor and the school nurse: one row a child, what each drawer lets them see.
import { must } from './house.mjs';
import { walk } from './keys.mjs';

/* Status and date of the first row changed in place, one Save. */
async function save_a_row(page, keys, script) {
	const state = page.locator('main select[name^="state-"]').first();
	const id = (await state.getAttribute('name')).slice(6);
	await keys.choose(state, script ? 'waiting_you' : 'active');
	await keys.date(page.locator(`input[name="date-${id}"]`), script ? '2026-12-09' : '2026-12-10');
	await keys.press(page.locator('.t-save button'));
	await keys.said();
	must(await page.locator(`select[name="state-${id}"]`).inputValue() === (script ? 'waiting_you' : 'active'), 'the status was kept');
	must(await page.locator(`input[name="date-${id}"]`).inputValue() === (script ? '2026-12-09' : '2026-12-10'), 'the date was kept');
}

walk('teacher', 'teacher', async ({ t, page, keys, child, script }) => {
	await save_a_row(page, keys, script);
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	must(await page.locator('.t-why').count() > 0, 'each thing from another drawer says why it may be seen');
	must(!/\d{8}-\d{4}/.test(await page.locator('body').innerText()), 'the number is masked');
});

walk('school_counsellor', 'counsellor', async ({ t, page, keys, child, script }) => {
	await save_a_row(page, keys, script);
	await page.goto(`${child}/letters`);
	await t.look(page);
	if (script) {
		await keys.press(page.locator('form[action$="/open"] button'));
		await t.look(page);
	}
	await page.goto(child);
	await keys.press(page.locator('a[href*="/measures/new"]'));
	await t.look(page);
	must(await page.locator('.t-readers').count() === 1, 'Save shows its readers beforehand');
	await keys.choose(page.locator('#kind'), '');
	await keys.press(page.locator('main form button.ds-button:not([data-variant])'));
	must(await page.locator('.ds-error-summary').count() === 1, 'what is missing is said');
	await t.look(page);
	await keys.write(page.locator('#words'), script ? 'Jonas säger till innan de byter sal' : 'En lugn plats vid fönstret');
	await keys.choose(page.locator('#area'), await page.locator('#area option').nth(2).getAttribute('value'));
	await keys.press(page.locator('main form button.ds-button:not([data-variant])'));
	await t.look(page);
});

walk('school_nurse', 'school_nurse', async ({ t, page, keys, child }) => {
	await keys.press(page.locator(`a[href="${child}"]`));
	await t.look(page);
	await keys.press(page.locator('.t-back'));
	await keys.press(page.locator('nav a[href="/children/find"]'));
	await keys.write(page.locator('#number'), '123');
	await keys.press(page.locator('form:has(#number) button'));
	must(await page.locator('#number').inputValue() === '123', 'the words are kept when something is wrong');
	must(await page.locator('.ds-error-summary, .ds-validation-message').count() >= 1, 'what is wrong is said');
	await t.look(page);
});
