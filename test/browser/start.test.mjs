// Every role's start page, as each reader may meet it: two languages, light and dark, phone and desk.
import { must, people, test } from './house.mjs';

for (const who of people) {
	const name = who.role.replace(/[^a-z0-9]+/gi, '_').toLowerCase();
	test(`start_page_of_${name}_is_open_to_everyone`, async (t) => {
		for (const lang of ['sv', 'en'])
			for (const width of [390, 1280])
				for (const dark of [false, true]) {
					const page = await t.enter(who, { lang, width, dark });
					must(await page.locator('h1').count() === 1, `${page.url()} has one heading of the first order`);
					await t.look(page);
					if (!dark)
						await t.shot(page, `start_${name}_${lang}_${width}`);
				}
	});
	test(`start_page_of_${name}_needs_no_script`, async (t) => {
		const page = await t.enter(who, { script: false });
		must(await page.locator('h1').count() === 1, `${page.url()} has no heading without script`);
	});
}
