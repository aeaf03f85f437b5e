/** A transcript being written: a few hundred kilobytes are held back, never the file. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { TranscriptRecord } from './conversation.ts';

const heldBack = 512 * 1024;

export class TranscriptFile {
	readonly path: string;
	/** Bytes so far, held back ones included. */
	bytes = 0;
	records = 0;
	private readonly descriptor: number;
	private parts: string[] = [];
	private partsLength = 0;

	constructor(file: string) {
		mkdirSync(path.dirname(file), { recursive: true });
		this.path = file;
		this.descriptor = openSync(file, 'w', 0o600);
	}

	write(record: TranscriptRecord, end = '\n'): void {
		this.text(JSON.stringify(record) + end);
		this.records++;
	}

	/** Text as it is: damaged and unfinished lines. */
	text(line: string): void {
		this.parts.push(line);
		this.partsLength += line.length;
		this.bytes += Buffer.byteLength(line);
		if (this.partsLength > heldBack) this.flush();
	}

	close(): void {
		this.flush();
		closeSync(this.descriptor);
	}

	private flush(): void {
		const buffer = Buffer.from(this.parts.join(''));
		for (let done = 0; done < buffer.length;) done += writeSync(this.descriptor, buffer, done);
		this.parts = [];
		this.partsLength = 0;
	}
}
