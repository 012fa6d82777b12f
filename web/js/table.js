// Tables with edit in place: marks the rows that are changed and says how many, beside Save.
(() => {
	'use strict';
	for (const form of document.querySelectorAll('form[data-rows]')) {
		const says = form.querySelector('[data-changed-count]');
		const asLoaded = (f) => (f.type === 'checkbox' || f.type === 'radio' ? f.checked === f.defaultChecked
			: f.options ? [...f.options].every((o) => o.selected === o.defaultSelected)
				|| ![...f.options].some((o) => o.defaultSelected) && f.selectedIndex === 0
				: f.value === f.defaultValue);
		const count = () => {
			let n = 0;
			for (const row of form.querySelectorAll('tbody > tr')) {
				const same = [...row.querySelectorAll('input, select, textarea')].every(asLoaded);
				row.toggleAttribute('data-changed', !same);
				n += !same;
			}
			if (says) {
				const words = n === 0 ? says.dataset.none : n === 1 ? says.dataset.one : says.dataset.many;
				says.textContent = words.replace('{1}', n);
			}
		};
		form.addEventListener('input', count);
		form.addEventListener('reset', () => setTimeout(count));
		count();
	}
})();
