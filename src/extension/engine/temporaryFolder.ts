/** A folder of ours where there is no other to keep files in. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class TemporaryFolder {
	#path: string | null = null;

	/** Made when it is first asked for, for this user only: the temporary directory is everybody's, and a name that can be guessed may be there already. */
	get path(): string {
		return (this.#path ??= mkdtempSync(join(tmpdir(), 'session-insights-')));
	}

	/** With all that is in it. */
	async remove(): Promise<void> {
		const path = this.#path;
		this.#path = null;
		if (path !== null) await rm(path, { recursive: true, force: true });
	}
}
