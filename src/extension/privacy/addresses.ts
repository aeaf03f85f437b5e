/** To which addresses a key, and what sessions say, may go: over https, or to this machine (NFR-2). */

/** A server on this machine sends nothing away and costs nothing. */
export function isLocal(url: string): boolean {
	const hostname = URL.parse(url)?.hostname ?? '';
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** A text for people; null when the address may be sent to. */
export function refuseAddress(url: string): string | null {
	const { protocol, host } = URL.parse(url) ?? { protocol: '', host: '' };
	if (host === '' || (protocol !== 'https:' && protocol !== 'http:')) return 'The address of the provider is no web address.';
	if (protocol === 'https:' || isLocal(url)) return null;
	return `Over http://, anybody on the way to ${host} could read the key and what is asked. Use an address that begins with https://.`;
}
