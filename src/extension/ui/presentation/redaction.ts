/** What goes into the log is read aloud in bug reports: no home folder, no key. */

const secrets =
	/\b(?:sk-[A-Za-z0-9_-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|xox[abprs]-[A-Za-z0-9-]{8,}|AKIA[A-Z0-9]{12,})|(?<=\bBearer\s+)[\w.~+/-]{8,}/g;

/** `home` is the real path of the user's home folder; both kinds of separators are understood. */
export function redact(text: string, home: string): string {
	const withoutKeys = text.replace(secrets, '[redacted]');
	if (home.length < 2) return withoutKeys;
	return withoutKeys.replaceAll(home, '~').replaceAll(home.replaceAll('\\', '/'), '~');
}
