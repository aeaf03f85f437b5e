/** How the index stands, and what a person should know about the data. */

/** Something a person should know about the data; `action` is a command the page may ask for by name. */
export interface Notice {
	readonly kind: 'info' | 'warning' | 'error';
	readonly text: string;
	readonly action: NoticeAction | null;
}

export type NoticeAction = 'classify' | 'showJobs' | 'showLog' | 'refresh' | 'rebuildIndex' | 'openSettings' | 'reloadWindow';

export interface IndexStatus {
	readonly state: 'starting' | 'indexing' | 'ready' | 'error';
	readonly filesDone: number;
	readonly filesTotal: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
	/** Sessions known over all projects, without stubs and gone ones. */
	readonly sessions: number;
	readonly lastIndexedAt: string | null;
	readonly notices: readonly Notice[];
}
