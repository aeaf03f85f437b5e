/** How the data came here: the last index runs, closed until somebody wants to know (IDX-3). */
import { type TemplateResult, html, nothing } from 'lit';
import { folded } from '../components/folded.ts';
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
		content: runs.length === 0 ? html`<p class="none">${text('runsEmpty')}</p>` : runTable(runs, format),
	});
}

function runTable(runs: readonly IndexRunRow[], format: Format): TemplateResult {
	return html`<div class="table-scroll" role="region" tabindex="0" aria-label=${text('runs')}>
		<table>
			<thead>
				<tr>
					<th scope="col">${text('runStarted')}</th>
					<th scope="col">${text('runType')}</th>
					<th scope="col">${text('runOutcome')}</th>
					<th scope="col" class="amount">${text('runDuration')}</th>
					<th scope="col" class="amount">${text('runFiles')}</th>
					<th scope="col" class="amount">${text('runBytes')}</th>
					<th scope="col" class="amount">${text('runSpeed')}</th>
					<th scope="col" class="amount">${text('runSessions')}</th>
				</tr>
			</thead>
			<tbody>
				${runs.map(run => runRow(run, format))}
			</tbody>
		</table>
	</div>`;
}

function runRow(run: IndexRunRow, format: Format): TemplateResult {
	const { startedAt, durationMs, throughputMBPerSec } = run;
	const [before, after] = [format.integer(run.sessionsBefore), format.integer(run.sessionsAfter)];
	return html`<tr>
		<td title=${(startedAt === null ? null : format.instantLong(startedAt)) ?? ''}>
			${(startedAt === null ? null : format.moment(startedAt)) ?? text('unknownTime')}
		</td>
		<td>${text(typeNames[run.type])}</td>
		<td class=${run.status === 'failed' ? 'failed' : ''}>
			${text(outcomeNames[run.status])}${run.error === null ? nothing : html` <span dir="auto" class="reason">${clipped(run.error)}</span>`}
		</td>
		<td class="amount">${durationMs === null ? '–' : format.duration(durationMs)}</td>
		<td class="amount">${format.integer(run.filesRead)}</td>
		<td class="amount">${format.bytes(run.bytesRead)}</td>
		<td class="amount">${throughputMBPerSec === null ? '–' : text('megabytes', { count: format.decimal(throughputMBPerSec) })}</td>
		<td class="amount">${before === after ? after : text('runChange', { before, after })}</td>
	</tr>`;
}
