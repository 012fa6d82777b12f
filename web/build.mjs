// Builds build/web/tillsammans.css: the parts of Designsystemet that the pages use, then our own
// rules. Usage: node build.mjs OUTDIR. Third-party CSS is fetched by npm and never committed.
import { createRequire } from 'node:module';
import { readdirSync, mkdirSync, readFileSync, writeFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import postcss from 'postcss';
import parser from 'postcss-selector-parser';
import { transform } from 'lightningcss';
import { contrast_faults } from './contrast.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const need = createRequire(import.meta.url);
const out = process.argv[2] ?? join(here, '../build/web');
const LIMIT = 14 * 1024;

// What the pages use (docs/design-system.md). A component that is not named here is not sent.
const COMPONENTS = ['base', 'link', 'list', 'label', 'heading', 'button', 'card', 'details', 'alert',
	'tag', 'input', 'field', 'fieldset', 'validation-message', 'error-summary', 'table',
	'skip-link'];
const SCRIPTS = ['leave', 'forms', 'table'];
const OWN = ['tokens', 'base', 'frame', 'parts', 'forms', 'tables', 'print'];

// Variants no page uses. A selector that asks for one of them can never match.
const DEAD_ATTRIBUTES = ['data-size', 'data-color-scheme', 'data-typography', 'data-clickdelegatefor',
	'data-icon', 'data-fullwidth', 'data-weight', 'data-floating', 'data-overscroll', 'data-zebra',
	'data-hover', 'data-sticky-header', 'data-tinted-column-header', 'data-tinted-row-header',
	'data-position', 'data-border', 'aria-busy', 'aria-disabled', 'aria-readonly', 'readonly',
	'aria-sort', 'data-state', 'data-label'];
const DEAD_VALUES = { 'role': ['switch'], 'data-field': ['counter'], 'data-color': ['brand1', 'brand2'] };
const DEAD_CLASSES = ['ds-icon', 'ds-readonly-icon', 'ds-print-preserve', 'ds-floating', 'ds-focus',
	'ds-focus--inset', 'ds-focus--middle', 'ds-focus--visible', 'ds-focus--visible--inset',
	'ds-focus--visible--middle', 'ds-checkbox--checked', 'ds-list--unstyled', 'ds-skiplink',
	'ds-card__block', 'ds-field-affixes', 'ds-field-affix', ':click-delegate-hover'];
const DEAD_TAGS = ['img', 'svg', 'audio', 'figure', 'iframe', 'picture', 'video', 'u-summary'];
const DEAD_PSEUDOS = [':disabled', ':indeterminate', '::part', ':-moz-read-only', ':read-only',
	'::-moz-placeholder', '::placeholder', ':open'];
const DEAD_LAYERS = /color-scheme|typography\.secondary|size-mode/;

/* May this selector match anything on our pages? Also takes away :not() of what never is. */
function live(selector) {
	for (const node of [...selector.nodes]) {
		if (node.type === 'attribute') {
			if (DEAD_ATTRIBUTES.includes(node.attribute)
				|| DEAD_VALUES[node.attribute]?.includes(node.value))
				return false;
		} else if (node.type === 'class' && DEAD_CLASSES.includes(node.value)) {
			return false;
		} else if (node.type === 'tag' && DEAD_TAGS.includes(node.value)) {
			return false;
		} else if (node.type === 'pseudo') {
			if (DEAD_PSEUDOS.includes(node.value))
				return false;
			if (!node.nodes.length)
				continue;
			for (const inner of [...node.nodes])
				if (!live(inner))
					inner.remove();
			if (node.nodes.length)
				continue;
			if (node.value !== ':not')
				return false;
			node.remove();
		}
	}
	return selector.nodes.length > 0;
}

const prune = parser((root) => {
	for (const selector of [...root.nodes])
		if (!live(selector))
			selector.remove();
});

/* Third-party rules: only what can match, no picture inside the CSS (the CSP allows none). */
function trim(css) {
	const root = postcss.parse(css);
	root.walkAtRules((at) => {
		if ((at.name === 'layer' && DEAD_LAYERS.test(at.params))
			|| (at.name === 'supports' && /round\(|-webkit-hyphens/.test(at.params)))
			at.remove();
		if (at.name === 'media' && /prefers-color-scheme/.test(at.params))
			at.remove();
	});
	root.walkRules((rule) => {
		if (rule.parent.name?.endsWith('keyframes'))
			return;
		const kept = prune.processSync(rule.selector);
		if (kept)
			rule.selector = kept;
		else
			rule.remove();
	});
	root.walkDecls((decl) => {
		if (decl.value.includes('data:') || /^-(moz|ms)-/.test(decl.prop)
			|| decl.prop === '-webkit-mask' || decl.value.startsWith('round('))
			decl.remove();
	});
	return root;
}

/* Takes away custom properties nobody reads, again and again, and rules left empty. */
function shake(root) {
	for (let found = true; found;) {
		const used = new Set();
		root.walkDecls((d) => {
			for (const m of d.value.matchAll(/var\(\s*(--[\w-]+)/g))
				if (m[1] !== d.prop)
					used.add(m[1]);
		});
		found = false;
		root.walkDecls(/^--/, (d) => {
			if (!used.has(d.prop)) {
				d.remove();
				found = true;
			}
		});
	}
	let empty = true;
	while (empty) {
		empty = false;
		root.walk((node) => {
			if ((node.type === 'rule' || (node.type === 'atrule' && node.nodes))
				&& !node.nodes.length) {
				node.remove();
				empty = true;
			}
		});
	}
	root.walkComments((c) => c.remove());
	return root;
}

function layer(name, part) {
	const at = postcss.atRule({ name: 'layer', params: name });
	at.append(part.nodes);
	return at;
}

const read = (path) => readFileSync(path, 'utf8');
const ds = dirname(need.resolve('@digdir/designsystemet-css'));
const sheet = postcss.parse('@layer ds.theme, ds.base, ds.own, ds.components;');
sheet.append(trim(read(need.resolve('@digdir/designsystemet-theme'))).nodes);
for (const name of COMPONENTS) {
	sheet.append(layer(name === 'base' ? 'ds.base' : 'ds.components',
		trim(read(join(ds, `${name}.css`)))));
}
for (const name of OWN) {
	const part = postcss.parse(read(join(here, 'css', `${name}.css`)), { from: name });
	/* Bare elements stand below the library's parts (a link that is a button), the rest above. */
	sheet.append(name === 'base' ? layer('ds.own', part) : part.nodes);
}

const { code } = transform({
	filename: 'tillsammans.css',
	code: Buffer.from(shake(sheet).toString()),
	minify: true,
	// Phones from 2021 on: older ones get our own rules without the library's layers.
	targets: { safari: 15 << 16 | 4 << 8, ios_saf: 15 << 16 | 4 << 8, chrome: 99 << 16, firefox: 97 << 16 },
});

const faults = contrast_faults(read(join(here, 'css/tokens.css')));
const packed = gzipSync(code, { level: 9 }).length;
if (packed > LIMIT)
	faults.push(`tillsammans.css is ${packed} bytes packed, the limit is ${LIMIT}`);
if (code.includes('url('))
	faults.push('tillsammans.css fetches something: the CSP allows it nothing');
if (faults.length) {
	console.error(faults.join('\n'));
	process.exit(1);
}

/* Whole or not at all: set-up looks for the style sheet to know whether it is built. */
function put(name, bytes) {
	writeFileSync(join(out, `${name}.new`), bytes);
	renameSync(join(out, `${name}.new`), join(out, name));
}
mkdirSync(out, { recursive: true });
const scripts = SCRIPTS.map((name) => read(join(here, 'js', `${name}.js`))).join('');
put('tillsammans.js', scripts);
put('tillsammans.css', code);
for (const name of readdirSync(join(here, 'img')))
	put(name, read(join(here, 'img', name)));
console.log(`tillsammans.css ${code.length} bytes, ${packed} packed; `
	+ `tillsammans.js ${gzipSync(scripts).length} packed`);
