// Helps with forms; nothing here is needed. Nothing is kept on the device: it may be shared.
(() => {
	'use strict';
	const changed = new Set();
	let leaving = false;

	document.querySelector('.ds-error-summary')?.focus();

	// A form that came back from the server with an error holds words that are not saved.
	for (const form of document.querySelectorAll('form[data-guard]')) {
		if (document.querySelector('.ds-error-summary'))
			changed.add(form);
		form.addEventListener('input', () => changed.add(form));
		form.addEventListener('reset', () => changed.delete(form));
	}
	document.addEventListener('t-leave', () => { leaving = true; });
	addEventListener('beforeunload', (e) => {
		if (changed.size && !leaving)
			e.preventDefault();
	});

	// Twice on Save is once. The server holds to it as well.
	let sent = -Infinity;
	document.addEventListener('submit', (e) => {
		if (e.defaultPrevented || e.target.method !== 'post')
			return;
		if (e.timeStamp - sent < 2000) {
			e.preventDefault();
			return;
		}
		sent = e.timeStamp;
		leaving = true;
	});
	addEventListener('pageshow', () => { leaving = false; });

	for (const button of document.querySelectorAll('button[data-copy]')) {
		button.hidden = !navigator.clipboard;
		button.addEventListener('click', async () => {
			const says = document.getElementById(button.dataset.says);
			await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
			if (says)
				says.hidden = false;
		});
	}
	for (const button of document.querySelectorAll('button[data-print]')) {
		button.hidden = false;
		button.addEventListener('click', () => print());
	}
})();
