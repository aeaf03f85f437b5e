/** How the index stands, and what a person should know about the data. */

/** Something a person should know about the data; `action` is a command the page may ask for by name. */
export interface Notice {
	readonly kind: 'info' | 'warning' | 'error';
	/** In English, as the log has it; the extension puts it into the language of the viewer before a page sees it. */
	readonly text: string;
	/** What it says, for whoever has the sentence in another language; left out where only the text says it. */
	readonly says?: { readonly key: NoticeKey; readonly values: readonly (string | number)[] };
	readonly action: NoticeAction | null;
}

export type NoticeKey =
	| 'allDeleted'
	| 'deletedElsewhere'
	| 'engineStopped'
	| 'engineGaveUp'
	| 'indexingFailed'
	| 'watchLimited'
	| 'fileUnreadable'
	| 'filesUnreadable'
	| 'environment missing'
	| 'environment not a directory'
	| 'environment unreadable'
	| 'default missing'
	| 'default not a directory'
	| 'default unreadable'
	| 'setting missing'
	| 'setting not a directory'
	| 'setting unreadable'
	| 'environment refused, empty'
	| 'environment refused, relative'
	| 'environment refused, parent segment'
	| 'environment refused, NUL character'
	| 'setting refused, empty'
	| 'setting refused, relative'
	| 'setting refused, parent segment'
	| 'setting refused, NUL character'
	| 'readOnly'
	| 'newerVersion'
	| 'recovered from previous'
	| 'recovered from previous, kept'
	| 'recovered from nothing'
	| 'recovered from nothing, kept'
	| 'journalReplayed'
	| 'journalDamaged'
	| 'journalDamagedKept';

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
