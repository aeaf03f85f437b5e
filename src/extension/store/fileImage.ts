/** What the bytes of a SQLite file say about themselves. Pure. */
import { crc32 } from 'node:zlib';

/** `application_id` of the header; SQLite leaves it to the application and never looks at it. */
const stampAt = 68;

const magic = 'SQLite format 3\0';

/**
 * Puts a checksum of the whole file into its own header, so that the next start knows in 0.3 ms a megabyte that the
 * file is what was saved, where `PRAGMA quick_check` takes 15 ms (measured with 25 and 80 MB). A file beside it could
 * not be replaced together with it.
 */
export function stamp(bytes: Uint8Array): void {
	view(bytes).setUint32(stampAt, checksum(bytes));
}

/**
 * `sound`: exactly as it was saved. `unknown`: whole by its size, but not stamped by us (another program wrote to it, or
 * something was damaged): it takes SQLite's own check. Otherwise what is wrong, for people.
 */
export function examine(bytes: Uint8Array): 'sound' | 'unknown' | { readonly problem: string } {
	if (bytes.length === 0) return { problem: 'it is empty' };
	if (bytes.length < 512 || Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('latin1') !== magic) {
		return { problem: 'it is not a SQLite file' };
	}
	const header = view(bytes);
	if (header.getUint32(stampAt) === checksum(bytes)) return 'sound';
	const pageSize = header.getUint16(16) === 1 ? 65536 : header.getUint16(16);
	const pages = header.getUint32(28);
	if (bytes.length < pageSize * pages) return { problem: 'its end is missing' };
	return 'unknown';
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function checksum(bytes: Uint8Array): number {
	return crc32(bytes.subarray(stampAt + 4), crc32(bytes.subarray(0, stampAt)));
}
