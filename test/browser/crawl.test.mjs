// Every link every role can reach leads to a page; every kind of page is open to everyone (axe, widths, colours, languages).
import { CRAWL, PAGES, base, must, people, routes, test } from './house.mjs';
import { cookies_of, crawl, kind_of } from './crawl.mjs';

const roles = ['public', ...people.map((p) => p.role)];
const all = () => Promise.all(roles.map(crawl));

for (const role of roles)
	test(`every_link_of_${role}_leads_to_a_page`, async () => {
		const { found, wrong } = await crawl(role);
		must(wrong.length === 0, [...new Set(wrong)].slice(0, 20).join('\n'));
		must(found.length >= 3, `${role} reaches only ${found.length} pages`);
	}, CRAWL);

test('titles_say_the_page_and_never_the_child', async () => {
	const names = new Set((await all()).flatMap((w) => [...w.children]));
	must(names.size > 20, `the walks met only ${names.size} names`);
	const shown = new Set(), named = new Set();
	for (const { found } of await all())
		for (const page of found) {
			if (page.route === '/left') // without our name, on purpose
				continue;
			must(page.title.endsWith(' - Tillsammans') && page.title.length > 14, `${page.url}: the title is "${page.title}"`);
			for (const word of page.title.split(/[^\p{L}]+/u))
				if (names.has(word))
					named.add(`${page.route}: "${page.title}"`);
			shown.add(page.title);
		}
	must(named.size === 0, `titles that name a child: ${[...named].join(', ')}`);
	must(shown.size > 8, `only ${shown.size} titles`);
}, CRAWL);

/* Every page that the program has, by `tillsammans routes --json`, is met by somebody's walk: one that is not is seen by no
 * rule of this ring. There is no list of exceptions; files are no pages. */
const paths = [...new Set(routes.filter((r) => r.method === 'GET' && !r.path.startsWith('/static')).map((r) => r.path))];

test('every_page_is_visited_by_the_crawl', async () => {
	const visited = new Set((await all()).flatMap((w) => [...w.visited]));
	const never = paths.filter((p) => !visited.has(p));
	must(paths.length > 50, `the program names only ${paths.length} pages`);
	must(never.length === 0, `never visited: ${never.join(', ')}`);
}, CRAWL);

for (const path of paths)
	test(`page${path.replace(/[^a-z0-9]+/gi, '_').replace(/_$/, '').toLowerCase()}_is_open_to_everyone`, async (t) => {
		const met = new Map();
		for (const { role, session, found } of await all()) {
			const page = found.find((p) => p.route === path);
			if (page && !met.has(kind_of(role)))
				met.set(kind_of(role), { session, url: page.url });
		}
		// A door that only leads on (303) is nothing to look at.
		must(met.size > 0 || (await all()).some((w) => w.visited.has(path)), `nobody finds ${path}`);
		// A youth's pages are the family's, but for the first; pages without anybody's name look the same to all.
		if (met.has('family') && path !== '/home')
			met.delete('youth');
		const kinds = met.has('public') ? ['public'] : [...met.keys()];
		for (const kind of kinds) {
			const langs = ['family', 'youth', 'public'].includes(kind) ? ['sv', 'en', 'sv-x-easy'] : ['sv', 'en'];
			const page = await t.open();
			if (path === '/left') { // leaves for another site at once: stay, to look
				page.may_leave = true;
				await page.route((u) => u.origin !== base, (r) => r.abort('aborted'));
			}
			for (const lang of langs) {
				await page.context().addCookies(cookies_of(met.get(kind).session, lang));
				const answer = await page.goto(met.get(kind).url);
				if (!/^text\/html/.test(answer.headers()['content-type']))
					break;
				must(answer.status() === 200, `${met.get(kind).url} answers ${answer.status()}`);
				const said = await page.locator('html').getAttribute('lang');
				must(said === lang, `${met.get(kind).url} is in ${said}, asked for ${lang}`);
				const shot = process.env.SHOTS && `${kind}${path.replace(/[^a-z0-9]+/gi, '_')}_${lang}`;
				await t.look_everywhere(page, shot);
			}
			await page.context().close();
		}
	}, PAGES);
