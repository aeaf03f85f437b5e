/** Takes what a person said and paid to another machine, and in from one. */
import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { replaceFile } from '../store/atomicFile.ts';
import type { LedgerBackups } from '../store/ledger/backups.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { takeOver, type TransferData, transferData, type TransferPlan, transferPlan } from '../store/ledger/transfer.ts';
import type { TransferDone, TransferPreview } from './calls/data.ts';
import { mostTransferBytes, readTransfer, TransferError, transferText } from './transferFile.ts';

export interface TransferringParts {
	readonly ledger: Ledger;
	/** Null where the ledger is in memory. */
	readonly backups: LedgerBackups | null;
	/** Backups that are kept. */
	readonly keep: () => number;
	/** Lists and categories take over what came in. */
	readonly onLedger: () => void;
	readonly now: () => Date;
}

export class Transferring {
	readonly #parts: TransferringParts;

	constructor(parts: TransferringParts) {
		this.#parts = parts;
	}

	/** Rejects with `SaveError`. */
	async exportTo(file: string): Promise<TransferPreview> {
		const { ledger, now } = this.#parts;
		await ledger.refresh();
		const data = ledger.read(transferData);
		await replaceFile(file, Buffer.from(transferText(data, now().toISOString())));
		return previewOf({ counts: countsOf(data), forgotten: 0 });
	}

	/** What would come in. Rejects with `TransferError` and what the file system says. */
	async preview(file: string): Promise<TransferPreview> {
		const { ledger } = this.#parts;
		const data = await this.#read(file);
		await ledger.refresh();
		return previewOf(ledger.read(reader => transferPlan(reader, data)));
	}

	/** After a backup of what is there now. Rejects as `preview` does, and with `BackupError` and `LedgerError`; nothing has changed then. */
	async importFrom(file: string): Promise<TransferDone> {
		const { ledger, backups, keep, onLedger } = this.#parts;
		const data = await this.#read(file);
		const backup = (await backups?.make(keep())) ?? null;
		const token = randomUUID();
		const plan = await ledger.change(tx => takeOver(tx, data, token));
		onLedger();
		return { ...previewOf(plan), backup };
	}

	async #read(file: string): Promise<TransferData> {
		const { size } = await stat(file);
		if (size > mostTransferBytes) throw new TransferError('too-large', 'The file is too large to be an export of Session Insights.');
		return readTransfer(await readFile(file, 'utf8'), this.#parts.now());
	}
}

function previewOf({ counts, forgotten }: TransferPlan): TransferPreview {
	return { rows: Object.entries(counts).map(([kind, count]) => ({ kind: kind as keyof typeof counts, ...count })), forgotten };
}

function countsOf(data: TransferData): TransferPlan['counts'] {
	const added = (count: number) => ({ added: count, replaced: 0, kept: 0 });
	return {
		tags: added(data.tags.length),
		'tagged sessions': added(data.sessionTags.length),
		pins: added(data.pins.length),
		notes: added(data.notes.length),
		names: added(data.labels.length),
		corrections: added(data.classifications.filter(({ kind }) => kind === 'person').length),
		'categories by models': added(data.classifications.filter(({ kind }) => kind === 'model').length),
		payments: added(data.spending.length),
	};
}
