/** The media type by the first bytes; null for what is none of the four kinds that are shown. */
export function imageType(bytes: Uint8Array): string | null {
	const begins = (...expected: readonly number[]) => expected.every((byte, at) => bytes[at] === byte);
	if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (begins(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
	const isWebP = begins(0x52, 0x49, 0x46, 0x46) && [0x57, 0x45, 0x42, 0x50].every((byte, at) => bytes[at + 8] === byte);
	return isWebP ? 'image/webp' : null;
}
