// Walks every link a role can reach, without a browser: GET only, at most PAGES_MOST pages a role, each remembered once.
import { base, keep_html, must, people, personal, routes } from './house.mjs';

const PAGES_MOST = 200, PER_ROUTE = 14;
/* No link leads there, on purpose: the front door itself, and where one stands after leaving. */
const doors = ['/', '/left'];
const SESSION = '__Host-tillsammans';

const shapes = routes.filter((r) => r.method === 'GET').map((r) => ({
	path: r.path,
	fits: new RegExp(`^${r.path.replace(/[.]/g, '\\.').replace(/\{[a-z_]+\}/g, '[^/]+')}$`),
	fixed: r.path.replace(/\{[a-z_]+\}/g, '').length,
})).sort((a, b) => b.fixed - a.fixed);

/* The route an address belongs to: "/children/{child}". */
export function route_of(path) {
	return shapes.find((s) => s.fits.test(path))?.path ?? null;
}

/* Which of the frames and doors a role meets; a page is looked at once for each. */
export function kind_of(role) {
	if (['guardian', 'other_guardian', 'guardian_protected', 'carer'].includes(role))
		return 'family';
	return ['youth', 'manager', 'administrator', 'public'].includes(role) ? role : 'staff';
}

/* Signs in over the wire as docs/surface.md says; gives the cookie's value. */
export async function sign_in(who) {
	const door = await (await fetch(`${base}/demo`)).text();
	const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(door)[1], person: who.person });
	const answer = await fetch(`${base}/demo/enter`, { method: 'POST', body, redirect: 'manual' });
	const set = answer.headers.get('set-cookie') ?? '';
	must(answer.status === 303 && set.startsWith(`${SESSION}=`), `${who.role} could not sign in: ${answer.status}`);
	return { session: set.slice(SESSION.length + 1).split(';')[0], start: answer.headers.get('location') };
}

export function cookies_of(session, lang) {
	const one = (name, value) => ({ name, value, domain: new URL(base).hostname, path: '/', secure: true, sameSite: 'Lax' });
	return [one('__Host-sprak', lang), ...(session ? [one(SESSION, session)] : [])];
}

async function walk(role) {
	const who = people.find((p) => p.role === role);
	const { session, start } = who ? await sign_in(who) : { session: null, start: '/help' };
	const cookie = `__Host-sprak=sv${session ? `; ${SESSION}=${session}` : ''}`;
	const found = [], wrong = [], children = new Set(), visited = new Set(), count = new Map();
	const waiting = [start, ...who ? [] : doors].map((url) => ({ url, from: 'the start' }));
	const seen = new Set(waiting.map((w) => w.url));
	while (waiting.length && found.length < PAGES_MOST) {
		const { url, from } = waiting.shift();
		const path = url.split(/[?#]/)[0];
		const route = route_of(path);
		if (!route) {
			wrong.push(`${from} links to ${url}, which is no route`);
			continue;
		}
		const n = (count.get(route) ?? 0) + 1;
		count.set(route, n);
		if (n > PER_ROUTE)
			continue;
		const answer = await fetch(base + url, { headers: { cookie }, redirect: 'manual' });
		const html = await answer.text();
		const links = [];
		if (answer.status < 400)
			visited.add(route);
		if (answer.status === 303 || answer.status === 302) {
			links.push(answer.headers.get('location'));
		} else if (answer.status !== 200) {
			wrong.push(`${from} links to ${url}, which answers ${answer.status}`);
			continue;
		} else if (/^text\/html/.test(answer.headers.get('content-type'))) {
			const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
			found.push({ url, route, title, from });
			if (n <= 2)
				keep_html(`${url} (${role})`, html);
			const text = html.replace(/<(script|style|pre|textarea)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '\n');
			for (const [, name] of [...html.matchAll(/class="t-cell-link" href="\/children\/\d+">([^<]+)</g), ...html.matchAll(/id="c-\d+">([^<,]+), \d/g)])
				for (const word of name.split(' ').filter((w) => w.length > 2))
					children.add(word);
			for (const key of text.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? [])
				wrong.push(`${url} shows the key ${key} instead of words`);
			for (const hole of text.match(/\{\d\}|\(null\)|\b(?:null|NaN|undefined)\b/g) ?? [])
				wrong.push(`${url} shows "${hole}"`);
			if (/<[^>]+\s(?:style|on[a-z]+)=/.test(html))
				wrong.push(`${url} has inline style or script`);
			if (personal(title))
				wrong.push(`something personal in the title of ${url}: ${title}`);
			for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g))
				links.push(href.replaceAll('&amp;', '&'));
		}
		for (const link of links) {
			if (/^(?:tel|mailto|sms):/.test(link) || link.startsWith('#') || /^https:\/\//.test(link))
				continue;
			const to = new URL(link, base + url);
			if (to.origin !== base || to.pathname.startsWith('/static/'))
				continue;
			const next = to.pathname + to.search;
			if (personal(decodeURIComponent(next)))
				wrong.push(`something personal in the address ${next}`);
			if (next.startsWith('/demo') && role !== 'public' || seen.has(next))
				continue;
			seen.add(next);
			waiting.push({ url: next, from: url });
		}
	}
	return { role, session, start, found, wrong, children, visited };
}

const walks = new Map();

/* What a role can reach. Walked once a run, whoever asks. */
export function crawl(role) {
	if (!walks.has(role))
		walks.set(role, walk(role));
	return walks.get(role);
}
