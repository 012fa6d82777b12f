// "Lämna sidan" and Esc twice: hide at once, end the session, go to a harmless page. Without this
// script the same form posts to /leave and the answer sends the reader on.
(() => {
	'use strict';
	// A link where an error left nobody known: it has no session to end.
	const door = document.querySelector('[data-leave]');
	if (!door)
		return;
	const leave = () => {
		document.dispatchEvent(new Event('t-leave'));
		document.documentElement.hidden = true;
		document.title = '';
		// keepalive: the session ends though the page is gone before the answer comes
		if (door.action)
			fetch(door.action, { method: 'POST', body: new URLSearchParams(new FormData(door)), keepalive: true, redirect: 'manual' })
				.catch(() => {});
		location.replace(door.dataset.leave);
	};
	door.addEventListener(door.action ? 'submit' : 'click', (e) => {
		e.preventDefault();
		leave();
	});
	let last = 0;
	document.addEventListener('keydown', (e) => {
		if (e.key !== 'Escape' || e.repeat)
			return;
		if (e.timeStamp - last < 1000)
			leave();
		last = e.timeStamp;
	});
	// The back button must not bring the page up again from memory.
	addEventListener('pageshow', (e) => {
		if (e.persisted)
			location.reload();
	});
})();
