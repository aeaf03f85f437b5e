/** How the data came here: the last index runs, closed until somebody wants to know (IDX-3). */
import { type TemplateResult, html, nothing } from 'lit';
import { folded } from '../components/folded.ts';
import { type RecordColumn, recordTable } from '../components/recordTable.ts';
import type { IndexRunRow } from '../contract/jobs.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

const typeNames: Readonly<Record<IndexRunRow['type'], StringKey>> = { full: 'runFull', incremental: 'runIncremental', deep: 'runDeep' };
const outcomeNames: Readonly<Record<IndexRunRow['status'], StringKey>> = {
	pending: 'runPending',
	running: 'runRunning',
	completed: 'runCompleted',
	failed: 'runFailed',
};

export function indexRuns({ state, model, format }: View, runs: readonly IndexRunRow[]): TemplateResult {
	return folded({
		name: 'runs',
		heading: text('runs'),
		open: state.saved.runsOpen,
		toggle: runsOpen => model.show({ runsOpen }),
		content:
			runs.length === 0
				? html`<p class="none">${text('runsEmpty')}</p>`
				: html`${runTable(runs, format)}
						<p class="table-note">${text('runsNote')}</p>`,
	});
}

function runTable(runs: readonly IndexRunRow[], format: Format): TemplateResult {
	const columns: readonly RecordColumn<IndexRunRow>[] = [
		{ label: text('runStarted'), ...startColumn(({ startedAt }) => startedAt, format) },
		{ label: text('runType'), cell: run => text(typeNames[run.type]) },
		{
			label: text('runOutcome'),
			cell: run => outcomeCell(text(outcomeNames[run.status]), run.error),
			kind: run => (run.status === 'failed' ? 'failed' : ''),
		},
		{
			label: text('runDuration'),
			amount: true,
			cell: ({ durationMs }) => (durationMs === null ? '–' : format.duration(durationMs)),
		},
		{ label: text('runFiles'), amount: true, cell: run => format.integer(run.filesRead) },
		{ label: text('runBytes'), amount: true, cell: run => format.bytes(run.bytesRead) },
		{
			label: text('runSpeed'),
			amount: true,
			cell: ({ throughputMBPerSec: speed }) => (speed === null ? '–' : text('megabytes', { count: format.decimal(speed) })),
		},
		{ label: text('runSessions'), amount: true, cell: run => sessionsCell(run, format) },
	];
	return recordTable(text('runs'), columns, runs);
}

function sessionsCell(run: IndexRunRow, format: Format): string {
	const [before, after] = [format.integer(run.sessionsBefore), format.integer(run.sessionsAfter)];
	return before === after ? after : text('runChange', { before, after });
}

/** When a run began: short, and in full for the pointer. */
export function startColumn<R>(startedAt: (run: R) => string | null, format: Format): Pick<RecordColumn<R>, 'cell' | 'title'> {
	const written = (run: R, write: (iso: string) => string | null) => {
		const at = startedAt(run);
		return at === null ? null : write(at);
	};
	return {
		cell: run => written(run, at => format.moment(at)) ?? text('unknownTime'),
		title: run => written(run, at => format.instantLong(at)),
	};
}

/** What became of a run, and why. */
export function outcomeCell(status: string, error: string | null): TemplateResult {
	return html`${status}${error === null ? nothing : html`&ensp;<span dir="auto" class="reason">${clipped(error)}</span>`}`;
}
