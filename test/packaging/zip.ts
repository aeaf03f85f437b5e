/** Reads a ZIP file's central directory, which is all a VSIX needs; no archive in it is larger than memory. */
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** Names and contents, in the archive's order. Throws when it is not a ZIP file. */
export async function readZip(path: string): Promise<ReadonlyMap<string, Buffer>> {
	const bytes = await readFile(path);
	const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	if (end < 0) throw new Error(`${path} is no ZIP file.`);
	const files = new Map<string, Buffer>();
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
		const [nameLength, extraLength, commentLength] = [
			bytes.readUInt16LE(at + 28),
			bytes.readUInt16LE(at + 30),
			bytes.readUInt16LE(at + 32),
		];
		const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
		// The local header repeats the name and has an extra field of its own length.
		const local = bytes.readUInt32LE(at + 42);
		const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
		const content = bytes.subarray(start, start + packed);
		if (!name.endsWith('/')) files.set(name, method === 0 ? content : inflateRawSync(content));
		at += 46 + nameLength + extraLength + commentLength;
	}
	return files;
}
