// A yes on paper: the manager says that the paper has been seen, by keyboard and without a script.
import { must, person, test } from './house.mjs';
import { walk } from './keys.mjs';

walk('paper_yes_is_seen_by_the_manager', 'manager', async ({ t, page, keys }) => {
	await page.goto('/tasks');
	await keys.press(page.locator('main a[href^="/papers/"]').first());
	await t.look_everywhere(page, 'paper');
	await page.setViewportSize({ width: 1280, height: 900 });
	must(!/\?/.test(page.url()), 'the address says nothing but which one');
	await keys.press(page.locator('button[name="do"][value="no"]'));
	must(await page.locator('.ds-error-summary').count() === 1, 'a no wants its reason');
	await t.look(page);
});

test('paper_yes_page_of_a_question_without_a_script', async (t) => {
	const page = await t.enter(person('lead'), { script: false });
	await page.goto(`/children/${person('lead').child}/sharing`);
	await page.locator('main a[href^="/waivers/"]').first().click();
	must(await page.locator('#paper').count() === 1, 'the asker reads that a paper waits');
	await t.look(page);
});
