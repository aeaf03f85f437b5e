/** A Claude config directory of a test's own, filled record by record. */
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Conversation, toJsonl, type TranscriptRecord, transcriptPath } from '../../support/historyGenerator/records.ts';

export class ClaudeHome {
	/** Real path; holds `claude` and whatever else a test wants beside it. */
	readonly root: string;
	readonly dir: string;

	constructor(name: string) {
		this.root = realpathSync(mkdtempSync(path.join(tmpdir(), `${name}-`)));
		this.dir = path.join(this.root, 'claude');
		mkdirSync(path.join(this.dir, 'projects'), { recursive: true });
	}

	/** A path below `projects`. */
	at(...names: string[]): string {
		return path.join(this.dir, 'projects', ...names);
	}

	/** A path beside the Claude directory. */
	beside(name: string): string {
		return path.join(this.root, name);
	}

	/** Writes a transcript where Claude Code would; gives its path. */
	transcript(talk: Conversation, records: readonly TranscriptRecord[]): string {
		return this.put(transcriptPath(this.dir, talk), toJsonl(records));
	}

	/** Writes a file anew, with its folders. */
	put(file: string, content: string | Uint8Array): string {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		return file;
	}

	append(file: string, ...records: readonly TranscriptRecord[]): void {
		appendFileSync(file, toJsonl(records));
	}

	remove(): void {
		rmSync(this.root, { recursive: true, force: true });
	}
}
