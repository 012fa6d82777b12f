// Holds css/tokens.css to WCAG 2.2: body text 7:1 (AAA), edges and shapes 3:1, light and dark.
export function contrast_faults(css) {
	const [light, dark] = css.split('@media screen and (prefers-color-scheme: dark)');
	const take = (text) => Object.fromEntries([...text.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/g)]
		.map((m) => [m[1], m[2]]));
	const lum = (hex) => {
		const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
			.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const faults = [];
	const day = take(light);
	for (const [mode, t] of [['light', day], ['dark', { ...day, ...take(dark) }]]) {
		t['--t-deep'] ??= t['--ds-color-accent-base-default'];
		const need = (a, b, least) => {
			const [x, y] = [lum(t[a]), lum(t[b])].sort((p, q) => q - p);
			const is = (x + 0.05) / (y + 0.05);
			if (!(is >= least))
				faults.push(`${mode}: ${a} on ${b} is ${is.toFixed(2)}, needs ${least}`);
		};
		const c = (hue, step) => `--ds-color-${hue}-${step}`;
		const N = (step) => c('neutral', step);
		for (const hue of ['accent', 'neutral', 'info', 'success', 'warning', 'danger']) {
			for (const on of [c(hue, 'surface-tinted'), c(hue, 'surface-hover'), N('background-default'), N('surface-default')])
				for (const text of ['text-default', 'text-subtle'])
					need(c(hue, text), on, on.endsWith('hover') ? 4.5 : 7);
			for (const on of [c(hue, 'surface-tinted'), N('background-default'), N('surface-default')])
				need(c(hue, 'border-default'), on, 3);
			need(c(hue, 'base-contrast-default'), c(hue, 'base-default'), 7);
			need(c(hue, 'base-contrast-default'), c(hue, 'base-hover'), 7);
		}
		need(N('text-subtle'), '--ds-color-warning-surface-tinted', 7);
		need('--t-deep-ink', '--t-deep', 7);
		need('--t-warm', '--t-deep', 4.5);
		need('--ds-color-focus-outer', N('background-default'), 3);
		need('--ds-color-focus-outer', N('surface-default'), 3);
	}
	return faults;
}
